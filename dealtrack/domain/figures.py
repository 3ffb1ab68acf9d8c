"""Counts and totals that never hide what they leave out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple, get_args

from dealtrack.domain.date import UncertainDate, from_edtf
from dealtrack.domain.money import Money
from dealtrack.domain.stake import Stake

# One deal as a flat record: the columns of its row, with its parties and the number of its events.
DealRow = Mapping[str, Any]


class Pair(NamedTuple):
    """A deal as it stood then and as it does now, None where it is not there; and whether it is asked for as such."""

    then: DealRow | None
    now: DealRow | None
    meant_then: bool
    meant_now: bool


Step = Literal["month", "quarter", "year"]
STEPS: tuple[Step, ...] = get_args(Step)


@dataclass(slots=True)
class Tally:
    """How many deals, how many of them with a known value, and what those come to.

    `low` and `high` are hundredths of the currency; `high` is None once an amount without an upper bound is in. A deal
    whose value is undisclosed, or in a currency without a rate, counts in `deals` and not in `valued`.
    """

    deals: int = 0
    valued: int = 0
    low: int = 0
    high: int | None = 0
    currency: str = "USD"

    def add(self, low: int | None, high: int | None) -> None:
        """Count a deal whose value lies between `low` and `high` hundredths; both None when it is not known."""
        self.deals += 1
        if low is None and high is None:
            return
        self.valued += 1
        self.low += low or 0
        self.high = None if self.high is None or high is None else self.high + high

    def merge(self, other: "Tally") -> None:
        """Count the deals of another tally, in the same currency, too."""
        self.deals += other.deals
        self.valued += other.valued
        self.low += other.low
        self.high = None if self.high is None or other.high is None else self.high + other.high


# Above every amount: the upper bound of one that has none.
OPEN = 2**96


class Group(NamedTuple):
    """Deals that share a date, as it is written, and other facts: how many, and each known value in hundredths.

    `exact` are values of one amount; of the others `ranges` are the bounds. A value without a lower bound has 0 there,
    one without an upper has OPEN.
    """

    when: str | None
    facts: tuple[str | None, ...]
    deals: int
    exact: Sequence[int] = ()
    ranges: Sequence[tuple[int, int]] = ()


def median(lows: Sequence[int], highs: Sequence[int]) -> tuple[int, int | None] | None:
    """The least and the greatest that the median of amounts between these bounds can be; None of no amounts."""
    if not lows:
        return None
    low, high = (_middle(sorted(bounds)) for bounds in (lows, highs))
    return low, closed(high)


def closed(high: int) -> int | None:
    """An upper bound, or None where it is open; what is added up, or the mean of two, is open where one of them is."""
    return None if high >= OPEN // 2 else high


def _middle(amounts: Sequence[int]) -> int:
    """The median of amounts that come in order."""
    return (amounts[(len(amounts) - 1) // 2] + amounts[len(amounts) // 2]) // 2


class Period(NamedTuple):
    """A month, quarter or year; a `vague` one is a year, or no time at all, of deals whose own period is not known."""

    when: UncertainDate | None
    vague: bool


def place_of(period: Period) -> tuple[date, bool]:
    """Where a period stands in time: deals of a year whose period is not known follow that year's others."""
    return (date.max if period.when is None or period.when.latest is None else period.when.latest), period.vague


def period_of(edtf: str | None, step: Step) -> Period:
    """The period of a date as it is written; an uncertain one is never rounded."""
    when = bucket(from_edtf(edtf), step) if edtf else None
    return Period(when, vague=when is None or (step != "year" and len(when.edtf) == 4))


def money_of(row: DealRow) -> Money | None:
    """The value of a flat row."""
    qualifier = row["value_qualifier"]
    if qualifier is None:
        return None
    digits = 2 if row["value_digits"] is None else row["value_digits"]
    bounds = row["value_low"], row["value_high"], row["value_currency"]
    return Money(*bounds, digits, qualifier, row["value_basis"], row["value_text"] or "")


class Counted(NamedTuple):
    """What a value is counted as, in hundredths of a currency, and whether its source stated so itself."""

    low: int | None
    high: int | None
    currency: str
    stated: bool


def dollars_of(row: DealRow) -> Counted:
    """The value of a flat row in US dollars."""
    return Counted(row["value_usd_low"], row["value_usd_high"], "USD", row["value_usd_origin"] == "stated")


def worth_of(row: DealRow) -> Counted:
    """The value of a flat row in the currency that was asked for."""
    stated = row["value_usd_origin"] == "stated" and row["worth_currency"] == "USD" and not row["worth_rate"]
    return Counted(row["worth_low"], row["worth_high"], row["worth_currency"], stated)


def stake_of(row: DealRow) -> Stake | None:
    """The stake of a flat row."""
    if row["stake_text"] is None and row["stake_low"] is None and row["stake_controlling"] is None:
        return None
    controlling = None if row["stake_controlling"] is None else bool(row["stake_controlling"])
    text, worded = row["stake_text"] or "", bool(row["stake_worded"])
    return Stake(row["stake_low"], row["stake_high"], controlling, row["stake_basis"], text, worded)


def bucket(when: UncertainDate, step: Step) -> UncertainDate | None:
    """The month, quarter or year that holds every possible day of the date; else the year that does; else None."""
    if when.earliest is None or when.latest is None:
        return None
    for size in STEPS[STEPS.index(step) :]:
        period = period_around(when.earliest, size)
        if period.latest is not None and when.latest <= period.latest and size in (step, "year"):
            return period
    return None


def following(period: UncertainDate, step: Step) -> UncertainDate:
    """The period after this one."""
    if period.latest is None:
        msg = "a period has an end"
        raise ValueError(msg)
    return period_around(period.latest + timedelta(days=1), step)


def period_around(day: date, step: Step) -> UncertainDate:
    """The period in which a day lies."""
    if step == "year":
        return from_edtf(f"{day.year:04d}")
    if step == "quarter":
        return from_edtf(f"{day.year:04d}-{33 + (day.month - 1) // 3}")
    return from_edtf(f"{day.year:04d}-{day.month:02d}")
