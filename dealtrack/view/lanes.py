"""Deals as lanes below one axis: each from where it was first seen to its end, with what there is to say of it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from dealtrack.domain.date import UncertainDate
from dealtrack.domain.deal import Deal
from dealtrack.domain.event import Event
from dealtrack.domain.status import PHASE_OF
from dealtrack.text.dates import say_date
from dealtrack.view import spans
from dealtrack.view.axis import Axis, Strip, axis_over
from dealtrack.view.cells import money_cell, stake_cell, status_cell
from dealtrack.view.lines import BLANK, Block, Line, Piece, beside, flow, indented, width_of
from dealtrack.view.safe import safe
from dealtrack.view.theme import (
    AWAITED,
    DOUBT,
    EXPECTED,
    LASTING,
    LATER,
    MARKS,
    QUIET,
    SPAN,
    TODAY,
    legend,
    mark_of,
    style_of,
)

WIDEST = 200
_GAP = 2
# From this width on a dispute is spelled out.
_ROOMY = 110
# The columns that fall away, in this order, until the plot is at least so wide.
DROPPED = ("since", "word", "status", "stake", "value")
_ROOMY_PLOT, _LEAST_PLOT = 40, 20
_COLUMNS = ("since", "word", "name", "plot", "value", "stake", "status")
# Those that a heading names; what the others are can be seen.
_NAMED = ("since", "value", "stake", "status")
# What part of the whole stretch stands before the first date if that has no earliest day.
_BEFORE_OPEN = 10
# More lanes than this and the axis is repeated below them.
_LONG = 12


class Lane(NamedTuple):
    """One deal, by the name that it has here, after a word on it."""

    word: str
    name: str
    deal: Deal


class Lanes:
    """The columns that the lanes share: since, word, name, plot, value, stake where it is asked for, status."""

    def __init__(
        self, lanes: Sequence[Lane], width: int, today: date, *, stakes: bool = False, dropped: Sequence[str] = DROPPED
    ) -> None:
        self.dropped = dropped
        self.lanes, self.width, self.today, self.stakes = lanes, min(width, WIDEST), today, stakes
        self.deals = [lane.deal for lane in lanes]
        self.widths = self._widths()
        plot = self.width - sum(own + _GAP for column, own in self.widths.items() if column != "plot" and own)
        self.widths["plot"] = max(plot, 10)
        self.axis = axis_over(_days(self.deals, today), self.widths["plot"], today)

    def _widths(self) -> dict[str, int]:
        """What each column needs; those that say least fall away until the plot has room."""
        cells = [self._cells(lane) for lane in self.lanes]
        needed = {column: max((width_of(row[column]) for row in cells), default=0) for column in _COLUMNS}
        for column in _NAMED:
            needed[column] = max(needed[column], len(column)) if needed[column] else 0
        needed["name"] = min(needed["name"], max(self.width // 4, 12))
        for column in self.dropped:
            taken = sum(own + _GAP for own in needed.values() if own)
            if self.width - taken >= (_ROOMY_PLOT if column == "since" else _LEAST_PLOT):
                break
            needed[column] = 0
        return needed

    def _cells(self, lane: Lane) -> dict[str, Line]:
        deal = lane.deal
        seen = deal.facts.first_seen
        return {
            "since": [(say_date(seen) if seen else "", QUIET)],
            "word": [(safe(lane.word), QUIET)],
            "name": [(safe(lane.name), "")],
            "plot": BLANK,
            "value": money_cell(deal.facts.value.event.value) if deal.facts.value else BLANK,
            "stake": stake_cell(deal.facts.stake.event.stake) if self.stakes and deal.facts.stake else BLANK,
            "status": _status(deal, short=self.width < _ROOMY),
        }

    def head(self, *, below: bool = False) -> list[Line]:
        """The axis above or below the lanes; above, the columns beside it are named."""
        left = sum(self.widths[column] + _GAP for column in ("since", "word", "name") if self.widths[column])
        if below:
            return indented(self.axis.foot(), left)
        *names, rule = self.axis.head()
        named = {column: [(column.upper(), QUIET)] for column in _NAMED} | {"plot": rule}
        shown = [(column, width) for column, width in self.widths.items() if width]
        return [
            *indented(names, left),
            *beside([Block([named.get(column, BLANK)], width) for column, width in shown], _GAP),
        ]

    def lines(self) -> list[Line]:
        """The axis, the lanes, below many of them the axis again, and what the marks stand for."""
        drawn = [self.lane(lane) for lane in self.lanes]
        lines = self.head() + [line for lane in drawn for line in lane]
        if len(self.lanes) > _LONG:
            lines += self.head(below=True)
        return [*lines, BLANK, *flow(self.key(tall=any(len(lane) > 1 for lane in drawn)), self.width, gap="  ")]

    def lane(self, lane: Lane) -> list[Line]:
        """One deal."""
        deal, blocks = lane.deal, []
        for column, cell in self._cells(lane).items():
            width = self.widths[column]
            if column == "name":
                blocks.append(Block(flow(_wordwise(cell), width), width))
            elif column == "plot":
                blocks.append(Block([_strip(deal, self.axis, self.today)], width, below=Strip(self.axis).line()))
            elif width:
                blocks.append(Block([cell], width))
        return beside(blocks, _GAP)

    def key(self, *, tall: bool) -> list[Piece]:
        """What the marks on these lanes stand for: those that are to be seen, as one may lie upon another.

        Beside the second line of a `tall` lane stands what runs down the page.
        """
        seen = {sign for deal in self.deals for signs, _ in _strip(deal, self.axis, self.today) for sign in signs}
        if tall:
            seen.update(self.axis.grid().values())
        pieces = legend(status for status, mark in MARKS.items() if mark in seen)
        if EXPECTED in seen:
            pieces.append((f"{AWAITED}{EXPECTED} expected", ""))
        if SPAN in seen:
            pieces.append((f"{SPAN * 3} some day in this span", QUIET))
        if any(deal.facts.phase == "open" for deal in self.deals) and LATER in seen:
            pieces.append((f"{LASTING * 2}{LATER} still open", QUIET))
        if any(deal.facts.status and deal.facts.status.disputed for deal in self.deals) and self.width < _ROOMY:
            pieces.append(("(!) disputed", DOUBT))
        return [*pieces, (f"{TODAY} today", QUIET)] if TODAY in seen else pieces


def _status(deal: Deal, *, short: bool) -> Line:
    ruling = deal.facts.status
    if ruling is None:
        return BLANK
    cell = status_cell(ruling.event.status, disputed=ruling.disputed and not short)
    return [*cell, (" (!)", DOUBT)] if ruling.disputed and short else cell


def _wordwise(line: Line) -> Iterable[Piece]:
    return ((word, style) for words, style in line for word in words.split())


def _days(deals: Iterable[Deal], today: date) -> list[date]:
    """The days that the axis must hold."""
    days, open_days = list[date](), list[date]()
    for deal in deals:
        facts = deal.facts
        whens = [when for when in (facts.first_seen, facts.expected, *(step.date for step in deal.steps)) if when]
        days += [day for when in whens for day in (when.earliest, when.latest) if day]
        open_days += [day for when in whens if (day := when.latest) and when.earliest is None]
        if facts.phase == "open":
            days.append(today)
    if not days:
        return [today]
    # Before a date that may lie long before it there is room to show that.
    some = (max(days) - min(days)) // _BEFORE_OPEN
    return days + [day - some for day in open_days]


def _strip(deal: Deal, axis: Axis, today: date) -> Line:
    """The life of one deal: a line while it is open, shaded where a date is uncertain, a mark at each step."""
    strip, steps = Strip(axis), deal.steps
    seen = deal.facts.first_seen
    if seen is None:
        return strip.line()
    _lasting(strip, deal, steps, seen, today)
    uncertain = [step for step in steps if step.date.earliest != step.date.latest]
    for step in uncertain:
        if step.status:
            spans.shade(strip, step.date, style_of(step.status))
    if not steps:
        spans.shade(strip, seen, QUIET)
    for step in steps:
        if step.status:
            mark, style = mark_of(step.status)
            strip.put(spans.middle(step.date, axis), mark, style)
    return strip.line()


def _lasting(strip: Strip, deal: Deal, steps: list[Event], seen: UncertainDate, today: date) -> None:
    """The line from where the deal was first seen to its last step, or to today and what is expected."""
    axis = strip.axis
    begin = spans.middle(seen, axis)
    last = steps[-1] if steps else None
    end = spans.middle(last.date, axis) if last else begin
    style = style_of(last.status) if last and last.status else QUIET
    strip.fill(begin, end, LASTING, style)
    if last is None or last.status is None or PHASE_OF[last.status] != "open":
        return
    now = axis.cell(today)
    strip.fill(end, now, LASTING, style)
    expected = deal.facts.expected
    if expected and (expected.latest is None or expected.latest >= today):
        at = max(spans.middle(expected, axis), min(now + 1, axis.width - 1))
        strip.fill(now, at, AWAITED, style)
        strip.put(at, EXPECTED, style)
    elif now > end:
        strip.put(now, LATER, style)
