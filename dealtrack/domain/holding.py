"""Who holds what of whom: what deals say of stakes, taken together step by step.

A stake that was acquired adds to what its buyer held; one that is owned after a deal, or disclosed, sets it; one that
is only sought, or signed for and not closed, is not held. Ranges stay ranges, in ten-thousandths of a percent.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal, NamedTuple

from dealtrack.domain.date import UncertainDate, wholly_before
from dealtrack.domain.deal import Deal
from dealtrack.domain.event import Event
from dealtrack.domain.fold import Facts, fold
from dealtrack.domain.party import ACTING, Party
from dealtrack.domain.stake import HALF, SCALE, WHOLE, Stake, StakeBasis, percent_string

# Takeovers of a whole company: without a percentage they are read as over half of it.
_TAKEOVERS = ("acquisition", "take-private", "merger")
# In these two become one, of which the holders of each have a part.
_MERGERS = ("merger", "spac-merger")

THRESHOLDS: tuple[int, ...] = tuple(percent * SCALE for percent in (10, 25, 30, 50))

Sort = Literal["acquired", "owned after", "disclosed", "taken over", "sold", "bought out"]


class Share(NamedTuple):
    """A part of a company between two bounds."""

    low: int
    high: int

    def plus(self, other: "Share") -> "Share":
        """Both together, of one company: never more than all of it."""
        return Share(min(self.low + other.low, WHOLE), min(self.high + other.high, WHOLE))

    def less(self, other: "Share") -> "Share":
        """What is left: never less than nothing."""
        return Share(max(self.low - other.high, 0), max(self.high - other.low, 0))

    @property
    def said(self) -> str:
        """The part in words: `30%`, `0-50%`."""
        return _said(self)

    def meets(self, other: "Share") -> bool:
        """Whether both can be right."""
        return self.low <= other.high and other.low <= self.high


NOTHING, ALL, OVER_HALF = Share(0, 0), Share(WHOLE, WHOLE), Share(HALF, WHOLE)
_ANY = Share(0, WHOLE)


class Holder(NamedTuple):
    """A company, or several whose parts are not told apart: slugs and names."""

    slug: str
    name: str


class Claims(NamedTuple):
    """What a deal says of stakes: the deciding event of each basis, and the holdings that were disclosed on the way."""

    sought: Event | None
    acquired: Event | None
    owned_after: Event | None
    disclosed: tuple[Event, ...] = ()

    @property
    def any(self) -> Event | None:
        """One of them, where there is one: what tells most first."""
        return next(iter((*filter(None, (self.owned_after, self.acquired, self.sought)), *self.disclosed)), None)


class Step(NamedTuple):
    """What one deal did to what a holder has of a target."""

    target: Holder
    holder: Holder
    date: UncertainDate
    deal: Deal
    sort: Sort
    share: Share | None
    before: Share
    after: Share
    event: Event | None = None


class Doubt(NamedTuple):
    """What cannot be right together, or has to be read with care."""

    target: Holder
    deal: Deal
    sentence: str


class Crossing(NamedTuple):
    """A threshold that a step took a holder over (or under), surely or perhaps."""

    threshold: int
    upward: bool
    certain: bool


# --- what deals say -------------------------------------------------------------------------------


def claims_of(deal: Deal) -> Claims:
    """What the deal's events say of stakes, the deciding one of each basis by the rules of the fold."""
    stated = [event for event in deal.events if event.stake and event.credibility < 5]
    disclosed = tuple(event for event in stated if event.milestone == "stake-disclosed" and not _only_sought(event))
    others = [event for event in stated if event not in disclosed]

    def deciding(basis: StakeBasis) -> Event | None:
        ruling = fold([event for event in others if event.stake and event.stake.basis == basis]).stake
        return ruling.event if ruling else None

    return Claims(deciding("sought"), deciding("acquired"), deciding("owned-after"), disclosed)


def _only_sought(event: Event) -> bool:
    return event.stake is not None and event.stake.basis == "sought"


def holder_of(deal: Deal) -> Holder | None:
    """Who acts; several are one holder, because it is not said whose which part is."""
    return _together(party for party in deal.parties if party.role in ACTING)


def target_of(deal: Deal) -> Holder | None:
    """Whose shares they are; None of several targets, or none."""
    targets = [party for party in deal.parties if party.role == "target"]
    return _together(targets) if len(targets) == 1 else None


def _together(parties: Iterable[Party]) -> Holder | None:
    named = {party.company: party.name for party in parties}
    return Holder("; ".join(named), " + ".join(named.values())) if named else None


def bounds(share: Stake) -> Share:
    """The bounds of a stake; one that is not told in figures can be anything."""
    return Share(share.low or 0, WHOLE if share.high is None else share.high)


# --- step by step ---------------------------------------------------------------------------------


class _Move(NamedTuple):
    """What a deal says before it is known what was held: when, how, and how much."""

    deal: Deal
    date: UncertainDate
    sort: Sort
    adds: Share | None
    sets: Share | None
    event: Event | None

    def after(self, before: Share) -> Share:
        """What its buyer holds then; who takes a company over has no less than before."""
        if self.sort == "taken over" and self.sets:
            return Share(max(before.low, self.sets.low), self.sets.high)
        return self.sets or (before.plus(self.adds) if self.adds else before)


class Register:
    """Who holds what of each target, after all the deals that were entered."""

    def __init__(self, deals: Iterable[Deal]) -> None:
        self.held: dict[Holder, dict[Holder, Step]] = {}
        self.steps: dict[Holder, list[Step]] = {}
        self.doubts: list[Doubt] = []
        moves = [move for deal in deals for move in _moves(deal)]
        for move in sorted(moves, key=_when):
            self._enter(move)

    def of(self, target: Holder) -> dict[Holder, Share]:
        """What each holder has of the target; those who have nothing any more are left out."""
        held = {holder: step.after for holder, step in self.held.get(target, {}).items()}
        return {holder: share for holder, share in held.items() if share.high > 0}

    def total(self, target: Holder) -> tuple[int, int]:
        """What all holders on record have together, at the least and at the most; over 100% cannot be."""
        shares = self.of(target).values()
        return sum(share.low for share in shares), sum(share.high for share in shares)

    def _enter(self, move: _Move) -> None:
        holder, target = holder_of(move.deal), target_of(move.deal)
        if holder is None or target is None:
            return
        known = self.held.get(target, {}).get(holder)
        before = known.after if known else NOTHING
        after = move.after(before)
        doubts = _contradictions(move, before if known else None)
        self.doubts += [Doubt(target, move.deal, sentence) for sentence in doubts]
        share = move.adds or (move.sets if move.sort == "taken over" else None)
        self._note(Step(target, holder, move.date, move.deal, move.sort, share, before, after, move.event))
        if share:
            self._sell(move, target, share)
        if after == ALL or (is_takeover(move.deal) and after.low >= HALF):
            self._buy_out(move, target, holder, WHOLE - after.low)

    def _note(self, step: Step) -> None:
        self.steps.setdefault(step.target, []).append(step)
        self.held.setdefault(step.target, {})[step.holder] = step

    def _sell(self, move: _Move, target: Holder, sold: Share) -> None:
        """What a single named seller held gets less."""
        seller = _together(party for party in move.deal.parties if party.role == "seller")
        held = self.held.get(target, {}).get(seller) if seller else None
        if seller is None or held is None or held.after == NOTHING:
            return
        if held.after.high < sold.low:
            words = f"{seller.name} sells {_said(sold)} of {_said(held.after)} that it held on record"
            self.doubts.append(Doubt(target, move.deal, words))
        self._note(
            Step(target, seller, move.date, move.deal, "sold", sold, held.after, held.after.less(sold), move.event)
        )

    def _buy_out(self, move: _Move, target: Holder, owner: Holder, rest: int) -> None:
        """Who takes a company over leaves the others no more than the rest."""
        for holder, share in self.of(target).items():
            if holder != owner and share.high > rest:
                left = Share(share.low if share.low <= rest else 0, rest)
                self._note(Step(target, holder, move.date, move.deal, "bought out", None, share, left, move.event))


def _contradictions(move: _Move, before: Share | None) -> Iterator[str]:
    """Why what was held (None: nobody knows), what was acquired and what is owned after cannot all be right."""
    adds, sets, held = move.adds, move.sets, before or NOTHING
    if adds and not sets and held.low + adds.low > WHOLE:
        yield f"it adds {_said(adds)} to {_said(held)} that its buyer held: over 100%"
    elif adds and sets and sets.high < adds.low:
        yield f"{_said(sets)} is owned after {_said(adds)} was acquired"
    elif adds and sets and before and not before.plus(adds).meets(sets):
        yield f"{_said(held)} held and {_said(adds)} acquired do not make the {_said(sets)} owned after"
    elif move.sort == "disclosed" and sets and before and not before.meets(sets):
        yield f"{_said(sets)} is disclosed where {_said(before)} is on record"


def _when(move: _Move) -> tuple[date, date, int]:
    return move.date.latest or date.max, move.date.earliest or date.min, move.deal.id


def _moves(deal: Deal) -> Iterator[_Move]:
    """What the deal did to its buyer's stake: once it closed, and each time a holding was disclosed."""
    claims, facts = claims_of(deal), deal.facts
    for event in claims.disclosed:
        if event.stake:
            yield _Move(deal, event.date, "disclosed", None, bounds(event.stake), event)
    if facts.completed is not None:
        yield from _closed(deal, claims, facts, facts.completed)


def _closed(deal: Deal, claims: Claims, facts: Facts, closed: UncertainDate) -> Iterator[_Move]:
    owned = None if is_of_another(deal, claims) else claims.owned_after
    decided = owned or claims.acquired
    if decided:
        when = decided.date if wholly_before(closed, decided.date) and decided is owned else closed
        adds = bounds(claims.acquired.stake) if claims.acquired and claims.acquired.stake else None
        sets = bounds(owned.stake) if owned and owned.stake else None
        yield _Move(deal, when, "owned after" if owned else "acquired", adds, sets, decided)
    elif is_takeover(deal) and not claims.disclosed:
        yield _Move(deal, closed, "taken over", None, OVER_HALF, facts.status.event if facts.status else None)


def is_takeover(deal: Deal) -> bool:
    """Whether it is of a whole company, by its form."""
    return deal.kind == "acquisition" and deal.form in _TAKEOVERS


def is_of_another(deal: Deal, claims: Claims) -> bool:
    """Whether what is owned after a deal cannot be its buyer's part of the target, but is of another company.

    A part, after a merger, is of the company that comes of it: most often what the holders of the target have of that.
    After a takeover no majority is; it is what the sellers get of the buyer. Of two buyers each may own half.
    """
    owned = claims.owned_after.stake if claims.owned_after else None
    if owned is None or deal.kind != "acquisition":
        return False
    if deal.form in _MERGERS and bounds(owned) not in (ALL, _ANY):
        return True
    alone = len({party.company for party in deal.parties if party.role in ACTING}) == 1
    return alone and is_takeover(deal) and bounds(owned).high <= HALF


# --- thresholds -----------------------------------------------------------------------------------


def crossings(step: Step) -> Iterator[Crossing]:
    """The thresholds that the step took its holder over or under."""
    for threshold in THRESHOLDS:
        was, could = step.before.low >= threshold, _may_reach(step.before, threshold)
        now, can = step.after.low >= threshold, _may_reach(step.after, threshold)
        if (now and not was) or (can and not could):
            yield Crossing(threshold, upward=True, certain=now and not could)
        elif (was and not now) or (could and not can):
            yield Crossing(threshold, upward=False, certain=was and not can)


def _may_reach(share: Share, threshold: int) -> bool:
    """A range that ends at the threshold is taken to end below it: "minority" is under half."""
    return share.high > threshold or share.low >= threshold


def _said(share: Share) -> str:
    low, high = percent_string(share.low), percent_string(share.high)
    return f"{low}%" if low == high else f"{low}-{high}%"
