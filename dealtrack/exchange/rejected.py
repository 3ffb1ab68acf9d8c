"""Rows that were left out, with the reason, as a file that can be mended and imported again."""

from collections.abc import Iterable, Iterator, Mapping

from dealtrack.exchange.delimited import guarded, written
from dealtrack.exchange.row import RowError, marked
from dealtrack.exchange.tables import Table

# What is added to the row: why it was left out, and room to say which deal it is ("new": none that is here).
REASON, SAME_AS = "reason", "same_as"
SUFFIX = ".rejected.csv"


def is_rejected(header: Iterable[str]) -> bool:
    """Whether the columns are those of such a file: its rows may say which deal they are."""
    return SAME_AS in header


def rejected(
    tables: Iterable[Table], left_out: Mapping[str, Mapping[int, str]], decimal: str = "."
) -> Iterator[str]:  # fmt: skip
    """The lines of the file: the rows as they stood, below their header; one table below the other.

    Numbers are written with the mark before decimals by which the file will be read.
    """
    for table in tables:
        reasons = left_out.get(table.file, {})
        if reasons:
            yield from written(_rows(table, reasons, decimal))


def _rows(table: Table, reasons: Mapping[int, str], decimal: str) -> Iterator[list[str]]:
    names = [name for name in table.header if name not in (REASON, SAME_AS, "")]
    yield [REASON, SAME_AS, *names]
    for row in table.rows:
        reason = reasons.get(row.place.line)
        if reason is None:
            continue
        if isinstance(row, RowError):
            yield [reason, "", *map(guarded, row.cells)]
        else:
            cells = row.cells
            told = (marked(cells.get(name, ""), decimal) for name in names)
            yield [reason, cells.get(SAME_AS, ""), *map(guarded, told)]
