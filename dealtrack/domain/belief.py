"""How belief about a deal changed: what was known after each day on which something became known, and what moved it."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from dealtrack.domain.date import UncertainDate, overlap
from dealtrack.domain.deal import Deal
from dealtrack.domain.event import Event
from dealtrack.domain.fold import FIELDS, Facts, Field, Ruling, fold

Said = tuple[object, ...] | str | None


class Turn(NamedTuple):
    """A fact that came to be believed otherwise: what was believed before (None: nothing), what now, what moved it.

    `day` is None for what was public from the beginning, as far as its dates tell.
    """

    day: date | None
    field: Field
    before: Event | None
    after: Event | None
    moved_by: Event


class Contrary(NamedTuple):
    """An account of the same step of a deal for another day, read elsewhere."""

    step: str
    believed: UncertainDate
    event: Event


def public_since(event: Event) -> date | None:
    """The first day by which the event may have happened and been public; None when no date bounds it."""
    published = event.source.published if event.source else None
    days = (event.date.earliest, published.earliest if published else None)
    return max((day for day in days if day), default=None)


def turns(deal: Deal) -> Iterator[Turn]:
    """Every change of belief in a status, value or stake, in the order of the days on which it was public."""
    since = {event.n: public_since(event) for event in deal.events}
    before = Facts()
    for day in sorted(set(since.values()), key=lambda day: day or date.min):
        told = [event for event in deal.events if (since[event.n] or date.min) <= (day or date.min)]
        news = [event for event in told if since[event.n] == day]
        after = fold(told, deal.pins, deal.outlets)
        for field in FIELDS:
            was, now = _ruling(before, field), _ruling(after, field)
            if said(was.event if was else None, field) != said(now.event if now else None, field):
                moved_by = now.event if now and now.event in news else news[0]
                yield Turn(day, field, was.event if was else None, now.event if now else None, moved_by)
        before = after


def _ruling(facts: Facts, field: Field) -> Ruling | None:
    return {"status": facts.status, "value": facts.value, "stake": facts.stake}[field]


def rulings(facts: Facts) -> Iterator[tuple[Field, Ruling]]:
    """The facts that are ruled on, each with its ruling."""
    for field in FIELDS:
        ruling = _ruling(facts, field)
        if ruling and said(ruling.event, field) is not None:
            yield field, ruling


def said(event: Event | None, field: Field) -> Said:
    """What an event says of a fact, whatever words it was read in."""
    if event is None:
        return None
    if field == "status":
        return event.status
    if field == "value":
        amount = event.value
        return amount and (amount.low, amount.high, amount.currency, amount.qualifier, amount.basis)
    share = event.stake
    return share and (share.low, share.high, share.basis, share.worded)


def other_days(deal: Deal, facts: Facts) -> Iterator[Contrary]:
    """Believed accounts, read elsewhere, of the same signing, closing or end for a day that it cannot have been."""
    believed = [event for event in deal.events if event.credibility < 5 and event.status and not event.milestone]
    # An end told in another word may be another step: rejected, then withdrawn.
    status = facts.status.event.status if facts.status else None
    for step, when, told_as in (
        ("agreed", facts.agreed, "agreed"),
        ("completed", facts.completed, "completed"),
        ("ended", facts.ended, status),
    ):
        claims = [event for event in believed if event.status == told_as] if when else []
        told_by = {event.source.key for event in claims if event.source and event.date == when}
        for event in claims:
            elsewhere = event.source is None or event.source.key not in told_by
            if when and elsewhere and not overlap(event.date, when):
                yield Contrary(step, when, event)
