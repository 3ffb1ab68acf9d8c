"""A disk that is full, broken or only to be read: commands say so, and keep all of their change or nothing."""

import errno
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from forks import Forks
from ledger import kills
from ledger.faults import DISKS, fault, on_faulty_disk, rounds

if sys.platform != "linux" or not shutil.which("cc"):
    pytest.skip("the disk that fails is made by a C compiler on Linux", allow_module_level=True)

ADD = kills.COMMANDS["add"][0]
GENERATE = Path(__file__).parent.parent / "bench" / "generate.py"


def test_commands_on_a_disk_that_fails_leave_all_or_nothing() -> None:
    """A short run of what `python tests/ledger/faults.py 100` does at length."""
    left = rounds(6, seed=7)
    assert sum(left.values()) > 80
    assert {outcome for _, outcome in left} == {"all", "nothing"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger, a copy of it, and a package of more deals than are read at once, with notes too long for memory."""
    folder = tmp_path_factory.mktemp("home")
    (folder / "temporary").mkdir()
    return folder


@pytest.fixture(scope="module")
def loaded(home: Path) -> Iterator[Forks]:
    with on_faulty_disk(home, TMPDIR=str(home / "temporary")) as forks:
        for words in (("import", "--sample", "--create"), ("backup", "whole.db")):
            assert forks.run(home, *words).code == 0
        subprocess.run([sys.executable, str(GENERATE), str(home / "long"), "--deals", "1200"], check=True)
        deals = home / "long" / "deals.csv"
        rows = deals.read_text(encoding="utf-8").splitlines()
        rows[50::50] = [row + "x" * 1_000_000 for row in rows[50::50]]
        deals.write_text("\n".join([*rows, ""]), encoding="utf-8")
        assert forks.run(home, "import", "long", "-l", "long.db", "--create").code == 0
        yield forks


@pytest.fixture
def desk(home: Path, tmp_path: Path) -> Path:
    for name in ("deals.db", "whole.db"):
        shutil.copy(home / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("words", [("list", "--json"), ("export", "csv"), ("check",)], ids=" ".join)
@pytest.mark.parametrize("at", [3, 5])
def test_a_reader_that_has_no_room_for_temporary_files_says_so(
    words: tuple[str, ...], at: int, home: Path, loaded: Forks
) -> None:
    before = (home / "long.db").read_bytes()
    went = loaded.run(home, *words, "-l", "long.db", env=fault("temporary", at, errno.ENOSPC, stays=True))
    assert (went.code, went.out) == (1, "")
    assert went.in_two_lines()
    assert went.err.startswith("error: temporary files cannot be written: ")
    assert list((home / "temporary").iterdir()) == []
    assert (home / "long.db").read_bytes() == before


@pytest.mark.parametrize("at", [1, 50])
@pytest.mark.parametrize("disk", DISKS)
def test_an_import_that_has_no_room_for_temporary_files_changes_nothing(
    at: int, disk: str, home: Path, loaded: Forks
) -> None:
    before = (home / "deals.db").read_bytes()
    error, stays = DISKS[disk]
    for more in ((), ("-l", "new.db", "--create")):
        went = loaded.run(home, "import", "long", *more, env=fault("temporary", at, error, stays=stays))
        assert went.code == 1
        assert went.in_two_lines()
        assert went.err.startswith("error: temporary files cannot be written: ")
    assert (home / "deals.db").read_bytes() == before
    assert not (home / "new.db").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize(
    ("words", "what"),
    [
        (words, "standard output: ")
        for words in (
            ["list"], ["list", "--json"], ["list", "--ids"], ["list", "-O", "table"], ["show", "1"], ["timeline"],
            ["log"], ["check"], ["status"], ["company", "list"], ["export", "csv"], ["help", "dates"], ["--help"],
            ["--version"], ["import", "--sample"], ["check", "--fix"],
        )
    ]
    + [(words, "the change is kept, ") for words in (ADD, ["rm", "3"], ["edit", "3", "--note", "n"], ["undo", "1"])]
    + [(["backup", "copy.db"], "the copy is made, "), (["backup", "--restore", "whole.db"], "the copy is put back, ")],
    ids=lambda words: " ".join(words[:2]) if isinstance(words, list) else "",
)  # fmt: skip
def test_what_cannot_be_told_is_said_as_it_is(words: list[str], what: str, desk: Path, loaded: Forks) -> None:
    before = kills.faults(desk / "deals.db")
    went = loaded.run(desk, *words, stdout="/dev/full")
    assert went.code == 1
    assert went.in_two_lines()
    assert went.err.startswith(f"error: {what}")
    changed = before[0] + what.startswith("the change is kept")
    assert kills.faults(desk / "deals.db") == (changed, [])
    assert (desk / "copy.db").exists() == ("copy.db" in words)


@pytest.mark.parametrize("which", ["file", "folder"])
def test_a_ledger_that_may_only_be_read_is_read_and_not_written(which: str, desk: Path, loaded: Forks) -> None:
    place = desk if which == "folder" else desk / "deals.db"
    usual = place.stat().st_mode
    place.chmod(0o555 if which == "folder" else 0o444)
    try:
        for words in (["list"], ["show", "1"], ["log"], ["status"], ["timeline"], ["export", "csv"]):
            assert loaded.run(desk, *words).code == 0, words
        update = ["update", "1", "--status", "agreed", "--on", "2026"]
        for words in (ADD, update, ["rm", "3"], ["undo"], ["check", "--fix"]):
            went = loaded.run(desk, *words)
            assert went.code == 1, words
            assert went.in_two_lines(), went
            assert "read-only" in went.err
        if which == "folder":
            package, new = ["export", "package", "-o", "x"], ["import", "--sample", "-l", "x.db", "--create"]
            for words in (["backup", "x"], ["backup", "--restore", "whole.db"], ["list", "-o", "x.csv"], package, new):
                went = loaded.run(desk, *words)
                assert went.code == 1, words
                assert went.in_two_lines(), went
        assert sorted(path.name for path in desk.iterdir()) == ["deals.db", "whole.db"]
    finally:
        place.chmod(usual)
