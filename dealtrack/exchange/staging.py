"""A data package laid open: its files read line by line into a private temporary database, its references checked."""

import csv
import io
import json
import lzma
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.resources.abc import Traversable
from operator import itemgetter
from pathlib import PureWindowsPath
from typing import IO, Any

from dealtrack.domain.problem import Misuse, NoRoom

TABLES: dict[str, tuple[str, ...]] = {
    "companies": ("id", "name", "kind", "country", "sectors", "ticker", "note"),
    "aliases": ("company", "alias", "kind", "valid"),
    "publishers": ("name", "reliability", "lag", "aliases"),
    "sources": (
        "id", "url", "title", "publisher", "published", "kind", "via", "reliability", "title_derived",
        "reliability_derived",
    ),
    "identifiers": ("company", "kind", "value", "source"),
    "parents": ("company", "parent", "valid"),
    "judgements": ("company", "other", "verdict", "by", "at", "why"),
    "deals": ("id", "title", "kind", "form", "sectors", "core_space", "tags", "note", "checked"),
    "parties": ("deal", "company", "role", "as_reported"),
    "events": (
        "id", "deal", "date", "status", "milestone", "summary", "value_text", "value_currency", "value_low",
        "value_high", "value_qualifier", "value_basis", "value_usd_low", "value_usd_high", "stake_text", "stake_low",
        "stake_high", "stake_basis", "controlling", "expected", "source", "credibility", "flags", "pins",
    ),
    "links": ("deal", "related", "relation"),
    "rates": ("date", "currency", "usd", "origin"),
}  # fmt: skip
_OPTIONAL = frozenset(
    (
        "value_usd_low", "value_usd_high", "title_derived", "reliability_derived", "pins", "checked", "valid",
        "as_reported",
    )
)  # fmt: skip
# What packages came to have later: one that does not have it says nothing of it.
_LATER = frozenset(("publishers", "identifiers", "parents", "judgements", "rates"))
_UNIQUE = {
    "companies": ("id",), "publishers": ("name",), "sources": ("id",), "deals": ("id",), "events": ("id",),
    "aliases": ("company", "alias"), "parties": ("deal", "company", "role"), "links": ("deal", "related", "relation"),
    "identifiers": ("company", "kind", "value"), "parents": ("company", "parent"), "judgements": ("company", "other"),
    "rates": ("currency", "date"),
}  # fmt: skip
# Which column names a row of which table, and whether it may be empty.
_REFERENCES = (
    ("aliases", "company", "companies", False),
    ("identifiers", "company", "companies", False),
    ("identifiers", "source", "sources", True),
    ("parents", "company", "companies", False),
    ("parents", "parent", "companies", False),
    ("judgements", "company", "companies", False),
    ("judgements", "other", "companies", False),
    ("parties", "deal", "deals", False),
    ("parties", "company", "companies", False),
    ("events", "deal", "deals", False),
    ("events", "source", "sources", True),
    ("links", "deal", "deals", False),
    ("links", "related", "deals", False),
)

# The columns that rows are found by: their keys and what they name.
_FOUND_BY = {
    table: tuple(dict.fromkeys((*key, *(column for one, column, _, _ in _REFERENCES if one == table))))
    for table, key in _UNIQUE.items()
}
# A row is kept as one text of its line and its cells; no cell may hold what stands between them.
_NAMES = {table: ("line", *columns) for table, columns in TABLES.items()}
_BETWEEN = "\0"

# What a file may hold at most, so that a hostile one cannot fill the memory: a cell, a line, a descriptor, a zip file.
_LONGEST_CELL = 16 * 1024 * 1024
_MOST_CELLS = 1_000
_LONGEST_DESCRIPTOR = 1024 * 1024
_LARGEST_ZIP = 16 * 1024**3

# All that reading a damaged, encrypted or hostile file or zip member may raise.
_UNREADABLE = (
    OSError, KeyError, ValueError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error, lzma.LZMAError,
)  # fmt: skip

MEND = "mend the file and import it again; nothing was imported"
EMPTY = "the cell is empty and must not be"

# A row by the names of its columns, and `line`, where it stands; an empty cell is an empty text.
Raw = dict[str, str]


class BadPackage(Misuse):
    """A data package cannot be read; nothing of it is imported."""


class Staging:
    """The tables of a package, each row with its line in the file, every reference checked."""

    def __init__(self, place: Traversable, name: str) -> None:
        self._place = place
        self.name = name
        self._paths = _paths(place, name)
        # The empty name makes SQLite keep a private file that goes away by itself, so that memory stays small.
        self._staged = sqlite3.connect("", isolation_level=None)
        self._staged.execute("PRAGMA synchronous = OFF")
        self._staged.execute("PRAGMA journal_mode = MEMORY")
        try:
            for table, columns in TABLES.items():
                self._stage(table, columns)
            self._check_references()
        except sqlite3.OperationalError as error:
            self.close()
            raise NoRoom(error) from error
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the temporary database, and of the zip file if it is one."""
        self._staged.close()
        if isinstance(self._place, zipfile.Path):
            self._place.root.close()

    def slugs(self) -> Iterator[str]:
        """The ids of the deals it holds."""
        return (str(slug) for (slug,) in self._staged.execute("SELECT id FROM deals ORDER BY line"))

    def rows(self, table: str) -> Iterator[Raw]:
        """The rows of a table in the order of its file."""
        return (laid_open(table, text) for (text,) in self.found(f"SELECT row FROM {table} ORDER BY line"))

    def found(self, sql: str, *values: str) -> Iterator[tuple[str, ...]]:
        """What a question to the tables finds; in each, `row` is a whole row as one text, to be laid open."""
        return self._staged.execute(sql, values)

    def bad(self, table: str, line: int | str, column: str, what: str) -> BadPackage:
        """What is wrong, with its place: `events.csv:12, column date: ...`."""
        return BadPackage(f"{self._paths[table]}:{line}, column {column}: {what}", MEND)

    # --- files to tables ----------------------------------------------------------------------

    def _stage(self, table: str, columns: Sequence[str]) -> None:
        # A cell that nothing is found by is only handed on: kept apart, each would cost as much as a row.
        names = ", ".join(f'"{name}" TEXT' for name in _FOUND_BY[table])
        self._staged.execute(f"CREATE TABLE {table} (line INTEGER PRIMARY KEY, row TEXT, {names})")
        marks = ", ".join(["nullif(?, '')"] * len(_FOUND_BY[table]))
        self._staged.execute("BEGIN")
        if table in self._paths:
            self._staged.executemany(f"INSERT INTO {table} VALUES (?, ?, {marks})", self._records(table, columns))
        key = ", ".join(f'"{name}"' for name in _UNIQUE[table])
        try:
            self._staged.execute(f"CREATE UNIQUE INDEX {table}_key ON {table} ({key})")
        except sqlite3.IntegrityError as error:
            raise self._twice(table) from error
        if table in ("parties", "events"):
            self._staged.execute(f"CREATE INDEX {table}_deal ON {table} (deal)")
        self._staged.execute("COMMIT")

    def _records(self, table: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """The line, the row and what it is found by; a column that the file does not have is empty throughout."""
        path = self._paths[table]
        csv.field_size_limit(_LONGEST_CELL)
        with self._open(path) as stream:
            reader = csv.reader(_short_lines(stream), strict=True)
            line = 1
            try:
                header = next(reader, [])
                self._check_header(path, header, columns)
                pick = itemgetter(*(header.index(name) if name in header else -1 for name in columns))
                find = itemgetter(-1, *map(header.index, _FOUND_BY[table]))
                width = len(header)
                line = reader.line_num + 1
                for cells in reader:
                    if cells:
                        if len(cells) != width:
                            raise BadPackage(f"{path}:{line}: {len(cells)} cells where {width} are expected", MEND)
                        cells.append("")  # what a column that is not there picks
                        row = pick(cells)
                        cells[-1] = _BETWEEN.join((str(line), *row))
                        if cells[-1].count(_BETWEEN) > len(columns):
                            column = next(name for name, cell in zip(columns, row, strict=True) if _BETWEEN in cell)
                            raise self.bad(table, line, column, "the cell holds a NUL byte")
                        yield (line, *find(cells))
                    line = reader.line_num + 1
            except csv.Error as error:
                raise BadPackage(f"{path}:{line}: {error}", MEND) from error
            except UnicodeDecodeError as error:
                where = f"{path}:{self._first_other_than_utf8(path)}"
                raise BadPackage(f"{where}: not UTF-8 text ({error.reason})", "save the file as UTF-8") from error

    def _check_header(self, path: str, header: list[str], columns: Sequence[str]) -> None:
        for column in columns:
            if column not in header and column not in _OPTIONAL:
                raise BadPackage(f'{path}:1: column "{column}" is missing', MEND)

    @contextmanager
    def _open(self, path: str) -> Iterator[IO[str]]:
        try:
            with self._place.joinpath(path).open("rb") as raw:
                yield io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
        except _UNREADABLE as error:
            raise BadPackage(f"{path} in {self.name} cannot be read: {error}", MEND) from error

    def _first_other_than_utf8(self, path: str) -> int:
        """The number of the first line that is not UTF-8: the decoder tells only where its block began."""
        with self._place.joinpath(path).open("rb") as raw:
            for number, line in enumerate(raw, 1):
                try:
                    line.decode()
                except UnicodeDecodeError:
                    return number
        return 1

    # --- between tables -----------------------------------------------------------------------

    def _twice(self, table: str) -> BadPackage:
        """Which row is there a second time, and in which line."""
        key = _UNIQUE[table]
        names = ", ".join(f'"{name}"' for name in key)
        line, *cells = self._staged.execute(
            f"SELECT max(line), {names} FROM {table} GROUP BY {names} HAVING count(*) > 1 LIMIT 1"
        ).fetchone()
        return self.bad(table, line, key[0], f'"{", ".join(map(str, cells))}" occurs twice')

    def _check_references(self) -> None:
        for table, column, target, may_be_empty in _REFERENCES:
            named = f'"{column}" IS NOT NULL AND ' if may_be_empty else ""
            broken = self._staged.execute(
                f'SELECT line, "{column}" FROM {table} WHERE {named}'
                f'NOT EXISTS (SELECT 1 FROM {target} WHERE id = {table}."{column}") ORDER BY line LIMIT 1'
            ).fetchone()
            if broken is not None:
                line, cell = broken
                what = EMPTY if cell is None else f'"{cell}" is not in {self._paths[target]}'
                raise self.bad(table, line, column, what)


def laid_open(table: str, row: str) -> Raw:
    """A row that was found, cell by cell."""
    return dict(zip(_NAMES[table], row.split(_BETWEEN), strict=True))


def _short_lines(stream: IO[str]) -> Iterator[str]:
    """The lines, none so long that holding it, or its cells, could fill the memory."""
    while line := stream.readline(_LONGEST_CELL + 1):
        if len(line) > _LONGEST_CELL:
            raise csv.Error(f"field larger than field limit ({_LONGEST_CELL})")
        if line.count(",") > _MOST_CELLS:
            raise csv.Error(f"more than {_MOST_CELLS:,} cells")
        yield line


def _paths(place: Traversable, name: str) -> dict[str, str]:
    """The file of each table, as the package's descriptor names it."""
    try:
        descriptor = json.loads(_descriptor(place))
        paths = {resource["name"]: resource["path"] for resource in descriptor["resources"]}
    except FileNotFoundError as error:
        hint = "name a data package: a folder or a zip file"
        raise BadPackage(f'"{name}" holds no datapackage.json', hint) from error
    except (*_UNREADABLE, TypeError, AttributeError, RecursionError) as error:
        raise BadPackage(f"{name}: datapackage.json cannot be read: {error}", MEND) from error
    for table in TABLES:
        path = paths.get(table)
        if table in _LATER and table not in paths:
            continue
        if not isinstance(path, str):
            raise BadPackage(f'{name}: datapackage.json names no resource "{table}"', MEND)
        # Windows' rules are the stricter ones, and a package must mean the same everywhere.
        if path.startswith(("/", "\\")) or PureWindowsPath(path).drive or ".." in PureWindowsPath(path).parts:
            raise BadPackage(f'{name}: resource "{table}" lies outside the package: {path}', MEND)
    return {table: str(paths[table]) for table in TABLES if table in paths}


def _descriptor(place: Traversable) -> str:
    with place.joinpath("datapackage.json").open("rb") as raw:
        text = raw.read(_LONGEST_DESCRIPTOR + 1)
    if len(text) > _LONGEST_DESCRIPTOR:
        raise ValueError(f"it is longer than {_LONGEST_DESCRIPTOR:,} bytes")
    return text.decode("utf-8-sig")


def unzipped(archive: zipfile.ZipFile, name: str) -> zipfile.Path:
    """The inside of a zip file. Raises BadPackage when it would unpack to more than any package does."""
    size = sum(entry.file_size for entry in archive.infolist())
    if size > _LARGEST_ZIP:
        archive.close()
        raise BadPackage(f'"{name}" unpacks to {size:,} bytes', f"a package has at most {_LARGEST_ZIP:,}")
    return zipfile.Path(archive)
