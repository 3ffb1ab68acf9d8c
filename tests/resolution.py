"""How well names are resolved: hand-labelled pairs of tests/pairs.csv, each tried as if its name had never been met.

    python tests/resolution.py [--wrong]

A row of the list says whether a name means a company of the bundled data. Before a name is looked up, it is taken away
from the company that it is recorded for, and a company that it is another's name of is taken out, so that what is
measured is what happens to a name that the ledger does not know. `--wrong` lists what was not suggested first.
"""

import csv
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from dealtrack.domain.name import plain
from dealtrack.exchange.package import open_package
from dealtrack.ledger.intake import take_in
from dealtrack.ledger.writing import WritableLedger

HERE = Path(__file__).parent
AT = "2026-01-01T00:00:00Z"


class Pair(NamedTuple):
    """A company (slug), a name, and whether that is the company's."""

    company: str
    name: str
    verdict: str
    why: str


class Tried(NamedTuple):
    """What became of a name: the companies that it was taken for, and those that were suggested, the first first."""

    pair: Pair
    known: str
    taken_for: tuple[str, ...]
    suggested: tuple[str, ...]

    @property
    def automatic(self) -> bool:
        """Whether it was taken for a company without anybody being asked."""
        return len(self.taken_for) == 1

    @property
    def wrong(self) -> bool:
        """Whether it was taken for a company that it is not the name of."""
        right = self.pair.verdict == "same"
        return self.automatic and (self.taken_for[0] == self.known) != right

    @property
    def first(self) -> bool:
        """Whether the company that it is the name of was suggested first."""
        return self.suggested[:1] == (self.known,)


def pairs() -> list[Pair]:
    """The labelled list."""
    with (HERE / "pairs.csv").open(encoding="utf-8", newline="") as stream:
        return [Pair(**row) for row in csv.DictReader(stream)]


def made(path: Path) -> WritableLedger:
    """A ledger of the bundled data."""
    ledger = WritableLedger(path, create=True)
    with ledger.recording(by="", at=AT, command="", action=""):
        take_in(ledger, open_package(HERE.parent / "data"), AT)
    return ledger


def tried(ledger: WritableLedger) -> Iterator[Tried]:
    """Every pair of the list, tried."""
    for pair in pairs():
        known = ledger.company_slug(pair.company)
        with _never_met(ledger, pair, known):
            taken_for = tuple(ledger.company_slugs(pair.name))
            suggested = () if taken_for else tuple(one.slug for one in ledger.nearest_companies(pair.name))
            yield Tried(pair, known, taken_for, suggested)


@contextmanager
def _never_met(ledger: WritableLedger, pair: Pair, known: str) -> Iterator[None]:
    """The ledger as if it knew nothing of the name."""
    connection = ledger.connection
    connection.execute("SAVEPOINT tried")
    try:
        for slug in ledger.slugs_as_entered(pair.name) if pair.verdict == "different" else ():
            if ledger.company_slug(slug) != known:
                connection.execute(
                    "DELETE FROM alias WHERE company_id = (SELECT id FROM company WHERE slug = ?)", (slug,)
                )
                connection.execute("UPDATE company SET slug = '~', plain = '~', ticker = NULL WHERE slug = ?", (slug,))
        connection.execute("DELETE FROM alias WHERE plain = ?", (plain(pair.name),))
        yield
    finally:
        connection.execute("ROLLBACK TO tried")
        connection.execute("RELEASE tried")


def summed_up(told: list[Tried]) -> str:
    """The figures in words."""
    same = [one for one in told if one.pair.verdict == "same"]
    unknown = [one for one in same if not one.automatic]
    first = sum(one.first for one in unknown)
    offered = sum(one.known in one.suggested for one in unknown)
    return (
        f"{len(told)} pairs: {len(same)} names of the same company, {len(told) - len(same)} of different ones\n"
        f"taken for a company unasked: {sum(one.automatic for one in same)} rightly, "
        f"{sum(one.wrong for one in told)} wrongly\n"
        f"suggested first: {first} of the {len(unknown)} others ({share(told):.1%}); among the first three: {offered}"
    )


def share(told: list[Tried]) -> float:
    """The share of right first suggestions among names of known companies that are not resolved by themselves."""
    unknown = [one for one in told if one.pair.verdict == "same" and not one.automatic]
    return sum(one.first for one in unknown) / len(unknown)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, closing(made(Path(folder) / "deals.db")) as ledger:
        told = list(tried(ledger))
    print(summed_up(told))
    if "--wrong" in sys.argv[1:]:
        for one in told:
            if one.wrong or (one.pair.verdict == "same" and not one.automatic and not one.first):
                became = "taken for" if one.automatic else "suggested"
                print(f"{one.pair.name} ({one.pair.verdict} {one.known}): {became}", *(one.taken_for or one.suggested))


if __name__ == "__main__":
    main()
