"""`export`: deals for spreadsheets and programs."""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path

from dealtrack.cli.desk import Desk
from dealtrack.cli.files import FileExists, new_file, telling_of
from dealtrack.cli.options import Clocks, Filters, PartyFlags, Shape, TableFlags
from dealtrack.cli.output import columns_of, format_of, in_file, put_deals, put_rows, usual_columns
from dealtrack.cli.querying import query_of
from dealtrack.domain.columns import TABLES, Table
from dealtrack.domain.figures import DealRow
from dealtrack.domain.problem import Misuse
from dealtrack.domain.query import Query
from dealtrack.exchange.formats import NAMES, for_excel, named
from dealtrack.exchange.record import spanned

_PACKAGE = "package"


def run(desk: Desk, filters: Filters, parties: PartyFlags, clocks: Clocks, tables: TableFlags, shape: Shape) -> None:
    """Export the deals that match, one row a deal with every column; `export package -o DIR` keeps everything.

    The first word may name the format: csv (the usual one), tsv, json, ndjson, md, html, xlsx, parquet, sqlite, ics
    or package.
    """
    desk.look_back(clocks)
    format_, filters = (None, filters) if shape.format else _format_first(filters)
    shape = shape.but(format=format_ or shape.format)
    only = _only(tables)
    query = query_of(desk, filters, parties, shape)
    if shape.format == _PACKAGE or (
        shape.output and shape.format is None and Path(shape.output).suffix.casefold() == ".zip"
    ):
        _refuse_tables(tables, only, "a data package")
        _package(desk, query, shape)
    elif shape.ids:
        put_deals(desk, query, shape, None)
    else:
        _table(desk, query, shape, tables, only)


def _only(tables: TableFlags) -> Table | None:
    """The one table asked for. Raises Misuse for several."""
    named_: list[Table] = [table for table in TABLES if getattr(tables, "flat" if table == "deals" else table)]
    if len(named_) > 1:
        raise Misuse("a file of rows is of one table", f"name one, or all in a workbook: {_WORKBOOK}")
    return named_[0] if named_ else None


_WORKBOOK = "dealtrack export -o deals.xlsx"
# Formats that are of no one table.
_WHOLE = {"ics": "a calendar", "sqlite": "a ledger"}


def _refuse_tables(tables: TableFlags, only: Table | None, what: str) -> None:
    if tables.given():
        flag = f"--{only}" if only and only != "deals" else f"--{tables.given()[0]}"
        raise Misuse(f"{flag} is not for {what}", f"leave {flag} out, or name csv")


def _table(desk: Desk, query: Query, shape: Shape, tables: TableFlags, only: Table | None) -> None:
    if shape.format is None and not shape.json and not in_file(shape):
        shape = shape.but(format="csv")
    name = format_of(desk, shape)
    if name == "table":
        put_deals(desk, query, shape, None)
        return
    if name in _WHOLE:
        _refuse_tables(tables, only, _WHOLE[name])
    columns: Sequence[str] | None = columns_of(shape, only or "deals")
    if columns is None and only in (None, "deals"):
        columns = usual_columns(query, name, None)
    if tables.spans:
        columns = spanned(only or "deals", columns)
    put_rows(desk, query, shape, for_excel(named(name)) if tables.excel else named(name), columns, only)


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
        return desk.watched(table, desk.ledger.packaged(table, query))

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
