"""A part of a ledger as a ledger of its own: taken in as a data package is, with no history but that."""

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from dealtrack.cli.desk import Desk, command_line, now, user
from dealtrack.domain.problem import Problem
from dealtrack.domain.query import Query
from dealtrack.exchange.package import Package, open_package
from dealtrack.exchange.packing import into_folder
from dealtrack.ledger.intake import take_in
from dealtrack.ledger.writing import WritableLedger


class NothingToPart(Problem):
    """No deals match, and a ledger of none is not made."""


def make_part(desk: Desk, query: Query, path: Path) -> list[str]:
    """Make a ledger of the matching deals with all that belongs to them; deals keep their slugs, not their ids.

    Raises NothingToPart.
    """
    with TemporaryDirectory(prefix="dealtrack-") as folder:
        into_folder(Path(folder), lambda table: desk.watched(table, desk.listing.packaged(table, query)))
        with closing(open_package(Path(folder))) as package:
            if next(package.slugs(), None) is None:
                raise NothingToPart("no deals match: there is nothing to make a ledger of", "see: dealtrack list")
            _take_over(desk, package, path)
    return []


def _take_over(desk: Desk, package: Package, path: Path) -> None:
    # A ledger is made where nothing is.
    path.unlink(missing_ok=True)
    at, action = now(), f"export from {desk.path.name}"
    with (
        closing(WritableLedger(path, create=True)) as part,
        part.recording(by=user(), at=at, command=command_line(desk.answered), action=action),
    ):
        take_in(part, package, at)
