"""A stretch of days laid on so many cells, with its ticks and their names."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dealtrack.text.words import MONTH_NAMES
from dealtrack.view.lines import Line
from dealtrack.view.theme import GRID, QUIET, RULE, TICK, TICK_BELOW, TODAY

# How many months a tick stands for, and the cells that its name and a blank take, uneven months allowed for.
_STEPS = ((1, 2.5), (3, 3.2), (12, 5.1), (24, 5.1), (60, 5.1), (120, 5.1), (240, 5.1), (600, 5.1))
_YEAR_NAME = 4
# A deal of a single day is shown within this many months.
_FEWEST_MONTHS = 3


@dataclass(frozen=True, slots=True)
class Axis:
    """Days from `first` to `last` on `width` cells; a day takes the cell it falls in."""

    first: date
    last: date
    width: int
    today: date | None = None

    def cell(self, day: date) -> int:
        """The cell of a day; a day off the axis gets the nearest."""
        return min(max(self._cell(day), 0), self.width - 1)

    def holds(self, day: date) -> bool:
        """Whether the day is on the axis."""
        return self.first <= day <= self.last

    def head(self) -> list[Line]:
        """The names of the years, of the months or quarters if there is room for them, and the rule."""
        step = self._step()
        ticks = [(self.cell(day), day) for day in self._ticks(step)]
        years = [(at, str(day.year)) for at, day in ticks if day.month == 1]
        if step >= 12:
            return [self._names(years), self._rule(at for at, _ in ticks)]
        if not years or years[0][0] > _YEAR_NAME:
            years.insert(0, (0, str(self.first.year)))
        parts = [(at, self._part(day, step)) for at, day in ticks]
        return [self._names(years), self._names(parts, QUIET), self._rule(at for at, _ in ticks)]

    def foot(self) -> list[Line]:
        """The same below the plot."""
        return [[(words.replace(TICK, TICK_BELOW), style) for words, style in line] for line in reversed(self.head())]

    def _part(self, day: date, step: int) -> str:
        """The name of a quarter, or of a month by as many letters as there is room for."""
        if step == 3:
            return f"Q{day.month // 3 + 1}"
        roomy = self.width >= 4 * (self.last - self.first).days / 30.44
        return MONTH_NAMES[day.month - 1][: 3 if roomy else 1]

    def grid(self) -> dict[int, str]:
        """The cells where a year begins, and that of today, with the sign that runs down the page there."""
        cells = dict.fromkeys((self.cell(day) for day in self._ticks(max(self._step(), 12))), GRID)
        cells.pop(0, None)
        if self.today and self.holds(self.today):
            cells[self.cell(self.today)] = TODAY
        return cells

    def _cell(self, day: date) -> int:
        return (day - self.first).days * self.width // ((self.last - self.first).days + 1)

    def _step(self) -> int:
        months = (self.last - self.first).days / 30.44
        return next((step for step, room in _STEPS if self.width * step / months >= room), _STEPS[-1][0])

    def _ticks(self, step: int) -> Iterator[date]:
        """The first days of the steps on the axis."""
        at = self.first.year * 12 + self.first.month - 1
        at += -at % step
        while (day := month_start(at)) <= self.last:
            if self.holds(day):
                yield day
            at += step

    def _names(self, names: Iterable[tuple[int, str]], style: str = "") -> Line:
        """Each name from its tick on, left out where it would run into the next or off the end."""
        line = ""
        for at, name in names:
            if at + len(name) <= self.width and (not line or at > len(line)):
                line = line.ljust(at) + name
        return [(line, style)]

    def _rule(self, ticks: Iterable[int]) -> Line:
        marked = set(ticks)
        return [("".join(TICK if at in marked else RULE for at in range(self.width)), QUIET)]


def axis_over(days: Iterable[date], width: int, today: date | None = None) -> Axis:
    """The axis of whole months that holds all the days, with some room about a lone one."""
    days = list(days)
    begin, end = _month(min(days)), _month(max(days)) + 1
    while end - begin < _FEWEST_MONTHS:
        begin, end = begin - (end - begin == _FEWEST_MONTHS - 1), end + (end - begin < _FEWEST_MONTHS - 1)
    return Axis(month_start(begin), month_start(end) - timedelta(days=1), width, today)


def month_start(month: int) -> date:
    """The first day of a month counted from January of the year 0."""
    return date(month // 12, month % 12 + 1, 1)


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


class Strip:
    """One line of a plot: signs put on the cells of an axis, the stronger over the weaker."""

    def __init__(self, axis: Axis) -> None:
        self.axis = axis
        self._cells: list[tuple[str, str]] = [(" ", "")] * axis.width
        for at, sign in axis.grid().items():
            self._cells[at] = (sign, QUIET)

    def put(self, at: int, sign: str, style: str) -> None:
        """A sign on one cell."""
        self._cells[at] = (sign, style)

    def fill(self, first: int, last: int, sign: str, style: str) -> None:
        """The same sign on all cells from the first to the last."""
        for at in range(first, last + 1):
            self._cells[at] = (sign, style)

    def line(self) -> Line:
        """The strip as pieces, neighbours of one style together."""
        line: Line = []
        for sign, style in self._cells:
            if line and line[-1][1] == style:
                line[-1] = (line[-1][0] + sign, style)
            else:
                line.append((sign, style))
        return line
