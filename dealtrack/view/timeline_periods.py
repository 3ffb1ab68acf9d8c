"""Deals along time by month, quarter or year: how many, how much of their value is known, and which."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from dealtrack.domain.date import UncertainDate
from dealtrack.domain.figures import DealRow, Period, Step, Tally, following, money_of, period_of, place_of
from dealtrack.text.counts import counted
from dealtrack.text.dates import say_date
from dealtrack.view import cells
from dealtrack.view.bars import bar, scale
from dealtrack.view.lines import BLANK, Block, Line, Lines, beside, flow, paragraph, width_of
from dealtrack.view.screen import Screen
from dealtrack.view.theme import DOT, GRID, HEADING, QUIET, legend

_WIDEST = 120
_GAP = 2
_INDENT = 2
_COVERED = "By first seen, as precisely as that is known. (n of N) counts the deals whose value is known in {}."
_LONGEST_DATE = 16
_SHORTEST_BAR = 4
_LONGEST_DEAL = 2
# Below this a status is its mark only, and a legend says which is which.
_NARROW = 72


@dataclass(slots=True)
class _Period:
    """The deals of one period, or of a year in which their period is not known; no rows where they are only counted."""

    when: UncertainDate | None
    vague: bool
    rows: list[DealRow] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)

    def add(self, row: DealRow) -> None:
        self.rows.append(row)
        self.tally.add(row["worth_low"], row["worth_high"])


def period_timeline(rows: Iterable[DealRow], step: Step, screen: Screen, currency: str = "USD") -> Lines:
    """The deals grouped by the period in which they were first seen, the oldest first."""
    periods: dict[Period, _Period] = {}
    for row in rows:
        period = period_of(row["first_seen"], step)
        periods.setdefault(period, _Period(*period, tally=Tally(currency=currency))).add(row)
    return _timeline(periods, step, screen, currency)


def counted_timeline(
    tallies: Iterable[tuple[str | None, Tally]], step: Step, screen: Screen, currency: str = "USD"
) -> Lines:
    """The same of deals that are too many to be listed."""
    periods: dict[Period, _Period] = {}
    for when, tally in tallies:
        period = period_of(when, step)
        periods.setdefault(period, _Period(*period, tally=Tally(currency=currency))).tally.merge(tally)
    return _timeline(periods, step, screen, currency)


def _timeline(periods: Mapping[Period, _Period], step: Step, screen: Screen, currency: str) -> Lines:
    total = Tally(currency=currency)
    for period in periods.values():
        total.merge(period.tally)
    page = _Page([periods[at] for at in sorted(periods, key=place_of)], step, min(screen.width, _WIDEST))
    return Lines.of(screen, [*page.body(), *page.foot(total)])


class _Page:
    """The periods with bars to one scale, and the columns that their deals share."""

    def __init__(self, periods: list[_Period], step: Step, width: int) -> None:
        self.periods, self.step, self.width = periods, step, width
        rows = [row for period in periods for row in period.rows]
        self.date_width = min(max((len(cells.date_words(r["first_seen"])) for r in rows), default=0), _LONGEST_DATE)
        self.value_width = max((width_of(cells.money_cell(money_of(row))) for row in rows), default=0)
        self.short = width < _NARROW
        self.status_width = max((width_of(self._status(row)) for row in rows), default=0)
        columns = (self.date_width, self.value_width, self.status_width)
        self.deal_width = max(width - _INDENT - sum(columns) - _GAP * 3, 12)
        self.most = max((period.tally.deals for period in periods), default=0)
        self.highest = scale([period.tally.high or period.tally.low for period in periods])
        self.title_width = max((len(_title(period, step)) for period in periods), default=0)
        self.count_width = max((len(_count(period.tally)) + 1 for period in periods), default=0)
        worth = max((len(_worth(period.tally)) + 1 for period in periods if period.tally.valued), default=0)
        room = (width - self.title_width - self.count_width - worth - 2 * _GAP) // 2
        self.bar_width = room if room >= _SHORTEST_BAR else 0
        # One deal is no longer than this, however few there are.
        self.most = max(self.most, self.bar_width // _LONGEST_DEAL)

    def body(self) -> Iterator[Line]:
        """Every period under its heading, and a word where nothing lies between two."""
        before: _Period | None = None
        vague_years = {p.when.edtf for p in self.periods if p.when and p.vague}
        for period in self.periods:
            if not period.vague:
                if before:
                    yield from _gap(before, period, self.step, vague_years)
                before = period
            yield from self.heading(period)
            for row in sorted(period.rows, key=_order):
                yield from self.deal(row)
            if period.rows:
                yield BLANK

    def heading(self, period: _Period) -> Iterator[Line]:
        """The period with how many deals it has and what is known of their value."""
        tally = period.tally
        title, room = (_title(period, self.step), HEADING), self.bar_width
        if not room:
            yield from flow(
                [title, (_count(tally), ""), (_worth(tally), "" if tally.valued else QUIET)], self.width, "  "
            )
            return
        count: Line = [*bar(tally.deals, tally.deals, self.most, room), (f" {_count(tally)}", "")]
        value: Line = [*bar(tally.low, tally.high, self.highest, room), (f" {_worth(tally)}", "")]
        if not tally.valued:
            value = [(_worth(tally), QUIET)]
        yield from beside(
            [Block([[title]], self.title_width), Block([count], room + self.count_width), Block([value], 0)]
        )

    def deal(self, row: DealRow) -> list[Line]:
        """One deal: when, who, how much, how it stands."""
        blocks = [
            Block(paragraph(cells.date_words(row["first_seen"]), self.date_width, QUIET), self.date_width),
            Block(paragraph(cells.headline_of(row), self.deal_width), self.deal_width),
            Block([cells.money_cell(money_of(row))], self.value_width),
            Block([self._status(row)], self.status_width),
        ]
        return [[(" " * _INDENT, ""), *line] for line in beside(blocks, _GAP)]

    def _status(self, row: DealRow) -> Line:
        return cells.status_of(row)[: 1 if self.short else None]

    def foot(self, total: Tally) -> list[Line]:
        """What all of it comes to, and what that leaves out."""
        lines: list[Line] = [[(f"{counted(total.deals, 'deal')} {DOT} {cells.total_words(total)}", HEADING)]]
        missing = total.deals - total.valued
        words = _COVERED.format("US dollars" if total.currency == "USD" else total.currency)
        if missing:
            words += f" The other {missing:,} {'is' if missing == 1 else 'are'} in no total: unknown is not zero."
        lines += paragraph(words, self.width, QUIET)
        used = {row["status"] for period in self.periods for row in period.rows}
        return lines + flow(legend(used), self.width, gap="  ") if self.short else lines


def _count(tally: Tally) -> str:
    return counted(tally.deals, "deal")


def _worth(tally: Tally) -> str:
    """What is known of the value, and of how many deals."""
    return f"{cells.total_short(tally) or 'no value disclosed'} ({tally.valued:,} of {tally.deals:,})"


def _order(row: DealRow) -> tuple[str, str, int]:
    return row["first_seen_earliest"] or "", row["first_seen_latest"] or "9999", row["id"]


def _title(period: _Period, step: Step) -> str:
    if period.when is None:
        return "year not known"
    said = say_date(period.when)
    return f"{said}, {step} not known" if period.vague else said


def _gap(before: _Period, after: _Period, step: Step, vague_years: set[str]) -> Iterator[Line]:
    """A line for the periods in which nothing is placed."""
    if before.when is None or after.when is None:
        return
    missing: list[UncertainDate] = []
    at = following(before.when, step)
    while at.edtf < after.when.edtf:
        missing.append(at)
        at = following(at, step)
    if missing:
        first, last = say_date(missing[0]), say_date(missing[-1])
        stretch = first if len(missing) == 1 else f"{first} to {last}"
        none = "none dated in" if vague_years & {when.edtf[:4] for when in missing} else "no deals in"
        yield [(f"{GRID} {none} {stretch}", QUIET)]
        yield BLANK
