"""Whether two deals may be one that was recorded twice: the same parties, near dates, values that may agree."""

from datetime import date, timedelta
from itertools import product

from dealtrack.domain.deal import Deal
from dealtrack.domain.event import Event
from dealtrack.domain.party import Role

# Who a deal is between, and on which side; an adviser, a financier or a regulator meets many deals.
SIDES: dict[Role, str] = {
    "buyer": "acting",
    "lead-investor": "acting",
    "investor": "acting",
    "sponsor": "acting",
    "target": "target",
    "seller": "seller",
    "partner": "partner",
}

# Reports of one deal lie within half a year of each other, as the accounts in the bundled data set do.
_NEAR = timedelta(days=180)
# Two figures for one deal differ by less than a quarter of the greater; more is another deal, or another round.
_FOURTH = 4


def alike(one: Deal, other: Deal) -> bool:
    """Whether an analyst should look if the two are the same deal."""
    return _same_parties(one, other) and _near(one, other) and _similar(one, other)


def between(deal: Deal) -> frozenset[tuple[str, str]]:
    """The companies (slugs) that the deal is between, each with its side."""
    return frozenset((party.company, SIDES[party.role]) for party in deal.parties if party.role in SIDES)


def _same_parties(one: Deal, other: Deal) -> bool:
    """Two in common, each on the same side; or the only one that one of them names, in a deal of the same sort.

    Rival bidders for one target are two deals.
    """
    mine, own = between(one), between(other)
    common = mine & own
    if _acting(mine) and _acting(own) and not _acting(common):
        return False
    return len(common) > 1 or (len(common) == 1 == min(len(mine), len(own)) and _same_sort(one, other))


def _same_sort(one: Deal, other: Deal) -> bool:
    """Of one kind, and where both say it, of one form: an IPO is no tender offer."""
    return one.kind == other.kind and (one.form == other.form or None in (one.form, other.form))


def _acting(parties: frozenset[tuple[str, str]]) -> frozenset[str]:
    return frozenset(company for company, side in parties if side == "acting")


def _near(one: Deal, other: Deal) -> bool:
    (begins, ends), (began, ended) = _span(one), _span(other)
    return begins <= _later(ended) and began <= _later(ends)


def _span(deal: Deal) -> tuple[date, date]:
    dates = [event.date for event in deal.events]
    return min(d.earliest or date.min for d in dates), max(d.latest or date.max for d in dates)


def _later(day: date) -> date:
    return day + _NEAR if day < date.max - _NEAR else date.max


def _similar(one: Deal, other: Deal) -> bool:
    """Whether any of their figures may be the same; a deal that names none may have any."""
    mine, own = _figures(one), _figures(other)
    return not mine or not own or any(_may_agree(a, b) for a, b in product(mine, own))


def _figures(deal: Deal) -> list[tuple[int | None, int | None]]:
    """The bounds of each value told, in US cents."""
    return [found for event in deal.events if (found := _in_cents(event)) is not None]


def _in_cents(event: Event) -> tuple[int | None, int | None] | None:
    dollars = event.dollars
    return None if dollars is None or dollars.low is dollars.high is None else (dollars.low, dollars.high)


def _may_agree(a: tuple[int | None, int | None], b: tuple[int | None, int | None]) -> bool:
    return _reaches(a[1], b[0]) and _reaches(b[1], a[0])


def _reaches(high: int | None, low: int | None) -> bool:
    return high is None or low is None or high * _FOURTH >= low * (_FOURTH - 1)
