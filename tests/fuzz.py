"""Every reader, given what nobody would write: `python tests/fuzz.py [MINUTES] [SEED]` prints how much, and what came.

Inputs are made of earlier ones. One that leads a reader along lines of dealtrack that no other has is kept, to make
more of: so the search goes where it has not been. What may come out is a value, or a Problem, and that soon, also of a
megabyte. `python tests/fuzz.py MINUTES SEED keep` keeps the shortest inputs that lead along all the lines, in
`corpus.json`; the usual tests read them all again.
"""

import json
import random
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from readers import Reader, readers

from dealtrack.domain.problem import Problem

CORPUS = Path(__file__).with_name("corpus.json")

# What no reader expects: controls, halves of characters, marks that join or turn, digits that are not ours, giants.
ODD = ("\0", "\n", "\t", "\x1b", "\x85", "\u00a0", "\u00b2", "\u0300", "\u0660", "\u202e", "\u2028", "\u200d", "\ufeff",
       "\ud800", "\udcff", "\U0001f680", "\u0130", "\u00df", "\u4e00", "9" * 30, "-", ".", "  ")  # fmt: skip

# How many of the inputs are giants.
GIANTS = 0.002

# What is kept is short: a test reads all of it.
LONGEST_KEPT = 2_000

Step = tuple[object, int, int]


class TooSlow(BaseException):
    """A reader has not come to an end; no Exception, so that nothing on the way takes it for its own."""


@dataclass
class Search:
    """One reader, the inputs that led somewhere new, and what was found wrong."""

    name: str
    reader: Reader
    dice: random.Random
    kept: dict[str, set[Step]] = field(default_factory=dict)
    reached: set[Step] = field(default_factory=set)
    found: dict[str, str] = field(default_factory=dict)
    count: int = 0
    refused: int = 0
    spent: float = 0.0

    def take(self, text: str) -> None:
        """Let the reader read; note what is wrong, and keep the input if it led along other lines."""
        began = time.perf_counter()
        steps: set[Step] = set()
        wrong = None
        try:
            with at_most(self.reader.seconds + len(text) / 100_000), watched(steps):
                self.reader.read(text)
        except Problem:
            self.refused += 1
        except TooSlow:
            wrong = "too slow"
        except Exception as failure:  # noqa: BLE001 - whatever it is, it is what is looked for
            wrong = f"{type(failure).__name__}: {failure}"
        self.count += 1
        self.spent += time.perf_counter() - began
        if wrong is not None:
            self.found.setdefault(wrong[:60], f"{wrong[:300]}\n    {text[:300]!r} ({len(text)} characters)")
        elif not steps <= self.reached and len(text) <= LONGEST_KEPT:
            self.reached |= steps
            self.kept[text] = steps

    def another(self) -> str:
        """An input made of one that is there, by one to four changes; now and then a giant."""
        text = self.dice.choice(list(self.kept) or [""])
        for _ in range(self.dice.randint(1, 4)):
            text = self.changed(text)
        return self.giant(text) if self.dice.random() < GIANTS else text

    def giant(self, text: str) -> str:
        """The input with a piece of it repeated until it is as long as a reader may be given."""
        begin, end = self.place(text)
        piece = text[begin:end] or "-"
        return text[:begin] + piece * (self.reader.longest // len(piece)) + text[end:]

    def place(self, text: str) -> tuple[int, int]:
        begin = self.dice.randint(0, len(text))
        return begin, min(len(text), begin + int(self.dice.expovariate(0.3)))

    def changed(self, text: str) -> str:
        begin, end = self.place(text)
        piece, dice = text[begin:end], self.dice
        match dice.randrange(8):
            case 0:
                piece = ""
            case 1 | 2:
                piece = dice.choice(self.reader.words)
            case 3:
                piece += dice.choice(self.reader.words)
            case 4:
                piece = dice.choice(ODD)
            case 5:
                piece *= dice.randint(2, 12)
            case 6:
                other = dice.choice(list(self.kept) or [""])
                first, last = self.place(other)
                piece = other[first:last]
            case _:
                piece = "".join(chr(max(1, ord(c) + dice.choice((-1, 1, 16, -16)))) for c in piece)
        return text[:begin] + piece + text[end:]

    def shortest(self) -> list[str]:
        """The shortest of the kept inputs that together lead along every line reached."""
        left, chosen = set(self.reached), []
        for text, steps in sorted(self.kept.items(), key=lambda kept: (len(kept[0]), kept[0])):
            if steps & left:
                chosen.append(text)
                left -= steps
        return chosen


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise TooSlow in what takes longer."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def watched(steps: set[Step]) -> Iterator[None]:
    """Gather the steps from line to line of the rooms that read."""
    last: dict[FrameType, int] = {}

    def line(frame: FrameType, event: str, _: Any) -> Any:
        if event == "line":
            steps.add((frame.f_code, last.get(frame, 0), frame.f_lineno))
            last[frame] = frame.f_lineno
        else:
            last.pop(frame, None)
        return line

    def call(frame: FrameType, _event: str, _: Any) -> Any:
        file = frame.f_code.co_filename
        looked_at = ("/dealtrack/" in file and not file.endswith(WELL_TRODDEN)) or file.endswith("/zipfile.py")
        return line if looked_at else None

    before = sys.gettrace()
    sys.settrace(call)
    try:
        yield
    finally:
        sys.settrace(before)


# Rooms behind the readers, where other tests look.
WELL_TRODDEN = ("rows.py", "journal.py", "fold.py", "table.py", "lines.py", "safe.py", "searching.py", "soundness.py")


def corpus() -> dict[str, list[str]]:
    """The inputs that are kept, by reader."""
    kept: dict[str, list[str]] = json.loads(CORPUS.read_text(encoding="utf-8")) if CORPUS.exists() else {}
    return kept


def searches(of: dict[str, Reader], seed: int) -> list[Search]:
    """A search for each reader, which has read its seeds and what is kept."""
    begun = [Search(name, reader, random.Random(f"{seed} {name}")) for name, reader in of.items()]
    kept = corpus()
    for search in begun:
        for text in (*search.reader.seeds, *kept.get(search.name, ())):
            search.take(text)
    return begun


def main(minutes: str = "1", seed: str = "1", keep: str = "") -> int:
    with readers() as of:
        begun = searches(of, int(seed))
        end = time.monotonic() + 60 * float(minutes)
        while time.monotonic() < end:
            # Each gets the same time, however long it takes for one input.
            search = min(begun, key=lambda search: search.spent)
            search.take(search.another())
    for search in begun:
        print(f"{search.name:<14}{search.count:>9,} inputs{search.refused:>10,} refused{len(search.reached):>7,} steps"
              f"{len(search.found):>4} faults")  # fmt: skip
    for search in begun:
        for fault in search.found.values():
            print(f"{search.name}: {fault}")
    if keep:
        shortest = {search.name: search.shortest() for search in begun}
        CORPUS.write_text(json.dumps(shortest, indent=1) + "\n", encoding="utf-8")
    return 1 if any(search.found for search in begun) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
