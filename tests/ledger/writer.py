"""A writer in a process of its own: `writer.py LEDGER add NAME TIMES` or `writer.py LEDGER import DEALS`."""

import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from dealtrack.domain.company import Company
from dealtrack.domain.date import from_edtf
from dealtrack.domain.draft import Draft
from dealtrack.domain.event import Event
from dealtrack.domain.kind import Relation
from dealtrack.domain.publisher import Publisher
from dealtrack.domain.source import Source
from dealtrack.ledger.identity import Busy
from dealtrack.ledger.intake import Rate, Tie, take_in
from dealtrack.ledger.writing import WritableLedger

AT = "2026-03-15T12:00:00Z"
STRIDE = 100


def say(word: str) -> None:
    print(word, flush=True)


class Many:
    """A data set of as many deals as wished; it says a word at every hundredth."""

    def __init__(self, number: int) -> None:
        self._number = number

    def companies(self) -> Iterator[Company]:
        yield Company("geost", "Geost")

    def sources(self) -> Iterator[Source]:
        yield Source("s-0001", "https://example.com/all", None, None, None, "dataset", None, "C")

    def deals(self) -> Iterator[Draft]:
        (told,) = self.sources()
        for number in range(self._number):
            if number % STRIDE == 0:
                say(f"deal {number}")
            event = Event(1, from_edtf("2025-05-27"), "rumored", summary="x" * 2000, source=told)
            parties = (("geost", "target"),)
            yield Draft("acquisition", None, parties, (event,), f"geost-{number}", f"Geost {number}")  # type: ignore[arg-type]  # a literal

    def publishers(self) -> Iterator[Publisher]:
        return iter(())

    def ties(self) -> Iterator[Tie]:
        return iter(())

    def links(self) -> Iterator[tuple[str, Relation, str]]:
        yield "geost-1", "follows", "geost-0"

    def rates(self) -> Iterator[Rate]:
        return iter(())


def add(path: Path, name: str, times: int) -> None:
    """As many changes as wished, each of one company; whatever is refused because another writes is tried again."""
    done = 0
    while done < times:
        with closing(WritableLedger(path, create=True)) as ledger, suppress(Busy):
            for number in range(done, times):
                with ledger.recording(by=name, at=AT, command="company add", action=f"{name} {number}"):
                    ledger.add_company(Company("", f"{name} {number}"))
                done += 1


def bring_in(path: Path, number: int) -> None:
    """One change of many deals, saying before and after it is kept."""
    with closing(WritableLedger(path, create=True)) as ledger:
        with ledger.recording(by="writer", at=AT, command="import", action="import"):
            take_in(ledger, Many(number), AT)
            say("written")
        say("kept")


def main(path: str, verb: str, *words: str) -> None:
    """Wait for a line, so that several writers begin together, then write."""
    say("ready")
    sys.stdin.readline()
    if verb == "add":
        add(Path(path), words[0], int(words[1]))
    else:
        bring_in(Path(path), int(words[0]))


if __name__ == "__main__":
    main(*sys.argv[1:])
