"""`import`: a data package of deals, or the bundled sample."""

from contextlib import closing
from pathlib import Path
from typing import Annotated

from typer import Argument, Exit, Option

from dealtrack.cli.desk import Desk, now
from dealtrack.cli.failures import FOUND
from dealtrack.cli.options import WriteFlags
from dealtrack.domain.problem import Misuse
from dealtrack.exchange.package import Package, open_package, sample
from dealtrack.ledger.intake import Outcome, take_in

_File = Annotated[
    str | None, Argument(help="A data package: a folder or a zip file.", metavar="PACKAGE", show_default=False)
]
_Sample = Annotated[bool, Option("--sample", help="The data set that dealtrack ships.", show_default=False)]

_SHOWN = 10


def run(desk: Desk, write: WriteFlags, file: _File = None, bundled: _Sample = False) -> None:
    """Import what is new in one change; a second time changes nothing, and what you changed yourself is kept."""
    with closing(_package(file, bundled=bundled)) as package, desk.recording(write, f"import {package.name}") as work:
        outcome = take_in(work.ledger, package, now())
        work.sum_up(summary(outcome))
    _name_kept(desk, outcome)


def _package(file: str | None, *, bundled: bool) -> Package:
    if bundled == (file is not None):
        raise Misuse("one data package is imported at a time", "dealtrack import FOLDER, or dealtrack import --sample")
    return sample() if file is None else open_package(Path(file))


def summary(outcome: Outcome) -> str:
    """What was new, in one line."""
    new, known = outcome.new, outcome.same["deals"] + len(outcome.kept["deals"])
    known_already = f"{known:,} deals were known already"
    if not any(new.values()):
        return f"Nothing new: {known_already}"
    return (
        f"Imported {new['deals']:,} deals with {new['events']:,} events, {new['companies']:,} companies "
        f"and {new['sources']:,} sources" + (f"; {known_already}" if known else "")
    )


def _name_kept(desk: Desk, outcome: Outcome) -> None:
    kept = [(what, names) for what, names in outcome.kept.items() if names]
    for what, names in kept:
        more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
        listed = f"{', '.join(names[:_SHOWN])}{more}"
        desk.say(f"Kept as they are here, though the package differs: {len(names)} {what} ({listed})")
    if kept:
        raise Exit(FOUND)
