"""What rests on a page: the events that were read there, and what became of all that they say."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from dealtrack.domain.belief import rulings
from dealtrack.domain.deal import Deal
from dealtrack.domain.event import Event
from dealtrack.domain.fold import Field, Reason, Ruling
from dealtrack.domain.origin import origins_of, relaying
from dealtrack.domain.source import Source

# What a claim to a fact came to: it decides it, contradicts it, is not believed, is of something else (a valuation is
# no value of the deal), or gave way by a rule of the fold.
Fate = Literal["decides", "disputes", "doubted", "apart"] | Reason


class Claim(NamedTuple):
    """What an event says of a fact, and what came of it."""

    deal: Deal
    event: Event
    field: Field
    fate: Fate


class Relay(NamedTuple):
    """A page that tells of a deal what another one told first."""

    deal: Deal
    source: Source


class Standing(NamedTuple):
    """A page with all that rests on it: the deals it tells of, its claims, where it comes from and who passes it on."""

    source: Source
    deals: tuple[Deal, ...]
    claims: tuple[Claim, ...]
    origins: tuple[str, ...]
    relayed: tuple[Relay, ...]

    @property
    def decides(self) -> int:
        """How many facts it decides."""
        return sum(claim.fate == "decides" for claim in self.claims)


def standing_of(source: Source, deals: Iterable[Deal]) -> Standing:
    """What rests on the page, of the deals whose events were read there."""
    told = tuple(deal for deal in deals if any(_read_in(source, event) for event in deal.events))
    pages = [(deal, list(dict.fromkeys(event.source for event in deal.events if event.source))) for deal in told]
    origins = {origin for deal, read in pages for origin in origins_of(read, deal.outlets)[source]}
    return Standing(
        source,
        told,
        tuple(claim for deal in told for claim in _claims(source, deal)),
        tuple(sorted(origins)),
        tuple(Relay(deal, page) for deal, read in pages for page in relaying(source, read, deal.outlets)),
    )


def _read_in(source: Source, event: Event) -> bool:
    return event.source is not None and event.source.key == source.key


def _claims(source: Source, deal: Deal) -> Iterator[Claim]:
    known = dict(rulings(deal.facts))
    for event in deal.events:
        if _read_in(source, event):
            for field, ruling in known.items():
                if getattr(event, field):
                    yield Claim(deal, event, field, fate_of(event, ruling))


def fate_of(event: Event, ruling: Ruling) -> Fate:
    """What a claim to a fact came to, or the rule by which it gave way."""
    if event == ruling.event:
        return "decides"
    if event in ruling.against:
        return "disputes"
    return lost_by(event, ruling) or ("apart" if event.credibility < 5 else "doubted")


def lost_by(event: Event, ruling: Ruling) -> Reason | None:
    """The rule by which a claim gave way; None for one that was not weighed, or decides."""
    if event == ruling.event:
        return None
    if ruling.reason == "pinned":
        return "pinned"
    return next((step.reason for step in ruling.steps if event in step.gave_way), None)


class Account(NamedTuple):
    """A fact with the ruling on it, and every other claim to it with what came of it: first what contradicts it."""

    field: Field
    ruling: Ruling
    others: tuple[tuple[Event, Fate], ...]


def accounts(deal: Deal) -> Iterator[Account]:
    """Why each fact of a deal is as it is."""
    for field, ruling in rulings(deal.facts):
        claims = [event for event in deal.events if getattr(event, field) and event != ruling.event]
        fates = [(event, fate_of(event, ruling)) for event in claims]
        yield Account(field, ruling, tuple(sorted(fates, key=lambda told: told[1] != "disputes")))
