"""A deal with gaps: the only way one is born."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from dealtrack.domain.date import UncertainDate
from dealtrack.domain.deal import Deal
from dealtrack.domain.event import Event
from dealtrack.domain.fold import Field
from dealtrack.domain.kind import FORMS, Kind
from dealtrack.domain.name import slug_of
from dealtrack.domain.party import ACTING, Role, headline
from dealtrack.domain.problem import Misuse
from dealtrack.domain.source import Source


class Unfinished(Misuse):
    """Something a deal cannot be without is missing, or two parts of it do not fit."""


_NONE: Mapping[Any, Any] = MappingProxyType({})


class Draft(NamedTuple):
    """What is known so far of a deal to be. Parties are (company slug, role), in order."""

    kind: Kind | None = None
    form: str | None = None
    parties: tuple[tuple[str, Role], ...] = ()
    events: tuple[Event, ...] = ()
    slug: str | None = None
    title: str | None = None
    sectors: tuple[str, ...] = ()
    core_space: bool = True
    tags: tuple[str, ...] = ()
    note: str | None = None
    pins: Mapping[Field, int] = _NONE
    # The names that sources had for parties, where they are not those in the ledger.
    as_reported: Mapping[tuple[str, Role], str] = _NONE
    looks: tuple[date, ...] = ()

    def same_as(self, deal: Deal) -> bool:
        """Whether the finished draft says nothing that the deal does not, and the other way round."""
        mine = (self.kind, self.form, self.title, self.sectors, self.core_space, self.tags, self.note)
        own = (deal.kind, deal.form, deal.title, deal.sectors, deal.core_space, deal.tags, deal.note)
        parties = {(party.company, party.role): party.as_reported for party in deal.parties}
        told = {party: self.as_reported.get(party) for party in self.parties}
        rest = (self.pins, self.looks) == (deal.pins, deal.looks)
        return rest and mine == own and told == parties and _told(self.events) == _told(deal.events)


def _place(source: Source) -> str:
    """Where an event was read, whatever key the source goes by: its address, or the words it is told in."""
    return source.url or repr((source.title, source.publisher, source.published, source.via))


def _told(events: tuple[Event, ...]) -> list[tuple[object, ...]]:
    """Each event by what it says; dollars are worked out by the ledger and sources named by their place."""
    return sorted(
        (
            (
                e.n,
                e.date.edtf,
                e.status or "",
                e.milestone or "",
                e.summary or "",
                repr(e.value),
                repr(e.stake),
                e.expected.edtf if e.expected else "",
                _place(e.source) if e.source else "",
                e.credibility,
                e.flags,
            )
            for e in events
        ),
        key=lambda told: str(told[0]).zfill(9),
    )


def finish(draft: Draft, names: Mapping[str, str]) -> Draft:
    """Fill in what follows from the rest - title and slug - or say what is missing.

    `names` gives each company's name by slug. Raises Unfinished.
    """
    if draft.kind is None:
        raise Unfinished("a deal needs a kind", "add -k acquisition, -k equity-stake or -k partnership")
    if draft.form is not None and draft.form not in FORMS[draft.kind]:
        raise Unfinished(
            f'form "{draft.form}" does not belong to kind "{draft.kind}"',
            f"forms of {draft.kind}: {', '.join(FORMS[draft.kind])}",
        )
    _check_parties(draft)
    if not draft.events:
        raise Unfinished("a deal begins with an event, and an event needs a date", "add --on 2025-12-03, or --on today")
    if draft.title and draft.slug:
        return draft
    first = min(draft.events, key=lambda event: event.n).date
    title = draft.title or _title(draft, names)
    return draft._replace(title=title, slug=draft.slug or _slug(draft, names, first))


def _check_parties(draft: Draft) -> None:
    seen: set[tuple[str, Role]] = set()
    for party in draft.parties:
        if party in seen:
            raise Unfinished(f'"{party[0]}" is named twice as {party[1]}', "name each party once in a role")
        seen.add(party)
    if not draft.parties:
        raise Unfinished("a deal needs parties", "add --buyer, --investor, --target, --seller or --partner NAME")


def _title(draft: Draft, names: Mapping[str, str]) -> str:
    what = (draft.form if draft.form not in (None, "other") else None) or draft.kind or ""
    line = headline([(names[company], role) for company, role in draft.parties])
    return f"{line} ({what.replace('-', ' ')})"


def _slug(draft: Draft, names: Mapping[str, str], first: UncertainDate) -> str:
    """Buyer, target and year of the first event: `openai-stoke-space-2025`."""
    acting = next((c for role in (*ACTING, "partner", "seller") for c, r in draft.parties if r == role), None)
    aimed = next((c for c, r in draft.parties if r == "target" and c != acting), None)
    other = aimed or next((c for c, _ in draft.parties if c != acting), None)
    year = (first.earliest or first.latest or None) and str((first.earliest or first.latest).year)  # type: ignore[union-attr]  # guarded
    words = [slug_of(names[c]) for c in (acting, other) if c] + ([year] if year else [])
    return "-".join(words)
