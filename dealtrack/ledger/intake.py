"""How a whole data set comes in: streamed, in one change, adding what is new and keeping what is there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from dealtrack.domain.alike import Folds
from dealtrack.domain.company import Company, Identifier, Parent
from dealtrack.domain.draft import Draft, finish
from dealtrack.domain.event import Event
from dealtrack.domain.fold import fold
from dealtrack.domain.judgement import Judgement
from dealtrack.domain.kind import Relation
from dealtrack.domain.publisher import Publisher
from dealtrack.domain.source import Source
from dealtrack.ledger import rows, searching
from dealtrack.ledger.journal import UNIQUE, removed_slugs
from dealtrack.ledger.ownrates import keep_rates
from dealtrack.ledger.publishing import take_in_publishers
from dealtrack.ledger.writing import WritableLedger

# Rows go to SQLite this many deals at a time, so that memory does not grow with the data set.
BATCH = 500

# What SQLite may hold of the ledger in memory meanwhile, in KiB: its indexes are written to all over.
_CACHE = 64 * 1024

_DEAL_COLUMNS = (
    "id", "slug", "title", "kind", "form", "sectors", "core_space", "tags", "note", "created", "updated",
    *rows.FACT_COLUMNS,
)  # fmt: skip
_EVENT_COLUMNS = ("deal_id", "n", "source_id", *rows.EVENT_COLUMNS)
# A source of the ledger by the key that it has there, or of a data set by the one that it has there.
SOURCE_ID = "(SELECT id FROM source WHERE key = ?)"
_SOURCE_ID = "(SELECT id FROM temp.incoming_source WHERE key = ?)"
_COMPANY_ID = "(SELECT id FROM company WHERE slug = ?)"


# What ties a company to a register, or to another company.
Tie = Identifier | Parent | Judgement
# A currency, a day, dollars for one unit, and who says so.
Rate = tuple[str, date, Decimal, str]


class DataSet(Protocol):
    """What is taken in; every reference in it has been checked."""

    def companies(self) -> Iterator[Company]:
        """Every company with its aliases."""

    def publishers(self) -> Iterator[Publisher]:
        """Every publisher."""

    def sources(self) -> Iterator[Source]:
        """Every source."""

    def ties(self) -> Iterator[Tie]:
        """What ties companies to registers and to each other."""

    def deals(self) -> Iterator[Draft]:
        """Every deal with its parties and events."""

    def links(self) -> Iterator[tuple[str, Relation, str]]:
        """Every link between two deals, named by their slugs."""

    def rates(self) -> Iterator[Rate]:
        """Every rate of its own."""


@dataclass(slots=True)
class Outcome:
    """What came of it: how many of each were new or known already, and which were kept as the ledger has them.

    `values` counts those of deals that were there and had no rate until now.

    `removed` names the deals that were left out because somebody had removed them, with the change that did.
    """

    new: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(("companies", "sources", "deals", "events", "rates"), 0)
    )
    same: dict[str, int] = field(default_factory=lambda: {"companies": 0, "sources": 0, "deals": 0})
    kept: dict[str, list[str]] = field(
        default_factory=lambda: {"companies": [], "sources": [], "deals": [], "rates": []}
    )
    removed: dict[str, int] = field(default_factory=dict)
    values: int = 0


def take_in(ledger: WritableLedger, incoming: DataSet, at: str) -> Outcome:
    """Add everything new; what the ledger holds differently is kept as it is and named in the outcome."""
    outcome = Outcome()
    make_room(ledger)
    # Values that come in are counted at rates that come with them.
    rates = keep_rates(ledger, incoming.rates())
    outcome.new["rates"], outcome.kept["rates"], outcome.values = rates.new, rates.otherwise, rates.values
    _companies(ledger, incoming.companies(), outcome)
    take_in_publishers(ledger, incoming.publishers())
    otherwise = _sources(ledger, incoming.sources(), outcome)
    _ties(ledger, incoming.ties())
    first = ledger.journal.next_id("deal")
    _Deals(ledger, at, outcome, otherwise).take(incoming.deals())
    _links(ledger, incoming.links())
    searching.add_range(ledger.connection, first, ledger.journal.next_id("deal") - 1)
    return outcome


def make_room(ledger: WritableLedger) -> None:
    """Let SQLite hold more of the ledger in memory while much comes in."""
    ledger.connection.execute(f"PRAGMA cache_size = -{_CACHE}")


def _companies(ledger: WritableLedger, companies: Iterable[Company], outcome: Outcome) -> None:
    for company in companies:
        known = ledger.connection.execute("SELECT 1 FROM company WHERE slug = ?", (company.slug,)).fetchone()
        if known is None:
            ledger.add_company(company)
            outcome.new["companies"] += 1
        elif _in_order(company) == ledger.company_as_entered(company.slug):
            outcome.same["companies"] += 1
        else:
            outcome.kept["companies"].append(company.slug)


def _in_order(company: Company) -> Company:
    return replace(company, aliases=tuple(sorted(company.aliases, key=lambda alias: alias.alias)))


def _ties(ledger: WritableLedger, ties: Iterable[Tie]) -> None:
    """What ties companies to registers and to each other; what the ledger has of it is left alone."""
    for tie in ties:
        match tie:
            case Identifier(company, kind, value, source):
                _tie(ledger, "identifier", {"company_id": company, "kind": kind, "value": value, "source_id": source})
            case Parent(company, parent, valid):
                period = valid.edtf if valid else None
                _tie(ledger, "parent", {"company_id": company, "parent_id": parent, "valid": period})
            case Judgement(company, other):
                if not _tied(ledger, "judgement", {"company_id": other, "other_id": company}):
                    told = dict(zip(("verdict", "by", "at", "why"), tie[2:], strict=True))
                    _tie(ledger, "judgement", {"company_id": company, "other_id": other, **told})
    ledger.bring_names_in_step()


_LOOK_UP = dict.fromkeys(("company_id", "parent_id", "other_id"), _COMPANY_ID) | {"source_id": _SOURCE_ID}


def _tie(ledger: WritableLedger, table: str, row: Mapping[str, str | None]) -> None:
    (key,) = UNIQUE[table]
    if not _tied(ledger, table, {name: row[name] for name in key}):
        ledger.journal.insert_many(table, tuple(row), [tuple(row.values())], _LOOK_UP)


def _tied(ledger: WritableLedger, table: str, key: Mapping[str, str | None]) -> bool:
    tests = " AND ".join(f"{name} = {_LOOK_UP.get(name, '?')}" for name in key)
    found = ledger.connection.execute(f"SELECT 1 FROM {table} WHERE {tests}", tuple(key.values()))
    return found.fetchone() is not None


def _sources(ledger: WritableLedger, sources: Iterable[Source], outcome: Outcome) -> dict[str, Source]:
    """Keep each source and remember, for this change only, under which row the ledger has it.

    Returns, by the incoming key, those that the ledger holds differently: facts are folded from what it holds.
    """
    otherwise: dict[str, Source] = {}
    remember = "INSERT INTO temp.incoming_source SELECT ?, id FROM source WHERE key = ?"
    ledger.connection.execute("CREATE TEMP TABLE IF NOT EXISTS incoming_source (key TEXT PRIMARY KEY, id INTEGER)")
    ledger.connection.execute("DELETE FROM temp.incoming_source")
    before = ledger.journal.next_id("source")
    for source in sources:
        kept = ledger.keep_source(source)
        ledger.connection.execute(remember, (source.key, kept.key))
        if kept == source:
            outcome.same["sources"] += 1
        elif kept._replace(key=source.key) != source:
            outcome.kept["sources"].append(kept.key)
            otherwise[source.key] = kept
    outcome.new["sources"] = ledger.journal.next_id("source") - before
    outcome.same["sources"] -= outcome.new["sources"]
    return otherwise


class Batch:
    """New deals on their way in, written many at a time; `source_id` is the SQL that finds a source by its key."""

    def __init__(self, ledger: WritableLedger, at: str, source_id: str) -> None:
        self._ledger = ledger
        self._at = at
        self._source_id = source_id
        self._folds = Folds(ledger.outlets)
        self._next = ledger.journal.next_id("deal")
        self._removed = removed_slugs(ledger.connection)
        self._gathered: set[str] = set()
        # How often a slug was wished for that was not free.
        self._wished: dict[str, int] = {}
        self._deals: list[tuple[Any, ...]] = []
        self._parties: list[tuple[Any, ...]] = []
        self._events: list[tuple[Any, ...]] = []
        self._pins: list[tuple[Any, ...]] = []
        self._looks: list[tuple[Any, ...]] = []

    def add(self, draft: Draft, keys: Sequence[str | None] | None = None) -> int:
        """Let a finished draft in, whose slug is free; its companies and sources are there. The deal's id.

        `keys` are those that the source of each event is found by, where they are not the sources' own.
        """
        deal_id = self._next
        self._next += 1
        events = [self._in_dollars(event) for event in draft.events]
        facts = fold(events, draft.pins, self._ledger.outlets) if draft.pins else self._folds.fold(events)
        self._deals.append(
            (
                deal_id,
                draft.slug,
                draft.title,
                draft.kind,
                draft.form,
                rows.joined(draft.sectors),
                int(draft.core_space),
                rows.joined(draft.tags),
                draft.note,
                self._at,
                self._at,
                *rows.fact_cells(facts),
            )
        )
        self._parties += [
            (deal_id, company, role, draft.as_reported.get((company, role))) for company, role in draft.parties
        ]
        self._events += [
            (deal_id, event.n, key, *rows.event_cells(event))
            for event, key in zip(events, keys or _keys(events), strict=True)
        ]
        self._looks += [(deal_id, day.isoformat()) for day in draft.looks]
        self._pins += [(deal_id, fact, n) for fact, n in draft.pins.items()]
        self._gathered.add(str(draft.slug))
        if len(self._deals) >= BATCH:
            self.flush()
        return deal_id

    def free(self, slug: str) -> str:
        """The slug, or the first of slug-2, slug-3 ... that is not taken."""
        free, number = slug, self._wished.get(slug, 1)
        while free in self._gathered or free in self._removed or self._ledger.has(free):
            number += 1
            free = f"{slug}-{number}"
        if number > 1:
            self._wished[slug] = number
        return free

    def _in_dollars(self, event: Event) -> Event:
        return event._replace(dollars=self._ledger.rates.in_dollars(event)) if event.value else event

    def flush(self) -> None:
        """Write what is gathered."""
        journal = self._ledger.journal
        journal.insert_many("deal", _DEAL_COLUMNS, self._deals)
        journal.insert_many(
            "party",
            ("deal_id", "company_id", "role", "as_reported"),
            self._parties,
            look_up={"company_id": _COMPANY_ID},
        )
        journal.insert_many("event", _EVENT_COLUMNS, self._events, look_up={"source_id": self._source_id})
        journal.insert_many("pin", ("deal_id", "field", "n"), self._pins)
        journal.insert_many("look", ("deal_id", "day"), self._looks)
        self._deals, self._parties, self._events, self._pins, self._looks = [], [], [], [], []
        self._gathered = set()


class _Deals:
    """The deals of a data set, sorted into what is new and what is not."""

    def __init__(self, ledger: WritableLedger, at: str, outcome: Outcome, otherwise: dict[str, Source]) -> None:
        self._ledger = ledger
        self._outcome = outcome
        self._otherwise = otherwise
        self._batch = Batch(ledger, at, _SOURCE_ID)

    def take(self, drafts: Iterable[Draft]) -> None:
        """Sort every deal into new, same or kept, and write the new ones."""
        removed = removed_slugs(self._ledger.connection)
        for draft in drafts:
            if draft.slug in removed:
                self._outcome.removed[draft.slug] = removed[draft.slug]
                continue
            known = self._ledger.connection.execute("SELECT id FROM deal WHERE slug = ?", (draft.slug,)).fetchone()
            if known is None:
                self._add(finish(draft, {}))
            elif draft.same_as(self._ledger.as_entered(int(known[0]))):
                self._outcome.same["deals"] += 1
            else:
                self._outcome.kept["deals"].append(str(draft.slug))
        self._batch.flush()

    def _add(self, draft: Draft) -> None:
        self._outcome.new["deals"] += 1
        self._outcome.new["events"] += len(draft.events)
        held = draft._replace(events=tuple(map(self._as_held, draft.events))) if self._otherwise else draft
        self._batch.add(held, _keys(draft.events))

    def _as_held(self, event: Event) -> Event:
        held = self._otherwise.get(event.source.key) if event.source else None
        return event._replace(source=held) if held else event


def _keys(events: Iterable[Event]) -> list[str | None]:
    return [event.source.key if event.source else None for event in events]


def _links(ledger: WritableLedger, links: Iterable[tuple[str, Relation, str]]) -> None:
    """Links come last, when both ends are there; a link that the ledger has is left alone."""
    for deal, relation, other in links:
        found = ledger.connection.execute(
            "SELECT a.id, b.id, EXISTS (SELECT 1 FROM link l WHERE l.deal_id = a.id AND l.related_id = b.id "
            "AND l.relation = ?) FROM deal a, deal b WHERE a.slug = ? AND b.slug = ?",
            (relation, deal, other),
        ).fetchone()
        if found is not None and not found[2]:
            ledger.journal.insert("link", {"deal_id": found[0], "related_id": found[1], "relation": relation})
