"""Listing: a deal's row holds exactly what its events come to, and a total is the sum of what is listed."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger.conftest import EXAMPLES, amount, change, draft, event, source

from dealtrack.domain.company import Company
from dealtrack.domain.deal import Deal
from dealtrack.domain.event import Dollars, Event
from dealtrack.domain.figures import DealRow, Tally
from dealtrack.domain.fold import FIELDS, Field
from dealtrack.domain.kind import FORMS, KINDS
from dealtrack.domain.money import BASES, Money, Qualifier, money
from dealtrack.domain.party import ROLES, Role
from dealtrack.domain.query import Choice, Query
from dealtrack.domain.stake import STAKE_BASES, Stake, majority, minority, stake
from dealtrack.domain.status import STATUSES
from dealtrack.ledger.rows import FACT_COLUMNS, fact_cells
from dealtrack.ledger.writing import WritableLedger

OLDEST_FIRST = Query(sort=(("id", False),))
COMPANIES = ("astra", "boeing", "clyde")


def assert_row_is_the_deal(row: DealRow, deal: Deal) -> None:
    """Both speeds tell the same: the row that SQL streams and the fold over the deal's events."""
    assert tuple(row[name] for name in FACT_COLUMNS) == fact_cells(deal.facts)
    assert (row["id"], row["slug"], row["title"], row["kind"], row["form"], row["note"]) == (
        *(deal.id, deal.slug, deal.title, deal.kind, deal.form, deal.note),
    )
    assert (row["sectors"], row["tags"]) == (";".join(deal.sectors), ";".join(deal.tags))
    assert (row["core_space"], row["events"]) == (deal.core_space, len(deal.events))
    # How SQLite writes JSON: no spaces, and every letter as it is.
    named = [[p.company, p.name, p.role, p.as_reported] for p in deal.parties]
    assert row["parties"] == json.dumps(named, ensure_ascii=False, separators=(",", ":"))


def added_up(deals: list[Deal]) -> Tally:
    """The total, by hand."""
    dollars = [deal.facts.value.event.dollars for deal in deals if deal.facts.value]
    known = [(d.low, d.high) for d in dollars if d and (d.low is not None or d.high is not None)]
    highs = [high for _, high in known]
    high = None if None in highs else sum(high for high in highs if high is not None)
    return Tally(len(deals), len(known), sum(low or 0 for low, _ in known), high)


def test_every_bundled_deal_is_listed_as_it_is(bundled: WritableLedger) -> None:
    listed = list(bundled.select(OLDEST_FIRST))
    assert len(listed) == bundled.counts()["deal"] > 300
    for row in listed:
        assert_row_is_the_deal(row, bundled.get(row["id"]))


@pytest.mark.parametrize(
    "query",
    [
        Query(),
        Query(limit=3),
        Query(kind=Choice(("partnership",))),
        Query(status=Choice(none_of=("completed",))),
        Query(value=((10_000_000_00, None),)),
        Query(value=(False,)),
        Query(ids=()),
    ],
)
def test_a_total_is_the_sum_of_the_deals_that_match(bundled: WritableLedger, query: Query) -> None:
    matching = [bundled.get(deal_id) for deal_id in bundled.ids(query._replace(limit=None))]
    assert bundled.tally(query) == added_up(matching)


def test_a_total_of_nothing_is_nothing(ledger: WritableLedger) -> None:
    assert ledger.tally(Query()) == Tally(0, 0, 0, 0)


def test_a_total_past_what_sqlite_can_count_is_still_right(ledger: WritableLedger) -> None:
    most = 2**62 // 100 - 1
    with change(ledger):
        for year in ("2023", "2024", "2025"):
            ledger.add_deal(draft(("geost", "target"), events=[event(year, "agreed", value=amount(most))]))
    assert ledger.tally(Query()) == Tally(3, 3, 3 * most * 100, 3 * most * 100)


@pytest.mark.parametrize("down", [False, True])
@pytest.mark.parametrize("by", ["value", "stake", "agreed", "since", "title", "events", "status", "heard"])
def test_deals_come_in_order_and_unknown_ones_last(bundled: WritableLedger, by: str, *, down: bool) -> None:
    keys: list[Any] = [_key(bundled.get(deal_id), by) for deal_id in bundled.ids(Query(sort=((by, down),)))]
    known = [key for key in keys if key is not None]
    assert keys == [*sorted(known, reverse=down), *[None] * (len(keys) - len(known))]


def _key(deal: Deal, by: str) -> object:
    facts = deal.facts
    dollars = facts.value.event.dollars if facts.value else None
    share = facts.stake.event.stake if facts.stake else None
    known = {
        "value": dollars and (dollars.low if dollars.low is not None else dollars.high),
        "stake": share and share.low,
        "agreed": facts.agreed and facts.agreed.earliest,
        "since": facts.first_seen and facts.first_seen.earliest,
        "title": "".join(c.lower() if c.isascii() else c for c in deal.title),
        "events": len(deal.events),
        "status": facts.status and facts.status.event.status,
        "heard": facts.last_heard and facts.last_heard.latest,
    }
    return known[by]


# --- deals that nobody has made yet -------------------------------------------------------------

_DATES = st.sampled_from(
    ("2025-05-27", "2025-05", "2025-22", "2025-35", "2025", "2024/2025", "2025/..", "../2025", "2025-05-27~")
)
_CURRENCIES = st.sampled_from((("USD", 2), ("EUR", 2), ("JPY", 0), ("ARS", 2)))


@st.composite
def _amounts(draw: st.DrawFn) -> Money:
    (currency, digits), low, more = draw(_CURRENCIES), draw(st.integers(0, 10**13)), draw(st.integers(1, 10**13))
    basis = draw(st.none() | st.sampled_from(BASES))
    made: dict[Qualifier, tuple[int | None, int | None]] = {
        "exact": (low, low), "about": (low, low), "at-least": (low, None), "up-to": (None, low),
        "range": (low, low + more), "magnitude": (10 ** (9 + digits), None), "undisclosed": (None, None),
    }  # fmt: skip
    qualifier = draw(st.sampled_from(tuple(made)))
    unit = (None, 2) if qualifier == "undisclosed" else (currency, digits)
    (low_bound, high_bound), (code, decimals) = made[qualifier], unit
    return money(low_bound, high_bound, code, decimals, qualifier, basis=basis, text="an amount")


@st.composite
def _stakes(draw: st.DrawFn) -> Stake:
    basis = draw(st.none() | st.sampled_from(STAKE_BASES))
    low, high = sorted(draw(st.tuples(st.integers(0, 1_000_000), st.integers(0, 1_000_000))))
    words = (majority("control", basis), minority("minority", basis), stake(None, None, basis=basis, text="some"))
    return draw(st.sampled_from((stake(low, high, basis=basis), *words)))


_SOURCES = st.builds(
    source,
    url=st.sampled_from(("https://a.example", "https://b.example", "https://c.example")),
    published=st.none() | _DATES,
    publisher=st.sampled_from((None, "SpaceNews", "WSJ")),
    via=st.sampled_from((None, "WSJ")),
    reliability=st.sampled_from("ABCDEF"),
)
_EVENTS = st.builds(
    event,
    _DATES,
    st.none() | st.sampled_from(STATUSES),
    milestone=st.sampled_from((None, "background", "delay")),
    value=st.none() | _amounts(),
    dollars=st.none() | st.just(Dollars(100, 200, "stated")),
    stake=st.none() | _stakes(),
    expected=st.none() | _DATES.map(lambda text: event(text).date),
    source=st.none() | _SOURCES,
    credibility=st.integers(1, 6),
    flags=st.sampled_from(((), ("outlier",), ("outlier", "date-inferred"))),
)
_PARTIES = st.lists(st.tuples(st.sampled_from(COMPANIES), st.sampled_from(ROLES)), min_size=1, max_size=4, unique=True)
_FORMS = st.sampled_from([(kind, form) for kind in KINDS for form in (None, *FORMS[kind])])


@pytest.fixture(scope="module")
def growing() -> Iterator[WritableLedger]:
    """A ledger that each example adds deals to."""
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(WritableLedger(Path(folder) / "deals.db", create=True)) as opened,
    ):
        opened.connection.execute("PRAGMA synchronous = OFF")
        with change(opened):
            for name in COMPANIES:
                opened.add_company(Company(name, name.title()))
        yield opened


@EXAMPLES
@given(
    made=st.lists(st.tuples(_FORMS, _PARTIES, st.lists(_EVENTS, min_size=1, max_size=5)), min_size=1, max_size=4),
    pin=st.none() | st.tuples(st.sampled_from(FIELDS), st.integers(1, 5)),
)
def test_every_deal_is_listed_as_it_is(
    growing: WritableLedger,
    made: list[tuple[tuple[str, str | None], list[tuple[str, Role]], list[Event]]],
    pin: tuple[Field, int] | None,
) -> None:
    with change(growing):
        ids = tuple(
            growing.add_deal(draft(*parties, events=events, kind=kind)._replace(form=form))
            for (kind, form), parties, events in made
        )
        if pin and growing.get(ids[0]).event(pin[1]):
            growing.set_pin(ids[0], *pin)
    deals = [growing.get(deal_id) for deal_id in ids]
    for row, deal in zip(growing.select(OLDEST_FIRST._replace(ids=ids)), deals, strict=True):
        assert_row_is_the_deal(row, deal)
    assert growing.tally(Query(ids=ids)) == added_up(deals)
