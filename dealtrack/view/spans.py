"""An uncertain date drawn on a strip: a day is a mark, a stretch of possible days is shaded around one."""

from dealtrack.domain.date import UncertainDate
from dealtrack.view.axis import Axis, Strip
from dealtrack.view.theme import EARLIER, LATER, SPAN


def middle(when: UncertainDate, axis: Axis) -> int:
    """The cell where the mark of a date stands: its day, or the middle of its possible days."""
    first, last = ends(when, axis)
    return (first + last) // 2


def ends(when: UncertainDate, axis: Axis) -> tuple[int, int]:
    """The first and last cell of a date; an open side runs to the edge."""
    first = axis.cell(when.earliest) if when.earliest else 0
    last = axis.cell(when.latest) if when.latest else axis.width - 1
    return first, last


def draw(strip: Strip, when: UncertainDate, mark: str, style: str) -> None:
    """Put a date on a strip; what lies off the axis becomes an arrow at its edge."""
    axis = strip.axis
    if when.latest and when.latest < axis.first:
        strip.put(0, EARLIER, style)
    elif when.earliest and when.earliest > axis.last:
        strip.put(axis.width - 1, LATER, style)
    else:
        shade(strip, when, style)
        strip.put(middle(when, axis), mark, style)


def shade(strip: Strip, when: UncertainDate, style: str) -> None:
    """Shade the possible days; an open side ends in an arrow."""
    axis = strip.axis
    strip.fill(*ends(when, axis), SPAN, style)
    if when.earliest is None or when.earliest < axis.first:
        strip.put(0, EARLIER, style)
    if when.latest is None or when.latest > axis.last:
        strip.put(axis.width - 1, LATER, style)
