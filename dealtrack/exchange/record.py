"""A row as one flat record: the columns of a spreadsheet and, of a deal, the keys of the JSON contract."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from dealtrack.domain.columns import OBJECT, ON_REQUEST, SPANNED, TABLES, Column, Group, Sort, Table, spans
from dealtrack.domain.figures import DealRow
from dealtrack.domain.money import decimal_string
from dealtrack.domain.party import Role, headline
from dealtrack.domain.stake import percent_string

Cell = str | int | bool | None

CENTS = 2

Reader = Callable[[DealRow], Cell]


def _plain(name: str) -> Reader:
    return lambda row: row[name]


def _value(name: str) -> Reader:
    # No digits (yen) is not the same as unknown digits.
    return lambda row: decimal_string(row[name], CENTS if row["value_digits"] is None else row["value_digits"])


def _usd(name: str) -> Reader:
    return lambda row: decimal_string(row[name], CENTS)


def _worth(name: str) -> Reader:
    return lambda row: decimal_string(row[name], CENTS) if _is_worth(row) else None


def _is_worth(row: DealRow) -> bool:
    """Whether it is known what the deal is worth in the currency asked for."""
    return bool(row["worth_rate"] or (row["worth_currency"] == "USD" and row["value_usd_origin"]))


def _rate(name: str) -> Reader:
    """What is told of the conversion: in which currency, or one of the rate, its day and its origin.

    What a value came to in US dollars is kept with the event that tells it, and so are the rate and its day.
    """
    if name == "worth_currency":
        return lambda row: row["worth_currency"] if _is_worth(row) else None
    at = ("worth_rate", "worth_rate_date", "worth_origin").index(name)
    return lambda row: json.loads(row["worth_rate"])[at] if row["worth_rate"] else None


def _percent(name: str) -> Reader:
    return lambda row: percent_string(row[name])


def _flag(name: str) -> Reader:
    return lambda row: None if row[name] is None else ("yes" if row[name] else "no")


def _named(role: str) -> Reader:
    return lambda row: "; ".join(name for _, name, r in parties_of(row) if r == role) or None


def _listed(name: str) -> Reader:
    return lambda row: row[name].replace(";", "; ") or None


def parties_of(row: DealRow) -> list[tuple[str, str, Role]]:
    """The parties of a flat row as (slug, name, role), in order."""
    return [(slug, name, role) for slug, name, role, _ in json.loads(row["parties"])]


def deal_line(row: DealRow) -> str:
    """The deal named by its parties: `OpenAI -> Stoke Space`."""
    return headline([(name, role) for _, name, role in parties_of(row)])


# How the cells of each sort are read off a row; the others are there as they are.
_READERS: dict[Sort, Callable[[str], Reader]] = {
    "money": _value,
    "cents": _usd,
    "worth": _worth,
    "rate": _rate,
    "percent": _percent,
    "flag": _flag,
    "names": _named,
    "words": _listed,
    "labels": _listed,
    "line": lambda _: deal_line,
}


def reader(column: Column) -> Reader:
    """How a column's cell is read off a row."""
    return _READERS.get(column.sort, _plain)(column.reads)


def known(table: Table = "deals") -> dict[str, Column]:
    """Every column that a file of the table may have, by name: the usual ones, and those on request only."""
    return {column.name: column for column in (*TABLES[table], *ON_REQUEST.get(table, ()), *spans(table))}


# What a value comes to in another money, where that is asked for (`--in`): only then in a file without being named.
WORTH: dict[str, Reader] = {column.name: reader(column) for column in ON_REQUEST["deals"]}

# Every column of deals, in order, each with how it is read off a row.
FIELDS: dict[str, Reader] = {column.name: reader(column) for column in TABLES["deals"]} | WORTH

# What a column of the screen is in a file: the same fact, in as many plain columns as it takes.
EXPANDS: dict[str, tuple[str, ...]] = {
    "since": ("first_seen",),
    "heard": ("last_heard",),
    "value": ("value_currency", "value_low", "value_high", "value_qualifier"),
    "usd": ("value_usd_low", "value_usd_high", "value_usd_origin"),
    "worth": tuple(WORTH),
    "stake": ("stake_low", "stake_high", "stake_controlling"),
    "status": ("status", "disputed"),
}


def columns_of(table: Table, names: Sequence[str] | None) -> tuple[Column, ...]:
    """The file's columns for those asked for, in the same order and each once; all the usual ones for None."""
    if names is None:
        return TABLES[table]
    expanded = file_columns(names) if table == "deals" else names
    return tuple(known(table)[name] for name in expanded)


def spanned(table: Table, names: Sequence[str] | None) -> list[str]:
    """The names of the file's columns, each date followed by the earliest and the latest day that it may mean."""
    found = [column.name for column in columns_of(table, names)]
    ends = {name: [f"{name}_earliest", f"{name}_latest"] for name in SPANNED.get(table, ())}
    return list(dict.fromkeys(one for name in found for one in (name, *ends.get(name, ()))))


def file_columns(columns: Iterable[str]) -> list[str]:
    """The file's columns for the screen's, in the same order and each once."""
    return list(dict.fromkeys(name for column in columns for name in EXPANDS.get(column, (column,))))


def records(rows: Iterable[DealRow], columns: Sequence[Column]) -> Iterator[list[Cell]]:
    """The cells of each row."""
    readers = [reader(column) for column in columns]
    return ([read(row) for read in readers] for row in rows)


def as_object(row: DealRow) -> dict[str, Any]:
    """A row as an object of the JSON contract; `whole.in_full` fills in `events`, `sources` and `links`."""
    return {name: read(row) for name, read in _MEMBERS}


def typed(column: Column | Group) -> Callable[[DealRow], Any]:
    """How a cell is read as JSON has it: several words as an array, yes and no as true and false."""
    if isinstance(column, Group):
        members = tuple((one.name, typed(one)) for one in column.columns)
        return lambda row: None if row[column.known] is None else {name: read(row) for name, read in members}
    return _TYPED[column.sort](column.reads) if column.sort in _TYPED else reader(column)


def _parties(row: DealRow) -> list[dict[str, Any]]:
    return [
        {"company": slug, "name": name, "role": role, "as_reported": reported}
        for slug, name, role, reported in json.loads(row["parties"])
    ]


_TYPED: dict[Sort, Callable[[str], Callable[[DealRow], Any]]] = {
    "words": lambda name: lambda row: row[name].split(";") if row[name] else [],
    "labels": lambda name: lambda row: row[name].split(";") if row[name] else [],
    "flag": lambda name: lambda row: None if row[name] is None else bool(row[name]),
    "parties": lambda _: _parties,
    "unread": lambda _: lambda _: None,
}
_MEMBERS = tuple((member.name, typed(member)) for member in OBJECT)
