"""Pins, and names without a deal, travel in a package too: an export of everything leaves nothing behind."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from dealtrack.domain.company import Company
from dealtrack.exchange.package import Package, open_package
from dealtrack.ledger.writing import WritableLedger

NewLedger = Callable[[], WritableLedger]
Taken = Callable[[WritableLedger, Package], Any]
Exported = Callable[..., dict[str, bytes]]
Small = Callable[..., Path]
Refused = Callable[[Path], str]

PINNED = ("events.csv", "flags\n", "flags,pins\n"), ("events.csv", "s-0001,2,\n", "s-0001,2,,{}\n")
UNPINNED = ("events.csv", ",,,,3,\n", ",,,,3,,\n")


def pinned(small: Small, facts: str) -> Path:
    header, row = PINNED
    return small(header, (*row[:2], row[2].format(facts)), UNPINNED)


def test_a_pin_comes_back(small: Small, new_ledger: NewLedger, taken: Taken, exported: Exported) -> None:
    ledger = new_ledger()
    with closing(open_package(pinned(small, "status;value"))) as package:
        taken(ledger, package)
    deal = ledger.get(ledger.find("rocket-lab-geost-2025"))
    assert deal.pins == {"status": 1, "value": 1}
    assert deal.facts.status is not None
    assert deal.facts.status.reason == "pinned"
    assert exported(ledger)["events.csv"].splitlines()[1].endswith(b",status;value")


def test_a_pin_to_an_event_that_no_longer_tells_the_fact_comes_back_too(
    small: Small, new_ledger: NewLedger, taken: Taken, exported: Exported, tmp_path: Path
) -> None:
    ledger, again = new_ledger(), new_ledger()
    with closing(open_package(pinned(small, "value"))) as package:
        taken(ledger, package)
    deal_id = ledger.find("rocket-lab-geost-2025")
    with ledger.recording(by="ada", at="2026-03-16T12:00:00Z", command="edit", action="edit"):
        ledger.edit_event(deal_id, ledger.get(deal_id).events[0]._replace(value=None))
    files = exported(ledger, folder=tmp_path / "package")
    with closing(open_package(tmp_path / "package")) as package:
        taken(again, package)
    assert again.get(again.find("rocket-lab-geost-2025")).pins == {"value": 1}
    assert exported(again, folder=tmp_path / "package") == files


def test_a_fact_is_pinned_once(small: Small, refused: Refused) -> None:
    assert refused(pinned(small, "value;status;value")) == "events.csv:2, column pins: value is pinned twice"


def test_a_pin_of_no_fact_is_refused(small: Small, refused: Refused) -> None:
    assert refused(pinned(small, "title")).startswith('events.csv:2, column pins: "title" is not one of status')


def test_everything_includes_a_company_without_a_deal(new_ledger: NewLedger, exported: Exported) -> None:
    ledger = new_ledger()
    with ledger.recording(by="ada", at="2026-03-15T12:00:00Z", command="company add", action="company add"):
        ledger.add_company(Company("lonely", "Lonely Rockets"))
    assert b"\nlonely,Lonely Rockets," in exported(ledger)["companies.csv"]
