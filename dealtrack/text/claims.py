"""What an event says of a fact, in words."""

from dealtrack.domain.event import Event
from dealtrack.domain.fold import Field
from dealtrack.text.money import say_money_short
from dealtrack.text.stakes import say_stake_short


def say_claim(event: Event | None, field: Field) -> str | None:
    """What the event says of the fact: `completed`, `USD 275M consideration`, `51% acquired`; None for nothing."""
    if event is None:
        return None
    if field == "status":
        return event.status
    figure = event.value if field == "value" else event.stake
    basis = (figure.basis or "") if figure else ""
    return f"{say_figure(event, field)} {basis.replace('-', ' ')}".strip() if figure else None


def say_figure(event: Event, field: Field) -> str | None:
    """The same of a value or a stake, without what it is of: `USD 275M`, `51%`."""
    if field == "value" and event.value:
        return say_money_short(event.value)
    return say_stake_short(event.stake) if field == "stake" and event.stake else None
