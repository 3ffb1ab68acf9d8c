"""Records as comma- or tab-separated lines: RFC 4180, LF, UTF-8, formulas guarded in text cells."""

import csv
import io
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from dealtrack.exchange.record import TEXTS, Cell

# What a spreadsheet may take for the beginning of a formula: https://owasp.org/www-community/attacks/CSV_Injection
_TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n")


_ENDING = "\r\n"


def guarded(cell: str) -> str:
    """Text that no spreadsheet runs: an apostrophe before what could begin a formula."""
    return f"'{cell}" if cell.startswith(_TRIGGERS) else cell


def lines(
    records: Iterable[Sequence[Cell]], columns: Sequence[str], delimiter: str, words: Container[str] = TEXTS
) -> Iterator[str]:
    """A header and a line for each record, formulas guarded in the columns of words of others.

    A tab-separated cell keeps to its line.
    """
    texts = [name in words for name in columns]
    guarded_records = (
        [
            _plain(cell, delimiter) if is_text and isinstance(cell, str) else cell
            for cell, is_text in zip(record, texts, strict=True)
        ]
        for record in records
    )
    return written(chain([columns], guarded_records), delimiter)


def written(records: Iterable[Sequence[Any]], delimiter: str = ",") -> Iterator[str]:
    """Each record as a line that ends in LF, cells quoted where they must be."""
    buffer = io.StringIO()
    # Told that lines end in CR and LF, the writer quotes either within a cell; Python before 3.11.9 would not else.
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator=_ENDING)
    for record in records:
        writer.writerow(record)
        yield buffer.getvalue().removesuffix(_ENDING) + "\n"
        buffer.seek(0)
        buffer.truncate()


def _plain(cell: str, delimiter: str) -> str:
    cell = guarded(cell)
    if delimiter == ",":
        return cell
    # Lines with tabs are read on a terminal as often as by a program: blanks keep to the line, controls cannot act.
    return "".join(c if c.isprintable() else (" " if c.isspace() else "\ufffd") for c in cell)
