"""History: whatever is done and undone, in any order, the ledger stays sound and every undo is exact."""

import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from ledger.conftest import (
    EXAMPLES,
    Bundle,
    Rows,
    amount,
    change,
    comes_back,
    draft,
    event,
    faults,
    kept,
    picture,
    source,
    undo,
)

from dealtrack.domain.company import Alias, Company
from dealtrack.domain.event import Event
from dealtrack.domain.fold import FIELDS, Field
from dealtrack.domain.party import Role
from dealtrack.domain.source import Source
from dealtrack.domain.status import STATUSES
from dealtrack.ledger.identity import NoSuchChange
from dealtrack.ledger.intake import take_in
from dealtrack.ledger.journal import changes_of_deal, created_by, written_by
from dealtrack.ledger.ledger import Ledger
from dealtrack.ledger.past import Past
from dealtrack.ledger.writing import NothingChanged, WritableLedger

URLS = ("https://example.com/a", "https://example.com/b", "https://example.com/c")
COMPANIES = ("astra", "boeing", "clyde", "dawn")
ROLES: tuple[Role, ...] = ("buyer", "target", "partner")
DAYS = ("2025-05-27", "2025-05", "2025", "2026-01-15", "2024/2026", "2026/..")

_sources = st.none() | st.builds(
    source,
    url=st.sampled_from(URLS),
    published=st.sampled_from((None, "2025-06-01", "2026")),
    via=st.sampled_from((None, "WSJ")),
)
_events = st.builds(
    event,
    st.sampled_from(DAYS),
    st.none() | st.sampled_from(STATUSES),
    summary=st.none() | st.sampled_from(("signed", "closed", "talks fizzled")),
    value=st.none() | st.builds(amount, st.integers(1, 9), st.sampled_from(("USD", "EUR"))),
    expected=st.none() | st.just(event("2027").date),
    source=_sources,
    credibility=st.integers(1, 6),
)
_parties = st.lists(st.tuples(st.sampled_from(COMPANIES), st.sampled_from(ROLES)), min_size=1, max_size=3, unique=True)
_numbers = st.integers(0, 40)


Row = dict[str, Any]


def row_id(row: Row | None) -> int:
    return int(row["id"]) if row else 0


def cells(row: Row | None) -> tuple[Any, ...] | None:
    return tuple(row.values()) if row else None


def deals_of(table: str, was: Row | None, became: Row | None) -> set[int]:
    """The deals that a written row belongs to: a link to both."""
    row = became or was or {}
    return {row["id"]} if table == "deal" else {row[key] for key in ("deal_id", "related_id") if key in row}


class History(RuleBasedStateMachine):
    """Rules are changes; `steps` keeps what each made of the rows, `ends` all there was to read at each day's end."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.ledger = WritableLedger(Path(self.folder.name) / "deals.db", create=True)
        self.ledger.connection.execute("PRAGMA synchronous = OFF")
        self.day = date(2026, 3, 15)
        self.second = 0
        self.ends: dict[date, dict[str, Any]] = {}
        self.steps: dict[int, tuple[Rows, Rows]] = {}

    def teardown(self) -> None:
        try:
            if sys.exc_info()[0] is None:
                self.what_was_known_on_a_day_is_what_was_read_then()
                self.the_log_tells_what_was_written()
                self.all_of_it_comes_back_from_a_package()
        finally:
            self.ledger.close()
            self.folder.cleanup()

    # --- one change -----------------------------------------------------------------------------

    @property
    def at(self) -> str:
        return f"{self.day}T12:00:{self.second:02}Z"

    @contextmanager
    def step(self, what: str) -> Iterator[WritableLedger]:
        before = kept(self.ledger)
        try:
            with change(self.ledger, what, at=self.at) as number:
                yield self.ledger
        except NothingChanged:
            assert kept(self.ledger) == before
        else:
            self.steps[number] = (before, kept(self.ledger))

    def take_back(self, target: int) -> int | None:
        """Undo a change, exactly; or return the later change, in force, that is said to stand in the way."""
        before = kept(self.ledger)
        try:
            number = undo(self.ledger, target, at=self.at)
        except NoSuchChange as refused:
            assert kept(self.ledger) == before
            return self.named(target, refused)
        self.steps[number] = (before, kept(self.ledger))
        self.assert_exact(target, before, self.steps[number][1])
        return None

    def named(self, target: int, refused: NoSuchChange) -> int:
        found = re.fullmatch(rf"change {target} cannot be undone: change (\d+) \(.+\) builds on it", refused.what)
        assert found, refused.what
        later = int(found[1])
        assert refused.hint == f"undo that first: dealtrack undo {later}"
        assert later > target
        assert later in self.in_force(), "what stands in the way is undone already"
        return later

    def assert_exact(self, target: int, before: Rows, after: Rows) -> None:
        """The rows that the change touched are what they were before it; the others did not move."""
        was, became = self.steps[target]
        if before == became:
            assert after == was
        touched = {row for row in was.keys() | became.keys() if was.get(row) != became.get(row)}
        for row in before.keys() | after.keys():
            # What is worked out from other rows too may owe something to a later change; `check` looks after it.
            if row[0] not in ("deal", "deal_text"):
                assert after.get(row) == (was if row in touched else before).get(row)

    def in_force(self) -> list[int]:
        """The changes that are not undone, latest first; the last is the one that founds the companies."""
        return [c.id for c in self.ledger.log() if c.undone_by is None]

    # --- what can be there ----------------------------------------------------------------------

    @property
    def deals(self) -> list[int]:
        return [int(i) for (i,) in self.ledger.connection.execute("SELECT id FROM deal ORDER BY id")]

    def deal(self, number: int) -> int:
        return self.deals[number % len(self.deals)]

    def event(self, deal: int, number: int) -> Event | None:
        events = self.ledger.get(deal).events
        return events[number % len(events)] if events else None

    # --- rules ----------------------------------------------------------------------------------

    @initialize()
    def companies(self) -> None:
        with self.step("companies") as ledger:
            for name in COMPANIES:
                ledger.add_company(Company("", name.title()))

    @rule()
    def a_second_passes(self) -> None:
        self.second = min(self.second + 1, 59)

    @rule()
    def a_day_passes(self) -> None:
        self.ends[self.day] = picture(self.ledger)
        self.day += timedelta(days=1)

    @rule(parties=_parties, events=st.lists(_events, min_size=1, max_size=2), note=st.none() | st.just("rare earths"))
    def add_deal(self, parties: list[tuple[str, Role]], events: list[Event], note: str | None) -> None:
        with self.step("add deal") as ledger:
            ledger.add_deal(draft(*parties, events=events, note=note))

    @precondition(lambda self: self.deals)
    @rule(deal=_numbers, new=_events)
    def add_event(self, deal: int, new: Event) -> None:
        with self.step("add event") as ledger:
            ledger.add_event(self.deal(deal), new)

    @precondition(lambda self: self.deals)
    @rule(deal=_numbers, number=_numbers, new=_events)
    def edit_event(self, deal: int, number: int, new: Event) -> None:
        if old := self.event(self.deal(deal), number):
            with self.step("edit event") as ledger:
                ledger.edit_event(self.deal(deal), new._replace(n=old.n))

    @precondition(lambda self: self.deals)
    @rule(deal=_numbers, number=_numbers)
    def remove_event(self, deal: int, number: int) -> None:
        old = self.event(self.deal(deal), number)
        # As on the command line, the last event stays, and the last party below.
        if old and len(self.ledger.get(self.deal(deal)).events) > 1:
            with self.step("remove event") as ledger:
                ledger.remove_event(self.deal(deal), old.n)

    @precondition(lambda self: self.deals)
    @rule(deal=_numbers, title=st.sampled_from(("A deal", "Another deal")), note=st.none() | st.just("a note"))
    def edit_deal(self, deal: int, title: str, note: str | None) -> None:
        with self.step("edit deal") as ledger:
            ledger.edit_deal(self.deal(deal), {"title": title, "note": note})

    @precondition(lambda self: self.deals)
    @rule(deal=_numbers, company=st.sampled_from(COMPANIES), role=st.sampled_from(ROLES))
    def toggle_party(self, deal: int, company: str, role: Role) -> None:
        deal_id = self.deal(deal)
        parties = [(party.company, party.role) for party in self.ledger.get(deal_id).parties]
        if parties != [(company, role)]:
            with self.step("toggle party") as ledger:
                (ledger.remove_party if (company, role) in parties else ledger.add_party)(deal_id, company, role)

    @precondition(lambda self: self.deals)
    @rule(deal=_numbers, number=_numbers, field=st.sampled_from(FIELDS), pin=st.booleans())
    def set_pin(self, deal: int, number: int, field: Field, *, pin: bool) -> None:
        if old := self.event(self.deal(deal), number):
            with self.step("pin") as ledger:
                ledger.set_pin(self.deal(deal), field, old.n if pin else None)

    @precondition(lambda self: self.deals)
    @rule(deal=_numbers, number=_numbers, new=_events, title=st.sampled_from(("A deal", "Another deal")))
    def several_at_once(self, deal: int, number: int, new: Event, title: str) -> None:
        if old := self.event(self.deal(deal), number):
            with self.step("several") as ledger:
                ledger.set_pin(self.deal(deal), "status", old.n)
                ledger.edit_deal(self.deal(deal), {"title": title})
                ledger.edit_event(self.deal(deal), new._replace(n=old.n))
                ledger.remove_event(self.deal(deal), old.n)
                ledger.add_event(self.deal(deal), new)

    @precondition(lambda self: self.deals)
    @rule(deal=_numbers)
    def remove_deal(self, deal: int) -> None:
        with self.step("remove deal") as ledger:
            ledger.remove_deal(self.deal(deal))

    @rule(name=st.sampled_from(("Exotrail", "Firefly")), alias=st.sampled_from((None, "Voyager")))
    def add_company(self, name: str, alias: str | None) -> None:
        with self.step("add company") as ledger:
            ledger.add_company(Company("", name, aliases=(Alias(alias, "brand"),) if alias else ()))

    @rule(company=st.sampled_from(COMPANIES), alias=st.sampled_from(("Alias One", "Alias Two")))
    def add_alias(self, company: str, alias: str) -> None:
        with self.step("add alias") as ledger:
            ledger.add_alias(company, Alias(alias, "short"))

    @rule(number=_numbers, new=_sources, move=st.booleans())
    def edit_source(self, number: int, new: Source | None, *, move: bool) -> None:
        known = self.ledger.connection.execute("SELECT key, url FROM source ORDER BY id").fetchall()
        if known and new:
            key, url = known[number % len(known)]
            if move and new.url not in {row["url"] for row in known}:
                url = new.url
            with self.step("edit source") as ledger:
                ledger.edit_source(new._replace(key=key, url=url))

    @rule(
        deals=st.lists(st.tuples(_parties, _events), max_size=2),
        company=st.sampled_from(("gilat", "hispasat")),
        pin=st.booleans(),
    )
    def import_some(self, deals: list[tuple[list[tuple[str, Role]], Event]], company: str, *, pin: bool) -> None:
        incoming = Bundle([Company(company, company.title(), aliases=(Alias("Old Name", "former"),))])
        for parties, one in deals:
            there = one.source._replace(key=f"p-{len(incoming.of_sources)}") if one.source else None
            incoming.of_sources += [there] if there else []
            slug = f"imported-{parties[0][0]}-{one.n + len(incoming.of_deals)}"
            numbered = one._replace(n=1, source=there)
            whole = draft(*parties, (company, "adviser"), events=[numbered], slug=slug, title="Imported")
            incoming.of_deals.append(whole._replace(pins={"status": 1} if pin and one.status else {}))
        if len(incoming.of_deals) == 2:
            first, second = (str(deal.slug) for deal in incoming.of_deals)
            incoming.of_links.append((first, "competes-with", second))
        with self.step("import") as ledger:
            take_in(ledger, incoming, self.at)

    @precondition(lambda self: len(self.in_force()) > 1)
    @rule(back=_numbers)
    def undo_one(self, back: int) -> None:
        possible = self.in_force()[:-1]
        target = possible[back % len(possible)]
        later = self.take_back(target)
        if target == possible[0]:
            assert later is None, "nothing can stand in the way of the latest change in force"

    @precondition(lambda self: len(self.in_force()) > 1)
    @rule(back=_numbers)
    def undo_one_after_all_that_builds_on_it(self, back: int) -> None:
        possible = self.in_force()[:-1]
        targets = [possible[back % len(possible)]]
        # Each change is taken back once at most, and refused once for each later one.
        for _ in range(len(self.steps) ** 2):
            later = self.take_back(targets[-1])
            if later is None:
                targets.pop()
            else:
                assert later not in targets
                targets.append(later)
            if not targets:
                return
        msg = "undoing what is said to be in the way never ends"
        raise AssertionError(msg)

    @invariant()
    def sound(self) -> None:
        assert faults(self.ledger) == []

    # --- what holds in the end --------------------------------------------------------------------

    def what_was_known_on_a_day_is_what_was_read_then(self) -> None:
        for day, then in self.ends.items():
            with closing(Ledger(self.ledger.path, Past(known_on=day))) as looked_at:
                assert picture(looked_at) == then, day

    def the_log_tells_what_was_written(self) -> None:
        wrote: dict[int, set[int]] = {}
        written = {number: list(written_by(self.ledger.connection, number)) for number in self.steps}
        readers: dict[int, set[int]] = {}
        for told in written.values():
            for image in (image for table, *images in told if table == "event" for image in images if image):
                readers.setdefault(image["source_id"], set()).add(image["deal_id"])
        for number, (before, after) in self.steps.items():
            told = written[number]
            first, last = created_by(self.ledger.connection, number).get("source", (0, 0))
            differing = {row for row in before.keys() | after.keys() if before.get(row) != after.get(row)}
            seen = {(table, row_id(was or became)): (cells(was), cells(became)) for table, was, became in told}
            for row in seen.keys() | {row for row in differing if row[0] != "deal_text"}:
                assert seen.get(row, (None, None)) == (before.get(row), after.get(row))
            # That a source came in is told of none of the deals that it is read for later.
            concerned = [
                set() if table == "source" and first <= row_id(was or became) <= last
                else readers.get(row_id(was or became), set()) if table == "source"
                else deals_of(table, was, became)
                for table, was, became in told
            ]  # fmt: skip
            for deal in set().union(*concerned):
                mine = [one for one, deals in zip(told, concerned, strict=True) if deal in deals]
                assert list(written_by(self.ledger.connection, number, deal)) == mine
                wrote.setdefault(deal, set()).add(number)
        for deal, numbers in wrote.items():
            assert changes_of_deal(self.ledger.connection, deal) == numbers

    def all_of_it_comes_back_from_a_package(self) -> None:
        if self.deals:
            comes_back(self.ledger, Path(self.folder.name))


TestHistory = History.TestCase
TestHistory.settings = type(EXAMPLES)(EXAMPLES, stateful_step_count=25)
