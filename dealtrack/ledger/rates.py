"""What an amount in another currency came to in dollars on a day: the European Central Bank's reference rates."""

from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import cache

from currency_converter import CurrencyConverter, RateNotFoundError

from dealtrack.domain.event import Dollars, Event
from dealtrack.domain.money import Money

# Rates are published on TARGET business days; the longest pause between two, Easter, is four days.
_LONGEST_PAUSE = 7

# A cross rate is worked out of two published ones of five or six figures; this keeps all that they tell.
_FIGURES = Context(prec=12)


@cache
def _converter() -> CurrencyConverter:
    return CurrencyConverter(decimal=True)


@cache
def rate_on(currency: str, day: date) -> tuple[Decimal, date] | None:
    """Dollars for one unit on the day, or on the last business day before it; None where there is no rate."""
    converter = _converter()
    if currency not in converter.currencies:
        return None
    for days in range(_LONGEST_PAUSE):
        on = day - timedelta(days=days)
        try:
            rate = converter.convert(1, currency, "USD", date=on)
        except (RateNotFoundError, ValueError):
            continue
        return _FIGURES.create_decimal(rate), on
    return None


def known_day(event: Event) -> date | None:
    """The day the terms became known: the event's own, else its source's, else the last day it can have been."""
    if event.date.earliest == event.date.latest:
        return event.date.latest
    published = event.source.published if event.source else None
    if published and published.exact:
        return published.latest
    return event.date.latest or event.date.earliest


def in_dollars(event: Event) -> Dollars | None:
    """The event's value in US cents; a figure that the source states is kept; no rate, no guess."""
    money = event.value
    if money is None or money.qualifier == "undisclosed" or money.currency is None:
        return None
    if money.currency == "USD":
        return Dollars(money.low, money.high, "same")
    if event.dollars is not None and event.dollars.origin == "stated":
        return event.dollars
    return _converted(money, known_day(event))


def _converted(money: Money, day: date | None) -> Dollars | None:
    found = rate_on(money.currency, day) if money.currency and day else None
    if found is None:
        return None
    rate, on = found
    return Dollars(
        low=_cents(money.low, money.digits, rate),
        high=_cents(money.high, money.digits, rate),
        origin="ECB",
        rate=f"{rate.normalize():f}",
        rate_date=on,
    )


def _cents(minor: int | None, digits: int, rate: Decimal) -> int | None:
    if minor is None:
        return None
    cents = Decimal(minor) * rate * 100 / Decimal(10) ** digits
    return int(cents.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))
