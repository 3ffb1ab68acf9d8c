"""How many of a thing there are, in words."""


def counted(number: int, noun: str) -> str:
    """`1 deal`, `1,900 deals`, `2 companies`, `3 days`."""
    if number == 1:
        return f"1 {noun}"
    ends_in_ies = noun.endswith("y") and noun[-2:-1] not in "aeiou"
    return f"{number:,} {noun.removesuffix('y')}ies" if ends_in_ies else f"{number:,} {noun}s"
