"""That somebody looked and nothing was new: kept, undone, looked back at, and taken along like everything else."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from ledger.conftest import AT, change, draft, event, faults, kept, undo

from dealtrack.domain.company import Company
from dealtrack.domain.query import Query
from dealtrack.exchange.package import open_package
from dealtrack.exchange.packing import into_folder
from dealtrack.ledger.intake import take_in
from dealtrack.ledger.ledger import Ledger
from dealtrack.ledger.past import Past
from dealtrack.ledger.writing import NothingChanged, WritableLedger

EARLY, LATE = date(2026, 1, 15), date(2026, 3, 1)


@pytest.fixture
def looked(path: Path) -> Iterator[WritableLedger]:
    """A ledger with a deal that was looked at twice."""
    with closing(WritableLedger(path, create=True)) as ledger:
        with change(ledger):
            ledger.add_company(Company("geost", "Geost"))
            ledger.add_deal(draft(("geost", "target"), events=[event("2025-05-27", "agreed")]))
        for day, at in ((LATE, "2026-03-16T12:00:00Z"), (EARLY, "2026-03-17T12:00:00Z")):
            with change(ledger, at=at):
                assert ledger.add_look(1, day)
        yield ledger


def checked(ledger: Ledger) -> list[str | None]:
    return [row["checked"] for row in ledger.select(Query())]


def test_the_latest_look_is_what_a_deal_was_checked_last(looked: WritableLedger) -> None:
    assert looked.get(1).looks == (EARLY, LATE)
    assert looked.get(1).checked == LATE
    assert checked(looked) == ["2026-03-01"]
    assert looked.get(1).facts.last_heard == event("2025-05-27").date


def test_the_same_look_is_recorded_once(looked: WritableLedger) -> None:
    with pytest.raises(NothingChanged), change(looked):
        assert not looked.add_look(1, LATE)


def test_looks_are_undone_and_brought_back(looked: WritableLedger) -> None:
    before = kept(looked)
    undone = undo(looked, 2)
    assert looked.get(1).looks == (EARLY,)
    undo(looked, undone)
    assert kept(looked) == before
    assert faults(looked) == []


def test_a_removed_deal_takes_its_looks_along_and_brings_them_back(looked: WritableLedger) -> None:
    before = kept(looked)
    with change(looked) as removal:
        looked.remove_deal(1)
    assert looked.counts()["look"] == 0
    undo(looked, removal)
    assert kept(looked) == before


@pytest.mark.parametrize(
    ("past", "expected"),
    [
        (Past(as_of=date(2026, 2, 1)), (EARLY,)),
        (Past(as_of=date(2026, 1, 14)), ()),
        (Past(as_of=LATE), (EARLY, LATE)),
        (Past(known_on=date(2026, 3, 20)), (EARLY, LATE)),
        (Past(known_on=date(2026, 3, 16)), (LATE,)),
        (Past(known_on=date(2026, 3, 15)), ()),
        (Past(known_on=date(2026, 3, 20), as_of=EARLY), (EARLY,)),
        (Past(known_on=date(2026, 3, 16), as_of=EARLY), ()),
    ],
)
def test_the_past_knows_the_looks_of_its_day(
    looked: WritableLedger, path: Path, past: Past, expected: tuple[date, ...]
) -> None:
    del looked
    with closing(Ledger(path, past)) as ledger:
        assert ledger.get(1).looks == expected
        assert checked(ledger) == [str(expected[-1]) if expected else None]


def test_a_package_takes_every_look_along(looked: WritableLedger, tmp_path: Path) -> None:
    into_folder(tmp_path, lambda table: looked.packaged(table, Query()))
    assert "2026-01-15;2026-03-01" in (tmp_path / "deals.csv").read_text()
    with closing(WritableLedger(tmp_path / "other.db", create=True)) as other:
        for times in (1, 2):
            with closing(open_package(tmp_path)) as package:
                try:
                    with change(other):
                        outcome = take_in(other, package, AT)
                except NothingChanged:
                    assert times == 2
        assert outcome.kept["deals"] == []
        assert other.get(1).looks == (EARLY, LATE)
        assert faults(other) == []
