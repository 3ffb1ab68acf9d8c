"""A report on the terminal: its tables with bars in them, its notes, and what it rests on at the foot."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dealtrack.domain.contents import Basis, Cell, Chart, Column, Interval, Prose, Report, Table
from dealtrack.domain.money import Money
from dealtrack.domain.status import STATUSES
from dealtrack.text.cells import say_cell
from dealtrack.text.counts import counted
from dealtrack.view.bars import bar, scale, sparks
from dealtrack.view.cells import status_cell
from dealtrack.view.grid import GAP, SHORTEST, Field, Grid
from dealtrack.view.lines import BLANK, Block, Line, Lines, beside, paragraph, width_of
from dealtrack.view.safe import safe
from dealtrack.view.screen import Screen
from dealtrack.view.theme import HEADING, QUIET

# Sentences of more than this are hard to read.
_WIDEST_PROSE = 110
_LABEL = 9
_SHORTEST_BAR, _LONGEST_BAR = 6, 24
_NUMBERS = ("count", "money", "amount", "percent", "days")
_UNKNOWN = "-"
# 100%, in the unit of shares: no bar of less is drawn as long as one of that.
_WHOLE = 1_000_000
# As long as an uncertain day: a date that spans two of them goes on below itself.
_LONGEST_DAY = 17


class Page(NamedTuple):
    """A report that is laid out, with the columns that had no room, in words, and how many rows were not asked for."""

    lines: Lines
    hidden: str
    unshown: int


def report_page(report: Report, most: int | None, screen: Screen) -> Page:
    """The report, so many rows of each table at most."""
    lines: list[Line] = [*paragraph(report.title, screen.width, HEADING), BLANK]
    hidden: list[str] = []
    for part in report.parts:
        if isinstance(part, Table):
            drawn = _Drawn(part, _charts(report, part), most, screen)
            title = [] if part.title == report.title else paragraph(part.title, screen.width, HEADING)
            lines += [*title, *drawn.lines(), BLANK]
            if drawn.hidden:
                hidden.append(f"{drawn.hidden} ({part.key})" if len(report.tables) > 1 else drawn.hidden)
        elif isinstance(part, Prose):
            lines += [*_prose(part, screen.width), BLANK]
    lines += _basis(report.basis, screen.width)
    unshown = 0 if most is None else max((len(table.rows) - most for table in report.tables), default=0)
    return Page(Lines.of(screen, lines), "; ".join(hidden), max(unshown, 0))


def table_page(table: Table, screen: Screen) -> Page:
    """A table alone, with every row of it."""
    drawn = _Drawn(table, (), None, screen)
    return Page(Lines.of(screen, drawn.lines()), drawn.hidden, 0)


def _charts(report: Report, table: Table) -> tuple[Chart, ...]:
    return tuple(part for part in report.parts if isinstance(part, Chart) and part.table == table.key)


def _prose(prose: Prose, width: int) -> list[Line]:
    wrapped = (paragraph(line, min(width, _WIDEST_PROSE)) for line in prose.lines)
    return [*paragraph(prose.title, width, HEADING), *(line for lines in wrapped for line in lines)]


def _basis(basis: Basis, width: int) -> Iterator[Line]:
    """What the report rests on, a line for each; what is long goes on below itself."""
    deals = f"{basis.deals:,} of {counted(basis.of, 'deal')}"
    told = {
        "basis": f"{deals} of {basis.ledger}; {basis.clock}; dealtrack {basis.version}",
        "filters": basis.filters,
        "deals": basis.rule,
        "dates": basis.dates,
        "values": basis.values,
        "rates": basis.rates,
    }
    room = max(min(width, _WIDEST_PROSE) - _LABEL - GAP, GAP)
    for label, words in told.items():
        if words == "none" and label in ("values", "rates"):
            continue
        yield from beside([Block([[(label, QUIET)]], _LABEL), Block(paragraph(words, room, QUIET) or [BLANK], 0)], GAP)


class _Drawn:
    """A table laid on a grid, with a bar beside each row where a chart asks for one."""

    def __init__(self, table: Table, charts: Sequence[Chart], most: int | None, screen: Screen) -> None:
        self.table, self.charts, self.screen = table, charts, screen
        self.rows = table.short(most).rows
        kept = [at for at, column in enumerate(table.columns) if not column.spare or self._is_filled(at)]
        self.grid = Grid(
            [_field(table.columns[at]) for at in kept],
            [_first_told([_cell(row[at], table.columns[at]) for at in kept]) for row in self.rows],
            [_cell(table.foot[at], table.columns[at], HEADING) for at in kept] if table.foot else None,
            screen.width if screen.bounded else None,
        )

    @property
    def hidden(self) -> str:
        """The headings of columns that had no room."""
        titles = {column.key: column.title for column in self.table.columns}
        names = (f"{titles[key][:1].lower()}{titles[key][1:]}".replace(",", "") for key in self.grid.hidden)
        return ", ".join(dict.fromkeys(names))

    def _is_filled(self, at: int) -> bool:
        return any(row[at] not in (None, "", ()) for row in self.rows)

    def lines(self) -> Iterator[Line]:
        """The rows under their headings, the sparks of the table's lines, and its notes."""
        if self.rows:
            yield from self.grid.lines(*self._bars())
        elif not self.table.notes:
            yield [("none", QUIET)]
        for chart in self.charts:
            if chart.shape in ("lines", "steps") and len(self.rows) > 1:
                yield from self._sparks(chart)
        for note in self.table.notes:
            yield from paragraph(note, min(self.screen.width, _WIDEST_PROSE), QUIET)

    def _bars(self) -> tuple[list[Line], int]:
        """A bar for each row, where there is room for it, and beside which field it stands."""
        chart = next((chart for chart in self.charts if chart.shape in ("bars", "stacked") and not chart.series), None)
        room = min(self.screen.width - self.grid.width - GAP, _LONGEST_BAR)
        if chart is None or room < _SHORTEST_BAR:
            return [], 0
        bounds = [_bounds(cell) for cell in self._column(chart.y[0])]
        most = scale([high or low for low, high in bounds])
        barred = next(at for at, field in enumerate(self.grid.fields) if field.name == chart.y[0])
        if any(column.key == chart.y[0] and column.sort == "percent" for column in self.table.columns):
            most = max(most, _WHOLE)
        return [bar(low, high, most, room) for low, high in bounds], barred

    def _sparks(self, chart: Chart) -> Iterator[Line]:
        """The course of each column that a chart draws as a line, from the first row to the last."""
        if chart.series:
            return
        drawn = [column for column in self.table.columns if column.key in chart.y]
        label = max((len(column.title) for column in drawn), default=0) + GAP
        for column in drawn:
            amounts = [None if cell is None else _bounds(cell)[0] for cell in self._column(column.key)]
            yield [(safe(column.title).ljust(label), QUIET), (sparks(amounts), "cyan")]

    def _column(self, key: str) -> list[Cell]:
        at = next(at for at, column in enumerate(self.table.columns) if column.key == key)
        return [row[at] for row in self.rows]


def _first_told(row: list[Line]) -> list[Line]:
    """The row with a sign in a first cell that is not known: an empty one says that it is as above."""
    return row if width_of(row[0]) else [[(_UNKNOWN, QUIET)], *row[1:]]


def _bounds(cell: Cell) -> tuple[int, int | None]:
    """The bounds of a number; an open end stays open, and what is not known has no length."""
    if isinstance(cell, Interval):
        return cell.low or 0, cell.high
    return (cell, cell) if isinstance(cell, int) else (0, 0)


def _field(column: Column) -> Field:
    unit = f", {column.unit}" if column.unit and column.sort == "money" else ""
    return Field(
        heading=[(f"{safe(column.title).upper()}{unit}", QUIET)],
        name=column.key,
        spare=0 if column.main else column.spare,
        main=column.main,
        right=column.sort in _NUMBERS,
        shortest=_shortest(column),
        grouped=column.sort not in _NUMBERS or column.key == "id",
    )


def _shortest(column: Column) -> int | None:
    """The width below which a cell says too little; a number or an address is of no use in pieces."""
    if column.sort in _NUMBERS or column.key == "url" or column.spare < 0:
        return None
    return _LONGEST_DAY if column.sort == "date" else SHORTEST


def _cell(cell: Cell, column: Column, style: str = "") -> Line:
    if isinstance(cell, Money):
        return [(say_cell(cell, column), QUIET if cell.qualifier == "undisclosed" else "")]
    if cell is None:
        return [(_UNKNOWN, QUIET)] if column.sort in ("money", "percent", "days") else BLANK
    if column.key.endswith("status") and cell in STATUSES:
        return status_cell(next(status for status in STATUSES if status == cell))
    return [(safe(say_cell(cell, column)), style)]
