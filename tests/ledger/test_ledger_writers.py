"""Several writers: none loses what another wrote, and one that has to wait too long says so."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from ledger.conftest import WRITER, change, dump, faults, make
from ledger.writers import rush

from dealtrack.domain.company import Company
from dealtrack.domain.query import Query
from dealtrack.ledger import file
from dealtrack.ledger.identity import Busy
from dealtrack.ledger.ledger import Ledger
from dealtrack.ledger.listing import Listing
from dealtrack.ledger.writing import WritableLedger

TIMES = 50


def start(path: Path, *words: str) -> subprocess.Popen[str]:
    """A writer that has loaded what it needs and waits for the word to begin."""
    process = subprocess.Popen(
        [sys.executable, str(WRITER), str(path), *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def write_at_once(path: Path, names: tuple[str, ...]) -> None:
    processes = [start(path, "add", name, str(TIMES)) for name in names]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("begin\n")
        process.stdin.flush()
    for process in processes:
        process.communicate()
        assert process.returncode == 0


@pytest.mark.parametrize("there_already", [True, False])
def test_two_writers_at_once_lose_nothing(path: Path, *, there_already: bool) -> None:
    if there_already:
        make(path)
    write_at_once(path, ("ada", "bob"))
    with closing(Ledger(path)) as ledger:
        expected = {f"{name} {number}" for name in ("ada", "bob") for number in range(TIMES)}
        written = [row["name"] for row in ledger.companies() if row["name"] != "Astra"]
        assert sorted(written) == sorted(expected)
        assert sorted(c.action for c in ledger.log() if "astra" not in c.action) == sorted(expected)
        assert faults(ledger) == []


@contextmanager
def held(path: Path, how: str) -> Iterator[None]:
    """Another program in the middle of its work on the ledger."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute(f"BEGIN {how}")
        yield
        other.execute("ROLLBACK")


@pytest.fixture
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "PATIENCE", 0.05)


@pytest.mark.skipif(not Path("/proc/locks").exists(), reason="this system does not say who has locked a file")
@pytest.mark.usefixtures("_impatient")
def test_a_busy_ledger_says_who_holds_it(path: Path) -> None:
    make(path)
    hold = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute('BEGIN IMMEDIATE'); print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", hold, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with closing(WritableLedger(path)) as opened, pytest.raises(Busy) as refused, change(opened):
            opened.add_company(Company("geost", "Geost"))
        other.communicate("")
    assert f"is busy: process {other.pid} of " in refused.value.what
    assert "(-c import sqlite3" in refused.value.what
    with closing(WritableLedger(path)) as opened, change(opened):
        opened.add_company(Company("geost", "Geost"))


@pytest.mark.usefixtures("_impatient")
def test_a_ledger_that_another_writes_to_is_busy(path: Path) -> None:
    make(path)
    with closing(WritableLedger(path)) as opened, held(path, "IMMEDIATE"):
        with pytest.raises(Busy) as refused, change(opened):
            opened.add_company(Company("geost", "Geost"))
        assert refused.value.exit_code == 5
        assert refused.value.what == f'the ledger "{path}" is busy: another program is at work on it'
        assert [row["slug"] for row in opened.companies()] == ["astra"]


@pytest.mark.usefixtures("_impatient")
def test_a_ledger_that_another_writes_to_can_be_read(path: Path) -> None:
    make(path)
    with held(path, "IMMEDIATE"), closing(Listing(path)) as opened:
        assert opened.ids(Query()) == []


@pytest.mark.usefixtures("_impatient")
@pytest.mark.parametrize("door", [Listing, Ledger, WritableLedger])
def test_a_ledger_locked_whole_cannot_even_be_opened(path: Path, door: type[Listing]) -> None:
    make(path)
    with held(path, "EXCLUSIVE"), pytest.raises(Busy):
        door(path)


@pytest.mark.usefixtures("_impatient")
def test_a_change_that_a_long_reader_keeps_from_being_kept_is_not_kept_by_half(path: Path) -> None:
    with closing(WritableLedger(path, create=True)) as opened:
        with change(opened):
            opened.add_company(Company("geost", "Geost"))
            opened.add_company(Company("mynaric", "Mynaric"))
        before = dump(opened)
        with closing(Listing(path)) as reader:
            reading = reader.companies()
            next(reading)
            with pytest.raises(Busy), change(opened):
                opened.add_company(Company("spacex", "SpaceX"))
            assert dump(opened) == before
            assert len(list(reading)) == 1
        with change(opened):
            opened.add_company(Company("spacex", "SpaceX"))


def test_a_reader_sees_a_change_only_when_it_is_kept(path: Path) -> None:
    make(path)
    with closing(WritableLedger(path)) as writer:
        with change(writer):
            writer.add_company(Company("geost", "Geost"))
            with closing(Listing(path)) as reader:
                assert [row["slug"] for row in reader.companies()] == ["astra"]
        with closing(Listing(path)) as reader:
            assert [row["slug"] for row in reader.companies()] == ["astra", "geost"]


def test_commands_that_write_at_once_lose_nothing_and_wait_for_each_other() -> None:
    """A short run of what `python tests/ledger/writers.py 8 200` does at length."""
    came = rush(4, 12)
    assert came.changes == 48
    assert came.looks > 0
    assert max(came.longest_write, came.longest_look) < file.PATIENCE
