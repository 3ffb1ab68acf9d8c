"""Intake: what is new is added, what is known is left alone, and what differs is kept as it was and named."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from ledger.conftest import AT, Bundle, amount, bring_in, change, draft, dump, event, faults, source, undo

from dealtrack.domain.company import Alias, Company
from dealtrack.domain.deal import Link
from dealtrack.domain.event import Dollars
from dealtrack.domain.query import Query
from dealtrack.exchange.package import sample
from dealtrack.ledger.intake import take_in
from dealtrack.ledger.writing import NothingChanged, WritableLedger

PRESS = source("s-0001", "https://example.com/pr", "2025-05-27", publisher="Rocket Lab", reliability="A")
REPORT = source("report", None, "2025-06", title="A report on paper", publisher="Analysts")
SIGNED = event("2025-05-27", "agreed", n=1, value=amount(45, "EUR"), source=PRESS)
HEARD = event("2025-35", "talks", n=1, summary="heard", source=REPORT)


def bundle() -> Bundle:
    rocket_lab = Company("rocket-lab", "Rocket Lab", aliases=(Alias("RKLB", "short"), Alias("Electron Inc", "legal")))
    geost = {"slug": "rocket-lab-geost-2025", "title": "Rocket Lab buys Geost", "form": "acquisition"}
    mynaric = {"slug": "rocket-lab-mynaric-2025", "title": "Rocket Lab and Mynaric", "tags": ("lasers", "cross-border")}
    return Bundle(
        [rocket_lab, Company("geost", "Geost", country="US"), Company("mynaric", "Mynaric", sectors=("lasers",))],
        [PRESS, REPORT],
        [
            draft(("rocket-lab", "buyer"), ("geost", "target"), events=[SIGNED], **geost),
            draft(("rocket-lab", "buyer"), ("mynaric", "target"), events=[HEARD], **mynaric),
        ],
        [("rocket-lab-mynaric-2025", "follows", "rocket-lab-geost-2025")],
    )


@pytest.fixture
def empty(path: Path) -> WritableLedger:
    return WritableLedger(path, create=True)


def again(ledger: WritableLedger, data: Bundle) -> dict[str, list[str]]:
    """Import what is all known already; return what is said to differ."""
    before = dump(ledger), ledger.log()
    with pytest.raises(NothingChanged), change(ledger):  # noqa: PT012 - it is raised when the change ends
        outcome = take_in(ledger, data, AT)
        assert not any(outcome.new.values())
    assert (dump(ledger), ledger.log()) == before
    return {what: names for what, names in outcome.kept.items() if names}


def test_all_of_a_new_data_set_comes_in(empty: WritableLedger) -> None:
    outcome = bring_in(empty, bundle())
    assert outcome.new == {"companies": 3, "sources": 2, "deals": 2, "events": 2, "rates": 0}
    assert outcome.same == {"companies": 0, "sources": 0, "deals": 0}
    assert outcome.kept == {"companies": [], "sources": [], "deals": [], "rates": []}
    assert empty.counts() == {
        "company": 3,
        "alias": 2,
        "publisher": 0,
        "source": 2,
        "identifier": 0,
        "parent": 0,
        "judgement": 0,
        "deal": 2,
        "party": 4,
        "event": 2,
        "pin": 0,
        "link": 1,
        "look": 0,
        "rate": 0,
        "arrival": 0,
        "change": 1,
    }
    assert faults(empty) == []
    geost, mynaric = empty.get(1), empty.get(2)
    assert geost.events[0].source == PRESS
    assert geost.events[0]._replace(dollars=None) == SIGNED
    assert (geost.created, geost.updated) == (AT, AT)
    assert mynaric.tags == ("lasers", "cross-border")
    assert mynaric.links == (Link("follows", "rocket-lab-geost-2025", 1),)
    assert geost.links == (Link("follows", "rocket-lab-mynaric-2025", 2, outward=False),)
    assert empty.ids(Query(words=("electron",))) == [2, 1]


def test_a_second_import_changes_nothing(empty: WritableLedger) -> None:
    bring_in(empty, bundle())
    assert again(empty, bundle()) == {}


def test_a_second_import_of_the_bundled_data_set_leaves_every_byte_as_it_was(
    bundled: WritableLedger, path: Path
) -> None:
    before = path.read_bytes()
    with closing(sample()) as package, pytest.raises(NothingChanged), change(bundled):
        outcome = take_in(bundled, package, AT)
    assert not any(outcome.new.values())
    assert not any(outcome.kept.values())
    assert outcome.same == {table: bundled.counts()[row] for table, row in _ROWS.items()}
    assert path.read_bytes() == before


_ROWS = {"companies": "company", "sources": "source", "deals": "deal"}


def test_an_import_gives_what_adding_by_hand_gives(empty: WritableLedger, tmp_path: Path) -> None:
    bring_in(empty, bundle())
    with closing(WritableLedger(tmp_path / "by-hand.db", create=True)) as by_hand:
        with change(by_hand):
            for company in bundle().companies():
                by_hand.add_company(company)
            for told in bundle().sources():
                by_hand.keep_source(told)
            for made in bundle().deals():
                by_hand.add_deal(made)
        for number in (1, 2):
            assert replace(by_hand.get(number), links=()) == replace(empty.get(number), links=())
            assert by_hand.get(number).facts == empty.get(number).facts


def test_what_the_ledger_holds_differently_is_kept_and_named(empty: WritableLedger) -> None:
    bring_in(empty, bundle())
    with change(empty):
        empty.edit_deal(1, {"note": "seen by me"})
        empty.add_alias("geost", Alias("Geost Inc", "legal"))
        empty.edit_source(PRESS._replace(reliability="C"))
    assert again(empty, bundle()) == {"companies": ["geost"], "sources": ["s-0001"], "deals": ["rocket-lab-geost-2025"]}


@pytest.mark.parametrize(
    "edit",
    [
        lambda ledger: ledger.add_event(1, event("2025-08-12", "completed")),
        lambda ledger: ledger.edit_event(1, SIGNED._replace(credibility=2)),
        lambda ledger: ledger.edit_event(1, SIGNED._replace(dollars=None, value=amount(46, "EUR"))),
        lambda ledger: ledger.edit_event(1, SIGNED._replace(source=None)),
        lambda ledger: ledger.remove_party(1, "geost", "target"),
        lambda ledger: ledger.add_party(1, "geost", "seller"),
        lambda ledger: ledger.edit_deal(1, {"core_space": 0}),
    ],
)
def test_whatever_was_changed_of_a_deal_counts_as_a_difference(empty: WritableLedger, edit: object) -> None:
    bring_in(empty, bundle())
    with change(empty):
        edit(empty)  # type: ignore[operator]  # one of the lambdas above
    assert again(empty, bundle()) == {"deals": ["rocket-lab-geost-2025"]}


def test_only_what_is_new_of_a_larger_data_set_comes_in(empty: WritableLedger) -> None:
    bring_in(empty, bundle())
    larger = bundle()
    larger.of_companies.append(Company("spacex", "SpaceX"))
    larger.of_deals.append(draft(("spacex", "buyer"), events=[HEARD._replace(n=7)], slug="spacex-2025", title="New"))
    larger.of_links.append(("spacex-2025", "competes-with", "rocket-lab-geost-2025"))
    outcome = bring_in(empty, larger)
    assert outcome.new == {"companies": 1, "sources": 0, "deals": 1, "events": 1, "rates": 0}
    assert outcome.same == {"companies": 3, "sources": 2, "deals": 2}
    assert empty.get(3).events[0].n == 7
    assert [(link.relation, link.other_id) for link in empty.get(3).links] == [("competes-with", 1)]
    assert empty.counts()["link"] == 2
    assert faults(empty) == []


def test_a_page_known_by_its_address_is_one_source_and_its_facts_are_the_ledgers(empty: WritableLedger) -> None:
    known = PRESS._replace(key="s-0009", published=event("2025-12-03").date, via="WSJ", publisher="SpaceNews")
    with change(empty):
        empty.keep_source(known)
    outcome = bring_in(empty, bundle())
    assert outcome.new["sources"] == 1
    assert outcome.kept["sources"] == ["s-0009"]
    assert empty.get(1).events[0].source == known
    assert faults(empty) == []


def test_a_key_that_another_page_has_is_replaced_by_a_new_one(empty: WritableLedger) -> None:
    with change(empty):
        empty.keep_source(source("s-0001", "https://example.com/other"))
    outcome = bring_in(empty, bundle())
    assert outcome.kept["sources"] == []
    read_in = empty.get(1).events[0].source
    assert read_in == PRESS._replace(key="s-0002")
    assert again(empty, bundle()) == {}
    assert faults(empty) == []


def test_two_names_of_one_page_in_a_data_set_are_one_source(empty: WritableLedger) -> None:
    twice = bundle()
    relay = PRESS._replace(key="s-0002")
    twice.of_sources.append(relay)
    denied = event("2025-05-27", "denied", n=2, source=relay)
    twice.of_deals[0] = twice.of_deals[0]._replace(events=(SIGNED, denied))
    bring_in(empty, twice)
    assert empty.counts()["source"] == 2
    assert faults(empty) == []


def test_a_figure_in_dollars_that_the_page_states_beats_a_rate(empty: WritableLedger) -> None:
    stated = bundle()
    told = SIGNED._replace(dollars=Dollars(50_00, 50_00, "stated"))
    stated.of_deals[0] = stated.of_deals[0]._replace(events=(told,))
    bring_in(empty, stated)
    assert empty.get(1).events[0].dollars == Dollars(50_00, 50_00, "stated")


def test_correcting_an_event_read_on_paper_makes_no_second_source(empty: WritableLedger) -> None:
    bring_in(empty, bundle())
    with change(empty):
        empty.edit_event(2, empty.get(2).events[0]._replace(summary="overheard"))
    assert empty.counts()["source"] == 2
    assert empty.get(2).events[0].source == REPORT


def test_an_import_that_breaks_off_keeps_nothing(empty: WritableLedger) -> None:
    with change(empty):
        empty.add_company(Company("spacex", "SpaceX"))
    broken = bundle()
    broken.of_deals.append(draft(("nobody", "buyer"), events=[HEARD], slug="nobody-2025", title="Of nobody"))
    before = dump(empty)
    with pytest.raises(Exception, match="NOT NULL"):
        bring_in(empty, broken)
    assert dump(empty) == before
    bring_in(empty, bundle())


def left_out(ledger: WritableLedger) -> dict[str, int]:
    """Which deals of the bundle an import leaves out, each with the change that removed it; nothing of it is kept."""
    with pytest.raises(NothingChanged), ledger.recording(by="ada", at=AT, command="", action="", dry_run=True):
        outcome = take_in(ledger, bundle(), AT)
    return outcome.removed


def test_what_was_removed_by_hand_is_left_out_until_that_is_undone(empty: WritableLedger) -> None:
    bring_in(empty, bundle())
    with change(empty, "rm") as gone:
        empty.remove_deal(1)
    assert left_out(empty) == {"rocket-lab-geost-2025": gone}
    back = undo(empty, gone)
    assert left_out(empty) == {}
    gone_again = undo(empty, back)
    assert left_out(empty) == {"rocket-lab-geost-2025": gone_again}


def test_what_went_because_its_import_was_undone_may_come_in_again(empty: WritableLedger) -> None:
    with change(empty, "import") as imported:
        take_in(empty, bundle(), AT)
    gone = undo(empty, imported)
    assert left_out(empty) == {}
    undo(empty, undo(empty, gone))
    assert left_out(empty) == {}


def test_what_is_there_under_its_slug_is_not_gone(empty: WritableLedger) -> None:
    bring_in(empty, bundle())
    with change(empty, "rm"):
        empty.remove_deal(1)
    with change(empty, "rename"):
        empty.edit_deal(2, {"slug": "rocket-lab-geost-2025"})
    assert left_out(empty) == {}
