"""How long things take when some have not ended yet: the product-limit estimate of Kaplan and Meier.

With one sort of end it is theirs (JASA 53, 1958); with two, such as closing and falling through, the share that came to
each by a day is that of Aalen and Johansen (1978): what fell through is not taken for what might still close.
"""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple


class Spell(NamedTuple):
    """So many days something lasted until it ended in one of two ways, or (None) until it was last seen going on."""

    days: int
    done: bool | None


class Point(NamedTuple):
    """A day on which something ended: how many were still under way just before, and the shares as of that day."""

    day: int
    at_risk: int
    done: int
    dead: int
    going_on: float
    share_done: float
    share_dead: float


def curve(spells: Iterable[Spell]) -> list[Point]:
    """The shares still going on, done and dead, from the start on; one point for each day on which something ended.

    What was last seen going on some day counts as under way on that day, and is no longer asked about after it. The
    shares are worked out in whole numbers, and so do not depend on the order of the spells.
    """
    counted = Counter(spells)
    at_risk = counted.total()
    going_on, done, dead, whole = 1, 0, 0, 1
    points: list[Point] = []
    for day in sorted({spell.days for spell in counted}):
        closed, fell, left = (counted[Spell(day, how)] for how in (True, False, None))
        if closed or fell:
            done, dead = done * at_risk + going_on * closed, dead * at_risk + going_on * fell
            going_on, whole = going_on * (at_risk - closed - fell), whole * at_risk
            points.append(Point(day, at_risk, closed, fell, going_on / whole, done / whole, dead / whole))
        at_risk -= closed + fell + left
    return points


def standing(points: Iterable[Point], day: int) -> Point:
    """The shares as of a day: those of the last point by then."""
    last = Point(0, 0, 0, 0, 1.0, 0.0, 0.0)
    for point in points:
        if point.day > day:
            break
        last = point
    return last


def half_done(points: Iterable[Point]) -> int | None:
    """The first day by which half of all were done; None when that is not reached."""
    return next((point.day for point in points if point.share_done >= 0.5), None)


def median(values: Iterable[int]) -> int | None:
    """The middle value, or the whole number halfway between the middle two (down); None of nothing."""
    ordered = sorted(values)
    if not ordered:
        return None
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) // 2
