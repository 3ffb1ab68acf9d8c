"""Deals along time by month, quarter or year: how many, how much of their value is known, and which."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from dealtrack.domain.date import UncertainDate
from dealtrack.domain.figures import DealRow, Period, Step, Tally, following, money_of, period_of, place_of, stake_of
from dealtrack.text.counts import counted
from dealtrack.text.dates import say_date
from dealtrack.view import cells
from dealtrack.view.bars import bar, scale
from dealtrack.view.grid import SHORTEST, Field, Grid
from dealtrack.view.lines import BLANK, Block, Line, Lines, beside, flow, indented, paragraph, width_of
from dealtrack.view.safe import safe
from dealtrack.view.screen import Screen
from dealtrack.view.theme import DOT, GRID, HEADING, QUIET, legend

# Bars of more than this say no more.
_WIDEST = 120
_GAP = 2
_INDENT = 2
_COVERED = "By first seen, as precisely as that is known. (n of N) counts the deals whose value is known in {}."
_SHORTEST_BAR = 4
_LONGEST_DEAL = 2
# Below this a status is its mark only, and a legend says which is which; from there on deals tell more of themselves.
_NARROW, _ROOMY = 72, 140
# What is told of a deal, by the name of its column.
_CELLS: dict[str, Callable[[DealRow], Line]] = {
    "since": lambda row: [(cells.date_words(row["first_seen"]), QUIET)],
    "deal": lambda row: [(cells.headline_of(row), "")],
    "kind": lambda row: [(safe(row["kind"]), QUIET)],
    "sectors": lambda row: [(safe((row["sectors"] or "").replace(";", ", ")), "")],
    "stake": lambda row: cells.stake_cell(stake_of(row)),
    "value": lambda row: cells.money_cell(money_of(row)),
    "status": cells.status_of,
}
_SPARE = {"kind": 1, "stake": 2, "sectors": 3}
# Columns that are left out where they would be empty.
_IF_FILLED = {"value", *_SPARE}
_SHORTEST = {"since": 17, "deal": SHORTEST}


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
    page = _Page([periods[at] for at in sorted(periods, key=place_of)], step, screen.width)
    return Lines.of(screen, [*page.head(), *page.body(), *page.foot(total)])


class _Page:
    """The periods with bars to one scale, and the columns that their deals share."""

    def __init__(self, periods: list[_Period], step: Step, width: int) -> None:
        self.periods, self.step, self.short = periods, step, width < _NARROW
        rows = [row for period in periods for row in sorted(period.rows, key=_order)]
        names = [name for name in _CELLS if (name not in _SPARE or width >= _ROOMY) and _is_filled(name, rows)]
        self.deals = Grid(
            [_field(name, short=self.short) for name in names],
            [[_cell(row, name, short=self.short) for name in names] for row in rows],
            None,
            width - _INDENT,
        )
        self.used = {row["status"] for row in rows}
        self.width = min(width, max(self.deals.width + _INDENT, _WIDEST))
        self.most = max((period.tally.deals for period in periods), default=0)
        self.highest = scale([period.tally.high or period.tally.low for period in periods])
        self.title_width = max((len(_title(period, step)) for period in periods), default=0)
        if rows:
            self.title_width = max(self.title_width, _INDENT + self.deals.widths[0])
        self.count_width = max((len(f" {period.tally.deals:,}") for period in periods), default=0)
        worth = max((len(_worth(period.tally)) + 1 for period in periods if period.tally.valued), default=0)
        unbarred = max((len(_worth(period.tally)) for period in periods if not period.tally.valued), default=0)
        left = self.width - self.title_width - self.count_width - 2 * _GAP
        room = min((left - worth) // 2, left - unbarred)
        self.bar_width = room if room >= _SHORTEST_BAR else 0
        # One deal is no longer than this, however few there are.
        self.most = max(self.most, self.bar_width // _LONGEST_DEAL)

    def head(self) -> Iterator[Line]:
        """What the bars are of, and what is told of each deal."""
        if self.bar_width:
            yield from self._beside(*([(words, QUIET)] for words in (self.step.upper(), "DEALS", "VALUE")))
        if self.deals.rows and not self.short:
            yield from indented(self.deals.head(), _INDENT)

    def body(self) -> Iterator[Line]:
        """Every period under its heading, and a word where nothing lies between two."""
        before: _Period | None = None
        listed = 0
        vague_years = {p.when.edtf for p in self.periods if p.when and p.vague}
        for period in self.periods:
            if not period.vague:
                if before:
                    yield from _gap(before, period, self.step, vague_years)
                before = period
            yield from self.heading(period)
            for number in range(listed, listed + len(period.rows)):
                yield from indented(self.deals.row(number), _INDENT)
            if period.rows:
                yield BLANK
            listed += len(period.rows)

    def heading(self, period: _Period) -> list[Line]:
        """The period with how many deals it has and what is known of their value."""
        tally, room = period.tally, self.bar_width
        title, worth = (_title(period, self.step), HEADING), (_worth(tally), "" if tally.valued else QUIET)
        if not room:
            return flow([title, (counted(tally.deals, "deal"), ""), worth], self.width, "  ")
        value = [*bar(tally.low, tally.high, self.highest, room), (" ", "")] if tally.valued else BLANK
        return self._beside(
            [title], [*bar(tally.deals, tally.deals, self.most, room), (f" {tally.deals:,}", "")], [*value, worth]
        )

    def _beside(self, title: Line, deals: Line, value: Line) -> list[Line]:
        across = self.bar_width + self.count_width
        return beside([Block([title], self.title_width), Block([deals], across), Block([value], 0)], _GAP)

    def foot(self, total: Tally) -> list[Line]:
        """What all of it comes to, and what that leaves out."""
        lines: list[Line] = [[(f"{counted(total.deals, 'deal')} {DOT} {cells.total_words(total)}", HEADING)]]
        missing = total.deals - total.valued
        words = _COVERED.format("US dollars" if total.currency == "USD" else total.currency)
        if missing:
            words += f" The other {missing:,} {'is' if missing == 1 else 'are'} in no total: unknown is not zero."
        lines += paragraph(words, self.width, QUIET)
        return lines + flow(legend(self.used), self.width, gap="  ") if self.short else lines


def _is_filled(name: str, rows: Iterable[DealRow]) -> bool:
    return name not in _IF_FILLED or any(width_of(_CELLS[name](row)) for row in rows)


def _field(name: str, *, short: bool) -> Field:
    """A column of deals: what they are by text, and besides whatever fits whole."""
    heading = "" if short and name == "status" else name.upper()
    return Field([(heading, QUIET)], name, _SPARE.get(name, 0), shortest=_SHORTEST.get(name))


def _cell(row: DealRow, name: str, *, short: bool) -> Line:
    cell = _CELLS[name](row)
    return cell[:1] if short and name == "status" else cell


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
