"""The deals for one company side by side: who beat whom, and who won."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from dealtrack.domain.date import UncertainDate
from dealtrack.domain.deal import Deal, Link
from dealtrack.domain.fold import Facts
from dealtrack.domain.party import ACTING

# Links that say that only one of two deals could come about.
_AGAINST = ("competes-with", "counter-to")


class Bid(NamedTuple):
    """A deal for the company, who makes it, and what its links to the others say of it: `lost to`, the other's id."""

    deal: Deal
    facts: Facts
    bidders: str
    ties: tuple[tuple[str, int], ...]

    @property
    def for_control(self) -> bool:
        """Whether it would have given control: of two of those at a time only one can close."""
        return self.deal.kind == "acquisition" or self.deal.form == "controlling-stake"

    @property
    def ended(self) -> UncertainDate | None:
        """When it was over; of one that is not, when it was last heard of."""
        return self.facts.completed or self.facts.ended or self.facts.last_heard


def contest(deals: Iterable[Deal], company: str) -> list[Bid]:
    """The deals for the company of that slug, in the order in which they were first seen."""
    ordered = sorted(deals, key=lambda deal: deal.since)
    facts = {deal.id: deal.facts for deal in ordered}
    return [Bid(deal, facts[deal.id], _bidders(deal, company), tuple(_ties(deal, facts))) for deal in ordered]


def _bidders(deal: Deal, company: str) -> str:
    """Who acts, two by name; where nobody is named, the deal's title."""
    names = [party.name for party in deal.parties if party.role in ACTING and party.company != company]
    if not names:
        return deal.title
    return ", ".join(names[:2]) + (f" + {len(names) - 2} more" if len(names) > 2 else "")


def _ties(deal: Deal, facts: dict[int, Facts]) -> Iterator[tuple[str, int]]:
    for link in deal.links:
        if link.other_id in facts:
            yield _tie(link, facts[deal.id], facts[link.other_id]), link.other_id


def _tie(link: Link, own: Facts, other: Facts) -> str:
    """The link in words; of rivals of which one has closed, who beat whom."""
    if link.relation not in _AGAINST or own.phase == other.phase or "done" not in (own.phase, other.phase):
        return link.reads
    return "beat" if own.phase == "done" else "lost to"


def winners(bids: Sequence[Bid]) -> list[Bid]:
    """The bids for control that closed, in the order in which they did."""
    won = [bid for bid in bids if bid.for_control and bid.facts.phase == "done"]
    return sorted(won, key=lambda bid: (str(bid.facts.completed.latest if bid.facts.completed else ""), bid.deal.id))
