"""What became of deals: how many closed of those that ended, how the others died and why, and which came back."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from dealtrack.domain.contents import Basis, Cell, Chart, Column, Interval, Part, Prose, Reference, Report, Table
from dealtrack.domain.course import difference
from dealtrack.domain.date import UncertainDate
from dealtrack.domain.deal import Deal
from dealtrack.domain.fold import Facts
from dealtrack.domain.outcome import Rate, obstacles, pairs, path, rate, revived, stage
from dealtrack.domain.status import Status
from dealtrack.report.basis import NO_RATES, NO_VALUES, Rules
from dealtrack.report.facts import addresses, page
from dealtrack.report.groups import BY, grouped, named, share_of
from dealtrack.report.rivals import rivals

RULES = Rules(
    dates="none matter but the order of events",
    values=NO_VALUES,
    rates=NO_RATES,
    rule="every deal that matches; open and quiet ones are no failures, and are told apart",
)


class _Told(NamedTuple):
    """A deal with its facts and the states it went through."""

    deal: Deal
    facts: Facts
    path: tuple[Status, ...]

    @property
    def status(self) -> Status | None:
        """How it stands."""
        return self.facts.status.event.status if self.facts.status else None


def outcomes_report(deals: Iterable[Deal], basis: Basis) -> Report:
    """Completion rates by kind, form, sector, first state and regulator; ways of dying; what came back."""
    told = [_Told(deal, deal.facts, path(deal)) for deal in deals]
    parts: tuple[Part, ...] = (
        *(_rates(told, key, title, names) for key, title, names in _GROUPS),
        Chart("rates", "Completed of those that ended, by kind", "bars", "by_kind", "kind", ("rate",)),
        _ways(told),
        _paths(told),
        _endings(told),
        _again(told),
        rivals([(entry.deal, entry.facts) for entry in told]),
        _assumed(told),
        _RULES,
    )
    return Report("outcomes", "What became of deals", basis, parts, addresses((entry.deal for entry in told), parts))


# --- rates ----------------------------------------------------------------------------------------


def _regulators(told: _Told) -> tuple[str, ...]:
    return tuple(party.name for party in told.deal.parties if party.role == "regulator")


_GROUPS: tuple[tuple[str, str, Callable[[_Told], tuple[str, ...]]], ...] = (
    *((key, title, lambda told, names=names: names(told.deal)) for key, title, names in BY),
    ("first_state", "By how it was first heard of", lambda told: told.path[:1] or ("no state",)),
    ("regulator", "By regulator (where one is named)", _regulators),
)


def _rates(told: Sequence[_Told], key: str, title: str, names: Callable[[_Told], tuple[str, ...]]) -> Table:
    columns = (
        Column(key, key.replace("_", " ").capitalize()),
        Column("deals", "Deals", "count"),
        Column("completed", "Completed", "count"),
        Column("died", "Died", "count"),
        Column("open", "Open", "count", spare=2),
        Column("dormant", "Gone quiet", "count", spare=2),
        Column("rate", "Completed of ended", "percent"),
        Column("range", "Whatever comes", "percent", spare=1),
    )
    rows = tuple((name, *_rate_cells(_rate(group))) for name, group in grouped(told, names))
    foot = ("all", *_rate_cells(_rate(told))) if key == "kind" else None
    return Table(f"by_{key}", title, columns, rows, foot=foot)


def _rate(told: Iterable[_Told]) -> Rate:
    return rate(entry.facts.phase for entry in told)


def _rate_cells(found: Rate) -> tuple[Cell, ...]:
    worst, best = (share_of(part, found.deals) for part in (found.completed, found.deals - found.died))
    return (
        found.deals, found.completed, found.died, found.open, found.dormant,
        share_of(found.completed, found.completed + found.died),
        Interval(worst.low, best.high) if worst and best else None,
    )  # fmt: skip


# --- how deals died -------------------------------------------------------------------------------


def _dead(told: Iterable[_Told]) -> list[_Told]:
    return [entry for entry in told if entry.facts.phase == "dead"]


def _ways(told: Sequence[_Told]) -> Table:
    """In which way, how far on, and after which trouble."""
    columns = (
        Column("status", "Ended as"),
        Column("stage", "Got as far as"),
        Column("deals", "Deals", "count"),
        Column("obstacles", "After", "words"),
    )
    ways = grouped(_dead(told), lambda entry: (entry.status or "",))
    rows = tuple(
        (status, reached, len(group), _trouble(group))
        for status, all_of_it in ways
        for reached, group in grouped(all_of_it, lambda entry: (stage(entry.path) or "not told",))
    )
    return Table("ways", "How deals died", columns, rows)


def _trouble(group: Iterable[_Told]) -> tuple[str, ...]:
    """What stood in the way, most often first, with in how many of the deals."""
    counted = Counter(step for entry in group for step in obstacles(entry.deal, entry.facts))
    return tuple(f"{step} {count}" for step, count in counted.most_common())


def _paths(told: Sequence[_Told]) -> Table:
    columns = (Column("path", "States gone through"), Column("deals", "Deals", "count"))
    counted = Counter(" > ".join(entry.path) or "no state" for entry in told)
    rows = sorted(counted.items(), key=lambda found: (-found[1], found[0]))
    return Table("paths", "By the states that deals went through", columns, tuple(rows))


def _endings(told: Sequence[_Told]) -> Table:
    """Each deal that died, with what is told of why."""
    columns = (
        Column("id", "ID", "count"),
        Column("deal", "Deal", "deal"),
        Column("status", "Ended as"),
        Column("ended", "Ended", "date"),
        Column("stage", "Got as far as", spare=2),
        Column("obstacles", "After", "words", spare=1),
        Column("regulators", "Regulators", "words", spare=3),
        Column("lost_to", "Lost to", "deal", spare=1),
        Column("words", "In words"),
    )
    winners = {entry.deal.slug: named(entry.deal) for entry in told if entry.facts.phase == "done"}
    dead = sorted(_dead(told), key=_when, reverse=True)
    return Table("endings", "Deals that died", columns, tuple(_ending(entry, winners) for entry in dead))


def _when(entry: _Told) -> tuple[str, str]:
    ended = entry.facts.ended
    day = (ended.earliest or ended.latest) if ended else None
    return (day.isoformat() if day else "", entry.deal.slug)


def _ending(entry: _Told, winners: dict[str, Reference]) -> tuple[Cell, ...]:
    deal, facts = entry.deal, entry.facts
    rivals = (link.other for link in deal.links if link.relation in ("competes-with", "counter-to"))
    return (
        deal.id, named(deal), entry.status, facts.ended, stage(entry.path), obstacles(deal, facts), _regulators(entry),
        next((winners[rival] for rival in rivals if rival in winners), None),
        facts.status.event.summary if facts.status else None,
    )  # fmt: skip


# --- again ----------------------------------------------------------------------------------------


def _again(told: Sequence[_Told]) -> Table:
    """Deals that were announced again after they had died."""
    columns = (
        Column("deal", "Died", "deal"),
        Column("ended", "Ended", "date"),
        Column("again", "Again as", "deal"),
        Column("since", "Since", "date"),
        Column("after", "After", "days"),
        Column("status", "Now"),
        Column("known", "Known by", spare=1),
    )
    rows = [
        *(_came_back(before, later, how) for before, later, how in _returns(told)),
        *(_came_back(entry, entry, "its own events") for entry in told if revived(entry.path)),
    ]
    notes = (
        "Later deals of one kind with the same party and target count, and those that a link says announce it again.",
    )
    return Table("again", "Announced again after dying", columns, tuple(rows), notes=notes if rows else ())


def _returns(told: Sequence[_Told]) -> Iterator[tuple[_Told, _Told, str]]:
    by_slug = {entry.deal.slug: entry for entry in told}
    between: dict[tuple[str, str], list[_Told]] = {}
    for entry in told:
        for pair in pairs(entry.deal):
            between.setdefault(pair, []).append(entry)
    for before in _dead(told):
        links = [link for link in before.deal.links if link.relation == "re-announces" and not link.outward]
        linked = [by_slug[link.other] for link in links if link.other in by_slug]
        yield from ((before, later, "a link") for later in linked)
        same = {
            later.deal.id: later
            for pair in pairs(before.deal)
            for later in between[pair]
            if later not in linked and later.deal.kind == before.deal.kind and _is_later(before, later)
        }
        yield from ((before, same[deal_id], "the same parties") for deal_id in sorted(same))


def _is_later(before: _Told, later: _Told) -> bool:
    """Whether it was first heard of after the other was, and not wholly before that ended."""
    first, again, ended = before.facts.first_seen, later.facts.first_seen, before.facts.ended
    if first is None or again is None or ended is None:
        return False
    since_first, since_end = difference(first, again).low, difference(ended, again).high
    return since_first is not None and since_first > 0 and (since_end is None or since_end >= 0)


def _came_back(before: _Told, later: _Told, how: str) -> tuple[Cell, ...]:
    ended, since = before.facts.ended, later.facts.first_seen
    if before is later:
        ended, since = _own_return(before.deal)
    return (
        named(before.deal), ended, named(later.deal), since, difference(ended, since) if ended and since else None,
        later.status, how,
    )  # fmt: skip


def _own_return(deal: Deal) -> tuple[UncertainDate | None, UncertainDate | None]:
    """When a deal had come to an end, or to rest, and when it was on again; not known where its accounts overlap."""
    for before, later in pairwise(deal.steps):
        passed = [event.status for event in (before, later) if event.status]
        if revived(passed):
            return before.date, later.date
    return None, None


# --- assumed --------------------------------------------------------------------------------------


def _assumed(told: Iterable[_Told]) -> Table:
    """Closings that were worked out, or that one doubtful page alone tells of."""
    columns = (
        Column("id", "ID", "count"),
        Column("deal", "Deal", "deal"),
        Column("completed", "Closed", "date"),
        Column("grade", "Grade", spare=1),
        Column("why", "Why", "words"),
        Column("source", "Source", "source", spare=2),
    )
    rows = tuple(row for entry in told if entry.facts.phase == "done" for row in _assumption(entry))
    return Table("assumed", "Closings that are only assumed", columns, rows)


def _assumption(entry: _Told) -> Iterator[tuple[Cell, ...]]:
    ruling = entry.facts.status
    if ruling is None:
        return
    event = ruling.event
    dated = [e for e in entry.deal.events if e.status == "completed" and e.date == entry.facts.completed]
    alone = len(ruling.origins) < 2
    reasons = (
        ("the day was worked out", all("date-inferred" in e.flags for e in dated)),
        ("no source", event.source is None),
        (f"the page is graded {event.reliability}", bool(event.source) and alone and event.reliability in "DEF"),
        (f"the statement is graded {event.credibility}", alone and event.credibility > 3),
    )
    why = tuple(reason for reason, holds in reasons if holds)
    if why:
        yield entry.deal.id, named(entry.deal), entry.facts.completed, event.grade, why, page(event)


_RULES = Prose(
    "How it is reckoned",
    (
        "Completed of ended: the deals that closed, of those that closed or died. Money raised counts as completed.",
        "Open deals and those gone quiet are no failures, and in neither.",
        "Whatever comes: the rate of all deals, were all of these to die, and were all to close.",
        "A deal first heard of when it closes cannot fail here: see the rates by how deals were first heard of.",
        "After: steps that tell of trouble and came before the end. None on record is not the same as none.",
    ),
)
