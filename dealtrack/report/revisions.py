"""Deals whose value was revised: up or down, when, and on which page."""

from collections.abc import Iterable, Iterator

from dealtrack.domain.belief import Turn, turns
from dealtrack.domain.contents import Cell, Column, Table
from dealtrack.domain.date import from_day
from dealtrack.domain.deal import Deal
from dealtrack.domain.money import Money
from dealtrack.report.facts import page
from dealtrack.report.groups import named


def revisions(deals: Iterable[Deal]) -> Table:
    """Every time that another value came to be believed."""
    columns = (
        Column("id", "ID", "count"),
        Column("deal", "Deal", "deal"),
        Column("day", "Public", "date"),
        Column("before", "Before", "amount", main=True),
        Column("after", "After", "amount", main=True),
        Column("way", "Revised"),
        Column("source", "Source", "source", spare=1),
    )
    rows = tuple(row for deal in deals for turn in turns(deal) for row in _revised(deal, turn))
    return Table("revisions", "Values that were revised", columns, rows)


def _revised(deal: Deal, turn: Turn) -> Iterator[tuple[Cell, ...]]:
    before = turn.before.value if turn.before else None
    after = turn.after.value if turn.after else None
    if turn.field == "value" and before and after:
        day = from_day(turn.day) if turn.day else None
        yield deal.id, named(deal), day, before, after, way(before, after), page(turn.moved_by)


def way(before: Money, after: Money) -> str:
    """In which way an amount was revised; ranges that overlap went neither up nor down."""
    if after.qualifier == "undisclosed" or before.qualifier == "undisclosed":
        return "disclosed" if before.qualifier == "undisclosed" else "no longer told"
    if before.currency != after.currency:
        return "another currency"
    if before.basis != after.basis:
        return "another basis"
    if before.high is not None and after.low is not None and after.low > before.high:
        return "up"
    if before.low is not None and after.high is not None and after.high < before.low:
        return "down"
    return "restated"
