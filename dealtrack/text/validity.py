"""How people write when a name or an ownership held: `2017 to May 2023`, `since 2018`, `until 2020`."""

from datetime import date

from dealtrack.domain.date import UncertainDate, from_edtf
from dealtrack.text.dates import read_date, say_date


def read_validity(begin: str | None, end: str | None, today: date) -> UncertainDate | None:
    """The period from one date to another, either of which may not be known. Raises Misuse."""
    if begin is None and end is None:
        return None
    return from_edtf(f"{_side(begin, today, 0)}/{_side(end, today, -1)}")


def _side(words: str | None, today: date, which: int) -> str:
    """What an interval begins or ends with: of a date that is one itself, its own beginning or end."""
    return ".." if words is None else read_date(words, today).edtf.split("/")[which]


def say_validity(when: UncertainDate) -> str:
    """The period in words."""
    begin, slash, end = when.edtf.partition("/")
    if not slash:
        return say_date(when)
    if begin == "..":
        return f"until {say_date(from_edtf(end))}"
    first = say_date(from_edtf(begin))
    return f"since {first}" if end == ".." else f"{first} to {say_date(from_edtf(end))}"
