"""The fold: how a deal's events become what is known about it, and why each fact is as it is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple, get_args

from dealtrack.domain.date import UncertainDate, overlap
from dealtrack.domain.event import Event
from dealtrack.domain.money import VALUE_BASES, compatible
from dealtrack.domain.stake import compatible_stakes
from dealtrack.domain.status import LEADS_TO, PHASE_OF, Phase, Status, answers, is_ending, may_return

Field = Literal["status", "value", "stake"]
Reason = Literal[
    "only", "pinned", "basis", "currency", "latest", "farther", "credibility", "reliability", "narrower", "recorded"
]

FIELDS: tuple[Field, ...] = get_args(Field)

# Events of credibility 5 or 6 are shown but decide nothing, unless a deal has no others.
_LEAST_BELIEVED = 4


class Ruling(NamedTuple):
    """Which event decided a fact, why it prevailed, and which events contradict it."""

    event: Event
    reason: Reason
    against: tuple[Event, ...] = ()

    @property
    def disputed(self) -> bool:
        """Whether a believable account from elsewhere contradicts the fact."""
        return bool(self.against)


class Facts(NamedTuple):
    """What a deal's events come to. Nothing here is ever entered: it is computed by `fold`."""

    status: Ruling | None = None
    value: Ruling | None = None
    stake: Ruling | None = None
    began_as_rumor: bool = False
    first_seen: UncertainDate | None = None
    agreed: UncertainDate | None = None
    completed: UncertainDate | None = None
    ended: UncertainDate | None = None
    expected: UncertainDate | None = None
    last_heard: UncertainDate | None = None
    origins: int = 0

    @property
    def phase(self) -> Phase | None:
        """The phase of the status, or None when no event has asserted one."""
        return PHASE_OF[self.status.event.status] if self.status and self.status.event.status else None

    @property
    def disputed(self) -> tuple[Field, ...]:
        """The facts that a believable account from elsewhere contradicts."""
        rulings = (("status", self.status), ("value", self.value), ("stake", self.stake))
        return tuple(name for name, ruling in rulings if ruling and ruling.against)  # type: ignore[misc]  # literals


def fold(events: Sequence[Event], pins: Mapping[Field, int] | None = None) -> Facts:
    """Compute what the events come to, by the stated rules; the order of `events` does not matter."""
    if not events:
        return Facts()
    pins = pins or {}
    events = sorted(events, key=lambda event: event.n)
    believed = [event for event in events if event.credibility <= _LEAST_BELIEVED] or list(events)
    status = _status(events, believed, pins.get("status"))
    standing = _standing(status.event, believed) if status else []
    phase = PHASE_OF[status.event.status] if status and status.event.status else None
    return Facts(
        status=status,
        value=_value(events, believed, pins.get("value")),
        stake=_stake(events, believed, pins.get("stake")),
        began_as_rumor=_began_as_rumor(believed),
        # What a page tells of the time before is no trace of the deal itself.
        first_seen=_opening([event for event in believed if event.milestone != "background"] or believed).date,
        agreed=_first([event for event in believed if event.status == "agreed"]),
        completed=_first(standing) if phase == "done" else None,
        ended=_first(standing) if phase == "dead" else None,
        expected=None if phase in ("done", "dead") else _expected(believed),
        last_heard=_last_heard(events),
        origins=len({event.source.origin for event in believed if event.source}),
    )


# --- dates --------------------------------------------------------------------------------------


def _earliest(event: Event) -> date:
    return event.date.earliest or date.min


def _latest(event: Event) -> date:
    return event.date.latest or date.max


def _first(events: Iterable[Event]) -> UncertainDate | None:
    """Of several dates the one certainly reached first: the least latest day, then the more precise."""
    chosen = min(events, key=_reached, default=None)
    return chosen.date if chosen else None


def _opening(events: list[Event]) -> Event:
    """The event certainly reached first, or one of uncertain date that it follows on from."""
    first = min(events, key=_reached)
    before = [event for event in events if _precedes(event, first)]
    return min(before, key=_reached) if before else first


def _reached(event: Event) -> tuple[date, int, bool]:
    when = event.date
    return when.latest or date.max, -(when.earliest or date.min).toordinal(), when.approximate


def _began_as_rumor(believed: list[Event]) -> bool:
    rumors = [event for event in believed if event.status == "rumored"]
    if not rumors:
        return False
    claims = [event for event in believed if event.status]
    first = min(claims, key=lambda e: (_latest(e), _earliest(e), e.status != "rumored"))
    return first.status == "rumored" or any(_precedes(rumor, first) for rumor in rumors)


def _expected(believed: list[Event]) -> UncertainDate | None:
    claims = [event for event in believed if event.expected]
    return _decide(claims, (_LATEST, *_BY_GRADE))[0].expected if claims else None


def _last_heard(events: Sequence[Event]) -> UncertainDate:
    """The date of the last event or publication, by its first possible day: "in 2025" is no news in December."""
    heard = [event.date for event in events]
    heard += [event.source.published for event in events if event.source and event.source.published]
    return max(heard, key=lambda d: (d.earliest or date.min, d.latest or date.max, not d.approximate))


# --- deciding -----------------------------------------------------------------------------------

_Stage = tuple[Reason, Callable[[list[Event]], list[Event]]]


def _decide(claims: list[Event], stages: Sequence[_Stage]) -> tuple[Event, Reason]:
    """Narrow the claims stage by stage; the reason is the stage that left one: the last always does."""
    reason: Reason = "only"
    for name, narrow in stages:
        if len(claims) == 1:
            break
        claims, reason = narrow(claims), name
    return claims[0], reason


def _least(key: Callable[[Event], object]) -> Callable[[list[Event]], list[Event]]:
    def narrow(claims: list[Event]) -> list[Event]:
        keys = [key(event) for event in claims]
        best = min(keys)  # type: ignore[type-var]  # ints and strings, never mixed within one stage
        return [event for event, own in zip(claims, keys, strict=True) if own == best]

    return narrow


def _not_before_another(claims: list[Event]) -> list[Event]:
    """Drop every claim that lies wholly before another; those left overlap one another."""
    horizon = max(_earliest(event) for event in claims)
    return [event for event in claims if _latest(event) >= horizon]


def _not_preceding_another(claims: list[Event]) -> list[Event]:
    """Of overlapping states drop those that another follows on from: agreed in 2020, completed in 2020."""
    kept = [event for event in claims if not any(_precedes(event, other) for other in claims)]
    return kept or claims


_LATEST: _Stage = ("latest", _not_before_another)
_FARTHER: _Stage = ("farther", _not_preceding_another)
_RECORDED: _Stage = ("recorded", _least(lambda e: -e.n))
_BY_GRADE: tuple[_Stage, ...] = (
    ("credibility", _least(lambda e: e.credibility)),
    ("reliability", _least(lambda e: e.reliability)),
    _RECORDED,
)


def _pinned(events: Sequence[Event], n: int | None) -> Event | None:
    return next((event for event in events if event.n == n), None)


# --- status -------------------------------------------------------------------------------------


def _status(events: Sequence[Event], believed: list[Event], pin: int | None) -> Ruling | None:
    claims = [event for event in believed if event.status]
    pinned = _pinned(events, pin)
    if pinned and pinned.status:
        winner, reason = pinned, "pinned"
    elif claims:
        winner, reason = _decide(claims, (_LATEST, _FARTHER, *_BY_GRADE))
    else:
        return None
    standing = _standing(winner, believed)
    against = tuple(event for event in claims if _denies(event, standing))
    return Ruling(winner, reason, against)  # type: ignore[arg-type]  # the literal widened by the branches


def _standing(winner: Event, believed: list[Event]) -> list[Event]:
    """The winner and every event that says the same with nothing different dated wholly after it."""
    others = [_earliest(e) for e in believed if e.status and winner.status and _undoes(e.status, winner.status)]
    horizon = max(others, default=date.min)
    same = [e for e in believed if e.status == winner.status and (e is winner or _latest(e) >= horizon)]
    return same or [winner]


def _undoes(status: Status, kept: Status) -> bool:
    """Whether a later event of the status breaks off the state; two words for one end do not."""
    return status != kept and not (PHASE_OF[status] == PHASE_OF[kept] == "dead")


def _denies(event: Event, standing: list[Event]) -> bool:
    """Whether the event, read elsewhere, cannot be true beside the state that stands."""
    return any(
        event.status != stands.status
        and event.credibility <= _LEAST_BELIEVED
        and _elsewhere(event, stands)
        and overlap(event.date, stands.date)
        and not _precedes(event, stands)
        for stands in standing
    )


def _elsewhere(event: Event, other: Event) -> bool:
    return event.source is None or other.source is None or event.source.key != other.source.key


def _precedes(event: Event, other: Event) -> bool:
    """Whether the event's state, although its date overlaps, is simply an earlier step to the other's."""
    before, after = event.status, other.status
    if before is None or after is None or after not in LEADS_TO[before]:
        return False
    if may_return(before, after):
        same_day = event.date.exact and event.date.earliest == other.date.earliest and other.date.exact
        return _earliest(event) < _earliest(other) or (same_day and answers(before, after))
    if is_ending(after):
        return _earliest(event) < _latest(other)
    return _earliest(event) <= _latest(other)


# --- value and stake ----------------------------------------------------------------------------

_BASIS_RANK: dict[str, int] = {basis: rank for rank, group in enumerate(VALUE_BASES) for basis in group}
_WIDEST = 2**63


def _width(low: int | None, high: int | None) -> int:
    return high - (low or 0) if high is not None else _WIDEST - (low or 0)


_MONEY_STAGES: tuple[_Stage, ...] = (
    ("basis", _least(lambda e: _BASIS_RANK.get(e.value.basis or "", 9) if e.value else 9)),
    # A figure whose currency was not said is in no total and compares with nothing.
    ("currency", _least(lambda e: e.value is not None and e.value.currency is None)),
    _LATEST,
    *_BY_GRADE[:2],
    ("narrower", _least(lambda e: _width(e.value.low, e.value.high) if e.value else _WIDEST)),
    _RECORDED,
)
_STAKE_STAGES: tuple[_Stage, ...] = (
    ("basis", _least(lambda e: e.stake is not None and e.stake.basis == "owned-after")),
    _LATEST,
    *_BY_GRADE[:2],
    ("narrower", _least(lambda e: _width(e.stake.low, e.stake.high) if e.stake else _WIDEST)),
    _RECORDED,
)


def _is_value(event: Event) -> bool:
    return event.value is not None and (event.value.basis in _BASIS_RANK or event.value.qualifier == "undisclosed")


def _value(events: Sequence[Event], believed: list[Event], pin: int | None) -> Ruling | None:
    claims = [event for event in believed if _is_value(event)]
    stated = [event for event in claims if event.value and event.value.qualifier != "undisclosed"]
    pinned = _pinned(events, pin)
    winner = _winner(pinned if pinned and pinned.value else None, stated or claims, _MONEY_STAGES)
    return _ruling(winner, stated, _other_value)


def _winner(pinned: Event | None, claims: list[Event], stages: Sequence[_Stage]) -> tuple[Event, Reason] | None:
    if pinned:
        return pinned, "pinned"
    return _decide(claims, stages) if claims else None


def _ruling(
    winner: tuple[Event, Reason] | None, claims: list[Event], contradicts: Callable[[Event, Event], bool]
) -> Ruling | None:
    if winner is None:
        return None
    event, reason = winner
    return Ruling(event, reason, tuple(claim for claim in claims if contradicts(claim, event)))


def _other_value(event: Event, winner: Event) -> bool:
    return (
        event.value is not None
        and winner.value is not None
        and event.value.basis == winner.value.basis
        and event.credibility <= _LEAST_BELIEVED
        and _elsewhere(event, winner)
        and overlap(event.date, winner.date)
        and compatible(event.value, winner.value) is False
    )


def _stake(events: Sequence[Event], believed: list[Event], pin: int | None) -> Ruling | None:
    claims = [event for event in believed if event.stake]
    pinned = _pinned(events, pin)
    return _ruling(_winner(pinned if pinned and pinned.stake else None, claims, _STAKE_STAGES), claims, _other_stake)


def _other_stake(event: Event, winner: Event) -> bool:
    return (
        event.stake is not None
        and winner.stake is not None
        and event.credibility <= _LEAST_BELIEVED
        and _elsewhere(event, winner)
        and overlap(event.date, winner.date)
        and compatible_stakes(event.stake, winner.stake) is False
    )


def states(events: Sequence[Event]) -> list[Status]:
    """The states in the order of their dates, repeats left out, for judging the moves between them."""
    claims = sorted((e for e in events if e.status), key=lambda e: (_latest(e), _earliest(e), e.n))
    ordered: list[Event] = []
    for event in claims:
        after = (i for i, other in enumerate(ordered) if overlap(event.date, other.date) and _precedes(event, other))
        ordered.insert(next(after, len(ordered)), event)
    path: list[Status] = []
    for event in ordered:
        if event.status and (not path or path[-1] != event.status):
            path.append(event.status)
    return path
