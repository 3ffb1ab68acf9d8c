"""Bars and sparks: numbers as lengths and heights of characters."""

from collections.abc import Sequence

from dealtrack.view.lines import Piece
from dealtrack.view.theme import BAR, BAR_END, BAR_OPEN, LATER, QUIET, SPARKS


def bar(low: int, high: int | None, most: int, room: int) -> list[Piece]:
    """A bar as long as `low` that goes on faintly to `high`; an arrow says that it is longer than there is room."""
    if not most:
        return []
    halves = max(low * room * 2 // most, 1) if low else 0
    solid = BAR * (halves // 2) + BAR_END * (halves % 2)
    if high is None or halves > room * 2:
        solid = solid[: room - 1]
        faint = "" if high is not None else BAR_OPEN * min(3, room - 1 - len(solid))
        return [(solid, "cyan"), (faint, QUIET), (LATER, "cyan")]
    return [(solid, "cyan"), (BAR_OPEN * (min(high * room // most, room) - len(solid)), QUIET)]


def scale(amounts: Sequence[int]) -> int:
    """The amount of a whole bar: the highest, or little above the next if that one would dwarf all others."""
    known = sorted(amount for amount in amounts if amount)
    if len(known) > 2 and known[-1] > 4 * known[-2]:
        return known[-2] * 5 // 4
    return known[-1] if known else 0


def sparks(amounts: Sequence[int | None]) -> str:
    """A height for each amount, the highest in full; a blank where it is not known."""
    most = max((amount for amount in amounts if amount), default=0)
    return "".join(" " if amount is None else _spark(amount, most) for amount in amounts)


def _spark(amount: int, most: int) -> str:
    return SPARKS[min(max(amount, 0) * len(SPARKS) // (most + 1), len(SPARKS) - 1)] if most else SPARKS[0]
