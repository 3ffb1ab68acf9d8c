"""Which company each is known as: worked out of the judgements, and kept in step with them."""

import sqlite3

from dealtrack.domain.judgement import canonicals, clusters

_SLUGS = """
SELECT id, slug FROM company WHERE id IN (
  SELECT company_id FROM judgement WHERE verdict = 'same' UNION SELECT other_id FROM judgement WHERE verdict = 'same')
"""


def follows(connection: sqlite3.Connection) -> dict[int, int]:
    """What follows from the judgements: the company (row) that each is known as that is known as another."""
    return canonicals(pairs(connection, "same"), dict(connection.execute(_SLUGS).fetchall()))


def pairs(connection: sqlite3.Connection, verdict: str) -> list[tuple[int, int]]:
    """The companies (rows) that are judged so."""
    found = connection.execute("SELECT company_id, other_id FROM judgement WHERE verdict = ? ORDER BY id", (verdict,))
    return [(int(company), int(other)) for company, other in found]


def kept(connection: sqlite3.Connection) -> dict[int, int]:
    """What is kept of it."""
    return {int(company): int(known) for company, known in connection.execute("SELECT * FROM known_as")}


def settle(connection: sqlite3.Connection) -> set[int]:
    """Keep what follows, and return the companies by whose names other deals are found now."""
    before, now = kept(connection), follows(connection)
    if before == now:
        return set()
    connection.execute("DELETE FROM known_as")
    connection.executemany("INSERT INTO known_as VALUES (?, ?)", sorted(now.items()))
    had, have = ({member: c for c in clusters(known.items()) for member in c} for known in (before, now))
    return {member for member in had.keys() | have.keys() if had.get(member) != have.get(member)}


def step_back(connection: sqlite3.Connection) -> None:
    """Put what followed from the judgements of the past in front of what follows now."""
    known = follows(connection)
    connection.execute("CREATE TEMP TABLE known_as (company_id INTEGER PRIMARY KEY, canonical_id INTEGER NOT NULL)")
    connection.execute("CREATE INDEX temp.known_as_canonical ON known_as (canonical_id)")
    connection.executemany("INSERT INTO temp.known_as VALUES (?, ?)", sorted(known.items()))


# In the past: every deal of a company that is, or was, known by several names.
RENAMED = """
SELECT deal_id FROM main.party WHERE company_id IN (
  SELECT company_id FROM main.known_as UNION SELECT canonical_id FROM main.known_as
  UNION SELECT company_id FROM temp.known_as UNION SELECT canonical_id FROM temp.known_as)
"""
