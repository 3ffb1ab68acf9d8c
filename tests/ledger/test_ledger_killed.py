"""A writer killed at any moment of an import leaves a sound ledger with all of the change or none."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from ledger.conftest import WRITER, change, faults, make
from ledger.kills import rounds

from dealtrack.domain.company import Company
from dealtrack.ledger.ledger import Ledger
from dealtrack.ledger.writing import WritableLedger

DEALS = 1200
ALL = {"company": 2, "source": 1, "deal": DEALS, "party": DEALS, "event": DEALS, "link": 1, "change": 2}
NONE = dict.fromkeys(ALL, 0) | {"company": 1, "change": 1}

# The last word to hear of the writer before it is killed: at its start, on its way, while it commits, when it is done.
MOMENTS = ["ready", *(f"deal {n}" for n in range(0, DEALS, 100)), *["written"] * 5, "kept"]


def kill_after(word: str, path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, str(WRITER), str(path), "import", str(DEALS)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("begin\n")
        process.stdin.flush()
        heard = ""
        while heard != f"{word}\n":
            heard = process.stdout.readline()
            assert heard, "the writer ended by itself"
        process.kill()


@pytest.mark.parametrize(("number", "word"), list(enumerate(MOMENTS)))
def test_a_writer_killed_at_any_moment_leaves_all_or_none(path: Path, number: int, word: str) -> None:
    del number
    make(path)
    kill_after(word, path)
    if word.startswith("deal"):
        assert path.with_name("deals.db-journal").exists(), "it was killed in the middle of its change"
    with closing(Ledger(path)) as reader:
        there = {table: count for table, count in reader.counts().items() if table in ALL}
        assert there == ALL if word == "kept" else there in (ALL, NONE)
        indexed = reader.connection.execute("SELECT count(*) FROM deal_text").fetchone()[0]
        assert indexed == there["deal"]
        assert reader.connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert reader.connection.execute("PRAGMA foreign_key_check").fetchone() is None
    with closing(WritableLedger(path)) as writer, change(writer):
        writer.add_company(Company("boeing", "Boeing"))


def test_what_a_killed_writer_leaves_passes_every_check(path: Path) -> None:
    make(path)
    kill_after("written", path)
    with closing(Ledger(path)) as reader:
        assert faults(reader) == []


@pytest.mark.parametrize("word", ["ready", "deal 0", "deal 1100", "written", "kept"])
def test_a_writer_killed_while_it_makes_a_ledger_leaves_a_whole_one_or_none(path: Path, word: str) -> None:
    kill_after(word, path)
    if path.exists() or word == "kept":
        with closing(Ledger(path)) as reader:
            assert reader.counts()["deal"] == DEALS
    else:
        make(path)


def test_commands_killed_at_random_moments_leave_all_or_nothing() -> None:
    """A short run of what `python tests/ledger/kills.py 500` does at length."""
    left = rounds(20, seed=7)
    assert sum(left.values()) == 20
    assert {outcome for _, outcome in left} == {"all", "nothing"}
