"""The door for writing: every alteration is part of one change, and every change can be taken back."""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

from sqlite_utils import Database

from dealtrack.domain.change import Writing
from dealtrack.domain.company import Alias, Company
from dealtrack.domain.draft import Draft, finish
from dealtrack.domain.event import Event
from dealtrack.domain.fold import Field, fold
from dealtrack.domain.kind import MUTUAL, Relation
from dealtrack.domain.name import plain, slug_of
from dealtrack.domain.party import Role
from dealtrack.domain.source import Source
from dealtrack.ledger import chain, journal, rows, sameness, searching, standing
from dealtrack.ledger.backup import keep_unasked
from dealtrack.ledger.file import PATIENCE, begin_writing, connect, discard, explained, identify, settled
from dealtrack.ledger.identity import Busy, CannotWrite, NoLedger, NoSuchDeal, NotALedger
from dealtrack.ledger.journal import Journal
from dealtrack.ledger.ledger import Ledger
from dealtrack.ledger.rates import Rates
from dealtrack.ledger.schema import migrations


class NothingChanged(Exception):  # noqa: N818 - it is no error: the change simply is not kept
    """Raised by `recording` when it did nothing, or was only tried; the ledger is as it was."""


class WritableLedger(Ledger):
    """A ledger that one command may change. A missing file is made only when `create` allows it; what is only tried
    is written into one without a name, which is gone when it is closed.
    """

    def __init__(self, path: Path, *, create: bool | Literal["for a try"] = False) -> None:
        self.path = path
        self.past = None
        # A new ledger is made beside its place, and moved there with its first change: no empty one is ever left.
        self._beside: Path | None = None
        missing = not path.exists()
        if missing and not create:
            raise NoLedger(str(path))
        if missing and create is True:
            # Folders that are made for it go with it if it comes to nothing.
            self._folders = [folder for folder in path.absolute().parents if not folder.exists()]
            self._beside = _make(path)
        self.connection = _nameless() if missing and not self._beside else connect(self._beside or path)
        identify(self.connection, path)
        # The copy that was kept of an older ledger, before its tables were brought up to date.
        self.copied_to: Path | None = None
        self._migrate()
        self._journal: Journal | None = None
        self._touched: set[int] = set()
        self._last_source: int | None = None
        self._at = ""
        self.rates = Rates(self.connection)

    def close(self) -> None:
        """Let go of the file; a new one that nothing was recorded in goes."""
        super().close()
        if self._beside:
            discard(self._beside)
            self._beside = None
            with suppress(OSError):
                for folder in self._folders:
                    folder.rmdir()

    def _move_into_place(self) -> None:
        """Give a new ledger its name, unless another program made one there meanwhile."""
        if self._beside is None:
            return
        self.connection.close()
        try:
            os.link(self._beside, self.path)
        except FileExistsError as error:
            raise Busy(str(self.path)) from error
        except OSError:
            # Where a file system has no links.
            try:
                self._beside.rename(self.path)
            except OSError as error:
                raise CannotWrite(str(self.path), str(error.strerror).lower()) from error
        # From here on the change is kept, whatever becomes of the other name.
        discard(self._beside)
        self._beside = None
        self.connection = connect(self.path)
        self.rates = Rates(self.connection)

    def _migrate(self) -> None:
        with self._explaining():
            database = Database(self.connection)
            if not migrations.pending(database):
                return
            # All migrations or none; of two that find an older ledger at once, the second finds it done.
            begin_writing(self.connection)
            try:
                # A new ledger has nothing to lose; an older one is copied before its tables are changed.
                if self._beside is None and migrations.pending(database):
                    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
                    # SQLite copies for nobody who writes; another connection reads what is there meanwhile.
                    with closing(connect(self.path)) as reader:
                        self.copied_to = keep_unasked(reader, self.path, at, "migration")
                migrations.apply(database)
                self.connection.execute("COMMIT")
            finally:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")

    # --- one change -------------------------------------------------------------------------

    @contextmanager
    def recording(
        self, *, by: str, at: str, command: str, action: str, dry_run: bool = False, undoes: int | None = None
    ) -> Iterator[int]:
        """One change: all of it or none. Raises NothingChanged when it did nothing or was a dry run."""
        with self._explaining():
            begin_writing(self.connection)
            try:
                change_id = self._begin(by, at, command, action, undoes)
                yield change_id
                self._finish(dry_run=dry_run)
                self.connection.execute("COMMIT")
                self._move_into_place()
            except BaseException:
                if self._beside:
                    self.close()
                elif self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise
            finally:
                self._journal = None

    @contextmanager
    def _explaining(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise explained(error, self.path) from error

    def _begin(self, by: str, at: str, command: str, action: str, undoes: int | None) -> int:
        self.connection.execute("PRAGMA defer_foreign_keys = ON")
        cursor = self.connection.execute(
            "INSERT INTO change (at, by, command, action, undoes, digest) VALUES (?, ?, ?, ?, ?, '')",
            (at, by, command, action, undoes),
        )
        self._journal = Journal(self.connection, int(cursor.lastrowid or 0))
        self._touched = set()
        self._last_source = None
        self._outlets = None
        self._at = at
        return int(cursor.lastrowid or 0)

    @contextmanager
    def trying(self) -> Iterator[None]:
        """A part of the change under way, of which nothing is written if it fails."""
        touched = set(self._touched)
        self.connection.execute("SAVEPOINT part")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK TO part")
            self._touched = touched
            raise
        finally:
            self.connection.execute("RELEASE part")

    def bring_in_step(self) -> None:
        """Fold the deals touched so far afresh and index them; a change does so by itself at its end."""
        for deal_id in sorted(self._touched):
            self.refold(deal_id)
        searching.refresh(self.connection, sorted(self._touched))
        self._touched = set()

    def _finish(self, *, dry_run: bool) -> None:
        self.bring_in_step()
        if not self.journal.close() or dry_run:
            raise NothingChanged
        change_id = self.journal.change_id
        digest = chain.digest_of(self.connection, change_id, chain.head(self.connection))
        self.connection.execute("UPDATE change SET digest = ? WHERE id = ?", (digest, change_id))

    def plan(self) -> list[Writing]:
        """What the change under way has written so far, to be shown before it is kept."""
        self.bring_in_step()
        self.journal.close()
        return list(self.writings(self.journal.change_id))

    def describe(self, action: str) -> None:
        """Say what the change under way did, once that is known."""
        self.connection.execute("UPDATE change SET action = ? WHERE id = ?", (action, self.journal.change_id))

    @property
    def journal(self) -> Journal:
        """The journal of the change under way."""
        if self._journal is None:
            msg = "a ledger is written to inside `recording` only"
            raise RuntimeError(msg)
        return self._journal

    # --- companies and sources --------------------------------------------------------------

    def add_company(self, company: Company) -> str:
        """Found a company and return its slug, which is made unique."""
        slug = self._free("company", company.slug or slug_of(company.name))
        company_id = self.journal.insert("company", rows.company_cells(replace(company, slug=slug)))
        for alias in company.aliases:
            self._insert_alias(company_id, alias)
        return slug

    def add_alias(self, company: str, alias: Alias) -> None:
        """Give a company another name; its deals are found by it from now on."""
        company_id = self.company_id(company)
        known = self.connection.execute(
            "SELECT 1 FROM alias WHERE company_id = ? AND alias = ?", (company_id, alias.alias)
        ).fetchone()
        if known is None:
            self._insert_alias(company_id, alias)
            self.reindex(company_id)

    def _insert_alias(self, company_id: int, alias: Alias) -> None:
        self.journal.insert(
            "alias",
            {
                "company_id": company_id,
                "alias": alias.alias,
                "plain": plain(alias.alias),
                "kind": alias.kind,
                "valid": alias.valid.edtf if alias.valid else None,
            },
        )

    def bring_names_in_step(self) -> None:
        """Keep which company each is known as, given what is judged, and let its deals be found by its names."""
        for company_id in sorted(sameness.settle(self.connection)):
            self.reindex(company_id)

    def reindex_company(self, company: str) -> None:
        """Let the deals of a company be found by the names that it has now."""
        self.reindex(self.company_id(company))

    def reindex(self, company_id: int) -> None:
        """Index the deals of a company, and of those that it is the same as."""
        same = "SELECT ?1 UNION SELECT company_id FROM known_as WHERE canonical_id = ?1"
        known = "coalesce((SELECT canonical_id FROM known_as WHERE company_id = ?1), ?1)"
        found = self.connection.execute(
            f"SELECT DISTINCT deal_id FROM party WHERE company_id IN ({same.replace('?1', known)} UNION SELECT ?1)",
            (company_id,),
        )
        searching.refresh(self.connection, [int(deal_id) for (deal_id,) in found.fetchall()])

    def company_id(self, slug: str) -> int:
        """The row of a company that is known to exist."""
        return int(self.connection.execute("SELECT id FROM company WHERE slug = ?", (slug,)).fetchone()[0])

    def keep_source(self, source: Source) -> Source:
        """The source as the ledger holds it: the one of the same address, or a new one with a key of its own."""
        same = self.same_source(source)
        if same is not None:
            return same
        kept = self.outlets.graded(source)._replace(key=self._source_key(source.key))
        self.journal.insert("source", rows.source_cells(kept))
        return kept

    def same_source(self, source: Source) -> Source | None:
        """The kept source of that address; without one, the kept source that is told in the same words."""
        if source.url:
            found = self.connection.execute("SELECT * FROM source WHERE url = ?", (source.url,)).fetchone()
        else:
            cells = rows.source_cells(source)
            told = ("title", "publisher", "published", "via")
            tests = " AND ".join(f"{name} IS ?" for name in told)
            found = self.connection.execute(
                f"SELECT * FROM source WHERE url IS NULL AND {tests} ORDER BY id", [cells[name] for name in told]
            ).fetchone()
        return rows.source_of(found) if found else None

    def read_elsewhere(self, key: str, deal_id: int) -> int:
        """How many other deals have events that were read in the source."""
        found = self.connection.execute(
            "SELECT count(DISTINCT e.deal_id) FROM event e JOIN source s ON s.id = e.source_id "
            "WHERE s.key = ? AND e.deal_id <> ?",
            (key, deal_id),
        ).fetchone()
        return int(found[0])

    def edit_source(self, source: Source) -> int:
        """Correct a source, named by its key, for every event that was read there; of how many deals those are.

        Where it has no grade of its own, it has its publisher's.
        """
        source = self.outlets.graded(source)
        source_id = self._source_id(source.key)
        if not self.journal.update("source", source_id, rows.source_cells(source)):
            return 0
        deals = self.numbers("SELECT DISTINCT deal_id FROM event WHERE source_id = ?", source_id)
        self._touched |= deals
        return len(deals)

    def forget_outlets(self) -> None:
        """Read the publishers anew: they are others now."""
        self._outlets = None

    def weigh_anew(self, deals: Iterable[int]) -> None:
        """Fold these deals afresh at the end of the change."""
        self._touched |= set(deals)

    def _source_id(self, key: str) -> int:
        return int(self.connection.execute("SELECT id FROM source WHERE key = ?", (key,)).fetchone()[0])

    def _source_key(self, wished: str) -> str:
        if wished and self.connection.execute("SELECT 1 FROM source WHERE key = ?", (wished,)).fetchone() is None:
            return wished
        if self._last_source is None:
            # Looked for once a change: it reads the whole table.
            highest = "SELECT max(CAST(substr(key, 3) AS INTEGER)) FROM source WHERE key GLOB 's-[0-9]*'"
            self._last_source = self.connection.execute(highest).fetchone()[0] or 0
        self._last_source += 1
        return self._source_key(f"s-{self._last_source:04d}")

    @property
    def at(self) -> str:
        """The moment of the change under way."""
        return self._at

    def _free(self, table: str, slug: str) -> str:
        """The slug, or the first of slug-2, slug-3 ... that is not taken."""
        removed = set(journal.removed_slugs(self.connection)) if table == "deal" else set()
        there = self.connection.execute(f"SELECT 1 FROM {table} WHERE slug = ?", (slug,)).fetchone()
        if there is None and slug not in removed:
            return slug  # the rule; looking for others like it reads the whole table
        taken = removed | {
            str(found)
            for (found,) in self.connection.execute(
                f"SELECT slug FROM {table} WHERE slug = ? OR slug GLOB ? || '-[0-9]*'", (slug, slug)
            )
        }
        number = 2
        free = slug
        while free in taken:
            free, number = f"{slug}-{number}", number + 1
        return free

    # --- deals ------------------------------------------------------------------------------

    def add_deal(self, draft: Draft) -> int:
        """Bring a draft to life and return the deal's id. Raises Unfinished."""
        names = {slug: self.company_as_entered(slug).name for slug, _ in draft.parties}
        whole = finish(draft, names)
        deal_id = self.journal.insert(
            "deal",
            {
                "slug": self._free("deal", whole.slug or ""),
                "title": whole.title,
                "kind": whole.kind,
                "form": whole.form,
                "sectors": rows.joined(whole.sectors),
                "core_space": int(whole.core_space),
                "tags": rows.joined(whole.tags),
                "note": whole.note,
                "created": self._at,
                "updated": self._at,
            },
        )
        for company, role in whole.parties:
            self.add_party(deal_id, company, role, whole.as_reported.get((company, role)))
        for event in whole.events:
            self.add_event(deal_id, event)
        return deal_id

    def add_party(self, deal_id: int, company: str, role: Role, as_reported: str | None = None) -> None:
        """Let a company take part in a deal, by the name that the source had if that is another."""
        row = {"deal_id": deal_id, "company_id": self.company_id(company), "role": role, "as_reported": as_reported}
        self.journal.insert("party", row)
        self._touched.add(deal_id)

    def remove_party(self, deal_id: int, company: str, role: Role) -> None:
        """Take a company out of a role, and those that it is the same as."""
        found = self.numbers(
            f"SELECT id FROM party WHERE company_id IN ({standing.members('c.slug = ?')}) AND deal_id = ? AND role = ?",
            company, company, deal_id, role,
        )  # fmt: skip
        for party_id in sorted(found):
            self.journal.delete("party", party_id)
            self._touched.add(deal_id)

    def add_event(self, deal_id: int, event: Event) -> int:
        """Record a development and return its number."""
        n = self._next_n(deal_id)
        event, source_id = self._ready(event)
        cells = dict(zip(rows.EVENT_COLUMNS, rows.event_cells(event), strict=True))
        self.journal.insert("event", {"deal_id": deal_id, "n": n, "source_id": source_id, **cells})
        self._touched.add(deal_id)
        return n

    def _next_n(self, deal_id: int) -> int:
        """Numbers are never given twice: those of removed events live on in the journal."""
        there = self.connection.execute("SELECT max(n) FROM event WHERE deal_id = ?", (deal_id,)).fetchone()[0]
        gone = self.connection.execute(
            "SELECT max(json_extract(before, '$.n')) FROM change_altered "
            "WHERE of_table = 'event' AND json_extract(before, '$.deal_id') = ?",
            (deal_id,),
        ).fetchone()[0]
        return max(there or 0, gone or 0) + 1

    def _ready(self, event: Event, had: Event | None = None) -> tuple[Event, int | None]:
        """The event with its source kept and its value in dollars, and the source's row.

        Where neither the value nor the date is another, the dollars stay what they were: a report reprints the same.
        """
        source = self.keep_source(event.source) if event.source else None
        event = event._replace(source=source)
        same = had is not None and (had.value, had.date) == (event.value, event.date) and had.dollars is not None
        event = event._replace(dollars=had.dollars if had and same else self.rates.in_dollars(event))
        if source is None:
            return event, None
        return event, self._source_id(source.key)

    def edit_event(self, deal_id: int, event: Event) -> bool:
        """Correct an event, named by its number; return whether anything differs."""
        event, source_id = self._ready(event, self.get(deal_id).event(event.n))
        cells = dict(zip(rows.EVENT_COLUMNS, rows.event_cells(event), strict=True))
        altered = self.journal.update("event", self._event_id(deal_id, event.n), {"source_id": source_id, **cells})
        if altered:
            self._touched.add(deal_id)
        return altered

    def remove_event(self, deal_id: int, n: int) -> None:
        """Take an event, and any pin on it, out of view."""
        event_id = self._event_id(deal_id, n)
        for (pin_id,) in self.connection.execute(
            "SELECT id FROM pin WHERE deal_id = ? AND n = ?", (deal_id, n)
        ).fetchall():
            self.journal.delete("pin", int(pin_id))
        self.journal.delete("event", event_id)
        self._touched.add(deal_id)

    def _event_id(self, deal_id: int, n: int) -> int:
        found = self.connection.execute("SELECT id FROM event WHERE deal_id = ? AND n = ?", (deal_id, n)).fetchone()
        if found is None:
            raise NoSuchDeal(f"deal {deal_id} has no event {n}", f"see its events: dealtrack show {deal_id}")
        return int(found[0])

    def edit_deal(self, deal_id: int, cells: Mapping[str, Any]) -> bool:
        """Correct what was recorded of a deal apart from its events; return whether anything differs."""
        altered = self.journal.update("deal", deal_id, cells)
        if altered:
            self._touched.add(deal_id)
        return altered

    def add_look(self, deal_id: int, day: date) -> bool:
        """Record that somebody looked at a deal and found nothing new; False when that is recorded already."""
        found = self.numbers("SELECT id FROM look WHERE deal_id = ? AND day = ?", deal_id, day.isoformat())
        if not found:
            self.journal.insert("look", {"deal_id": deal_id, "day": day.isoformat()})
        return not found

    def set_pin(self, deal_id: int, field: Field, n: int | None) -> None:
        """Let an event decide a fact whatever the rules say, or (None) let the rules decide again."""
        found = self.connection.execute(
            "SELECT id FROM pin WHERE deal_id = ? AND field = ?", (deal_id, field)
        ).fetchone()
        if n is not None:
            self._event_id(deal_id, n)
        if found and n is None:
            self.journal.delete("pin", int(found[0]))
        elif found:
            if not self.journal.update("pin", int(found[0]), {"n": n}):
                return
        elif n is not None:
            self.journal.insert("pin", {"deal_id": deal_id, "field": field, "n": n})
        else:
            return
        self._touched.add(deal_id)

    def add_link(self, deal_id: int, relation: Relation, other_id: int) -> bool:
        """Say that the deal has the relation to the other; return whether that is new."""
        if self._link_id(deal_id, relation, other_id) is not None:
            return False
        self.journal.insert("link", {"deal_id": deal_id, "related_id": other_id, "relation": relation})
        return True

    def remove_link(self, deal_id: int, relation: Relation, other_id: int) -> bool:
        """Take a link out of view; return whether it was there."""
        link_id = self._link_id(deal_id, relation, other_id)
        if link_id is None:
            return False
        self.journal.delete("link", link_id)
        return True

    def _link_id(self, deal_id: int, relation: Relation, other_id: int) -> int | None:
        """The row of a link; one that reads alike in both directions is found by either."""
        ends = [(deal_id, other_id), *([(other_id, deal_id)] if relation in MUTUAL else [])]
        for one, two in ends:
            found = self.connection.execute(
                "SELECT id FROM link WHERE deal_id = ? AND related_id = ? AND relation = ?", (one, two, relation)
            ).fetchone()
            if found:
                return int(found[0])
        return None

    def remove_deal(self, deal_id: int) -> None:
        """Take a deal out of view, with all that is its own and its links; all of it stays in the journal."""
        for table, column in (
            ("link", "deal_id"),
            ("link", "related_id"),
            ("look", "deal_id"),
            ("arrival", "deal_id"),
            ("pin", "deal_id"),
            ("event", "deal_id"),
            ("party", "deal_id"),
            ("deal", "id"),
        ):
            for (row_id,) in self.connection.execute(
                f"SELECT id FROM {table} WHERE {column} = ?", (deal_id,)
            ).fetchall():
                self.journal.delete(table, int(row_id))
        self._touched.add(deal_id)

    def refold(self, deal_id: int, *, touch: bool = True) -> bool:
        """Bring the facts kept on the deal's row in step with its events, and return whether they were not.

        `touch` says that the deal was worked on.
        """
        if self.connection.execute("SELECT 1 FROM deal WHERE id = ?", (deal_id,)).fetchone() is None:
            return False
        events = [rows.event_of(row, source) for row, source in self._events(deal_id)]
        pins = {r["field"]: r["n"] for r in self._all("SELECT field, n FROM pin WHERE deal_id = ?", deal_id)}
        cells = dict(zip(rows.FACT_COLUMNS, rows.fact_cells(fold(events, pins, self.outlets)), strict=True))
        return self.journal.update("deal", deal_id, cells | ({"updated": self._at} if touch else {}))

    def numbers(self, sql: str, *values: int | str) -> set[int]:
        """The numbers that a question finds."""
        return {int(number) for (number,) in self.connection.execute(sql, values)}

    # --- mending what is derived --------------------------------------------------------------

    def mend_index(self) -> None:
        """Make the full-text index anew from what the deals say. It is no part of what was entered, nor of history."""
        with self._explaining():
            begin_writing(self.connection)
            sameness.settle(self.connection)
            self.connection.execute("DELETE FROM deal_text")
            searching.add_range(self.connection, 0, 2**62)
            self.connection.execute("COMMIT")

    def mend_facts(self) -> int:
        """Fold every deal afresh, and return how many had facts that its events do not give."""
        ids = [int(row["id"]) for row in self._all("SELECT id FROM deal ORDER BY id")]
        return sum(self.refold(deal_id, touch=False) for deal_id in ids)


def _nameless() -> sqlite3.Connection:
    """A new ledger that SQLite keeps for this connection alone, on the disk only as far as it is large."""
    connection = sqlite3.connect("", isolation_level=None)
    migrations.apply(Database(connection))
    return settled(connection)


def _make(path: Path) -> Path:
    """Make a new ledger beside the place where it is to be, under a name of this process's own."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.unlink(missing_ok=True)
        connection = sqlite3.connect(beside, timeout=PATIENCE, isolation_level=None)
        try:
            migrations.apply(Database(connection))
        finally:
            connection.close()
    except (OSError, sqlite3.Error) as error:
        discard(beside)
        raise NotALedger(str(path), f"cannot be made: {error}", "check the path, permissions and free space") from error
    return beside
