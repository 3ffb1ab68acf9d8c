"""The deals for one company as a report: who came first, how each went, who beat whom, who won."""

from collections.abc import Sequence
from datetime import date

from dealtrack.domain.contents import Basis, Cell, Chart, Column, Prose, Reference, Report, Table
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
    Column("over", "Over, or last heard of", "date", spare=3),
    Column("links", "Among these", spare=1),
)


def target_report(name: str, bids: Sequence[Bid], basis: Basis, today: date) -> Report:
    """The deals for a company by the date they were first seen, with who won; then the steps that each took."""
    whole = company_report(name, [bid.deal for bid in bids], basis, today)
    chart, *rest = whole.parts
    if isinstance(chart, Chart):
        chart = chart._replace(y=("deal", "value"))
    table = Table("bids", "How each went", _BIDS, tuple(map(_row, bids)))
    return whole._replace(title=f"Bids for {name}", parts=(Prose("", (say_verdict(bids),)), chart, table, *rest))


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
