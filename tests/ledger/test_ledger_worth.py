"""What deals are worth in another currency, against each converted by hand from the bank's own table."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from ledger.test_ledger_rates import table

from dealtrack.domain.deal import Deal
from dealtrack.domain.figures import DealRow
from dealtrack.domain.money import Money
from dealtrack.domain.query import Query, Worth
from dealtrack.ledger.ledger import Ledger
from dealtrack.ledger.rates import known_day

WORTHS = [Worth("EUR"), Worth("JPY"), Worth("GBP", date(2026, 1, 2)), Worth("USD", date(2020, 5, 30))]


@pytest.fixture
def bundled(_bundled: Path) -> Iterator[Ledger]:
    with closing(Ledger(_bundled)) as ledger:
        yield ledger


def by_hand(deal: Deal, worth: Worth) -> tuple[Decimal | None, Decimal | None] | None:
    """The bounds of a deal's value by the bank's table; None where nothing can be said."""
    event = deal.facts.value.event if deal.facts.value else None
    if event is None or event.value is None or event.value.qualifier == "undisclosed":
        return None
    day = worth.on or known_day(event)
    own = cross(event.value.currency, worth.currency, day) if event.value.currency and day else None
    if own is not None:
        return converted(event.value, own)
    stated = event.dollars if event.dollars and event.dollars.origin == "stated" else None
    rate = cross("USD", worth.currency, day) if stated and day else None
    dollars = Money(stated.low, stated.high, "USD", 2, "range", None, "") if stated else None
    return converted(dollars, rate) if dollars and rate else None


def converted(amount: Money, rate: Decimal) -> tuple[Decimal | None, Decimal | None]:
    low, high = (None if b is None else Decimal(b) / 10**amount.digits * rate for b in (amount.low, amount.high))
    return low, high


def cross(currency: str, target: str, day: date) -> Decimal | None:
    if currency == target:
        return Decimal(1)
    dollars = [Decimal(1) if name == "USD" else in_usd(name, day) for name in (currency, target)]
    return dollars[0] / dollars[1] if dollars[0] and dollars[1] else None


def in_usd(currency: str, day: date) -> Decimal | None:
    for back in range(7):
        rates = table().get(day - timedelta(days=back), {})
        if currency in rates and "USD" in rates:
            return rates["USD"] / rates[currency]
    return None


def near(row: DealRow, bound: str, exact: Decimal | None) -> bool:
    told = row[f"worth_{bound}"]
    if exact is None or told is None:
        return exact is None and told is None
    return abs(Decimal(told) / 100 - exact) <= Decimal("0.006") + exact * Decimal("0.000002")


@pytest.mark.parametrize("worth", WORTHS, ids=str)
def test_every_deal_is_converted_as_by_hand(bundled: Ledger, worth: Worth) -> None:
    known = 0
    for row in bundled.select(Query(worth=worth)):
        low, high = by_hand(bundled.get(row["id"]), worth) or (None, None)
        assert near(row, "low", low), row["slug"]
        assert near(row, "high", high), row["slug"]
        assert (row["worth_rate"] is not None) == (low is not None or high is not None)
        known += row["worth_rate"] is not None
    assert known > 150


@pytest.mark.parametrize("worth", WORTHS, ids=str)
def test_a_total_is_the_sum_of_the_rows_and_counts_what_it_leaves_out(bundled: Ledger, worth: Worth) -> None:
    rows = list(bundled.select(Query(worth=worth)))
    tally = bundled.tally(Query(worth=worth))
    valued = [row for row in rows if row["worth_rate"]]
    assert (tally.deals, tally.valued, tally.currency) == (len(rows), len(valued), worth.currency)
    assert tally.low == sum(row["worth_low"] or 0 for row in valued)


def test_what_is_in_the_currency_already_stays_exactly_what_it_is(bundled: Ledger) -> None:
    rows = [row for row in bundled.select(Query(worth=Worth("EUR"))) if row["value_currency"] == "EUR"]
    assert len(rows) > 10
    for row in rows:
        assert (row["worth_low"], row["worth_high"]) == (row["value_low"], row["value_high"])


def test_every_conversion_says_rate_day_and_origin(bundled: Ledger) -> None:
    (row,) = bundled.select(Query(ids=(bundled.find("rocket-lab-geost-2025"),), worth=Worth("EUR")))
    rate, day, origin = json.loads(row["worth_rate"])
    assert (day, origin) == ("2025-08-12", "ECB")
    assert abs(Decimal(rate) * table()[date(2025, 8, 12)]["USD"] - 1) < Decimal("0.000001")


def test_filters_and_order_go_by_the_money_that_is_asked_for(bundled: Ledger) -> None:
    worth = Worth("JPY")
    query = Query(value=((10**12, 10**13),), sort=(("value", True),), worth=worth)
    rows = list(bundled.select(query))
    assert rows
    keys = [row["worth_low"] if row["worth_low"] is not None else row["worth_high"] for row in rows]
    assert keys == sorted(keys, reverse=True)
    for row in bundled.select(Query(worth=worth)):
        low, high = row["worth_low"], row["worth_high"]
        inside = (low is not None or high is not None) and (high is None or high >= 10**12) and (low or 0) <= 10**13
        assert inside == (row["id"] in {found["id"] for found in rows}), row["slug"]
