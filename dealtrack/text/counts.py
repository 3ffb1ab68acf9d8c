"""How many of a thing there are, in words."""


def counted(number: int, noun: str) -> str:
    """`1 deal`, `1,900 deals`, `2 companies`."""
    if number == 1:
        return f"1 {noun}"
    return f"{number:,} {noun.removesuffix('y')}ies" if noun.endswith("y") else f"{number:,} {noun}s"
