"""Judgements in a ledger: everything derived follows, nothing recorded is altered, and all of it can be taken back."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger.conftest import AT, EXAMPLES, Bundle, bring_in, change, comes_back, draft, dump, event, faults, undo

from dealtrack.domain.company import Alias, Company
from dealtrack.domain.judgement import Judgement, Verdict
from dealtrack.domain.party import Party
from dealtrack.domain.query import PartyTest, Query
from dealtrack.ledger.identity import NoSuchCompany
from dealtrack.ledger.judging import Contradiction, judge, split
from dealtrack.ledger.ledger import Ledger
from dealtrack.ledger.past import Past
from dealtrack.ledger.soundness import examine_ledger
from dealtrack.ledger.writing import NothingChanged, WritableLedger

LATER = "2026-04-15T12:00:00Z"
# Far enough apart in the alphabet that it is the judgement and not the name that decides.
MAXAR, MDA, OLD = "maxar", "mda", "macdonald-dettwiler"


def said(company: str, other: str, verdict: Verdict = "same", why: str | None = None) -> Judgement:
    return Judgement(company, other, verdict, "ada", AT, why)


def record(ledger: WritableLedger, *told: Judgement, at: str = AT) -> int:
    with change(ledger, "judge", at=at) as change_id:
        for judgement in told:
            judge(ledger, judgement)
    return change_id


def tell(ledger: WritableLedger) -> WritableLedger:
    """MacDonald, Dettwiler bought DigitalGlobe; Maxar sold MDA; both took part in one more deal."""
    with change(ledger, "history"):
        for slug, name in ((OLD, "MacDonald, Dettwiler"), (MAXAR, "Maxar"), (MDA, "MDA Space"), ("dg", "DigitalGlobe")):
            ledger.add_company(Company(slug, name))
        ledger.add_alias(OLD, Alias("MDA Corp.", "short"))
        ledger.add_deal(draft((OLD, "buyer"), ("dg", "target"), events=[event("2017-02", "agreed")]))
        ledger.add_deal(draft((MDA, "target"), (MAXAR, "seller"), events=[event("2019-12", "agreed")]))
        both = draft(("geost", "target"), (OLD, "buyer"), (MAXAR, "buyer"), events=[event("2018", "talks")])
        ledger.add_deal(both)
    return ledger


@pytest.fixture
def satellites(ledger: WritableLedger) -> WritableLedger:
    return tell(ledger)


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WritableLedger]:
    """The same, for what is tried and never kept."""
    with closing(WritableLedger(tmp_path_factory.mktemp("tried") / "deals.db", create=True)) as opened:
        with change(opened, "companies"):
            for name in ("Geost", "Mynaric"):
                opened.add_company(Company("", name))
        yield tell(opened)


def found(ledger: Ledger, company: str) -> list[int]:
    return sorted(ledger.ids(Query(parties=(PartyTest((ledger.company_slug(company),)),))))


def test_everything_derived_follows(satellites: WritableLedger) -> None:
    before = dump(satellites)
    merged = record(satellites, said(MAXAR, OLD))
    assert satellites.company(OLD).slug == satellites.company("mda corp").slug == MAXAR
    assert found(satellites, OLD) == found(satellites, MAXAR) == [1, 2, 3]
    assert satellites.get(1).parties[0] == Party(MAXAR, "Maxar", "buyer", "MacDonald, Dettwiler")
    assert satellites.get(1).headline == "Maxar -> DigitalGlobe"
    assert satellites.find("maxar digitalglobe") == 1
    assert [(row["slug"], row["aliases"], row["deals"]) for row in satellites.companies(("dettwiler",))] == [
        (MAXAR, "MDA Corp.; MacDonald, Dettwiler", 3)
    ]
    (buyer,) = satellites.connection.execute("SELECT buyer FROM deals_flat WHERE id = 1").fetchone()
    assert buyer == "Maxar"
    assert faults(satellites) == []
    undo(satellites, merged)
    assert dump(satellites) == before
    assert faults(satellites) == []


def test_a_deal_that_has_both_in_one_role_shows_it_once(satellites: WritableLedger) -> None:
    record(satellites, said(MAXAR, OLD))
    assert [(party.company, party.role) for party in satellites.get(3).parties] == [
        ("geost", "target"),
        (MAXAR, "buyer"),
    ]
    (row,) = satellites.select(Query(ids=(3,)))
    assert row["parties"] == f'[["geost","Geost","target",null],["{MAXAR}","Maxar","buyer","MacDonald, Dettwiler"]]'


def test_no_row_of_a_deal_is_altered(satellites: WritableLedger) -> None:
    parties = satellites.as_entered(1).parties
    record(satellites, said(MAXAR, OLD))
    assert (
        satellites.as_entered(1).parties
        == parties
        == (
            Party(OLD, "MacDonald, Dettwiler", "buyer"),
            Party("dg", "DigitalGlobe", "target"),
        )
    )


def test_a_party_is_taken_out_by_the_name_it_is_shown_by(satellites: WritableLedger) -> None:
    record(satellites, said(MAXAR, OLD))
    with change(satellites):
        satellites.remove_party(3, MAXAR, "buyer")
    assert [party.company for party in satellites.get(3).parties] == ["geost"]


def test_it_was_not_known_before_it_was_judged(satellites: WritableLedger, path: Path) -> None:
    record(satellites, said(MAXAR, OLD), at=LATER)
    with closing(Ledger(path, Past(known_on=date(2026, 3, 31)))) as then:
        assert found(then, OLD) == [1, 3]
        assert then.get(1).headline == "MacDonald, Dettwiler -> DigitalGlobe"
        assert then.find("dettwiler digitalglobe") == 1
        assert list(then.ids(Query(words=("maxar", "digitalglobe")))) == []
        assert then.judgements() == []
    with closing(Ledger(path, Past(known_on=date(2026, 4, 30)))) as then:
        assert found(then, OLD) == [1, 2, 3]
        assert list(then.ids(Query(words=("maxar", "digitalglobe")))) == [1]


def test_two_that_are_different_cannot_become_the_same(satellites: WritableLedger) -> None:
    record(satellites, said(MAXAR, OLD), said(MAXAR, MDA, "different", "sold in 2020"))
    for told in (said(MAXAR, MDA), said(OLD, MDA), said(MDA, OLD)):
        with pytest.raises(Contradiction, match=r"maxar and mda are different \(ada, 2026-03-15: sold in 2020\)"):
            record(satellites, told)
    for told in (said(MAXAR, OLD, "different"), said(OLD, MAXAR, "different")):
        with pytest.raises(Contradiction, match="are the same by what was judged before"):
            record(satellites, told)
    record(satellites, said(MAXAR, MDA, "unsure"))
    record(satellites, said(MAXAR, MDA))
    assert found(satellites, OLD) == [1, 2, 3]


def test_what_was_said_already_is_not_said_again(satellites: WritableLedger) -> None:
    record(satellites, said(MAXAR, MDA, "different"))
    with pytest.raises(NothingChanged):
        record(satellites, said(MAXAR, MDA, "different"))
    record(satellites, said(MDA, MAXAR, "different"))
    assert [told[:3] for told in satellites.judgements()] == [(MDA, MAXAR, "different")]


def test_a_contradiction_that_comes_in_is_a_finding(satellites: WritableLedger) -> None:
    told = [said(MAXAR, OLD), said(OLD, MDA), said(MAXAR, MDA, "different")]
    bring_in(satellites, Bundle(of_ties=list(told)))
    (finding,) = [f for f in examine_ledger(satellites, date(2026, 11, 1)) if f.code == "contradiction"]
    assert (finding.severity, finding.subject) == ("fault", "maxar, mda")
    assert faults(satellites) == []


def test_names_kept_out_of_step_are_a_fault_that_can_be_mended(satellites: WritableLedger) -> None:
    record(satellites, said(MAXAR, OLD))
    satellites.connection.execute("DELETE FROM known_as")
    assert [fault.partition(":")[0] for fault in faults(satellites)] == ["full-text"] * 3 + ["known-as"]
    satellites.mend_index()
    assert faults(satellites) == []


def test_what_rests_on_an_import_is_told_when_it_is_to_be_undone(satellites: WritableLedger) -> None:
    with change(satellites) as founded:
        satellites.add_company(Company("vantor", "Vantor"))
    record(satellites, said(MAXAR, "vantor"))
    with pytest.raises(Exception, match=f"change {founded} cannot be undone: change 4"):
        undo(satellites, founded)


def test_a_name_that_is_nobodys_stays_nobodys(satellites: WritableLedger) -> None:
    record(satellites, said(MAXAR, OLD))
    with pytest.raises(NoSuchCompany):
        satellites.company("Dettwiler and Sons")


def test_judgements_come_back_from_a_package(satellites: WritableLedger, tmp_path: Path) -> None:
    record(satellites, said(MAXAR, OLD, why="renamed, in 2017"), said(MAXAR, MDA, "different"))
    comes_back(satellites, tmp_path)


PAIRS = st.permutations((MAXAR, MDA, OLD, "dg", "geost", "mynaric")).map(lambda names: (names[0], names[1]))


@given(made=st.lists(PAIRS, min_size=1, max_size=5), data=st.data())
@EXAMPLES
def test_what_is_merged_and_then_split_is_what_it_was(tried: WritableLedger, made: list[Any], data: Any) -> None:
    before, names = dump(tried), [tuple(row) for row in tried.companies()]
    with trying(tried):
        for company, other in made:
            told = said(tried.company_slug(company), tried.company_slug(other))
            if told.company != told.other:
                judge(tried, told)
                assert tried.company_slug(other) == told.company
        assert len(list(tried.companies())) == len(names) - len(tried.judgements())
        for told in data.draw(st.permutations(tried.judgements())):
            split(tried, told)
        assert dump(tried) == before
        assert [tuple(row) for row in tried.companies()] == names


@given(made=st.lists(PAIRS, min_size=1, max_size=5), data=st.data())
@EXAMPLES
def test_judgements_come_to_the_same_in_any_order(tried: WritableLedger, made: list[Any], data: Any) -> None:
    told = list({frozenset(pair): said(*pair) for pair in made}.values())
    pictures = []
    for ties in (told, data.draw(st.permutations(told))):
        with trying(tried):
            for judgement in ties:
                judge(tried, judgement)
            deals = [tried.get(deal_id).parties for deal_id in (1, 2, 3)]
            pictures.append(([tuple(row) for row in tried.companies()], deals))
    assert pictures[0] == pictures[1]


@contextmanager
def trying(ledger: WritableLedger) -> Iterator[None]:
    with suppress(NothingChanged), ledger.recording(by="", at=AT, command="", action="", dry_run=True):
        yield
