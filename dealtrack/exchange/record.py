"""A deal as one flat record: the columns of a spreadsheet and the keys of the JSON contract."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from dealtrack.domain.figures import DealRow
from dealtrack.domain.money import decimal_string
from dealtrack.domain.party import ROLES, Role, headline
from dealtrack.domain.stake import percent_string

Cell = str | int | bool | None

CENTS = 2

_DATES = ("first_seen", "agreed", "completed", "ended", "expected", "last_heard", "checked")


def _value(bound: str) -> Callable[[DealRow], Cell]:
    # No digits (yen) is not the same as unknown digits.
    return lambda row: decimal_string(
        row[f"value_{bound}"], CENTS if row["value_digits"] is None else row["value_digits"]
    )


def _usd(bound: str) -> Callable[[DealRow], Cell]:
    return lambda row: decimal_string(row[f"value_usd_{bound}"], CENTS)


def _worth(bound: str) -> Callable[[DealRow], Cell]:
    return lambda row: decimal_string(row[f"worth_{bound}"], CENTS) if row["worth_rate"] else None


def _rate(at: int) -> Callable[[DealRow], Cell]:
    return lambda row: json.loads(row["worth_rate"])[at] if row["worth_rate"] else None


def _flag(name: str) -> Callable[[DealRow], Cell]:
    return lambda row: None if row[name] is None else ("yes" if row[name] else "no")


def _named(role: Role) -> Callable[[DealRow], Cell]:
    return lambda row: "; ".join(name for _, name, r in parties_of(row) if r == role) or None


def _listed(name: str) -> Callable[[DealRow], Cell]:
    return lambda row: row[name].replace(";", "; ") or None


def parties_of(row: DealRow) -> list[tuple[str, str, Role]]:
    """The parties of a flat row as (slug, name, role), in order."""
    return [(slug, name, role) for slug, name, role in json.loads(row["parties"])]


def deal_line(row: DealRow) -> str:
    """The deal named by its parties: `OpenAI -> Stoke Space`."""
    return headline([(name, role) for _, name, role in parties_of(row)])


# Every column a file may have, in order, each with how it is read off a row. Never removed, only added.
FIELDS: dict[str, Callable[[DealRow], Cell]] = {
    **{name: (lambda row, name=name: row[name]) for name in ("id", "slug", "title")},  # type: ignore[misc]  # the name bound early
    "deal": deal_line,
    **{name: (lambda row, name=name: row[name]) for name in ("kind", "form", "status", "phase")},  # type: ignore[misc]  # likewise
    "disputed": _listed("disputed"),
    "began_as_rumor": _flag("began_as_rumor"),
    **{role.replace("-", "_"): _named(role) for role in ROLES},
    **{
        name: (lambda row, name=name: row[name])  # type: ignore[misc]  # likewise
        for name in _DATES
    },
    "value_text": lambda row: row["value_text"],
    "value_currency": lambda row: row["value_currency"],
    "value_low": _value("low"),
    "value_high": _value("high"),
    "value_qualifier": lambda row: row["value_qualifier"],
    "value_basis": lambda row: row["value_basis"],
    "value_usd_low": _usd("low"),
    "value_usd_high": _usd("high"),
    "value_usd_origin": lambda row: row["value_usd_origin"],
    "stake_text": lambda row: row["stake_text"],
    "stake_low": lambda row: percent_string(row["stake_low"]),
    "stake_high": lambda row: percent_string(row["stake_high"]),
    "stake_controlling": _flag("stake_controlling"),
    "stake_basis": lambda row: row["stake_basis"],
    "sectors": _listed("sectors"),
    "core_space": _flag("core_space"),
    "tags": _listed("tags"),
    **{name: (lambda row, name=name: row[name]) for name in ("note", "origins", "events", "created", "updated")},  # type: ignore[misc]  # likewise
}

# What a value comes to in another money, where that is asked for (`--in`): only then in a file without being named.
WORTH: dict[str, Callable[[DealRow], Cell]] = {
    "value_in_currency": lambda row: row["worth_currency"] if row["worth_rate"] else None,
    "value_in_low": _worth("low"),
    "value_in_high": _worth("high"),
    "value_in_rate": _rate(0),
    "value_in_rate_date": _rate(1),
    "value_in_origin": _rate(2),
}
USUAL: tuple[str, ...] = tuple(FIELDS)
FIELDS |= WORTH

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

# Cells that hold words of others, where a spreadsheet could take the first character for a formula.
TEXTS: frozenset[str] = frozenset(
    (
        "slug",
        "title",
        "deal",
        "value_text",
        "stake_text",
        "note",
        "tags",
        "sectors",
        "form",
        *(r.replace("-", "_") for r in ROLES),
    ),
)


def file_columns(columns: Iterable[str]) -> list[str]:
    """The file's columns for the screen's, in the same order and each once."""
    return list(dict.fromkeys(name for column in columns for name in EXPANDS.get(column, (column,))))


def flat(row: DealRow, columns: Iterable[str]) -> list[Cell]:
    """The cells of a row."""
    return [FIELDS[name](row) for name in columns]


def as_object(row: DealRow) -> dict[str, Any]:
    """A row as an object of the JSON contract; `whole.in_full` fills in `events`, `sources` and `links`."""
    return {
        "id": row["id"],
        "slug": row["slug"],
        "title": row["title"],
        "kind": row["kind"],
        "form": row["form"],
        "status": row["status"],
        "phase": row["phase"],
        "disputed": _words(row["disputed"]),
        "began_as_rumor": bool(row["began_as_rumor"]),
        "first_seen": row["first_seen"],
        "agreed": row["agreed"],
        "completed": row["completed"],
        "ended": row["ended"],
        "expected": row["expected"],
        "last_heard": row["last_heard"],
        "checked": row["checked"],
        "value": _value_object(row),
        "stake": _stake_object(row),
        "parties": [{"company": slug, "name": name, "role": role} for slug, name, role in parties_of(row)],
        "sectors": _words(row["sectors"]),
        "core_space": bool(row["core_space"]),
        "tags": _words(row["tags"]),
        "note": row["note"],
        "origins": row["origins"],
        # Not read for a listing, which is not the same as none.
        "events": None,
        "sources": None,
        "links": None,
        "created": row["created"],
        "updated": row["updated"],
    }


def _words(cell: str) -> list[str]:
    return cell.split(";") if cell else []


def _value_object(row: DealRow) -> dict[str, Any] | None:
    if row["value_qualifier"] is None:
        return None
    names = ("value_low", "value_high", "value_usd_low", "value_usd_high", "value_usd_origin")
    low, high, usd_low, usd_high, origin = (FIELDS[name](row) for name in names)
    return {
        "text": row["value_text"],
        "currency": row["value_currency"],
        "low": low,
        "high": high,
        "qualifier": row["value_qualifier"],
        "basis": row["value_basis"],
        "event": row["value_event"],
        "usd_low": usd_low,
        "usd_high": usd_high,
        "usd_origin": origin,
        "in": {name.removeprefix("value_in_"): cell(row) for name, cell in WORTH.items()}
        if row["worth_rate"]
        else None,
    }


def _stake_object(row: DealRow) -> dict[str, Any] | None:
    if row["stake_event"] is None:
        return None
    return {
        "text": row["stake_text"],
        "low": percent_string(row["stake_low"]),
        "high": percent_string(row["stake_high"]),
        "controlling": None if row["stake_controlling"] is None else bool(row["stake_controlling"]),
        "worded": bool(row["stake_worded"]),
        "basis": row["stake_basis"],
        "event": row["stake_event"],
    }
