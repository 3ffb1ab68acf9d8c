"""The last period beside the same a year before, twelve months beside the twelve before, and five years."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from dealtrack.domain.contents import Cell, Column, Interval, Table
from dealtrack.domain.date import UncertainDate, from_edtf
from dealtrack.domain.figures import Period, Step, period_around, period_of
from dealtrack.report.totals import Total, added_up, columns, growth, spread_over
from dealtrack.text.dates import say_date

_A_YEAR: dict[Step, int] = {"month": 12, "quarter": 4, "year": 1}


class Window(NamedTuple):
    """A stretch of days, so many periods long, and the one that it is held against."""

    key: str
    said: str
    first: date
    last: date
    periods: int
    before: str | None = None


class Place(NamedTuple):
    """Where a date lies: in which period, in which windows for sure, and in which perhaps."""

    period: Period
    within: tuple[str, ...]
    perhaps: tuple[str, ...]


def windows(step: Step, today: date) -> tuple[Window, ...]:
    """What is compared, as of a day: the last whole period is the one before that day's."""
    now = period_around(today, step)
    last = period_around(_first(now) - timedelta(days=1), step)
    same = period_around(_back(_first(last), 1), step)
    ends, a_year = _last(last), _A_YEAR[step]
    year, before, five = (_back(ends, years) + timedelta(days=1) for years in (1, 2, 5))
    return (
        Window("current", f"{say_date(now)} so far", _first(now), today, 1),
        Window("last", say_date(last), _first(last), ends, 1, "year_ago"),
        Window("year_ago", f"{say_date(same)}, a year before", _first(same), _last(same), 1),
        Window("twelve_months", f"12 months to {ends}", year, ends, a_year, "twelve_before"),
        Window("twelve_before", "the 12 months before", before, year - timedelta(days=1), a_year),
        Window("five_years", f"5 years to {ends}", five, ends, 5 * a_year),
    )


def placed(edtf: str | None, step: Step, among: Iterable[Window]) -> Place:
    """The place of a date as it is written."""
    period = period_of(edtf, step)
    if not edtf:
        return Place(period, (), ())
    when = from_edtf(edtf)
    reached = [window for window in among if _reaches(when, window)]
    within = tuple(window.key for window in reached if _within(when, window))
    return Place(period, within, tuple(window.key for window in reached if window.key not in within))


def compared(parts: Sequence[tuple[Place, Total]], step: Step, among: Sequence[Window], currency: str) -> Table:
    """The windows with what falls into each, how much that is a period, and how it grew."""
    found = added_up((key, total) for place, total in parts for key in place.within)
    perhaps = Counter[str]()
    for place, total in parts:
        perhaps.update(dict.fromkeys(place.perhaps, total.deals))
    rows = []
    for window in among:
        then = found.get(window.before, Total()) if window.before else None
        rows.append((*_cells(window, found.get(window.key, Total()), then), perhaps[window.key]))
    heads = (
        Column("window", "Window"),
        Column("from", "From", "date", spare=3),
        Column("to", "To", "date", spare=3),
        *columns(currency),
        Column("deals_a_period", f"Deals a {step}", "count", spare=1),
        Column("value_a_period", f"Value a {step}", "money", currency, spare=1),
        Column("growth_of_deals", "Growth, deals", "percent", spare=2),
        Column("growth_of_value", "Growth, value", "percent", spare=2),
        Column("perhaps", "Perhaps", "count"),
    )
    note = f"The last whole {step}, and windows that end with it. Perhaps: deals whose date reaches into a window."
    return Table("compared", "Compared", heads, tuple(rows), notes=(note,))


def _cells(window: Window, total: Total, then: Total | None) -> Iterator[Cell]:
    value = total.value
    yield from (window.said, from_edtf(f"{window.first}"), from_edtf(f"{window.last}"), *total.cells())
    tenths = (20 * total.deals + window.periods) // (2 * window.periods)
    yield f"{tenths // 10}.{tenths % 10}"
    yield spread_over(value, window.periods) if value else None
    yield growth(Interval(total.deals, total.deals), Interval(then.deals, then.deals)) if then else None
    yield growth(value, then.value) if then else None


def _reaches(when: UncertainDate, window: Window) -> bool:
    return (when.earliest or date.min) <= window.last and (when.latest or date.max) >= window.first


def _within(when: UncertainDate, window: Window) -> bool:
    return (when.earliest or date.min) >= window.first and (when.latest or date.max) <= window.last


def _first(period: UncertainDate) -> date:
    return period.earliest or date.min


def _last(period: UncertainDate) -> date:
    return period.latest or date.max


def _back(day: date, years: int) -> date:
    """The same day so many years before; the last of a month stays the last."""
    tomorrow = day + timedelta(days=1)
    if tomorrow.day == 1:
        return tomorrow.replace(year=tomorrow.year - years) - timedelta(days=1)
    return day.replace(year=day.year - years)
