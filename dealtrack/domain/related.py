"""The deals that belong to one: those that it is linked to, and the whole chain of what led to it or came of it."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from dealtrack.domain.deal import Deal, Link
from dealtrack.domain.kind import Relation

# Followed from deal to deal: a partnership led to a stake, the stake to a takeover.
_CHAIN: tuple[Relation, ...] = ("led-to", "re-announces", "supersedes")


class Related(NamedTuple):
    """Another deal, and its relation as it reads from the first: `led to`; further off, `#12 led to`."""

    reads: str
    deal: Deal


def related_to(deal: Deal, get: Callable[[int], Deal]) -> list[Related]:
    """The deals related to one, each once, in the order in which they were first seen. `get` reads a deal by its id."""
    found: dict[int, Related] = {}
    for other in dict.fromkeys(link.other_id for link in deal.links):
        reads = dict.fromkeys(link.reads for link in deal.links if link.other_id == other)
        found[other] = Related(", ".join(reads), get(other))
    for link in deal.links:
        for further in _further(link, found[link.other_id].deal, get, {deal.id}):
            found.setdefault(further.deal.id, further)
    return sorted(found.values(), key=lambda one: one.deal.since)


def _further(link: Link, deal: Deal, get: Callable[[int], Deal], seen: set[int]) -> Iterator[Related]:
    """What lies beyond a deal, in the direction in which the link to it leads."""
    if link.relation not in _CHAIN or deal.id in seen:
        return
    seen.add(deal.id)
    for beyond in deal.links:
        if beyond.relation in _CHAIN and _earlier(beyond) == _earlier(link) and beyond.other_id not in seen:
            other = get(beyond.other_id)
            yield Related(f"#{deal.id} {beyond.reads}", other)
            yield from _further(beyond, other, get, seen)


def _earlier(link: Link) -> bool:
    """Whether the other deal is the earlier one."""
    return link.outward != (link.relation == "led-to")
