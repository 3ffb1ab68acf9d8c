"""What came of a deal: how far it got, in which way it ended, what stood in its way, and whether it came back."""

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from dealtrack.domain.date import wholly_before
from dealtrack.domain.deal import Deal
from dealtrack.domain.fold import Facts, states
from dealtrack.domain.party import ACTING
from dealtrack.domain.status import PHASE_OF, Status

# Steps that tell of trouble, when they come before the end of a deal that died.
OBSTACLES: tuple[str, ...] = (
    "regulatory-challenge",
    "litigation",
    "court-ruling",
    "bankruptcy",
    "financing",
    "competing-bid",
    "takeover-defense",
    "board-recommendation",
    "shareholder-vote",
    "price-cut",
    "terms-amended",
    "delay",
)
# How far a deal can get before it ends.
_STAGES: tuple[Status, ...] = ("rumored", "talks", "proposed", "agreed")


class Rate(NamedTuple):
    """How many deals closed and died of those that there are; the rest are open or gone quiet."""

    deals: int
    completed: int
    died: int
    dormant: int

    @property
    def open(self) -> int:
        """How many may still go either way, and are heard of."""
        return self.deals - self.completed - self.died - self.dormant


def rate(phases: Iterable[str | None]) -> Rate:
    """Count the phases of deals."""
    counted = list(phases)
    return Rate(len(counted), *(counted.count(phase) for phase in ("done", "dead", "dormant")))


def path(deal: Deal) -> tuple[Status, ...]:
    """The states that the deal went through, as far as they are believed."""
    believed = [event for event in deal.events if event.credibility < 5] or list(deal.events)
    return tuple(states(believed))


def stage(passed: Iterable[Status]) -> Status | None:
    """How far it got before it ended; None where its end is all that was told."""
    reached = [_STAGES.index(status) for status in passed if status in _STAGES]
    return _STAGES[max(reached)] if reached else None


def obstacles(deal: Deal, facts: Facts) -> tuple[str, ...]:
    """What stood in the way of a deal that died: steps that tell of trouble and do not lie wholly after its end."""
    met = {
        event.milestone
        for event in deal.events
        if event.credibility < 5 and not (facts.ended and wholly_before(facts.ended, event.date))
    }
    return tuple(step for step in OBSTACLES if step in met)


def revived(passed: Iterable[Status]) -> bool:
    """Whether it came back to life after an end, or after it had gone quiet."""
    return any(
        PHASE_OF[before] in ("dead", "dormant") and PHASE_OF[after] in ("open", "done")
        for before, after in pairwise(passed)
    )


def pairs(deal: Deal) -> frozenset[tuple[str, str]]:
    """Who acts on whom: each buyer or investor with each target; or, among partners, each two of them."""
    acting = {party.company for party in deal.parties if party.role in ACTING}
    targets = {party.company for party in deal.parties if party.role == "target"}
    partners = sorted({party.company for party in deal.parties if party.role == "partner"})
    between = {(one, other) for one in acting for other in targets if one != other}
    among = {(one, other) for at, one in enumerate(partners) for other in partners[at + 1 :]}
    return frozenset(between or among)
