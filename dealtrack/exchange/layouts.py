"""Which layout a table is in, and the deals that its rows propose by it."""

from collections.abc import Iterator
from typing import NamedTuple

from dealtrack.exchange import own
from dealtrack.exchange.rejected import REASON, SAME_AS, is_rejected
from dealtrack.exchange.row import RawRow, Record, RowError
from dealtrack.exchange.tables import BadFile, Table


class Arrived(NamedTuple):
    """A table whose layout is known: its family, and its deals; `said` fills, by line, with which deal a row is said
    to be, as the rows are read.
    """

    family: str
    records: Iterator[Record | RowError]
    said: dict[int, str]


def arrived(table: Table) -> Arrived:
    """The deals of a table. Raises BadFile where nobody knows what its columns mean."""
    said: dict[int, str] = {}
    if is_rejected(table.header):
        names = tuple(name for name in table.header if name not in (REASON, SAME_AS))
        table = Table(table.file, names, _without_reasons(table, said))
    if own.is_own(table.header):
        return Arrived(own.FAMILY, own.records(table), said)
    shown = ", ".join(table.header[:8])
    raise BadFile(
        f"{table.file}: no layout has these columns: {shown}{' ...' if len(table.header) > 8 else ''}",
        "ours are kind, buyer, target, on, status, value ... (dealtrack help columns)",
    )


def _without_reasons(table: Table, said: dict[int, str]) -> Iterator[RawRow | RowError]:
    for row in table.rows:
        if isinstance(row, RowError):
            yield row
            continue
        same = row.cells.pop(SAME_AS, "").strip()
        row.cells.pop(REASON, None)
        if same:
            said[row.place.line] = same
        yield row._replace(cells={name: own.unguarded(cell) for name, cell in row.cells.items()})
