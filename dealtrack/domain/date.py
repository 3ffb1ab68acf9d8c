"""An uncertain date: an EDTF text with the first and the last day it can stand for."""

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from dealtrack.domain.problem import Misuse

FIRST_YEAR, LAST_YEAR = 1900, 2199
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

# What may follow the year, and the month it begins with and how many months it lasts. Seasons are those of the
# northern hemisphere; winter is named for the year it begins in (`2025-24` is December 2025 to February 2026).
SPANS = {f"{month:02}": (month, 1) for month in range(1, 13)} | {
    "21": (3, 3),
    "22": (6, 3),
    "23": (9, 3),
    "24": (12, 3),
    "33": (1, 3),
    "34": (4, 3),
    "35": (7, 3),
    "36": (10, 3),
    "40": (1, 6),
    "41": (7, 6),
}

_FORMS = "write 2025-12-03, 2025-12, 2025-35 (third quarter) or 2024/2025"
_CODES = "months are 01-12, seasons 21-24, quarters 33-36, halves 40-41"


class NotEdtf(Misuse):
    """A text that is no date of our EDTF subset; `reason` is the part of the sentence after the quoted text."""

    def __init__(self, text: str, reason: str, hint: str) -> None:
        super().__init__(f'date "{text}": {reason}', hint)
        self.reason = reason


class UncertainDate(NamedTuple):
    """A date as precise as its source was, and no more.

    `earliest` and `latest` are the first and last day it can stand for; None means open on that side.
    An approximate date (`~`, `?`, `%`) keeps the days of the plain one: how far "about" reaches is never guessed.
    """

    edtf: str
    earliest: date | None
    latest: date | None

    @property
    def exact(self) -> bool:
        """True for a single day that is neither about nor uncertain."""
        return self.earliest is not None and self.earliest == self.latest and not self.approximate

    @property
    def approximate(self) -> bool:
        """True when any part of it is marked about (`~`), uncertain (`?`) or both (`%`)."""
        return "~" in self.edtf or "?" in self.edtf or "%" in self.edtf


# An import reads the same few thousand dates hundreds of thousands of times.
@lru_cache(maxsize=65_536)
def from_edtf(text: str) -> UncertainDate:
    """Read one date of the subset, exactly as it would be stored; raises NotEdtf.

    Day, month, year, season, quarter or half, each perhaps with a trailing `~`, `?` or `%`; intervals `a/b`,
    `a/..` and `../b` of these; years 1900 to 2199.
    """
    begin, slash, end = text.partition("/")
    if not slash:
        return UncertainDate(text, *_bounds(text, text))
    if begin == end == "..":
        raise NotEdtf(text, "it neither begins nor ends", "give one side: 2025/.. or ../2025")
    earliest = None if begin == ".." else _bounds(begin, text)[0]
    latest = None if end == ".." else _bounds(end, text)[1]
    if earliest is not None and latest is not None and latest < earliest:
        raise NotEdtf(text, "it ends before it begins", f"write {end}/{begin}")
    return UncertainDate(text, earliest, latest)


def from_day(day: date) -> UncertainDate:
    """The certain date of one day; raises NotEdtf outside the years 1900 to 2199."""
    return from_edtf(day.isoformat())


def span(first: date | None, last: date | None) -> UncertainDate:
    """The date that can be any day from `first` to `last`; None leaves a side open; raises NotEdtf if both are."""
    if first is not None and first == last:
        return from_day(first)
    return from_edtf("/".join(".." if day is None else day.isoformat() for day in (first, last)))


def overlap(a: UncertainDate, b: UncertainDate) -> bool:
    """Whether some day is possible for both."""
    return not wholly_before(a, b) and not wholly_before(b, a)


def wholly_before(a: UncertainDate, b: UncertainDate) -> bool:
    """Whether every possible day of `a` precedes every possible day of `b`."""
    return a.latest is not None and b.earliest is not None and a.latest < b.earliest


def days_between(a: UncertainDate, b: UncertainDate) -> tuple[int | None, int | None]:
    """The fewest and the most days from `a` to `b`; None where there is no bound.

    Where the two overlap, the fewest is 0: they are taken to have happened in the order asked about. Only when `b`
    lies wholly before `a` are days negative (and then both are).
    """
    fewest = _days(a.latest, b.earliest)
    if overlap(a, b):
        fewest = max(0, fewest or 0)
    return fewest, _days(a.earliest, b.latest)


def _days(start: date | None, end: date | None) -> int | None:
    return None if start is None or end is None else (end - start).days


def _bounds(part: str, whole: str) -> tuple[date, date]:
    """The first and last day of one side of `whole`."""
    plain = part[:-1] if part[-1:] in ("~", "?", "%") else part
    fields = plain.split("-")
    widths = tuple(map(len, fields))
    if widths not in ((4,), (4, 2), (4, 2, 2)) or not (plain.isascii() and "".join(fields).isdigit()):
        raise NotEdtf(whole, "this is not an EDTF date", _FORMS)
    year = int(fields[0])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotEdtf(whole, f"years run from {FIRST_YEAR} to {LAST_YEAR}", _FORMS)
    if len(fields) == 3:
        day = _day(year, fields[1], fields[2], whole)
        return day, day
    return _months(year, fields[1] if len(fields) == 2 else None, whole)


def _months(year: int, code: str | None, whole: str) -> tuple[date, date]:
    if code is not None and code not in SPANS:
        raise NotEdtf(whole, f"there is no month {code}", _CODES)
    month, length = (1, 12) if code is None else SPANS[code]
    return date(year, month, 1), _last_day(year, month + length - 1)


def _day(year: int, month: str, day: str, whole: str) -> date:
    if not "01" <= month <= "12":
        raise NotEdtf(whole, f"there is no month {month}", "months run from 01 to 12")
    last = _last_day(year, int(month))
    if not 1 <= int(day) <= last.day:
        reason = f"{MONTHS[int(month) - 1]} {year} has {last.day} days"
        raise NotEdtf(whole, reason, f"write {last}, or {year}-{month} for the month")
    return last.replace(day=int(day))


def _last_day(year: int, month: int) -> date:
    """The last day of a month counted from January of `year`; 13 and up are months of the next year."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
