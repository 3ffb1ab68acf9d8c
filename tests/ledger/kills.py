"""Commands killed at random moments: `python tests/ledger/kills.py ROUNDS [SEED]` prints how many, and what was left.

Each round starts a real command on a copy of one ledger, kills it with SIGKILL at a random moment of the time that the
command takes, and looks at what is left: the change is there whole or not at all, and `check` finds no fault.
"""

import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from console import environment

from dealtrack.ledger.file import connect, identify
from dealtrack.ledger.identity import SCHEMA_VERSION
from dealtrack.ledger.ledger import Ledger
from dealtrack.ledger.soundness import examine_ledger
from dealtrack.ledger.writing import WritableLedger

# Each with how many changes it makes.
COMMANDS: dict[str, tuple[list[str], int]] = {
    "add": (
        ["add", "-k", "acquisition", "--buyer", "ses", "--target", "geost", "--status", "talks", "--on", "2026"],
        1,
    ),
    "update": (["update", "50", "--status", "completed", "--on", "2026-01", "--source", "https://example.com/n"], 1),
    "edit": (["edit", "50", "51", "52", "--tag", "+watched", "--note", "x" * 5000], 1),
    "rm": (["rm", *map(str, range(1, 90))], 1),
    "undo": (["undo", "2"], 1),
    "import": (["import", "--sample"], 1),
    "fix": (["check", "--fix"], 0),
    "backup": (["backup", "copy.db", "--force"], 0),
    "restore": (["backup", "--restore", "whole.db"], 0),
    "new ledger": (["import", "--sample", "-l", "new.db", "--create"], 1),
    "migrate": (["list", "-l", "old.db"], 0),
}
OLD = Path(__file__).with_name("schemas") / "1.db"
# How many changes there are before, and in which file, unless two in deals.db.
BEFORE = {"new ledger": 0, "migrate": 16}
PLACES = {"new ledger": "new.db", "migrate": "old.db"}


def prepare(folder: Path, env: dict[str, str]) -> None:
    """A ledger with a part of the bundled deals, so that there are others to import, a removal to undo, and a copy."""
    for words in (
        ["import", "--sample", "--create", "-l", "all.db"],
        ["export", "package", "--kind", "not:partnership", "-o", "part.zip", "-l", "all.db"],
        ["import", "part.zip", "--create"],
        ["rm", *map(str, range(100, 190))],
        ["backup", "whole.db"],
    ):
        subprocess.run(["dealtrack", *words, "-q"], cwd=folder, env=env, check=True, capture_output=True)


@contextmanager
def prepared(prepare: Callable[[Path, dict[str, str]], None]) -> Iterator[tuple[Path, Path]]:
    """A home for commands, and in it a folder that was prepared for copies to be made of it; both go in the end."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        whole = home / "whole"
        whole.mkdir()
        prepare(whole, environment(home, DEALTRACK_LEDGER="deals.db"))
        yield home, whole


def faults(path: Path) -> tuple[int, list[str]]:
    """How many changes a ledger has, and the faults `check` finds of the file; an older one is brought up first."""
    if schema(path) < SCHEMA_VERSION:
        with tempfile.TemporaryDirectory() as folder:
            newer = Path(shutil.copy(path, folder))
            WritableLedger(newer).close()
            return faults(newer)
    with closing(Ledger(path)) as ledger:
        found = [f"{f.code}: {f.sentence}" for f in examine_ledger(ledger, date(2026, 11, 1)) if f.severity == "fault"]
        return ledger.counts()["change"], found


def schema(path: Path) -> int:
    """The number of a ledger's schema; what a killed writer left half done is rolled back on the way."""
    with closing(connect(path)) as connection:
        return identify(connection, path)


def once(whole: Path, verb: str, moment: float, home: Path) -> tuple[str, float]:
    """Kill one command at a part of the time it is expected to take; what was left, and how long it ran."""
    words, changes = COMMANDS[verb]
    with tempfile.TemporaryDirectory(dir=home) as name:
        folder = Path(name)
        for file in ("deals.db", "whole.db"):
            shutil.copy(whole / file, folder / file)
        shutil.copy(OLD, folder / "old.db")
        env = environment(home, DEALTRACK_LEDGER="deals.db")
        began = time.monotonic()
        process = subprocess.Popen(
            ["dealtrack", *words], cwd=folder, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            process.wait(timeout=moment)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        took = time.monotonic() - began
        path = folder / PLACES.get(verb, "deals.db")
        if not path.exists():
            if verb != "new ledger":
                raise AssertionError(f"{verb}, killed after {took:.3f} s: the ledger is gone")
            return "nothing", took
        before = BEFORE.get(verb, 2)
        count, found = faults(path)
        if found or count not in (before, before + changes):
            raise AssertionError(f"{verb}, killed after {took:.3f} s: {count} changes; {found}")
        done = schema(path) == SCHEMA_VERSION if verb == "migrate" else count != before
        return ("all" if done else "nothing"), took


def rounds(number: int, seed: int) -> Counter[tuple[str, str]]:
    """Kill so many commands; how often each left all or nothing of its change. Anything else is an AssertionError."""
    dice = random.Random(seed)
    left: Counter[tuple[str, str]] = Counter()
    with prepared(prepare) as (home, whole):
        lasts = {verb: once(whole, verb, 60.0, home)[1] for verb in COMMANDS}
        for _ in range(number):
            verb = dice.choice(list(COMMANDS))
            outcome, _took = once(whole, verb, dice.triangular(0.3, 1.2, 0.9) * lasts[verb], home)
            left[verb, outcome] += 1
    return left


def main(number: str = "500", seed: str = "1") -> None:
    left = rounds(int(number), int(seed))
    for verb in COMMANDS:
        print(f"{verb:<12}all {left[verb, 'all']:>4}   nothing {left[verb, 'nothing']:>4}")
    print(f"{sum(left.values())} commands killed or ended; after each, check found no fault")


if __name__ == "__main__":
    main(*sys.argv[1:])
