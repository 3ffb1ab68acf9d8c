"""Files of several tables: made whole beside their place, or in a temporary folder on their way into a pipe."""

import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from dealtrack import __version__
from dealtrack.cli.basis import in_words
from dealtrack.cli.desk import Desk
from dealtrack.cli.files import new_file, telling_of
from dealtrack.cli.options import Shape
from dealtrack.domain.columns import Table
from dealtrack.domain.problem import Misuse
from dealtrack.domain.query import Query
from dealtrack.exchange.formats import Contents, Format

_DOLLARS = (
    "As a source states them; else converted at the European Central Bank's reference rate of the day the terms became "
    "known; where there is none, no figure"
)

# Makes a file, and returns what is to be said of it.
Fill = Callable[[Path], list[str]]


def save(
    desk: Desk, query: Query, shape: Shape, format_: Format, columns: Sequence[str] | None, only: Table | None
) -> None:
    """Save the matching deals in a format that is no text."""
    fill = _filling(
        desk,
        query,
        shape,
        format_,
        Contents(lambda table: desk.watched(table, desk.listing.table(table, query)), only, columns),
    )
    if desk.clock:
        desk.say(desk.clock)
    remarks = put_file(desk, shape, format_, fill)
    for remark in remarks:
        desk.say(remark)


def _filling(desk: Desk, query: Query, shape: Shape, format_: Format, contents: Contents) -> Fill:
    saver = format_.save
    if saver is not None:
        return lambda path: saver(path, contents._replace(about=about(desk, query)))
    if shape.columns:
        raise Misuse("a ledger has all its columns", "leave --columns out, or name csv")
    from dealtrack.cli.parting import make_part  # noqa: PLC0415 - only what makes ledgers loads what writes them

    return lambda path: make_part(desk, query, path)


def put_file(desk: Desk, shape: Shape, format_: Format, fill: Fill) -> list[str]:
    """Let a file be made under the name asked for, or in a pipe; a terminal is no place for it."""
    if shape.output is not None and shape.output != "-":
        path = Path(shape.output)
        with new_file(path, force=shape.force) as temporary:
            remarks = fill(temporary)
        desk.say(f"Wrote {path}")
        return remarks
    if desk.screen.terminal:
        raise Misuse(f"{format_.name} is not for a terminal", f"name a file: -o deals{format_.suffix}")
    with tempfile.TemporaryDirectory(prefix="dealtrack-") as folder:
        path = Path(folder) / f"deals{format_.suffix}"
        with telling_of(path):
            remarks = fill(path)
        desk.let_go()
        with path.open("rb") as stream:
            shutil.copyfileobj(stream, desk.screen.binary)
    return remarks


def about(desk: Desk, query: Query) -> list[tuple[str, str]]:
    """What a file says of itself: of which deals it is, by which clock, in whose dollars."""
    tally, (change, deals) = desk.listing.tally(query), desk.listing.state()
    found = tally.deals if query.limit is None else min(tally.deals, query.limit)
    return [
        ("Deals", f"{found:,} of {deals:,}"),
        ("Ledger", f"{desk.path.name} at change {change}"),
        ("Filters", "; ".join(in_words(query)) or "none"),
        ("As of", desk.clock or "As the ledger stands"),
        ("Values", f"Known in {tally.currency} of {tally.valued:,} of {tally.deals:,} deals. {_DOLLARS}."),
        ("Columns", "As dealtrack help columns tells; dates that are no whole day are EDTF (ISO 8601-2)"),
        ("Made by", f"dealtrack {__version__}"),
    ]
