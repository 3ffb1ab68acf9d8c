"""Undo: a change taken back leaves what was there before, and what cannot be taken back says why."""

from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest
from ledger.conftest import AT, Bundle, amount, bring_in, change, draft, dump, event, faults, source, undo

from dealtrack.domain.company import Alias, Company
from dealtrack.domain.draft import Draft
from dealtrack.domain.query import Query
from dealtrack.ledger.identity import NoSuchChange
from dealtrack.ledger.writing import NothingChanged, WritableLedger

LATER = "2026-03-16T12:00:00Z"


def geost(**rest: object) -> Draft:
    signed = event("2025-05-27", "agreed", value=amount(275_000_000), source=source(url="https://example.com/pr"))
    return draft(("rocket-lab", "buyer"), ("geost", "target"), events=[signed], **rest)


def mynaric() -> Draft:
    return draft(("rheinmetall", "buyer"), ("mynaric", "target"), events=[event("2026-01", "rumored")])


@pytest.fixture
def deal(ledger: WritableLedger) -> int:
    with change(ledger, "add geost"):
        return ledger.add_deal(geost())


def last(ledger: WritableLedger) -> int:
    return ledger.log(1)[0].id


def test_undoing_a_new_deal_leaves_nothing_of_it(ledger: WritableLedger) -> None:
    before = dump(ledger)
    with change(ledger, "add geost") as added:
        ledger.add_deal(geost())
    undo(ledger, added)
    assert dump(ledger) == before
    assert not faults(ledger)


def test_undoing_a_removal_brings_the_deal_back_whole(ledger: WritableLedger, deal: int) -> None:
    with change(ledger, "update geost"):
        ledger.add_event(deal, event("2025-08-12", "completed"))
        ledger.set_pin(deal, "status", 1)
    before, whole = dump(ledger), ledger.get(deal)
    with change(ledger, "rm geost", at=LATER) as removed:
        ledger.remove_deal(deal)
    assert ledger.counts()["deal"] == 0
    undo(ledger, removed, at=LATER)
    assert dump(ledger) == before
    assert ledger.get(deal) == whole


def test_an_undo_can_be_undone_again_and_again(ledger: WritableLedger, deal: int) -> None:
    without = dump(ledger)
    with change(ledger, "update geost", at=LATER) as latest:
        ledger.add_event(deal, event("2025-08-12", "completed"))
    with_it = dump(ledger)
    for expected in (without, with_it, without, with_it):
        latest = undo(ledger, latest)
        assert dump(ledger) == expected
        assert not faults(ledger)


def test_a_party_taken_out_and_let_in_again_can_be_undone_again_and_again(ledger: WritableLedger, deal: int) -> None:
    once = dump(ledger)
    with change(ledger, "edit geost") as latest:
        ledger.remove_party(deal, "geost", "target")
        ledger.add_party(deal, "geost", "target")
    twice = dump(ledger)
    for expected in (once, twice, once, twice):
        latest = undo(ledger, latest)
        assert dump(ledger) == expected


def test_undoing_an_import_removes_all_that_it_brought(ledger: WritableLedger) -> None:
    before = dump(ledger)
    incoming = geost(slug="rocket-lab-geost-2025", title="Rocket Lab buys Geost")
    numbered = incoming._replace(events=tuple(e._replace(n=1) for e in incoming.events))
    bring_in(ledger, Bundle([Company("spacex", "SpaceX", aliases=(Alias("Starlink", "brand"),))], [], [numbered]))
    undo(ledger, last(ledger))
    assert dump(ledger) == before


def test_an_event_that_was_built_on_stays_and_the_change_in_the_way_is_named(ledger: WritableLedger, deal: int) -> None:
    added = last(ledger)
    with change(ledger, "update geost", at=LATER) as updated:
        ledger.add_event(deal, event("2025-08-12", "completed"))
    before = dump(ledger)
    with pytest.raises(NoSuchChange) as refused:
        undo(ledger, added)
    assert refused.value.what == f"change {added} cannot be undone: change {updated} (update geost) builds on it"
    assert refused.value.hint == f"undo that first: dealtrack undo {updated}"
    assert dump(ledger) == before
    assert last(ledger) == updated


def test_a_company_that_takes_part_in_a_deal_stays(ledger: WritableLedger) -> None:
    with change(ledger, "company add spacex") as founded:
        ledger.add_company(Company("spacex", "SpaceX"))
    with change(ledger, "add spacex deal") as added:
        ledger.add_deal(draft(("spacex", "buyer"), ("mynaric", "target"), events=[event("2025", "rumored")]))
    why = rf"change {founded} cannot be undone: change {added} \(add spacex deal\)"
    with pytest.raises(NoSuchChange, match=why):
        undo(ledger, founded)
    # Whoever is to be asked is told so before.
    with pytest.raises(NoSuchChange, match=why):
        ledger.refuse_impossible_undo(founded)
    undo(ledger, added)
    ledger.refuse_impossible_undo(founded)


def test_a_pin_cannot_come_back_to_an_event_that_is_gone(ledger: WritableLedger, deal: int) -> None:
    with change(ledger, at=LATER):
        second = ledger.add_event(deal, event("2025-08-12", "completed"))
        ledger.set_pin(deal, "status", second)
    with change(ledger, at=LATER) as unpinned:
        ledger.set_pin(deal, "status", None)
    with change(ledger, "rm event", at=LATER) as removal:
        ledger.remove_event(deal, second)
    with pytest.raises(NoSuchChange) as refused:
        undo(ledger, unpinned)
    assert refused.value.what == f"change {unpinned} cannot be undone: change {removal} (rm event) builds on it"
    undo(ledger, removal)
    undo(ledger, unpinned)
    assert ledger.get(deal).pins == {"status": second}
    assert faults(ledger) == []


def test_a_party_cannot_come_back_to_a_company_that_is_gone(ledger: WritableLedger, deal: int) -> None:
    with change(ledger, "company add spacex") as founded:
        ledger.add_company(Company("spacex", "SpaceX"))
    with change(ledger, "let spacex in") as let_in:
        ledger.add_party(deal, "spacex", "investor")
    with change(ledger, "take spacex out") as taken_out:
        ledger.remove_party(deal, "spacex", "investor")
    gone = undo(ledger, founded)
    with pytest.raises(NoSuchChange, match=f"change {taken_out} cannot be undone: change {gone} "):
        undo(ledger, taken_out)
    undo(ledger, gone)
    undo(ledger, taken_out)
    undo(ledger, let_in)


def test_what_went_and_came_before_is_not_blamed_for_what_is_gone_now(ledger: WritableLedger, deal: int) -> None:
    with change(ledger, "company add spacex") as founded:
        ledger.add_company(Company("spacex", "SpaceX"))
    with change(ledger, "let spacex in") as let_in:
        ledger.add_party(deal, "spacex", "investor")
    out = undo(ledger, let_in)
    undo(ledger, undo(ledger, out))
    gone = undo(ledger, founded)
    with pytest.raises(NoSuchChange, match=f"change {out} cannot be undone: change {gone} "):
        undo(ledger, out)


def test_a_removal_taken_back_is_not_blamed_for_what_it_removed(ledger: WritableLedger, deal: int) -> None:
    with change(ledger, "update geost", at=LATER) as updated:
        ledger.add_event(deal, event("2025-08-12", "talks", credibility=5))
    with change(ledger, "pin", at=LATER) as pinned:
        ledger.set_pin(deal, "status", 1)
        ledger.set_pin(deal, "status", 2)
    with change(ledger, "rm geost", at=LATER) as removed:
        ledger.remove_deal(deal)
    undo(ledger, removed)
    with pytest.raises(NoSuchChange, match=f"change {updated} cannot be undone: change {pinned} "):
        undo(ledger, updated)
    undo(ledger, pinned)
    undo(ledger, updated)
    assert faults(ledger) == []


def test_a_removed_deal_cannot_come_back_while_another_goes_by_its_slug(ledger: WritableLedger, deal: int) -> None:
    with change(ledger, "rm geost") as removed:
        ledger.remove_deal(deal)
    with change(ledger, "add geost again") as again:
        other = ledger.add_deal(geost())
    if ledger.get(other).slug == "rocket-lab-geost-2025":
        with pytest.raises(NoSuchChange, match=f"change {removed} cannot be undone: change {again} "):
            undo(ledger, removed)
        undo(ledger, again)
    undo(ledger, removed)
    assert ledger.get(deal).slug == "rocket-lab-geost-2025"
    assert not faults(ledger)


def _company(ledger: WritableLedger, _: int) -> None:
    ledger.add_company(Company("spacex", "SpaceX"))


def _deal(ledger: WritableLedger, _: int) -> None:
    ledger.add_deal(mynaric())


def _pin(ledger: WritableLedger, _: int) -> None:
    ledger.set_pin(1, "status", 1)


def _link(ledger: WritableLedger, _: int) -> None:
    ledger.journal.insert("link", {"deal_id": 1, "related_id": 2, "relation": "follows"})


def _page_of_one_address(ledger: WritableLedger, time: int) -> None:
    ledger.keep_source(source(f"page-{time}", url="https://example.com/a"))


def _page_of_one_key(ledger: WritableLedger, time: int) -> None:
    ledger.keep_source(source("page", url=f"https://example.com/{time}"))


@pytest.mark.parametrize("made", [_company, _deal, _pin, _link, _page_of_one_address, _page_of_one_key])
def test_what_was_made_again_stands_in_the_way_of_what_it_is_like(
    made: Callable[[WritableLedger, int], None], ledger: WritableLedger, deal: int
) -> None:
    with change(ledger, "another"):
        other = ledger.add_deal(draft(("mynaric", "buyer"), ("geost", "target"), events=[event("2026", "talks")]))
    with change(ledger, "once") as once:
        made(ledger, 1)
    gone = undo(ledger, once)
    with change(ledger, "again") as again:
        made(ledger, 2)
    before = dump(ledger)
    with pytest.raises(NoSuchChange, match=rf"change {gone} cannot be undone: change {again} \(again\)"):
        undo(ledger, gone)
    assert dump(ledger) == before
    assert (deal, other) == (1, 2)


def test_a_party_taken_out_cannot_come_back_beside_itself(ledger: WritableLedger, deal: int) -> None:
    with change(ledger, "take geost out") as taken_out:
        ledger.remove_party(deal, "geost", "target")
    with change(ledger, "let geost in") as let_in:
        ledger.add_party(deal, "geost", "target")
    with pytest.raises(NoSuchChange, match=f"change {taken_out} cannot be undone: change {let_in} "):
        undo(ledger, taken_out)


def test_facts_read_in_a_corrected_source_never_go_stale(ledger: WritableLedger, deal: int) -> None:
    read_in = ledger.get(deal).events[0].source
    assert read_in is not None
    with change(ledger, "edit source", at=LATER) as corrected:
        ledger.edit_source(read_in._replace(publisher="SpaceNews", published=event("2025-06-01").date))
    with change(ledger, "add mynaric", at=LATER) as added:
        also_told = event("2025-03", "rumored", source=source(url=read_in.url))
        ledger.add_deal(draft(("rheinmetall", "buyer"), ("mynaric", "target"), events=[also_told]))
    try:
        undo(ledger, corrected)
    except NoSuchChange as refused:
        assert f"change {added} " in refused.what  # noqa: PT017 - refused or in step: both are sound
    assert not faults(ledger)


def test_two_changes_within_one_second_leave_no_stale_facts(ledger: WritableLedger, deal: int) -> None:
    with change(ledger, "doubt the signing"):
        ledger.edit_event(deal, ledger.get(deal).events[0]._replace(credibility=6))
    with change(ledger, "believe it") as believed:
        ledger.edit_event(deal, ledger.get(deal).events[0]._replace(credibility=2))
    with change(ledger, "add a doubtful denial") as doubtful:
        ledger.add_event(deal, event("2025-05-26", "denied", credibility=5))
    try:
        undo(ledger, believed)
    except NoSuchChange as refused:
        assert f"change {doubtful} " in refused.what  # noqa: PT017 - refused or in step: both are sound
    assert not faults(ledger)


def test_a_party_let_in_and_out_within_one_second_is_not_found(ledger: WritableLedger, deal: int) -> None:
    before = dump(ledger)
    with change(ledger, "let mynaric in") as let_in:
        ledger.add_party(deal, "mynaric", "adviser")
    assert ledger.ids(Query(words=("mynaric",))) == [deal]
    undo(ledger, let_in)
    assert dump(ledger) == before
    assert not faults(ledger)


def test_what_was_before_is_kept_in_one_way_whether_row_by_row_or_many_at_once(ledger: WritableLedger) -> None:
    with change(ledger, "add élan") as added:
        first = ledger.add_deal(geost(title="Élan", note="a, b: 🚀"))
    with change(ledger, "rm") as one_by_one:
        ledger.remove_deal(first)
    undo(ledger, one_by_one)
    at_once = undo(ledger, added)
    images = "SELECT before FROM change_altered WHERE change_id = ? AND of_table = 'deal'"
    kept = [ledger.connection.execute(images, (number,)).fetchone()[0] for number in (one_by_one, at_once)]
    assert kept[0] == kept[1]


def test_a_change_is_undone_once(ledger: WritableLedger, deal: int) -> None:
    with change(ledger, "pin", at=LATER) as pinned:
        ledger.set_pin(deal, "status", 1)
    taken_back = undo(ledger, pinned)
    with pytest.raises(NoSuchChange) as refused:
        undo(ledger, pinned)
    assert refused.value.what == f"change {pinned} is already undone, by change {taken_back}"
    assert refused.value.hint == f"to bring it back: dealtrack undo {taken_back}"


@pytest.mark.parametrize("number", [0, -1, 99, 2**62])
def test_a_change_that_never_was_cannot_be_undone(ledger: WritableLedger, number: int) -> None:
    with pytest.raises(NoSuchChange, match=f"there is no change {number}"):
        undo(ledger, number)


def test_numbers_are_never_given_twice(ledger: WritableLedger, deal: int) -> None:
    with change(ledger, "update geost") as updated:
        assert ledger.add_event(deal, event("2025-08-12", "completed")) == 2
    undo(ledger, updated)
    with change(ledger, "update geost"):
        assert ledger.add_event(deal, event("2025-08-13", "completed")) == 3
    with change(ledger, "edit geost"):
        ledger.remove_event(deal, 3)
        assert ledger.add_event(deal, event("2025-08-14", "completed")) == 4
    with change(ledger, "add mynaric") as added:
        other = ledger.add_deal(mynaric())
    undo(ledger, added)
    with change(ledger, "add mynaric"):
        assert ledger.add_deal(mynaric()) > other


def test_a_change_that_does_nothing_is_not_kept(ledger: WritableLedger, deal: int) -> None:
    before, latest = dump(ledger), last(ledger)
    with pytest.raises(NothingChanged), change(ledger, "edit geost", at=LATER):  # noqa: PT012 - raised at its end
        assert not ledger.edit_event(deal, ledger.get(deal).events[0])
        assert not ledger.edit_deal(deal, {"note": None})
        ledger.remove_party(deal, "mynaric", "target")
        ledger.set_pin(deal, "value", None)
    assert (dump(ledger), last(ledger)) == (before, latest)


def test_a_dry_run_and_a_failure_keep_nothing(ledger: WritableLedger) -> None:
    before, latest = dump(ledger), last(ledger)
    with (
        pytest.raises(NothingChanged),
        ledger.recording(by="ada", at=AT, command="dealtrack add", action="add", dry_run=True),
    ):
        ledger.add_deal(geost())
    with pytest.raises(KeyboardInterrupt), change(ledger, "add geost"):  # noqa: PT012 - interrupted within
        ledger.add_deal(geost())
        raise KeyboardInterrupt
    assert (dump(ledger), last(ledger)) == (before, latest)


def test_what_is_tried_without_a_ledger_makes_none(tmp_path: Path) -> None:
    with (
        closing(WritableLedger(tmp_path / "new" / "deals.db", create="for a try")) as tried,
        suppress(NothingChanged),
        tried.recording(by="ada", at=AT, command="dealtrack add", action="add", dry_run=True),
    ):
        for name in ("Rocket Lab", "Geost"):
            tried.add_company(Company(name.lower().replace(" ", "-"), name))
        assert tried.get(tried.add_deal(geost())).headline == "Rocket Lab -> Geost"
        assert list(tmp_path.iterdir()) == []
    assert list(tmp_path.iterdir()) == []


def test_the_log_tells_who_undid_what(ledger: WritableLedger, deal: int) -> None:
    with change(ledger, "rm geost") as removed:
        ledger.remove_deal(deal)
    first = undo(ledger, removed)
    second = undo(ledger, first)
    told = {c.id: (c.action, c.undoes, c.undone_by) for c in ledger.log(3)}
    assert told == {
        removed: ("rm geost", None, None),
        first: (f"undo {removed}", removed, second),
        second: (f"undo {first}", first, None),
    }


def test_the_log_of_a_deal_tells_of_its_sources_and_of_links_to_it(ledger: WritableLedger, deal: int) -> None:
    with change(ledger, "another", at=LATER):
        other = ledger.add_deal(mynaric())
    with change(ledger, "link", at=LATER) as linked:
        ledger.journal.insert("link", {"deal_id": other, "related_id": deal, "relation": "follows"})
    told = next(e.source for e in ledger.get(deal).events if e.source)
    with change(ledger, "correct", at=LATER) as corrected:
        ledger.edit_source(told._replace(publisher="Some Paper"))
    with change(ledger, "correct again", at=LATER) as again:
        ledger.edit_source(told._replace(publisher="Some Paper", via="A Wire"))
    assert [c.id for c in ledger.log(deal=deal)][:3] == [again, corrected, linked]
    assert next(w.subject for w in ledger.writings(corrected, deal)) == f"source {told.key}"
    assert [w.fields for w in ledger.writings(again, deal)] == [(("via", None, "A Wire"),)]
    assert [w.subject for w in ledger.writings(linked, deal)] == [f"link of deals {other} and {deal}"]


def test_the_log_of_a_company_tells_of_its_names_and_of_every_deal_it_is_or_was_in(
    ledger: WritableLedger, deal: int
) -> None:
    founded, entered = 1, last(ledger)
    with change(ledger, "alias", at=LATER) as named:
        ledger.add_alias("mynaric", Alias("Mynaric AG", "legal"))
    with change(ledger, "let in", at=LATER) as let_in:
        ledger.add_party(deal, "mynaric", "adviser")
    with change(ledger, "news", at=LATER) as news:
        ledger.add_event(deal, event("2025-08-12", "completed"))
    with change(ledger, "let out", at=LATER) as let_out:
        ledger.remove_party(deal, "mynaric", "adviser")
    with change(ledger, "of others", at=LATER) as others:
        ledger.add_deal(draft(("rheinmetall", "buyer"), ("rocket-lab", "target"), events=[event("2026-01", "rumored")]))
    assert [c.id for c in ledger.log(company="mynaric")] == [let_out, news, let_in, named, entered, founded]
    assert [c.id for c in ledger.log(company="rheinmetall")] == [others, founded]
