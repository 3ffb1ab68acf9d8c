"""What an amount in one currency came to in another on a day: the European Central Bank's reference rates.

Where the bank publishes no rate, the ledger's own are taken, which its user imported.
"""

import json
import sqlite3
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import cache
from typing import NamedTuple

from currency_converter import CurrencyConverter, RateNotFoundError

from dealtrack.domain.event import Dollars, Event
from dealtrack.domain.money import Money
from dealtrack.domain.problem import Misuse

# Rates are published on TARGET business days; the longest pause between two, Easter, is four days.
_LONGEST_PAUSE = 7

# A cross rate is worked out of two published ones of five or six figures; this keeps all that they tell.
_FIGURES = Context(prec=12)
# One worked out of two of those, without the noise of their last figures.
_CROSS = Context(prec=9)

ECB = "ECB"


class Rate(NamedTuple):
    """How much of a currency one unit of another came to, on which business day, and who says so."""

    rate: Decimal
    on: date
    origin: str


@cache
def _converter() -> CurrencyConverter:
    return CurrencyConverter(decimal=True)


@cache
def bank_rate(currency: str, day: date) -> Rate | None:
    """The bank's dollars for one unit on the day, or on the last business day before it; None where it has none."""
    converter = _converter()
    if currency not in converter.currencies:
        return None
    for days in range(_LONGEST_PAUSE):
        on = day - timedelta(days=days)
        try:
            rate = converter.convert(1, currency, "USD", date=on)
        except (RateNotFoundError, ValueError):
            continue
        return Rate(_FIGURES.create_decimal(rate), on, ECB)
    return None


def known_day(event: Event) -> date | None:
    """The day the terms became known: the event's own, else its source's, else the last day it can have been."""
    if event.date.earliest == event.date.latest:
        return event.date.latest
    published = event.source.published if event.source else None
    if published and published.exact:
        return published.latest
    return event.date.latest or event.date.earliest


class Rates:
    """The rates that a ledger converts by."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.dollars_for = cache(self._dollars_for)
        self.between = cache(self._between)

    def _dollars_for(self, currency: str, day: date) -> Rate | None:
        """Dollars for one unit: the bank's rate, else the ledger's own of the last days; None where there is none."""
        if currency == "USD":
            return Rate(Decimal(1), day, "same")
        return bank_rate(currency, day) or self._own(currency, day)

    def _own(self, currency: str, day: date) -> Rate | None:
        since = day - timedelta(days=_LONGEST_PAUSE - 1)
        found = self._connection.execute(
            "SELECT usd, day, origin FROM rate WHERE currency = ? AND day BETWEEN ? AND ? ORDER BY day DESC LIMIT 1",
            (currency, since.isoformat(), day.isoformat()),
        ).fetchone()
        return Rate(Decimal(found[0]), date.fromisoformat(found[1]), found[2]) if found else None

    def _between(self, currency: str, target: str, day: date) -> Rate | None:
        """How much of the target one unit comes to, by way of dollars; its date is the older one of the two."""
        if currency == target:
            return Rate(Decimal(1), day, "same")
        first, second = self.dollars_for(currency, day), self.dollars_for(target, day)
        if first is None or second is None:
            return None
        origins = [rate.origin for rate in (first, second) if rate.origin != "same"]
        on = min(rate.on for rate in (first, second) if rate.origin != "same")
        return Rate(_CROSS.divide(first.rate, second.rate), on, "; ".join(dict.fromkeys(origins)))

    def in_dollars(self, event: Event) -> Dollars | None:
        """The event's value in US cents; a figure that the source states is kept; no rate, no guess."""
        money = event.value
        if money is None or money.qualifier == "undisclosed" or money.currency is None:
            return None
        if money.currency == "USD":
            return Dollars(money.low, money.high, "same")
        if event.dollars is not None and event.dollars.origin == "stated":
            return event.dollars
        return self._converted(money, known_day(event))

    def _converted(self, money: Money, day: date | None) -> Dollars | None:
        found = self.dollars_for(money.currency, day) if money.currency and day else None
        if found is None:
            return None
        return Dollars(
            low=hundredths(money.low, money.digits, found.rate),
            high=hundredths(money.high, money.digits, found.rate),
            origin=found.origin,
            rate=f"{found.rate.normalize():f}",
            rate_date=found.on,
        )


def hundredths(minor: int | None, digits: int, rate: Decimal) -> int | None:
    """An amount in minor units of its currency as hundredths of another one."""
    if minor is None:
        return None
    exact = Decimal(minor) * rate * 100 / Decimal(10) ** digits
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


# --- for SQL ------------------------------------------------------------------------------------


def teach(connection: sqlite3.Connection, target: str) -> None:
    """Let SQL say what a value is worth in a currency: `worth(...)` and `worth_rate(...)`.

    A value in a currency without a rate goes by the dollars that its source states.
    """
    rates = Rates(connection)

    def found(currency: str | None, day: str | None, usd_origin: str | None) -> tuple[Rate, bool] | None:
        if currency is None or day is None:
            return None
        own = rates.between(currency, target, date.fromisoformat(day))
        if own is not None:
            return own, True
        stated = rates.between("USD", target, date.fromisoformat(day)) if usd_origin == "stated" else None
        return (stated, False) if stated else None

    def worth(  # noqa: PLR0917 - SQL gives them by their places
        minor: int | None, digits: int | None, currency: str | None, day: str | None, cents: int | None,
        usd_origin: str | None,
    ) -> int | None:  # fmt: skip
        rate = found(currency, day, usd_origin)
        if rate is None:
            return None
        return hundredths(minor, digits or 0, rate[0].rate) if rate[1] else hundredths(cents, 2, rate[0].rate)

    def worth_rate(currency: str | None, day: str | None, usd_origin: str | None) -> str | None:
        rate = found(currency, day, usd_origin)
        if rate is None:
            return None
        origin = rate[0].origin if rate[1] else f"stated USD; {rate[0].origin}"
        return json.dumps([f"{rate[0].rate.normalize():f}", rate[0].on.isoformat(), origin], ensure_ascii=False)

    connection.create_function("worth", 6, worth, deterministic=True)
    connection.create_function("worth_rate", 3, worth_rate, deterministic=True)


class NoRate(Misuse):
    """No rate of a currency is known: none at all, or none of that day."""


def refuse_without_rate(connection: sqlite3.Connection, currency: str, day: date | None) -> None:
    """Raise NoRate where nothing can be counted in a currency: it has no rate at all, or none on the day."""
    last = max(filter(None, (_last_of_bank(currency), _last_of_own(connection, currency))), default=None)
    if last is None:
        raise NoRate(f"no rate is known for {currency}", "import some: dealtrack fx import RATES.csv")
    if day is not None and Rates(connection).between("USD", currency, day) is None:
        raise NoRate(f"no rate of {currency} is known for {day}", f"name another day: the last known is {last}")


def _last_of_bank(currency: str) -> date | None:
    known = _converter().bounds.get(currency if currency != "USD" else "EUR")
    return known.last_date if known else None


def _last_of_own(connection: sqlite3.Connection, currency: str) -> date | None:
    (last,) = connection.execute("SELECT max(day) FROM rate WHERE currency = ?", (currency,)).fetchone()
    return date.fromisoformat(last) if last else None
