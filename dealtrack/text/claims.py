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
    if figure is None:
        return None
    said = say_money_short(event.value) if field == "value" and event.value else ""
    said = say_stake_short(event.stake) if field == "stake" and event.stake else said
    return f"{said} {(figure.basis or '').replace('-', ' ')}".strip()
