"""How much the largest deals weigh: the totals without them, their share, and which they are."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from dealtrack.domain.contents import Cell, Column, Interval, Reference, Table
from dealtrack.domain.date import from_edtf
from dealtrack.domain.figures import OPEN, DealRow
from dealtrack.domain.party import headline
from dealtrack.report.totals import Total, columns, share_of, total_of, without
from dealtrack.text.counts import counted, rounded

_SOME = (1, 5, 10)
# So many of the largest deals are listed.
LISTED = 25


class Largest(NamedTuple):
    """The deals that are worth the most, by their least worth where that is known, and from where on one is mega."""

    rows: Sequence[DealRow]
    mega: int


def concentration_tables(whole: Total, largest: Largest, mega: Total, currency: str) -> tuple[Table, Table]:
    """The totals without the largest, and the largest; `mega` are all the megadeals."""
    return _without(whole, largest, mega, currency), _megadeals(mega.deals, largest, currency)


def _without(whole: Total, largest: Largest, mega: Total, currency: str) -> Table:
    rows: list[tuple[Cell, ...]] = [("all deals", *whole.cells(), None)]
    for number in (number for number in _SOME if len(largest.rows) >= number):
        said = f"without the largest {number}".removesuffix(" 1")
        rows.append(_left(said, whole, _total(largest.rows[:number])))
    if mega.deals:
        rows.append(_left(f"without {counted(mega.deals, 'megadeal')}", whole, mega))
    heads = (Column("which", "Which"), *columns(currency), Column("share", "Share of those left out", "percent"))
    note = "Of the value disclosed, the share of those left out: at least and at most, as the values are ranges."
    return Table("concentration", "With and without the largest", heads, tuple(rows), notes=(note,))


def _total(rows: Sequence[DealRow]) -> Total:
    bounds = [(row["worth_low"] or 0, OPEN if row["worth_high"] is None else row["worth_high"]) for row in rows]
    return total_of(len(rows), (), bounds)


def _left(said: str, whole: Total, gone: Total) -> tuple[Cell, ...]:
    left, nothing = without(whole, gone), Interval(0, 0)
    return said, *left.cells(), share_of(gone.value or nothing, left.value or nothing)


def _megadeals(number: int, largest: Largest, currency: str) -> Table:
    listed = [row for row in largest.rows if (row["worth_low"] or 0) >= largest.mega]
    rows = tuple(_row(rank, row) for rank, row in enumerate(listed, 1))
    heads = (
        Column("rank", "Rank", "count", spare=1),
        Column("id", "ID", "count"),
        Column("deal", "Deal", "deal"),
        Column("first_seen", "Since", "date"),
        Column("status", "Status"),
        Column("value", "Value", "money", currency),
    )
    rule = f"{'A megadeal' if rows else 'No deal'} is worth {currency} {rounded(largest.mega)} or more."
    more = f" The {len(rows)} largest of {counted(number, 'megadeal')}." if number > len(rows) else ""
    return Table("megadeals", "Megadeals", heads, rows, notes=(f"{rule}{more}",))


def _row(rank: int, row: Mapping[str, Any]) -> tuple[Cell, ...]:
    name = headline([(name, role) for _, name, role in row["parties"]]) or row["title"]
    when = from_edtf(row["first_seen"]) if row["first_seen"] else None
    worth = Interval(row["worth_low"], row["worth_high"])
    return rank, row["id"], Reference(row["slug"], name), when, row["status"], worth
