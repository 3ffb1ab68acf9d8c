"""Records as comma- or tab-separated lines: RFC 4180, LF, UTF-8, formulas guarded in text cells."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from dealtrack.exchange.record import TEXTS, Cell

# What a spreadsheet may take for the beginning of a formula: https://owasp.org/www-community/attacks/CSV_Injection
_TRIGGERS = ("=", "+", "-", "@", "\t", "\r")


def guarded(cell: str) -> str:
    """Text that no spreadsheet runs: an apostrophe before what could begin a formula."""
    return f"'{cell}" if cell.startswith(_TRIGGERS) else cell


def lines(records: Iterable[Sequence[Cell]], columns: Sequence[str], delimiter: str) -> Iterator[str]:
    """A header and a line for each record; a tab-separated cell keeps to its line."""
    texts = [name in TEXTS for name in columns]
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\n")
    writer.writerow(columns)
    for record in records:
        cells = (
            _plain(cell, delimiter) if is_text and isinstance(cell, str) else cell
            for cell, is_text in zip(record, texts, strict=True)
        )
        writer.writerow(cells)
        yield _taken(buffer)
    yield _taken(buffer)


def _plain(cell: str, delimiter: str) -> str:
    if delimiter == "\t":
        cell = cell.replace("\t", " ").replace("\r", " ").replace("\n", " ")
    return guarded(cell)


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
