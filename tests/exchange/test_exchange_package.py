"""Data packages there and back: what a ledger exports, an empty one takes in, and exports again byte for byte."""

import csv
import io
import socket
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from frictionless import Package as Frictionless

from dealtrack.domain.company import Alias, Company
from dealtrack.domain.date import from_edtf
from dealtrack.domain.deal import Deal
from dealtrack.domain.draft import Draft
from dealtrack.domain.event import Dollars, Event
from dealtrack.domain.money import money
from dealtrack.domain.query import Choice, Query
from dealtrack.domain.source import Source
from dealtrack.domain.stake import stake
from dealtrack.exchange.package import Package, open_package, sample
from dealtrack.exchange.staging import TABLES
from dealtrack.ledger.intake import Outcome
from dealtrack.ledger.writing import NothingChanged, WritableLedger
from dealtrack.text.stakes import read_stake

NewLedger = Callable[[], WritableLedger]
Taken = Callable[[WritableLedger, Package], Outcome]
Exported = Callable[..., dict[str, bytes]]
Zipped = Callable[[WritableLedger, Path], bytes]

# Nothing of these may change on the way, wherever a text is free.
HOSTILE = [
    '"', '""', "'", "a,b", "a;b", "a\tb", "a\nb", "a\r\nb", "a\rb", "\\", "\\n", "\\N", '","', '"\n"', "#", "--", "{}",
    "=1+1", "+1", "-1", "@A1", "'=1", "NULL", "null", "None", "nan", "n/a", "true", "no", "0", "1e9", "s-0001", "a#1",
    "a  b", "a\u00a0b", "a\u0085b", "a\u2028b", "a\x0bb", "a\x1cb", "\x1b[31mred\x1b[0m", "\x07", "\x7f", "\u009b1m",
    "\u202eabc\u202c", "\u200d", "\ufeffa", "e\u0301", "\ufb01", "\u4e09\u83f1", "\u0639\u0631\u0628", "\U0001f680",
    "\U0001f1eb\U0001f1f7", "\U0010ffff", "\uffff", "\ue000", "[link=x]", "[/]", "<script>", "${x}", "%s",
    "'; DROP TABLE deal", "x" * 100_000,
]  # fmt: skip


def deals(ledger: WritableLedger) -> list[Deal]:
    """Every deal, without the numbers that are a ledger's own."""
    wholes = [ledger.get(deal_id) for deal_id in ledger.ids(Query(sort=(("slug", False),)))]
    return [replace(deal, id=0, links=tuple(replace(link, other_id=0) for link in deal.links)) for deal in wholes]


def companies(ledger: WritableLedger) -> list[Company]:
    return [ledger.company(row["slug"]) for row in ledger.companies()]


def rows(files: dict[str, bytes], table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[f"{table}.csv"].decode(), newline="")))


def faults(folder: Path) -> list[list[object]]:
    report = Frictionless(str(folder / "datapackage.json")).validate()
    found: list[list[object]] = report.flatten(["name", "rowNumber", "fieldName", "message"])
    return found


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a package is validated without the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)


# --- there and back -----------------------------------------------------------------------------


def test_the_sample_comes_back_byte_for_byte_from_a_folder(
    sampled: WritableLedger, new_ledger: NewLedger, taken: Taken, exported: Exported, tmp_path: Path
) -> None:
    first = exported(sampled)
    again = new_ledger()
    with closing(open_package(tmp_path / "exported")) as package:
        outcome = taken(again, package)
    assert outcome.new["deals"] == 305
    assert exported(again) == first
    assert deals(again) == deals(sampled)
    assert companies(again) == companies(sampled)


def test_the_sample_comes_back_byte_for_byte_from_a_zip_file(
    sampled: WritableLedger, new_ledger: NewLedger, taken: Taken, zipped: Zipped, tmp_path: Path
) -> None:
    first = zipped(sampled, tmp_path / "first.zip")
    again = new_ledger()
    with closing(open_package(tmp_path / "first.zip")) as package:
        taken(again, package)
    assert zipped(again, tmp_path / "second.zip") == first


def test_a_zip_file_holds_the_files_of_the_folder(
    sampled: WritableLedger, exported: Exported, zipped: Zipped, tmp_path: Path
) -> None:
    zipped(sampled, tmp_path / "deals.zip")
    files = exported(sampled)
    with zipfile.ZipFile(tmp_path / "deals.zip") as archive:
        assert archive.namelist() == ["datapackage.json", *(f"{table}.csv" for table in TABLES)]
        assert {name: archive.read(name) for name in archive.namelist()} == files


def test_a_folder_may_be_named_by_its_descriptor(sampled: WritableLedger, exported: Exported, tmp_path: Path) -> None:
    exported(sampled)
    with closing(open_package(tmp_path / "exported" / "datapackage.json")) as package:
        assert len(list(package.deals())) == 305


def test_files_end_their_lines_with_a_line_feed(sampled: WritableLedger, exported: Exported) -> None:
    for name, content in exported(sampled).items():
        assert b"\r" not in content, name
        assert content.endswith(b"\n")


def test_a_second_import_changes_nothing(sampled: WritableLedger, new_ledger: NewLedger, taken: Taken) -> None:
    ledger = new_ledger()
    with closing(sample()) as package:
        taken(ledger, package)
    before = list(ledger.connection.iterdump())
    with closing(sample()) as package, pytest.raises(NothingChanged):
        taken(ledger, package)
    assert list(ledger.connection.iterdump()) == before
    assert deals(ledger) == deals(sampled)


def test_an_awkward_ledger_comes_back_as_it_was(
    awkward: WritableLedger, new_ledger: NewLedger, taken: Taken, exported: Exported, tmp_path: Path
) -> None:
    files = exported(awkward)
    again = new_ledger()
    with closing(open_package(tmp_path / "exported")) as package:
        taken(again, package)
    assert deals(again) == deals(awkward)
    assert exported(again) == files


def test_a_hostile_text_survives_wherever_a_text_is_free(
    new_ledger: NewLedger, taken: Taken, exported: Exported, tmp_path: Path
) -> None:
    ledger = new_ledger()
    with ledger.recording(by="ada", at="2026-03-15T12:00:00Z", command="add", action="add"):
        for number, text in enumerate(HOSTILE):
            ledger.add_company(Company(f"c-{number}", text, ticker=text, note=text, aliases=(Alias(text, "brand"),)))
            page = Source(
                f"s-{number:04}", f"https://example.com/{number}/{text}", text, text, None, "other", text, "F"
            )
            told = Event(
                1, from_edtf("2025"), "rumored", milestone=text, summary=text, source=page,
                value=money(1, 1, "EUR", 2, "exact", basis="debt", text=text), dollars=Dollars(1, 2, "stated"),
                stake=stake(1, 2, text=text),
            )  # fmt: skip
            ledger.add_deal(
                Draft("partnership", None, ((f"c-{number}", "partner"),), (told,), f"d-{number}", text, note=text)
            )
    files = exported(ledger)
    again = new_ledger()
    with closing(open_package(tmp_path / "exported")) as package:
        taken(again, package)
    assert [deal.title for deal in deals(again)] == [deal.title for deal in deals(ledger)]
    assert deals(again) == deals(ledger)
    assert companies(again) == companies(ledger)
    assert exported(again) == files


@pytest.mark.parametrize(
    "words",
    ["51", "12.3456", "45..55", "over 50%", "up to 10%", "undisclosed", "controlling", "majority stake", "minority",
     "controlling stake, in two steps", "half", "more than half", "20 (controlling)", "over 50% (controlling)"],
)  # fmt: skip
def test_a_stake_is_the_same_after_the_way_there_and_back(
    words: str, new_ledger: NewLedger, taken: Taken, exported: Exported, tmp_path: Path
) -> None:
    ledger, again = new_ledger(), new_ledger()
    told = Event(1, from_edtf("2025"), "agreed", stake=read_stake(words, "acquired"))
    with ledger.recording(by="ada", at="2026-03-15T12:00:00Z", command="add", action="add"):
        ledger.add_company(Company("ses", "SES"))
        ledger.add_deal(Draft("equity-stake", None, (("ses", "target"),), (told,), "ses-2025", "SES"))
    exported(ledger)
    with closing(open_package(tmp_path / "exported")) as package:
        taken(again, package)
    assert [event.stake for event in again.get(1).events] == [told.stake]


# --- parts --------------------------------------------------------------------------------------

PARTS = [
    Query(kind=Choice(("partnership",))),
    Query(sector=Choice(none_of=("launch", "satcom")), limit=20),
    Query(words=("OpenAI",)),
    Query(ids=()),
]


@pytest.mark.parametrize("query", PARTS)
@pytest.mark.usefixtures("no_network")
def test_a_part_of_a_ledger_is_a_valid_package(
    query: Query, sampled: WritableLedger, exported: Exported, tmp_path: Path
) -> None:
    files = exported(sampled, query)
    assert faults(tmp_path / "exported") == []
    assert {row["id"] for row in rows(files, "deals")} == {row["slug"] for row in sampled.select(query)}


@pytest.mark.parametrize("query", PARTS)
def test_a_part_holds_all_that_it_refers_to_and_nothing_else(
    query: Query, sampled: WritableLedger, exported: Exported
) -> None:
    files = exported(sampled, query)
    kept = {table: {row["id"] for row in rows(files, table)} for table in ("companies", "sources", "deals")}
    assert {row["deal"] for row in rows(files, "parties")} == kept["deals"]
    same = {(row["company"], row["other"]) for row in rows(files, "judgements") if row["verdict"] == "same"}
    parties = {row["company"] for row in rows(files, "parties")}
    assert parties | {one for pair in same for one in pair if parties & set(pair)} == kept["companies"]
    assert {row["company"] for row in rows(files, "aliases")} <= kept["companies"]
    assert {row["deal"] for row in rows(files, "events")} == kept["deals"]
    read = {row["source"] for table in ("events", "identifiers") for row in rows(files, table)}
    assert read - {""} == kept["sources"]
    assert {row[end] for row in rows(files, "links") for end in ("deal", "related")} <= kept["deals"]


@pytest.mark.parametrize("query", PARTS[:3])
def test_a_part_comes_back_as_the_same_deals(
    query: Query, *, sampled: WritableLedger, new_ledger: NewLedger, taken: Taken, exported: Exported, tmp_path: Path
) -> None:
    files = exported(sampled, query)
    again = new_ledger()
    with closing(open_package(tmp_path / "exported")) as package:
        taken(again, package)
    assert exported(again) == files


@pytest.mark.usefixtures("no_network")
def test_a_ledger_of_ones_own_words_exports_a_valid_package(
    new_ledger: NewLedger, exported: Exported, tmp_path: Path
) -> None:
    """Without a source, form or sector, with a tag, a sector and a milestone that the curated set does not know."""
    ledger = new_ledger()
    with ledger.recording(by="ada", at="2026-03-15T12:00:00Z", command="add", action="add"):
        for slug in ("rocket-lab", "geost"):
            ledger.add_company(Company(slug, slug.title()))
        heard = Source("", None, None, None, None, "other", None, "F")
        told = (Event(1, from_edtf("2025"), "talks"), Event(2, from_edtf("2025"), milestone="lunch", source=heard))
        plain = Draft("acquisition", None, (("rocket-lab", "buyer"), ("geost", "target")), told)
        ledger.add_deal(plain)
        ledger.add_deal(plain._replace(sectors=("tourism",), tags=("watch",)))
    exported(ledger)
    assert faults(tmp_path / "exported") == []
