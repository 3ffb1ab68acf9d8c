"""The fold of many deals: where events stand to each other as those of an earlier deal did, its rulings are theirs.

The fold only compares: which of two days comes first, which states are told, whether there is a figure at all. Of deals
that one page tells of, thousands are alike in all that it compares, however their dates and figures differ.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeVar

from dealtrack.domain.date import UncertainDate
from dealtrack.domain.event import Event
from dealtrack.domain.fold import Facts, Reason, Ruling, Step, fold
from dealtrack.domain.origin import origins_of
from dealtrack.domain.publisher import UNREGISTERED, Outlets
from dealtrack.domain.source import Source

# So many ways to be alike are kept in mind; a file hardly has a hundred.
_MOST = 10_000

Value = TypeVar("Value")


class _Ruled(NamedTuple):
    """A ruling, its events by their places."""

    event: int
    reason: Reason
    against: tuple[int, ...]
    steps: tuple[tuple[Reason, tuple[int, ...]], ...]


class _Pattern(NamedTuple):
    """What a deal comes to, its events and dates by their places; the date after the last is the page's own."""

    status: _Ruled | None
    value: _Ruled | None
    stake: _Ruled | None
    began_as_rumor: bool
    first_seen: int | None
    agreed: int | None
    completed: int | None
    ended: int | None
    expected: int | None
    last_heard: int | None


class Folds:
    """Folds deals one by one; `fold` comes to what `dealtrack.domain.fold.fold` does, for deals without pins."""

    def __init__(self, outlets: Outlets = UNREGISTERED) -> None:
        self._outlets = outlets
        self._patterns: dict[object, _Pattern] = {}
        self._names: dict[Source | None, tuple[str, ...]] = {None: ()}

    def fold(self, events: Sequence[Event]) -> Facts:
        """Compute what the events come to, by the stated rules."""
        source = events[0].source if events else None
        if not events or any(event.source is not source for event in events):
            return fold(events, None, self._outlets)
        compared = _compared(events, source)
        pattern = _kept(self._patterns, compared, lambda: _pattern(events))
        names = _kept(self._names, source, lambda: origins_of([source], self._outlets)[source] if source else ())
        return _facts(pattern, events, source, names)


def _kept(found: dict[Any, Value], key: object, work_out: Callable[[], Value]) -> Value:
    value = found.get(key)
    if value is None:
        if len(found) >= _MOST:
            found.clear()
        value = found[key] = work_out()
    return value


def _compared(events: Sequence[Event], source: Source | None) -> object:
    """All that the fold compares of events read in one page: the order of the days, and what each event tells."""
    published = source.published if source else None
    ends = [
        end for when in (*(event.date for event in events), published) if when for end in (when.earliest, when.latest)
    ]
    place = {day: n for n, day in enumerate(sorted({end for end in ends if end}))}
    several = [
        sum(event.value is not None for event in events) > 1,
        sum(event.stake is not None for event in events) > 1,
    ]
    return (
        tuple(map(place.get, ends)),  # type: ignore[arg-type]  # an end that is open has no place
        source is None,
        published and published.approximate,
        *(
            (
                event.n,
                event.status,
                event.milestone == "background",
                event.credibility,
                event.date.approximate,
                # A figure is compared with others, if there are any.
                event.value if several[0] else event.value and (event.value.basis, event.value.qualifier),
                event.stake if several[1] else event.stake is not None,
                event.expected is not None,
            )
            for event in events
        ),
    )


def _pattern(events: Sequence[Event]) -> _Pattern:
    # Dates of their own tell the events apart by their dates, too.
    apart = [
        event._replace(date=UncertainDate(*event.date), expected=event.expected and UncertainDate(*event.expected))
        for event in events
    ]
    facts = fold(apart)
    places = {id(one): n for n, event in enumerate(apart) for one in (event, event.date, event.expected) if one}

    def ruled(ruling: Ruling | None) -> _Ruled | None:
        if ruling is None:
            return None
        steps = tuple((step.reason, tuple(places[id(event)] for event in step.gave_way)) for step in ruling.steps)
        return _Ruled(places[id(ruling.event)], ruling.reason, tuple(places[id(one)] for one in ruling.against), steps)

    def place(when: UncertainDate | None) -> int | None:
        return places.get(id(when), len(events)) if when else None

    return _Pattern(
        status=ruled(facts.status),
        value=ruled(facts.value),
        stake=ruled(facts.stake),
        began_as_rumor=facts.began_as_rumor,
        first_seen=place(facts.first_seen),
        agreed=place(facts.agreed),
        completed=place(facts.completed),
        ended=place(facts.ended),
        expected=place(facts.expected),
        last_heard=place(facts.last_heard),
    )


def _facts(pattern: _Pattern, events: Sequence[Event], source: Source | None, names: tuple[str, ...]) -> Facts:
    """The facts of events that stand to each other as those of the pattern do."""

    def ruling(ruled: _Ruled | None) -> Ruling | None:
        if ruled is None:
            return None
        steps = tuple(Step(reason, tuple(events[n] for n in gave_way)) for reason, gave_way in ruled.steps)
        return Ruling(events[ruled.event], ruled.reason, tuple(events[n] for n in ruled.against), names, None, steps)

    # The page's own date comes after those of the events.
    dates = [event.date for event in events]
    published = source.published if source else None

    def when(n: int | None) -> UncertainDate | None:
        return None if n is None else dates[n] if n < len(dates) else published

    return Facts(
        ruling(pattern.status),
        ruling(pattern.value),
        ruling(pattern.stake),
        pattern.began_as_rumor,
        when(pattern.first_seen),
        when(pattern.agreed),
        when(pattern.completed),
        when(pattern.ended),
        None if pattern.expected is None else events[pattern.expected].expected,
        when(pattern.last_heard),
        names,
    )
