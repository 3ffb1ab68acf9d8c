"""A ledger's tables as the sheets of an Excel workbook, written row by row, in which nothing is a formula."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from dealtrack.domain.columns import Column, Sort, Table
from dealtrack.domain.figures import DealRow
from dealtrack.exchange.formats import Contents
from dealtrack.exchange.record import Reader, columns_of, reader

# What Excel holds: https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3
ROWS = 1_048_576
_CHARACTERS = 32_767
_LINKS = 65_530
_LONGEST_LINK = 2_079
# A spreadsheet counts in floating point, which keeps so many digits exactly.
_DIGITS = 15
# Excel knows no earlier days, and takes 1900 for a leap year up to here.
_FIRST_DAY = "1900-03-01"

_SHEETS: tuple[Table, ...] = ("deals", "events", "companies", "sources")
_WIDTHS: dict[Sort, int] = {
    "number": 8, "flag": 10, "percent": 10, "date": 12, "day": 12, "money": 16, "cents": 16, "worth": 16, "labels": 18,
    "time": 21, "names": 24, "text": 28, "link": 40, "line": 44,
}  # fmt: skip
_NUMBERS: frozenset[Sort] = frozenset(("money", "cents", "worth", "percent"))
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
# The same contents give the same bytes.
_MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def save(path: Path, contents: Contents) -> list[str]:
    """Write the workbook; what Excel has no room for is parted or cut, and told of on its last sheet and here."""

    # Sheets wait in files of their own, which go with their folder whatever happens.
    with TemporaryDirectory(prefix="dealtrack-") as folder:
        book = Workbook(str(path), {**_OPTIONS, "tmpdir": folder})
        book.set_properties({"created": _MADE})
        writing = _Writing(book)
        for table in (contents.only,) if contents.only else _SHEETS:
            columns = columns_of(table, contents.columns if table in (contents.only, "deals") else None)
            writing.table(table, columns, contents.rows(table))
        remarks = writing.remarks()
        writing.about([*contents.about, *(("Note", remark) for remark in remarks)])
        try:
            book.close()
        except FileCreateError as error:
            raise OSError(getattr(error.args[0], "errno", None), str(error.args[0])) from error
    return remarks


class _Writing:
    """A workbook under way, with what had to be left out of it."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._bold = book.add_format({"bold": True, "bottom": 1})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._link = book.get_default_url_format()
        self._cut = 0
        self._unlinked = 0
        self._links = 0
        self._parted: list[str] = []

    def table(self, table: Table, columns: Sequence[Column], rows: Iterable[DealRow]) -> None:
        """The rows on a sheet, and on further ones where they are more than a sheet holds."""
        name, parts, rest = table.capitalize(), 1, iter(rows)
        self._sheet(name, columns, rest)
        for row in rest:
            parts += 1
            self._sheet(f"{name} {parts}", columns, chain([row], rest))
        if parts > 1:
            self._parted.append(f"{name} are on {parts} sheets: Excel holds {ROWS:,} rows on one")

    def _sheet(self, name: str, columns: Sequence[Column], rows: Iterator[DealRow]) -> None:
        """One sheet, with as many of the rows as it holds."""
        sheet, self._links = self._book.add_worksheet(name), 0
        sheet.freeze_panes(1, 0)
        for at, column in enumerate(columns):
            sheet.set_column(at, at, _WIDTHS.get(column.sort, 14))
            sheet.write_string(0, at, column.name, self._bold)
        cells = [(at, column.sort, reader(column)) for at, column in enumerate(columns)]
        last = 0
        for last, row in enumerate(islice(rows, ROWS - 1), start=1):
            self._row(sheet, last, cells, row)
        sheet.autofilter(0, 0, last, len(columns) - 1)

    def _row(self, sheet: Any, at: int, cells: Sequence[tuple[int, Sort, Reader]], row: DealRow) -> None:
        for place, sort, read in cells:
            cell = read(row)
            if cell is None or cell == "":
                continue
            if sort == "number" or (sort in _NUMBERS and _is_exact(str(cell))):
                sheet.write_number(at, place, cell if isinstance(cell, int) else float(cell))
            elif sort in ("date", "day") and (day := _exact_day(str(cell))):
                sheet.write_datetime(at, place, day, self._day)
            elif sort == "link":
                self._address(sheet, at, place, str(cell))
            else:
                sheet.write_string(at, place, self._fitting(str(cell)))

    def _address(self, sheet: Any, at: int, place: int, address: str) -> None:
        """An address that can be followed if it is one of the web, else a text."""
        followed = address.startswith(("https://", "http://")) and len(address) <= _LONGEST_LINK
        if followed and self._links < _LINKS:
            self._links += 1
            sheet.write_url(at, place, address, self._link, self._fitting(address))
        else:
            self._unlinked += followed
            sheet.write_string(at, place, self._fitting(address))

    def _fitting(self, text: str) -> str:
        """The text as far as a cell holds it; Excel counts in units of UTF-16."""
        if len(text) * 2 <= _CHARACTERS or len(text.encode("utf-16-le")) <= _CHARACTERS * 2:
            return text
        self._cut += 1
        return text.encode("utf-16-le")[: (_CHARACTERS - 1) * 2].decode("utf-16-le", "ignore") + "\u2026"

    def remarks(self) -> list[str]:
        """What was parted or cut, in sentences."""
        found = list(self._parted)
        if self._cut:
            found.append(f"Texts cut at {_CHARACTERS:,} characters, which is what a cell of Excel holds: {self._cut:,}")
        if self._unlinked:
            found.append(f"Addresses that are texts, since Excel follows {_LINKS:,} on a sheet: {self._unlinked:,}")
        return found

    def about(self, told: Sequence[tuple[str, str]]) -> None:
        """A sheet that says what the workbook holds."""
        sheet = self._book.add_worksheet("About")
        sheet.set_column(0, 0, 16)
        sheet.set_column(1, 1, 100)
        for at, (what, words) in enumerate(told):
            sheet.write_string(at, 0, what, self._bold)
            sheet.write_string(at, 1, self._fitting(words))


def _is_exact(decimal: str) -> bool:
    return len(decimal.replace(".", "").strip("0")) <= _DIGITS


def _exact_day(edtf: str) -> date | None:
    """The day, where it is one and a spreadsheet has it."""
    return date.fromisoformat(edtf) if _DAY.fullmatch(edtf) and edtf >= _FIRST_DAY else None
