"""Sources: all of them as a table, or one with its grade, the way its report came, and what rests on it."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from dealtrack.domain.cited import Claim, Standing
from dealtrack.domain.columns import Table as FileTable
from dealtrack.domain.deal import Deal
from dealtrack.domain.figures import DealRow
from dealtrack.domain.origin import ways_of
from dealtrack.domain.publisher import UNREGISTERED, Outlets
from dealtrack.domain.source import RELIABILITY_MEANING, Reliability, Source
from dealtrack.text.claims import say_claim
from dealtrack.text.counts import counted
from dealtrack.text.dates import say_date
from dealtrack.text.reasons import FATES
from dealtrack.view import cells
from dealtrack.view.lines import BLANK, Block, Line, Lines, Piece, beside, flow, indented, paragraph, words_of
from dealtrack.view.safe import safe
from dealtrack.view.screen import Screen
from dealtrack.view.table import Column, Table, fitted
from dealtrack.view.theme import DOUBT, HEADING, QUIET, VALUE

_LABEL = 11
_GAP = 2


def _text(name: str, row: DealRow) -> Line:
    return [(safe(str(row[name] or "")), "")]


def _date(row: DealRow) -> Line:
    return [(cells.date_words(row["published"]), "")]


def _number(name: str, row: DealRow) -> Line:
    return [(f"{row[name]:,}", "" if row[name] else QUIET)]


def _days(row: DealRow) -> Line:
    return [("" if row["lag"] is None else counted(row["lag"], "day"), "")]


def _names(row: DealRow) -> Line:
    return [(safe(row["aliases"].replace(";", ", ")), "")]


# Every column that the table can have, in the order of a file's.
_COLUMNS: dict[str, Column] = {
    "key": Column("KEY", 100, partial(_text, "key"), never_cut=True),
    "publisher": Column("PUBLISHER", 99, partial(_text, "publisher")),
    "via": Column("VIA", 95, partial(_text, "via")),
    "published": Column("PUBLISHED", 80, _date, never_cut=True),
    "reliability": Column("GRADE", 96, partial(_text, "reliability"), never_cut=True),
    "kind": Column("KIND", 40, partial(_text, "kind")),
    "title": Column("TITLE", 70, partial(_text, "title")),
    "events": Column("EVENTS", 60, partial(_number, "events"), right=True, never_cut=True),
    "deals": Column("DEALS", 91, partial(_number, "deals"), right=True, never_cut=True),
    "url": Column("ADDRESS", 30, partial(_text, "url")),
}
_USUAL = ("key", "publisher", "via", "published", "reliability", "deals", "title")


_OF_PUBLISHERS: dict[str, Column] = {
    "name": Column("PUBLISHER", 100, partial(_text, "name")),
    "reliability": Column("GRADE", 96, partial(_text, "reliability"), never_cut=True),
    "lag": Column("LAG", 95, _days, right=True, never_cut=True),
    "pages": Column("PAGES", 92, partial(_number, "pages"), right=True, never_cut=True),
    "relays": Column("RELAYED BY", 91, partial(_number, "relays"), right=True, never_cut=True),
    "deals": Column("DEALS", 91, partial(_number, "deals"), right=True, never_cut=True),
    "aliases": Column("ALSO KNOWN AS", 60, _names),
}


def source_table(rows: Iterable[DealRow], columns: Sequence[str] | None, screen: Screen, what: FileTable) -> Table:
    """Sources or publishers as rows, under the columns asked for or the usual ones."""
    every, usual = (_OF_PUBLISHERS, tuple(_OF_PUBLISHERS)) if what == "publishers" else (_COLUMNS, _USUAL)
    return fitted({name: every[name] for name in columns or usual}, rows, screen, all_of_them=columns is not None)


def publisher_page(row: DealRow, screen: Screen) -> Lines:
    """A publisher with its usual grade and lag, its other names, and how often it is met."""
    grade: Reliability | None = row["reliability"]
    lag = "" if row["lag"] is None else f"{counted(row['lag'], 'day')} after others, usually"
    told = (
        ("grade", f"{grade} {RELIABILITY_MEANING[grade]}, unless a page has its own" if grade else "none of its own"),
        ("lag", lag or "not known"),
        ("also", row["aliases"].replace(";", ", ")),
        ("pages", f"{row['pages']:,} of its own; {counted(row['relays'], 'page')} of others relay it"),
        ("deals", f"{row['deals']:,}"),
    )
    lines: list[Line] = [[(safe(row["name"]), HEADING)]]
    for label, words in told:
        left: list[Line] = [[(label, QUIET)]]
        if words:
            lines += beside([Block(left, _LABEL), Block(paragraph(words, screen.width - _LABEL - _GAP), 0)], _GAP)
    along = f"Its pages: dealtrack source list --publisher '{row['name']}'"
    return Lines.of(screen, [*lines, BLANK, *paragraph(along, screen.width, QUIET)])


def source_page(standing: Standing, screen: Screen, outlets: Outlets = UNREGISTERED) -> Lines:
    """One source with what is known of it, the way its report came, and the claims that were read there."""
    lines: list[Line] = [*paragraph(standing.source.title or standing.source.key, screen.width, HEADING)]
    for label, pieces in _particulars(standing, outlets):
        left: list[Line] = [[(label, QUIET)]]
        lines += beside([Block(left, _LABEL), Block(flow(pieces, screen.width - _LABEL - _GAP), 0)], _GAP)
    lines.append(BLANK)
    if not standing.deals:
        return Lines.of(screen, [*lines, [("Nothing rests on it.", QUIET)]])
    for deal in standing.deals:
        lines += _deal(standing, deal, screen.width)
    return Lines.of(screen, [*lines, *paragraph(_summed_up(standing), screen.width)])


def _particulars(standing: Standing, outlets: Outlets) -> Iterator[tuple[str, list[Piece]]]:
    source = standing.source
    yield "key", [(safe(source.key), "")]
    yield "address", [(safe(source.url), "")] if source.url else [("none", QUIET)]
    yield "publisher", list(words_of(source.publisher)) if source.publisher else [("not known", QUIET)]
    yield "published", [(say_date(source.published), "")] if source.published else [("not known", QUIET)]
    yield "kind", [(source.kind, "")]
    meaning = words_of(RELIABILITY_MEANING[source.reliability])
    yield "grade", [(source.reliability, VALUE), *meaning, _whence(source, outlets)]
    for way in ways_of(source, outlets):
        if len(way) > 1:
            yield "relays", list(words_of(" < ".join(way)))
    if standing.origins:
        yield "origin", list(words_of(", ".join(standing.origins)))
    if standing.relayed:
        told = (f"{relay.source.publisher or relay.source.key} ({relay.source.key})" for relay in standing.relayed)
        yield "relayed by", list(words_of(", ".join(dict.fromkeys(told))))


def _whence(source: Source, outlets: Outlets) -> Piece:
    """Where the grade comes from."""
    if not source.reliability_derived:
        return "(its own)", QUIET
    known = outlets.get(source.publisher)
    return (safe(f"(usual of {known.name})") if known and known.reliability else "(nobody says other)"), QUIET


def _deal(standing: Standing, deal: Deal, width: int) -> Iterator[Line]:
    """What a deal's events that were read there say, and what came of it."""
    name: list[Piece] = [(f"#{deal.id}", QUIET), *words_of(deal.headline or deal.title, HEADING)]
    yield from flow([*name, (safe(deal.slug), QUIET)], width)
    claims = [claim for claim in standing.claims if claim.deal is deal]
    if not claims:
        yield from indented([[("tells of no status, value or stake", QUIET)]], _GAP)
    for claim in claims:
        yield from indented(flow(_claim(claim), width - _GAP), _GAP)
    yield BLANK


def _claim(claim: Claim) -> Iterator[Piece]:
    yield f"event {claim.event.n}", QUIET
    yield claim.event.grade, QUIET
    yield claim.field, ""
    yield from words_of(say_claim(claim.event, claim.field) or "", VALUE if claim.fate == "decides" else "")
    yield f"- {FATES[claim.fate]}", DOUBT if claim.fate == "disputes" else QUIET


def _summed_up(standing: Standing) -> str:
    """How much rests on it, in a line."""
    return f"{counted(len(standing.deals), 'deal')} · decides {counted(standing.decides, 'fact')}"
