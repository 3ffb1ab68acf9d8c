"""What deals come to together: a range, its mean and median, and shares, which are ranges too."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TypeVar

from dealtrack.domain.contents import Cell, Column, Interval
from dealtrack.domain.figures import OPEN, Group, Tally, closed
from dealtrack.domain.stake import SCALE, WHOLE

Key = TypeVar("Key")
# Amounts in order.
Run = list[int]

# Shares are told to a tenth of a percent.
_TENTH = SCALE // 10
# Runs of so many amounts are looked into one by one for a median; to put shorter ones together takes less.
_LONG = 100


@dataclass(slots=True)
class Total:
    """Deals with what is known of their values: of how many, and what those come to, at least and at most.

    Amounts are hundredths; an open end counts as OPEN in `high`. `lows` and `highs` are the bounds of each value, in
    runs that several totals share; `gone` are deals that are still in these, though in nothing else.
    """

    deals: int = 0
    valued: int = 0
    low: int = 0
    high: int = 0
    lows: list[Run] = field(default_factory=list)
    highs: list[Run] = field(default_factory=list)
    gone: "Total | None" = None

    def add(self, other: "Total") -> None:
        """Count the deals of another total, of which none are gone, too."""
        self.deals += other.deals
        self.valued += other.valued
        self.low += other.low
        self.high += other.high
        self.lows += other.lows
        self.highs += other.highs

    @property
    def value(self) -> Interval | None:
        """What the deals of known value come to; None where none is known."""
        return Interval(self.low, closed(self.high)) if self.valued else None

    def cells(self) -> tuple[Cell, ...]:
        """The cells of the columns of totals."""
        value = self.value
        if value is None:
            return self.deals, 0, None, None, None
        return self.deals, self.valued, value, self._median(), spread_over(value, self.valued)

    def _median(self) -> Interval:
        """The least and the greatest that it can be."""
        gone = self.gone or Total()
        low, high = self._middle(self.lows, gone.lows), self._middle(self.highs, gone.highs)
        return Interval(low, closed(high))

    def _middle(self, runs: list[Run], gone: list[Run]) -> int:
        """The median of the amounts in some runs, but for those that are gone."""
        if self.valued < _LONG * len(runs):
            runs[:] = [sorted(chain.from_iterable(runs))]
        places = {(self.valued - 1) // 2, self.valued // 2}
        return sum(_at(place, runs, gone) for place in places) // len(places)


def _at(place: int, runs: Sequence[Run], gone: Sequence[Run]) -> int:
    """The amount that stands at a place, counted from 0, if all are put in order and those that are gone left out."""
    if len(runs) == 1 and not gone:
        return runs[0][place]

    def beyond(amount: int) -> bool:
        up_to = sum(bisect_right(run, amount) for run in runs) - sum(bisect_right(run, amount) for run in gone)
        return up_to > place

    # It is looked for between two neighbours of the longest run, by halves.
    longest = max(runs, key=len)
    at = bisect_left(longest, True, key=beyond)
    low, high = longest[at - 1] if at else 0, longest[at] if at < len(longest) else OPEN
    while low < high:
        amount = (low + high) // 2
        low, high = (low, amount) if beyond(amount) else (amount + 1, high)
    return low


def total_of(deals: int, exact: Iterable[int], ranges: Iterable[tuple[int, int]]) -> Total:
    """So many deals, with the values of those of which it is known, as in a Group."""
    same, bounds = sorted(exact), list(ranges)
    lows, highs = ([run for run in (same, sorted(pair[end] for pair in bounds)) if run] for end in (0, 1))
    low, high = (sum(map(sum, runs)) for runs in (lows, highs))
    return Total(deals, len(same) + len(bounds), low, high, lows, highs)


def columns(currency: str) -> tuple[Column, ...]:
    """Columns of how many deals, of how many the value is known, and what those come to."""
    return (
        Column("deals", "Deals", "count"),
        Column("disclosed", "Disclosed", "count"),
        Column("value", "Value", "money", currency),
        Column("median", "Median", "money", currency),
        Column("mean", "Mean", "money", currency),
    )


def totals(groups: Iterable[tuple[Key, Group]]) -> dict[Key, Total]:
    """What the groups of each key come to."""
    found: defaultdict[Key, list[Group]] = defaultdict(list)
    for key, group in groups:
        found[key].append(group)
    return {
        key: total_of(
            sum(group.deals for group in of),
            chain.from_iterable(group.exact for group in of),
            chain.from_iterable(group.ranges for group in of),
        )
        for key, of in found.items()
    }


def above(groups: Sequence[Group], least: int) -> Total:
    """The deals that are worth so much at least."""
    exact = [amount for group in groups for amount in group.exact if amount >= least]
    ranges = [pair for group in groups for pair in group.ranges if pair[0] >= least]
    return total_of(len(exact) + len(ranges), exact, ranges)


def added_up(totals: Iterable[tuple[Key, Total]]) -> dict[Key, Total]:
    """The totals of each key together."""
    found: defaultdict[Key, Total] = defaultdict(Total)
    for key, total in totals:
        found[key].add(total)
    return dict(found)


def value_of(tally: Tally) -> Interval | None:
    """What the deals of known value come to; None where none is known."""
    return Interval(tally.low, tally.high) if tally.valued else None


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
    """By how much something grew, at least and at most; an open end stays open, and from nothing nothing grows.

    Where both ends are open, nothing is known.
    """
    if now is None or then is None or then.high == 0:
        return None
    least = -WHOLE if then.high is None else _rounded(now.low or 0, then.high) - WHOLE
    most = None if now.high is None or not then.low else _rounded(now.high, then.low) - WHOLE
    return None if least == -WHOLE and most is None else Interval(least, most)


def together(totals: Iterable[Total]) -> Total:
    """All of them as one."""
    whole = Total()
    for total in totals:
        whole.add(total)
    return whole


def without(total: Total, gone: Total) -> Total:
    """The total less some of its deals."""
    left = (total.deals - gone.deals, total.valued - gone.valued, total.low - gone.low, total.high - gone.high)
    return Total(*left, total.lows, total.highs, gone)


def _divided(amount: int, by: int) -> int:
    return (2 * amount + by) // (2 * by)


def _rounded(part: int, whole: int) -> int:
    """A share in ten-thousandths of a percent, to a tenth of a percent."""
    return _divided(part * (WHOLE // _TENTH), whole) * _TENTH if whole else 0
