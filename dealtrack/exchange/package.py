"""A set of deals as a Frictionless Data Package, read from a folder or a zip file into values of the domain."""

import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any, Self

from dealtrack.domain.company import (
    ALIAS_KINDS,
    COMPANY_KINDS,
    IDENTIFIER_KINDS,
    Alias,
    Company,
    Identifier,
    Parent,
)
from dealtrack.domain.date import UncertainDate, from_edtf
from dealtrack.domain.draft import Draft
from dealtrack.domain.event import Dollars, Event
from dealtrack.domain.fold import FIELDS, Field
from dealtrack.domain.judgement import VERDICTS, Judgement, Verdict
from dealtrack.domain.kind import FORMS, KINDS, RELATIONS, Kind, Relation
from dealtrack.domain.money import BASES, LIMIT, QUALIFIERS, Money, minor_units, money
from dealtrack.domain.party import ROLES, Role
from dealtrack.domain.problem import Problem
from dealtrack.domain.publisher import LONGEST_LAG, Outlets, Publisher
from dealtrack.domain.source import RELIABILITIES, SOURCE_KINDS, Source
from dealtrack.domain.stake import HALF, STAKE_BASES, WHOLE, Stake, percent_units, stake
from dealtrack.domain.status import STATUSES
from dealtrack.exchange.ratefile import read_day, read_foreign, read_rate
from dealtrack.exchange.staging import EMPTY, MEND, BadPackage, Raw, Staging, laid_open, unzipped
from dealtrack.text.identifiers import read_identifier
from dealtrack.text.money import digits_of

_CENTS = 2
# No figure has more: Python takes ever longer to read longer ones, and refuses beyond 4,300 digits.
_LONGEST_FIGURE = 100
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_EVENT_ID = re.compile(r"(.+)#([1-9][0-9]{0,8})")
# Python reads other forms of ISO 8601 too.
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_COUNTRY = re.compile(r"[A-Z]{2}")
_WORDED = re.compile(r"\b(controlling|majority|minority)\b", re.IGNORECASE)

_Found = tuple[str, ...]

# CROSS JOIN keeps the deals as the outer loop, so that nothing is sorted and the order is that of the files.
_PARTIES_BY_DEAL = "SELECT p.deal, p.row FROM deals d CROSS JOIN parties p ON p.deal = d.id ORDER BY d.line, p.line"
_EVENTS_BY_DEAL = (
    "SELECT e.deal, e.row, s.row FROM deals d CROSS JOIN events e ON e.deal = d.id "
    "LEFT JOIN sources s ON s.id = e.source ORDER BY d.line, e.line"
)


class Package(Staging):
    """A data package as companies, sources, deals and links; a fault is told with its file, line and column."""

    def companies(self) -> Iterator[Company]:
        """Every company with its aliases."""
        with self._at("companies") as cell:
            for cell.row in self.rows("companies"):
                yield Company(
                    slug=_slug(cell("id")),
                    name=_text(cell("name")) or _missing(),
                    kind=_one_of(cell("kind"), COMPANY_KINDS),
                    country=_country(cell("country")),
                    sectors=_words(cell("sectors")),
                    ticker=_text(cell("ticker")),
                    note=_text(cell("note")),
                    aliases=tuple(self._aliases(cell.row["id"])),
                )

    def _aliases(self, company: str) -> Iterator[Alias]:
        told: set[str] = set()
        with self._at("aliases") as cell:
            for (row,) in self.found("SELECT row FROM aliases WHERE company = ? ORDER BY line", company):
                cell.row = laid_open("aliases", row)
                alias = _text(cell("alias")) or _missing()
                if alias in told:
                    raise BadPackage(f'"{alias}" occurs twice', MEND)
                told.add(alias)
                yield Alias(alias, _one_of(cell("kind"), ALIAS_KINDS), _date(cell("valid")))

    def ties(self) -> Iterator[Identifier | Parent | Judgement]:
        """What registers call the companies, which belongs to which, and which are judged to be the same or not."""
        yield from self._identifiers()
        yield from self._parents()
        yield from self._judgements()

    def _identifiers(self) -> Iterator[Identifier]:
        with self._at("identifiers") as cell:
            for cell.row in self.rows("identifiers"):
                kind = _one_of(cell("kind"), IDENTIFIER_KINDS)
                value = _text(cell("value")) or _missing()
                if read_identifier(kind, value) != value:
                    raise BadPackage(f'"{value}" is written {read_identifier(kind, value)}', MEND)
                yield Identifier(cell.row["company"], kind, value, cell("source"))

    def _parents(self) -> Iterator[Parent]:
        with self._at("parents") as cell:
            for cell.row in self.rows("parents"):
                if cell("parent") == cell("company"):
                    raise BadPackage("a company cannot belong to itself", MEND)
                yield Parent(cell.row["company"], cell.row["parent"], _date(cell("valid")))

    def _judgements(self) -> Iterator[Judgement]:
        with self._at("judgements") as cell:
            for cell.row in self.rows("judgements"):
                if cell("other") == cell("company"):
                    raise BadPackage("a company cannot be judged against itself", MEND)
                verdict: Verdict = _one_of(cell("verdict"), VERDICTS)
                by, at, why = cell("by") or _missing(), _moment(cell("at")), _text(cell("why"))
                yield Judgement(cell.row["company"], cell.row["other"], verdict, by, at, why)

    def publishers(self) -> Iterator[Publisher]:
        """Every publisher; no two go by one name."""
        known: list[Publisher] = []
        with self._at("publishers") as cell:
            for cell.row in self.rows("publishers"):
                grade, lag = cell("reliability"), cell("lag")
                publisher = Publisher(
                    name=_text(cell("name")) or _missing(),
                    reliability=_one_of(grade, RELIABILITIES) if grade else None,
                    lag=_lag(lag) if lag else None,
                    aliases=_words(cell("aliases")),
                )
                Outlets(known).refuse_rival(publisher)
                known.append(publisher)
                yield publisher

    def sources(self) -> Iterator[Source]:
        """Every source."""
        with self._at("sources") as cell:
            for cell.row in self.rows("sources"):
                yield _source(cell)

    def deals(self) -> Iterator[Draft]:
        """Every deal with its parties and events."""
        parties, events = _Groups(self.found(_PARTIES_BY_DEAL)), _Groups(self.found(_EVENTS_BY_DEAL))
        with self._at("deals") as cell:
            for cell.row in self.rows("deals"):
                deal = cell.row["id"]
                yield self._deal(cell, parties.of(deal), events.of(deal))

    def _deal(self, cell: "_Cell", parties: Iterator[_Found], events: Iterator[_Found]) -> Draft:
        kind: Kind = _one_of(cell("kind"), KINDS)
        form = cell("form")
        pinned: dict[Field, int] = {}
        reported: dict[tuple[str, Role], str] = {}
        draft = Draft(
            kind=kind,
            form=_one_of(form, FORMS[kind]) if form else None,
            slug=_slug(cell("id")),
            title=_text(cell("title")) or _missing(),
            sectors=_words(cell("sectors")),
            core_space=_yes(cell("core_space")) is not False,
            tags=_words(cell("tags")),
            note=_text(cell("note")),
            parties=tuple(self._parties(parties, reported)),
            as_reported=reported,
            events=tuple(self._events(events, pinned)),
            pins=pinned,
            looks=_days(cell("checked")),
        )
        cell("id")  # what is missing is missing of the deal
        if not draft.parties:
            raise BadPackage(f'deal "{draft.slug}" has no parties', MEND)
        if not draft.events:
            raise BadPackage(f'deal "{draft.slug}" has no events', MEND)
        return draft

    def _parties(self, found: Iterator[_Found], reported: dict[tuple[str, Role], str]) -> Iterator[tuple[str, Role]]:
        with self._at("parties") as cell:
            for _, row in found:
                cell.row = laid_open("parties", row)
                party: tuple[str, Role] = cell("company") or _missing(), _one_of(cell("role"), ROLES)
                name = _text(cell("as_reported"))
                if name:
                    reported[party] = name
                yield party

    def _events(self, found: Iterator[_Found], pinned: dict[Field, int]) -> Iterator[Event]:
        with self._at("events") as cell:
            for _, row, source in found:
                cell.row = laid_open("events", row)
                event = _event(cell, _read_before(source) if source else None)
                for word in _words(cell("pins")):
                    fact: Field = _one_of(word, FIELDS)
                    if fact in pinned:
                        raise BadPackage(f"{fact} is pinned twice", MEND)
                    pinned[fact] = event.n
                yield event

    def links(self) -> Iterator[tuple[str, Relation, str]]:
        """Every link between two deals."""
        with self._at("links") as cell:
            for cell.row in self.rows("links"):
                relation: Relation = _one_of(cell("relation"), RELATIONS)
                if cell("deal") == cell("related"):
                    raise BadPackage("a deal cannot be linked to itself", MEND)
                yield cell.row["deal"], relation, cell.row["related"]

    def rates(self) -> Iterator[tuple[str, date, Decimal, str]]:
        """Every rate that the European Central Bank does not publish."""
        with self._at("rates") as cell:
            for cell.row in self.rows("rates"):
                day, usd = read_day(cell("date") or ""), read_rate(cell("usd") or "")
                yield read_foreign(cell("currency") or ""), day, usd, _text(cell("origin")) or _missing()

    def _at(self, table: str) -> "_Cell":
        """The cells of a table's rows: say, of whatever is wrong with one, in which file, line and column it is."""
        return _Cell(partial(self.bad, table))


class _Placed(BadPackage):
    """A fault whose file, line and column are already said."""


class _Cell:
    """The cells of one row after the other; remembers which was looked at last, to say where a fault is."""

    __slots__ = ("_bad", "column", "row")

    def __init__(self, bad: Callable[[str, str, str], BadPackage]) -> None:
        self._bad = bad
        self.row: Raw = {}
        self.column = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: object, problem: BaseException | None, __: object) -> None:
        if isinstance(problem, Problem) and not isinstance(problem, _Placed):
            placed = self._bad(self.row["line"], self.column, problem.what)
            raise _Placed(placed.what, problem.hint) from problem

    def __call__(self, column: str) -> str | None:
        self.column = column
        return self.row[column] or None


class _Groups:
    """Rows that follow one another in the order of the deals, handed out deal by deal."""

    def __init__(self, found: Iterator[_Found]) -> None:
        self._found = found
        self._next = next(found, None)

    def of(self, deal: str) -> Iterator[_Found]:
        """What was found of the deal whose turn it is; it comes first in each."""
        while self._next is not None and self._next[0] == deal:
            yield self._next
            self._next = next(self._found, None)


# --- cells to values: each raises BadPackage, or what the domain raises of an impossible value ------------------------


def _missing() -> str:
    raise BadPackage(EMPTY, MEND)


def _slug(cell: str | None) -> str:
    if cell is None or not _SLUG.fullmatch(cell):
        raise BadPackage(f'"{cell or ""}" is no id: small letters, digits and single hyphens', MEND)
    return cell


def _text(cell: str | None) -> str | None:
    return cell.strip() or None if cell is not None else None


def _one_of(cell: str | None, allowed: Sequence[str]) -> Any:
    if cell not in allowed:
        raise BadPackage(f'"{cell or ""}" is not one of {", ".join(allowed)}', MEND)
    return cell


def _days(word: str | None) -> tuple[date, ...]:
    """Days in a cell, each once and in order."""
    if word is None:
        return ()
    try:
        days = [date.fromisoformat(part) if _ISO_DAY.fullmatch(part) else _no_day(part) for part in word.split(";")]
    except ValueError as error:
        raise BadPackage(f'"{word}" is not days, as 2025-12-03;2026-01-15', MEND) from error
    return tuple(sorted(set(days)))


def _no_day(part: str) -> date:
    raise ValueError(part)


def _lag(cell: str) -> int:
    if not (cell.isascii() and cell.isdigit()) or int(cell[:9]) > LONGEST_LAG:
        raise BadPackage(f'"{cell}" is no number of days up to {LONGEST_LAG:,}', MEND)
    return int(cell)


def _moment(cell: str | None) -> str:
    if cell is None or not _MOMENT.fullmatch(cell):
        raise BadPackage(f'"{cell or ""}" is no moment in UTC, as 2026-11-22T12:00:00Z', MEND)
    return cell


def _country(cell: str | None) -> str | None:
    if cell is not None and not _COUNTRY.fullmatch(cell):
        raise BadPackage(f'"{cell}" is not a country code of two letters', MEND)
    return cell


def _words(cell: str | None) -> tuple[str, ...]:
    return tuple(word.strip() for word in cell.split(";") if word.strip()) if cell else ()


def _yes(cell: str | None) -> bool | None:
    return None if cell is None else {"yes": True, "no": False}[_one_of(cell, ("yes", "no"))]


def _date(cell: str | None) -> UncertainDate | None:
    return from_edtf(cell) if cell else None


def _figure(cell: str | None, read: Callable[[str], int]) -> int | None:
    if cell is not None and len(cell) > _LONGEST_FIGURE:
        raise BadPackage(f"the figure has {len(cell):,} characters", MEND)
    return read(cell) if cell else None


def _source(cell: _Cell) -> Source:
    return Source(
        key=cell("id") or _missing(),
        url=cell("url"),
        title=_text(cell("title")),
        publisher=_text(cell("publisher")),
        published=_date(cell("published")),
        kind=_one_of(cell("kind"), SOURCE_KINDS),
        via=_text(cell("via")),
        reliability=_one_of(cell("reliability"), RELIABILITIES),
        title_derived=_yes(cell("title_derived")) or False,
        reliability_derived=_yes(cell("reliability_derived")) or False,
    )


def _event(cell: _Cell, source: Source | None) -> Event:
    row = cell.row
    number = _EVENT_ID.fullmatch(cell("id") or "")
    if number is None or number[1] != row["deal"]:
        raise BadPackage(f'"{row["id"]}" is not of the form {row["deal"]}#1', MEND)
    credibility = cell("credibility")
    credibility = _one_of(credibility, ("1", "2", "3", "4", "5", "6")) if credibility else "3"
    date = from_edtf(cell("date") or _missing())
    status = cell("status")
    return Event(
        n=int(number[2]),
        date=date,
        status=_one_of(status, STATUSES) if status else None,
        milestone=cell("milestone"),
        summary=_text(cell("summary")),
        # Most events tell of no amount and no stake: their many cells are looked at one by one only where there is one.
        value=_money(cell),
        dollars=_stated_dollars(cell) if row["value_usd_low"] or row["value_usd_high"] else None,
        stake=_stake(cell) if any(map(row.__getitem__, _STAKE_CELLS)) else None,
        expected=_date(cell("expected")),
        source=source,
        credibility=int(credibility),
        flags=_words(cell("flags")),
    )


_STAKE_CELLS = ("stake_text", "controlling", "stake_basis", "stake_high", "stake_low")


def _read_before(source: str) -> Source:
    """The source of an event; its own row has been read, so that nothing in it can be wrong."""
    row = laid_open("sources", source)
    return Source(
        key=row["id"],
        url=row["url"] or None,
        title=_text(row["title"]),
        publisher=_text(row["publisher"]),
        published=_date(row["published"]),
        kind=row["kind"],  # type: ignore[arg-type]  # one of them, as it was read
        via=_text(row["via"]),
        reliability=row["reliability"],  # type: ignore[arg-type]  # likewise
        title_derived=row["title_derived"] == "yes",
        reliability_derived=row["reliability_derived"] == "yes",
    )


# In these the lower bound is read last, so that it is named when the bounds are at fault together.


def _money(cell: _Cell) -> Money | None:
    qualifier = cell("value_qualifier")
    if qualifier is None:
        return None
    _one_of(qualifier, QUALIFIERS)
    currency = cell("value_currency")
    digits = digits_of(currency) if currency else _CENTS
    basis = cell("value_basis")
    basis = _one_of(basis, BASES) if basis else None
    text = _text(cell("value_text")) or ""
    high = _figure(cell("value_high"), lambda figure: minor_units(figure, digits))
    low = _figure(cell("value_low"), lambda figure: minor_units(figure, digits))
    return money(low, high, currency, digits, qualifier, basis=basis, text=text)  # type: ignore[arg-type]  # one of them


def _stated_dollars(cell: _Cell) -> Dollars | None:
    high = _figure(cell("value_usd_high"), lambda figure: minor_units(figure, _CENTS))
    low = _figure(cell("value_usd_low"), lambda figure: minor_units(figure, _CENTS))
    if low is None and high is None:
        return None
    if max(low or 0, high or 0) >= LIMIT:
        raise BadPackage("the dollars are too many to keep", MEND)
    if low is not None and high is not None and low > high:
        raise BadPackage("the dollars have their low above their high", MEND)
    return Dollars(low, high, origin="stated")


def _stake(cell: _Cell) -> Stake | None:
    text, controlling = _text(cell("stake_text")), _yes(cell("controlling"))
    basis = cell("stake_basis")
    basis = _one_of(basis, STAKE_BASES) if basis else None
    high = _figure(cell("stake_high"), percent_units)
    low = _figure(cell("stake_low"), percent_units)
    if text is None and low is None and high is None and controlling is None:
        return None
    worded = _is_worded(text, (low, high), controlling)
    return stake(low, high, controlling=controlling, basis=basis, text=text or "", worded=worded)


def _is_worded(text: str | None, bounds: tuple[int | None, int | None], controlling: bool | None) -> bool:
    """Whether the bounds are ours, made of a word such as "controlling" or "minority"."""
    as_worded = {True: (HALF, WHOLE), False: (0, HALF), None: None}[controlling]
    return bounds == as_worded and _WORDED.search(text or "") is not None


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
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise BadPackage(f'"{path}" is neither a folder nor a zip file', "name a data package") from error
    return Package(unzipped(archive, str(path)), str(path))
