"""How many of a thing there are, in words."""


def counted(number: int, noun: str) -> str:
    """`1 deal`, `1,900 deals`, `2 companies`, `3 days`."""
    if number == 1:
        return f"1 {noun}"
    return f"{number:,} {noun.removesuffix('y')}ies" if noun[-2:] in _PLURAL_IES else f"{number:,} {noun}s"


# A consonant and y; a vowel before it keeps it.
_PLURAL_IES = ("ny", "ty", "ry")
