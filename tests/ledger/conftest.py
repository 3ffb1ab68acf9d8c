"""Ledgers in real files, and the few words that tests build deals with."""

import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from exchange.conftest import packed
from hypothesis import Phase, settings

from dealtrack.domain.company import Company
from dealtrack.domain.date import from_edtf
from dealtrack.domain.draft import Draft
from dealtrack.domain.event import Event
from dealtrack.domain.kind import Relation
from dealtrack.domain.money import Basis, Money, money
from dealtrack.domain.party import Role
from dealtrack.domain.publisher import Publisher
from dealtrack.domain.query import Choice, Query
from dealtrack.domain.source import Source
from dealtrack.domain.status import Status
from dealtrack.exchange.package import open_package, sample
from dealtrack.exchange.staging import TABLES as PACKAGED
from dealtrack.ledger.intake import DataSet, Outcome, Rate, Tie, take_in
from dealtrack.ledger.journal import TABLES
from dealtrack.ledger.ledger import Ledger
from dealtrack.ledger.soundness import examine_ledger
from dealtrack.ledger.undoing import undo as taken_back
from dealtrack.ledger.writing import WritableLedger

WRITER = Path(__file__).with_name("writer.py")
AT = "2026-03-15T12:00:00Z"

# A fault of one of these codes means that the ledger is not what dealtrack says it is.
OF_THE_LEDGER = frozenset(("file", "reference", "full-text", "journal", "facts", "history", "known-as", "grade"))

# The usual run is short, always the same, and tells of a fault at once; DEALTRACK_EXAMPLES=N searches anew with N
# examples, and makes what it finds small.
_WISHED = os.environ.get("DEALTRACK_EXAMPLES")
_AT_ONCE = (Phase.explicit, Phase.generate)
EXAMPLES = (
    settings(deadline=None, max_examples=int(_WISHED))
    if _WISHED
    else settings(deadline=None, max_examples=25, derandomize=True, database=None, phases=_AT_ONCE)
)


def event(when: str, status: Status | None = None, *, n: int = 0, **rest: Any) -> Event:
    return Event(n=n, date=from_edtf(when), status=status, **rest)


def amount(units: int, currency: str = "USD", digits: int = 2, basis: Basis = "consideration") -> Money:
    minor = units * 10**digits
    return money(minor, minor, currency, digits, "exact", basis=basis, text=f"{currency} {units}")


def source(key: str = "", url: str | None = None, published: str | None = None, **rest: Any) -> Source:
    usual: dict[str, Any] = {"title": None, "publisher": None, "kind": "news", "via": None, "reliability": "B"}
    return Source(key=key, url=url, published=from_edtf(published) if published else None, **(usual | rest))


def draft(*parties: tuple[str, Role], events: Iterable[Event] = (), **rest: Any) -> Draft:
    return Draft(kind=rest.pop("kind", "acquisition"), parties=parties, events=tuple(events), **rest)


@dataclass
class Bundle:
    """A small data set, as `take_in` expects one."""

    of_companies: list[Company] = field(default_factory=list)
    of_sources: list[Source] = field(default_factory=list)
    of_deals: list[Draft] = field(default_factory=list)
    of_links: list[tuple[str, Relation, str]] = field(default_factory=list)
    of_ties: list[Tie] = field(default_factory=list)
    of_rates: list[Rate] = field(default_factory=list)

    def companies(self) -> Iterator[Company]:
        return iter(self.of_companies)

    def sources(self) -> Iterator[Source]:
        return iter(self.of_sources)

    def publishers(self) -> Iterator[Publisher]:
        return iter(())

    def ties(self) -> Iterator[Tie]:
        return iter(self.of_ties)

    def deals(self) -> Iterator[Draft]:
        return iter(self.of_deals)

    def links(self) -> Iterator[tuple[str, Relation, str]]:
        return iter(self.of_links)

    def rates(self) -> Iterator[Rate]:
        return iter(self.of_rates)


@contextmanager
def change(
    ledger: WritableLedger, action: str = "a change", *, at: str = AT, undoes: int | None = None
) -> Iterator[int]:
    """One change, as a command makes it."""
    with ledger.recording(by="ada", at=at, command=f"dealtrack {action}", action=action, undoes=undoes) as change_id:
        yield change_id


def make(path: Path) -> None:
    """A ledger that knows one company; there is none without a first change."""
    with closing(WritableLedger(path, create=True)) as made, change(made, "company add astra"):
        made.add_company(Company("astra", "Astra"))


def undo(ledger: WritableLedger, target: int, *, at: str = AT) -> int:
    """Take a change back, and return the number of the change that does."""
    with change(ledger, f"undo {target}", at=at, undoes=target) as change_id:
        taken_back(ledger, target)
    return change_id


def bring_in(ledger: WritableLedger, data: DataSet) -> Outcome:
    with change(ledger, "import"):
        return take_in(ledger, data, AT)


Rows = dict[tuple[str, int], tuple[Any, ...]]


def kept(ledger: Ledger) -> Rows:
    """Every row that is kept, by table and id: all that undo must bring back, and nothing of the history."""
    found = {(table, row["id"]): tuple(row) for table in TABLES for row in _rows(ledger, f"SELECT * FROM {table}")}
    indexed = {("deal_text", row["id"]): tuple(row) for row in _rows(ledger, "SELECT rowid AS id, * FROM deal_text")}
    return found | indexed


def _rows(ledger: Ledger, sql: str) -> sqlite3.Cursor:
    return ledger.connection.execute(sql)


def dump(ledger: Ledger) -> str:
    return "\n".join(f"{key} {row}" for key, row in sorted(kept(ledger).items()))


def faults(ledger: Ledger) -> list[str]:
    """What `check` finds wrong with the ledger itself."""
    found = examine_ledger(ledger, date(2026, 11, 1))
    return [f"{f.code}: {f.subject}: {f.sentence}" for f in found if f.code in OF_THE_LEDGER]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deals.db"


@pytest.fixture
def ledger(path: Path) -> Iterator[WritableLedger]:
    """A ledger that knows four companies and no deal."""
    with closing(WritableLedger(path, create=True)) as opened:
        with change(opened, "companies"):
            for name in ("Rocket Lab", "Geost", "Mynaric", "Rheinmetall"):
                opened.add_company(Company("", name))
        yield opened


@pytest.fixture(scope="session")
def _bundled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bundled") / "deals.db"
    with closing(WritableLedger(path, create=True)) as opened, closing(sample()) as package:
        bring_in(opened, package)
    return path


@pytest.fixture
def bundled(_bundled: Path, path: Path) -> Iterator[WritableLedger]:
    """The bundled data set in a ledger of the test's own."""
    shutil.copyfile(_bundled, path)
    with closing(WritableLedger(path)) as opened:
        yield opened


def picture(ledger: Ledger) -> dict[str, Any]:
    """All that a reader can read of deals and companies."""
    queries = [Query(), Query(words=("rocket",)), Query(status=Choice(("agreed", "talks"))), Query(words=("later",))]
    ids = sorted(ledger.ids(Query()))
    return {
        "rows": [[tuple(row) for row in ledger.select(query)] for query in queries],
        "tallies": [ledger.tally(query) for query in queries],
        "deals": [ledger.get(deal_id) for deal_id in ids],
        "companies": [tuple(row) for row in ledger.companies()],
        "package": {table: [tuple(row) for row in ledger.packaged(table, Query())] for table in PACKAGED},
    }


def comes_back(ledger: Ledger, folder: Path) -> None:
    """Exported as a package and taken into an empty ledger, all its deals are exported the same."""
    with closing(WritableLedger(folder / "again.db", create=True)) as again:
        files = packed(ledger, folder / "package", Query())
        with closing(open_package(folder / "package")) as package:
            bring_in(again, package)
        assert faults(again) == []
        assert packed(again, folder / "package", Query()) == files
