"""A file of exchange rates: one currency, day and rate a line, as CSV with a header."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from decimal import Context, Decimal
from pathlib import Path
from typing import NamedTuple

from dealtrack.domain.problem import Misuse
from dealtrack.text.money import read_currency

_FORM = "a header such as date,currency,usd, then a line for each rate: 2025-03-31,AED,0.272294"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_RATE = re.compile(r"[0-9]{1,12}(\.[0-9]{1,18})?")
# As many figures as a rate is worked out to everywhere.
_FIGURES = Context(prec=12)


class BadRates(Misuse):
    """A file of rates cannot be read; nothing of it is kept."""


class GivenRate(NamedTuple):
    """What one unit of a currency came to in US dollars on a day, and who says so where the line does."""

    currency: str
    day: date
    usd: Decimal
    origin: str | None


def read_rates(path: Path) -> list[GivenRate]:
    """The rates of a file, in its order. `usd` are dollars for one unit, `per_usd` units for one dollar.

    Raises BadRates, with file and line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadRates(f'"{path}" is not UTF-8 text', "save it as UTF-8") from error
    except OSError as error:
        raise BadRates(
            f'"{path}" cannot be read: {(error.strerror or str(error)).lower()}', "check the path"
        ) from error
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        _refuse_header([name.strip().casefold() for name in reader.fieldnames or ()], path)
    except csv.Error as error:
        raise BadRates(f"{path}:1: {error}", f"write {_FORM}") from error
    return list(_rates(_numbered(reader, path), path))


def _refuse_header(names: list[str], path: Path) -> None:
    missing = [name for name in ("date", "currency") if name not in names]
    if missing or ("usd" in names) == ("per_usd" in names):
        lacks = missing[0] if missing else "usd or per_usd"
        raise BadRates(f"{path}:1: one column {lacks} is needed", f"write {_FORM}")


def _numbered(reader: "csv.DictReader[str]", path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows, each with the line that it ends in."""
    line = reader.line_num
    try:
        for row in reader:
            line = reader.line_num
            yield line, row
    except csv.Error as error:
        raise BadRates(f"{path}:{line + 1}: {error}", f"write {_FORM}") from error


def _rates(rows: Iterator[tuple[int, dict[str, str]]], path: Path) -> Iterator[GivenRate]:
    told: dict[tuple[str, date], int] = {}
    for line, row in rows:
        if None in row:
            raise BadRates(f"{path}:{line}: more cells than columns", "write a rate with a point: 0.272294")
        cells = {str(name).strip().casefold(): (cell or "").strip() for name, cell in row.items()}
        try:
            rate = _rate(cells)
        except Misuse as problem:
            raise BadRates(f"{path}:{line}: {problem.what}", problem.hint) from problem
        before = told.setdefault((rate.currency, rate.day), line)
        if before != line:
            raise BadRates(f"{path}:{line}: {rate.currency} on {rate.day} is in line {before} too", "keep one of them")
        yield rate


def _rate(cells: dict[str, str]) -> GivenRate:
    day, currency = read_day(cells["date"]), read_foreign(cells["currency"])
    usd = read_rate(cells.get("usd") or cells.get("per_usd") or "")
    return GivenRate(
        currency, day, usd if "usd" in cells else _FIGURES.divide(Decimal(1), usd), cells.get("origin") or None
    )


# --- cells to values: each raises Misuse ------------------------------------------------------------------------------


def read_day(word: str) -> date:
    """The day of a rate."""
    if not _DAY.fullmatch(word):
        raise Misuse(f'"{word}" is no day', "write a day as 2025-03-31")
    try:
        return date.fromisoformat(word)
    except ValueError as error:
        raise Misuse(f"there is no day {word}", "write a day as 2025-03-31") from error


def read_foreign(word: str) -> str:
    """A currency that has a rate."""
    currency, _ = read_currency(word)
    if currency == "USD":
        raise Misuse("a dollar is a dollar", "leave USD out")
    return currency


def read_rate(word: str) -> Decimal:
    """A rate: more than nothing."""
    if not _RATE.fullmatch(word):
        raise Misuse(f'"{word}" is no rate', "write a plain number with a point: 0.272294")
    if not Decimal(word):
        raise Misuse("a rate is more than nothing", "write what one unit comes to: 0.272294")
    return Decimal(word)
