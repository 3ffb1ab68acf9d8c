"""One dated, sourced development of one deal: the only thing ever entered about a deal's state."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from dealtrack.domain.date import UncertainDate
from dealtrack.domain.money import Money
from dealtrack.domain.source import Source
from dealtrack.domain.stake import Stake
from dealtrack.domain.status import Status


class Dollars(NamedTuple):
    """What an amount comes to in US dollars, in cents, and how that is known.

    `origin` is `same` (the amount is in dollars), `stated` (the source gives the figure) or the name
    of whoever published the rate; `rate` is dollars for one unit and `rate_date` the day it is of.
    """

    low: int | None
    high: int | None
    origin: str
    rate: str | None = None
    rate_date: date | None = None


class Event(NamedTuple):
    """What was read: it happened on `date` and may assert a status, a value, a stake, an expected closing.

    `n` numbers the deal's events in the order they were recorded, from 1. `credibility` is the
    Admiralty system's 1 (confirmed) to 6 (cannot be judged).
    """

    n: int
    date: UncertainDate
    status: Status | None = None
    milestone: str | None = None
    summary: str | None = None
    value: Money | None = None
    dollars: Dollars | None = None
    stake: Stake | None = None
    expected: UncertainDate | None = None
    source: Source | None = None
    credibility: int = 3
    flags: tuple[str, ...] = ()

    @property
    def reliability(self) -> str:
        """The source's grade; an event without a source ranks with sources that cannot be judged."""
        return self.source.reliability if self.source else "F"

    @property
    def says_something(self) -> bool:
        """Whether it tells more than that something happened."""
        return any((self.status, self.milestone, self.value, self.stake, self.expected, self.summary))

    @property
    def grade(self) -> str:
        """Both grades in the Admiralty system's usual form, such as `B2`."""
        return f"{self.reliability}{self.credibility}"


def by_date(events: Iterable[Event]) -> tuple[list[Event], list[Event]]:
    """The events in order of date, those that are believed apart from those that decide nothing."""
    ordered = sorted(events, key=_when)
    believed = [event for event in ordered if event.credibility < 5]
    return (believed, [event for event in ordered if event.credibility >= 5]) if believed else (ordered, [])


def _when(event: Event) -> tuple[date, date, int]:
    when = event.date
    return when.earliest or when.latest or date.min, when.latest or date.max, event.n
