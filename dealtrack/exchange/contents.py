"""A report in files: the rows of one of its tables, or the whole of it as an object.

Every column becomes one or several plain ones, the same in lines and in objects: money `value` becomes
`value_currency`, `value_low` and `value_high`, a deal `slug` and `deal`, another reference `buyer_slug` and `buyer`.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from dealtrack.domain.contents import Cell, Chart, Column, Interval, Part, Reference, Report, Table
from dealtrack.domain.date import UncertainDate
from dealtrack.domain.money import Money, decimal_string
from dealtrack.domain.stake import percent_string
from dealtrack.exchange.delimited import guarded_lines
from dealtrack.exchange.escaping import as_json
from dealtrack.exchange.record import CENTS

DELIMITERS = {"csv": ",", "tsv": "\t"}

# Columns that may hold words of others.
_WORDS = ("text", "words", "deal", "company", "source")

# What each sort of column is in a file, where it is not one plain column of the same name.
_ENDINGS: dict[str, tuple[str, ...]] = {
    "money": ("_currency", "_low", "_high"),
    "amount": ("_currency", "_low", "_high", "_qualifier", "_basis"),
    "percent": ("_low", "_high"),
    "days": ("_low", "_high"),
    "deal": ("_slug", ""),
    "company": ("_slug", ""),
    "source": ("_slug", ""),
}


def written(report: Report, format_: str, table: Table) -> Iterator[str]:
    """The report as an object, or a table of it as lines, in pieces of text."""
    if format_ == "json":
        yield as_json(as_object(report), indent=2) + "\n"
    else:
        yield from rows_written(table, format_)


def rows_written(table: Table, format_: str) -> Iterator[str]:
    """A table alone: as lines, or as objects, in pieces of text."""
    if format_ == "json":
        yield as_json([record(table, row) for row in table.rows], indent=2) + "\n"
    elif format_ == "ndjson":
        yield from (as_json(record(table, row)) + "\n" for row in table.rows)
    else:
        names = [name for column in table.columns for name in names_of(column)]
        words = {name for column in table.columns if column.sort in _WORDS for name in names_of(column)}
        records = (list(map(_joined, record(table, row).values())) for row in table.rows)
        yield from guarded_lines(records, names, words, DELIMITERS[format_])


def names_of(column: Column) -> tuple[str, ...]:
    """The plain columns that hold what the column does."""
    if column.key == "deal":
        # As in a listing.
        return "slug", "deal"
    return tuple(f"{column.key}{ending}" for ending in _ENDINGS.get(column.sort, ("",)))


def record(table: Table, row: Sequence[Cell]) -> dict[str, Any]:
    """A row of the table under its plain columns."""
    flat: dict[str, Any] = {}
    for column, cell in zip(table.columns, row, strict=True):
        flat |= zip(names_of(column), _plain(cell, column), strict=True)
    return flat


def as_object(report: Report) -> dict[str, Any]:
    """The whole report under the keys of the JSON contract."""
    return {
        "report": report.name,
        "title": report.title,
        "basis": report.basis._asdict(),
        "parts": [_part(part) for part in report.parts],
    }


def _part(part: Part) -> dict[str, Any]:
    if isinstance(part, Chart):
        today = part.today.isoformat() if part.today else None
        return {"part": "chart", **part._asdict(), "y": list(part.y), "today": today}
    if not isinstance(part, Table):
        return {"part": "prose", "title": part.title, "lines": list(part.lines)}
    return {
        "part": "table",
        "key": part.key,
        "title": part.title,
        "columns": [
            {"key": c.key, "title": c.title, "sort": c.sort, "unit": c.unit, "keys": list(names_of(c))}
            for c in part.columns
        ],
        "rows": [record(part, row) for row in part.rows],
        "foot": None if part.foot is None else record(part, part.foot),
        "notes": list(part.notes),
    }


def _plain(cell: Cell, column: Column) -> tuple[Any, ...]:
    """A cell as the values of its plain columns: amounts and percents as decimal strings, dates as EDTF."""
    match cell:
        case Money():
            bounds = (decimal_string(bound, cell.digits) for bound in cell[:2])
            values: tuple[Any, ...] = (cell.currency, *bounds, cell.qualifier, cell.basis)
        case Interval():
            values = _bounds(cell, column)
        case Reference():
            values = (cell.slug, cell.shown)
        case UncertainDate():
            values = (cell.edtf,)
        case None:
            values = (column.unit, None, None) if column.sort == "money" else (None,) * len(names_of(column))
        case _:
            # A row of totals has words where the others have a deal.
            plain = list(cell) if isinstance(cell, tuple) else cell
            values = (*(None,) * (len(names_of(column)) - 1), plain)
    return values


def _bounds(cell: Interval, column: Column) -> tuple[Any, ...]:
    if column.sort == "money":
        return column.unit, *(decimal_string(bound, CENTS) for bound in cell)
    return tuple(percent_string(bound) for bound in cell) if column.sort == "percent" else tuple(cell)


def _joined(value: Any) -> Any:
    return "; ".join(value) or None if isinstance(value, list) else value
