"""Which sources are meant, and in which order: the filters of `source list` on rows of sources."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from dealtrack.cli import words
from dealtrack.cli.options import SourceFilters, Words
from dealtrack.domain.columns import TABLES, Table
from dealtrack.domain.date import from_edtf, overlap
from dealtrack.domain.figures import DealRow
from dealtrack.domain.name import plain
from dealtrack.domain.origin import ways_of
from dealtrack.domain.problem import Misuse
from dealtrack.domain.publisher import Outlets, spelled
from dealtrack.domain.source import RELIABILITIES, SOURCE_KINDS
from dealtrack.ledger.rows import source_of
from dealtrack.text.dates import read_period

Test = Callable[[DealRow], bool]


def narrowed(rows: Iterable[DealRow], filters: SourceFilters, outlets: Outlets, today: date) -> list[DealRow]:
    """The rows of sources that match every filter. Raises Misuse for a word that a filter does not take."""
    tests = [_has_word(plain(word)) for word in filters.words or ()]
    tests += _told(filters.reliability, lambda row: (row["reliability"],), _GRADE)
    tests += _told(filters.kind, lambda row: (row["kind"],), _among(SOURCE_KINDS, "source kind"))
    tests += _told(filters.publisher, lambda row: _publisher(row, outlets), lambda word: spelled(outlets.name(word)))
    tests += _told(filters.via, lambda row: _relayed(row, outlets), lambda word: spelled(outlets.name(word)))
    if filters.published:
        tests.append(_published(filters.published, today))
    return [row for row in rows if all(test(row) for test in tests)]


def _has_word(word: str) -> Test:
    return lambda row: any(word in plain(row[name]) for name in ("title", "publisher", "url", "key") if row[name])


def _among(allowed: tuple[str, ...], what: str) -> Callable[[str], str]:
    return lambda word: words.one_of(word, allowed, what)


_GRADE = _among(RELIABILITIES, "grade")


def _publisher(row: DealRow, outlets: Outlets) -> tuple[str, ...]:
    return (spelled(outlets.name(row["publisher"])),) if row["publisher"] else ()


def _relayed(row: DealRow, outlets: Outlets) -> tuple[str, ...]:
    """Every outlet that a page passes on the report of, however long the way."""
    ways = ways_of(source_of(row), outlets) if row["via"] else []
    return tuple(spelled(outlet) for way in ways for outlet in way[1:])


def _told(given: Words, told: Callable[[DealRow], tuple[str, ...]], read: Callable[[str], str]) -> list[Test]:
    """The tests of a flag: one of its words is what the row tells, none of those after `not:`; any and none as ever."""
    if not given:
        return []
    wanted, unwanted, known = set[str](), set[str](), set[bool]()
    for word in words.apart(given):
        if word.casefold() in ("any", "none"):
            known.add(word.casefold() == "any")
        else:
            (unwanted if word.startswith("not:") else wanted).add(read(word.removeprefix("not:")))

    def test(row: DealRow) -> bool:
        found = set(told(row))
        asked = bool(wanted or known)
        return not found & unwanted and (not asked or bool(found & wanted) or bool(found) in known)

    return [test]


def _published(given: list[str], today: date) -> Test:
    known = {word.casefold() == "any" for word in words.apart(given) if word.casefold() in ("any", "none")}
    periods = [read_period(word, today) for word in words.apart(given) if word.casefold() not in ("any", "none")]

    def test(row: DealRow) -> bool:
        when = from_edtf(row["published"]) if row["published"] else None
        return bool(when) in known or (when is not None and any(overlap(when, period) for period in periods))

    return test


def narrowed_publishers(rows: Iterable[DealRow], filters: SourceFilters) -> list[DealRow]:
    """The rows of publishers that match. Raises Misuse for a filter that tells of pages."""
    odd = [name for name in ("publisher", "via", "kind", "published") if getattr(filters, name)]
    if odd:
        raise Misuse(f"--{odd[0]} tells of pages, not of publishers", "leave it or --publishers out")
    wanted = [plain(word) for word in filters.words or ()]
    tests = _told(filters.reliability, lambda row: tuple(row["reliability"] or ""), _GRADE)
    return [
        row
        for row in rows
        if all(word in plain(f"{row['name']} {row['aliases']}") for word in wanted) and all(test(row) for test in tests)
    ]


def sorted_by(rows: list[DealRow], listed: str, table: Table) -> list[DealRow]:
    """The rows by columns, those not known last; a hyphen before a column is downwards. Raises Misuse."""
    given = [word.strip() for word in listed.split(",") if word.strip()]
    for word in reversed(given):
        name = words.one_of(word.lstrip("-+"), tuple(column.name for column in TABLES[table]), "column to sort by")
        known = [row for row in rows if row[name] is not None]
        known.sort(key=lambda row, name=name: _weight(name, row), reverse=word.startswith("-"))  # type: ignore[misc]  # mypy takes the bound name for another argument
        rows = known + [row for row in rows if row[name] is None]
    return rows


def _weight(name: str, row: DealRow) -> Any:
    if name == "published":
        when = from_edtf(row[name])
        return when.earliest or date.min, when.latest or date.max
    if name == "key":
        return len(row[name]), row[name]
    return row[name].casefold() if isinstance(row[name], str) else row[name]
