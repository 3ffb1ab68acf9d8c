"""Companies: all of them as a table, or one with its names and deals."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from dealtrack.domain.company import Company
from dealtrack.domain.figures import DealRow, Tally
from dealtrack.view.lines import BLANK, Block, Line, Lines, beside, paragraph
from dealtrack.view.safe import safe
from dealtrack.view.screen import Screen
from dealtrack.view.table import DEFAULT_COLUMNS, Column, Table, deals_table, fitted, total_line
from dealtrack.view.theme import HEADING, QUIET

_LABEL = 10


def _text(name: str, row: Mapping[str, Any]) -> Line:
    return [(safe(str(row[name] or "").replace(";", ", ").replace(",  ", ", ")), "")]


def _deals(row: Mapping[str, Any]) -> Line:
    return [(f"{row['deals']:,}", "" if row["deals"] else QUIET)]


_COLUMNS: dict[str, Column] = {
    "name": Column("COMPANY", 100, partial(_text, "name")),
    "kind": Column("KIND", 40, partial(_text, "kind")),
    "country": Column("CC", 50, partial(_text, "country"), never_cut=True),
    "ticker": Column("TICKER", 30, partial(_text, "ticker"), never_cut=True),
    "deals": Column("DEALS", 91, _deals, right=True, never_cut=True),
    "slug": Column("SLUG", 90, partial(_text, "slug")),
    "aliases": Column("ALSO KNOWN AS", 45, partial(_text, "aliases")),
}


def company_table(rows: Iterable[DealRow], screen: Screen) -> Table:
    """Companies as rows of slug, name, kind, country, ticker, aliases and number of deals."""
    return fitted(_COLUMNS, rows, screen)


def company_page(company: Company, deals: Sequence[DealRow], screen: Screen) -> Lines:
    """A company with its names, and its deals with the role it has in each."""
    lines: list[Line] = [[(safe(company.name), HEADING)], [(_what(company), QUIET)]]
    for label, words in _particulars(company):
        left: list[Line] = [[(label, QUIET)]]
        lines += beside([Block(left, _LABEL), Block(paragraph(words, screen.width - _LABEL - 2), 0)])
    lines.append(BLANK)
    if not deals:
        return Lines.of(screen, [*lines, [("No deals.", QUIET)]])
    table = deals_table(deals, DEFAULT_COLUMNS, screen).renderable
    return Lines.of(screen, [*lines, *table.lines, [(total_line(tally_of(deals)), "")]])


def tally_of(rows: Iterable[DealRow]) -> Tally:
    """What the rows come to."""
    tally = Tally()
    for row in rows:
        tally.add(row["worth_low"], row["worth_high"])
    return tally


def _what(company: Company) -> str:
    parts = (company.kind, company.country, company.ticker, ", ".join(company.sectors), company.slug)
    return safe(" · ".join(part for part in parts if part))


def _particulars(company: Company) -> list[tuple[str, str]]:
    names = ", ".join(f"{alias.alias} ({alias.kind})" for alias in company.aliases)
    return [(label, words) for label, words in (("also", names), ("note", company.note or "")) if words]
