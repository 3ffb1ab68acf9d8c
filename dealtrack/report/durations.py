"""How long deals take: from the first trace to signing to closing, by what they are, and what came of expectations."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from dealtrack.domain.contents import Basis, Cell, Chart, Column, Interval, Part, Prose, Report, Table
from dealtrack.domain.course import (
    Length,
    Stretch,
    curves,
    difference,
    heard_to_closing,
    heard_to_signing,
    length,
    rumor_to_signing,
    signing_to_closing,
)
from dealtrack.domain.date import UncertainDate
from dealtrack.domain.deal import Deal
from dealtrack.domain.fold import Facts
from dealtrack.domain.size import size_of
from dealtrack.domain.stake import WHOLE
from dealtrack.domain.survival import Point, standing
from dealtrack.report.basis import NO_RATES, NO_VALUES, Rules
from dealtrack.report.became import became
from dealtrack.report.groups import BY, grouped, named
from dealtrack.text.counts import counted

RULES = Rules(
    dates="from one step to the next, as ranges of days where dates are uncertain",
    values=f"{NO_VALUES}; sizes go by what is known in US dollars",
    rates=NO_RATES,
    rule="deals that began the step; those still open count until they were last heard of or looked at",
)

# What is timed, in the order of the table.
_STEPS: tuple[tuple[str, str, Callable[[Deal, Facts], Stretch | None]], ...] = (
    ("rumor", "rumor to signing", rumor_to_signing),
    ("heard", "first trace to signing", heard_to_signing),
    ("closing", "signing to closing", signing_to_closing),
    ("whole", "first trace to closing", heard_to_closing),
)
# At how many days after signing it is told how many have closed.
_MARKS = (0, 30, 60, 90, 120, 180, 270, 365, 545, 730, 1095)


class _Timed(NamedTuple):
    """A deal with its facts and how long each step took, by the step's key."""

    deal: Deal
    facts: Facts
    steps: dict[str, Stretch | None]


def durations_report(deals: Iterable[Deal], basis: Basis) -> Report:
    """How long each step took, how long by kind, form, sector and size, and the course of each deal."""
    timed = [_timed(deal) for deal in deals]
    closing = _of(timed, "closing")
    parts: tuple[Part, ...] = (
        _steps(timed),
        *(_groups(timed, key, title, names) for key, title, names in _GROUPS),
        _closed_by(closing),
        Chart("closing", "Closed, fallen through and still open after signing", "steps", "closed_by", "days", _SHARES),
        _courses(timed),
        _expectations(timed),
        became(entry.deal for entry in timed),
        _rules(timed),
    )
    return Report("durations", "How long deals take", basis, parts)


_SHARES = ("closed", "died", "open")


def _timed(deal: Deal) -> _Timed:
    facts = deal.facts
    return _Timed(deal, facts, {key: timer(deal, facts) for key, _, timer in _STEPS})


def _of(timed: Iterable[_Timed], step: str) -> list[Stretch]:
    return [stretch for entry in timed if (stretch := entry.steps[step])]


# --- by step ------------------------------------------------------------------------------------


def _steps(timed: Sequence[_Timed]) -> Table:
    columns = (
        Column("step", "Step"),
        Column("deals", "Deals", "count"),
        Column("taken", "Taken", "count"),
        Column("died", "Died", "count"),
        Column("open", "Open", "count"),
        Column("median", "Median of taken", "days", main=True),
        Column("half", "Half had, of all", "days"),
    )
    rows = tuple((title, *_length_cells(length(_of(timed, key)))) for key, title, _ in _STEPS)
    return Table("steps", "How long each step takes, in days", columns, rows)


def _length_cells(taken: Length) -> tuple[Cell, ...]:
    return taken.deals, taken.done, taken.dead, taken.going_on, taken.median, taken.half


# --- by what the deals are ------------------------------------------------------------------------


def _sizes(entry: _Timed) -> tuple[str, ...]:
    dollars = entry.facts.value.event.dollars if entry.facts.value else None
    return (size_of(dollars.low, dollars.high) if dollars else size_of(None, None),)


_GROUPS: tuple[tuple[str, str, Callable[[_Timed], tuple[str, ...]]], ...] = (
    *((key, title, lambda entry, names=names: names(entry.deal)) for key, title, names in BY),
    ("size", "By size", _sizes),
)


def _groups(timed: Sequence[_Timed], key: str, title: str, names: Callable[[_Timed], tuple[str, ...]]) -> Table:
    columns = (
        Column(key, key.capitalize()),
        Column("heard", "Heard before signing", "count", spare=3),
        Column("signed", "Then signed", "count", spare=2),
        Column("to_signing", "To signing", "days", main=True),
        Column("agreed", "Signed", "count", spare=2),
        Column("closed", "Closed", "count"),
        Column("to_closing", "To closing", "days", main=True),
        Column("half_closed", "Half closed", "days", spare=1),
    )
    rows = (_group(name, group) for name, group in grouped(timed, names))
    return Table(f"by_{key}", title, columns, tuple(row for row in rows if any(row[1:])))


def _group(name: str, timed: Sequence[_Timed]) -> tuple[Cell, ...]:
    heard, closing = length(_of(timed, "heard")), length(_of(timed, "closing"))
    return (
        name, heard.deals, heard.done, heard.median, closing.deals, closing.done, closing.median, closing.half,
    )  # fmt: skip


# --- the curve ------------------------------------------------------------------------------------


def _closed_by(closing: Sequence[Stretch]) -> Table:
    """How many of the signed deals had closed, had died, or were still open, so many days after signing."""
    soonest, latest = curves(closing)
    columns = (
        Column("days", "Days after signing", "count"),
        Column("closed", "Closed", "percent"),
        Column("died", "Died", "percent"),
        Column("open", "Still open", "percent"),
    )
    last = max((point.day for points in (soonest, latest) for point in points), default=0)
    marks = [mark for at, mark in enumerate(_MARKS) if at == 0 or _MARKS[at - 1] < last] if soonest else []
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (mark, *_shares(standing(soonest, mark), standing(latest, mark))) for mark in marks
    )
    return Table("closed_by", "What came of signed deals, after so many days (Kaplan-Meier)", columns, rows)


def _shares(one: Point, other: Point) -> tuple[Interval, ...]:
    pairs = ((point.share_done, point.share_dead, point.going_on) for point in (one, other))
    return tuple(Interval(_percent(min(pair)), _percent(max(pair))) for pair in zip(*pairs, strict=True))


def _percent(share: float) -> int:
    """To a tenth of a percent: no sample here tells more."""
    return round(share * 1000) * (WHOLE // 1000)


# --- deal by deal ---------------------------------------------------------------------------------


def _courses(timed: Iterable[_Timed]) -> Table:
    """The first trace of each deal against what was announced, and its closing."""
    columns = (
        Column("id", "ID", "count"),
        Column("deal", "Deal", "deal"),
        Column("first_seen", "First trace", "date"),
        Column("published", "First page", "date", spare=2),
        Column("agreed", "Signed", "date"),
        Column("to_signing", "To signing", "days", main=True),
        Column("completed", "Closed", "date"),
        Column("to_closing", "To closing", "days", main=True),
        Column("ended", "Ended", "date", spare=1),
    )
    told = (entry for entry in timed if entry.steps["heard"] or _taken(entry.steps["closing"]))
    rows = tuple(_course(entry) for entry in told)
    return Table("courses", "Deal by deal", columns, rows)


def _course(entry: _Timed) -> tuple[Cell, ...]:
    facts, heard, closing = entry.facts, entry.steps["heard"], entry.steps["closing"]
    return (
        entry.deal.id, named(entry.deal), facts.first_seen, _first_published(entry.deal), facts.agreed, _taken(heard),
        facts.completed, _taken(closing), facts.ended,
    )  # fmt: skip


def _taken(stretch: Stretch | None) -> Interval | None:
    return Interval(stretch.fewest, stretch.most) if stretch and stretch.done else None


def _first_published(deal: Deal) -> UncertainDate | None:
    """The day of the earliest page on the deal, as far as pages say theirs."""
    pages = [event.source.published for event in deal.events if event.source and event.source.published]
    dated = [page for page in pages if page.latest]
    return min(dated, key=lambda page: (page.latest, page.earliest or page.latest), default=None)


# --- expectations ---------------------------------------------------------------------------------


def _expectations(timed: Iterable[_Timed]) -> Table:
    columns = (
        Column("deal", "Deal", "deal"),
        Column("first", "First expected", "date"),
        Column("last", "Last expected", "date"),
        Column("slip", "Slipped by", "days", main=True),
        Column("completed", "Closed", "date"),
        Column("late", "After the first", "days"),
    )
    rows = tuple(row for entry in timed if (row := _expectation(entry)))
    notes = ("Negative days are earlier. Closings are told beside the first expectation that is on record.",)
    return Table("expectations", "How expected closings slipped", columns, rows, notes=notes if rows else ())


def _expectation(entry: _Timed) -> tuple[Cell, ...] | None:
    expected = list(_expected(entry.deal))
    if not expected:
        return None
    first, last, closed = expected[0], expected[-1], entry.facts.completed
    if first == last and closed is None:
        return None
    return (
        named(entry.deal), first, last, None if first == last else difference(first, last), closed,
        difference(first, closed) if closed else None,
    )  # fmt: skip


def _expected(deal: Deal) -> Iterator[UncertainDate]:
    """What was expected, in the order in which it was told."""
    believed = [event for event in deal.events if event.credibility < 5]
    for event in sorted(believed, key=lambda event: (event.date.latest is None, event.date.latest, event.n)):
        if event.expected:
            yield event.expected


# --- the rules ------------------------------------------------------------------------------------


def _rules(timed: Sequence[_Timed]) -> Prose:
    undated = sum(entry.facts.agreed is None and entry.facts.completed is not None for entry in timed)
    return Prose(
        "How it is reckoned",
        (
            "A step between uncertain dates took a range of days, from the fewest to the most that both dates allow.",
            "The median is of those that took the step: of their fewest days, and of their most.",
            "Half had, of all: when half of all that began the step had taken it, open and dead ones counted.",
            (
                "An open deal counts until it was last heard of or looked at, and is not asked about after "
                "(Kaplan-Meier); a dead one never takes the step (Aalen-Johansen)."
            ),
            (
                "Both are worked out with the fewest days and with the most: the range is of these two, and no margin "
                "of error. Where one of them never reaches half, the range is open."
            ),
            "Left out are steps that begin or end on a date that is open on a side, or that would run backwards.",
            f"{counted(undated, 'deal')} closed without a signing on record.",
        ),
    )
