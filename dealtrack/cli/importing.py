"""How the rows of files are taken in: each is met with what the ledger has, and what is new or changed is written."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, cast

from dealtrack.cli.desk import MANY
from dealtrack.cli.naming import Names
from dealtrack.cli.repeated import Repeated
from dealtrack.cli.returning import Returning
from dealtrack.domain.deal import Deal
from dealtrack.domain.draft import Draft, finish
from dealtrack.domain.event import Event
from dealtrack.domain.kind import FORMS
from dealtrack.domain.party import ROLES, Party, Role, headline
from dealtrack.domain.plan import Difference, Plan, Step
from dealtrack.domain.problem import Problem
from dealtrack.domain.source import Source
from dealtrack.exchange.comparison import differences, facts_of, held_by, revised, said_by
from dealtrack.exchange.layouts import Arrived
from dealtrack.exchange.own import FAMILY, record_of
from dealtrack.exchange.proposal import Proposal, digest_of, key_of, read_record
from dealtrack.exchange.row import Record, RowError
from dealtrack.ledger import rows, searching
from dealtrack.ledger.arrivals import Arrival, Arrivals, deal_as_left
from dealtrack.ledger.intake import SOURCE_ID, Batch, make_room
from dealtrack.ledger.journal import removed_slugs
from dealtrack.ledger.writing import WritableLedger

Parties = tuple[tuple[str, Role], ...]

# Sources that were met last, so that a file of one source does not look it up row by row.
_MOST_SOURCES = 100_000


@dataclass(frozen=True, slots=True)
class _Arriving:
    """A row on its way in: what it proposes, between which companies, and what it is known by."""

    proposal: Proposal
    parties: Parties
    as_reported: Mapping[tuple[str, Role], str]
    key: str
    digest: str

    @property
    def record(self) -> Record:
        return self.proposal.record


class Importing:
    """One import under way; `plan` is what comes of it."""

    def __init__(
        self, ledger: WritableLedger, names: Names, plan: Plan, today: date, before_many: Callable[[], None] | None
    ) -> None:
        self._before_many = before_many
        self.plan = plan
        self._ledger = ledger
        self._names = names
        self._today = today
        make_room(ledger)
        self._batch = Batch(ledger, ledger.at, SOURCE_ID)
        self._first = ledger.journal.next_id("deal")
        self._families: dict[str, Arrivals] = {}
        self._repeated = Repeated(self._first)
        self._sources: dict[Source, Source] = {}
        # By key, the rows that may be a deal that is there, and which those of the first are.
        self._like: dict[str, tuple[list[_Arriving], list[tuple[int, int]]]] = {}
        self._removed = removed_slugs(ledger.connection)
        self._others = False
        self._said: Mapping[int, str] = {}

    def take(self, table: Arrived) -> None:
        """Take in the rows of one table."""
        if table.family not in self._families:
            self._families[table.family] = Arrivals(self._ledger, table.family, self._batch.flush)
        self._arrivals = self._families[table.family]
        self._arrivals.next_table()
        self._repeated.next_table()
        self._others = not self._arrivals.all_deals()
        self._said = table.said
        returning = Returning(self._ledger, self._names, self.plan, self._today, self._repeated, self._first)
        for row in returning.others(table.rows):
            if self.plan.written >= MANY and self._before_many:
                self._before_many()
                self._before_many = None
            if isinstance(row, RowError):
                self._refuse(row)
            else:
                self._take(row if isinstance(row, Record) else record_of(row))
        returning.settle()
        self._settle_likes()
        self._arrivals.flush()

    def finish(self) -> None:
        """Write what is gathered, and index it."""
        self._batch.flush()
        searching.add_range(self._ledger.connection, self._first, self._ledger.journal.next_id("deal") - 1)
        self.plan.founded = {name: self._names.beside[name] for name in self._names.founded.values()}

    # --- one row ------------------------------------------------------------------------------

    def _take(self, record: Record) -> None:
        digest = digest_of(record)
        arrival = self._arrivals.known(record.identity) if record.identity else None
        if arrival and arrival.digest == digest and self._arrivals.agrees(arrival, digest):
            self.plan.add(Step(*record.place, "unchanged", record.identity or "", arrival.deal_id))
            return
        proposal = read_record(record, self._today)
        if isinstance(proposal, RowError):
            self._refuse(proposal)
            return
        with self._refusing(record):
            parties = self._companies(proposal)
            reported = self._reported(parties)
            row = _Arriving(proposal, tuple(parties), reported, key_of(proposal), digest)
            self._meet(row, arrival if record.identity else self._arrivals.known(row.key))

    @contextmanager
    def _refusing(self, record: Record) -> Iterator[None]:
        """Leave the row out where there is something wrong with it."""
        try:
            yield
        except Problem as problem:
            error = RowError(record.place, getattr(problem, "column", ""), problem.what, problem.hint)
            self._refuse(error, record.lines)

    def _refuse(self, error: RowError, lines: tuple[int, ...] = ()) -> None:
        step = Step(*error.place, "error", column=error.column, reason=error.what, hint=error.hint, lines=lines)
        self.plan.add(step)

    def _companies(self, proposal: Proposal) -> dict[tuple[str, Role], str]:
        """The parties, each with the name that the row has for it."""
        found: dict[tuple[str, Role], str] = {}
        for role, name in proposal.parties:
            try:
                found.setdefault((self._names.slug(name, proposal.beside), role), name)
            except Problem as problem:
                problem.column = role  # type: ignore[attr-defined]  # read where the row's error is made
                raise
        return found

    def _reported(self, named: Mapping[tuple[str, Role], str]) -> dict[tuple[str, Role], str]:
        """The names that are others than those that the companies go by."""
        told = ((party, self._names.reported(name, party[0])) for party, name in named.items())
        return {party: name for party, name in told if name is not None}

    def _meet(self, row: _Arriving, arrival: Arrival | None) -> None:
        """Find out what a row is to the ledger, and do what follows; `arrival` is what became of it before."""
        if arrival is not None:
            self._again(row, arrival)
            return
        change_id = self._arrivals.removed.get(row.key)
        if row.record.family == FAMILY:
            change_id = change_id or self._removed.get(row.key)
        if change_id is not None:
            reason = f"its deal was removed here; to bring it back: dealtrack undo {change_id}"
            self.plan.add(Step(*row.record.place, "kept", row.key, reason=reason))
            return
        said = self._said.get(row.record.place.line)
        if said and said.casefold() != "new":
            self._link(row, self._ledger.get(self._ledger.find(said)))
            return
        if row.key in self._like:
            self._like[row.key][0].append(row)
            return
        near = [] if said else self._of_that_slug(row) or (self._near(row) if self._others else [])
        if near:
            self._like[row.key] = [row], near
        else:
            self._add(row)

    # --- a row that is new --------------------------------------------------------------------

    def _add(self, row: _Arriving) -> None:
        proposal = row.proposal
        draft = Draft(
            kind=proposal.kind,
            form=proposal.form,
            parties=row.parties,
            events=tuple(self._sourced(event) for event in proposal.events),
            slug=None,
            title=proposal.title,
            sectors=proposal.sectors,
            core_space=proposal.core_space is not False,
            tags=proposal.tags,
            note=proposal.note,
            as_reported=row.as_reported,
        )
        whole = finish(draft, {slug: self._names.shown(slug) for slug, _ in row.parties})
        wished = self._slug_wished(row, whole)
        deal_id = self._batch.add(whole._replace(slug=self._batch.free(wished)))
        events = {key: event.n for key, event in zip(proposal.keys, proposal.events, strict=True)}
        self._arrivals.note(row.key, deal_id, row.digest, events)
        if self.plan.shows("new"):
            self.plan.add(Step(*row.record.place, "new", self._headline(row), deal_id))
        else:
            self.plan.counts["new"] += 1

    def _slug_wished(self, row: _Arriving, draft: Draft) -> str:
        """The slug that an export of ours has for the deal, else one made of its parties."""
        identity = row.record.identity
        own = row.record.family == FAMILY and identity and rows.is_slug(identity)
        return cast("str", identity if own else draft.slug)

    def _sourced(self, event: Event) -> Event:
        if event.source is None:
            return event
        kept = self._sources.get(event.source)
        if kept is None:
            if len(self._sources) >= _MOST_SOURCES:
                self._sources.clear()
            kept = self._sources[event.source] = self._ledger.keep_source(event.source)
        return event._replace(source=kept)

    def _headline(self, row: _Arriving) -> str:
        return headline([(self._names.shown(slug), role) for slug, role in row.parties])

    # --- a row that may be a deal that is there already -------------------------------------------

    def _of_that_slug(self, row: _Arriving) -> list[tuple[int, int]]:
        """The deal from elsewhere that has the slug which the row says its own has."""
        record = row.record
        if record.family != FAMILY or not record.identity or not self._ledger.has(record.identity):
            return []
        deal_id = self._ledger.find(record.identity)
        return [] if self._arrivals.has(deal_id) else [(0, deal_id)]

    def _near(self, row: _Arriving) -> list[tuple[int, int]]:
        """The deals from elsewhere that may be the same one: how many days apart they begin, and their ids."""
        if all(slug in self._names.founded for slug, _ in row.parties):
            return []
        incoming = self._as_deal(row)
        others = (other for other in self._ledger.like(incoming) if not self._arrivals.has(other.id))
        return sorted((_days_apart(incoming, other), other.id) for other in others)

    def _as_deal(self, row: _Arriving) -> Deal:
        proposal = row.proposal
        events = tuple(event._replace(dollars=self._ledger.rates.in_dollars(event)) for event in proposal.events)
        parties = tuple(Party(slug, self._names.shown(slug), role) for slug, role in row.parties)
        return Deal(
            0, "", proposal.title or "", proposal.kind, proposal.form, proposal.sectors, True, proposal.tags,
            proposal.note, parties, events,
        )  # fmt: skip

    def _settle_likes(self) -> None:
        """Match rows with deals one to one, the closest first, the same on every run; what is left is new."""
        pairs = sorted((apart, key, deal_id) for key, (_, near) in self._like.items() for apart, deal_id in near)
        matched: dict[str, int] = {}
        for _, key, deal_id in pairs:
            if key not in matched and deal_id not in matched.values():
                matched[key] = deal_id
        for row in chain.from_iterable(alike for alike, _ in self._like.values()):
            if row.key in matched:
                self._hold_back(row, matched[row.key])
                continue
            with self._refusing(row.record):
                # The same row may have stood in a line before.
                arrival = self._arrivals.known(row.key)
                if arrival is None:
                    self._add(row)
                else:
                    self._again(row, arrival)
        self._like = {}

    def _hold_back(self, row: _Arriving, deal_id: int) -> None:
        other = self._ledger.get(deal_id)
        reason = f"may be deal {deal_id}, {other.slug}"
        hint = f"in the file of rejected rows, say {deal_id} or new in the column same_as, and import it"
        self.plan.add(
            Step(*row.record.place, "duplicate", self._headline(row), deal_id, reason=reason, hint=hint,
                 lines=row.record.lines)
        )  # fmt: skip

    def _link(self, row: _Arriving, deal: Deal) -> None:
        """A row of which somebody says which deal it is: what it says and the deal does not is added to it."""
        events = {key: event.n for key, event in self._same_events(row, deal)}
        now = held_by(deal, events)
        said = said_by(row.proposal, row.parties)
        # Where both say something, the ledger was there first; what it says nothing of, it is told.
        told = [Difference(field, now.get(field, ""), after, kept=field in now and now[field] != "")
                for field, after in said.items() if now.get(field, "") != after]  # fmt: skip
        events = self._write(row, deal, told, events)
        self._arrivals.note(row.key, deal.id, row.digest, events, mine=[one.field for one in told if one.kept])
        self.plan.add(Step(*row.record.place, "changed", deal.slug, deal.id, tuple(told)))

    def _same_events(self, row: _Arriving, deal: Deal) -> Iterable[tuple[str, Event]]:
        """The events of a deal that tell of the same steps as the row's."""
        for key, said in zip(row.proposal.keys, row.proposal.events, strict=True):
            step = (said.status, said.milestone)
            same = next((event for event in deal.events if (event.status, event.milestone) == step), None)
            if same is not None:
                yield key, same

    # --- a row that was imported before -----------------------------------------------------------

    def _again(self, row: _Arriving, arrival: Arrival) -> None:
        place = row.record.place
        agrees = self._arrivals.agrees(arrival, row.digest)
        if not agrees and self._arrivals.is_of_this_table(arrival):
            self._contradicts(row, "")
            return
        if arrival.digest == row.digest:
            self.plan.add(Step(*place, "unchanged", row.key, arrival.deal_id))
            return
        self._batch.flush()
        deal = self._ledger.get(arrival.deal_id)
        now = held_by(deal, arrival.events)
        last = now
        if arrival.change_id != self._ledger.journal.change_id:
            last = held_by(deal_as_left(self._ledger, arrival.change_id, arrival.deal_id), arrival.events)
        said = said_by(row.proposal, row.parties)
        found = tuple(differences(said, last, now, arrival.mine))
        if all(one.kept for one in found):
            self.plan.add(Step(*place, "kept" if found else "unchanged", deal.slug, deal.id, found))
            return
        # Of a deal that another table told of, this one may say more.
        other = next((one for one in found if one.before and not one.kept), None)
        if other and not agrees:
            self._contradicts(row, f': {other.field} "{other.before}", here "{other.after}"')
            return
        events = self._write(row, deal, found, arrival.events)
        mine = [one.field for one in found if one.kept]
        # A field of which the row says nothing now stays what it was to the ledger.
        mine += [field for field in arrival.mine if field not in said]
        self._arrivals.note_again(arrival, row.digest, events, mine)
        self.plan.add(Step(*place, "changed", deal.slug, deal.id, found))

    def _contradicts(self, row: _Arriving, what: str) -> None:
        known_by = f', "{row.record.identity}"' if row.record.identity else ""
        reason = f"an earlier line says otherwise of the same deal{known_by}{what}"
        hint = "leave one of the two"
        step = Step(*row.record.place, "error", row.key, None, reason=reason, hint=hint, lines=row.record.lines)
        self.plan.add(step)

    def _write(self, row: _Arriving, deal: Deal, found: Iterable[Difference], events: dict[str, int]) -> dict[str, int]:
        """Write what differs and is not kept; the numbers of the events that tell of the row afterwards."""
        fields = [one.field for one in found if not one.kept]
        self._write_deal(row, deal, fields)
        for role in ROLES:
            if role in fields:
                self._write_parties(row, deal, role)
        numbers = dict(events)
        for key, said in zip(row.proposal.keys, row.proposal.events, strict=True):
            mine = [name for name in facts_of(said) if f"{key} {name}" in fields]
            there = deal.event(events[key]) if key in events else None
            if mine and there is not None:
                self._ledger.edit_event(deal.id, self._sourced(revised(there, said, mine)))
            elif mine and key not in events:
                told = revised(Event(said.n, said.date), said, mine)
                numbers[key] = self._ledger.add_event(deal.id, self._sourced(told))
        return numbers

    def _write_deal(self, row: _Arriving, deal: Deal, fields: list[str]) -> None:
        proposal = row.proposal
        values: dict[str, Any] = {
            "kind": proposal.kind,
            "form": proposal.form,
            "title": proposal.title,
            "sectors": rows.joined(proposal.sectors),
            "tags": rows.joined(proposal.tags),
            "core space": int(proposal.core_space is True),
            "note": proposal.note,
        }
        cells = {name.replace(" ", "_"): value for name, value in values.items() if name in fields}
        if "kind" in cells and "form" not in cells and deal.form not in FORMS[proposal.kind]:
            cells["form"] = proposal.form
        if cells:
            self._ledger.edit_deal(deal.id, cells)

    def _write_parties(self, row: _Arriving, deal: Deal, role: Role) -> None:
        said = [slug for slug, own in row.parties if own == role]
        there = [party.company for party in deal.parties if party.role == role]
        for slug in there:
            if slug not in said:
                self._ledger.remove_party(deal.id, slug, role)
        for slug in said:
            if slug not in there:
                self._ledger.add_party(deal.id, slug, role, row.as_reported.get((slug, role)))


def _days_apart(one: Deal, other: Deal) -> int:
    first, second = (min(event.date.earliest or date.min for event in deal.events) for deal in (one, other))
    return abs((first - second).days)
