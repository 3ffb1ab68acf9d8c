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
# Most amounts are one figure, and are read the faster apart from ranges, of which both bounds follow each other.
_AMOUNTS = (
    "group_concat(low) FILTER (WHERE low = high), "
    f"group_concat(coalesce(low, 0) || ',' || coalesce(high, '{OPEN}')) FILTER (WHERE low IS NOT high)"
)


def tallies(
    connection: sqlite3.Connection, query: Query, clock: str, *, past: bool
) -> Iterator[tuple[str | None, Tally]]:
    """What the deals of each date come to, in no order; `clock` is the date's column."""
    cursor = connection.cursor()
    cursor.row_factory = None
    deals, values = _counted(query, clock, (), past=past)
    counts = "at, count(*), count(coalesce(low, high)), sum(low IS NOT NULL AND high IS NULL)"
    plain, in_parts = (
        f"SELECT {counts}, {sums.format('low')}, {sums.format('high')} FROM ({deals}) GROUP BY at"
        for sums in (_PLAIN, _IN_PARTS)
    )
    try:
        rows = cursor.execute(plain, values).fetchall()
    except sqlite3.OperationalError as error:
        if str(error) != "integer overflow":
            raise
        rows = cursor.execute(in_parts, values).fetchall()
    for when, number, valued, unbounded, low, low_more, high, high_more in rows:
        most = None if unbounded else (high or 0) + (high_more or 0) * SPLIT
        yield when, Tally(number, valued, (low or 0) + (low_more or 0) * SPLIT, most, query.worth.currency)


def groups(
    connection: sqlite3.Connection, query: Query, clock: str | None, by: Sequence[str], *, past: bool
) -> Iterator[Group]:
    """The groups, in no order. `clock` is a date's column, or None for no date at all; `by` are names of facts."""
    cursor = connection.cursor()
    cursor.row_factory = None
    deals, values = _counted(query, clock, by, past=past)
    keys = ", ".join(("at", *by))
    cursor.execute(f"SELECT {keys}, count(*), {_AMOUNTS} FROM ({deals}) GROUP BY {keys}", values)
    for when, *facts, number, exact, ranges in cursor:
        bounds = iter(_figures(ranges))
        yield Group(when, tuple(facts), number, _figures(exact), list(zip(bounds, bounds, strict=True)))


def _counted(query: Query, clock: str | None, by: Sequence[str], *, past: bool) -> tuple[str, list[Any]]:
    """The SQL that yields date, facts and bounds of each deal."""
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
    at = f"d.{clock}" if clock else "NULL"
    return f"SELECT {at} AS at{facts}, {low} AS low, {high} AS high FROM {source}{where}", [*more, *values]


def _figures(joined: str | None) -> list[int]:
    """The figures that SQLite has put in a row."""
    return list(map(int, joined.split(","))) if joined is not None else []


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
