"""`export`: deals for spreadsheets and programs."""

import shutil
import tempfile
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from pathlib import Path

from dealtrack.cli.desk import Desk
from dealtrack.cli.options import Clocks, Filters, PartyFlags, Shape
from dealtrack.cli.output import FileExists, new_file, put_deals, telling_of
from dealtrack.cli.querying import query_of
from dealtrack.domain.figures import DealRow
from dealtrack.domain.problem import Misuse
from dealtrack.domain.query import Query
from dealtrack.exchange.formats import NAMES

_PACKAGE = "package"


def run(desk: Desk, filters: Filters, parties: PartyFlags, clocks: Clocks, shape: Shape) -> None:
    """Export the deals that match, one row a deal with every column; `export package -o DIR` keeps everything.

    The first word may name the format: csv (the usual one), tsv, json, ndjson or package.
    """
    desk.look_back(clocks)
    format_, filters = (None, filters) if shape.format else _format_first(filters)
    shape = shape.but(format=format_ or shape.format)
    query = query_of(desk, filters, parties, shape)
    if shape.format == _PACKAGE or (
        shape.output and shape.format is None and Path(shape.output).suffix.casefold() == ".zip"
    ):
        _package(desk, query, shape)
    elif shape.format is None and not shape.json and not shape.output:
        put_deals(desk, query, shape.but(format="csv"), None)
    else:
        put_deals(desk, query, shape, None)


def _format_first(filters: Filters) -> tuple[str | None, Filters]:
    """`export csv launch` names a format, then filters."""
    words = list(filters.words or ())
    formats = (*NAMES, _PACKAGE)
    if words and words[0] in formats:
        return words[0], filters.but(words=words[1:])
    near = get_close_matches(words[0], formats, n=1, cutoff=0.75) if words else []
    if near:
        raise Misuse(
            f'there is no format "{words[0]}"', f"did you mean {near[0]}? (to search for the word: -O csv first)"
        )
    return None, filters


def _package(desk: Desk, query: Query, shape: Shape) -> None:
    from dealtrack.exchange.packing import into_folder, into_zip  # noqa: PLC0415 - the only command that packs

    if not shape.output:
        raise Misuse(
            "a data package is several files", "say where: dealtrack export package -o deals.zip (or a folder)"
        )
    path = Path(shape.output)
    if desk.clock:
        desk.say(desk.clock)

    def rows(table: str) -> Iterable[DealRow]:
        return desk.ledger.packaged(table, query)

    if path.suffix.casefold() == ".zip":
        with new_file(path, force=shape.force) as temporary:
            into_zip(temporary, rows)
    else:
        _folder(path, force=shape.force, fill=lambda folder: into_folder(folder, rows))
    desk.say(f"Wrote {path}")


def _folder(path: Path, *, force: bool, fill: Callable[[Path], None]) -> None:
    """Fill a folder beside its place and move it there only when it is whole."""
    if path.exists() and (not path.is_dir() or any(path.iterdir())) and not force:
        raise FileExists(path)
    with telling_of(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as temporary:
            made = Path(temporary) / "package"
            made.mkdir()
            fill(made)
            if path.is_dir():
                for file in made.iterdir():
                    file.replace(path / file.name)
            else:
                shutil.move(made, path)
