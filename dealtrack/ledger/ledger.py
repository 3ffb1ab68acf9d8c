"""The door for reading: find deals, get one whole, meet a company, read the log; and all that a listing can."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any, cast

from dealtrack.domain.change import Act, Change, Writing
from dealtrack.domain.company import Alias, Company, Identifier, Parent
from dealtrack.domain.deal import Deal, Link
from dealtrack.domain.judgement import Judgement
from dealtrack.domain.likeness import SIDES, alike, between
from dealtrack.domain.party import Party
from dealtrack.domain.publisher import Outlets
from dealtrack.domain.source import Source
from dealtrack.ledger import journal, rows, selecting, standing
from dealtrack.ledger.identity import AmbiguousDeal, NoSuchChange, NoSuchDeal
from dealtrack.ledger.listing import Listing
from dealtrack.ledger.outlets import outlets_of
from dealtrack.ledger.searching import as_match, sayable

_LONGEST_ID = 18
# Where a deal may be that was not there yet on the day that is looked back at.
_LATER = "it may have come later: look at a later day, or at the present"


class Ledger(Listing):
    """One SQLite file, open for reading deals whole, companies and history."""

    _outlets: Outlets | None = None

    @property
    def outlets(self) -> Outlets:
        """The publishers that the ledger knows, at present or on the day that is looked back at."""
        if self._outlets is None:
            self._outlets = outlets_of(self.connection)
        return self._outlets

    # --- deals ------------------------------------------------------------------------------

    def find(self, reference: str) -> int:
        """The id of the one deal meant: an id (perhaps `#14`), a slug or how one begins, `last`, or words of one deal.

        Raises NoSuchDeal.
        """
        words = sayable(reference).strip()
        found = self._by_name(words)
        if found is not None:
            return found
        matches = self._by_words(words) or self._by_beginning(words)
        if len(matches) == 1:
            return matches[0][0]
        if not matches:
            elsewhere = _LATER if self.past else "list deals: dealtrack list"
            raise NoSuchDeal(f'no deal matches "{words}"', f"{self._nearest_slug(words)}{elsewhere}")
        shown = "; ".join(f"{deal_id} {slug}" for deal_id, slug in matches[:6])
        more = f"; and {len(matches) - 6} more" if len(matches) > 6 else ""
        raise AmbiguousDeal(f'"{words}" matches {len(matches)} deals: {shown}{more}', "name one by its id or slug")

    def _by_name(self, words: str) -> int | None:
        words = words.removeprefix("#")
        if words.isascii() and words.isdigit():
            deal_id = int(words[:_LONGEST_ID])  # a longer number is none either
            row = self.connection.execute("SELECT id FROM deal WHERE id = ?", (deal_id,)).fetchone()
            if row is None:
                raise NoSuchDeal(f"no deal has the id {words}", self._where_it_went(deal_id))
            return int(row[0])
        if words == "last":
            return self._last()
        row = self.connection.execute("SELECT id FROM deal WHERE slug = ?", (words.casefold(),)).fetchone()
        return int(row[0]) if row else None

    def _where_it_went(self, deal_id: int) -> str:
        if self.past is not None:
            return _LATER
        change_id = journal.who_touched(self.connection, "deal", deal_id)
        if change_id is None:
            return "list deals: dealtrack list"
        return f"it was removed by change {change_id}; to bring it back: dealtrack undo {change_id}"

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
        if row is None and self.past:
            raise NoSuchDeal("the ledger held no deal yet", _LATER)
        if row is None:
            raise NoSuchDeal("the ledger holds no deal yet", "add one: dealtrack add -k acquisition --buyer ...")
        return int(row[0])

    def _by_words(self, words: str) -> list[tuple[int, str]]:
        match = "{title parties} : (" + as_match([words]) + ")"
        past = self.look_up_words()
        found = self.connection.execute(
            f"SELECT d.id, d.slug FROM deal d WHERE d.id IN ({selecting.matches(past=past)}) ORDER BY d.id",
            [match] * (1 + past),
        )
        return [(int(deal_id), str(slug)) for deal_id, slug in found]

    def _by_beginning(self, words: str) -> list[tuple[int, str]]:
        """The deals whose slugs begin so; a word or a name alone says too little."""
        if "-" not in words:
            return []
        found = self.connection.execute(
            "SELECT id, slug FROM deal WHERE slug >= ?1 AND slug < ?1 || char(1114111) ORDER BY id", (words.casefold(),)
        )
        return [(int(deal_id), str(slug)) for deal_id, slug in found]

    def _nearest_slug(self, words: str) -> str:
        # Imported where a name was mistyped, so that no listing pays for it.
        from difflib import get_close_matches  # noqa: PLC0415

        slugs = [str(slug) for (slug,) in self.connection.execute("SELECT slug FROM deal LIMIT 5000")]
        near = get_close_matches("-".join(words.casefold().split()), slugs, n=3, cutoff=0.6)
        parts = {part for slug in slugs for part in slug.split("-")}
        for word in get_close_matches(words.casefold(), parts, n=1, cutoff=0.75) if not near else ():
            near = [slug for slug in slugs if word in slug.split("-")][:3]
        return f"did you mean {', '.join(near)}? or " if near else ""

    def get(self, deal_id: int) -> Deal:
        """One deal as an object, with its parties, events and links."""
        row = self.connection.execute("SELECT * FROM deal WHERE id = ?", (deal_id,)).fetchone()
        if row is None:
            raise NoSuchDeal(f"no deal has the id {deal_id}", "list deals: dealtrack list")
        events = tuple(rows.event_of(event, source) for event, source in self._events(deal_id))
        if self.past is not None:
            events = self.past.told(events)
            if not events:
                hint = "look at a later day, or without --as-of"
                raise NoSuchDeal(f"nothing was heard of deal {deal_id} by {self.past.as_of}", hint)
        return rows.deal_of(
            row,
            parties=self._parties(deal_id),
            events=events,
            pins={r["field"]: r["n"] for r in self._all("SELECT field, n FROM pin WHERE deal_id = ?", deal_id)},
            links=self._links(deal_id),
            looks=self._looks(deal_id),
            outlets=self.outlets,
        )

    def as_entered(self, deal_id: int) -> Deal:
        """One deal with its parties as they were entered, whatever they were judged to be the same as since."""
        found = self._all(
            "SELECT c.slug, c.name, p.role, p.as_reported FROM party p JOIN company c ON c.id = p.company_id "
            "WHERE p.deal_id = ? ORDER BY p.id",
            deal_id,
        )
        parties = tuple(Party(r["slug"], r["name"], r["role"], r["as_reported"]) for r in found)
        return replace(self.get(deal_id), parties=parties)

    def like(self, deal: Deal) -> list[Deal]:
        """The other deals that may be the same one, so that it would be recorded twice."""
        companies = sorted({company for company, _ in between(deal)})
        roles = ", ".join(f"'{role}'" for role in SIDES)
        found = self._all(
            f"""
            SELECT p.deal_id FROM party p
             WHERE p.company_id IN ({standing.members(f"c.slug IN ({', '.join('?' * len(companies))})")})
               AND p.role IN ({roles}) AND p.deal_id <> ?
             GROUP BY p.deal_id HAVING count(DISTINCT p.company_id) >= ?
                OR 1 = (SELECT count(*) FROM party q WHERE q.deal_id = p.deal_id AND q.role IN ({roles}))
            """,
            *companies * 2,
            deal.id,
            min(2, len(companies)),
        )
        return [other for row in found if alike(deal, other := self.get(row["deal_id"]))]

    def _all(self, sql: str, *values: Any) -> list[rows.Row]:
        return cast("list[rows.Row]", self.connection.execute(sql, values).fetchall())

    def _parties(self, deal_id: int) -> tuple[Party, ...]:
        found = self._all(
            f"SELECT k.slug, k.name, p.role, {standing.REPORTED} AS reported FROM party p {standing.JOINED} "
            "WHERE p.deal_id = ? GROUP BY k.id, p.role ORDER BY min(p.id)",
            deal_id,
        )
        return tuple(Party(r["slug"], r["name"], r["role"], r["reported"]) for r in found)

    def _events(self, deal_id: int) -> Iterator[tuple[rows.Row, Source | None]]:
        for event in self._all("SELECT * FROM event WHERE deal_id = ? ORDER BY n", deal_id):
            yield event, self.source_of_row(event["source_id"])

    def source_of_row(self, source_id: int | None) -> Source | None:
        """The source that an event's row names."""
        if source_id is None:
            return None
        return rows.source_of(self.connection.execute("SELECT * FROM source WHERE id = ?", (source_id,)).fetchone())

    def _looks(self, deal_id: int) -> tuple[date, ...]:
        found = self._all("SELECT day FROM look WHERE deal_id = ? ORDER BY day", deal_id)
        days = (date.fromisoformat(row["day"]) for row in found)
        return tuple(day for day in days if self.past is None or self.past.as_of is None or day <= self.past.as_of)

    def _links(self, deal_id: int) -> tuple[Link, ...]:
        links = self._all(
            "SELECT relation, deal_id = ?1 AS outward, iif(deal_id = ?1, related_id, deal_id) AS other FROM link "
            "WHERE deal_id = ?1 OR related_id = ?1 ORDER BY id",
            deal_id,
        )
        ids = [int(link["other"]) for link in links]
        # A deal that nobody had heard of is linked to nothing.
        self.look_up_the_past(ids)
        # Written out, so that each is looked up where it stands, in the past as at present.
        others = {row["id"]: row for row in self._all(f"SELECT id, slug FROM deal WHERE id IN ({_listed(ids)})")}
        return tuple(
            Link(link["relation"], other["slug"], other["id"], bool(link["outward"]))
            for link in links
            if (other := others.get(link["other"]))
        )

    # --- companies --------------------------------------------------------------------------

    def company(self, name: str) -> Company:
        """The company meant by a slug, name, alias, ticker or identifier. Raises NoSuchCompany."""
        return self.company_as_entered(self.company_slug(name))

    def company_as_entered(self, slug: str) -> Company:
        """The company of that slug with what was entered of it, and nothing of those that it is the same as."""
        row = self.connection.execute("SELECT * FROM company WHERE slug = ?", (slug,)).fetchone()
        aliases = self._all("SELECT alias, kind, valid FROM alias WHERE company_id = ? ORDER BY alias", row["id"])
        return Company(
            slug=row["slug"],
            name=row["name"],
            kind=row["kind"],
            country=row["country"],
            sectors=rows.split(row["sectors"]),
            ticker=row["ticker"],
            note=row["note"],
            aliases=tuple(Alias(r["alias"], r["kind"], rows.date_of(r["valid"])) for r in aliases),
        )

    def merged_into(self, slug: str) -> list[Company]:
        """The companies that are known as that one."""
        found = self._all(
            "SELECT m.slug FROM known_as s JOIN company c ON c.id = s.canonical_id "
            "JOIN company m ON m.id = s.company_id WHERE c.slug = ? ORDER BY m.slug",
            slug,
        )
        return [self.company_as_entered(row["slug"]) for row in found]

    def identifiers(self, slug: str) -> list[Identifier]:
        """What registers call a company, and those that it is the same as."""
        found = self._all(
            "SELECT m.slug, i.kind, i.value, s.key FROM company c JOIN company m "
            f"JOIN identifier i ON i.company_id = m.id LEFT JOIN source s ON s.id = i.source_id "
            f"WHERE c.slug = ? AND {standing.SAME} ORDER BY i.kind, i.value",
            slug,
        )
        return [Identifier(row["slug"], row["kind"], row["value"], row["key"]) for row in found]

    def owners(self, slug: str) -> list[tuple[str, Parent]]:
        """The companies that a company belongs or belonged to, or that belong to it, each by its name."""
        found = self._all(
            f"""
            SELECT c.slug AS company, o.slug AS parent, r.valid, coalesce(k.name, o.name) AS other
              FROM company c JOIN company m ON {standing.SAME} JOIN parent r ON r.company_id = m.id
              JOIN company o ON o.id = r.parent_id LEFT JOIN known_as s ON s.company_id = o.id
              LEFT JOIN company k ON k.id = s.canonical_id WHERE c.slug = ?1
            UNION ALL SELECT o.slug, c.slug, r.valid, coalesce(k.name, o.name)
              FROM company c JOIN company m ON {standing.SAME} JOIN parent r ON r.parent_id = m.id
              JOIN company o ON o.id = r.company_id LEFT JOIN known_as s ON s.company_id = o.id
              LEFT JOIN company k ON k.id = s.canonical_id WHERE c.slug = ?1
             ORDER BY other
            """,
            slug,
        )
        ties = (Parent(row["company"], row["parent"], rows.date_of(row["valid"])) for row in found)
        return [(str(row["other"]), tie) for row, tie in zip(found, ties, strict=True)]

    def judgements(self) -> list[Judgement]:
        """Everything that was judged of two companies, in the order of their slugs."""
        found = self._all(
            "SELECT c.slug AS company, o.slug AS other, j.verdict, j.by, j.at, j.why FROM judgement j "
            "JOIN company c ON c.id = j.company_id JOIN company o ON o.id = j.other_id ORDER BY c.slug, o.slug"
        )
        return [Judgement(**dict(row)) for row in found]

    # --- history ----------------------------------------------------------------------------

    def log(
        self, limit: int | None = None, *, deal: int | None = None, company: str | None = None,
        since: str | None = None, by: str | None = None,
    ) -> list[Change]:  # fmt: skip
        """The changes, newest first: of one deal, of a company (slug) and its deals, since a moment (UTC), by one."""
        tests, values = ["1"], list[object]()
        if deal is not None:
            tests.append(f"id IN ({_listed(journal.changes_of_deal(self.connection, deal))})")
        if company is not None:
            members = self._all(standing.members("c.slug = ?"), company, company)
            changes = (journal.changes_of_company(self.connection, int(row["id"])) for row in members)
            tests.append(f"id IN ({_listed(set[int]().union(*changes))})")
        for test, value in (("at >= ?", since), ("by = ? COLLATE NOCASE", by)):
            if value is not None:
                tests.append(test)
                values.append(value)
        taken_back = journal.undone(self.connection)
        sql = f"SELECT * FROM change WHERE {' AND '.join(tests)} ORDER BY id DESC LIMIT ?"
        found = self._all(sql, *values, -1 if limit is None else limit)
        return [self._change(row, taken_back.get(row["id"])) for row in found]

    def writings(self, change_id: int, deal: int | None = None) -> Iterator[Writing]:
        """What a change wrote, of one deal or all; rows in which only worked out facts differ are left out."""
        for table, before, after in journal.written_by(self.connection, change_id, deal):
            fields = tuple(self._named(*field) for field in rows.told(table, before, after))
            row = after or before
            if row is not None and fields:
                act: Act = "altered" if before and after else "added"
                yield Writing("removed" if after is None else act, self._subject(table, row), fields)

    def _named(self, name: str, before: str | None, after: str | None) -> tuple[str, str | None, str | None]:
        """A field of the log; a source goes by its key there, as it does everywhere."""
        if name != "source_id":
            return name, before, after
        return "source", self._source_key_of(before), self._source_key_of(after)

    def _source_key_of(self, row_id: str | None) -> str | None:
        """The key of a source; one that is gone since is named by its row."""
        if row_id is None:
            return None
        found = self.connection.execute("SELECT key FROM source WHERE id = ?", (int(row_id),)).fetchone()
        return str(found[0]) if found else f"no longer there (row {row_id})"

    def _subject(self, table: str, row: rows.Row) -> str:
        match table:
            case "party":
                return f"{self._name_of(row['company_id'])} in deal {row['deal_id']}"
            case "alias":
                return f"another name of {self._name_of(row['company_id'])}"
            case "identifier":
                return f"identifier of {self._name_of(row['company_id'])}"
            case "parent":
                return f"{self._name_of(row['company_id'])} under {self._name_of(row['parent_id'])}"
            case "judgement":
                return f"judgement of {self._name_of(row['company_id'])} and {self._name_of(row['other_id'])}"
            case _:
                return rows.subject(table, row)

    def _name_of(self, company_id: int) -> str:
        found = self.connection.execute("SELECT name FROM company WHERE id = ?", (company_id,)).fetchone()
        return str(found[0]) if found else f"company {company_id}"

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

    def refuse_impossible_undo(self, change_id: int, under_way: int | None = None) -> None:
        """Raise NoSuchChange where a change is not there, undone already, or built upon by a later one.

        `under_way` is the undo that is being written down, which is no reason against itself.
        """
        change = self.change(change_id)
        if change is None:
            raise NoSuchChange(f"there is no change {change_id}", "see the changes: dealtrack log")
        if change.undone_by not in (None, under_way):
            raise NoSuchChange(
                f"change {change_id} is already undone, by change {change.undone_by}",
                f"to bring it back: dealtrack undo {change.undone_by}",
            )
        later = journal.standing_in_the_way(self.connection, change_id)
        if later is None:
            later = journal.resting_on(self.connection, change_id)
        if later is not None and later != under_way:
            raise self.in_the_way(change_id, later)

    def in_the_way(self, change_id: int, later: int) -> NoSuchChange:
        """Why a change cannot be undone, naming the later one."""
        change = self.change(later)
        what = f" ({change.action})" if change else ""
        return NoSuchChange(
            f"change {change_id} cannot be undone: change {later}{what} builds on it",
            f"undo that first: dealtrack undo {later}",
        )

    def counts(self) -> dict[str, int]:
        """How many rows each table holds."""
        tables = (*journal.TABLES, "change")
        return {table: int(self.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in tables}


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))
