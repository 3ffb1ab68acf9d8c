"""A set of deals as a Frictionless Data Package: read from a folder or a zip file, with every reference checked."""

import csv
import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import IO, Any, cast

from dealtrack.domain.company import ALIAS_KINDS, COMPANY_KINDS, Alias, Company
from dealtrack.domain.date import UncertainDate, from_edtf
from dealtrack.domain.draft import Draft
from dealtrack.domain.event import Dollars, Event
from dealtrack.domain.kind import FORMS, KINDS, RELATIONS, Kind, Relation
from dealtrack.domain.money import BASES, QUALIFIERS, Money, minor_units, money
from dealtrack.domain.party import ROLES, Role
from dealtrack.domain.problem import Misuse, Problem
from dealtrack.domain.source import RELIABILITIES, SOURCE_KINDS, Source
from dealtrack.domain.stake import HALF, STAKE_BASES, WHOLE, Stake, percent_units, stake
from dealtrack.domain.status import STATUSES
from dealtrack.text.money import digits_of

TABLES: dict[str, tuple[str, ...]] = {
    "companies": ("id", "name", "kind", "country", "sectors", "ticker", "note"),
    "aliases": ("company", "alias", "kind"),
    "sources": ("id", "url", "title", "publisher", "published", "kind", "via", "reliability", "title_derived"),
    "deals": ("id", "title", "kind", "form", "sectors", "core_space", "tags", "note"),
    "parties": ("deal", "company", "role"),
    "events": (
        "id", "deal", "date", "status", "milestone", "summary", "value_text", "value_currency", "value_low",
        "value_high", "value_qualifier", "value_basis", "value_usd_low", "value_usd_high", "stake_text", "stake_low",
        "stake_high", "stake_basis", "controlling", "expected", "source", "credibility", "flags",
    ),
    "links": ("deal", "related", "relation"),
}  # fmt: skip
_OPTIONAL = frozenset(("value_usd_low", "value_usd_high", "title_derived"))
_UNIQUE = {
    "companies": ("id",), "sources": ("id",), "deals": ("id",), "events": ("id",),
    "aliases": ("company", "alias"), "parties": ("deal", "company", "role"), "links": ("deal", "related", "relation"),
}  # fmt: skip
_REFERENCES = (
    ("aliases", "company", "companies"),
    ("parties", "deal", "deals"),
    ("parties", "company", "companies"),
    ("events", "deal", "deals"),
    ("events", "source", "sources"),
    ("links", "deal", "deals"),
    ("links", "related", "deals"),
)
_CENTS = 2
_LONGEST_CELL = 16 * 1024 * 1024
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_EVENT_ID = re.compile(r"(.+)#([1-9][0-9]{0,8})")

Raw = Mapping[str, Any]


class BadPackage(Misuse):
    """A data package cannot be read; nothing of it is imported."""


class Package:
    """A data package laid open: its tables staged in a private temporary database, its references checked."""

    def __init__(self, place: Traversable, name: str) -> None:
        self._place = place
        self.name = name
        self._paths = _paths(place, name)
        # The empty name makes SQLite keep a private file that goes away by itself, so that memory stays small.
        self._staged = sqlite3.connect("", isolation_level=None)
        self._staged.row_factory = sqlite3.Row
        self._staged.execute("PRAGMA synchronous = OFF")
        for table, columns in TABLES.items():
            self._stage(table, columns)
        self._check_unique()
        self._check_references()

    def close(self) -> None:
        """Let go of the temporary database."""
        self._staged.close()

    # --- staging ----------------------------------------------------------------------------

    def _stage(self, table: str, columns: Sequence[str]) -> None:
        names = ", ".join(f'"{name}" TEXT' for name in columns)
        self._staged.execute(f"CREATE TABLE {table} (line INTEGER, {names})")
        marks = ", ".join("?" * (len(columns) + 1))
        self._staged.execute("BEGIN")
        self._staged.executemany(f"INSERT INTO {table} VALUES ({marks})", self._cells(table, columns))
        key = ", ".join(f'"{name}"' for name in _UNIQUE[table])
        self._staged.execute(f"CREATE INDEX {table}_key ON {table} ({key})")
        if table == "events":
            self._staged.execute("CREATE INDEX events_deal ON events (deal)")
        self._staged.execute("COMMIT")

    def _cells(self, table: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        path = self._paths[table]
        csv.field_size_limit(_LONGEST_CELL)
        with self._open(path) as stream:
            reader = csv.reader(stream, strict=True)
            line = 1
            try:
                positions = self._positions(path, next(reader, []), columns)
                width = max(p for p in positions if p is not None) + 1
                line = reader.line_num + 1
                for cells in reader:
                    if cells:
                        if len(cells) < width:
                            raise BadPackage(f"{path}:{line}: {len(cells)} cells where {width} are expected", _MEND)
                        yield (line, *(None if p is None or cells[p] == "" else cells[p] for p in positions))
                    line = reader.line_num + 1
            except csv.Error as error:
                raise BadPackage(f"{path}:{line}: {error}", _MEND) from error
            except UnicodeDecodeError as error:
                raise BadPackage(f"{path}:{line}: not UTF-8 text ({error.reason})", "save the file as UTF-8") from error

    def _positions(self, path: str, header: list[str], columns: Sequence[str]) -> list[int | None]:
        for column in columns:
            if column not in header and column not in _OPTIONAL:
                raise BadPackage(f'{path}:1: column "{column}" is missing', _MEND)
        return [header.index(column) if column in header else None for column in columns]

    @contextmanager
    def _open(self, path: str) -> Iterator[IO[str]]:
        try:
            with self._place.joinpath(path).open("rb") as raw:
                yield io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
        except (OSError, KeyError, zipfile.BadZipFile) as error:
            raise BadPackage(f"{path} in {self.name} cannot be read: {error}", _MEND) from error

    def _check_unique(self) -> None:
        for table, key in _UNIQUE.items():
            names = ", ".join(f'"{name}"' for name in key)
            twice = self._staged.execute(
                f"SELECT max(line) AS line, {names} FROM {table} GROUP BY {names} HAVING count(*) > 1 LIMIT 1"
            ).fetchone()
            if twice is not None:
                shown = ", ".join(str(twice[name]) for name in key)
                raise self._bad(table, twice["line"], key[0], f'"{shown}" occurs twice')

    def _check_references(self) -> None:
        for table, column, target in _REFERENCES:
            broken = self._staged.execute(
                f'SELECT line, "{column}" AS named FROM {table} WHERE "{column}" IS NOT NULL '
                f'AND NOT EXISTS (SELECT 1 FROM {target} WHERE id = {table}."{column}") ORDER BY line LIMIT 1'
            ).fetchone()
            if broken is not None:
                what = f'"{broken["named"]}" is not in {self._paths[target]}'
                raise self._bad(table, broken["line"], column, what)

    def _bad(self, table: str, line: int, column: str, what: str) -> BadPackage:
        return BadPackage(f"{self._paths[table]}:{line}, column {column}: {what}", _MEND)

    # --- reading ----------------------------------------------------------------------------

    def companies(self) -> Iterator[Company]:
        """Every company with its aliases."""
        for row in self._rows("companies"):
            with self._at("companies", row) as cell:
                yield Company(
                    slug=_slug(cell("id")),
                    name=_text(cell("name")) or _missing(),
                    kind=_one_of(cell("kind"), COMPANY_KINDS),
                    country=cell("country"),
                    sectors=_words(cell("sectors")),
                    ticker=_text(cell("ticker")),
                    note=_text(cell("note")),
                    aliases=tuple(self._aliases(row["id"])),
                )

    def _aliases(self, company: str) -> Iterator[Alias]:
        for row in self._staged.execute("SELECT * FROM aliases WHERE company = ? ORDER BY alias", (company,)):
            with self._at("aliases", row) as cell:
                yield Alias(_text(cell("alias")) or _missing(), _one_of(cell("kind"), ALIAS_KINDS))

    def sources(self) -> Iterator[Source]:
        """Every source."""
        for row in self._rows("sources"):
            with self._at("sources", row) as cell:
                yield _source(cell, row["id"])

    def deals(self) -> Iterator[Draft]:
        """Every deal with its parties and events."""
        for row in self._rows("deals"):
            with self._at("deals", row) as cell:
                kind: Kind = _one_of(cell("kind"), KINDS)
                form = cell("form")
                draft = Draft(
                    kind=kind,
                    form=_one_of(form, FORMS[kind]) if form else None,
                    slug=_slug(cell("id")),
                    title=_text(cell("title")) or _missing(),
                    sectors=_words(cell("sectors")),
                    core_space=_yes(cell("core_space")) is not False,
                    tags=_words(cell("tags")),
                    note=_text(cell("note")),
                    parties=tuple(self._parties(row["id"])),
                    events=tuple(self._events(row["id"])),
                )
                cell("id")
                yield _with_substance(draft)

    def _parties(self, deal: str) -> Iterator[tuple[str, Role]]:
        for row in self._staged.execute("SELECT * FROM parties WHERE deal = ? ORDER BY line", (deal,)):
            with self._at("parties", row) as cell:
                yield cell("company") or _missing(), _one_of(cell("role"), ROLES)

    def _events(self, deal: str) -> Iterator[Event]:
        found = self._staged.execute(
            "SELECT e.*, s.url, s.title, s.publisher, s.published, s.kind AS source_kind, s.via, s.reliability, "
            "s.title_derived FROM events e LEFT JOIN sources s ON s.id = e.source WHERE e.deal = ? ORDER BY e.line",
            (deal,),
        )
        for row in found:
            with self._at("events", row) as cell:
                yield _event(row, cell)

    def links(self) -> Iterator[tuple[str, Relation, str]]:
        """Every link between two deals."""
        for row in self._rows("links"):
            with self._at("links", row) as cell:
                relation: Relation = _one_of(cell("relation"), RELATIONS)
                if cell("deal") == cell("related"):
                    raise BadPackage("a deal cannot be linked to itself", _MEND)
                yield row["deal"], relation, row["related"]

    def _rows(self, table: str) -> Iterator[Raw]:
        return cast("Iterator[Raw]", self._staged.execute(f"SELECT * FROM {table} ORDER BY line"))

    @contextmanager
    def _at(self, table: str, row: Raw) -> Iterator["_Cell"]:
        """Say, of whatever is wrong with a cell, in which file, line and column it is."""
        cell = _Cell(row)
        try:
            yield cell
        except Problem as problem:
            if isinstance(problem, _Placed):
                raise
            placed = self._bad(table, row["line"], cell.column, problem.what)
            raise _Placed(placed.what, problem.hint) from problem


class _Placed(BadPackage):
    """A fault whose file, line and column are already said."""


class _Cell:
    """The cells of one row; remembers which was looked at last."""

    def __init__(self, row: Raw) -> None:
        self._row = row
        self.column = ""

    def __call__(self, column: str) -> str | None:
        self.column = column
        found = self._row[column]
        if found is not None and "\0" in found:
            raise BadPackage("the cell holds a NUL byte", _MEND)
        return cast("str | None", found)


_MEND = "mend the file and import it again; nothing was imported"


def _missing() -> str:
    raise BadPackage("the cell is empty and must not be", _MEND)


def _slug(cell: str | None) -> str:
    if cell is None or not _SLUG.fullmatch(cell):
        raise BadPackage(f'"{cell or ""}" is no id: small letters, digits and single hyphens', _MEND)
    return cell


def _text(cell: str | None) -> str | None:
    return cell.strip() or None if cell is not None else None


def _one_of(cell: str | None, allowed: Sequence[str]) -> Any:
    if cell not in allowed:
        raise BadPackage(f'"{cell or ""}" is not one of {", ".join(allowed)}', _MEND)
    return cell


def _words(cell: str | None) -> tuple[str, ...]:
    return tuple(word.strip() for word in cell.split(";") if word.strip()) if cell else ()


def _yes(cell: str | None) -> bool | None:
    return None if cell is None else {"yes": True, "no": False}[_one_of(cell, ("yes", "no"))]


def _date(cell: str | None) -> UncertainDate | None:
    return from_edtf(cell) if cell else None


def _with_substance(draft: Draft) -> Draft:
    if not draft.parties:
        raise BadPackage(f'deal "{draft.slug}" has no parties', _MEND)
    if not draft.events:
        raise BadPackage(f'deal "{draft.slug}" has no events', _MEND)
    return draft


def _source(cell: "_Cell", key: str) -> Source:
    return Source(
        key=key,
        url=cell("url"),
        title=_text(cell("title")),
        publisher=_text(cell("publisher")),
        published=_date(cell("published")),
        kind=_one_of(cell("kind"), SOURCE_KINDS),
        via=_text(cell("via")),
        reliability=_one_of(cell("reliability"), RELIABILITIES),
        title_derived=_yes(cell("title_derived")) or False,
    )


def _event(row: Raw, cell: "_Cell") -> Event:
    number = _EVENT_ID.fullmatch(cell("id") or "")
    if number is None or number[1] != row["deal"]:
        raise BadPackage(f'"{row["id"]}" is not of the form {row["deal"]}#1', _MEND)
    credibility = cell("credibility")
    date = from_edtf(cell("date") or _missing())
    status = cell("status")
    return Event(
        n=int(number[2]),
        date=date,
        status=_one_of(status, STATUSES) if status else None,
        milestone=cell("milestone"),
        summary=_text(cell("summary")),
        value=_money(cell),
        dollars=_stated_dollars(cell),
        stake=_stake(cell),
        expected=_date(cell("expected")),
        source=_source_of_event(row),
        credibility=int(_one_of(credibility, ("1", "2", "3", "4", "5", "6"))) if cell("credibility") else 3,
        flags=_words(cell("flags")),
    )


def _source_of_event(row: Raw) -> Source | None:
    if row["source"] is None:
        return None
    return Source(
        key=row["source"],
        url=row["url"],
        title=_text(row["title"]),
        publisher=_text(row["publisher"]),
        published=_date(row["published"]),
        kind=row["source_kind"],
        via=_text(row["via"]),
        reliability=row["reliability"],
        title_derived=row["title_derived"] == "yes",
    )


def _money(cell: "_Cell") -> Money | None:
    qualifier = cell("value_qualifier")
    if qualifier is None:
        return None
    _one_of(qualifier, QUALIFIERS)
    currency = cell("value_currency")
    digits = digits_of(currency) if currency else _CENTS
    low, high = cell("value_low"), cell("value_high")
    basis = cell("value_basis")
    return money(
        minor_units(low, digits) if low else None,
        minor_units(high, digits) if high else None,
        currency,
        digits,
        _one_of(qualifier, QUALIFIERS),
        basis=_one_of(basis, BASES) if basis else None,
        text=_text(cell("value_text")) or "",
    )


def _stated_dollars(cell: "_Cell") -> Dollars | None:
    low, high = cell("value_usd_low"), cell("value_usd_high")
    if low is None and high is None:
        return None
    return Dollars(
        minor_units(low, _CENTS) if low else None, minor_units(high, _CENTS) if high else None, origin="stated"
    )


def _stake(cell: "_Cell") -> Stake | None:
    text, low, high = _text(cell("stake_text")), cell("stake_low"), cell("stake_high")
    controlling = _yes(cell("controlling"))
    if text is None and low is None and high is None and controlling is None:
        return None
    basis = cell("stake_basis")
    bounds = (percent_units(low) if low else None, percent_units(high) if high else None)
    return stake(
        *bounds,
        controlling=controlling,
        basis=_one_of(basis, STAKE_BASES) if basis else None,
        text=text or "",
        worded=_is_worded(text, bounds, controlling),
    )


def _is_worded(text: str | None, bounds: tuple[int | None, int | None], controlling: bool | None) -> bool:
    """Whether the bounds are ours, made of a word such as "controlling" or "minority"."""
    as_worded = {True: (HALF, WHOLE), False: (0, HALF), None: None}[controlling]
    return bounds == as_worded and text is not None and not any(c.isdigit() for c in text)


def _paths(place: Traversable, name: str) -> dict[str, str]:
    """The file of each table, as the package's descriptor names it."""
    try:
        descriptor = json.loads(place.joinpath("datapackage.json").read_text(encoding="utf-8"))
        paths = {resource["name"]: resource["path"] for resource in descriptor["resources"]}
    except FileNotFoundError as error:
        raise BadPackage(
            f'"{name}" holds no datapackage.json', "name a data package: a folder or a zip file"
        ) from error
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise BadPackage(f"{name}: datapackage.json cannot be read: {error}", _MEND) from error
    for table in TABLES:
        path = paths.get(table)
        if not isinstance(path, str):
            raise BadPackage(f'{name}: datapackage.json names no resource "{table}"', _MEND)
        if path.startswith("/") or ".." in Path(path).parts:
            raise BadPackage(f'{name}: resource "{table}" lies outside the package: {path}', _MEND)
    return {table: str(paths[table]) for table in TABLES}


def sample() -> Package:
    """The curated data set that dealtrack ships."""
    return Package(files("dealtrack_data"), "the bundled data set")


def open_package(path: Path) -> Package:
    """The package in a folder (or at its datapackage.json) or a zip file. Raises BadPackage."""
    if path.name == "datapackage.json":
        path = path.parent
    if path.is_dir():
        return Package(path, str(path))
    if not path.exists():
        raise BadPackage(f'"{path}" does not exist', "name a data package: a folder or a zip file")
    try:
        return Package(zipfile.Path(zipfile.ZipFile(path)), str(path))
    except zipfile.BadZipFile as error:
        raise BadPackage(f'"{path}" is neither a folder nor a zip file', "name a data package") from error
