"""The course of a deal: how long from hearing to signing to closing, as ranges where its dates are uncertain."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dealtrack.domain.contents import Interval
from dealtrack.domain.date import UncertainDate, days_between, from_day, wholly_before
from dealtrack.domain.deal import Deal
from dealtrack.domain.fold import Facts
from dealtrack.domain.survival import Point, Spell, curve, half_done, median

_EARLY = ("rumored", "talks", "proposed")


class Stretch(NamedTuple):
    """The fewest and the most days from one step to the next; `done` as in `Spell`."""

    fewest: int
    most: int
    done: bool | None


class Length(NamedTuple):
    """How long a step took in several deals.

    `median` is of those that took it; `half` is when half of all had taken it, those still open and those that died
    counted too, None where half never did.
    """

    deals: int
    done: int
    dead: int
    median: Interval | None
    half: Interval | None

    @property
    def going_on(self) -> int:
        """How many are still on the way."""
        return self.deals - self.done - self.dead


def heard_to_signing(deal: Deal, facts: Facts) -> Stretch | None:
    """From the first trace of a deal that was heard of before it was signed."""
    # A closing without a signing on record: the day of signing is not known.
    unknown = facts.completed is not None and facts.agreed is None
    if unknown or not _heard_before(deal, facts.agreed):
        return None
    return _stretch(deal, facts, facts.first_seen, facts.agreed)


def rumor_to_signing(deal: Deal, facts: Facts) -> Stretch | None:
    """The same of a deal that began as a rumor."""
    return heard_to_signing(deal, facts) if facts.began_as_rumor else None


def signing_to_closing(deal: Deal, facts: Facts) -> Stretch | None:
    """From signing to closing."""
    return _stretch(deal, facts, facts.agreed, facts.completed)


def heard_to_closing(deal: Deal, facts: Facts) -> Stretch | None:
    """From the first trace of a deal that was heard of before it closed."""
    return None if facts.first_seen == facts.completed else _stretch(deal, facts, facts.first_seen, facts.completed)


def _heard_before(deal: Deal, agreed: UncertainDate | None) -> bool:
    """Whether anything was told of the deal that comes before a signing, and not only after it."""
    early = (event for event in deal.events if event.status in _EARLY and event.credibility < 5)
    return any(agreed is None or not wholly_before(agreed, event.date) for event in early)


def _stretch(deal: Deal, facts: Facts, start: UncertainDate | None, end: UncertainDate | None) -> Stretch | None:
    """How long it lasted; None where a date is open on a side that is needed, or the end lies before the start."""
    if start is None:
        return None
    until = end or facts.ended or last_known(deal, facts)
    fewest, most = days_between(start, until) if until else (None, None)
    if fewest is None or most is None:
        return None
    done = True if end else False if facts.ended else None
    if most < 0:
        # What was last heard of may well lie before a signing that is dated by its month.
        return None if done is not None else Stretch(0, 0, None)
    return Stretch(max(fewest, 0), most, done)


def last_known(deal: Deal, facts: Facts) -> UncertainDate | None:
    """When the deal was last known to stand as it does: the last event or publication, or the last look at it."""
    heard = facts.last_heard
    looked = deal.checked
    if looked is None or (heard and heard.earliest and heard.earliest > looked):
        return heard
    return from_day(looked)


def length(stretches: Sequence[Stretch]) -> Length:
    """The stretches of several deals taken together."""
    taken = [stretch for stretch in stretches if stretch.done]
    soonest, latest = (half_done(points) for points in curves(stretches))
    return Length(
        deals=len(stretches),
        done=len(taken),
        dead=sum(stretch.done is False for stretch in stretches),
        median=middle(Interval(stretch.fewest, stretch.most) for stretch in taken),
        half=_either(soonest, latest),
    )


def middle(ranges: Iterable[Interval]) -> Interval | None:
    """The median of ranges of days: of their low ends, and of their high ends; an open end lies beyond all others."""
    several = list(ranges)
    low = median(days.low or 0 for days in several)
    high = median(_FAR if days.high is None else days.high for days in several)
    return None if low is None or high is None else Interval(low, None if high >= _FAR // 2 else high)


# More days than lie between any two dates, twice over: one end of two that are averaged is enough to show.
_FAR = 10**9


def curves(stretches: Iterable[Stretch]) -> tuple[list[Point], list[Point]]:
    """The estimate with the fewest days that the dates allow for every deal, and with the most."""
    several = list(stretches)
    return curve(Spell(s.fewest, s.done) for s in several), curve(Spell(s.most, s.done) for s in several)


def _either(one: int | None, other: int | None) -> Interval | None:
    if one is None or other is None:
        return None if one is other else Interval(one if other is None else other, None)
    return Interval(min(one, other), max(one, other))


def difference(before: UncertainDate, after: UncertainDate) -> Interval:
    """By how many days `after` is later than `before`; negative days are earlier."""
    low = (after.earliest - before.latest).days if after.earliest and before.latest else None
    high = (after.latest - before.earliest).days if after.latest and before.earliest else None
    return Interval(low, high)
