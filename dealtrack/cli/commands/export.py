"""`export`: deals for spreadsheets and programs."""

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from typer import Argument

from dealtrack.cli.desk import Desk
from dealtrack.cli.options import DeskFlags, Filters, PartyFlags, Shape
from dealtrack.cli.output import FileExists, NewFile, put_deals
from dealtrack.cli.querying import query_of
from dealtrack.domain.problem import Misuse
from dealtrack.domain.query import Query
from dealtrack.exchange.formats import NAMES

_PACKAGE = "package"
_Words = Annotated[
    list[str] | None,
    Argument(help="A format first, if it is one (csv, tsv, json, ndjson, package), then words to match.", show_default=False),
]


def run(filters: Filters, parties: PartyFlags, shape: Shape, flags: DeskFlags) -> None:
    """Export the deals that match: one row a deal, every column; `export package -o DIR` keeps everything."""
    desk = Desk(flags)
    format_, filters = _format_first(filters)
    shape = replace(shape, format=format_ or shape.format)
    query = query_of(desk, filters, parties, shape)
    if shape.format == _PACKAGE or (shape.output and shape.format is None and Path(shape.output).suffix == ".zip"):
        _package(desk, query, shape)
    elif shape.format is None and not shape.json and not shape.output:
        put_deals(desk, query, replace(shape, format="csv"), None)
    else:
        put_deals(desk, query, shape, None)


def _format_first(filters: Filters) -> tuple[str | None, Filters]:
    """`export csv launch` names a format, then filters."""
    words = list(filters.words or ())
    if words and words[0] in (*NAMES, _PACKAGE):
        return words[0], replace(filters, words=words[1:])
    return None, filters


def _package(desk: Desk, query: Query, shape: Shape) -> None:
    from dealtrack.exchange.packing import into_folder, into_zip  # noqa: PLC0415 - the only command that packs

    if not shape.output:
        raise Misuse("a data package is several files", "say where: dealtrack export package -o deals.zip (or a folder)")
    path = Path(shape.output)

    def rows(table: str) -> object:
        return desk.ledger.packaged(table, query)

    if path.suffix == ".zip":
        with NewFile(path, force=shape.force) as temporary:
            into_zip(temporary, rows)  # type: ignore[arg-type]  # rows of any table
    else:
        _folder(path, force=shape.force, fill=lambda folder: into_folder(folder, rows))  # type: ignore[arg-type]  # as above
    desk.say(f"Wrote {path}")


def _folder(path: Path, *, force: bool, fill: object) -> None:
    """Fill a folder beside its place and move it there only when it is whole."""
    if path.exists() and (not path.is_dir() or any(path.iterdir())) and not force:
        raise FileExists(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as temporary:
        made = Path(temporary) / "package"
        made.mkdir()
        fill(made)  # type: ignore[operator]  # a callable of one folder
        if path.is_dir():
            for file in made.iterdir():
                file.replace(path / file.name)
        else:
            shutil.move(made, path)
