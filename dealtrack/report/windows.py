"""The last period beside the same a year before, twelve months beside the twelve before, and five years."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from dealtrack.domain.contents import Cell, Column, Interval, Table
from dealtrack.domain.date import UncertainDate, from_edtf
from dealtrack.domain.figures import Group, Step, period_around
from dealtrack.report.totals import Total, columns, growth, spread_over, value_of
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


def compared(dated: Mapping[str | None, Sequence[Group]], step: Step, today: date, currency: str) -> Table:
    """The windows with what falls into each, how much that is a period, and how it grew."""
    found = {window.key: _Found(window, dated) for window in windows(step, today)}
    rows = tuple(tuple(_row(one, found)) for one in found.values())
    heads = (
        Column("window", "Window"),
        Column("from", "From", "date", spare=3),
        Column("to", "To", "date", spare=3),
        *columns(currency),
        Column("deals_a_period", f"Deals a {step}", spare=1),
        Column("value_a_period", f"Value a {step}", "money", currency, spare=1),
        Column("growth_of_deals", "Growth, deals", "percent", spare=2),
        Column("growth_of_value", "Growth, value", "percent", spare=2),
        Column("perhaps", "Perhaps", "count"),
    )
    note = f"The last whole {step}, and windows that end with it. Perhaps: deals whose date reaches into a window."
    return Table("compared", "Compared", heads, rows, notes=(note,))


class _Found:
    """What falls wholly into a window, and how many deals may."""

    def __init__(self, window: Window, dated: Mapping[str | None, Sequence[Group]]) -> None:
        self.window = window
        self.total, self.perhaps = Total(), 0
        for edtf, groups in dated.items():
            when = from_edtf(edtf) if edtf else None
            if when is None or not _reaches(when, window):
                continue
            if not _within(when, window):
                self.perhaps += sum(group.tally.deals for group in groups)
                continue
            for group in groups:
                self.total.add(group)


def _row(one: _Found, found: dict[str, _Found]) -> Iterator[Cell]:
    window, tally = one.window, one.total.tally
    then = found[window.before].total.tally if window.before else None
    value = value_of(tally)
    yield from (window.said, from_edtf(f"{window.first}"), from_edtf(f"{window.last}"), *one.total.cells())
    tenths = (20 * tally.deals + window.periods) // (2 * window.periods)
    yield f"{tenths // 10}.{tenths % 10}"
    yield spread_over(value, window.periods) if value else None
    yield growth(Interval(tally.deals, tally.deals), Interval(then.deals, then.deals)) if then else None
    yield growth(value, value_of(then)) if then else None
    yield one.perhaps


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
