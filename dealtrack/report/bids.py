"""The deals for one company as a report: who came first, how each went, who beat whom, who won."""

from collections.abc import Mapping, Sequence
from datetime import date

from dealtrack.domain.contents import Basis, Cell, Chart, Column, Part, Prose, Reference, Report, Table
from dealtrack.domain.contest import Bid
from dealtrack.report.timelines import company_report
from dealtrack.text.contest import say_ties, say_verdict
from dealtrack.text.stakes import say_stake_short

_BIDS = (
    Column("id", "#", "count"),
    Column("bid", "Bid", "deal"),
    Column("since", "Since", "date"),
    Column("value", "Value", "amount"),
    Column("stake", "Stake", spare=2),
    Column("status", "Status"),
    Column("over", "Over or last heard of", "date", spare=3),
    Column("links", "Among these", spare=1),
)


def target_report(name: str, bids: Sequence[Bid], basis: Basis, today: date) -> Report:
    """The deals for a company by the date they were first seen, with who won; then the steps that each took."""
    whole = company_report(name, [bid.deal for bid in bids], basis, today)
    bidders = {bid.deal.slug: f"#{bid.deal.id} {bid.bidders}" for bid in bids}
    parts: list[Part] = [Prose("", (say_verdict(bids),))]
    for part in whole.parts:
        match part:
            case Chart():
                parts.append(part._replace(y=("deal", "comes_to")))
                parts.append(Table("bids", "How each went", _BIDS, tuple(map(_row, bids))))
            case Table():
                parts.append(_by_bidder(part, bidders))
            case _:
                parts.append(part)
    return whole._replace(title=f"Bids for {name}", parts=tuple(parts))


def _by_bidder(steps: Table, bidders: Mapping[str, str]) -> Table:
    """The steps by who bids; that the company is the target goes without saying."""
    kept = [at for at, column in enumerate(steps.columns) if column.key != "role"]
    rows = tuple(tuple(_renamed(row[at], bidders) for at in kept) for row in steps.rows)
    return steps._replace(columns=tuple(steps.columns[at] for at in kept), rows=rows)


def _renamed(cell: Cell, bidders: Mapping[str, str]) -> Cell:
    return cell._replace(shown=bidders[cell.slug]) if isinstance(cell, Reference) and cell.slug in bidders else cell


def _row(bid: Bid) -> tuple[Cell, ...]:
    facts = bid.facts
    stake = facts.stake.event.stake if facts.stake else None
    return (
        bid.deal.id,
        Reference(bid.deal.slug, bid.bidders),
        facts.first_seen,
        facts.value.event.value if facts.value else None,
        say_stake_short(stake) if stake else None,
        facts.status.event.status if facts.status else None,
        bid.ended,
        "; ".join(say_ties(bid)) or None,
    )
