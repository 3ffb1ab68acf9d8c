"""Tables in text files: cells parted by commas, semicolons, tabs or bars, as spreadsheets of any country save them."""

import csv
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, lookup
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import IO, NamedTuple

from dealtrack.domain.problem import Misuse
from dealtrack.exchange.row import Place, RawRow, RowError
from dealtrack.exchange.tables import (
    LONGEST_CELL,
    MEND,
    MOST_ABOVE,
    MOST_CELLS,
    BadFile,
    IsHeader,
    Table,
    header_of,
    row_of,
)

# In the order in which they are preferred where the header does not tell.
DELIMITERS = (",", ";", "\t", "|")
# No line of names is longer.
_LONGEST_HEADER = 1_000_000
_MARKS = ((BOM_UTF8, "utf-8-sig"), (BOM_UTF16_LE, "utf-16"), (BOM_UTF16_BE, "utf-16"))


def text_table(path: Path, file: str, encoding: str | None, is_header: IsHeader | None = None) -> Table:
    """The table in a text file. Raises BadFile; where the text breaks off, so do the rows.

    Its header is the first line that `is_header` knows, not far from the beginning, else the first line of all.
    """
    encoding = encoding_of(path, file, encoding)
    begin = _begin(path, encoding, is_header)
    rows = _rows(path, file, encoding, begin)
    header = next(rows)
    return Table(file, header, rows, above=begin.above)  # type: ignore[arg-type]  # the first is the header, all else rows


def encoding_of(path: Path, file: str, named: str | None) -> str:
    """The encoding that is named, else the one that the file begins in. Raises Misuse, BadFile."""
    return _known(named) if named else _encoding(path, file)


def _known(encoding: str) -> str:
    try:
        found = lookup(encoding)
    except LookupError as error:
        raise Misuse(f'no encoding is called "{encoding}"', "such as cp1252, latin-1, utf-16 or mac-roman") from error
    return "utf-8-sig" if found.name == "utf-8" else found.name


def _encoding(path: Path, file: str) -> str:
    """What the mark at the file's beginning says; without one it is UTF-8. Raises BadFile for what is no text."""
    with path.open("rb") as raw:
        begin = raw.read(1024)
    encoding = next((name for mark, name in _MARKS if begin.startswith(mark)), "utf-8")
    if encoding != "utf-16" and b"\0" in begin:
        hint = "name a csv, tsv, xlsx, json or ndjson file; if it is UTF-16 text, say --encoding utf-16"
        raise BadFile(f'"{file}" is no text', hint)
    return encoding


class _Begin(NamedTuple):
    """What parts the cells; how many lines come before the header, and how many of them are told of."""

    delimiter: str
    skipped: int = 0
    above: int = 0


def _rows(path: Path, file: str, encoding: str, begin: _Begin) -> Iterator[tuple[str, ...] | RawRow | RowError]:
    """The header, then every row that is not empty."""
    csv.field_size_limit(LONGEST_CELL)
    line, delimiter, skipped = 1, begin.delimiter, begin.skipped
    with path.open(encoding=encoding, newline="") as stream:
        try:
            for _ in range(skipped):
                stream.readline()
            reader = csv.reader(_short_lines(stream, delimiter), delimiter=delimiter, strict=True)
            header = header_of(file, 1 + skipped, next(reader, []))
            yield header
            line = 1 + skipped + reader.line_num
            for cells in reader:
                row = row_of(Place(file, line), header, cells)
                if row is not None:
                    yield row
                line = 1 + skipped + reader.line_num
        except csv.Error as error:
            raise BadFile(f"{file}:{line}: {error}", MEND) from error
        except UnicodeError as error:
            raise _other_encoding(path, file, encoding) from error


def _begin(path: Path, encoding: str, is_header: IsHeader | None) -> _Begin:
    """Where the header is, and what parts its cells: Excel may say so in a first line."""
    with path.open(encoding=encoding, newline="") as stream, suppress(UnicodeError):
        lines = list(islice(_first_lines(stream), MOST_ABOVE + 1))
        first = lines[0] if lines else ""
        said = first.strip().casefold()
        if said.startswith("sep=") and len(said) == 5:
            return _Begin(said[-1], 1)
        if first.rstrip("\r\n").casefold() == "sep=\t":
            return _Begin("\t", 1)
        for skipped, text in enumerate(lines if is_header else ()):
            delimiter = next((mark for mark in DELIMITERS if is_header and is_header(_cells(text, mark))), None)
            if delimiter:
                return _Begin(delimiter, skipped, sum(1 for line in lines[:skipped] if _cells(line, delimiter)))
        # Cells in quotes may hold any of them.
        bare = "".join(first.split('"')[::2])
        return _Begin(max(DELIMITERS, key=bare.count))
    # Reading the rows says what is wrong with the text.
    return _Begin(DELIMITERS[0])


def _first_lines(stream: IO[str]) -> Iterator[str]:
    """The lines, up to one that is longer than any of names."""
    while line := stream.readline(_LONGEST_HEADER):
        yield line
        if len(line) == _LONGEST_HEADER:
            return


def _cells(line: str, delimiter: str) -> list[str]:
    """The cells of a line without the empty ones; none where it is no whole line of cells."""
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), []) if cell.strip()]
    except csv.Error:
        return []


def _short_lines(stream: IO[str], delimiter: str) -> Iterator[str]:
    """The lines, none so long that holding it, or its cells, could fill the memory."""
    while line := stream.readline(LONGEST_CELL + 1):
        if len(line) > LONGEST_CELL:
            raise csv.Error(f"field larger than field limit ({LONGEST_CELL})")
        if line.count(delimiter) > MOST_CELLS:
            raise csv.Error(f"more than {MOST_CELLS:,} cells")
        if "\0" in line:
            raise csv.Error("the line holds a NUL byte; is it UTF-16? then say --encoding utf-16")
        yield line


def _other_encoding(path: Path, file: str, encoding: str) -> BadFile:
    """Where the text stops being what it was taken for: the decoder tells only where its block began."""
    line = 1
    if encoding.startswith("utf-8"):
        with path.open("rb") as raw:
            line = next((number for number, text in enumerate(raw, 1) if not _is_utf8(text)), 1)
    hint = "say which encoding it is: --encoding cp1252 (Windows), mac-roman, shift_jis ..."
    return BadFile(f"{file}:{line}: not {encoding.removesuffix('-sig').upper()} text", hint)


def _is_utf8(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True
