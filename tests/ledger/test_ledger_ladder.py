"""The ladder of schemas: a ledger of every released one comes up to what a new one is, with all that it held."""

import json
import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from console import environment
from forks import forks
from ledger.conftest import faults

from dealtrack.ledger.backup import kept_unasked, verify
from dealtrack.ledger.identity import SCHEMA_VERSION, OlderLedger
from dealtrack.ledger.ledger import Ledger
from dealtrack.ledger.writing import WritableLedger

SCHEMAS = Path(__file__).with_name("schemas")
RELEASED = sorted(SCHEMAS.glob("*.db"))

Say = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(params=RELEASED, ids=lambda path: f"schema {path.stem}")
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A ledger as an earlier dealtrack left it."""
    path = tmp_path / "old.db"
    shutil.copy(request.param, path)
    return path


@pytest.fixture
def say(tmp_path: Path) -> Say:
    def say(*words: str, ledger: Path) -> "subprocess.CompletedProcess[str]":
        env = environment(tmp_path, DEALTRACK_LEDGER=str(ledger))
        return subprocess.run(["dealtrack", *words], env=env, capture_output=True, text=True, check=False)

    return say


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of today's schema in which the same was recorded."""
    folder = tmp_path_factory.mktemp("new")
    env = environment(folder, DEALTRACK_LEDGER="new.db")
    subprocess.run(
        ["bash", str(SCHEMAS / "made.sh")],
        env=env,
        cwd=folder,
        check=True,
        capture_output=True,
        stdin=subprocess.DEVNULL,
    )
    return folder / "new.db"


def schema(path: Path) -> list[tuple[str, ...]]:
    """Every table, index, view and trigger of a file, and the number of its schema."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name").fetchall()
        header = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
        done = connection.execute("SELECT name FROM _sqlite_migrations ORDER BY id").fetchall()
    return [*found, tuple(map(str, header)), *done]


def held(say: Say, path: Path) -> Any:
    """Everything that a ledger tells of its deals, companies and history, less the times at which it was told."""
    deals = json.loads(say("show", *map(str, (1, 2, 3)), "--json", ledger=path).stdout)
    for deal in deals:
        del deal["created"], deal["updated"]
    log = json.loads(say("log", "--full", "--json", "-n", "0", ledger=path).stdout)
    for change in log:
        del change["at"], change["command"]
    return deals, log, say("company", "list", ledger=path).stdout


def test_there_is_a_ledger_of_every_schema_before_this_one() -> None:
    assert [int(path.stem) for path in RELEASED] == list(range(1, SCHEMA_VERSION))


def test_an_older_ledger_becomes_what_a_new_one_is(old: Path, new: Path, say: Say) -> None:
    first = say("list", ledger=old)
    assert first.returncode == 0
    (copy,) = kept_unasked(old)
    assert first.stderr == f"Brought the ledger up to date; as it was, it is kept in {copy}\n"
    assert schema(old) == schema(new)
    assert held(say, old) == held(say, new)
    with closing(Ledger(old)) as ledger:
        assert faults(ledger) == []
    assert say("list", ledger=old).stderr == ""


def test_what_was_recorded_before_can_be_undone_after(old: Path, say: Say) -> None:
    assert say("undo", "14", ledger=old).returncode == 0
    assert say("undo", "1", ledger=old).returncode == 1  # later changes build on it
    assert say("list", "--ids", ledger=old).stdout.split() == ["1", "2", "3", "4"]
    assert say("list", "--ids", "--known-on", "2026-01-01", ledger=old).stdout == ""
    with closing(Ledger(old)) as ledger:
        assert faults(ledger) == []


def test_the_copy_is_the_ledger_as_it_was(old: Path, say: Say) -> None:
    before = old.read_bytes()
    say("list", ledger=old)
    (copy,) = kept_unasked(old)
    verify(copy)
    with closing(sqlite3.connect(copy)) as kept, closing(sqlite3.connect(":memory:")) as was:
        was.deserialize(before)
        assert list(kept.iterdump()) == list(was.iterdump())
    assert say("backup", "--restore", str(copy), ledger=old).returncode == 0
    assert say("status", ledger=old).returncode == 0


def test_readers_of_many_and_of_one_say_that_it_is_older(old: Path) -> None:
    with pytest.raises(OlderLedger):
        Ledger(old)


def test_several_that_meet_an_older_ledger_at_once_bring_it_up_once(old: Path, new: Path, say: Say) -> None:
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(say("list", ledger=old).returncode)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [0, 0, 0, 0]
    assert schema(old) == schema(new)


def test_a_migration_that_fails_leaves_everything_as_it_was(old: Path) -> None:
    in_the_way = {"1": "look", "2": "judgement"}  # of the schema after it
    with closing(sqlite3.connect(old)) as other:
        version = other.execute("PRAGMA user_version").fetchone()[0]
        other.execute(f"CREATE TABLE {in_the_way[str(version)]} (something TEXT)")
    before = schema(old)
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        WritableLedger(old)
    assert schema(old) == before


def test_an_older_ledger_that_may_not_be_written_is_left_alone(old: Path, tmp_path: Path) -> None:
    before = old.read_bytes()
    with forks(environment(tmp_path, DEALTRACK_LEDGER=str(old))) as loaded:
        old.chmod(0o444)
        tmp_path.chmod(0o555)
        try:
            went = loaded.run(tmp_path, "list")
        finally:
            tmp_path.chmod(0o755)
    assert went.code == 1
    assert went.in_two_lines()
    assert old.read_bytes() == before


def test_looks_are_kept_by_the_migrated_ledger(old: Path) -> None:
    with closing(WritableLedger(old)) as ledger:
        with ledger.recording(by="ada", at="2026-12-01T00:00:00Z", command="c", action="a"):
            assert ledger.add_look(1, date(2026, 2, 3))
        assert ledger.get(1).checked == date(2026, 2, 3)
