"""Which deals may belong together: rival bids, announcements after a failure, later rounds, what led to a takeover.

A suggestion is evidence for a person to judge; nothing is linked by it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations, pairwise
from typing import NamedTuple

from dealtrack.domain.date import UncertainDate, wholly_before
from dealtrack.domain.deal import Deal
from dealtrack.domain.fold import Facts
from dealtrack.domain.kind import Relation
from dealtrack.domain.party import ACTING

# So long after it was last heard of an open deal is taken to be under way.
_LASTS = timedelta(days=730)


class Suggestion(NamedTuple):
    """That the deal may have the relation to the other, read as a sentence, and what speaks for it."""

    deal: Deal
    relation: Relation
    other: Deal
    why: str


class _Told(NamedTuple):
    """A deal with what of it is compared."""

    deal: Deal
    facts: Facts
    since: UncertainDate
    actors: frozenset[str]
    partners: frozenset[str]
    targets: frozenset[str]

    @property
    def begins(self) -> date:
        """The first day on which it may have been under way; where that is open, the day by which it was."""
        return self.since.earliest or self.since.latest or date.min

    @property
    def ends(self) -> date:
        """The last day on which it may have been under way; an open one lasts two years from when it was heard of."""
        end = self.facts.completed or self.facts.ended or self.facts.last_heard
        last = (end.latest if end else None) or date.max
        is_open = self.facts.phase == "open" and last < date.max - _LASTS
        return last + _LASTS if is_open else last

    @property
    def is_still(self) -> bool:
        """Whether it went quiet without an end."""
        return self.facts.phase == "dormant"

    @property
    def is_for_control(self) -> bool:
        """Whether it would have given control: of two of those only one can close."""
        return self.deal.kind == "acquisition" or self.deal.form == "controlling-stake"


def suggestions(deals: Iterable[Deal]) -> list[Suggestion]:
    """What may be linked and is not, each pair once, in the order of the later deal's first trace."""
    told = sorted(filter(None, map(_told, deals)), key=lambda one: (one.begins, one.deal.id))
    found: dict[tuple[int, int], Suggestion] = {}
    for rule in _RULES:
        for suggestion in rule(told):
            found.setdefault(_pair(suggestion), suggestion)
    linked = {_slugs(one.deal.slug, link.other) for one in told for link in one.deal.links}
    place = {one.deal.id: at for at, one in enumerate(told)}
    before = _followed(told)
    unlinked = [
        s
        for s in found.values()
        if _slugs(s.deal.slug, s.other.slug) not in linked
        and not (s.relation == "follows" and s.other.slug in _all_before(s.deal.slug, before))
    ]
    return sorted(unlinked, key=lambda s: sorted((place[s.deal.id], place[s.other.id]), reverse=True))


def _followed(told: Iterable[_Told]) -> dict[str, list[str]]:
    """The deals that each is said to follow."""
    follows: dict[str, list[str]] = {}
    for one in told:
        for link in one.deal.links:
            if link.relation == "follows" and link.outward:
                follows.setdefault(one.deal.slug, []).append(link.other)
    return follows


def _all_before(slug: str, follows: dict[str, list[str]]) -> set[str]:
    """All that a deal follows, by way of others too."""
    seen, waiting = set[str](), [slug]
    while waiting:
        for other in follows.get(waiting.pop(), ()):
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return seen


def _told(deal: Deal) -> _Told | None:
    facts = deal.facts
    if facts.first_seen is None:
        return None
    actors, partners, targets = (
        frozenset(party.company for party in deal.parties if party.role in roles)
        for roles in (ACTING, ("partner",), ("target",))
    )
    return _Told(deal, facts, facts.first_seen, actors, partners, targets)


def _pair(suggestion: Suggestion) -> tuple[int, int]:
    one, other = suggestion.deal.id, suggestion.other.id
    return min(one, other), max(one, other)


def _slugs(one: str, other: str) -> frozenset[str]:
    return frozenset((one, other))


def _by_target(told: Sequence[_Told]) -> Iterator[tuple[str, list[_Told]]]:
    """The deals for each company, in order."""
    groups: dict[str, list[_Told]] = {}
    for one in told:
        for target in sorted(one.targets):
            groups.setdefault(target, []).append(one)
    return iter(groups.items())


def _again(told: Sequence[_Told]) -> Iterator[Suggestion]:
    """One bid died or went quiet, and the same bidder came back."""
    for target, several in _by_target(told):
        for first, later in combinations([one for one in several if one.deal.kind != "partnership"], 2):
            shared = first.actors & later.actors
            ended = first.facts.ended or (first.facts.last_heard if first.is_still else None)
            if shared and ended and first.deal.kind == later.deal.kind and wholly_before(ended, later.since):
                why = f"{_names(later, shared)} for {_name(later, target)} again, after the first {_state(first)}"
                yield Suggestion(later.deal, "re-announces", first.deal, why)


def _rivals(told: Sequence[_Told]) -> Iterator[Suggestion]:
    """Two would have had control of one company at the same time."""
    for target, several in _by_target(told):
        for one, other in combinations([bid for bid in several if bid.is_for_control and bid.actors], 2):
            if other.actors and not one.actors & other.actors and other.begins <= one.ends:
                why = f"both for {_name(other, target)}, at the same time"
                yield Suggestion(other.deal, "competes-with", one.deal, why)


def _rounds(told: Sequence[_Told]) -> Iterator[Suggestion]:
    """One round after another."""
    for target, several in _by_target(told):
        rounds = [one for one in several if one.deal.form == "funding-round"]
        for first, later in pairwise(rounds):
            if wholly_before(first.since, later.since):
                yield Suggestion(later.deal, "follows", first.deal, f"the next round of {_name(later, target)}")


def _led(told: Sequence[_Told]) -> Iterator[Suggestion]:
    """A stake, then control; a partnership, then either."""
    for target, several in _by_target(told):
        stakes = [one for one in several if one.deal.kind == "equity-stake" and not one.is_for_control]
        for first in stakes:
            for later in (one for one in several if one.is_for_control):
                shared = first.actors & later.actors
                if shared and wholly_before(first.since, later.since):
                    why = f"{_names(later, shared)} had a stake in {_name(later, target)} first"
                    yield Suggestion(first.deal, "led-to", later.deal, why)
    yield from _partnerships(told)


def _partnerships(told: Sequence[_Told]) -> Iterator[Suggestion]:
    by_partner: dict[str, list[_Told]] = {}
    for one in told:
        if one.deal.kind == "partnership":
            for company in sorted(one.actors | one.partners | one.targets):
                by_partner.setdefault(company, []).append(one)
    for later in (one for one in told if one.deal.kind != "partnership"):
        for target in sorted(later.targets):
            for first in by_partner.get(target, ()):
                shared = (first.actors | first.partners | first.targets) & later.actors - {target}
                if shared and wholly_before(first.since, later.since):
                    why = f"{_names(later, shared)} and {_name(later, target)} were partners first"
                    yield Suggestion(first.deal, "led-to", later.deal, why)


# The first rule that has a word on a pair says it.
_RULES: tuple[Callable[[Sequence[_Told]], Iterator[Suggestion]], ...] = (_again, _rivals, _led, _rounds)


def _name(told: _Told, company: str) -> str:
    return next(party.name for party in told.deal.parties if party.company == company)


def _names(told: _Told, companies: frozenset[str]) -> str:
    return ", ".join(_name(told, company) for company in sorted(companies))


def _state(told: _Told) -> str:
    status = told.facts.status.event.status if told.facts.status else None
    return f"was {status}" if status in ("denied", "rejected", "withdrawn", "terminated") else "went quiet"
