"""How a cell of a report is said: the same words on the screen and on a page."""

from collections.abc import Callable

from dealtrack.domain.contents import Cell, Column, Interval, Reference
from dealtrack.domain.date import UncertainDate
from dealtrack.domain.money import VALUE_BASES, Money
from dealtrack.domain.stake import percent_string
from dealtrack.text.counts import rounded
from dealtrack.text.dates import say_date
from dealtrack.text.money import say_money_short

# An amount of anything else is never what a deal comes to, and says what it is of.
_OF_A_DEAL = frozenset(basis for group in VALUE_BASES for basis in group)


def say_cell(cell: Cell, column: Column) -> str:
    """The cell in words; nothing where it is not known."""
    match cell:
        case None:
            said = ""
        case Money():
            said = say_money_short(cell)
            if cell.basis and cell.basis not in _OF_A_DEAL:
                said = f"{said} {cell.basis.replace('-', ' ')}"
        case UncertainDate():
            said = say_date(cell)
        case Reference():
            said = cell.shown
        case Interval():
            said = say_interval(cell, _figure(column))
        case int():
            said = f"{cell:,}"
        case str():
            said = cell
        case _:
            said = ", ".join(cell)
    return said


def say_interval(interval: Interval, figure: Callable[[int], str]) -> str:
    """The bounds as one figure, a range, or an open one: "250-275M", "4.31bn+", "up to 1.2bn"."""
    low, high = interval
    if low is None:
        return "" if high is None else f"up to {figure(high)}"
    if high is None:
        return f"{figure(low)}+"
    begin, end = figure(low), figure(high)
    if begin == end:
        return begin
    if low == 0:
        return f"up to {end}"
    unit = end.lstrip("-0123456789.,")
    between = " to " if low < 0 else "-"
    return f"{begin.removesuffix(unit) if unit and begin.endswith(unit) else begin}{between}{end}"


def _figure(column: Column) -> Callable[[int], str]:
    """How one bound is said, by what the column holds."""
    if column.sort == "money":
        return rounded
    if column.sort == "percent":
        return lambda share: f"{percent_string(share)}%"
    return lambda number: f"{number:,}"
