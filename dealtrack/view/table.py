"""Deals as a table: whole columns drop before any text is cut, and on a narrow screen texts wrap instead."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from dealtrack.domain.figures import DealRow, Tally, dollars_of, money_of, stake_of, worth_of
from dealtrack.domain.money import decimal_string
from dealtrack.domain.party import ROLES
from dealtrack.domain.stake import percent_string
from dealtrack.text.counts import counted
from dealtrack.text.money import say_counted
from dealtrack.view import cells
from dealtrack.view.lines import BLANK, Block, Line, Lines, beside, cut, flow, padded, width_of, wrapped
from dealtrack.view.safe import safe
from dealtrack.view.screen import Screen
from dealtrack.view.theme import DOT, HEADING, QUIET

DEFAULT_COLUMNS: tuple[str, ...] = ("id", "since", "deal", "kind", "value", "status")

GAP = 2
# One long name must not push out every other column: beyond this a text does not count.
_LONGEST_COUNTED = 60
# Less of a text than this says nothing; from so much on it says most.
_SHORTEST, _TELLING = 8, 24
# Below this a status may be its mark only, and what has no room in its line goes on below.
_NARROW = 72
# An exact day.
_DAY = 10


class Column(NamedTuple):
    """One column. Those of least importance drop first; `never_cut` ones are shown whole and always."""

    heading: str
    importance: int
    cell: Callable[[DealRow], Line]
    right: bool = False
    never_cut: bool = False
    # Whether it may go on below itself all the same.
    wraps: bool = False


class Table(NamedTuple):
    """A table that fits, with the columns that had to be left out: the heading of each by its name.

    It is tight where texts had to give way.
    """

    renderable: Lines
    hidden: Mapping[str, str]
    tight: bool = False


def _text(name: str, row: DealRow) -> Line:
    value = row[name]
    return BLANK if value in (None, "") else [(safe(str(value)), "")]


def _words(name: str, row: DealRow) -> Line:
    return [(safe((row[name] or "").replace(";", ", ")), "")]


def _quiet(name: str, row: DealRow) -> Line:
    return [(safe(str(row[name] or "")), QUIET)]


def _since(row: DealRow) -> Line:
    return _date("first_seen", row)


def _date(name: str, row: DealRow) -> Line:
    return [(cells.date_words(row[name]), "")]


def _flag(name: str, row: DealRow) -> Line:
    return BLANK if row[name] is None else [("yes" if row[name] else "no", "")]


def _minor(bound: str, row: DealRow) -> Line:
    digits = row["value_digits"]
    return [(decimal_string(row[f"value_{bound}"], 2 if digits is None else digits) or "", "")]


def _cents(bound: str, row: DealRow) -> Line:
    return [(decimal_string(row[f"value_usd_{bound}"], 2) or "", "")]


def _percent(bound: str, row: DealRow) -> Line:
    return [(percent_string(row[f"stake_{bound}"]) or "", "")]


def _role(role: str, row: DealRow) -> Line:
    return [(safe(", ".join(name for _, name, own in cells.parties_of(row) if own == role)), "")]


def _headline(row: DealRow) -> Line:
    return [(cells.headline_of(row), "")]


def _value(row: DealRow) -> Line:
    return cells.money_cell(money_of(row))


def _dollars(row: DealRow) -> Line:
    return [(say_counted(money_of(row), dollars_of(row)), "")]


def _worth(row: DealRow) -> Line:
    return [(say_counted(money_of(row), worth_of(row)), "")]


def _stake(row: DealRow) -> Line:
    return cells.stake_cell(stake_of(row))


# Every column that a table can have, by the name it is asked for.
COLUMNS: dict[str, Column] = {
    "id": Column("ID", 100, partial(_text, "id"), right=True, never_cut=True),
    "slug": Column("SLUG", 60, partial(_text, "slug")),
    "since": Column("SINCE", 99, _since, never_cut=True, wraps=True),
    "first_seen": Column("FIRST SEEN", 99, _since, never_cut=True, wraps=True),
    "deal": Column("DEAL", 98, _headline),
    "title": Column("TITLE", 70, partial(_text, "title")),
    "kind": Column("KIND", 50, partial(_quiet, "kind")),
    "form": Column("FORM", 45, partial(_quiet, "form")),
    "value": Column("VALUE", 97, _value, never_cut=True),
    "usd": Column("USD", 85, _dollars, never_cut=True),
    "worth": Column("WORTH", 96, _worth, never_cut=True),
    "stake": Column("STAKE", 75, _stake),
    "status": Column("STATUS", 90, cells.status_of),
    "phase": Column("PHASE", 48, partial(_text, "phase")),
    "disputed": Column("DISPUTED", 46, partial(_words, "disputed")),
    "began_as_rumor": Column("BEGAN AS RUMOR", 20, partial(_flag, "began_as_rumor")),
    "agreed": Column("AGREED", 80, partial(_date, "agreed"), never_cut=True),
    "completed": Column("COMPLETED", 80, partial(_date, "completed"), never_cut=True),
    "ended": Column("ENDED", 80, partial(_date, "ended"), never_cut=True),
    "expected": Column("EXPECTED", 78, partial(_date, "expected"), never_cut=True),
    "heard": Column("HEARD", 72, partial(_date, "last_heard"), never_cut=True),
    "last_heard": Column("LAST HEARD", 72, partial(_date, "last_heard"), never_cut=True),
    "checked": Column("CHECKED", 71, partial(_text, "checked"), never_cut=True),
    "sectors": Column("SECTORS", 40, partial(_words, "sectors")),
    "core_space": Column("CORE SPACE", 15, partial(_flag, "core_space")),
    "tags": Column("TAGS", 30, partial(_words, "tags")),
    "origins": Column("ORIGINS", 25, partial(_text, "origins"), right=True),
    "events": Column("EVENTS", 26, partial(_text, "events"), right=True),
    "note": Column("NOTE", 22, partial(_text, "note")),
    **{role.replace("-", "_"): Column(role.replace("-", " ").upper(), 65, partial(_role, role)) for role in ROLES},
    "value_text": Column("VALUE TEXT", 36, partial(_text, "value_text")),
    "value_currency": Column("CURRENCY", 35, partial(_text, "value_currency")),
    "value_low": Column("VALUE LOW", 35, partial(_minor, "low"), right=True, never_cut=True),
    "value_high": Column("VALUE HIGH", 35, partial(_minor, "high"), right=True, never_cut=True),
    "value_qualifier": Column("QUALIFIER", 34, partial(_text, "value_qualifier")),
    "value_basis": Column("BASIS", 37, partial(_text, "value_basis")),
    "value_usd_low": Column("USD LOW", 35, partial(_cents, "low"), right=True, never_cut=True),
    "value_usd_high": Column("USD HIGH", 35, partial(_cents, "high"), right=True, never_cut=True),
    "value_usd_origin": Column("USD ORIGIN", 20, partial(_text, "value_usd_origin")),
    "stake_text": Column("STAKE TEXT", 36, partial(_text, "stake_text")),
    "stake_low": Column("STAKE LOW", 35, partial(_percent, "low"), right=True),
    "stake_high": Column("STAKE HIGH", 35, partial(_percent, "high"), right=True),
    "stake_controlling": Column("CONTROLLING", 30, partial(_flag, "stake_controlling")),
    "stake_basis": Column("STAKE BASIS", 34, partial(_text, "stake_basis")),
    "created": Column("CREATED", 10, partial(_text, "created")),
    "updated": Column("UPDATED", 12, partial(_text, "updated")),
}


def deals_table(rows: Iterable[DealRow], columns: Sequence[str], screen: Screen, *, all_of_them: bool = False) -> Table:
    """The rows as a table no wider than the screen, where the screen has an edge."""
    listed, chosen = list(rows), {name: COLUMNS[name] for name in columns}
    table = fitted(chosen, listed, screen, all_of_them=all_of_them)
    if not (_is_narrow(screen) and table.tight and "status" in chosen):
        return table
    chosen["status"] = Column("", COLUMNS["status"].importance, cells.status_mark, never_cut=True)
    table = fitted(chosen, listed, screen, all_of_them=all_of_them)
    key = flow(cells.legend_of(listed), screen.width, gap="  ")
    return table._replace(renderable=Lines.of(screen, (*table.renderable.lines, *key)))


def fitted(
    columns: Mapping[str, Column], rows: Iterable[DealRow], screen: Screen, *, all_of_them: bool = False
) -> Table:
    """The rows under those columns that the screen has room for, or under all of them with their texts cut."""
    chosen = list(columns.values())
    body = [[column.cell(row) for column in chosen] for row in rows]
    shown, hidden = (list(range(len(chosen))), []) if all_of_them else _fitting(chosen, body, screen)
    names = list(columns)
    kept, body = [chosen[at] for at in shown], [[row[at] for at in shown] for row in body]
    heads: list[Line] = [[(column.heading, HEADING)] for column in kept]
    natural = [max(map(width_of, cells_)) for cells_ in zip(heads, *body, strict=True)] if kept else []
    widths = _squeezed(kept, natural, screen) if screen.bounded else natural
    lines = _lines(kept, widths, (heads, *body), wrapping=_is_narrow(screen))
    return Table(Lines.of(screen, lines), {names[at]: chosen[at].heading.lower() for at in hidden}, widths != natural)


def _is_narrow(screen: Screen) -> bool:
    return screen.bounded and screen.width < _NARROW


def _lines(
    columns: Sequence[Column], widths: Sequence[int], rows: Iterable[Sequence[Line]], *, wrapping: bool
) -> Iterator[Line]:
    """The rows, their texts as wide as that: what is longer goes on below, or is cut."""
    for row in rows:
        if not wrapping:
            yield _row(columns, widths, row)
            continue
        told = zip(columns, widths, row, strict=True)
        yield from beside([Block(wrapped(cell, width), width, right=column.right) for column, width, cell in told], GAP)


def total_line(tally: Tally) -> str:
    """How many deals, and what those with a known value come to."""
    return f"{counted(tally.deals, 'deal')} {DOT} {cells.total_words(tally)}"


def _row(columns: Sequence[Column], widths: Sequence[int], row: Sequence[Line]) -> Line:
    line: Line = []
    for column, width, cell in zip(columns, widths, row, strict=True):
        line += [*padded(cut(cell, width), width, right=column.right), (" " * GAP, "")]
    return line


def _fitting(columns: Sequence[Column], body: Sequence[Sequence[Line]], screen: Screen) -> tuple[list[int], list[int]]:
    """Which columns are shown and which are left out, least important first."""
    wanted = [max([len(column.heading), *(width_of(row[at]) for row in body)]) for at, column in enumerate(columns)]
    wanted = [
        width if column.never_cut else min(width, _LONGEST_COUNTED)
        for width, column in zip(wanted, columns, strict=True)
    ]
    shown = list(range(len(columns)))
    hidden: list[int] = []
    while screen.bounded and _total(wanted[at] for at in shown) > screen.width:
        droppable = [at for at in shown if columns[at].importance < _KEPT and len(shown) > 1]
        if not droppable:
            break
        least = min(droppable, key=lambda at: (columns[at].importance, -at))
        shown.remove(least)
        hidden.append(least)
    return shown, hidden


# What a row cannot do without: id, date, deal, value, and how it stands.
_KEPT = 90


def _squeezed(columns: Sequence[Column], widths: Sequence[int], screen: Screen) -> list[int]:
    """Take from the texts what does not fit; on a narrow screen from dates, too, before texts say little."""
    texts = [at for at, column in enumerate(columns) if not column.never_cut]
    if not _is_narrow(screen):
        return _taken(widths, texts, screen.width, _SHORTEST)
    widths = _taken(widths, texts, screen.width, _TELLING)
    widths = _taken(widths, [at for at, column in enumerate(columns) if column.wraps], screen.width, _DAY)
    return _taken(widths, texts, screen.width, _SHORTEST)


def _taken(widths: Sequence[int], yielding: Sequence[int], limit: int, least: int) -> list[int]:
    """The widths where the widest of those that yield has given way, down to the least, until all fit."""
    widths = list(widths)
    while _total(widths) > limit and yielding:
        widest = max(yielding, key=lambda at: widths[at])
        others = sorted((widths[at] for at in yielding if at != widest), reverse=True)
        floor = max(others[0] if others and others[0] < widths[widest] else widths[widest] - 1, least)
        over = _total(widths) - limit
        if widths[widest] <= least:
            break
        widths[widest] = max(widths[widest] - over, floor)
    return widths


def _total(widths: Iterable[int]) -> int:
    widths = list(widths)
    return sum(widths) + GAP * max(len(widths) - 1, 0)
