"""Which file formats there are: a name, a suffix and a writer each."""

import importlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from dealtrack.domain.columns import Column, Table
from dealtrack.domain.figures import DealRow
from dealtrack.domain.problem import MissingLibrary, Misuse
from dealtrack.domain.query import Query
from dealtrack.exchange.escaping import as_json
from dealtrack.exchange.record import as_object, columns_of, known, reader, typed


class UnknownFormat(Misuse):
    """A file is asked for in a format that is not written."""


class Contents(NamedTuple):
    """What a file of several tables holds: `only` one of them, or (None) deals with all that belongs to them.

    `columns` are those wanted of the one table, or of the deals; `about` is what the file says of itself.
    """

    rows: Callable[[Table], Iterable[DealRow]]
    only: Table | None = None
    columns: Sequence[str] | None = None
    about: Sequence[tuple[str, str]] = ()


class Writer(Protocol):
    """Turns rows of a table and the wanted columns (None: the usual ones) into pieces of text."""

    def __call__(
        self, rows: Iterable[DealRow], columns: Sequence[str] | None, table: Table = "deals"
    ) -> Iterator[str]: ...


# Gives the rows of deals that SQLite has joined, for columns and with a mark before each name, or (None) as objects.
Joined = Callable[[Query, Sequence[Column] | None, str], Iterator[list[Any]] | None]
# Writes what `write` would, of such rows and the wanted columns; None where those cannot be joined.
Joiner = Callable[[Joined, Query, Sequence[str] | None], Iterator[str] | None]

# Writes a whole file, and returns what is to be said of what did not fit into it.
Saver = Callable[[Path, Contents], list[str]]


class Format(NamedTuple):
    """A format with the suffix that names it: `write` gives text, `save` a file; neither, a ledger's own affair."""

    name: str
    suffix: str
    write: Writer | None = None
    save: Saver | None = None
    also: tuple[str, ...] = ()
    joined: Joiner | None = None


def _written(module: str) -> Writer:
    """The `write` of a file of this room, loaded when it is first wanted."""

    def write(rows: Iterable[DealRow], columns: Sequence[str] | None, table: Table = "deals") -> Iterator[str]:
        found: Iterator[str] = importlib.import_module(f"dealtrack.exchange.{module}").write(rows, columns, table)
        return found

    return write


def _saved(module: str, extra: str = "") -> Saver:
    """The `save` of a file of this room, likewise. Raises MissingLibrary where the extra that it needs is not there."""

    def save(path: Path, contents: Contents) -> list[str]:
        try:
            saving = importlib.import_module(f"dealtrack.exchange.{module}")
        except ModuleNotFoundError as missing:
            raise MissingLibrary(module, missing.name or "", extra) from missing
        remarks: list[str] = saving.save(path, contents)
        return remarks

    return save


def _delimited(delimiter: str, ending: str = "\n") -> Writer:
    def write(rows: Iterable[DealRow], columns: Sequence[str] | None, table: Table = "deals") -> Iterator[str]:
        # What writes objects has no use for it.
        from dealtrack.exchange.delimited import lines  # noqa: PLC0415

        return lines(rows, columns_of(table, columns), delimiter, ending)

    return write


def _joined_lines(ending: str = "\n") -> Joiner:
    def write(rows: Joined, query: Query, names: Sequence[str] | None) -> Iterator[str] | None:
        from secrets import token_hex  # noqa: PLC0415 - as above

        from dealtrack.exchange.assembling import lines  # noqa: PLC0415 - as above

        # Nobody can have put it into a name.
        columns, mark = columns_of("deals", names), token_hex()
        batches = rows(query, columns, mark)
        return None if batches is None else lines(batches, columns, mark, ending)

    return write


def _joined_objects(*, lines: bool) -> Joiner:
    def write(rows: Joined, query: Query, names: Sequence[str] | None) -> Iterator[str] | None:
        from dealtrack.exchange.assembling import objects  # noqa: PLC0415 - as above

        batches = rows(query, None, "") if names is None else None
        return None if batches is None else objects(batches, lines=lines)

    return write


# The keys of an object that hold what a column of the screen or of a flat file shows.
_KEYS = {"since": "first_seen", "heard": "last_heard", "usd": "value", "deal": "parties"}


def objects(rows: Iterable[DealRow], columns: Sequence[str] | None, table: Table = "deals") -> Iterator[dict[str, Any]]:
    """Deals as objects of the JSON contract, rows of other tables as flat ones, with the wanted keys only."""
    if table != "deals":
        yield from _flat_objects(rows, columns_of(table, columns))
        return
    fields = {name: reader(column) for name, column in known().items()} if columns else {}
    for row in rows:
        whole = as_object(row)
        if columns is None:
            yield whole
        else:
            wanted = [_KEYS.get(name, name) for name in columns]
            yield {name: whole[name] if name in whole else fields[name](row) for name in wanted}


def _flat_objects(rows: Iterable[DealRow], columns: Sequence[Column]) -> Iterator[dict[str, Any]]:
    cells = [(column.name, typed(column)) for column in columns]
    for row in rows:
        yield {name: read(row) for name, read in cells}


def _json(rows: Iterable[DealRow], columns: Sequence[str] | None, table: Table = "deals") -> Iterator[str]:
    yield "["
    between = "\n"
    for whole in objects(rows, columns, table):
        yield between + as_json(whole)
        between = ",\n"
    yield "\n]\n" if between != "\n" else "]\n"


def _ndjson(rows: Iterable[DealRow], columns: Sequence[str] | None, table: Table = "deals") -> Iterator[str]:
    for whole in objects(rows, columns, table):
        yield as_json(whole) + "\n"


FORMATS: tuple[Format, ...] = (
    Format("csv", ".csv", _delimited(","), joined=_joined_lines()),
    Format("tsv", ".tsv", _delimited("\t")),
    Format("json", ".json", _json, joined=_joined_objects(lines=False)),
    Format("ndjson", ".ndjson", _ndjson, also=(".jsonl",), joined=_joined_objects(lines=True)),
    Format("md", ".md", _written("markdown")),
    Format("html", ".html", _written("webpage"), also=(".htm",)),
    Format("xlsx", ".xlsx", save=_saved("workbook")),
    Format("parquet", ".parquet", save=_saved("parquet", "parquet")),
    Format("sqlite", ".db", also=(".sqlite", ".sqlite3")),
    Format("ics", ".ics", _written("agenda")),
)
# Those of rows and objects, which hold a table of anything.
ROWS: tuple[Format, ...] = FORMATS[:4]
NAMES: tuple[str, ...] = tuple(format_.name for format_ in FORMATS)


def named(name: str) -> Format:
    """The format of that name. Raises UnknownFormat."""
    for format_ in FORMATS:
        if format_.name == name:
            return format_
    raise UnknownFormat(f'there is no format "{name}"', f"formats are {', '.join(NAMES)}")


def for_excel(format_: Format) -> Format:
    """The same, as Excel opens it by a double click: it knows UTF-8 by its mark only. Raises Misuse."""
    if format_.name not in ("csv", "tsv"):
        raise Misuse(f"--excel is for csv and tsv, not for {format_.name}", "leave it out, or name csv")
    write = _delimited("," if format_.name == "csv" else "\t", "\r\n")
    join = _joined_lines("\r\n") if format_.joined else None

    def joined(rows: Joined, query: Query, names: Sequence[str] | None) -> Iterator[str] | None:
        pieces = join(rows, query, names) if join else None
        return None if pieces is None else chain([_MARK], pieces)

    return format_._replace(
        write=lambda rows, columns, table="deals": chain([_MARK], write(rows, columns, table)), joined=joined
    )


# The byte order mark, without which Excel takes UTF-8 for the encoding of its country.
_MARK = "\ufeff"
