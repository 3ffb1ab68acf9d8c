"""Expected closings and days of review as a calendar that other programs subscribe to."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

from dealtrack.domain.columns import Table
from dealtrack.domain.date import from_edtf
from dealtrack.domain.figures import DealRow
from dealtrack.exchange.record import deal_line
from dealtrack.text.dates import say_date

_DAY = timedelta(days=1)


def write(rows: Iterable[DealRow], columns: Sequence[str] | None = None, table: Table = "deals") -> Iterator[str]:
    """The calendar: of each open deal its expected closing, and the day in `review` on which it is to be verified."""
    del columns, table
    begin, end = _frame()
    yield begin
    for row in rows:
        if row["phase"] == "open":
            for event in (_closing(row), _review(row)):
                if event is not None:
                    yield event.to_ical().decode()
    yield end


def _frame() -> tuple[str, str]:
    calendar = Calendar()
    calendar.add("prodid", "-//dealtrack//EN")
    calendar.add("version", "2.0")
    begin, end, rest = calendar.to_ical().decode().partition("END:VCALENDAR")
    return begin, end + rest


def _closing(row: DealRow) -> Event | None:
    """The expected closing, over every day that it may be on; of an open span, the day that is known of it."""
    if row["expected"] is None:
        return None
    when = from_edtf(row["expected"])
    first, last = when.earliest or when.latest, when.latest or when.earliest
    if first is None or last is None:
        return None
    return _event(row, "closing", f"expected to close {say_date(when)}", first, last)


def _review(row: DealRow) -> Event | None:
    day = row.get("review")
    return None if day is None else _event(row, "review", "verify: long silent by now", day, day)


def _event(row: DealRow, what: str, about: str, first: date, last: date) -> Event:
    """An event of whole days under an identity that is the same in every export of the ledger."""
    event = Event()
    event.add("uid", f"{row['slug']}.{what}@dealtrack")
    # Calendars take what is stamped later for newer; the clock says nothing of the deal.
    event.add("dtstamp", datetime.fromisoformat(row["updated"]))
    event.add("dtstart", first)
    # The end is the first day that does not belong to it; no calendar has a day after the last one there is.
    event.add("dtend", last + _DAY if last < date.max else last)
    event.add("summary", _seen(f"{deal_line(row) or row['title']}: {about}"))
    event.add("description", _seen(f"{row['title']}\n{row['status']}, deal {row['id']}, {row['slug']}"))
    event.add("transp", "TRANSPARENT")
    return event


def _seen(text: str) -> str:
    """The text without what cannot be seen; the calendar's own rules take care of the rest."""
    return "".join(c if c.isprintable() or c == "\n" else (" " if c.isspace() else "\ufffd") for c in text)
