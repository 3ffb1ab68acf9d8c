"""Counts and totals that never hide what they leave out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, get_args

from dealtrack.domain.date import UncertainDate, from_edtf
from dealtrack.domain.money import Money
from dealtrack.domain.stake import Stake

# One deal as a flat record: the columns of its row, with its parties and the number of its events.
DealRow = Mapping[str, Any]

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


def money_of(row: DealRow) -> Money | None:
    """The value of a flat row."""
    qualifier = row["value_qualifier"]
    if qualifier is None:
        return None
    digits = 2 if row["value_digits"] is None else row["value_digits"]
    bounds = row["value_low"], row["value_high"], row["value_currency"]
    return Money(*bounds, digits, qualifier, row["value_basis"], row["value_text"] or "")


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
        period = _period(when.earliest, size)
        if period.latest is not None and when.latest <= period.latest and size in (step, "year"):
            return period
    return None


def following(period: UncertainDate, step: Step) -> UncertainDate:
    """The period after this one."""
    if period.latest is None:
        msg = "a period has an end"
        raise ValueError(msg)
    return _period(period.latest + timedelta(days=1), step)


def _period(day: date, step: Step) -> UncertainDate:
    if step == "year":
        return from_edtf(f"{day.year:04d}")
    if step == "quarter":
        return from_edtf(f"{day.year:04d}-{33 + (day.month - 1) // 3}")
    return from_edtf(f"{day.year:04d}-{day.month:02d}")
