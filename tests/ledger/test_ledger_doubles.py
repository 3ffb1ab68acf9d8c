"""Companies that may be one: none that is near is missed, none that was judged comes back, chance decides nothing."""

from collections.abc import Iterator
from contextlib import closing, suppress
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger.conftest import AT, EXAMPLES, change, draft, event, make
from ledger.test_ledger_judging import record, said

from dealtrack.domain.company import Alias, Company, Identifier, Parent
from dealtrack.domain.double import Double, judged, speaks_against, speaks_for
from dealtrack.domain.name import plain, slug_of
from dealtrack.domain.spelling import OWN, shared_weight, spelling
from dealtrack.ledger.companies import keep_identifier, keep_parent
from dealtrack.ledger.doubles import LEAST, NEAR, near_pairs
from dealtrack.ledger.evidence import doubles
from dealtrack.ledger.nearness import nearness
from dealtrack.ledger.writing import NothingChanged, WritableLedger


def near(one: str, other: str) -> int:
    score = nearness(spelling(plain(one)), spelling(plain(other)))
    assert score == nearness(spelling(plain(other)), spelling(plain(one)))
    return score


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sinclair Interplanetary", "Sinclair Interplanetery Inc."),
        ("AsiaSat", "Asia Sat"),
        ("Hélène Espace", "HELENE ESPACE S.A."),
        ("Stoke", "Stoke Space Technologies"),
        ("VanderSat", "VanderSat Holding B.V."),
        ("Exploration Company", "The Exploration Company GmbH"),
        ("United Launch Alliance", "ULA"),
        ("MacDonald, Dettwiler and Associates", "MDA"),
        ("Space 42", "Space42"),
        ("Rocket Lab", "Rockett Lab"),
        ("Mynaric", "Mynarik"),
    ],
)
def test_two_that_may_be_one_are_near(one: str, other: str) -> None:
    assert near(one, other) >= NEAR


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sierra Space", "Sierra Nevada"),
        ("Virgin Orbit", "Virgin Galactic"),
        ("Orbital Sciences", "Orbital ATK"),
        ("Rocket Lab", "Rocketdyne"),
        ("Vega Space Systems", "Lyra Space Systems"),
        ("CF Acquisition Corp. V", "CF Acquisition Corp. VI"),
        ("EQT Infrastructure 5", "EQT Infrastructure 6"),
        ("SES", "SEC"),
        ("Apex", "Apax"),
        ("Hispasat", "Hisdesat"),
    ],
)
def test_two_that_are_only_much_alike_are_not(one: str, other: str) -> None:
    assert near(one, other) < NEAR


def found(ledger: WritableLedger, least: int = NEAR) -> list[Double]:
    return list(doubles(ledger.connection, near_pairs(ledger.connection, least)))


def pairs(ledger: WritableLedger, least: int = NEAR) -> list[tuple[str, str]]:
    return [(double.one.slug, double.other.slug) for double in found(ledger, least)]


@pytest.fixture
def rivals(ledger: WritableLedger) -> WritableLedger:
    """Two companies of nearly one name that both dealt with a third, and one more."""
    with change(ledger, "companies"):
        for slug, name, country, sectors in (
            ("stoke", "Stoke", "US", ("launch",)),
            ("stoke-space", "Stoke Space", "US", ("launch", "lunar")),
            ("ses", "SES", "LU", ()),
        ):
            ledger.add_company(Company(slug, name, country=country, sectors=sectors))
        ledger.add_deal(draft(("ses", "investor"), ("stoke", "target"), events=[event("2024", "agreed")]))
        for year in ("2025", "2026"):
            ledger.add_deal(draft(("ses", "investor"), ("stoke-space", "target"), events=[event(year, "agreed")]))
    return ledger


def test_a_pair_is_shown_with_what_speaks_for_it(rivals: WritableLedger) -> None:
    (double,) = found(rivals)
    assert (double.score, double.alike, double.one.slug, double.other.slug) == (
        88,
        ("Stoke Space", "Stoke"),
        "stoke-space",
        "stoke",
    )
    assert speaks_for(double) == ("both dealt with SES", "both in launch", "both of US")
    assert speaks_against(double) == ()
    assert judged(double) is None


def test_what_tells_them_apart_is_said(rivals: WritableLedger) -> None:
    with change(rivals):
        keep_parent(rivals, Parent("stoke", "stoke-space"))
        for slug, number in (("stoke", "1"), ("stoke-space", "2")):
            keep_identifier(rivals, Identifier(slug, "cik", number))
        rivals.add_deal(draft(("stoke-space", "buyer"), ("stoke", "target"), events=[event("2026-02", "agreed")]))
    (double,) = found(rivals)
    assert speaks_against(double) == (
        "Stoke is or was part of Stoke Space",
        "both in stoke-space-stoke-2026",
        "cik 2 and 1",
    )


def test_a_register_that_has_one_entry_for_both_says_it_whatever_their_names(rivals: WritableLedger) -> None:
    with change(rivals):
        for slug in ("ses", "stoke"):
            keep_identifier(rivals, Identifier(slug, "cik", "7"))
    first = found(rivals)[0]
    assert (first.score, first.alike, first.one.slug, first.other.slug) == (100, ("cik 7", "cik 7"), "ses", "stoke")
    assert speaks_for(first)[0] == "both cik 7"


def test_what_was_judged_is_not_offered_again(rivals: WritableLedger) -> None:
    record(rivals, said("stoke", "stoke-space", "unsure", "too little is known"))
    (double,) = found(rivals)
    assert judged(double) == "stoke and stoke-space may be the same (ada, 2026-03-15: too little is known)"
    record(rivals, said("stoke-space", "stoke", "different"))
    assert found(rivals) == []
    record(rivals, said("stoke-space", "stoke", "unsure"))
    record(rivals, said("stoke-space", "stoke"))
    assert found(rivals) == []


def test_what_is_different_from_one_is_different_from_all_that_are_the_same(rivals: WritableLedger) -> None:
    with change(rivals):
        rivals.add_company(Company("stoke-aero", "Stoke Aerospace"))
    record(rivals, said("stoke-space", "stoke-aero"), said("stoke-aero", "stoke", "different"))
    assert found(rivals) == []


def test_a_person_is_no_company(rivals: WritableLedger) -> None:
    with change(rivals):
        rivals.add_company(Company("sess", "SES", kind="person"))
    assert pairs(rivals) == [("stoke-space", "stoke")]


WORDS = st.sampled_from(("vega", "vegas", "lyra", "orbital", "space", "systems", "of", "2", "ii", "skyrora", "skyroro"))
NAMES = st.lists(WORDS, min_size=1, max_size=4, unique=True).map(" ".join)
NAMED = st.lists(st.lists(NAMES, min_size=1, max_size=2, unique=True), min_size=2, max_size=9)


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WritableLedger]:
    """A ledger that is written to and never kept."""
    path = tmp_path_factory.mktemp("tried") / "deals.db"
    make(path)
    with closing(WritableLedger(path)) as opened:
        yield opened


@given(named=NAMED, least=st.sampled_from((LEAST, NEAR, 90, 100)))
@EXAMPLES
def test_none_is_missed_that_is_near_in_words(tried: WritableLedger, named: list[list[str]], least: int) -> None:
    """What is found by what names have in common is what comparing each with each finds in their words."""
    with suppress(NothingChanged), tried.recording(by="", at=AT, command="", action="", dry_run=True):
        slugs = [_founded(tried, number, names) for number, names in enumerate(named)]
        told = {frozenset(pair) for pair in pairs(tried, least)}
        for (one, mine), (other, own) in combinations(zip(slugs, named, strict=True), 2):
            near_in_words = any(_in_words(a, b) >= least for a in mine for b in own)
            near_at_all = any(near(a, b) >= least for a in mine for b in own)
            assert near_in_words <= (frozenset((one, other)) in told) <= near_at_all


def _founded(ledger: WritableLedger, number: int, names: list[str]) -> str:
    slug = f"{slug_of(names[0])}-{number}"
    ledger.add_company(Company(slug, names[0], aliases=tuple(Alias(name, "short") for name in names[1:])))
    return slug


def _in_words(one: str, other: str) -> int:
    a, b = spelling(plain(one)), spelling(plain(other))
    return 0 if a.numbers != b.numbers else 200 * shared_weight(a, b) // (a.weight + b.weight)


# A word of its own: what many have in their names says too little to be looked at letter by letter.
LETTERS = st.text("aeilnrstvyx", min_size=6, max_size=16).filter(lambda word: spelling(word).weight == OWN)


@given(own=LETTERS, at=st.integers(0, 15), letter=st.sampled_from("aeiou"), data=st.data())
@EXAMPLES
def test_none_is_missed_that_is_one_letter_apart(
    tried: WritableLedger, own: str, at: int, letter: str, data: st.DataObject
) -> None:
    at %= len(own)
    slip = data.draw(st.sampled_from((own[:at] + letter + own[at:], own[:at] + letter + own[at + 1 :])))
    with suppress(NothingChanged), tried.recording(by="", at=AT, command="", action="", dry_run=True):
        for number, name in enumerate((f"{own} Systems", f"{slip} Systems Inc.")):
            _founded(tried, number, [name])
        assert (len(pairs(tried)) == 1) == (near(own, slip) >= NEAR)


@pytest.mark.parametrize("names", [("AsiaSat", "Asia Sat"), ("ispace", "i-Space"), ("Rocket Works", "Rockett Works")])
def test_none_is_missed_that_is_parted_otherwise(ledger: WritableLedger, names: tuple[str, str]) -> None:
    with change(ledger):
        for number, name in enumerate(names):
            _founded(ledger, number, [name])
    assert len(pairs(ledger)) == 1


def test_the_order_of_entry_changes_nothing(tmp_path: Path) -> None:
    names = ["Vega", "Vega Space", "Vega Systems", "Lyra", "Lyra Orbital", "Vegas Space"]
    told = []
    for number, order in enumerate((names, names[::-1])):
        with closing(WritableLedger(tmp_path / f"{number}.db", create=True)) as ledger:
            with change(ledger):
                for name in order:
                    ledger.add_company(Company(slug_of(name), name))
            told.append(found(ledger))
    assert told[0] == told[1]
    assert len(told[0]) > 3
