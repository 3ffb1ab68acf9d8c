"""Commands on a disk that fails: `python tests/ledger/faults.py TIMES [SEED]` prints how many, and what was left.

Each command is run again and again on a copy of one folder, and each time another of its operations on the disk fails:
a write, a sync, a truncation, a rename, a link, the making or unlinking of a file. The disk is full or broken, for that
moment or for good. Afterwards the change is there whole or not at all, what was told is true, `check` finds no fault,
and every other file is what it was, or whole and new. With TIMES large enough, each operation fails on every disk.
"""

import errno
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from console import environment
from forks import Forks, Went, forks
from ledger import kills

from dealtrack.ledger.file import connect, identify

SHIM = Path(__file__).with_name("faulty_disk.c")

COMMANDS: dict[str, list[str]] = {verb: words for verb, (words, _) in kills.COMMANDS.items()} | {
    "export": ["export", "csv", "-o", "new.csv"],
    "export over": ["export", "csv", "-o", "old.csv", "--force"],
    "package": ["export", "package", "-o", "new.zip"],
    "package over": ["export", "package", "-o", "old.zip", "--force"],
    "folder": ["export", "package", "-o", "new"],
    "folder over": ["export", "package", "-o", "old", "--force"],
}

# Each with the error, and whether it stays.
DISKS = {
    "full": (errno.ENOSPC, True),
    "full for a moment": (errno.ENOSPC, False),
    "broken": (errno.EIO, True),
    "broken for a moment": (errno.EIO, False),
}

# What a command does few of, and where more can go wrong than where it writes; where a file gets its name, most.
_DELICATE = ("make", "unlink", "rename", "link", "mkdir")
_NAMING = ("rename", "link")


@dataclass(frozen=True)
class Left:
    """What a command leaves: how it went, how many changes each ledger has, what the other files hold."""

    went: Went
    changes: Mapping[str, int]
    files: Mapping[str, bytes]

    @property
    def state(self) -> tuple[int | None, int | None]:
        """Which changes are kept, where commands make one; the copies are whole in any case."""
        return self.changes.get("deals.db"), self.changes.get("new.db")


@contextmanager
def on_faulty_disk(home: Path, **env: str) -> Iterator[Forks]:
    """dealtrack with the shim before the C library."""
    shim = home / "faulty_disk.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-Wall", "-Wextra", "-Werror", "-o", shim, SHIM, "-ldl"], check=True)
    with forks(environment(home, DEALTRACK_LEDGER="deals.db", LD_PRELOAD=str(shim), **env)) as loaded:
        yield loaded


def fault(word: str, at: int, error: int, *, stays: bool, told: str = os.devnull) -> dict[str, str]:
    """What tells the shim to fail."""
    env = {"FAULT_WORD": word, "FAULT_AT": str(at), "FAULT_ERRNO": str(error), "FAULT_TOLD": told}
    return env | ({"FAULT_STAYS": "1"} if stays else {})


def prepare(folder: Path, env: dict[str, str]) -> None:
    """What commands are killed on, with files to write over, and a change since the copy was made."""
    kills.prepare(folder, env)
    for words in (["rm", "95"], ["export", "csv", "-o", "old.csv"], ["export", "package", "-o", "old.zip"]):
        subprocess.run(["dealtrack", *words, "-q"], cwd=folder, env=env, check=True, capture_output=True)
    shutil.unpack_archive(folder / "old.zip", folder / "old")
    shutil.copy(folder / "whole.db", folder / "copy.db")
    shutil.copy(kills.OLD, folder / "old.db")
    for name in ("part.zip", "all.db"):
        (folder / name).unlink()
    # Unlike what is exported from now on.
    for file in (folder / "old.csv", folder / "old.zip", *(folder / "old").iterdir()):
        file.write_bytes(b"old\n")


class Disk:
    """A folder that commands are run on copies of, while the disk fails."""

    def __init__(self, loaded: Forks, whole: Path, home: Path) -> None:
        self._loaded, self._whole, self._home = loaded, whole, home
        # Most ledgers that are left hold what another held: each is examined once.
        self._examined: dict[bytes, int] = {}
        self._before = self._left(Went(0, "", ""), whole)

    def operations(self, verb: str) -> tuple[list[str], Left]:
        """The operations of a command on a disk that does not fail, and what it leaves."""
        told, left = self._run(verb, 0, 0, stays=False)
        assert left.went.code in (0, 4), left.went
        return told, left

    def fail(self, verb: str, at: int, disk: str, undisturbed: Left) -> str:
        """Let one operation of a command fail; whether nothing or all of its change was left."""
        error, stays = DISKS[disk]
        told, left = self._run(verb, at, error, stays=stays)
        try:
            return self._judge(told, left, undisturbed)
        except AssertionError as wrong:
            raise AssertionError(f"{verb}, disk {disk} at operation {at} ({told}): {wrong}; {left.went}") from None

    def _run(self, verb: str, at: int, error: int, *, stays: bool) -> tuple[list[str], Left]:
        told = self._home / "told"
        told.write_text("")
        with tempfile.TemporaryDirectory(dir=self._home, prefix="faulty-") as name:
            folder = Path(name) / "folder"
            shutil.copytree(self._whole, folder)
            went = self._loaded.run(folder, *COMMANDS[verb], env=fault(name, at, error, stays=stays, told=str(told)))
            return told.read_text().replace(f"{folder}/", "").splitlines(), self._left(went, folder)

    def _judge(self, told: list[str], left: Left, undisturbed: Left) -> str:
        went, before, after = left.went, self._before, undisturbed
        assert left.state in (before.state, after.state), f"changes {left.state}"
        done = left.state == after.state
        if went.code == after.went.code:
            assert done, "it is not done, but is said to be"
        else:
            assert went.code == 1, "the exit code"
            assert went.in_two_lines(), "it is not told in two lines"
            assert before.state == after.state or ("kept" in went.err) == done, "what is told is not true"
        well = done and (before.state != after.state or went.code == after.went.code)
        unlinked = not any(line.startswith("unlink ") for line in told)
        for name, content in left.files.items():
            known = [side.files[name] for side in (before, after) if name in side.files]
            hidden = not unlinked and name.startswith((".", "deals.db-", "old.db-"))
            assert content in known or hidden, f"{name} is left, or harmed"
            assert well or name in before.files or ".before" in name or not unlinked, f"{name} is there too early"
        assert before.files.keys() <= left.files.keys(), "a file is gone"
        return "all" if well else "nothing"

    def _left(self, went: Went, folder: Path) -> Left:
        ledgers = {path for path in folder.iterdir() if path.suffix in (".db", ".backup") or ".replaced-" in path.name}
        changes = {_named(path, folder): self._changes(path) for path in ledgers}
        files = {_named(path, folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        return Left(went, changes, {name: b"" if name in changes else content for name, content in files.items()})

    def _changes(self, path: Path) -> int:
        """How many changes a ledger has; it is rolled back on the way if need be, and has no faults."""
        with closing(connect(path)) as connection:
            identify(connection, path)
        content = path.read_bytes()
        if content not in self._examined:
            self._examined[content], found = kills.faults(path)
            assert not found, f"{path.name}: {found}"
        return self._examined[content]


def _named(path: Path, folder: Path) -> str:
    """A name without the moment and the process in it."""
    return re.sub(r"\d{8}T\d{6}Z|\.\d+\.", "N", str(path.relative_to(folder)))


def rounds(times: int, seed: int) -> Counter[tuple[str, str]]:
    """Let operations fail, so many of each command; what it left how often. Anything else is an AssertionError."""
    dice = random.Random(seed)
    found: Counter[tuple[str, str]] = Counter()
    with kills.prepared(prepare) as (home, whole), on_faulty_disk(home) as loaded:
        disk = Disk(loaded, whole, home)
        for verb in COMMANDS:
            operations, undisturbed = disk.operations(verb)
            for at, kind in dict.fromkeys(_chosen(operations, times, dice)):
                found[verb, disk.fail(verb, at, kind, undisturbed)] += 1
    return found


def _chosen(operations: list[str], times: int, dice: random.Random) -> Iterator[tuple[int, str]]:
    """Which operation fails, and on which disk: each that gives a name once, and so many of the others."""
    every = [(at, kind) for at in range(1, len(operations) + 1) for kind in DISKS]
    delicate = [(at, kind) for at, kind in every if operations[at - 1].startswith(_DELICATE)]
    for at, told in enumerate(operations, 1):
        if told.startswith(_NAMING):
            yield at, dice.choice(list(DISKS))
    for some in (delicate, every):
        yield from dice.sample(some, min(times // 2, len(some)))


def main(times: str = "40", seed: str = "1") -> None:
    found = rounds(int(times), int(seed))
    for verb in COMMANDS:
        print(f"{verb:<14}all {found[verb, 'all']:>4}   nothing {found[verb, 'nothing']:>4}")
    print(f"{sum(found.values())} commands on a disk that failed; after each, check found no fault")


if __name__ == "__main__":
    main(*sys.argv[1:])
