"""What is known of two companies that may be one, to be judged by: read for those pairs only that are shown."""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from dealtrack.domain.double import Double, Side
from dealtrack.domain.judgement import Judgement
from dealtrack.ledger import rows, standing
from dealtrack.ledger.doubles import Near

_COMPANY = f"SELECT c.*, {standing.ALIASES} AS aliases FROM company c WHERE c.id = ?"
_MEMBERS = "SELECT ?1 AS id UNION ALL SELECT company_id FROM known_as WHERE canonical_id = ?1"
_REGISTERS = f"SELECT DISTINCT kind, value FROM identifier WHERE company_id IN ({_MEMBERS}) ORDER BY kind, value"
_DEALS = f"""
SELECT d.slug FROM deal d WHERE d.id IN (SELECT deal_id FROM party WHERE company_id IN ({_MEMBERS}))
 ORDER BY d.first_seen_earliest DESC, d.id DESC
"""
_MET = f"""
SELECT DISTINCT k.name FROM party p {standing.JOINED}
 WHERE k.id NOT IN (?1, ?2) AND p.deal_id IN (SELECT deal_id FROM party WHERE company_id IN ({{mine}}))
   AND k.id IN (SELECT coalesce(t.canonical_id, q.company_id) FROM party q
     LEFT JOIN known_as t ON t.company_id = q.company_id
     WHERE q.deal_id IN (SELECT deal_id FROM party WHERE company_id IN ({{own}})))
 ORDER BY k.name
""".format(mine=_MEMBERS, own=_MEMBERS.replace("?1", "?2"))
_TIE = """
SELECT c.name, o.name FROM parent r JOIN company c ON c.id = r.company_id JOIN company o ON o.id = r.parent_id
  LEFT JOIN known_as s ON s.company_id = c.id LEFT JOIN known_as t ON t.company_id = o.id
 WHERE (coalesce(s.canonical_id, c.id), coalesce(t.canonical_id, o.id)) IN (VALUES (?1, ?2), (?2, ?1))
"""
_UNSURE = """
SELECT c.slug AS company, o.slug AS other, j.verdict, j.by, j.at, j.why FROM judgement j
  JOIN company c ON c.id = j.company_id JOIN company o ON o.id = j.other_id
  LEFT JOIN known_as s ON s.company_id = c.id LEFT JOIN known_as t ON t.company_id = o.id
 WHERE j.verdict = 'unsure'
   AND (coalesce(s.canonical_id, c.id), coalesce(t.canonical_id, o.id)) IN (VALUES (?1, ?2), (?2, ?1))
 ORDER BY j.at DESC, j.id DESC LIMIT 1
"""


def doubles(connection: sqlite3.Connection, near: Iterable[Near]) -> Iterator[Double]:
    """The pairs with what is known of each; first comes the one with more deals, whose name both would go by."""
    for found in near:
        sides = [_side(connection, company) for company in found.pair]
        told = list(zip(found.pair, found.names, sides, strict=True))
        (mine, alike, one), (own, like, other) = sorted(told, key=lambda side: (-len(side[2].deals), side[2].slug))
        yield Double(
            score=found.score,
            alike=(alike, like),
            one=one,
            other=other,
            met=tuple(str(row[0]) for row in connection.execute(_MET, (mine, own))),
            tie=_tie(connection, mine, own),
            unsure=_unsure(connection, mine, own),
        )


def _side(connection: sqlite3.Connection, company: int) -> Side:
    row: Any = connection.execute(_COMPANY, (company,)).fetchone()
    return Side(
        slug=row["slug"],
        name=row["name"],
        names=tuple(row["aliases"].split("; ")) if row["aliases"] else (),
        kind=row["kind"],
        country=row["country"],
        sectors=rows.split(row["sectors"]),
        ticker=row["ticker"],
        registers=tuple((str(kind), str(value)) for kind, value in connection.execute(_REGISTERS, (company,))),
        deals=tuple(str(slug) for (slug,) in connection.execute(_DEALS, (company,))),
        note=row["note"],
    )


def _tie(connection: sqlite3.Connection, one: int, other: int) -> str | None:
    found = connection.execute(_TIE, (one, other)).fetchone()
    return f"{found[0]} is or was part of {found[1]}" if found else None


def _unsure(connection: sqlite3.Connection, one: int, other: int) -> Judgement | None:
    found = connection.execute(_UNSURE, (one, other)).fetchone()
    return Judgement(**dict(found)) if found else None
