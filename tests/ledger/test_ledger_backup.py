"""Copies of a ledger: whole, made while others write, a few kept of those made unasked, and put back."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from ledger.conftest import change, draft, dump, event

from dealtrack.domain.problem import Problem
from dealtrack.ledger.backup import KEPT, copy_to, keep_unasked, kept_unasked, restore, verify
from dealtrack.ledger.identity import Busy, NotALedger
from dealtrack.ledger.ledger import Ledger
from dealtrack.ledger.writing import WritableLedger

NOW = "2026-04-01T12:00:00Z"


def add(ledger: WritableLedger, year: int) -> None:
    with change(ledger, "add"):
        ledger.add_deal(draft(("rocket-lab", "buyer"), ("geost", "target"), events=[event(str(year), "talks")]))


def test_a_copy_holds_what_the_ledger_held(bundled: WritableLedger, tmp_path: Path) -> None:
    copy_to(bundled.connection, tmp_path / "copy.db")
    with closing(Ledger(tmp_path / "copy.db")) as copy:
        assert dump(copy) == dump(bundled)
        assert copy.log() == bundled.log()


def test_a_copy_is_made_while_another_program_writes(ledger: WritableLedger, tmp_path: Path) -> None:
    add(ledger, 2025)
    before = dump(ledger)
    with closing(Ledger(ledger.path)) as reader, change(ledger, "add"):
        ledger.add_deal(draft(("geost", "buyer"), ("rocket-lab", "target"), events=[event("2026", "talks")]))
        copy_to(reader.connection, tmp_path / "copy.db")
    with closing(Ledger(tmp_path / "copy.db")) as copy:
        assert dump(copy) == before


def test_what_cannot_be_copied_to_is_left_as_it_was(ledger: WritableLedger, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    for target in (tmp_path / "missing" / "copy.db", tmp_path / "taken"):
        with pytest.raises(Problem, match="cannot copy the ledger"):
            copy_to(ledger.connection, target)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_only_the_latest_copies_made_unasked_are_kept(ledger: WritableLedger) -> None:
    for hour in range(KEPT + 3):
        keep_unasked(ledger.connection, ledger.path, f"2026-04-01T{hour:02}:00:00Z", "import")
    names = [path.name for path in kept_unasked(ledger.path)]
    assert len(names) == KEPT
    assert names[0] == f"{ledger.path.name}.before-20260401T030000Z-import.backup"


def test_a_copy_put_back_takes_the_place_and_the_replaced_file_is_kept(ledger: WritableLedger, tmp_path: Path) -> None:
    add(ledger, 2024)
    copy_to(ledger.connection, tmp_path / "copy.db")
    then = dump(ledger)
    add(ledger, 2025)
    later = dump(ledger)
    ledger.close()
    replaced = restore(tmp_path / "copy.db", ledger.path, NOW)
    assert replaced is not None
    with closing(Ledger(ledger.path)) as now, closing(Ledger(replaced)) as aside:
        assert (dump(now), dump(aside)) == (then, later)


def test_a_copy_can_be_put_where_no_ledger_is(ledger: WritableLedger, tmp_path: Path) -> None:
    copy_to(ledger.connection, tmp_path / "copy.db")
    assert restore(tmp_path / "copy.db", tmp_path / "new.db", NOW) is None
    with closing(Ledger(tmp_path / "new.db")) as new:
        assert dump(new) == dump(ledger)


@pytest.mark.parametrize("content", [b"", b"a text\n", b"SQLite format 3\0" + b"\0" * 500])
def test_what_is_no_ledger_is_not_put_back(content: bytes, ledger: WritableLedger, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_bytes(content)
    before = ledger.path.read_bytes()
    with pytest.raises(NotALedger):
        restore(tmp_path / "copy.db", ledger.path, NOW)
    assert ledger.path.read_bytes() == before


def test_a_damaged_copy_is_not_put_back(bundled: WritableLedger, tmp_path: Path) -> None:
    copy_to(bundled.connection, tmp_path / "copy.db")
    content = bytearray((tmp_path / "copy.db").read_bytes())
    content[60_000:64_000] = b"\xff" * 4_000
    (tmp_path / "copy.db").write_bytes(content)
    before = bundled.path.read_bytes()
    with pytest.raises(Problem):
        restore(tmp_path / "copy.db", bundled.path, NOW)
    assert bundled.path.read_bytes() == before


def test_a_damaged_ledger_is_replaced_and_kept(bundled: WritableLedger, tmp_path: Path) -> None:
    copy_to(bundled.connection, tmp_path / "copy.db")
    whole = dump(bundled)
    bundled.close()
    damaged = bundled.path.read_bytes()[:20_000]
    bundled.path.write_bytes(damaged)
    replaced = restore(tmp_path / "copy.db", bundled.path, NOW)
    assert replaced is not None
    assert replaced.read_bytes() == damaged
    with closing(Ledger(bundled.path)) as now:
        assert dump(now) == whole


def test_nothing_is_put_back_while_another_program_writes(
    ledger: WritableLedger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dealtrack.ledger.file.PATIENCE", 0.05)
    copy_to(ledger.connection, tmp_path / "copy.db")
    with closing(sqlite3.connect(ledger.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy):
            restore(tmp_path / "copy.db", ledger.path, NOW)
    verify(ledger.path)
