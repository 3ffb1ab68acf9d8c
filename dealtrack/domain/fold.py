"""The fold: how a deal's events become what is known about it, and why each fact is as it is.

Three facts are ruled on: status, value, stake. The claims to one, the events that assert it, are narrowed step by
step until one is left, and that one decides. Claims of credibility 5 or 6 take part only where there are no others; a
claim that somebody pinned decides without any step.

- status: what is dated later; of overlapping dates what the others lead up to (signed, then closed).
- value: figures that were told go before "undisclosed"; what was told at the signing or after it before what was
  asked, offered or rumored; the better basis (consideration, then enterprise value, then equity value); a currency
  that was said; what is dated later.
- stake: what was told at the signing or after it before what was sought; a stake that changes hands before what is
  owned afterwards; what is dated later.
- all three: then the better credibility, the better reliability, the narrower figure, the one recorded last. Only this
  last step looks at the order of entry.
- value and stake, in the end: where the figure that is left only repeats loosely ("over $100M", "a majority") what an
  earlier one said exactly, that earlier one decides, if it is as credible and nothing else was told in between.

*Origins* of a fact are the outlets (as `origin` follows them) whose believed events say what the winner says: the same
state, not broken off since; a figure of the same basis that can be right beside it. Two origins may agree that there
are talks and not on the amount.

A fact is *disputed* when a believed account from elsewhere contradicts it for an overlapping time. It is *pending
confirmation* when none does, one origin alone tells of it, it follows on something else that another origin had told,
and that other one's usual lag since then has not run out: it may still follow. A fact that is pinned, or of
credibility 1 (confirmed), waits for nobody.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple, get_args

from dealtrack.domain.date import UncertainDate, overlap, wholly_before
from dealtrack.domain.event import Event
from dealtrack.domain.money import VALUE_BASES, compatible, vaguer
from dealtrack.domain.origin import origins_of
from dealtrack.domain.publisher import UNREGISTERED, Outlets
from dealtrack.domain.source import Source
from dealtrack.domain.stake import compatible_stakes, vaguer_stake
from dealtrack.domain.status import LEADS_TO, PHASE_OF, Phase, Status, answers, is_ending, may_return

Field = Literal["status", "value", "stake"]
Reason = Literal[
    "only",
    "pinned",
    "stated",
    "signed",
    "basis",
    "currency",
    "vaguer",
    "latest",
    "farther",
    "credibility",
    "reliability",
    "narrower",
    "recorded",
]

FIELDS: tuple[Field, ...] = get_args(Field)

# Events of credibility 5 or 6 are shown but decide nothing, unless a deal has no others.
_LEAST_BELIEVED = 4


class Step(NamedTuple):
    """One step by which the claims to a fact were narrowed: which gave way, by which rule."""

    reason: Reason
    gave_way: tuple[Event, ...]


class Ruling(NamedTuple):
    """Which event decided a fact, why it prevailed, which events contradict it, and whose reporting bears it out.

    `pending` is the last day on which somebody else's confirmation can still be waited for. `steps` say how the claims
    were narrowed.
    """

    event: Event
    reason: Reason
    against: tuple[Event, ...] = ()
    origins: tuple[str, ...] = ()
    pending: date | None = None
    steps: tuple[Step, ...] = ()

    @property
    def last_said(self) -> Event:
        """The event by whose time the fact stands: the one that decided, or the one that repeats it more loosely."""
        return self.steps[-1].gave_way[0] if self.reason == "vaguer" else self.event

    @property
    def disputed(self) -> bool:
        """Whether a believable account from elsewhere contradicts the fact."""
        return bool(self.against)

    def waits_on(self, day: date) -> bool:
        """Whether on that day somebody else may still be expected to confirm the fact."""
        return self.pending is not None and self.pending >= day


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
    origin_names: tuple[str, ...] = ()

    @property
    def origins(self) -> int:
        """How many outlets the believed events come down to."""
        return len(self.origin_names)

    @property
    def phase(self) -> Phase | None:
        """The phase of the status, or None when no event has asserted one."""
        return PHASE_OF[self.status.event.status] if self.status and self.status.event.status else None

    @property
    def disputed(self) -> tuple[Field, ...]:
        """The facts that a believable account from elsewhere contradicts."""
        rulings = (("status", self.status), ("value", self.value), ("stake", self.stake))
        return tuple(name for name, ruling in rulings if ruling and ruling.against)  # type: ignore[misc]  # literals


def fold(events: Sequence[Event], pins: Mapping[Field, int] | None = None, outlets: Outlets = UNREGISTERED) -> Facts:
    """Compute what the events come to, by the stated rules; the order of `events` does not matter."""
    if not events:
        return Facts()
    events = sorted(events, key=lambda event: event.n)
    believed = [event for event in events if event.credibility <= _LEAST_BELIEVED] or list(events)
    story = _Story(events, believed, pins or {}, outlets)
    status = _status(story)
    standing = _standing(status.event, believed) if status else []
    phase = PHASE_OF[status.event.status] if status and status.event.status else None
    return Facts(
        status=status,
        value=_value(story),
        stake=_stake(story),
        began_as_rumor=_began_as_rumor(believed),
        # What a page tells of the time before is no trace of the deal itself.
        first_seen=_opening([event for event in believed if event.milestone != "background"] or believed).date,
        agreed=_first([event for event in believed if event.status == "agreed"]),
        completed=_first(standing) if phase == "done" else None,
        ended=_first(standing) if phase == "dead" else None,
        expected=None if phase in ("done", "dead") else _expected(believed),
        last_heard=_last_heard(events),
        origin_names=story.origins(believed),
    )


class _Story:
    """The events of a deal with what the rules need besides: which are believed, the pins, who relays whom."""

    def __init__(
        self, events: Sequence[Event], believed: list[Event], pins: Mapping[Field, int], outlets: Outlets
    ) -> None:
        self.events, self.believed, self.outlets = events, believed, outlets
        self._pins = pins
        self._origins = origins_of((event.source for event in believed if event.source), outlets)

    def pinned(self, field: Field) -> Event | None:
        """The event that was pinned for a fact, if it asserts one."""
        n = self._pins.get(field)
        return next((e for e in self.events if e.n == n and getattr(e, field)), None) if n is not None else None

    def origins(self, events: Iterable[Event]) -> tuple[str, ...]:
        """Whose reporting the events come down to."""
        sources = (event.source for event in events if event.source)
        return tuple(sorted({origin for source in sources for origin in self._of(source)}))

    def _of(self, source: Source) -> tuple[str, ...]:
        # What is not believed has no part in who relays whom; pinned, it stands by itself.
        return self._origins.get(source) or origins_of([source], self.outlets)[source]


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


def _decide(claims: list[Event], stages: Sequence[_Stage]) -> tuple[Event, Reason, tuple[Step, ...]]:
    """Narrow the claims stage by stage; the reason is the stage that left one: the last always does."""
    reason: Reason = "only"
    steps: list[Step] = []
    for name, narrow in stages:
        if len(claims) == 1:
            break
        left, reason = narrow(claims), name
        if len(left) < len(claims):
            steps.append(Step(name, tuple(claim for claim in claims if claim not in left)))
        claims = left
    return claims[0], reason, tuple(steps)


def _rule(story: _Story, field: Field, claims: list[Event], stages: Sequence[_Stage]) -> Ruling | None:
    """The claim that decides: the one that was pinned, else the one that is left of all."""
    pinned = story.pinned(field)
    if pinned:
        return Ruling(pinned, "pinned")
    if not claims:
        return None
    event, reason, steps = _decide(claims, stages)
    return Ruling(event, reason, steps=steps)


def _weighed(
    story: _Story, ruling: Ruling, against: Iterable[Event], alike: Iterable[Event], others: Iterable[Event]
) -> Ruling:
    """The ruling with what contradicts it, whose reporting bears it out, and how long `others` may still follow."""
    ruling = ruling._replace(against=tuple(against), origins=story.origins((ruling.event, *alike)))
    return ruling._replace(pending=_pending(story, ruling, others))


def _pending(story: _Story, ruling: Ruling, others: Iterable[Event]) -> date | None:
    """The last day on which another origin, which had told something else before, may still confirm the fact."""
    event = ruling.last_said
    if ruling.reason == "pinned" or ruling.against or event.credibility == 1 or len(ruling.origins) != 1:
        return None
    told = event.source.published if event.source and event.source.published else event.date
    before = [other for other in others if wholly_before(other.date, event.date)]
    rivals = {origin for other in before for origin in story.origins([other])} - set(ruling.origins)
    lags = [lag for lag in map(story.outlets.lag, rivals) if lag is not None]
    if not lags or told.latest is None or (date.max - told.latest).days < max(lags):
        return None
    return told.latest + timedelta(max(lags))


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


# --- status -------------------------------------------------------------------------------------

_STATUS_STAGES: tuple[_Stage, ...] = (_LATEST, _FARTHER, *_BY_GRADE)


def _status(story: _Story) -> Ruling | None:
    claims = [event for event in story.believed if event.status]
    ruling = _rule(story, "status", claims, _STATUS_STAGES)
    if ruling is None:
        return None
    standing = _standing(ruling.event, story.believed)
    others = [event for event in claims if event.status != ruling.event.status]
    return _weighed(story, ruling, (event for event in claims if _denies(event, standing)), standing, others)


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


def _stated(claims: list[Event]) -> list[Event]:
    return [event for event in claims if event.value and event.value.qualifier != "undisclosed"] or claims


def _signed(believed: list[Event]) -> _Stage:
    """What was told at the signing or since goes before what was asked, offered or rumored, whatever its basis."""
    signed = min((_earliest(event) for event in believed if event.status in _FIRM), default=None)

    def narrow(claims: list[Event]) -> list[Event]:
        return [claim for claim in claims if _firm(claim, signed)] or claims

    return "signed", narrow


_FIRM = ("agreed", "completed")


def _firm(claim: Event, signed: date | None) -> bool:
    """Whether a claim comes with a signing or closing, or with what followed it."""
    open_yet = claim.status is not None and PHASE_OF[claim.status] == "open"
    return claim.status in _FIRM or (signed is not None and not open_yet and _latest(claim) >= signed)


_Verdict = Callable[[Event, Event], bool | None]


def _agree_on_value(event: Event, winner: Event) -> bool | None:
    """Whether two amounts can both be right; None where that cannot be told, or where they are of different things."""
    one, other = event.value, winner.value
    if one is None or other is None or one.basis != other.basis:
        return None
    return True if one.qualifier == other.qualifier == "undisclosed" else compatible(one, other)


def _vaguer_value(event: Event, other: Event) -> bool:
    one, another = event.value, other.value
    return one is not None and another is not None and one.basis == another.basis and vaguer(one, another)


def _agree_on_stake(event: Event, winner: Event) -> bool | None:
    return compatible_stakes(event.stake, winner.stake) if event.stake and winner.stake else None


def _vaguer_stake(event: Event, other: Event) -> bool:
    return event.stake is not None and other.stake is not None and vaguer_stake(event.stake, other.stake)


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


def _value(story: _Story) -> Ruling | None:
    claims = [event for event in story.believed if _is_value(event)]
    stages = (("stated", _stated), _signed(story.believed), *_MONEY_STAGES)
    return _figure(story, "value", claims, stages, _Figures(_agree_on_value, _vaguer_value))


def _stake(story: _Story) -> Ruling | None:
    claims = [event for event in story.believed if event.stake]
    stages = (_signed(story.believed), *_STAKE_STAGES)
    return _figure(story, "stake", claims, stages, _Figures(_agree_on_stake, _vaguer_stake))


def _is_value(event: Event) -> bool:
    return event.value is not None and (event.value.basis in _BASIS_RANK or event.value.qualifier == "undisclosed")


class _Figures(NamedTuple):
    """How claims to a figure compare: whether two can both be right, and whether one is the other put loosely."""

    agree: _Verdict
    vaguer: _Verdict


def _figure(
    story: _Story, field: Field, claims: list[Event], stages: Sequence[_Stage], figures: _Figures
) -> Ruling | None:
    """The ruling on a figure: claims that can be right beside it bear it out, those that cannot contradict it."""
    ruling = _rule(story, field, claims, stages)
    if ruling is None:
        return None
    ruling = _in_better_words(ruling, figures)
    verdicts = [(claim, figures.agree(claim, ruling.event)) for claim in claims]
    others = [claim for claim, verdict in verdicts if verdict is False]
    # What is said again later, if loosely, is contradicted by what was told then, and no more by what was told before.
    against = [claim for claim in others if _contradicts(claim, ruling.last_said)]
    return _weighed(story, ruling, against, (claim for claim, verdict in verdicts if verdict), others)


def _in_better_words(ruling: Ruling, figures: _Figures) -> Ruling:
    """The ruling, or where its figure only repeats loosely what an earlier one said exactly, one for that one.

    The earlier one must be as credible; where something else was told in between, the later is no repetition but news.
    """
    last = ruling.event
    before = [event for step in ruling.steps if step.reason == "latest" for event in step.gave_way]
    exact = [
        claim
        for claim in before
        if claim.credibility <= last.credibility
        and wholly_before(claim.date, last.date)
        and figures.vaguer(last, claim)
        and all(figures.agree(third, claim) for third in before if _between(claim, third, last))
    ]
    if not exact:
        return ruling
    event, _, _ = _decide(exact, (_LATEST, *_BY_GRADE))
    return ruling._replace(event=event, reason="vaguer", steps=(*ruling.steps, Step("vaguer", (last,))))


def _between(first: Event, event: Event, last: Event) -> bool:
    return wholly_before(first.date, event.date) and not wholly_before(last.date, event.date)


def _contradicts(claim: Event, winner: Event) -> bool:
    return claim.credibility <= _LEAST_BELIEVED and _elsewhere(claim, winner) and overlap(claim.date, winner.date)


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
