"""Deals counted by a date and by other facts, in SQL: what a report adds up without a row for each deal."""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from dealtrack.domain.figures import OPEN, Group, Tally
from dealtrack.domain.party import ACTING
from dealtrack.domain.query import Query
from dealtrack.ledger import standing
from dealtrack.ledger.selecting import SPLIT, conditions, matching, worth_bounds


def _of_parties(fact: str, roles: Sequence[str]) -> str:
    """A fact of the companies in these roles; where there are several, each once, joined as sectors are."""
    named = ", ".join(f"'{role}'" for role in roles)
    return f"replace(group_concat(DISTINCT iif(p.role IN ({named}), k.{fact}, NULL)), ',', ';')"


# What deals may be counted by, besides a date: facts of their own, and facts of their parties.
_OWN: dict[str, str] = {
    "kind": "d.kind",
    "form": "d.form",
    "sector": "d.sectors",
    "status": "d.status",
    "qualifier": "d.value_qualifier",
}
_OF_PARTIES: dict[str, str] = {
    "country": _of_parties("country", ("target",)),
    "buyer_country": _of_parties("country", ACTING),
    "buyer_kind": _of_parties("kind", ACTING),
}

_PLAIN = "sum({0}), 0"
# Each sum in two parts, of billions of hundredths and of the rest: together they may pass what SQLite can count.
_IN_PARTS = f"sum({{0}} % {SPLIT}), sum({{0}} / {SPLIT})"
# Most amounts are one figure, and are read the faster apart from ranges.
_AMOUNTS = (
    "group_concat(iif(low = high, low, NULL)), "
    "group_concat(iif(low IS high, NULL, coalesce(low, '') || ':' || coalesce(high, '')))"
)


def groups(
    connection: sqlite3.Connection, query: Query, clock: str | None, by: Sequence[str], *, past: bool, amounts: bool
) -> Iterator[Group]:
    """The groups, in no order. `clock` is a date's column, or None for no date at all; `by` are names of facts."""
    cursor = connection.cursor()
    cursor.row_factory = None
    try:
        rows = cursor.execute(*_counting(query, clock, by, _PLAIN, past=past, amounts=amounts)).fetchall()
    except sqlite3.OperationalError as error:
        if str(error) != "integer overflow":
            raise
        rows = cursor.execute(*_counting(query, clock, by, _IN_PARTS, past=past, amounts=amounts)).fetchall()
    for when, *facts, deals, valued, unbounded, low, low_more, high, high_more, alike, ranges in rows:
        most = None if unbounded else (high or 0) + (high_more or 0) * SPLIT
        tally = Tally(deals, valued, (low or 0) + (low_more or 0) * SPLIT, most, query.worth.currency)
        yield Group(when, tuple(facts), tally, *_known(alike, ranges))


def _counting(
    query: Query, clock: str | None, by: Sequence[str], sums: str, *, past: bool, amounts: bool
) -> tuple[str, list[Any]]:
    where, values = conditions(query, past=past)
    low, high = worth_bounds(query.worth)
    facts = "".join(f", {_OWN.get(name, f'f.{name}')} AS {name}" for name in by)
    source, more = "deal d", list[Any]()
    if any(name in _OF_PARTIES for name in by):
        # All in one pass over the parties: to look them up deal by deal takes four times as long.
        told = ", ".join(f"{_OF_PARTIES[name]} AS {name}" for name in by if name in _OF_PARTIES)
        these = f"WHERE p.deal_id IN (SELECT d.id FROM deal d{where})" if where else ""
        parties = f"SELECT p.deal_id AS id, {told} FROM party p {standing.JOINED} {these} GROUP BY p.deal_id"
        source, more = f"deal d LEFT JOIN ({parties}) f ON f.id = d.id", values
    keys = ", ".join(("at", *by))
    return (
        f"SELECT {keys}, count(*), count(coalesce(low, high)), sum(low IS NOT NULL AND high IS NULL), "
        f"{sums.format('low')}, {sums.format('high')}, {_AMOUNTS if amounts else 'NULL, NULL'} "
        f"FROM (SELECT {f'd.{clock}' if clock else 'NULL'} AS at{facts}, {low} AS low, {high} AS high "
        f"FROM {source}{where}) GROUP BY {keys}"
    ), [*more, *values]


def _known(figures: str | int | None, ranges: str | None) -> tuple[list[int], list[tuple[int, int]]]:
    """The values of one amount, and the bounds of the others, that were put in a row."""
    exact = list(map(int, str(figures).split(","))) if figures is not None else []
    pairs = [piece.split(":") for piece in ranges.split(",")] if ranges is not None else []
    return exact, [(int(low or 0), int(high) if high else OPEN) for low, high in pairs]


def buyings(query: Query, clock: str, *, past: bool) -> tuple[str, list[Any]]:
    """The SQL that yields each buyer or investor of the matching deals with the deal's date, and if it was its first.

    The first of all that the ledger holds, by the earliest day it can have been.
    """
    ids, values = matching(query, past=past)
    roles = ", ".join(f"'{role}'" for role in ACTING)
    order = f"coalesce(d.{clock}_earliest, d.{clock}_latest) NULLS LAST, d.id"
    return (
        f"SELECT DISTINCT buyer, at, nth = 1 FROM (SELECT k.id AS buyer, d.id, d.{clock} AS at, "
        f"dense_rank() OVER (PARTITION BY k.id ORDER BY {order}) AS nth "
        f"FROM party p {standing.JOINED} JOIN deal d ON d.id = p.deal_id WHERE p.role IN ({roles})) WHERE id IN ({ids})"
    ), values
