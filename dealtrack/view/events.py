"""What each event of a deal asserts, as a page tells it."""

from collections.abc import Iterator

from dealtrack.domain.event import Event
from dealtrack.text.dates import say_date
from dealtrack.text.money import say_money_short
from dealtrack.text.stakes import say_stake_short
from dealtrack.view.lines import Piece
from dealtrack.view.safe import safe
from dealtrack.view.theme import MARKS, MILESTONE, QUIET, VALUE, style_of

# What stands above the events that the fold leaves out.
DOUBTED = "Shown, but deciding nothing (credibility 5-6: improbable, or cannot be judged)"


def asserted(event: Event) -> Iterator[Piece]:
    """Status or milestone, value and stake, each with its mark or what kind of figure it is."""
    if event.status:
        yield f"{MARKS[event.status]} {event.status}", style_of(event.status)
    if event.milestone:
        yield f"{'' if event.status else f'{MILESTONE} '}{safe(event.milestone.replace('-', ' '))}", ""
    if event.value:
        yield say_money_short(event.value), VALUE
        if event.value.basis and event.value.basis != "consideration":
            yield event.value.basis.replace("-", " "), QUIET
    if event.stake:
        yield say_stake_short(event.stake), VALUE
    if event.expected:
        yield f"expected {say_date(event.expected)}", ""
    if not (event.status or event.milestone or event.value or event.stake or event.expected):
        yield f"{MILESTONE} note", ""
