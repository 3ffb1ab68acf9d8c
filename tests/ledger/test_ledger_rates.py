"""Rates: what an amount comes to in dollars, checked against the European Central Bank's own table."""

import csv
import io
import sqlite3
import zipfile
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

import currency_converter
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger.conftest import EXAMPLES, amount, event, source

from dealtrack.domain.event import Dollars, Event
from dealtrack.domain.money import money
from dealtrack.ledger.rates import Rates, bank_rate, known_day

DIGITS = {"JPY": 0, "KRW": 0}


@cache
def rates() -> Rates:
    """The rates of a ledger that has none of its own."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE rate (currency, day, usd, origin)")
    return Rates(connection)


def in_dollars(told: Event) -> Dollars | None:
    return rates().in_dollars(told)


@cache
def table() -> dict[date, dict[str, Decimal]]:
    """What one euro was worth on each business day, read from the file itself."""
    with zipfile.ZipFile(currency_converter.CURRENCY_FILE) as archive:
        (name,) = archive.namelist()
        rows = list(csv.DictReader(io.StringIO(archive.read(name).decode())))
    return {
        date.fromisoformat(row["Date"]): {"EUR": Decimal(1)}
        | {name: Decimal(cell) for name, cell in row.items() if name and name != "Date" and cell != "N/A"}
        for row in rows
    }


def expected(currency: str, day: date) -> tuple[Decimal, date] | None:
    """The dollars for one unit on the last day, within a week, on which there was a rate."""
    for back in range(7):
        on = day - timedelta(days=back)
        rates = table().get(on, {})
        if currency in rates and "USD" in rates:
            return rates["USD"] / rates[currency], on
    return None


@EXAMPLES
@given(
    st.sampled_from(("EUR", "GBP", "JPY", "CHF", "SEK", "NOK", "KRW", "IDR", "INR", "CNY", "RUB", "HRK", "AUD", "CAD")),
    st.dates(date(1998, 12, 25), date(2027, 1, 10)),
    st.integers(1, 10**7),
)
def test_every_rate_is_that_of_the_business_day_before_to_six_figures(currency: str, day: date, units: int) -> None:
    dollars = in_dollars(event(day.isoformat(), value=amount(units, currency, DIGITS.get(currency, 2))))
    known = expected(currency, day)
    if known is None:
        assert dollars is None
        return
    rate, on = known
    assert dollars is not None
    assert (dollars.origin, dollars.rate_date) == ("ECB", on)
    assert dollars.low == dollars.high
    assert dollars.rate is not None
    assert abs(Decimal(dollars.rate) / rate - 1) < Decimal("0.000001")
    assert dollars.low is not None
    assert abs(dollars.low - units * 100 * rate) <= Decimal("0.5") + units * 100 * rate * Decimal("0.000001")


@pytest.mark.parametrize(
    ("day", "on"),
    [
        ("2025-05-27", "2025-05-27"),
        ("2025-05-31", "2025-05-30"),
        ("2025-06-01", "2025-05-30"),
        ("2025-04-18", "2025-04-17"),
        ("2025-04-21", "2025-04-17"),
        ("2025-12-26", "2025-12-24"),
        ("2024-01-01", "2023-12-29"),
    ],
)
def test_weekends_easter_and_christmas_take_the_business_day_before(day: str, on: str) -> None:
    dollars = in_dollars(event(day, value=amount(45, "EUR")))
    assert dollars is not None
    assert dollars.rate_date == date.fromisoformat(on)
    assert Decimal(str(dollars.rate)) == table()[date.fromisoformat(on)]["USD"]


@pytest.mark.parametrize(
    ("when", "published", "day"),
    [
        ("2025-05-27", "2025-06-10", "2025-05-27"),
        ("2025-05-27~", "2025-06-10", "2025-05-27"),
        ("2025-05", "2025-05-20", "2025-05-20"),
        ("2025-05", None, "2025-05-31"),
        ("2025-05", "2025-06", "2025-05-31"),
        ("2025-35", None, "2025-09-30"),
        ("2025/..", None, "2025-01-01"),
        ("../2025", None, "2025-12-31"),
    ],
)
def test_the_day_is_the_one_on_which_the_terms_became_known(when: str, published: str | None, day: str) -> None:
    read_in = source("s-0001", published=published)
    assert known_day(event(when, source=read_in)) == date.fromisoformat(day)


def test_dollars_stay_what_they_are() -> None:
    assert in_dollars(event("1950", value=amount(275))) == Dollars(27_500, 27_500, "same")


def test_a_figure_that_the_source_states_is_kept() -> None:
    stated = Dollars(5_000, 5_100, "stated")
    assert in_dollars(event("2025-05-27", value=amount(45, "EUR"), dollars=stated)) == stated


def test_a_figure_converted_before_is_converted_afresh() -> None:
    stale = Dollars(1, 1, "ECB", "1", date(2020, 1, 2))
    fresh = in_dollars(event("2025-05-27", value=amount(45, "EUR"), dollars=stale))
    assert fresh is not None
    assert fresh.rate_date == date(2025, 5, 27)


def test_bounds_are_converted_each_and_a_missing_one_stays_missing() -> None:
    at_least = money(100_00, None, "EUR", 2, "at-least", text="at least EUR 100")
    dollars = in_dollars(event("2025-05-27", value=at_least))
    assert dollars is not None
    assert (dollars.low, dollars.high) == (round(table()[date(2025, 5, 27)]["USD"] * 100_00), None)


@pytest.mark.parametrize(
    ("when", "currency"),
    [
        ("1998-12-31", "EUR"),
        ("2025-05-27", "ARS"),
        ("2025-05-27", "RUB"),
        ("2024-05-27", "HRK"),
        ("2180-01-01", "EUR"),
    ],
)
def test_without_a_rate_nothing_is_guessed(when: str, currency: str) -> None:
    assert in_dollars(event(when, value=amount(45, currency))) is None
    assert bank_rate(currency, date.fromisoformat(when)) is None


@pytest.mark.parametrize(("low", "currency", "qualifier"), [(None, None, "undisclosed"), (100, None, "exact")])
def test_an_amount_without_a_currency_has_no_dollars(low: int | None, currency: str | None, qualifier: str) -> None:
    value = money(low, low, currency, 2, qualifier, text="an amount")  # type: ignore[arg-type]  # a literal
    assert in_dollars(event("2025-05-27", value=value)) is None
