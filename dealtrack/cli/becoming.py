"""What became of a deal by an event, in a line."""

from collections.abc import Iterator

from dealtrack.domain.date import days_between
from dealtrack.domain.deal import Deal
from dealtrack.domain.event import Event
from dealtrack.domain.fold import Facts, Field
from dealtrack.text.claims import say_claim, say_figure
from dealtrack.text.dates import say_date, say_days


def development(before: Facts, deal: Deal, n: int) -> str:
    """What the event changed: `agreed 2025-05-27 -> completed 2025-08-12 (77 days); value USD 275M -> USD 282M`."""
    event = deal.event(n)
    if event is None:
        return deal.slug
    return "; ".join((_move(before, deal.facts, event), *_figures(before, deal.facts, event)))


def _move(before: Facts, after: Facts, event: Event) -> str:
    """What became of the status."""
    now = after.status
    what = f"{event.status or event.milestone or 'event'} {say_date(event.date)}"
    if event.status and now and now.event.n != event.n and now.event.status != event.status:
        stays = f"status stays {now.event.status}{' (disputed)' if now.disputed else ''}"
        return f"{what} recorded as event {event.n}; {stays}"
    if before.status is None or event.status is None or before.status.event.status == event.status:
        return f"{what} recorded as event {event.n}"
    low, high = days_between(before.status.event.date, event.date)
    days = f" ({say_days(low, high)})" if low is not None and low >= 0 else ""
    return f"{before.status.event.status} {say_date(before.status.event.date)} -> {what}{days}"


def _figures(before: Facts, after: Facts, event: Event) -> Iterator[str]:
    """What became of the value and the stake, where the event tells one: it takes the place of another, or does not."""
    for field in _FIGURES:
        told = say_claim(event, field)
        was, now = (ruling.event if (ruling := getattr(facts, field)) else None for facts in (before, after))
        if told is None or told == say_claim(was, field) == say_claim(now, field):
            continue
        if now is None:  # such as a price for each share, which is no value of a deal
            yield told
        elif was is not None and say_claim(was, field) == say_claim(now, field):
            yield f"{field} stays {say_figure(now, field)}{' (disputed)' if field in after.disputed else ''}"
        else:
            yield f"{field} {_change(was, now, field)}"


_FIGURES: tuple[Field, ...] = ("value", "stake")


def _change(was: Event | None, now: Event, field: Field) -> str:
    """`USD 275M -> USD 282M`; what a figure is of is said where that is another."""
    if was is None:
        return say_figure(now, field) or ""
    same = _basis(was, field) == _basis(now, field)
    say = say_figure if same else say_claim
    return f"{say(was, field)} -> {say(now, field)}"


def _basis(event: Event, field: Field) -> str | None:
    figure = event.value if field == "value" else event.stake
    return figure.basis if figure else None
