"""The chain over the changes: what is altered past dealtrack is found, and where."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from ledger.conftest import change, draft, event, faults, source, undo

from dealtrack.ledger.chain import GENESIS, digest_of, head
from dealtrack.ledger.ledger import Ledger
from dealtrack.ledger.writing import WritableLedger


@pytest.fixture
def told(ledger: WritableLedger) -> Path:
    """A ledger of several changes: a deal, news of it, a correction, a removal and an undo."""
    with change(ledger, "add"):
        signed = event("2025-05-27", "agreed", source=source(url="https://example.com/pr"))
        ledger.add_deal(draft(("rocket-lab", "buyer"), ("geost", "target"), events=[signed]))
    with change(ledger, "update"):
        ledger.add_event(1, event("2025-08-12", "completed"))
    with change(ledger, "edit"):
        ledger.edit_deal(1, {"note": "corrected"})
    with change(ledger, "rm") as removed:
        ledger.remove_deal(1)
    undo(ledger, removed)
    return ledger.path


def test_a_ledger_that_only_dealtrack_wrote_to_has_a_whole_chain(told: Path) -> None:
    with closing(Ledger(told)) as ledger:
        assert faults(ledger) == []
        digests = [str(row[0]) for row in ledger.connection.execute("SELECT digest FROM change ORDER BY id")]
    assert len(set(digests)) == len(digests)
    assert all(len(digest) == 64 for digest in digests)


@pytest.mark.parametrize(
    ("forgery", "change_id"),
    [
        ("UPDATE change SET at = '2026-01-01T00:00:00Z' WHERE id = 4", 4),
        ("UPDATE change SET by = 'eve' WHERE id = 2", 2),
        ("UPDATE change SET command = 'dealtrack add' WHERE id = 5", 5),
        ("UPDATE change SET digest = replace(digest, 'a', 'b') WHERE id = 3", 3),
        ("UPDATE change_altered SET before = replace(before, 'corrected', 'forged') WHERE change_id = 5", 5),
        ("UPDATE change_altered SET before = replace(before, 'agreed', 'talks') WHERE of_table = 'event'", 5),
        ("DELETE FROM change_altered WHERE change_id = 4 AND of_table = 'pin' OR change_id = 4 AND row_id = 1", 4),
        ("UPDATE event SET summary = 'forged' WHERE id = 1", 6),
        ("UPDATE company SET name = 'Forged' WHERE id = 1", 1),
        ("UPDATE source SET reliability = 'A'", 2),
    ],
)
def test_what_is_altered_past_dealtrack_is_found_and_where(told: Path, forgery: str, change_id: int) -> None:
    with closing(sqlite3.connect(told)) as connection:
        assert connection.execute(forgery).rowcount > 0
        connection.commit()
    with closing(Ledger(told)) as ledger:
        named = [line for line in faults(ledger) if line.startswith("history: ")]
    assert f"history: change {change_id}: what it wrote, or the change before it, was altered past dealtrack" in named


def test_a_row_written_past_the_journal_comes_from_no_change(told: Path) -> None:
    with closing(sqlite3.connect(told)) as connection:
        connection.execute("INSERT INTO company (slug, name, plain, kind) VALUES ('eve', 'Eve', 'eve', 'company')")
        connection.commit()
    with closing(Ledger(told)) as ledger:
        assert "history: company: 1 rows come from no change" in faults(ledger)


@pytest.mark.usefixtures("told")
def test_a_change_cut_off_the_end_is_seen_by_its_digest(ledger: WritableLedger) -> None:
    before = head(ledger.connection)
    with change(ledger, "edit"):
        ledger.edit_deal(1, {"note": "later"})
    assert head(ledger.connection) != before
    assert digest_of(ledger.connection, ledger.log(1)[0].id, before) == head(ledger.connection)


def test_the_first_change_follows_on_nothing(told: Path) -> None:
    with closing(sqlite3.connect(told)) as connection:
        connection.execute("DELETE FROM change_created WHERE change_id > 1")
        for table in ("pin", "event", "party", "deal", "source"):
            connection.execute(f"DELETE FROM {table}")
        (digest,) = connection.execute("SELECT digest FROM change WHERE id = 1").fetchone()
        assert digest_of(connection, 1, GENESIS) == digest
