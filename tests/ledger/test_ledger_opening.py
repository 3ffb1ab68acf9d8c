"""Opening: what is no ledger is told apart and left as it is, and a ledger is made whole or not at all."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from ledger.conftest import WRITER, bring_in, change, dump, make

from dealtrack.domain.company import Company
from dealtrack.domain.problem import Problem
from dealtrack.exchange.package import sample
from dealtrack.ledger.identity import SCHEMA_VERSION, Busy, CannotWrite, NewerLedger, NoLedger, NotALedger
from dealtrack.ledger.ledger import Ledger
from dealtrack.ledger.listing import Listing
from dealtrack.ledger.writing import WritableLedger

Door = Callable[[Path], Listing]
DOORS = pytest.mark.parametrize("door", [Listing, Ledger, WritableLedger])


def refusal(door: Door, path: Path, kind: type[Problem]) -> str:
    """What the door says when it does not open, having left the file as it was."""
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(kind) as refused:
        door(path).close()
    assert (path.read_bytes() if path.is_file() else None) == before
    assert refused.value.exit_code == 1
    assert str(path) in refused.value.what
    return refused.value.what


@DOORS
def test_a_missing_file_is_said_to_be_missing_and_is_not_made(door: Door, path: Path) -> None:
    assert refusal(door, path, NoLedger) == f'no ledger at "{path}"'
    assert not path.exists()


@DOORS
def test_a_folder_is_no_ledger(door: Door, tmp_path: Path) -> None:
    assert refusal(door, tmp_path, NotALedger) == f'"{tmp_path}" is a folder'


@DOORS
def test_an_empty_file_is_no_ledger(door: Door, path: Path) -> None:
    path.touch()
    assert refusal(door, path, NotALedger) == f'"{path}" is empty, not a ledger'


@DOORS
@pytest.mark.parametrize("content", [b"x", b"not a database\n" * 200, b"\0" * 4096, b"SQLite format 3\0" + b"\1" * 90])
def test_a_file_of_anything_else_is_no_ledger(door: Door, path: Path, content: bytes) -> None:
    path.write_bytes(content)
    refusal(door, path, NotALedger)


@DOORS
def test_a_database_of_another_program_is_no_ledger(door: Door, path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE song (title TEXT)")
    assert refusal(door, path, NotALedger) == f'"{path}" is an SQLite file of another program'


@DOORS
@pytest.mark.parametrize("size", [10, 50, 99, 100, 1000, 4096, 40_000])
def test_a_ledger_cut_short_is_damaged(door: Door, path: Path, size: int) -> None:
    make(path)
    path.write_bytes(path.read_bytes()[:size])
    assert refusal(door, path, NotALedger) == f'"{path}" is no SQLite file, or is damaged'


@DOORS
def test_a_file_that_only_claims_to_be_a_ledger_is_none(door: Door, path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA application_id = 0x4445414C")
        other.execute("CREATE TABLE song (title TEXT)")
    refusal(door, path, NotALedger)


@DOORS
def test_a_ledger_of_a_later_dealtrack_is_left_alone(door: Door, path: Path) -> None:
    make(path)
    with closing(sqlite3.connect(path)) as later:
        later.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    told = f'"{path}" has schema {SCHEMA_VERSION + 1}; this dealtrack knows schemas up to {SCHEMA_VERSION}'
    assert refusal(door, path, NewerLedger) == told


def test_folders_made_for_a_ledger_that_comes_to_nothing_go_with_it(tmp_path: Path) -> None:
    with closing(WritableLedger(tmp_path / "some" / "where" / "deals.db", create=True)):
        pass
    assert list(tmp_path.iterdir()) == []


@DOORS
@pytest.mark.parametrize("name", ["a b.db", "100%.db", "what?.db", "#1.db", "ü 🚀.db", "'x'.db", "file:x.db"])
def test_a_ledger_may_have_any_name(door: Door, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with closing(WritableLedger(path, create=True)) as made, change(made):
        made.add_company(Company("geost", "Geost"))
    with closing(door(path)) as opened:
        assert opened.company_slug("Geost") == "geost"
    assert [found.name for found in tmp_path.iterdir()] == [name]


def test_a_new_ledger_makes_its_folder_and_leaves_nothing_beside_itself(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "deals.db"
    make(path)
    assert list(path.parent.iterdir()) == [path]


def test_a_new_ledger_without_a_change_leaves_nothing(path: Path) -> None:
    WritableLedger(path, create=True).close()
    with pytest.raises(KeyboardInterrupt), closing(WritableLedger(path, create=True)) as opened, change(opened):
        raise KeyboardInterrupt
    assert list(path.parent.iterdir()) == []


def test_a_link_to_a_ledger_is_followed(tmp_path: Path, path: Path) -> None:
    make(path)
    link = tmp_path / "link.db"
    link.symlink_to(path)
    with closing(WritableLedger(link)) as opened, change(opened):
        opened.add_company(Company("geost", "Geost"))
    assert link.is_symlink()
    with closing(Listing(path)) as opened_itself:
        assert opened_itself.company_slug("Geost") == "geost"


def test_a_ledger_that_cannot_be_made_leaves_no_half_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    path = tmp_path / "file" / "deals.db"
    with pytest.raises(NotALedger, match="cannot be made"):
        WritableLedger(path, create=True)
    assert [found.name for found in tmp_path.iterdir()] == ["file"]


def test_a_new_ledger_never_takes_the_place_of_one_that_another_made_meanwhile(path: Path) -> None:
    with closing(WritableLedger(path, create=True)) as late:
        subprocess.run([sys.executable, str(WRITER), str(path), "add", "bob", "1"], input=b"begin\n", check=True)
        with pytest.raises(Busy), change(late):
            late.add_company(Company("geost", "Geost"))
    with closing(Ledger(path)) as reader:
        assert [row["name"] for row in reader.companies()] == ["bob 0"]
    assert list(path.parent.iterdir()) == [path]


def test_a_full_disk_is_told_and_nothing_is_kept(ledger: WritableLedger) -> None:
    before = dump(ledger)
    # A limit on pages is to SQLite what a full disk is.
    pages = ledger.connection.execute("PRAGMA page_count").fetchone()[0]
    ledger.connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    with closing(sample()) as package, pytest.raises(CannotWrite, match="the disk is full"):
        bring_in(ledger, package)
    assert dump(ledger) == before
