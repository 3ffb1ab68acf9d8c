"""Workbooks read row by row: visible sheets only, what their formulas came to, and nothing that they refer to."""

import re
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from decimal import Decimal
from math import isfinite
from pathlib import Path
from posixpath import join, normpath
from typing import NamedTuple
from xml.parsers import expat

from dealtrack.exchange.row import Number, Place, RawRow, RowError
from dealtrack.exchange.styles import Styles, styles_of
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

# What a workbook may unpack to, so that a hostile one fills neither the memory nor the day.
_LARGEST = 8 * 1024**3
_LARGEST_TEXTS = 1024**3
_LARGEST_PLAIN = 64 * 1024**2
_THINNEST = 1_000
_MOST_MERGED = 10_000
_BLOCK = 1 << 20

_UNREADABLE = (
    OSError, LookupError, ValueError, EOFError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error,
    expat.ExpatError,
)  # fmt: skip

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)"')
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


class _Sheet(NamedTuple):
    name: str
    member: str
    visible: bool


class _Book(NamedTuple):
    """What the cells of all sheets need: the texts, how numbers are shown, and the day that days are counted from."""

    path: Path
    sheets: list[_Sheet]
    texts: list[str]
    styles: Styles
    first_day: datetime


def sheets(path: Path, file: str, is_header: IsHeader | None = None) -> Iterator[Table]:
    """A table for each sheet; one that is hidden says so, and has no rows. Raises BadFile."""
    with _opened(path, file) as archive:
        try:
            book = _book(archive, path)
        except _UNREADABLE as error:
            raise BadFile(f"{file} cannot be read: {error}", MEND) from error
        headers = [_header(archive, sheet, book, file, is_header) for sheet in book.sheets if sheet.visible]
    for sheet in book.sheets:
        called = f"{file}, sheet {sheet.name}"
        header = headers.pop(0) if sheet.visible else "it is hidden"
        if isinstance(header, str):
            yield Table(called, (), iter(()), sheet.name, header)
        else:
            rows = _rows(book, sheet, called, header.line)
            yield Table(called, header.names, rows, sheet.name, above=header.above)


class _Header(NamedTuple):
    """The names of a sheet's columns, the line that they stand in, and how many lines stand above it."""

    names: tuple[str, ...]
    line: int
    above: int


def _header(
    archive: zipfile.ZipFile, sheet: _Sheet, book: _Book, file: str, is_header: IsHeader | None
) -> _Header | str:  # fmt: skip
    """The first line that `is_header` knows, not far from the beginning, else the first of all; or why none is."""
    called = f"{file}, sheet {sheet.name}"
    first: list[tuple[int, list[str]]] = []
    with _telling(called), closing(_lines(archive, sheet.member)) as lines:
        for line, found in lines:
            cells, _ = _read(book, found)
            names = [cell.strip() for cell in cells if cell.strip()]
            if names:
                first.append((line, cells))
                if is_header is None or is_header(names):
                    return _named(called, line, cells, len(first) - 1)
                if len(first) > MOST_ABOVE:
                    break
    return _named(called, *first[0], 0) if first else "it is empty"


def _named(called: str, line: int, cells: list[str], above: int) -> _Header | str:
    try:
        return _Header(header_of(called, line, cells), line, above)
    except BadFile as problem:
        return problem.what


@contextmanager
def _telling(file: str) -> Iterator[None]:
    try:
        yield
    except _UNREADABLE as error:
        raise BadFile(f"{file} cannot be read: {error}", MEND) from error


def _opened(path: Path, file: str) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        hint = "save it as xlsx or csv, without a password"
        raise BadFile(f'"{file}" is no workbook of Excel 2007 or later', hint) from error
    entries = archive.infolist()
    size = sum(entry.file_size for entry in entries)
    thin = any(e.file_size > _LARGEST_PLAIN and e.file_size > _THINNEST * max(e.compress_size, 1) for e in entries)
    if size > _LARGEST or thin:
        archive.close()
        raise BadFile(f'"{file}" unpacks to {size:,} bytes', "no workbook of deals does; nothing was imported")
    return archive


# --- what all sheets share ------------------------------------------------------------------------


def _book(archive: zipfile.ZipFile, path: Path) -> _Book:
    targets: dict[str, str] = {}
    kinds: dict[str, str] = {}
    for name, told in _elements(archive, "xl/_rels/workbook.xml.rels"):
        if name == "Relationship":
            targets[told.get("Id", "")] = normpath(join("/xl", told.get("Target", ""))).lstrip("/")
            kinds[told.get("Type", "").rpartition("/")[2]] = targets[told.get("Id", "")]
    found, first_day = [], datetime(1899, 12, 30)  # noqa: DTZ001 - days of a workbook have no zone
    for name, told in _elements(archive, "xl/workbook.xml"):
        if name == "sheet":
            member = targets.get(told.get("r:id") or told.get("id", ""), "")
            found.append(_Sheet(told.get("name", ""), member, told.get("state", "visible") == "visible"))
        elif name == "workbookPr" and told.get("date1904") in ("1", "true"):
            first_day = datetime(1904, 1, 1)  # noqa: DTZ001 - likewise
    texts = list(_texts(archive, kinds["sharedStrings"])) if "sharedStrings" in kinds else []
    styles = styles_of(_elements(archive, kinds["styles"])) if "styles" in kinds else Styles()
    return _Book(path, found, texts, styles, first_day)


class _Parser:
    """Reads a member of the workbook block by block; what it refers to outside is refused."""

    def __init__(self, archive: zipfile.ZipFile, member: str, most: int) -> None:
        self._archive = archive
        self._member = member
        self._most = most
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse

    @staticmethod
    def _refuse(*_: object) -> None:
        raise ValueError("it declares a document type, as no workbook does")

    def blocks(self) -> Iterator[None]:
        """Read on, one block each time."""
        if self._archive.getinfo(self._member).file_size > self._most:
            raise ValueError(f"{self._member} is longer than {self._most:,} bytes")
        with self._archive.open(self._member) as stream:
            while block := stream.read(_BLOCK):
                self.parser.Parse(block, False)
                yield
            self.parser.Parse(b"", True)
            yield


def _elements(archive: zipfile.ZipFile, member: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The elements of a small member with their attributes, in order."""
    found: list[tuple[str, dict[str, str]]] = []
    reading = _Parser(archive, member, _LARGEST_PLAIN)
    reading.parser.StartElementHandler = lambda name, told: found.append((_local(name), told))
    for _ in reading.blocks():
        yield from found
        found.clear()


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _texts(archive: zipfile.ZipFile, member: str) -> Iterator[str]:
    """The texts that cells name by their number, those of several fonts put together."""
    done: list[str] = []
    state = _Text()

    def start(name: str, _: dict[str, str]) -> None:
        state.start(_local(name))

    def end(name: str) -> None:
        if _local(name) == "si":
            done.append(state.taken())
        state.end(_local(name))

    reading = _Parser(archive, member, _LARGEST_TEXTS)
    reading.parser.StartElementHandler, reading.parser.EndElementHandler = start, end
    reading.parser.CharacterDataHandler = state.add
    for _ in reading.blocks():
        yield from done
        done.clear()


class _Text:
    """A text under way; how Japanese is read aloud, which stands beside it, is no part of it."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._inside = False
        self._aloud = False

    def start(self, name: str) -> None:
        self._aloud = self._aloud or name == "rPh"
        self._inside = name == "t" and not self._aloud

    def end(self, name: str) -> None:
        self._aloud = self._aloud and name != "rPh"
        self._inside = False

    def add(self, words: str) -> None:
        if self._inside:
            self._parts.append(words)

    def taken(self) -> str:
        found = "".join(self._parts)
        self._parts.clear()
        return found


# --- one sheet ------------------------------------------------------------------------------------


class _Cell(NamedTuple):
    """A cell as it stands in the file: what sort it is of, its style, its value, and whether a formula gives it."""

    sort: str
    style: int
    value: str
    formula: bool


_Line = tuple[int, dict[int, _Cell]]


def _rows(book: _Book, sheet: _Sheet, called: str, begin: int) -> Iterator[RawRow | RowError]:
    """Every row that is not empty, below the header in line `begin`."""
    header: tuple[str, ...] | None = None
    with _telling(called), zipfile.ZipFile(book.path) as archive:
        merged = _merged(archive, sheet.member)
        for line, found in _lines(archive, sheet.member):
            if line < begin:
                continue
            cells, fault = _read(book, found)
            if header is not None:
                row = _row(Place(called, line), header, cells, fault or _fault(merged, line, cells))
                if row is not None:
                    yield row
            elif line == begin:
                header = header_of(called, line, cells)


_Fault = tuple[str, str] | None


def _row(place: Place, header: tuple[str, ...], cells: list[str], fault: _Fault) -> RawRow | RowError | None:
    return RowError(place, "", *fault, tuple(cells)) if fault else row_of(place, header, cells)


def _fault(merged: list[tuple[int, int, str]], line: int, cells: list[str]) -> _Fault:
    """Whether cells of a row are one with others; an empty row is nothing."""
    over = next((reference for first, last, reference in merged if first <= line <= last), None)
    if over is None or not any(cells):
        return None
    return f"cells {over} are merged", "part them, so that each row has its own"


def _merged(archive: zipfile.ZipFile, member: str) -> list[tuple[int, int, str]]:
    """The cells that are merged, by their first and last line; they are told of only behind all rows."""
    found: list[tuple[int, int, str]] = []
    with archive.open(member) as stream:
        rest = b""
        while block := stream.read(_BLOCK):
            text = rest + block
            last = 0
            for match in _MERGED.finditer(text):
                one, first, other, end = (part.decode() for part in match.groups())
                found.append((int(first), int(end), f"{one}{first}:{other}{end}"))
                last = match.end()
            rest = text[max(last, len(text) - 256) :]
            if len(found) > _MOST_MERGED:
                raise ValueError(f"more than {_MOST_MERGED:,} cells are merged")
    return found


def _lines(archive: zipfile.ZipFile, member: str) -> Generator[_Line]:
    """The cells of each row by their column, as the sheet is read."""
    reading = _Parser(archive, member, _LARGEST)
    lines = _Lines()
    reading.parser.StartElementHandler, reading.parser.EndElementHandler = lines.start, lines.end
    reading.parser.CharacterDataHandler = lines.add
    for _ in reading.blocks():
        yield from lines.done
        lines.done.clear()


class _Lines:
    """The rows of a sheet under way."""

    def __init__(self) -> None:
        self.done: list[_Line] = []
        self._line = 0
        self._column = -1
        self._cells: dict[int, _Cell] = {}
        self._sort = "n"
        self._style = 0
        self._formula = False
        self._value: list[str] | None = None
        self._parts: list[str] = []
        self._long = 0

    def start(self, name: str, told: dict[str, str]) -> None:
        match _local(name):
            case "row":
                self._line = int(told.get("r", self._line + 1))
                self._column, self._cells = -1, {}
            case "c":
                found = _REFERENCE.fullmatch(told.get("r", ""))
                self._column = _column(found[1]) if found else self._column + 1
                if self._column >= MOST_CELLS:
                    raise ValueError(f"row {self._line} has more than {MOST_CELLS:,} cells")
                self._sort, self._style = told.get("t", "n"), int(told.get("s", "0"))
                self._formula, self._parts, self._long = False, [], 0
            case "f":
                self._formula = True
            case "v" | "t":
                self._value = self._parts
            case "rPh":
                self._value = None

    def end(self, name: str) -> None:
        match _local(name):
            case "v" | "t":
                self._value = None
            case "c":
                self._cells[self._column] = _Cell(self._sort, self._style, "".join(self._parts), self._formula)
            case "row":
                self.done.append((self._line, self._cells))

    def add(self, words: str) -> None:
        if self._value is not None:
            self._long += len(words)
            if self._long > LONGEST_CELL:
                raise ValueError(f"a cell of row {self._line} is longer than {LONGEST_CELL:,} characters")
            self._value.append(words)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _read(book: _Book, found: dict[int, _Cell]) -> tuple[list[str], tuple[str, str] | None]:
    """The cells of a row as texts, and what is wrong with one, if anything is."""
    cells = [""] * (max(found, default=-1) + 1)
    fault = None
    for column, cell in found.items():
        if cell.formula and not cell.value:
            fault = f"cell {column + 1} holds a formula that was never worked out", "open the file and save it"
        elif cell.sort == "e":
            fault = f"cell {column + 1} holds the error {cell.value}", "mend the formula, or write the value"
        else:
            cells[column] = _SORTS.get(cell.sort, _number)(book, cell)
    return cells, fault


def _number(book: _Book, cell: _Cell) -> str:
    if not cell.value:
        return ""
    number = float(cell.value)
    if cell.style in book.styles.dates:
        return _day(book, number)
    if cell.style in book.styles.percents and isfinite(number):
        return Number(f"{(Decimal(repr(number)) * 100).normalize():f}%")
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    said = repr(number)
    return Number(f"{number:.0f}" if "e" in said and number.is_integer() else said)


def _day(book: _Book, number: float) -> str:
    """A day, or a moment of one; a workbook counts in days."""
    try:
        moment = book.first_day + timedelta(seconds=round(number * 86_400))
    except OverflowError as error:
        raise ValueError(f"{number} is no day") from error
    return moment.date().isoformat() if not number % 1 else moment.isoformat()


_SORTS: dict[str, Callable[[_Book, _Cell], str]] = {
    "s": lambda book, cell: book.texts[int(cell.value)] if cell.value else "",
    "b": lambda _, cell: "yes" if cell.value == "1" else "no",
    **dict.fromkeys(("str", "inlineStr", "d"), lambda _, cell: cell.value),
}
