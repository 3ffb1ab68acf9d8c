"""Which partnerships became stakes or takeovers, and after how long."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dealtrack.domain.contents import Cell, Column, Reference, Table
from dealtrack.domain.course import difference
from dealtrack.domain.date import UncertainDate
from dealtrack.domain.deal import Deal
from dealtrack.domain.party import ACTING
from dealtrack.report.groups import named

# Which companies a partnership is between, and which a later deal.
_PARTNERS = ("partner", *ACTING, "target", "seller")


class _Brief(NamedTuple):
    """As much of a deal as tells what became of it."""

    named: Reference
    kind: str
    status: str | None
    since: UncertainDate
    links: tuple[str, ...]


def became(deals: Iterable[Deal]) -> Table:
    """Each partnership with the later stakes and takeovers between its partners, or that a link says it led to."""
    partnerships = _Partnerships()
    others: list[tuple[_Brief, list[tuple[str, str]]]] = []
    for deal in deals:
        if (brief := _brief(deal)) is None:
            continue
        if deal.kind == "partnership":
            partnerships.add(brief, _companies(deal))
        else:
            others.append((brief, list(_pairs(deal))))
    rows = [row for later, pairs in others for row in partnerships.that_became(later, pairs)]
    columns = (
        Column("partnership", "Partnership", "deal"),
        Column("since", "Since", "date"),
        Column("became", "Became", "deal"),
        Column("kind", "Kind", spare=1),
        Column("status", "Status"),
        Column("heard", "Heard of", "date", spare=2),
        Column("after", "After", "days"),
    )
    notes = ("Later deals between two of the partners, and those that a link says it led to. Both must match.",)
    return Table(
        "became", "Partnerships that became stakes or takeovers", columns, tuple(rows), notes=notes if rows else ()
    )


def _brief(deal: Deal) -> _Brief | None:
    facts = deal.facts
    if facts.first_seen is None:
        return None
    links = tuple(link.other for link in deal.links if link.relation == "led-to" and not link.outward)
    status = facts.status.event.status if facts.status else None
    return _Brief(named(deal), deal.kind, status, facts.first_seen, links)


def _companies(deal: Deal) -> frozenset[str]:
    return frozenset(party.company for party in deal.parties if party.role in _PARTNERS)


def _pairs(deal: Deal) -> Iterator[tuple[str, str]]:
    """Who acts on whom."""
    targets = [party.company for party in deal.parties if party.role == "target"]
    for party in deal.parties:
        if party.role in ACTING:
            yield from ((party.company, target) for target in targets if target != party.company)


class _Partnerships:
    """The partnerships by slug, and by partner."""

    def __init__(self) -> None:
        self.all: dict[str, _Brief] = {}
        self.of: dict[str, set[str]] = {}

    def add(self, brief: _Brief, partners: Iterable[str]) -> None:
        """One more, between these companies."""
        self.all[brief.named.slug] = brief
        for partner in partners:
            self.of.setdefault(partner, set()).add(brief.named.slug)

    def that_became(self, later: _Brief, pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[Cell, ...]]:
        """A row for each that a deal between those companies came out of."""
        between = {slug for one, other in pairs for slug in self.of.get(one, set()) & self.of.get(other, set())}
        for slug in sorted(between.union(later.links) & self.all.keys()):
            before = self.all[slug]
            after = difference(before.since, later.since)
            if slug in later.links or (after.low is not None and after.low > 0):
                yield before.named, before.since, later.named, later.kind, later.status, later.since, after
