"""Rows of an export that came back from a spreadsheet: which of their cells somebody edited, and to what."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from dealtrack.domain.columns import ON_REQUEST, TABLES, Column, spans
from dealtrack.domain.figures import DealRow
from dealtrack.exchange.delimited import unguarded
from dealtrack.exchange.own import EXTRA
from dealtrack.exchange.record import known, reader
from dealtrack.exchange.row import RawRow
from dealtrack.exchange.turned import Order, day_of, is_same, number_of, orders_told

# What is worked out, and by what it is told instead.
_WORKED_OUT: dict[str, str] = {
    "id": "it stays what it is",
    "slug": "it stays what it is",
    "deal": "it follows from the parties and the title",
    "phase": "it follows from the status",
    "disputed": "it follows from the events: dealtrack show DEAL",
    "began_as_rumor": "it follows from the events: dealtrack update DEAL --status rumored",
    "last_heard": "news is recorded by dealtrack update DEAL",
    "checked": "that somebody looked is recorded by dealtrack update DEAL --checked",
    "origins": "it follows from the sources",
    "events": "news is recorded by dealtrack update DEAL",
    "created": "it stays what it is",
    "updated": "it stays what it is",
    "value_usd_low": "it follows from the value and the rate of its day",
    "value_usd_high": "it follows from the value and the rate of its day",
    "value_usd_origin": "it follows from the value and the rate of its day",
}
_DEALS: dict[str, Column] = known("deals")
_SORTS = {name: column.sort for name, column in _DEALS.items()}
# These are counted in whatever money was asked for, or are the ends of a date: nothing that is kept.
_PASSED_OVER = frozenset(column.name for column in (*ON_REQUEST["deals"], *spans("deals"))) | {"updated"}

EDITABLE: tuple[str, ...] = tuple(column.name for column in TABLES["deals"] if column.name not in _WORKED_OUT)


class Edit(NamedTuple):
    """A cell that was edited: its column, what it was handed out as, and what it says now."""

    column: str
    before: str
    after: str


def handed_out(row: DealRow) -> dict[str, str]:
    """The cells of a deal as an export has them; those of columns that people add are empty."""
    cells = ((name, reader(column)(row)) for name, column in _DEALS.items() if name not in _PASSED_OVER)
    return {name: "" if cell is None else str(cell) for name, cell in cells} | dict.fromkeys(EXTRA, "")


def edits(row: RawRow, base: Mapping[str, str]) -> Iterator[Edit]:
    """The cells that are not what they were handed out as, nor what a spreadsheet makes of that."""
    for column, before in base.items():
        after = row.cells.get(column)
        if after is not None and not is_same(after.strip(), before):
            yield Edit(column, before, unguarded(after.strip()))


def read(edit: Edit, orders: set[Order]) -> Edit:
    """An edit with its figure or date as it is written here, whatever the spreadsheet made of it. Raises Misuse."""
    match _SORTS.get(edit.column):
        case "date" | "day":
            return edit._replace(after=day_of(edit.after, orders))
        case "money" | "percent" | "number":
            return edit._replace(after=number_of(edit.after))
        case _:
            return edit


def orders_of(row: RawRow, base: Mapping[str, str]) -> set[Order]:
    """In which orders the dates of a row can have been written, as far as those tell that nobody touched."""
    found: set[Order] = set()
    for column, before in base.items():
        if _SORTS.get(column) == "date" and row.cells.get(column):
            found |= orders_told(row.cells[column], before)
    return found


def why_not(column: str, deal_id: int) -> tuple[str, str] | None:
    """Why a column cannot be edited, and what to do instead; None where it can."""
    if column in EXTRA:
        return "an export has no such column", f"news is recorded by dealtrack update {deal_id}"
    said = _WORKED_OUT.get(column)
    return ("the cell is worked out, and cannot be edited", said.replace("DEAL", str(deal_id))) if said else None
