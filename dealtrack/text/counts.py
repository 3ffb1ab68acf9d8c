"""How many of a thing there are, in words; large amounts in few figures."""


def counted(number: int, noun: str) -> str:
    """`1 deal`, `1,900 deals`, `2 companies`, `3 days`."""
    if number == 1:
        return f"1 {noun}"
    ends_in_ies = noun.endswith("y") and noun[-2:-1] not in "aeiou"
    return f"{number:,} {noun.removesuffix('y')}ies" if ends_in_ies else f"{number:,} {noun}s"


_UNITS = (("tn", 12), ("bn", 9), ("M", 6), ("k", 3))


def rounded(hundredths: int, digits: int = 3) -> str:
    """A total in hundredths as a whole amount to so many significant digits: `4.31bn`, `275M`."""
    if hundredths < 0:
        return f"-{rounded(-hundredths, digits)}"
    whole = (hundredths + 50) // 100
    length = len(str(whole))
    if length > digits:
        # Rounding comes first: 999.6 million is a billion.
        keep = 10 ** (length - digits)
        whole = (whole + keep // 2) // keep * keep
    for unit, power in _UNITS:
        if whole >= 10**power:
            number, rest = divmod(whole, 10**power)
            return f"{number}.{rest:0{power}}".rstrip("0").rstrip(".") + unit
    return str(whole)
