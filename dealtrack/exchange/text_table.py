"""Tables in text files: cells parted by commas, semicolons, tabs or bars, as spreadsheets of any country save them."""

import csv
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, lookup
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from dealtrack.domain.problem import Misuse
from dealtrack.exchange.row import Place, RawRow, RowError
from dealtrack.exchange.tables import LONGEST_CELL, MEND, MOST_CELLS, BadFile, Table, header_of, row_of

# In the order in which they are preferred where the header does not tell.
DELIMITERS = (",", ";", "\t", "|")
_MARKS = ((BOM_UTF8, "utf-8-sig"), (BOM_UTF16_LE, "utf-16"), (BOM_UTF16_BE, "utf-16"))


def text_table(path: Path, file: str, encoding: str | None) -> Table:
    """The table in a text file. Raises BadFile; where the text breaks off, so do the rows."""
    encoding = encoding_of(path, file, encoding)
    rows = _rows(path, file, encoding)
    header = next(rows)
    return Table(file, header, rows)  # type: ignore[arg-type]  # the first that it yields is the header, all else rows


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


def _rows(path: Path, file: str, encoding: str) -> Iterator[tuple[str, ...] | RawRow | RowError]:
    """The header, then every row that is not empty."""
    csv.field_size_limit(LONGEST_CELL)
    line = 1
    with path.open(encoding=encoding, newline="") as stream:
        try:
            delimiter, skipped = _delimiter(stream)
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


def _delimiter(stream: IO[str]) -> tuple[str, int]:
    """What parts the cells of the header, and how many lines were read to know it: Excel may say so in a first one."""
    first = stream.readline(LONGEST_CELL)
    said = first.strip().casefold()
    if said.startswith("sep=") and len(said) == 5:
        return said[-1], 1
    if first.rstrip("\r\n").casefold() == "sep=\t":
        return "\t", 1
    # Cells in quotes may hold any of them.
    bare = "".join(first.split('"')[::2])
    stream.seek(0)
    return max(DELIMITERS, key=bare.count), 0


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
