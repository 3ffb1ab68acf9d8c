"""Which deals may be one that was recorded twice."""

from dataclasses import replace

import pytest

from dealtrack.domain.date import from_edtf
from dealtrack.domain.deal import Deal
from dealtrack.domain.event import Dollars, Event
from dealtrack.domain.kind import Kind
from dealtrack.domain.likeness import alike
from dealtrack.domain.party import Party, Role

MILLION = 100_000_000  # US cents


def told(date: str, low: int | None = None, high: int | None = None) -> Event:
    dollars = Dollars(low, high, "same") if low is not None or high is not None else None
    return Event(1, from_edtf(date), "agreed", dollars=dollars)


def deal(*parties: tuple[str, Role], on: Event, kind: Kind = "acquisition") -> Deal:
    named = tuple(Party(company, company.title(), role) for company, role in parties)
    return Deal(1, "a-deal", "A deal", kind, None, (), True, (), None, named, (on,))


GEOST: tuple[tuple[str, Role], ...] = (("rocket-lab", "buyer"), ("geost", "target"))
BOUGHT = deal(*GEOST, on=told("2025-05-27", 275 * MILLION, 275 * MILLION))


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        pytest.param(deal(*GEOST, on=told("2025-06-01")), True, id="no value told"),
        pytest.param(deal(*GEOST, on=told("2025-11-23")), True, id="180 days later"),
        pytest.param(deal(*GEOST, on=told("2025-11-24")), False, id="181 days later"),
        pytest.param(deal(*GEOST, on=told("2024-11-28")), True, id="180 days earlier"),
        pytest.param(deal(*GEOST, on=told("2024-11-27")), False, id="181 days earlier"),
        pytest.param(deal(*GEOST, on=told("2024/..")), True, id="open to the future"),
        pytest.param(deal(*GEOST, on=told("../2025-01-01")), True, id="open to the past"),
        pytest.param(deal(*GEOST, on=told("2025", 220 * MILLION, 220 * MILLION)), True, id="a fifth less"),
        pytest.param(deal(*GEOST, on=told("2025", 206 * MILLION, 206 * MILLION)), False, id="more than a quarter less"),
        pytest.param(deal(*GEOST, on=told("2025", 370 * MILLION, 370 * MILLION)), False, id="more than a quarter more"),
        pytest.param(deal(*GEOST, on=told("2025", 100 * MILLION)), True, id="at least less"),
        pytest.param(deal(*GEOST, on=told("2025", None, 100 * MILLION)), False, id="at most less"),
        pytest.param(deal(*GEOST, ("lightridge", "seller"), on=told("2025")), True, id="a party more"),
        pytest.param(deal(*GEOST, on=told("2025"), kind="equity-stake"), True, id="another kind"),
        pytest.param(deal(("geost", "target"), on=told("2025")), True, id="the buyer not told"),
        pytest.param(deal(("geost", "target"), on=told("2025"), kind="equity-stake"), False, id="a part, another kind"),
        pytest.param(deal(("boeing", "buyer"), ("geost", "target"), on=told("2025")), False, id="a rival"),
        pytest.param(deal(("rocket-lab", "buyer"), ("mynaric", "target"), on=told("2025")), False, id="another target"),
        pytest.param(deal(("geost", "buyer"), ("rocket-lab", "target"), on=told("2025")), False, id="the other way"),
        pytest.param(deal(("rocket-lab", "adviser"), on=told("2025")), False, id="an adviser"),
    ],
)
def test_deals_of_the_same_parties_near_dates_and_similar_values_are_alike(other: Deal, *, expected: bool) -> None:
    assert alike(BOUGHT, other) is expected
    assert alike(other, BOUGHT) is expected


def test_rival_bidders_that_share_a_seller_are_not_alike() -> None:
    sold: tuple[str, Role] = ("boeing", "seller")
    one = deal(("blue-origin", "buyer"), sold, ("ula", "target"), on=told("2024"))
    other = deal(("cerberus", "buyer"), sold, ("ula", "target"), on=told("2024"))
    assert not alike(one, other)
    nobody_named = replace(other, parties=other.parties[1:])
    assert alike(one, nobody_named)


def test_a_deal_of_nobody_is_like_none() -> None:
    assert not alike(BOUGHT, replace(BOUGHT, parties=()))
