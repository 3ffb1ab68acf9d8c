"""Records as comma- or tab-separated lines: RFC 4180, LF, UTF-8, formulas guarded in text cells."""

import csv
import io
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from dealtrack.domain.columns import FREE, Column
from dealtrack.domain.figures import DealRow
from dealtrack.exchange.record import records

# What a spreadsheet may take for the beginning of a formula: https://owasp.org/www-community/attacks/CSV_Injection
TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n")


_ENDING = "\r\n"


def guarded(cell: str) -> str:
    """Text that no spreadsheet runs: an apostrophe before what could begin a formula."""
    return f"'{cell}" if cell.startswith(TRIGGERS) else cell


def unguarded(cell: str) -> str:
    """The text as it is, without the apostrophe that kept spreadsheets from running it."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(TRIGGERS) else cell


def lines(rows: Iterable[DealRow], columns: Sequence[Column], delimiter: str, ending: str = "\n") -> Iterator[str]:
    """A header and a line for each row; a tab-separated cell keeps to its line."""
    names = [column.name for column in columns]
    words = {column.name for column in columns if column.sort in FREE}
    return guarded_lines(records(rows, columns), names, words, delimiter, ending)


def guarded_lines(
    cells: Iterable[Sequence[Any]], names: Sequence[str], words: Container[str], delimiter: str, ending: str = "\n"
) -> Iterator[str]:
    """A header and a line for each record, formulas guarded in the columns of words of others."""
    texts = [name in words for name in names]
    guarded_records = (
        [
            guarded_cell(cell, delimiter) if is_text and isinstance(cell, str) else cell
            for cell, is_text in zip(record, texts, strict=True)
        ]
        for record in cells
    )
    return written(chain([names], guarded_records), delimiter, ending)


def written(records: Iterable[Sequence[Any]], delimiter: str = ",", ending: str = "\n") -> Iterator[str]:
    """Each record as a line, cells quoted where they must be."""
    buffer = io.StringIO()
    # Told that lines end in CR and LF, the writer quotes either within a cell; Python before 3.11.9 would not else.
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator=_ENDING)
    for record in records:
        writer.writerow(record)
        yield buffer.getvalue().removesuffix(_ENDING) + ending
        buffer.seek(0)
        buffer.truncate()


def guarded_cell(cell: str, delimiter: str) -> str:
    """A text as a spreadsheet does not run it and, between tabs, as it keeps to its line."""
    cell = guarded(cell)
    if delimiter == ",":
        return cell
    # Lines with tabs are read on a terminal as often as by a program: blanks keep to the line, controls cannot act.
    return "".join(c if c.isprintable() else (" " if c.isspace() else "\ufffd") for c in cell)
