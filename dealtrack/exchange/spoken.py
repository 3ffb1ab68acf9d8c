"""Rows in the words that people read: the cells of tables for pages and notes."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from dealtrack.domain.columns import Sort, Table
from dealtrack.domain.date import from_edtf
from dealtrack.domain.figures import DealRow, dollars_of, money_of, stake_of, worth_of
from dealtrack.exchange.record import columns_of, deal_line, known, reader
from dealtrack.text.dates import say_date
from dealtrack.text.money import say_counted, say_money_short
from dealtrack.text.stakes import say_stake_short

# What a table of deals has unless columns are named: those of the screen.
_USUAL = ("id", "since", "deal", "kind", "value", "status")
_RIGHT: frozenset[Sort] = frozenset(("number", "money", "cents", "worth", "percent"))
_WHOLE: frozenset[Sort] = _RIGHT | frozenset(("word", "flag", "date", "day", "time", "rate"))


class Spoken(NamedTuple):
    """A column under its heading; `link` where its cells are addresses, `whole` where they belong on one line."""

    heading: str
    say: Callable[[DealRow], str]
    right: bool = False
    link: bool = False
    whole: bool = True


def spoken(table: Table, names: Sequence[str] | None) -> list[Spoken]:
    """The columns asked for; a column of the screen says in a few words what a file has several cells for."""
    if table == "deals":
        return [_SCREEN[name] if name in _SCREEN else _filed(table, name) for name in names or _USUAL]
    return [_filed(table, column.name) for column in columns_of(table, names)]


def _filed(table: Table, name: str) -> Spoken:
    column = known(table)[name]
    read = reader(column)
    say = _in_words(read) if column.sort == "date" else lambda row: _shown(read(row))
    right, link, whole = column.sort in _RIGHT, column.sort == "link", column.sort in _WHOLE
    return Spoken(name.replace("_", " "), say, right, link, whole)


def _shown(cell: object) -> str:
    return "" if cell is None else str(cell)


def _in_words(read: Callable[[DealRow], object]) -> Callable[[DealRow], str]:
    return lambda row: say_date(from_edtf(str(edtf))) if (edtf := read(row)) else ""


def _deal(row: DealRow) -> str:
    return deal_line(row) or row["title"] or row["slug"]


def _value(row: DealRow) -> str:
    return say_money_short(amount) if (amount := money_of(row)) else ""


def _dollars(row: DealRow) -> str:
    return say_counted(money_of(row), dollars_of(row))


def _worth(row: DealRow) -> str:
    return say_counted(money_of(row), worth_of(row))


def _stake(row: DealRow) -> str:
    return say_stake_short(share) if (share := stake_of(row)) else ""


def _status(row: DealRow) -> str:
    disputed = " (disputed)" if "status" in row["disputed"].split(";") else ""
    return f"{row['status'] or ''}{disputed}"


_SCREEN: dict[str, Spoken] = {
    "since": Spoken("since", _in_words(lambda row: row["first_seen"])),
    "heard": Spoken("heard", _in_words(lambda row: row["last_heard"])),
    "deal": Spoken("deal", _deal, whole=False),
    "value": Spoken("value", _value),
    "usd": Spoken("usd", _dollars),
    "worth": Spoken("worth", _worth),
    "stake": Spoken("stake", _stake),
    "status": Spoken("status", _status),
}
