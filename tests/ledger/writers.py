"""Commands that write at once: `python tests/ledger/writers.py [PROCESSES] [WRITES]` prints how many and how they wait.

Every write is an `add`: one change with a deal, an event, a source and a company of its own. Two readers look on,
and see as many of each. Afterwards none is lost, the changes are numbered without a gap, and `check` finds no fault.
"""

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from threading import Event

sys.path.insert(0, str(Path(__file__).parents[1]))

from console import environment
from forks import Forks, Went, forks
from ledger import kills

READERS = 2


@dataclass(frozen=True)
class Rush:
    """What came of it: how many changes and looks there were, and the longest that one of each took, in seconds."""

    changes: int
    looks: int
    longest_write: float
    longest_look: float


def _write(loaded: Forks, folder: Path, name: str, times: int) -> list[float]:
    return [_timed(loaded, folder, *_add(f"{name} {number}"))[0] for number in range(times)]


def _add(name: str) -> list[str]:
    told = ["--status", "talks", "--on", "2026", "--source", f"https://example.com/{name.replace(' ', '/')}"]
    return ["add", "-k", "acquisition", "--buyer", "ses", "--target", name, "--new-company", *told]


def _look(loaded: Forks, folder: Path, done: Event) -> Iterator[float]:
    """Look again and again whether there are as many deals as events, sources, and changes since the first."""
    while not done.is_set():
        took, went = _timed(loaded, folder, "status")
        lines = dict(line.split(maxsplit=1) for line in went.out.splitlines())
        count = {name: int(lines[name].split()[0].replace(",", "")) for name in ("deals", "events", "sources")}
        assert set(count.values()) == {int(lines["changes"].replace(",", "")) - 1}, went.out
        yield took


def _timed(loaded: Forks, folder: Path, *words: str) -> tuple[float, Went]:
    began = time.monotonic()
    went = loaded.run(folder, *words)
    assert went.code == 0, went
    return time.monotonic() - began, went


def rush(processes: int, writes: int) -> Rush:
    """Let so many processes write so often, all at once. Anything lost, refused or half seen is an AssertionError."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as opened, ThreadPoolExecutor(processes + READERS) as pool:
        folder, done = Path(name), Event()
        env = environment(folder, DEALTRACK_LEDGER="deals.db")
        loaded = [opened.enter_context(forks(env)) for _ in range(processes + READERS)]
        _timed(loaded[0], folder, "company", "add", "SES", "--create")
        looking = [pool.submit(lambda one: list(_look(one, folder, done)), one) for one in loaded[processes:]]
        writing = [pool.submit(_write, one, folder, f"w{n}", writes) for n, one in enumerate(loaded[:processes])]
        try:
            took = [seconds for one in writing for seconds in one.result()]
        finally:
            done.set()
        looks = [seconds for one in looking for seconds in one.result()]
        _, log = _timed(loaded[0], folder, "log", "--json")
        assert [change["id"] for change in json.loads(log.out)] == list(range(len(took) + 1, 0, -1))
        _, listed = _timed(loaded[0], folder, "list", "--json")
        targets = sorted(deal["parties"][1]["name"] for deal in json.loads(listed.out))
        assert targets == sorted(f"w{n} {number}" for n in range(processes) for number in range(writes))
        assert kills.faults(folder / "deals.db") == (len(took) + 1, [])
        return Rush(len(took), len(looks), max(took), max(looks))


def main(processes: str = "8", writes: str = "200") -> None:
    began = time.monotonic()
    came = rush(int(processes), int(writes))
    print(f"{came.changes:,} changes by {processes} processes in {time.monotonic() - began:.0f} s: 0 lost, 0 refused")
    print(f"{came.looks:,} looks by {READERS} readers meanwhile: 0 saw half a change")
    print(f"longest write {came.longest_write:.2f} s, longest look {came.longest_look:.2f} s; check found no fault")


if __name__ == "__main__":
    main(*sys.argv[1:])
