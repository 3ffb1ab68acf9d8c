"""How much the largest deals weigh: the totals without them, their share, and which they are."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from dealtrack.domain.contents import Cell, Column, Interval, Reference, Table
from dealtrack.domain.date import from_edtf
from dealtrack.domain.figures import OPEN, DealRow
from dealtrack.domain.party import headline
from dealtrack.report.totals import Total, columns, share_of, value_of, without
from dealtrack.text.counts import counted, rounded

_SOME = (1, 5, 10)
# So many of the largest deals are listed.
LISTED = 25


class Largest(NamedTuple):
    """The deals that are worth the most, by their least worth where that is known, and from where on one is mega."""

    rows: Sequence[DealRow]
    mega: int


def concentration_tables(
    whole: Total, largest: Largest, mega: tuple[Total, Total], currency: str
) -> tuple[Table, Table]:
    """The totals without the largest, and the largest; `mega` are the other deals and the megadeals."""
    return _without(whole, largest, mega, currency), _megadeals(mega[1].tally.deals, largest, currency)


def bounds_of(row: DealRow) -> tuple[int, int]:
    """What a deal is worth, at least and at most."""
    low, high = row["worth_low"], row["worth_high"]
    return low or 0, OPEN if high is None else high


def _without(whole: Total, largest: Largest, mega: tuple[Total, Total], currency: str) -> Table:
    top = [bounds_of(row) for row in largest.rows]
    rows: list[tuple[Cell, ...]] = [("all deals", *whole.cells(), None)]
    for number in (number for number in _SOME if len(top) >= number):
        left = without(whole, top[:number])
        rows.append(_left(f"without the largest {number}".removesuffix(" 1"), left, _sum(top[:number])))
    rest, above = mega
    if above.tally.deals:
        gone = Interval(above.tally.low, above.tally.high)
        rows.append(_left(f"without {counted(above.tally.deals, 'megadeal')}", rest, gone))
    heads = (Column("which", "Which"), *columns(currency), Column("share", "Share of those left out", "percent"))
    note = "Of the value disclosed, the share of those left out: at least and at most, as the values are ranges."
    return Table("concentration", "With and without the largest", heads, tuple(rows), notes=(note,))


def _sum(bounds: Sequence[tuple[int, int]]) -> Interval:
    most = [high for _, high in bounds]
    return Interval(sum(low for low, _ in bounds), None if max(most) >= OPEN else sum(most))


def _left(said: str, left: Total, gone: Interval) -> tuple[Cell, ...]:
    return said, *left.cells(), share_of(gone, value_of(left.tally) or Interval(0, 0))


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
    rule = f"A megadeal is worth {currency} {rounded(largest.mega)} or more."
    more = f" The {len(rows)} largest of {counted(number, 'megadeal')}." if number > len(rows) else ""
    return Table("megadeals", "Megadeals", heads, rows, notes=(f"{rule}{more}",))


def _row(rank: int, row: Mapping[str, Any]) -> tuple[Cell, ...]:
    name = headline([(name, role) for _, name, role in row["parties"]]) or row["title"]
    when = from_edtf(row["first_seen"]) if row["first_seen"] else None
    worth = Interval(row["worth_low"], row["worth_high"])
    return rank, row["id"], Reference(row["slug"], name), when, row["status"], worth
