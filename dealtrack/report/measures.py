"""What is measured in a chart: a column of figures on one scale, and the rows that are drawn of it."""

from typing import NamedTuple

from dealtrack.domain.contents import Cell, Column, Interval, Table
from dealtrack.domain.money import Money
from dealtrack.domain.stake import WHOLE
from dealtrack.report.cells import digits, said
from dealtrack.report.lettering import width_of

# The sizes of the words in a chart.
LETTERS, SMALL_LETTERS = 12, 10.5
# How high bars, lines and steps stand, and from where on the words of a scale are beside them.
HEIGHT = 240
_UNITS = (("tn", 12), ("bn", 9), ("M", 6), ("k", 3))
_PERCENT = 10_000


class Palette(NamedTuple):
    """The colors of a chart: of words, of lines, and of series one after the other."""

    ink: str
    quiet: str
    rule: str
    series: tuple[str, ...]


class Measure(NamedTuple):
    """A column, where it stands, and what its numbers are multiplied by; `least_top` is where its scale ends at least.

    `title` names it with the unit of the scale.
    """

    at: int
    column: Column
    scale: float
    title: str
    least_top: float | None = None

    def low(self, cell: Cell) -> float | None:
        """What is sure of a cell, on the scale: none where nothing is known."""
        low, high = bounds(cell)
        return None if low is None and high is None else round((low or 0) * self.scale, 6)

    def high(self, cell: Cell) -> float | None:
        """What it may be at most, on the scale: none where nothing is known, or there is no most."""
        high = bounds(cell)[1]
        return None if high is None else round(high * self.scale, 6)

    def open(self, cell: Cell) -> bool:
        """Whether it has no most."""
        low, high = bounds(cell)
        return low is not None and high is None

    def figure(self, cell: Cell) -> str:
        """The figure at a bar, as the table says it: nothing at none."""
        return "" if bounds(cell) in ((None, None), (0, 0)) else said(cell, self.column)

    def top(self, table: Table) -> float:
        """The end of the scale."""
        reached = (number for row in table.rows for number in (self.low(row[self.at]), self.high(row[self.at])))
        return max((*filter(None, reached), self.least_top or 0)) or 1


def measure(table: Table, at: int) -> Measure:
    """Money in the largest unit that leaves figures before the point; percents of a whole on a scale up to it."""
    column = table.columns[at]
    if column.sort == "percent":
        return Measure(at, column, 1 / _PERCENT, f"{column.title}, %", WHOLE / _PERCENT)
    if column.sort != "money":
        return Measure(at, column, 1.0, f"{column.title}, days" if column.sort == "days" else column.title)
    most = max((abs(bound) for row in table.rows for bound in bounds(row[at]) if bound is not None), default=0)
    places = digits(column)
    unit, power = next(((unit, power) for unit, power in _UNITS if most >= 10 ** (power + places)), ("", 0))
    title = f"{column.title}, {column.unit or ''} {unit}".rstrip(" ,")
    return Measure(at, column, 1 / 10 ** (power + places), title)


def bounds(cell: Cell) -> tuple[int | None, int | None]:
    """The bounds of a figure, both none where it is not known."""
    if isinstance(cell, (Interval, Money)):
        return cell.low, cell.high
    return (cell, cell) if isinstance(cell, int) else (None, None)


def widest(words: list[str], size: float) -> float:
    """The width of the longest of them."""
    return max((width_of(word, size) for word in words), default=0.0)
