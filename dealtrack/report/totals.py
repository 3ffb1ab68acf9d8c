"""What deals come to together: a range, its mean and median, and shares, which are ranges too."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from operator import mul

from dealtrack.domain.contents import Cell, Column, Interval
from dealtrack.domain.figures import OPEN, Group, Tally, closed, middle
from dealtrack.domain.stake import SCALE, WHOLE

# Shares are told to a tenth of a percent.
_TENTH = SCALE // 10


@dataclass(slots=True)
class Total:
    """Deals with what is known of their values: the sum, and how often there is each amount and each pair of bounds."""

    tally: Tally = field(default_factory=Tally)
    exact: Counter[int] = field(default_factory=Counter)
    ranges: Counter[tuple[int, int]] = field(default_factory=Counter)

    def add(self, other: "Group | Total") -> None:
        """Count the deals of a group, or of another total, too."""
        self.tally.merge(other.tally)
        self.exact.update(other.exact)
        if other.ranges:
            self.ranges.update(other.ranges)

    def put_in_order(self) -> None:
        """Let the amounts stand in order, so that a median of them, or of most of them, is found without sorting."""
        self.exact = Counter(dict(sorted(self.exact.items())))

    def cells(self) -> tuple[Cell, ...]:
        """The cells of the columns of totals."""
        tally = self.tally
        if not tally.valued:
            return tally.deals, 0, None, None, None
        return tally.deals, tally.valued, value_of(tally), self._median(), mean_of(tally)

    def _median(self) -> Interval | None:
        """The least and the greatest that it can be."""
        if not self.exact and not self.ranges:
            return None
        ordered = sorted(self.exact)
        return Interval(self._middle(ordered, 0), closed(self._middle(ordered, 1)))

    def _middle(self, ordered: list[int], end: int) -> int:
        """The median with this end of each of the ranges."""
        if not self.ranges:
            return middle(ordered, self.exact)
        counts = self.exact.copy()
        for pair, many in self.ranges.items():
            counts[pair[end]] += many
        # What came in now stands behind what was there; to put so few in order among the others takes one pass.
        return middle(sorted([*ordered, *islice(counts, len(ordered), None)]), counts)


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
    """By how much something grew, at least and at most; an open end stays open, and from nothing nothing grows.

    Where both ends are open, nothing is known.
    """
    if now is None or then is None or then.high == 0:
        return None
    least = -WHOLE if then.high is None else _rounded(now.low or 0, then.high) - WHOLE
    most = None if now.high is None or not then.low else _rounded(now.high, then.low) - WHOLE
    return None if least == -WHOLE and most is None else Interval(least, most)


def without(total: Total, amounts: Iterable[tuple[int, int]]) -> Total:
    """The total less some deals of these bounds."""
    gone = list(amounts)
    exact = total.exact - Counter(low for low, high in gone if low == high)
    ranges = total.ranges - Counter(pair for pair in gone if pair[0] != pair[1])
    return _made_of(exact, ranges, total.tally.deals - len(gone), total.tally.currency)


def parted(total: Total, least: int) -> tuple[Total, Total]:
    """The total less the deals that are worth so much at least, and those deals."""
    exact = Counter({amount: many for amount, many in total.exact.items() if amount >= least})
    ranges = Counter({pair: many for pair, many in total.ranges.items() if pair[0] >= least})
    above, currency = exact.total() + ranges.total(), total.tally.currency
    rest = _made_of(total.exact - exact, total.ranges - ranges, total.tally.deals - above, currency)
    return rest, _made_of(exact, ranges, above, currency)


def _made_of(exact: Counter[int], ranges: Counter[tuple[int, int]], deals: int, currency: str) -> Total:
    """The total of these values of so many deals."""
    valued = exact.total() + ranges.total()
    sure = sum(map(mul, exact.keys(), exact.values()))
    low, high = (sure + sum(pair[end] * many for pair, many in ranges.items()) for end in (0, 1))
    is_open = any(most >= OPEN for _, most in ranges)
    return Total(Tally(deals, valued, low, None if is_open else high, currency), exact, ranges)


def _divided(amount: int, by: int) -> int:
    return (2 * amount + by) // (2 * by)


def _rounded(part: int, whole: int) -> int:
    """A share in ten-thousandths of a percent, to a tenth of a percent."""
    return _divided(part * (WHOLE // _TENTH), whole) * _TENTH if whole else 0
