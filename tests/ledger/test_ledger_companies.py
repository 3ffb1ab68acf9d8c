"""What is known of a company beside its deals: kept, corrected, taken away, and undone."""

from pathlib import Path

import pytest
from ledger.conftest import change, comes_back, draft, dump, event, faults, source, undo

from dealtrack.domain.company import Alias, Company, Identifier, Parent
from dealtrack.domain.date import from_edtf
from dealtrack.ledger import companies as kept
from dealtrack.ledger.writing import NothingChanged, WritableLedger

LEI = Identifier("mynaric", "lei", "5493001KJTIIGC8Y1R12", "s-0001")


@pytest.fixture
def known(ledger: WritableLedger) -> WritableLedger:
    """A ledger in which a deal was told of two companies."""
    with change(ledger, "deal"):
        told = event("2025-03", "agreed", source=source("s-0001", "https://example.com/page"))
        ledger.add_deal(draft(("rocket-lab", "buyer"), ("mynaric", "target"), events=[told]))
    return ledger


def test_a_deal_goes_on_saying_by_which_name_it_was_told(known: WritableLedger) -> None:
    before = dump(known)
    with change(known) as renamed:
        kept.rename(known, "mynaric", "Mynaric Lasers")
        kept.keep_alias(known, "mynaric", Alias("Mynaric", "former", from_edtf("../2026")))
    (_, target) = known.get(1).parties
    assert (target.name, target.as_reported) == ("Mynaric Lasers", "Mynaric")
    assert known.company("mynaric").aliases == (Alias("Mynaric", "former", from_edtf("../2026")),)
    assert known.find("mynaric lasers") == known.find("mynaric") == 1
    assert faults(known) == []
    with change(known):
        kept.rename(known, "mynaric", "Mynaric")
    assert known.get(1).parties[1].as_reported is None
    undo(known, known.log()[0].id)
    undo(known, renamed)
    assert dump(known) == before


def test_a_mistyped_name_leaves_no_trace(known: WritableLedger) -> None:
    with change(known):
        kept.correct_name(known, "mynaric", "Mynarik")
    assert known.get(1).parties[1][1:] == ("Mynarik", "target", None)
    assert known.find("mynarik") == 1


def test_identifiers_find_a_company(known: WritableLedger) -> None:
    with change(known):
        assert kept.keep_identifier(known, LEI)
    for name in (LEI.value, LEI.value.lower(), f"LEI:{LEI.value}"):
        assert known.company(name).slug == "mynaric"
    assert known.identifiers("mynaric") == [LEI]
    with pytest.raises(NothingChanged), change(known):
        assert not kept.keep_identifier(known, LEI)
    with change(known) as removed:
        assert kept.remove_identifier(known, LEI)
        assert not kept.remove_identifier(known, LEI)
    assert known.company_slugs(LEI.value) == []
    undo(known, removed)
    assert known.identifiers("mynaric") == [LEI]


def test_a_company_belongs_to_another_for_a_while(known: WritableLedger) -> None:
    told = Parent("mynaric", "rocket-lab", from_edtf("2026/.."))
    with change(known):
        kept.keep_parent(known, told._replace(valid=None))
        kept.keep_parent(known, told)
    assert known.owners("mynaric") == [("Rocket Lab", told)]
    assert known.owners("rocket-lab") == [("Mynaric", told)]
    with change(known):
        assert kept.remove_parent(known, "mynaric", "rocket-lab")
        assert not kept.remove_parent(known, "mynaric", "rocket-lab")
    assert known.owners("mynaric") == []


def test_all_of_it_comes_back_from_a_package(known: WritableLedger, tmp_path: Path) -> None:
    with change(known):
        kept.rename(known, "mynaric", "Mynaric Lasers")
        kept.keep_alias(known, "mynaric", Alias("Mynaric", "former", from_edtf("../2026")))
        kept.keep_identifier(known, LEI)
        kept.keep_parent(known, Parent("mynaric", "rocket-lab", from_edtf("2026/..")))
        kept.edit_company(known, "mynaric", {"country": "DE", "sectors": "components"})
        known.add_company(Company("", "Nobody's"))
    assert known.company("mynaric").country == "DE"
    comes_back(known, tmp_path)


def test_names_with_and_without_their_legal_form_meet(known: WritableLedger) -> None:
    with change(known):
        for name in ("SES", "iSpace (China)", "ispace, inc.", "Sierra Space", "Sierra Nevada Corporation", "X Corp."):
            known.add_company(Company("", name))
    meant = {
        "SES S.A.": ["ses"],
        "S.E.S.": [],
        "iSpace": ["ispace-china", "ispace-inc"],
        "ispace-inc": ["ispace-inc"],
        "Sierra Nevada": ["sierra-nevada-corporation"],
        "Sierra Space Corp": ["sierra-space"],
        "Sierra": [],
        "X": [],
        "S.A.": [],
        "Inc.": [],
    }
    assert {name: known.company_slugs(name) for name in meant} == meant


def test_a_ticker_is_known_with_its_exchange_and_without_in_any_case(ledger: WritableLedger) -> None:
    with change(ledger):
        ledger.add_company(Company("", "Redwire", ticker="NYSE:RDW"))
        ledger.add_company(Company("", "Avio", ticker="AVIO"))
    for word, slugs in (
        ("RDW", ["redwire"]), ("rdw", ["redwire"]), ("nyse:rdw", ["redwire"]), ("NASDAQ:RDW", []), ("DW", []),
        (":RDW", []), ("avio", ["avio"]), ("NYSE:AVIO", []), ("NYSE:", []), ("%", []),
    ):  # fmt: skip
        assert ledger.company_slugs(word) == slugs, word


def test_to_know_a_name_no_table_is_read_from_end_to_end(ledger: WritableLedger) -> None:
    asked: list[str] = []
    ledger.connection.set_trace_callback(asked.append)
    assert ledger.company_slugs("Nobody Ever Heard Of") == []
    ledger.connection.set_trace_callback(None)
    assert asked
    for question in asked:
        for step in ledger.connection.execute(f"EXPLAIN QUERY PLAN {question}"):
            assert not str(step[3]).startswith("SCAN"), question
