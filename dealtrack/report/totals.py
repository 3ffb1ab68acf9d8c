"""What deals come to together: a range, its mean and median, and shares, which are ranges too."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dealtrack.domain.contents import Cell, Column, Interval
from dealtrack.domain.figures import OPEN, Group, Tally, median
from dealtrack.domain.stake import SCALE, WHOLE

# Shares are told to a tenth of a percent.
_TENTH = SCALE // 10


@dataclass(slots=True)
class Total:
    """Deals with what is known of their values: the sum, and the bounds of each, in one order until they are told."""

    tally: Tally = field(default_factory=Tally)
    lows: list[int] = field(default_factory=list)
    highs: list[int] = field(default_factory=list)

    def add(self, other: "Group | Total") -> None:
        """Count the deals of a group, or of another total, too."""
        self.tally.merge(other.tally)
        self.lows += other.lows
        self.highs += other.highs

    def cells(self) -> tuple[Cell, ...]:
        """The cells of the columns of totals. What is sorted here is not sorted anew where it is added to others."""
        tally = self.tally
        self.lows.sort()
        self.highs.sort()
        if not tally.valued:
            return tally.deals, 0, None, None, None
        middle = median(self.lows, self.highs)
        return tally.deals, tally.valued, value_of(tally), Interval(*middle) if middle else None, mean_of(tally)


def columns(currency: str) -> tuple[Column, ...]:
    """Columns of how many deals, of how many the value is known, and what those come to."""
    return (
        Column("deals", "Deals", "count"),
        Column("disclosed", "Disclosed", "count"),
        Column("value", "Value", "money", currency),
        Column("median", "Median", "money", currency),
        Column("mean", "Mean", "money", currency),
    )


def total_of(groups: Iterable[Group | Total]) -> Total:
    """All of them together."""
    total = Total()
    for group in groups:
        total.add(group)
    return total


def value_of(tally: Tally) -> Interval | None:
    """What the deals of known value come to; None where none is known."""
    return Interval(tally.low, tally.high) if tally.valued else None


def mean_of(tally: Tally) -> Interval | None:
    """The same for one deal on average."""
    value = value_of(tally)
    return spread_over(value, tally.valued) if value else None


def spread_over(value: Interval, parts: int) -> Interval:
    """What a value comes to a part."""
    return Interval(*(None if bound is None else _divided(bound, parts) for bound in value))


def share(part: int, whole: int) -> Interval | None:
    """How much of a number another is."""
    return Interval(*[_rounded(part, whole)] * 2) if whole else None


def share_of(part: Interval, rest: Interval) -> Interval | None:
    """How much of part and rest together the part is, at least and at most."""
    low = 0 if rest.high is None else _rounded(part.low or 0, (part.low or 0) + rest.high)
    high = WHOLE if part.high is None else _rounded(part.high, part.high + (rest.low or 0))
    return Interval(low, high) if part.high != 0 else None


def growth(now: Interval | None, then: Interval | None) -> Interval | None:
    """By how much something grew, at least and at most; an open end stays open, and from nothing nothing grows."""
    if now is None or then is None or then.high == 0:
        return None
    least = -WHOLE if then.high is None else _rounded(now.low or 0, then.high) - WHOLE
    most = None if now.high is None or not then.low else _rounded(now.high, then.low) - WHOLE
    return Interval(least, most)


def without(total: Total, amounts: Sequence[tuple[int, int]]) -> Total:
    """The total less some deals of these bounds."""
    lows, highs = sorted(total.lows), sorted(total.highs)
    for low, high in amounts:
        del lows[bisect_left(lows, low)]
        del highs[bisect_left(highs, high)]
    return _made_of(lows, highs, total.tally.deals - len(amounts), total.tally.currency)


def parted(total: Total, least: int) -> tuple[Total, Total]:
    """The total less the deals that are worth so much at least, and those deals."""
    pairs = list(zip(total.lows, total.highs, strict=True))
    above = [pair for pair in pairs if pair[0] >= least]
    below = [pair for pair in pairs if pair[0] < least]
    rest, most = (([low for low, _ in of], [high for _, high in of]) for of in (below, above))
    currency = total.tally.currency
    return _made_of(*rest, total.tally.deals - len(above), currency), _made_of(*most, len(above), currency)


def _made_of(lows: list[int], highs: list[int], deals: int, currency: str) -> Total:
    most = None if max(highs, default=0) >= OPEN else sum(highs)
    return Total(Tally(deals, len(lows), sum(lows), most, currency), lows, highs)


def _divided(amount: int, by: int) -> int:
    return (2 * amount + by) // (2 * by)


def _rounded(part: int, whole: int) -> int:
    """A share in ten-thousandths of a percent, to a tenth of a percent."""
    return _divided(part * (WHOLE // _TENTH), whole) * _TENTH if whole else 0
