"""Selecting: every filter chooses, in SQL, exactly the deals that it chooses when each is looked at by itself."""

import shutil
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger.conftest import EXAMPLES

from dealtrack.domain.date import UncertainDate, from_edtf
from dealtrack.domain.deal import Deal
from dealtrack.domain.fold import Facts
from dealtrack.domain.query import Choice, DateTest, PartyTest, Query, RangeTest
from dealtrack.domain.status import STATUSES
from dealtrack.ledger.ledger import Ledger


@dataclass(frozen=True)
class Whole:
    """A deal with what its events come to, and the words of each of its texts."""

    deal: Deal
    facts: Facts
    texts: list[list[str]]


class World:
    """The bundled data set, and every deal of it whole; no dataclass, for Hypothesis would print all of it."""

    def __init__(self, ledger: Ledger, deals: list[Whole]) -> None:
        self.ledger = ledger
        self.deals = deals


def only(query: Query) -> str:
    """The conditions that a query has, for the name of a test."""
    given_ones = [f"{name}={value}" for name, value in query._asdict().items() if value != query._field_defaults[name]]
    return " ".join(given_ones) or "all"


@pytest.fixture(scope="module")
def world(_bundled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    path = tmp_path_factory.mktemp("selecting") / "deals.db"
    shutil.copyfile(_bundled, path)
    with closing(Ledger(path)) as ledger:
        deals = [ledger.get(deal_id) for deal_id in ledger.ids(Query())]
        yield World(ledger, [Whole(deal, deal.facts, list(map(tokens, texts(ledger, deal)))) for deal in deals])


# --- each condition in plain words --------------------------------------------------------------


def chosen(fact: str | None, choice: Choice) -> bool:
    return (not choice.any_of or fact in choice.any_of) and fact not in choice.none_of


def chosen_among(facts: tuple[str | None, ...], choice: Choice) -> bool:
    wanted, unwanted = set(choice.any_of), set(choice.none_of)
    return (not wanted or not wanted.isdisjoint(facts)) and unwanted.isdisjoint(facts)


def meets(when: UncertainDate | None, test: DateTest) -> bool:
    if isinstance(test, bool):
        return (when is not None) == test
    if when is None:
        return False
    begins, ends = max(_first(when), _first(test)), min(_last(when), _last(test))
    return begins <= ends


def _first(when: UncertainDate) -> date:
    return when.earliest or date.min


def _last(when: UncertainDate) -> date:
    return when.latest or date.max


def within(low: int | None, high: int | None, test: RangeTest) -> bool:
    known = low is not None or high is not None
    if isinstance(test, bool):
        return known == test
    at_least, at_most = test
    reaches_up = at_least is None or high is None or high >= at_least
    reaches_down = at_most is None or low is None or low <= at_most
    return known and reaches_up and reaches_down


def tokens(text: str) -> list[str]:
    letters = [c for c in unicodedata.normalize("NFKD", text).lower() if not unicodedata.combining(c)]
    return "".join(c if c.isalnum() else " " for c in letters).split()


def texts(ledger: Ledger, deal: Deal) -> list[str]:
    companies = [ledger.company(party.company) for party in deal.parties]
    return [
        f"{deal.title} {deal.slug}",
        " ".join(" ".join((c.name, *(alias.alias for alias in c.aliases))) for c in companies),
        " ".join(event.summary or "" for event in deal.events),
        deal.note or "",
    ]


def says(whole: Whole, word: str) -> bool:
    """Whether the word's letters occur, one group after the other, in one of the texts of the deal."""
    wanted = tokens(word)
    return any(wanted == text[at : at + len(wanted)] for text in whole.texts for at in range(len(text)))


def read_in(deal: Deal, test: str | bool) -> bool:
    sources = [event.source for event in deal.events if event.source]
    if isinstance(test, bool):
        return bool(sources) == test
    named = [((s.publisher or "").lower(), (s.via or "").lower(), s.key.lower()) for s in sources]
    hosts = [urlsplit(s.url).hostname or "" for s in sources if s.url]
    site = test.lower()
    return any(site in names for names in named) or any(host == site or host.endswith(f".{site}") for host in hosts)


def takes_part(deal: Deal, test: PartyTest) -> bool:
    return any(p.company in test.companies and (not test.roles or p.role in test.roles) for p in deal.parties)


def matches(whole: Whole, query: Query) -> bool:
    deal, facts = whole.deal, whole.facts
    money, dollars = (facts.value.event.value, facts.value.event.dollars) if facts.value else (None, None)
    share = facts.stake.event.stake if facts.stake else None
    usd = (dollars.low, dollars.high) if dollars else (None, None)
    percent = (share.low, share.high) if share else (None, None)
    if share and share.worded and share.low is not None and share.high is not None:
        # "Controlling" is above its low bound, "minority" below its high one too.
        percent = (share.low + 1, share.high - (not share.controlling))
    value_known = money is not None and money.qualifier != "undisclosed"
    return all(
        (
            all(says(whole, word) for word in query.words),
            query.ids is None or deal.id in query.ids,
            chosen(deal.kind, query.kind),
            chosen(deal.form, query.form),
            chosen(facts.status.event.status if facts.status else None, query.status),
            chosen_among(deal.sectors, query.sector),
            chosen_among(deal.tags, query.tag),
            chosen(money.basis if money else None, query.basis),
            chosen_among(tuple(event.milestone for event in deal.events), query.milestone),
            all(takes_part(deal, test) for test in query.parties),
            not query.on or any(meets(event.date, period) for event in deal.events for period in query.on),
            all(any(meets(getattr(facts, clock), test) for test in tests) for clock, tests in query.clocks),
            not query.value
            or any(value_known == test if isinstance(test, bool) else within(*usd, test) for test in query.value),
            not query.stake or any(within(*percent, test) for test in query.stake),
            not query.source or any(read_in(deal, test) for test in query.source),
            query.disputed is None or bool(facts.disputed) == query.disputed,
            deal.core_space or not query.core_only,
        )
    )


def assert_selects_what_matches(world: World, query: Query) -> int:
    expected = {whole.deal.id for whole in world.deals if matches(whole, query)}
    found = world.ledger.ids(query)
    assert len(found) == len(set(found))
    assert set(found) == expected
    return len(found)


# --- every field --------------------------------------------------------------------------------

BILLION = 10**9 * 100
FILTERS: list[Query] = [
    Query(words=("stoke",)),
    Query(words=("Eléctrica", "HISPASAT")),
    Query(words=("rocket lab",)),
    Query(ids=(1, 5, 9, 10**6)),
    Query(kind=Choice(("acquisition", "partnership"))),
    Query(kind=Choice(none_of=("acquisition",))),
    Query(form=Choice(("merger", "funding-round"))),
    Query(form=Choice(none_of=("merger", "acquisition"))),
    Query(status=Choice(("agreed", "completed"))),
    Query(status=Choice(none_of=("completed",))),
    Query(sector=Choice(("launch",))),
    Query(sector=Choice(("launch", "components"), ("satcom",))),
    Query(tag=Choice(("cross-border",))),
    Query(tag=Choice(none_of=("cross-border",))),
    Query(basis=Choice(("consideration",))),
    Query(basis=Choice(none_of=("consideration",))),
    Query(milestone=Choice(("regulatory-approval",))),
    Query(milestone=Choice(none_of=("regulatory-approval", "background"))),
    Query(parties=(PartyTest(("rocket-lab", "ses")),)),
    Query(parties=(PartyTest(("rocket-lab",), ("buyer",)),)),
    Query(parties=(PartyTest(("ses",)), PartyTest(("intelsat",), ("target", "partner")))),
    Query(on=(from_edtf("2025-35"),)),
    Query(on=(from_edtf("2019"), from_edtf("2026/.."))),
    Query(on=(from_edtf("../2017"),)),
    Query(clocks=(("agreed", (from_edtf("2025"),)),)),
    Query(clocks=(("completed", (True,)), ("first_seen", (from_edtf("2024/2025"),)))),
    Query(clocks=(("ended", (False,)),)),
    Query(clocks=(("expected", (from_edtf("2026/.."), False)),)),
    Query(clocks=(("last_heard", (from_edtf("2026-01"),)),)),
    Query(value=((BILLION, None),)),
    Query(value=((None, BILLION // 20),)),
    Query(value=((BILLION // 4, BILLION // 2), (10 * BILLION, None))),
    Query(value=(True,)),
    Query(value=(False,)),
    Query(stake=((500_000, None),)),
    Query(stake=((None, 250_000), False)),
    Query(stake=(True,)),
    Query(source=("SpaceNews",)),
    Query(source=("spacenews.com", "s-0001")),
    Query(source=(True,)),
    Query(disputed=True),
    Query(disputed=False),
    Query(core_only=True),
    Query(),
]


@pytest.mark.parametrize("query", FILTERS, ids=only)
def test_each_filter_selects_what_it_says(world: World, query: Query) -> None:
    assert assert_selects_what_matches(world, query) > 0


@pytest.mark.parametrize("query", [Query(source=(False,)), Query(ids=()), Query(words=("nowhere",))], ids=only)
def test_a_filter_that_fits_nothing_selects_nothing(world: World, query: Query) -> None:
    assert assert_selects_what_matches(world, query) == 0


def test_a_limit_takes_the_first_and_keeps_the_order(world: World) -> None:
    for sort in ((("value", True),), (("since", False), ("title", True))):
        assert world.ledger.ids(Query(sort=sort, limit=7)) == world.ledger.ids(Query(sort=sort))[:7]


_PERIODS = st.sampled_from([from_edtf(t) for t in ("2019", "2025-35", "2025-05-27", "2023/2024", "2026/..", "../2018")])
_CLOCKS = st.sampled_from(("first_seen", "agreed", "completed", "ended", "expected", "last_heard"))


def _up_to(most: int) -> st.SearchStrategy[int | None]:
    return st.none() | st.integers(0, most)


def _choices(*words: str) -> st.SearchStrategy[Choice]:
    some = st.lists(st.sampled_from(words), max_size=2, unique=True).map(tuple)
    return st.builds(Choice, some, some)


_ANY = st.fixed_dictionaries(
    {
        "words": st.sampled_from(((), (), ("space",), ("satellite", "launch"))),
        "kind": _choices("acquisition", "partnership", "equity-stake"),
        "status": _choices(*STATUSES),
        "sector": _choices("launch", "satcom", "components"),
        "basis": _choices("consideration", "round-size", "enterprise-value"),
        "on": st.lists(_PERIODS, max_size=2).map(tuple),
        "clocks": st.lists(
            st.tuples(_CLOCKS, st.lists(_PERIODS | st.booleans(), min_size=1, max_size=2).map(tuple)), max_size=2
        ).map(tuple),
        "value": st.lists(st.tuples(_up_to(BILLION), _up_to(BILLION)) | st.booleans(), max_size=2).map(tuple),
        "stake": st.lists(st.tuples(_up_to(10**6), _up_to(10**6)) | st.booleans(), max_size=1).map(tuple),
        "disputed": st.none() | st.booleans(),
        "core_only": st.booleans(),
    }
)


@EXAMPLES
@given(st.data())
def test_filters_join_by_and_and_their_words_by_or(world: World, data: st.DataObject) -> None:
    drawn: dict[str, Any] = data.draw(_ANY)
    # Few deals pass eleven filters at once: three of them are taken at a time.
    names = data.draw(st.lists(st.sampled_from(sorted(drawn)), min_size=1, max_size=3, unique=True))
    assert_selects_what_matches(world, Query(**{name: drawn[name] for name in names}))
