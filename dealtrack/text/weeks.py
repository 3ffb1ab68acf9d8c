"""Dates that are told by their week: `2025-W12`, `week of 3 March 2025`."""

import re
from datetime import date, timedelta

from dealtrack.domain.date import from_edtf, span
from dealtrack.text.spelled import UnreadableDate, as_read, spelled


def week(text: str) -> str | None:
    """The EDTF of the days of a week, or of one of them; None for what names no week. Raises UnreadableDate."""
    if found := re.fullmatch(r"(\d{4})-?w(\d\d?)(?:-?([1-7]))?", text, re.IGNORECASE):
        return _iso(int(found[1]), int(found[2]), found[3], text)
    found = re.fullmatch(
        r"(?:the )?(?:week|w/)[ -]?(of|commencing|beginning|starting|c|ending) (.+)", text, re.IGNORECASE
    )
    edtf = (_day(found[2]) or spelled(found[2])) if found else None
    day = as_read(edtf, text).earliest if edtf and len(edtf) == 10 else None
    if found is None or day is None:
        return None
    if found[1].lower() == "ending":
        return span(day - timedelta(days=6), day).edtf
    if found[1].lower() == "of" and day.weekday():
        raise _of_two(day, text)
    return span(day, day + timedelta(days=6)).edtf


def _day(words: str) -> str | None:
    return words if re.fullmatch(r"\d{4}-\d\d-\d\d", words) else None


def _iso(year: int, number: int, day: str | None, text: str) -> str:
    try:
        monday = date.fromisocalendar(year, number, 1)
    except ValueError:
        raise UnreadableDate(f'date "{text}": {year} has no week {number}', "weeks run from 01 to 52 or 53") from None
    if day:
        return from_edtf(str(monday + timedelta(days=int(day) - 1))).edtf
    return span(monday, monday + timedelta(days=6)).edtf


def _of_two(day: date, text: str) -> UnreadableDate:
    """A week that is named by a day within it begins on the Monday or the Sunday before."""
    readings = [day - timedelta(days=back) for back in (day.weekday(), (day.weekday() + 1) % 7)]
    said = " or ".join(f"{first} to {first + timedelta(days=6)}" for first in readings)
    return UnreadableDate(f'date "{text}" could be {said}', f"write {said}")
