"""Who bid against whom, and who won."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import NamedTuple

from dealtrack.domain.contents import Cell, Column, Reference, Table
from dealtrack.domain.date import UncertainDate
from dealtrack.domain.deal import Deal
from dealtrack.domain.fold import Facts
from dealtrack.domain.party import ACTING
from dealtrack.report.groups import named

# Links that say that two deals answer the same need.
_AGAINST = ("competes-with", "counter-to")


class _Bid(NamedTuple):
    """A deal while it was under way."""

    deal: Deal
    facts: Facts
    since: UncertainDate

    @property
    def begins(self) -> date:
        """The first day on which it may have been under way; where that is open, the day by which it was."""
        return self.since.earliest or self.since.latest or date.min

    @property
    def ends(self) -> date:
        """The last day on which it may have been."""
        end = self.facts.completed or self.facts.ended or self.facts.last_heard
        return (end.latest if end else None) or date.max


def rivals(told: Sequence[tuple[Deal, Facts]]) -> Table:
    """Deals that a link sets against each other, or takeovers of one target by others at the same time."""
    bids = [_Bid(deal, facts, facts.first_seen) for deal, facts in told if facts.first_seen]
    pairs = {_key(one, other): (one, other, "a link") for one, other in _linked(bids)}
    for one, other in _same_target(bids):
        pairs.setdefault(_key(one, other), (one, other, "the same target"))
    columns = (
        Column("deal", "Deal", "deal"),
        Column("since", "Since", "date", spare=1),
        Column("status", "Became"),
        Column("rival", "Against", "deal"),
        Column("rival_since", "Since", "date", spare=1),
        Column("rival_status", "Became"),
        Column("won", "Closed", "deal", spare=2),
        Column("known", "Known by", spare=3),
    )
    rows = tuple(_row(*pairs[key]) for key in sorted(pairs, key=lambda key: (pairs[key][0].begins, key)))
    return Table("rivals", "Who bid against whom", columns, rows)


def _key(one: _Bid, other: _Bid) -> tuple[int, int]:
    return min(one.deal.id, other.deal.id), max(one.deal.id, other.deal.id)


def _in_order(one: _Bid, other: _Bid) -> tuple[_Bid, _Bid]:
    return (one, other) if (one.begins, one.deal.id) <= (other.begins, other.deal.id) else (other, one)


def _linked(bids: Sequence[_Bid]) -> Iterator[tuple[_Bid, _Bid]]:
    by_slug = {bid.deal.slug: bid for bid in bids}
    for bid in bids:
        for link in bid.deal.links:
            if link.relation in _AGAINST and link.outward and link.other in by_slug:
                yield _in_order(bid, by_slug[link.other])


def _same_target(bids: Sequence[_Bid]) -> Iterator[tuple[_Bid, _Bid]]:
    """Takeovers of one company by different buyers that overlapped."""
    by_target: dict[str, list[_Bid]] = {}
    for bid in bids:
        if bid.deal.kind == "acquisition":
            for target in {party.company for party in bid.deal.parties if party.role == "target"}:
                by_target.setdefault(target, []).append(bid)
    for several in by_target.values():
        for one, other in combinations(several, 2):
            buyers = _buyers(one), _buyers(other)
            if all(buyers) and not buyers[0] & buyers[1] and one.begins <= other.ends and other.begins <= one.ends:
                yield _in_order(one, other)


def _buyers(bid: _Bid) -> set[str]:
    return {party.company for party in bid.deal.parties if party.role in ACTING}


def _row(one: _Bid, other: _Bid, known: str) -> tuple[Cell, ...]:
    won: Reference | None = next((named(bid.deal) for bid in (one, other) if bid.facts.phase == "done"), None)
    return (
        named(one.deal), one.since, _status(one), named(other.deal), other.since, _status(other), won, known,
    )  # fmt: skip


def _status(bid: _Bid) -> str | None:
    return bid.facts.status.event.status if bid.facts.status else None
