"""Looking back: what had happened and was public by a day, and what this ledger had recorded by one."""

import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ledger.conftest import change, draft, event, picture, source, undo

from dealtrack.domain.company import Alias, Company
from dealtrack.domain.event import Event
from dealtrack.domain.fold import fold
from dealtrack.domain.query import PartyTest, Query
from dealtrack.ledger import rows
from dealtrack.ledger.identity import NoSuchDeal
from dealtrack.ledger.ledger import Ledger
from dealtrack.ledger.past import Past, counts_by
from dealtrack.ledger.writing import WritableLedger

DAYS = [date(2014, 12, 31), date(2019, 12, 31), date(2022, 6, 30), date(2025, 12, 3), date(2026, 7, 1)]


def looked_at(path: Path, past: Past) -> "closing[Ledger]":
    return closing(Ledger(path, past))


# --- as of --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "day", "counts"),
    [
        (event("2025-05-27"), date(2025, 5, 26), False),
        (event("2025-05-27"), date(2025, 5, 27), True),
        (event("2025"), date(2025, 1, 1), True),
        (event("2025"), date(2024, 12, 31), False),
        (event("../2025"), date(2025, 12, 30), False),
        (event("../2025"), date(2025, 12, 31), True),
        (event("../2025", source=source(published="2024-06-02")), date(2024, 6, 1), False),
        (event("../2025", source=source(published="2024-06-02")), date(2024, 6, 2), True),
        (event("../2025", source=source(published="../2024")), date(2024, 6, 2), False),
        (event("../2025", source=source(published="../2024")), date(2024, 12, 31), True),
        (event("2025-05-27", source=source(published="2025-06-02")), date(2025, 6, 1), False),
        (event("2025-05-27", source=source(published="2025-06-02")), date(2025, 6, 2), True),
        (event("2025-05-27", source=source(published=None)), date(2025, 5, 27), True),
        (event("2025-05-27", source=source(published="2025-05")), date(2025, 5, 26), False),
    ],
)
def test_an_event_counts_when_it_was_dated_and_public(told: Event, day: date, *, counts: bool) -> None:
    assert counts_by(told, day) is counts


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_listing_of_a_past_day_is_a_fold_of_what_counted(day: date, bundled: WritableLedger) -> None:
    expected: dict[int, tuple[Any, ...]] = {}
    for deal_id in bundled.ids(Query()):
        counted = [one for one in bundled.get(deal_id).events if counts_by(one, day)]
        if counted:
            expected[deal_id] = rows.fact_cells(fold(counted))
    with looked_at(bundled.path, Past(as_of=day)) as ledger:
        found = {row["id"]: tuple(row[name] for name in rows.FACT_COLUMNS) for row in ledger.select(Query())}
        assert found == expected
        assert ledger.tally(Query()).deals == len(expected)
        for deal_id in list(expected)[::10]:
            assert rows.fact_cells(ledger.get(deal_id).facts) == expected[deal_id]


def test_a_deal_that_nobody_had_heard_of_is_not_there(bundled: WritableLedger) -> None:
    stoke = bundled.find("openai-stoke-space-2025")
    with looked_at(bundled.path, Past(as_of=date(2024, 1, 1))) as ledger:
        with pytest.raises(NoSuchDeal, match="nothing was heard of deal"):
            ledger.get(stoke)
        assert stoke not in ledger.ids(Query())
        assert list(ledger.packaged("deals", Query(ids=(stoke,)))) == []


def test_words_are_those_of_the_day(bundled: WritableLedger) -> None:
    assert bundled.ids(Query(words=("fizzled",))) == [bundled.find("openai-stoke-space-2025")]
    with looked_at(bundled.path, Past(as_of=date(2025, 11, 30))) as ledger:
        assert ledger.ids(Query(words=("fizzled",))) == []
        assert len(ledger.ids(Query(words=("Stoke",)))) == 3


def test_a_past_day_reads_the_same_whatever_is_recorded_later_of_later_days(bundled: WritableLedger) -> None:
    def told() -> list[tuple[Any, ...]]:
        with looked_at(bundled.path, Past(as_of=date(2025, 12, 31))) as ledger:
            return [tuple(row[name] for name in rows.FACT_COLUMNS) for row in ledger.select(Query())]

    before = told()
    with change(bundled, "news"):
        for deal_id in bundled.ids(Query())[:50]:
            bundled.add_event(deal_id, event("2026-11-01", "terminated", credibility=1))
    assert told() == before


# --- known on -----------------------------------------------------------------------------------


Step = Callable[[WritableLedger], None]


def _add(ledger: WritableLedger) -> None:
    signed = event("2025-05-27", "agreed", source=source(url="https://example.com/pr"))
    ledger.add_deal(draft(("rocket-lab", "buyer"), ("geost", "target"), events=[signed]))


def _update(ledger: WritableLedger) -> None:
    ledger.add_event(1, event("2025-08-12", "completed", summary="later"))
    ledger.add_event(1, event("2025-08-13", "talks", credibility=5))


def _pin_and_remove_an_event(ledger: WritableLedger) -> None:
    ledger.set_pin(1, "status", 1)
    ledger.remove_event(1, 3)


def _edit(ledger: WritableLedger) -> None:
    ledger.edit_deal(1, {"title": "Rocket Lab buys Geost", "note": "later"})
    told = ledger.get(1).events[0]
    assert told.source is not None
    ledger.edit_source(told.source._replace(publisher="SpaceNews"))


def _found_and_alias(ledger: WritableLedger) -> None:
    ledger.add_company(Company("spacex", "SpaceX"))
    ledger.add_alias("geost", Alias("Later Optics", "former"))
    ledger.add_party(1, "spacex", "adviser")


def _another(ledger: WritableLedger) -> None:
    ledger.add_deal(draft(("spacex", "buyer"), ("mynaric", "target"), events=[event("2026-01", "rumored")]))


def _remove(ledger: WritableLedger) -> None:
    ledger.remove_deal(1)


STEPS: tuple[Step, ...] = (_add, _update, _pin_and_remove_an_event, _edit, _found_and_alias, _another, _remove)


def test_known_on_a_day_reads_as_a_copy_of_the_file_made_then(ledger: WritableLedger, tmp_path: Path) -> None:
    """A change a day, then undos of some, each day's end copied; later every day is looked back at."""
    copies: dict[date, Path] = {}

    def copied(number: int) -> None:
        day = date(2026, 4, number)
        copies[day] = tmp_path / f"{day}.db"
        shutil.copy(ledger.path, copies[day])

    for number, step in enumerate(STEPS, 1):
        with change(ledger, step.__name__, at=f"2026-04-{number:02}T12:00:00Z"):
            step(ledger)
        copied(number)
    latest = ledger.log(1)[0].id
    for number, target in ((8, latest), (9, latest - 1), (10, latest + 2), (11, latest + 1)):
        undo(ledger, target, at=f"2026-04-{number:02}T12:00:00Z")
        copied(number)
    for day, copy in copies.items():
        with closing(Ledger(copy)) as then, looked_at(ledger.path, Past(known_on=day)) as now:
            assert picture(now) == picture(then), day


def test_before_the_first_change_nothing_was_known(bundled: WritableLedger) -> None:
    with looked_at(bundled.path, Past(known_on=date(2020, 1, 1))) as ledger:
        assert ledger.ids(Query()) == []
        assert list(ledger.companies()) == []


def test_both_clocks_together(ledger: WritableLedger) -> None:
    with change(ledger, "add", at="2026-04-01T12:00:00Z"):
        _add(ledger)
    with change(ledger, "update", at="2026-04-02T12:00:00Z"):
        _update(ledger)
    for known_on, as_of, status in (
        (date(2026, 4, 1), date(2026, 4, 1), "agreed"),
        (date(2026, 4, 2), date(2026, 4, 1), "completed"),
        (date(2026, 4, 2), date(2025, 8, 11), "agreed"),
        (date(2026, 4, 2), date(2025, 5, 26), None),
    ):
        with looked_at(ledger.path, Past(as_of, known_on)) as back:
            assert [row["status"] for row in back.select(Query())] == ([status] if status else [])


def test_looking_back_writes_nothing(bundled: WritableLedger) -> None:
    before = bundled.path.read_bytes()
    with looked_at(bundled.path, Past(date(2020, 1, 1), date(2026, 3, 15))) as ledger:
        assert ledger.ids(Query(parties=(PartyTest(("spacex",)),)))
        assert ledger.tally(Query(words=("launch",))).deals
    assert bundled.path.read_bytes() == before
