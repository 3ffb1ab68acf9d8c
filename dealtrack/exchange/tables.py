"""Files as tables: a header and the rows below it, each with its place; what cannot be read is told before any row."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from dealtrack.domain.problem import Misuse
from dealtrack.exchange.row import Place, RawRow, RowError

# What a file may hold at most, so that a hostile one cannot fill the memory: a cell, a row.
LONGEST_CELL = 16 * 1024 * 1024
MOST_CELLS = 1_000

# What stands above the names of the columns is looked through so far.
MOST_ABOVE = 20

# Whether cells are the names of columns that somebody knows.
IsHeader = Callable[[Sequence[str]], bool]

MEND = "mend the file and import it again; nothing was imported"


class BadFile(Misuse):
    """A file cannot be read as a table; nothing of it is imported."""


class Table(NamedTuple):
    """The rows of a file, or of one sheet of it, below its header; `why_not` says why a sheet is left out.

    `above` is how many lines that are not empty stand above the header.
    """

    file: str
    header: tuple[str, ...]
    rows: Iterator[RawRow | RowError]
    sheet: str = ""
    why_not: str = ""
    above: int = 0


def header_of(file: str, line: int, cells: list[str]) -> tuple[str, ...]:
    """The names of the columns, without blanks around them. Raises BadFile where one is there twice."""
    names = tuple(cell.strip() for cell in cells)
    while names and not names[-1]:
        names = names[:-1]
    if names and not names[0]:
        # Others number their rows, in a column without a name.
        names = ("#", *names[1:])
    if not any(names):
        raise BadFile(f"{file}:{line}: there is no header", "the first line names the columns")
    twice = next((name for at, name in enumerate(names) if name and name in names[:at]), None)
    if twice is not None:
        raise BadFile(f'{file}:{line}: column "{twice}" occurs twice', "rename or remove one; nothing was imported")
    return names


def row_of(place: Place, header: tuple[str, ...], cells: list[str]) -> RawRow | RowError | None:
    """The row of those cells; None where all are empty.

    Spreadsheets leave out empty cells at the end of a row, and add them: neither is a fault.
    """
    width = len(header)
    if len(cells) != width:
        while len(cells) > width and not cells[-1].strip():
            cells.pop()
        if len(cells) > width:
            what = f"{len(cells)} cells where {width} are expected"
            hint = "put a cell that holds what parts cells in quotes"
            return RowError(place, "", what, hint, tuple(cells))
        cells += [""] * (width - len(cells))
    if not any(cells):
        return None
    found = dict(zip(header, cells, strict=True))
    if found.pop("", ""):
        at = next(at for at, (name, cell) in enumerate(zip(header, cells, strict=True), 1) if cell and not name)
        what = f"cell {at} stands in a column without a name"
        return RowError(place, "", what, "name the column, or empty it", tuple(cells))
    return RawRow(place, found)
