"""What a company did in its deals: as what it took part, with whom, against whom, and what it came to hold."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dealtrack.domain.deal import Deal
from dealtrack.domain.holding import Register, Step
from dealtrack.domain.party import ACTING, ROLES, Party, Role

# Who stands on one side with another: those who act together, and partners.
_BESIDE: tuple[Role, ...] = (*ACTING, "partner")


class Met(NamedTuple):
    """Another company, and the deals in which it was met, in order."""

    company: str
    name: str
    deals: tuple[str, ...]


class Dealings(NamedTuple):
    """`roles` counts its deals by role; `held` is how it came to hold others, `owners` how others came to hold it."""

    roles: tuple[tuple[Role, int], ...]
    held: tuple[Step, ...]
    owners: tuple[Step, ...]
    partners: tuple[Met, ...]
    rivals: tuple[Met, ...]


def dealings(company: str, deals: Sequence[Deal], of_its_targets: Iterable[Deal]) -> Dealings:
    """What a company (slug) did, given its deals, and all deals of the companies that it bid for."""
    own = {deal.slug: deal for deal in deals}
    around = {deal.slug: deal for deal in of_its_targets} | own
    steps = [step for told in Register(around.values()).steps.values() for step in told]
    return Dealings(
        roles=_roles(company, deals),
        held=tuple(step for step in steps if company in step.holder.slug.split("; ")),
        owners=tuple(step for step in steps if step.target.slug == company),
        partners=_met((party, deal) for deal in deals for party in _beside(company, deal)),
        rivals=_met(
            (party, deal)
            for slug, deal in around.items()
            if slug not in own and any(_rivals(deal, bid) for bid in deals if _acts(company, bid))
            for party in deal.parties
            if party.role in ACTING
        ),
    )


def targets_of(company: str, deals: Iterable[Deal]) -> frozenset[str]:
    """The companies (slugs) that it bid for."""
    return frozenset(target for deal in deals if _acts(company, deal) for target in _targets(deal))


def _acts(company: str, deal: Deal) -> bool:
    return any(party.company == company and party.role in ACTING for party in deal.parties)


def _rivals(one: Deal, other: Deal) -> bool:
    """Both sought control of the same company, or are said to compete; investors in two rounds are no rivals."""
    competes = any(link.relation == "competes-with" and link.other == other.slug for link in one.links)
    return competes or (_for_control(one) and _for_control(other) and bool(_targets(one) & _targets(other)))


def _for_control(deal: Deal) -> bool:
    return deal.kind == "acquisition" or deal.form == "controlling-stake"


def _targets(deal: Deal) -> frozenset[str]:
    return frozenset(party.company for party in deal.parties if party.role == "target")


def _roles(company: str, deals: Iterable[Deal]) -> tuple[tuple[Role, int], ...]:
    found = Counter(party.role for deal in deals for party in deal.parties if party.company == company)
    return tuple((role, found[role]) for role in ROLES if found[role])


def _beside(company: str, deal: Deal) -> list[Party]:
    if not any(party.company == company and party.role in _BESIDE for party in deal.parties):
        return []
    return [party for party in deal.parties if party.role in _BESIDE and party.company != company]


def _met(parties: Iterable[tuple[Party, Deal]]) -> tuple[Met, ...]:
    """Each of them once, whom it met most often first."""
    names: dict[str, str] = {}
    found: dict[str, dict[str, None]] = {}
    for party, deal in parties:
        names[party.company] = party.name
        found.setdefault(party.company, {})[deal.slug] = None
    met = (Met(company, names[company], tuple(deals)) for company, deals in found.items())
    return tuple(sorted(met, key=lambda one: (-len(one.deals), one.name.casefold())))
