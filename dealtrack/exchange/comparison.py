"""What a row says of a deal and what the ledger has, side by side: field by field, in the same words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from dealtrack.domain.deal import Deal
from dealtrack.domain.event import Event
from dealtrack.domain.money import Money
from dealtrack.domain.party import ROLES, Role
from dealtrack.domain.plan import Difference
from dealtrack.domain.stake import Stake
from dealtrack.exchange.proposal import Proposal
from dealtrack.text.money import say_money
from dealtrack.text.stakes import say_stake

Figure = TypeVar("Figure", Money, Stake)

# A field of a deal, or of one of its events (by the key of the event), in words; an empty text where nothing is said.
Fields = dict[str, str]


def said_by(proposal: Proposal, companies: Iterable[tuple[str, Role]]) -> Fields:
    """The fields of which the row says something; its parties are given by the slugs that they have here."""
    fields = {
        "kind": proposal.kind,
        "form": proposal.form or "",
        "title": proposal.title or "",
        "sectors": "; ".join(proposal.sectors),
        "tags": "; ".join(proposal.tags),
        "core space": "" if proposal.core_space is None else "yes" if proposal.core_space else "no",
        "note": proposal.note or "",
        **_parties(companies),
        **_events(zip(proposal.keys, proposal.events, strict=True)),
    }
    return {name: words for name, words in fields.items() if words}


def held_by(deal: Deal, events: Mapping[str, int]) -> Fields:
    """The same fields as a deal has them; `events` gives the number of each event that the row told of."""
    told = ((key, event) for key, n in events.items() if (event := deal.event(n)))
    return {
        "kind": deal.kind,
        "form": deal.form or "",
        "title": deal.title,
        "sectors": "; ".join(deal.sectors),
        "tags": "; ".join(deal.tags),
        "core space": "yes" if deal.core_space else "no",
        "note": deal.note or "",
        **_parties((party.company, party.role) for party in deal.parties),
        **_events(told),
    }


def differences(said: Fields, last: Fields, now: Fields, mine: frozenset[str]) -> Iterator[Difference]:
    """The fields that a row has otherwise than when it was `last` imported, and than the ledger has them `now`.

    What was changed by hand since, or is known to have been, is kept; so is what a further event would say instead.
    """
    by_hand = {field for field in {*last, *now} if last.get(field, "") != now.get(field, "")} | mine
    names = {field.partition(" ")[2] for field in by_hand} & _FOLDED
    names |= {of_what for fact, of_what in _OF_WHAT.items() if fact in names}
    for field, after in said.items():
        was, before = last.get(field, ""), now.get(field, "")
        further = not (was or before) and field.partition(" ")[2] in names
        if after != before and (after != was or field in mine):
            yield Difference(field, before, after, kept=field in by_hand or further)


# Facts of an event of which the latest event tells the whole deal.
_FOLDED = frozenset(("value", "basis", "stake", "stake basis", "expected"))
_OF_WHAT = {"value": "basis", "stake": "stake basis"}


def _parties(companies: Iterable[tuple[str, Role]]) -> Fields:
    slugs: dict[Role, list[str]] = {}
    for slug, role in companies:
        slugs.setdefault(role, []).append(slug)
    return {role: "; ".join(sorted(slugs[role])) for role in ROLES if role in slugs}


def _events(events: Iterable[tuple[str, Event]]) -> Fields:
    return {f"{key} {name}": words for key, event in events for name, words in facts_of(event).items() if words}


def facts_of(event: Event) -> Fields:
    """An event's facts in words, by their names."""
    return {
        "on": event.date.edtf,
        "status": event.status or "",
        "milestone": event.milestone or "",
        "summary": event.summary or "",
        "value": say_money(event.value) if event.value else "",
        "basis": (event.value.basis or "") if event.value else "",
        "stake": say_stake(event.stake) if event.stake else "",
        "stake basis": (event.stake.basis or "") if event.stake else "",
        "expected": event.expected.edtf if event.expected else "",
        "source": (event.source.url or event.source.title or "") if event.source else "",
        # The usual one is told by nobody.
        "credibility": "" if event.credibility == 3 else str(event.credibility),
    }


def revised(event: Event, said: Event, fields: Sequence[str]) -> Event:
    """An event with those of its facts as a row says them now."""
    for field in fields:
        match field:
            case "on":
                event = event._replace(date=said.date)
            case "status":
                event = event._replace(status=said.status)
            case "milestone":
                event = event._replace(milestone=said.milestone)
            case "summary":
                event = event._replace(summary=said.summary)
            case "value":
                event = event._replace(value=_of(said.value, event.value), dollars=said.dollars)
            case "basis":
                event = event._replace(value=_of(event.value, said.value))
            case "stake":
                event = event._replace(stake=_of(said.stake, event.stake))
            case "stake basis":
                event = event._replace(stake=_of(event.stake, said.stake))
            case "expected":
                event = event._replace(expected=said.expected)
            case "source":
                event = event._replace(source=said.source)
            case "credibility":
                event = event._replace(credibility=said.credibility)
    return event


def _of(figure: Figure | None, other: Figure | None) -> Figure | None:
    """A figure, as one of what another is of."""
    return figure._replace(basis=other.basis) if figure and other else figure
