"""Which outlet told of a deal before it was announced, how early, and whether it came true."""

from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple

from dealtrack.domain.contents import Interval
from dealtrack.domain.date import UncertainDate, days_between
from dealtrack.domain.deal import Deal
from dealtrack.domain.event import Event
from dealtrack.domain.fold import Facts
from dealtrack.domain.origin import origins_of

Outcome = Literal["came true", "fell through", "went quiet", "open"]

_RUMORS = ("rumored", "talks")


class Rumor(NamedTuple):
    """That an outlet told of talks or plans: when, and what came of them. `early` is how long before the signing."""

    outlet: str
    told: UncertainDate
    event: Event
    outcome: Outcome
    announced: UncertainDate | None
    early: Interval | None


class Reporting(NamedTuple):
    """What the pages of a deal come down to: the outlets of each event, and the one that had the first word."""

    outlets: dict[int, tuple[str, ...]]
    first: str | None


def told_on(event: Event) -> UncertainDate:
    """When it was told: the day of the page, or where that is not known, of the event."""
    return event.source.published if event.source and event.source.published else event.date


def reporting(deal: Deal) -> Reporting:
    """Whose reporting each event is, and who told first; nobody, where two outlets share the first day."""
    sourced = [(event, event.source) for event in deal.events if event.source]
    origins = origins_of((source for _, source in sourced), deal.outlets)
    outlets = {event.n: origins[source] for event, source in sourced}
    days = [told_on(event).latest for event, _ in sourced]
    first = min((day for day in days if day), default=None)
    names = {name for event, _ in sourced if told_on(event).latest == first for name in outlets[event.n]}
    return Reporting(outlets, names.pop() if first and len(names) == 1 else None)


def rumors(deal: Deal, facts: Facts, found: Reporting) -> Iterator[Rumor]:
    """The first rumor of each outlet, where it was told before an announcement or there is none."""
    announced = facts.agreed or facts.completed
    seen: set[str] = set()
    # What is not believed is often a slip of dates, and would make an outlet a prophet.
    told_of = [event for event in deal.events if event.status in _RUMORS and event.credibility < 5]
    for event in sorted(told_of, key=lambda event: (told_on(event).latest or date.max, event.n)):
        told = told_on(event)
        early = Interval(*days_between(told, announced)) if announced else None
        if early and early.high is not None and early.high < 0:
            continue
        for outlet in found.outlets.get(event.n, ()):
            if outlet not in seen:
                seen.add(outlet)
                yield Rumor(outlet, told, event, _outcome(facts, announced), announced, early)


def _outcome(facts: Facts, announced: UncertainDate | None) -> Outcome:
    if announced:
        return "came true"
    phase = facts.phase
    return "fell through" if phase == "dead" else "went quiet" if phase == "dormant" else "open"
