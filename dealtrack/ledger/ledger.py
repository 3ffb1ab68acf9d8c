"""The door for reading: open a ledger, find deals, get one, list many, read the log.

Readers use the standard library's sqlite3; importing sqlite-utils costs more than a whole listing.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, cast

from dealtrack.domain.change import Change
from dealtrack.domain.company import Alias, Company, plain
from dealtrack.domain.deal import Deal, Link
from dealtrack.domain.figures import DealRow, Tally
from dealtrack.domain.party import Party
from dealtrack.domain.query import PartyTest, Query
from dealtrack.domain.source import Source
from dealtrack.ledger import journal, rows, selecting
from dealtrack.ledger.identity import (
    APPLICATION_ID,
    SCHEMA_VERSION,
    AmbiguousDeal,
    Busy,
    CannotWrite,
    NewerLedger,
    NoLedger,
    NoSuchCompany,
    NoSuchDeal,
    NotALedger,
)
from dealtrack.ledger.searching import as_match

# How long to wait for another writer, in seconds, before saying that the ledger is busy.
PATIENCE = 5.0


class Ledger:
    """One SQLite file, open for reading."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            raise NoLedger(str(path))
        self.path = path
        self.connection = connect(path)
        self.connection.execute("PRAGMA query_only = ON")
        identify(self.connection, path)

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()

    # --- deals ------------------------------------------------------------------------------

    def find(self, reference: str) -> int:
        """The id of the one deal meant: an id, a slug, `last`, or words that match exactly one. Raises NoSuchDeal."""
        words = reference.strip()
        found = self._by_name(words)
        if found is not None:
            return found
        matches = self._by_words(words)
        if len(matches) == 1:
            return matches[0][0]
        if not matches:
            raise NoSuchDeal(f'no deal matches "{words}"', f"{self._nearest_slug(words)}list deals: dealtrack list")
        shown = "; ".join(f"{deal_id} {slug}" for deal_id, slug in matches[:6])
        more = f"; and {len(matches) - 6} more" if len(matches) > 6 else ""
        raise AmbiguousDeal(f'"{words}" matches {len(matches)} deals: {shown}{more}', "name one by its id or slug")

    def _by_name(self, words: str) -> int | None:
        if words.isascii() and words.isdigit():
            row = self.connection.execute("SELECT id FROM deal WHERE id = ?", (min(int(words), 2**62),)).fetchone()
            if row is None:
                raise NoSuchDeal(f"no deal has the id {words}", "list deals: dealtrack list")
            return int(row[0])
        if words == "last":
            return self._last()
        row = self.connection.execute("SELECT id FROM deal WHERE slug = ?", (words.casefold(),)).fetchone()
        return int(row[0]) if row else None

    def _last(self) -> int:
        """The deal that the latest change touched and that is still there."""
        row = self.connection.execute(
            """
            SELECT d.id FROM (
                SELECT change_id, last_id AS row_id FROM change_created WHERE of_table = 'deal'
                UNION ALL SELECT change_id, row_id FROM change_altered WHERE of_table = 'deal') t
              JOIN deal d ON d.id = t.row_id ORDER BY t.change_id DESC, d.id DESC LIMIT 1
            """
        ).fetchone()
        if row is None:
            raise NoSuchDeal("the ledger holds no deal yet", "add one: dealtrack add -k acquisition --buyer ...")
        return int(row[0])

    def _by_words(self, words: str) -> list[tuple[int, str]]:
        match = "{title parties} : (" + as_match([words]) + ")"
        found = self.connection.execute(
            "SELECT d.id, d.slug FROM deal_text t JOIN deal d ON d.id = t.rowid WHERE deal_text MATCH ? ORDER BY d.id",
            (match,),
        )
        return [(int(deal_id), str(slug)) for deal_id, slug in found]

    def _nearest_slug(self, words: str) -> str:
        # Imported where a name was mistyped, so that no listing pays for it.
        from difflib import get_close_matches  # noqa: PLC0415

        slugs = [str(slug) for (slug,) in self.connection.execute("SELECT slug FROM deal LIMIT 5000")]
        near = get_close_matches("-".join(words.casefold().split()), slugs, n=3, cutoff=0.5)
        return f"did you mean {', '.join(near)}? or " if near else ""

    def get(self, deal_id: int) -> Deal:
        """One deal as an object, with its parties, events and links."""
        row = self.connection.execute("SELECT * FROM deal WHERE id = ?", (deal_id,)).fetchone()
        if row is None:
            raise NoSuchDeal(f"no deal has the id {deal_id}", "list deals: dealtrack list")
        return Deal(
            id=row["id"],
            slug=row["slug"],
            title=row["title"],
            kind=row["kind"],
            form=row["form"],
            sectors=rows.split(row["sectors"]),
            core_space=bool(row["core_space"]),
            tags=rows.split(row["tags"]),
            note=row["note"],
            parties=self._parties(deal_id),
            events=tuple(rows.event_of(event, source) for event, source in self._events(deal_id)),
            pins={r["field"]: r["n"] for r in self._all("SELECT field, n FROM pin WHERE deal_id = ?", deal_id)},
            links=self._links(deal_id),
            created=row["created"],
            updated=row["updated"],
        )

    def _all(self, sql: str, *values: Any) -> list[rows.Row]:
        return cast("list[rows.Row]", self.connection.execute(sql, values).fetchall())

    def _parties(self, deal_id: int) -> tuple[Party, ...]:
        found = self._all(
            "SELECT c.slug, c.name, p.role FROM party p JOIN company c ON c.id = p.company_id "
            "WHERE p.deal_id = ? ORDER BY p.id",
            deal_id,
        )
        return tuple(Party(r["slug"], r["name"], r["role"]) for r in found)

    def _events(self, deal_id: int) -> Iterator[tuple[rows.Row, Source | None]]:
        for event in self._all("SELECT * FROM event WHERE deal_id = ? ORDER BY n", deal_id):
            yield event, self._source(event["source_id"])

    def _source(self, source_id: int | None) -> Source | None:
        if source_id is None:
            return None
        return rows.source_of(self.connection.execute("SELECT * FROM source WHERE id = ?", (source_id,)).fetchone())

    def _links(self, deal_id: int) -> tuple[Link, ...]:
        found = self._all(
            "SELECT l.relation, d.slug, d.id, d.title, l.deal_id = ?1 AS outward FROM link l "
            "JOIN deal d ON d.id = iif(l.deal_id = ?1, l.related_id, l.deal_id) "
            "WHERE ?1 IN (l.deal_id, l.related_id) ORDER BY l.id",
            deal_id,
        )
        return tuple(Link(r["relation"], r["slug"], r["id"], r["title"], bool(r["outward"])) for r in found)

    # --- many deals -------------------------------------------------------------------------

    def select(self, query: Query) -> Iterator[DealRow]:
        """The matching deals as flat rows, streamed in order; `parties` is a JSON array of [slug, name, role]."""
        sql, values = selecting.select(query)
        return cast("Iterator[DealRow]", self.connection.execute(sql, values))

    def ids(self, query: Query) -> list[int]:
        """The ids of the matching deals, in order."""
        return [int(row["id"]) for row in self.select(query)]

    def tally(self, query: Query) -> Tally:
        """How many deals match in all, and what the known values come to."""
        sql, values = selecting.tally(query)
        deals, valued, low, high = self.connection.execute(sql, values).fetchone()
        return Tally(int(deals), int(valued), int(low), None if high is None else int(high))

    # --- companies --------------------------------------------------------------------------

    def company(self, name: str) -> Company:
        """The company meant by a slug, name, alias or ticker, however spelled. Raises NoSuchCompany."""
        slugs = self.company_slugs(name)
        if len(slugs) == 1:
            return self._company(slugs[0])
        if slugs:
            raise NoSuchCompany(f'"{name}" could be {" or ".join(slugs)}', "name it by its slug")
        near = self._nearest_companies(name)
        hint = f"did you mean {' or '.join(near)}?" if near else "list companies: dealtrack company list"
        raise NoSuchCompany(f'no company is known as "{name}"', hint)

    def company_slugs(self, name: str) -> list[str]:
        """The slugs of every company that goes by the name; a slug or a present name beats an alias."""
        by_rank = (
            ("SELECT slug FROM company WHERE slug = ?", name.strip().casefold()),
            ("SELECT slug FROM company WHERE plain = ? ORDER BY slug", plain(name)),
            (
                "SELECT DISTINCT c.slug FROM alias a JOIN company c ON c.id = a.company_id WHERE a.plain = ? ORDER BY 1",
                plain(name),
            ),
            (
                "SELECT slug FROM company WHERE ticker = ?1 OR ticker LIKE '%:' || ?1 ORDER BY slug",
                name.strip().upper().replace("%", "").replace("_", ""),
            ),
        )
        for sql, value in by_rank:
            found = [str(slug) for (slug,) in self.connection.execute(sql, (value,))]
            if found:
                return found
        return []

    def _nearest_companies(self, name: str) -> list[str]:
        from difflib import get_close_matches  # noqa: PLC0415 - only a mistyped name pays for it

        known = {
            str(key): str(shown)
            for key, shown in self.connection.execute(
                "SELECT plain, slug FROM company UNION ALL "
                "SELECT a.plain, c.slug FROM alias a JOIN company c ON c.id = a.company_id"
            )
        }
        near = get_close_matches(plain(name), known, n=4, cutoff=0.6)
        near += [key for key in known if plain(name) in key.split() and key not in near][:3]
        return list(dict.fromkeys(known[key] for key in near))[:3]

    def _company(self, slug: str) -> Company:
        row = self.connection.execute("SELECT * FROM company WHERE slug = ?", (slug,)).fetchone()
        aliases = self._all("SELECT alias, kind FROM alias WHERE company_id = ? ORDER BY alias", row["id"])
        return Company(
            slug=row["slug"],
            name=row["name"],
            kind=row["kind"],
            country=row["country"],
            sectors=rows.split(row["sectors"]),
            ticker=row["ticker"],
            note=row["note"],
            aliases=tuple(Alias(r["alias"], r["kind"]) for r in aliases),
        )

    def companies(self, words: Iterable[str] = ()) -> Iterator[DealRow]:
        """Companies as rows with their aliases and number of deals; each word must occur in a name or alias."""
        tests, values = [], []
        for word in words:
            tests.append("(c.plain LIKE ? OR EXISTS (SELECT 1 FROM alias a WHERE a.company_id = c.id AND a.plain LIKE ?))")
            values += [f"%{plain(word)}%"] * 2
        where = f"WHERE {' AND '.join(tests)}" if tests else ""
        return cast(
            "Iterator[DealRow]",
            self.connection.execute(
                "SELECT c.id, c.slug, c.name, c.kind, c.country, c.sectors, c.ticker, c.note, "
                "(SELECT group_concat(alias, '; ') FROM (SELECT alias FROM alias WHERE company_id = c.id ORDER BY alias)) "
                "AS aliases, (SELECT count(DISTINCT deal_id) FROM party WHERE company_id = c.id) AS deals "
                f"FROM company c {where} ORDER BY c.slug",
                values,
            ),
        )

    # --- whole tables, for a data package -----------------------------------------------------

    def packaged(self, table: str, query: Query) -> Iterator[DealRow]:
        """The rows of a table of the data package that belong to the matching deals."""
        sql = _PACKAGED[table]
        matching, values = selecting.matching(query)
        return cast(
            "Iterator[DealRow]",
            self.connection.execute(sql.format(matching=matching), values * sql.count("{matching}")),
        )

    def party_test(self, names: Iterable[str], roles: tuple[str, ...]) -> PartyTest:
        """A filter for deals of these companies, each name resolved. Raises NoSuchCompany."""
        return PartyTest(tuple(self.company(name).slug for name in names), roles)

    # --- history ----------------------------------------------------------------------------

    def log(self, limit: int | None = None) -> list[Change]:
        """The changes, newest first."""
        taken_back = journal.undone(self.connection)
        found = self._all(
            "SELECT * FROM change ORDER BY id DESC LIMIT ?",
            -1 if limit is None else limit,
        )
        return [self._change(row, taken_back.get(row["id"])) for row in found]

    def change(self, change_id: int) -> Change | None:
        """One change, if there is one of that number."""
        found = self._all("SELECT * FROM change WHERE id = ?", change_id)
        return self._change(found[0], journal.undone(self.connection).get(change_id)) if found else None

    def _change(self, row: rows.Row, undone_by: int | None) -> Change:
        touched = self._all(
            "SELECT of_table, sum(n) AS n FROM ("
            "SELECT of_table, last_id - first_id + 1 AS n FROM change_created WHERE change_id = ?1 "
            "UNION ALL SELECT of_table, count(*) FROM change_altered WHERE change_id = ?1 GROUP BY of_table) "
            "GROUP BY of_table ORDER BY of_table",
            row["id"],
        )
        return Change(
            id=row["id"],
            at=row["at"],
            by=row["by"],
            command=row["command"],
            action=row["action"],
            undoes=row["undoes"],
            undone_by=undone_by,
            touched=tuple((r["of_table"], r["n"]) for r in touched),
        )

    def counts(self) -> dict[str, int]:
        """How many rows each table holds."""
        tables = (*journal.TABLES, "change")
        return {table: int(self.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in tables}


# Each table of a data package, in the order that the package keeps.
_PACKAGED: dict[str, str] = {
    "companies": "SELECT * FROM company WHERE id IN (SELECT company_id FROM party WHERE deal_id IN ({matching})) "
    "ORDER BY slug",
    "aliases": "SELECT c.slug AS company, a.alias, a.kind FROM alias a JOIN company c ON c.id = a.company_id "
    "WHERE c.id IN (SELECT company_id FROM party WHERE deal_id IN ({matching})) ORDER BY c.slug, a.alias",
    "sources": "SELECT * FROM source WHERE id IN (SELECT source_id FROM event WHERE deal_id IN ({matching})) "
    "ORDER BY length(key), key",
    "deals": "SELECT * FROM deal WHERE id IN ({matching}) ORDER BY slug",
    "parties": "SELECT d.slug AS deal, c.slug AS company, p.role FROM deal d JOIN party p ON p.deal_id = d.id "
    "JOIN company c ON c.id = p.company_id WHERE d.id IN ({matching}) ORDER BY d.slug, p.id",
    "events": "SELECT e.*, d.slug AS deal, s.key AS source FROM deal d JOIN event e ON e.deal_id = d.id "
    "LEFT JOIN source s ON s.id = e.source_id WHERE d.id IN ({matching}) ORDER BY d.slug, e.n",
    "links": "SELECT d.slug AS deal, r.slug AS related, l.relation FROM link l JOIN deal d ON d.id = l.deal_id "
    "JOIN deal r ON r.id = l.related_id WHERE d.id IN ({matching}) AND r.id IN ({matching}) "
    "ORDER BY d.slug, r.slug, l.relation",
}


def connect(path: Path) -> sqlite3.Connection:
    """Open an existing file; a journal left by a killed writer is rolled back on the way."""
    try:
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=PATIENCE, isolation_level=None
        )
        connection.execute("PRAGMA foreign_keys = ON")
    except sqlite3.Error as error:
        raise explained(error, path) from error
    connection.row_factory = sqlite3.Row
    return connection


def identify(connection: sqlite3.Connection, path: Path) -> None:
    """Make sure that the file is a ledger of a schema this dealtrack knows."""
    if path.is_dir():
        raise NotALedger(str(path), "is a folder")
    try:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    except sqlite3.Error as error:
        raise explained(error, path) from error
    if application != APPLICATION_ID:
        why = "is an SQLite file of another program" if tables else "is empty, not a ledger"
        raise NotALedger(str(path), why)
    if version > SCHEMA_VERSION:
        raise NewerLedger(str(path), version)


def explained(error: sqlite3.Error, path: Path) -> Exception:
    """The failure of ours that says what an error of SQLite means here; the error itself when it is a fault of ours."""
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if code is not None else None
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Busy(str(path))
    if primary == sqlite3.SQLITE_READONLY:
        return CannotWrite(str(path), "it, or its folder, is read-only")
    if primary == sqlite3.SQLITE_FULL:
        return CannotWrite(str(path), "the disk is full")
    if primary == sqlite3.SQLITE_IOERR:
        return CannotWrite(str(path), f"the disk reports an error ({error})")
    if primary == sqlite3.SQLITE_CANTOPEN:
        if path.is_dir():
            return NotALedger(str(path), "is a folder")
        if path.exists() and os.access(path, os.R_OK):
            return CannotWrite(str(path), "its folder is read-only")
        return NotALedger(str(path), "cannot be opened")
    if primary in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return NotALedger(str(path), "is no SQLite file, or is damaged")
    return error
