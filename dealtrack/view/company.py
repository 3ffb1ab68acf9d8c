"""Companies: all of them as a table, or one with its names and deals."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from dealtrack.domain.company import Company
from dealtrack.domain.date import UncertainDate
from dealtrack.domain.dealings import Dealings, Met
from dealtrack.domain.figures import DealRow, Tally
from dealtrack.domain.holding import Step
from dealtrack.domain.judgement import sentence
from dealtrack.domain.profile import Profile, Relative
from dealtrack.text.dates import say_date
from dealtrack.text.validity import say_validity
from dealtrack.view.lines import BLANK, Block, Line, Lines, beside, indented, paragraph
from dealtrack.view.safe import safe
from dealtrack.view.screen import Screen
from dealtrack.view.table import DEFAULT_COLUMNS, Column, Table, deals_table, fitted, total_line
from dealtrack.view.theme import DOT, HEADING, QUIET

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


def company_page(profile: Profile, deals: Sequence[DealRow], screen: Screen) -> Lines:
    """A company with its names, what it is tied to, its deals, what it came to hold, with whom and against whom."""
    company = profile.company
    lines: list[Line] = [[(safe(company.name), HEADING)], [(_what(company), QUIET)]]
    for label, words in _particulars(profile):
        left: list[Line] = [[(label, QUIET)]]
        lines += beside([Block(left, _LABEL), Block(paragraph(words, screen.width - _LABEL - 2), 0)])
    lines.append(BLANK)
    if not deals:
        return Lines.of(screen, [*lines, [("No deals.", QUIET)]])
    table = deals_table(deals, DEFAULT_COLUMNS, screen).renderable
    lines += [*table.lines, [(total_line(tally_of(deals)), "")]]
    for title, told in _dealt(profile.dealings):
        lines += [BLANK, [(title, HEADING)]]
        for line in told:
            lines += indented(paragraph(line, screen.width - 2), 2)
    along = f"Along time: dealtrack timeline --company {company.slug}"
    return Lines.of(screen, [*lines, BLANK, *paragraph(along, screen.width, QUIET)])


def tally_of(rows: Iterable[DealRow]) -> Tally:
    """What the rows come to."""
    tally = Tally()
    for row in rows:
        tally.add(row["worth_low"], row["worth_high"])
    return tally


def _what(company: Company) -> str:
    parts = (company.kind, company.country, company.ticker, ", ".join(company.sectors), company.slug)
    return safe(" · ".join(part for part in parts if part))


def _particulars(profile: Profile) -> Iterator[tuple[str, str]]:
    """What is known beside its deals, each under a label."""
    company = profile.company
    yield from _told("also", ", ".join(_names(profile)))
    yield from _told("found as", ", ".join(sorted(profile.slugs - {company.slug})))
    said = (f"{i.kind} {i.value}" + (f" [{i.source}]" if i.source else "") for i in profile.identifiers)
    yield from _told("registers", ", ".join(said))
    yield from _told("part of", ", ".join(map(_relative, profile.parents)))
    yield from _told("owns", ", ".join(map(_relative, profile.subsidiaries)))
    yield from _told("judged", "; ".join(map(sentence, profile.judgements)))
    yield from _told("note", company.note or "")
    roles = (f"{role.replace('-', ' ')} {number}" for role, number in profile.dealings.roles)
    yield from _told("roles", ", ".join(roles))


def _told(label: str, words: str) -> list[tuple[str, str]]:
    return [(label, words)] if words else []


def _names(profile: Profile) -> Iterator[str]:
    """Its other names, in the order in which they began to hold as far as that is known."""
    own = [(alias.alias, alias.kind, alias.valid) for alias in profile.company.aliases]
    others = [(alias.alias, alias.kind, alias.valid) for one in profile.merged for alias in one.aliases]
    merged = [(one.name, "merged", None) for one in profile.merged]
    for name, kind, valid in sorted([*own, *others, *merged], key=_since):
        yield f"{name} ({kind}{f', {say_validity(valid)}' if valid else ''})"


def _since(name: tuple[str, str, UncertainDate | None]) -> tuple[bool, date, str]:
    valid = name[2]
    return valid is None, (valid.earliest if valid else None) or date.min, name[0].casefold()


def _relative(relative: Relative) -> str:
    valid = relative.tie.valid
    return f"{relative.name} ({say_validity(valid)})" if valid else relative.name


def _dealt(done: Dealings) -> Iterator[tuple[str, list[str]]]:
    held = [_step(step, step.target.name) for step in done.held]
    owners = [_step(step, step.holder.name) for step in done.owners]
    partners = [_met(one) for one in done.partners[:_MOST_MET]]
    rivals = [_met(one) for one in done.rivals[:_MOST_MET]]
    for title, told, met in (
        ("Stakes it held", held, ()),
        ("Who held stakes in it", owners, ()),
        ("Beside it in deals", partners, done.partners),
        ("Bid for the same companies", rivals, done.rivals),
    ):
        more = [f"and {len(met) - _MOST_MET} more"] if len(met) > _MOST_MET else []
        if told:
            yield title, [*told, *more]


# So many companies that it met are named.
_MOST_MET = 12


def _met(one: Met) -> str:
    return f"{one.name} {DOT} {', '.join(one.deals[:3])}{' ...' if len(one.deals) > 3 else ''}"


def _step(step: Step, name: str) -> str:
    """What a deal did to a holding: `2025-08-12 · Geost · taken over · 0% -> 100% · rocket-lab-geost-2025`."""
    change = f"{step.before.said} -> {step.after.said}"
    return f" {DOT} ".join((say_date(step.date), name, step.sort, change, step.deal.slug))
