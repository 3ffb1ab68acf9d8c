"""What became of open deals between then and now: which came, moved, were revised, fell overdue or went."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from dealtrack.domain.contents import Cell, Column, Reference, Table
from dealtrack.domain.date import from_edtf
from dealtrack.domain.figures import DealRow, Pair, money_of, stake_of
from dealtrack.domain.party import headline
from dealtrack.text.counts import counted
from dealtrack.text.dates import say_date
from dealtrack.text.money import say_money_short
from dealtrack.text.stakes import say_stake_short

COLUMNS: tuple[Column, ...] = (
    Column("id", "ID", "count"),
    Column("deal", "Deal", "deal"),
    Column("what", "What changed"),
    Column("before", "Before"),
    Column("after", "Now"),
    Column("heard", "Heard", "date", spare=1),
)

# What may change, in the order in which it is told.
_ORDER = (
    "new", "status", "overdue", "expected", "value", "stake", "news", "matches now", "no longer matches", "removed",
)  # fmt: skip


class Since(NamedTuple):
    """What now is compared with: its name, its clock in words, the first day since, and the deals of then and now.

    `pairs` is None where there is nothing to compare with, and the words say why.
    """

    name: str
    said: str
    day: date
    pairs: Sequence[Pair] | None


class Move(NamedTuple):
    """One thing that changed of a deal, in words."""

    row: DealRow
    what: str
    before: str | None
    after: str | None


def changed(since: Since, today: date) -> Table:
    """The table of what changed of deals that are open, were then, or were not known then."""
    if since.pairs is None:
        return Table("changed", "Changed", COLUMNS, (), notes=(since.said,))
    moves = [move for pair in since.pairs for move in _moves(pair, since.day, today)]
    moves.sort(key=lambda move: (_ORDER.index(move.what), move.row["id"]))
    deals = len({move.row["id"] for move in moves})
    note = f"{counted(len(moves), 'change')} of {counted(deals, 'deal')}" if moves else "Nothing changed."
    return Table("changed", f"Changed since {since.name}", COLUMNS, tuple(map(_cells, moves)), notes=(note,))


def _cells(move: Move) -> tuple[Cell, ...]:
    row = move.row
    deal = Reference(row["slug"], headline([(name, role) for _, name, role in row["parties"]]) or row["slug"])
    heard = from_edtf(row["last_heard"]) if row["last_heard"] else None
    return row["id"], deal, move.what, move.before, move.after, heard


def _moves(pair: Pair, since: date, today: date) -> Iterator[Move]:
    match pair:
        case Pair(None, now, _, _) if now is not None:
            yield Move(now, "new", None, now["status"])
        case Pair(then, None, _, _) if then is not None and then["phase"] == "open":
            yield Move(then, "removed", then["status"], None)
        case Pair(then, now, was, is_) if then and now and "open" in (then["phase"], now["phase"]):
            yield from list(_of_facts(then, now)) + list(_overdue(now, since, today)) or _else(then, now, was, is_)


def _of_facts(then: DealRow, now: DealRow) -> Iterator[Move]:
    for what, said in _FACTS.items():
        before, after = said(then), said(now)
        # That nothing is awaited any more of what has come or died is no news of its own.
        if before != after and (what != "expected" or now["phase"] == "open"):
            yield Move(now, what, before, after)


def _overdue(now: DealRow, since: date, today: date) -> Iterator[Move]:
    """The last day of the expected closing has gone by since: an open deal fell overdue without a word."""
    last = date.fromisoformat(now["expected_latest"]) if now["expected_latest"] else None
    if now["phase"] == "open" and last is not None and since - timedelta(1) <= last < today:
        yield Move(now, "overdue", None, f"since {last + timedelta(1)}")


def _else(then: DealRow, now: DealRow, was: bool, is_: bool) -> Iterator[Move]:
    """Where no fact changed: whether there was news, and whether the deal is asked for anew, or no longer."""
    if then["last_heard"] != now["last_heard"]:
        yield Move(now, "news", _day(then["last_heard"]), _day(now["last_heard"]))
    elif was != is_:
        yield Move(now, "matches now" if is_ else "no longer matches", None, None)


def _day(edtf: str | None) -> str | None:
    return say_date(from_edtf(edtf)) if edtf else None


def _value(row: DealRow) -> str | None:
    money = money_of(row)
    return f"{say_money_short(money)} {(money.basis or '').replace('-', ' ')}".strip() if money else None


def _stake(row: DealRow) -> str | None:
    stake = stake_of(row)
    return f"{say_stake_short(stake)} {(stake.basis or '').replace('-', ' ')}".strip() if stake else None


_FACTS = {
    "status": lambda row: row["status"],
    "expected": lambda row: _day(row["expected"]),
    "value": _value,
    "stake": _stake,
}
