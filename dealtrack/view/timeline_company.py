"""One company along time: its deals as lanes, from first seen to the end."""

from collections.abc import Iterable, Sequence
from datetime import date

from dealtrack.domain.date import UncertainDate
from dealtrack.domain.deal import Deal
from dealtrack.domain.event import Event
from dealtrack.domain.figures import Tally
from dealtrack.domain.status import PHASE_OF
from dealtrack.text.counts import counted
from dealtrack.text.dates import say_date
from dealtrack.view import spans
from dealtrack.view.axis import Axis, Strip, axis_over
from dealtrack.view.cells import money_cell, status_cell, total_words
from dealtrack.view.lines import BLANK, Block, Line, Lines, Piece, beside, flow, indented, paragraph, width_of
from dealtrack.view.safe import safe
from dealtrack.view.screen import Screen
from dealtrack.view.theme import (
    AWAITED,
    DOT,
    DOUBT,
    EXPECTED,
    HEADING,
    LASTING,
    LATER,
    QUIET,
    SPAN,
    TODAY,
    legend,
    mark_of,
    style_of,
)

_WIDEST = 160
_GAP = 2
# From this width on a dispute is spelled out.
_ROOMY = 110
# The columns that fall away, in this order, until the plot is at least so wide.
_DROPPED = ("since", "role", "status", "value")
_ROOMY_PLOT, _LEAST_PLOT = 40, 20
_LONGEST_NAME = 34
_COLUMNS = ("since", "role", "others", "plot", "value", "status")
# More lanes than this and the axis is repeated below them.
_LONG = 12


def company_timeline(company_name: str, deals: Sequence[Deal], tally: Tally, screen: Screen, today: date) -> Lines:
    """The company's deals one below the other by the date they were first seen."""
    ordered = sorted(deals, key=_since)
    page = _Page(company_name, ordered, min(screen.width, _WIDEST), today)
    lines = [
        *paragraph(company_name, page.width, HEADING),
        *paragraph(f"{counted(tally.deals, 'deal')} {DOT} {total_words(tally)}", page.width),
        BLANK,
        *page.head(),
    ]
    for deal in ordered:
        lines += page.lane(deal)
    if len(ordered) > _LONG:
        lines += page.head(below=True)
    lines += [BLANK, *flow(page.key(), page.width, gap="  ")]
    return Lines.of(screen, lines)


def _since(deal: Deal) -> tuple[date, date, int]:
    seen = deal.facts.first_seen
    if seen is None:
        return date.max, date.max, deal.id
    return seen.earliest or seen.latest or date.min, seen.latest or date.max, deal.id


class _Page:
    """The columns of a company's timeline: since, role, others, plot, value, status."""

    def __init__(self, name: str, deals: Sequence[Deal], width: int, today: date) -> None:
        self.name, self.deals, self.width, self.today = name, deals, width, today
        self.widths = self._widths()
        plot = width - sum(own + _GAP for column, own in self.widths.items() if column != "plot" and own)
        self.widths["plot"] = max(plot, 10)
        self.axis = axis_over(_days(deals, today), self.widths["plot"], today)

    def _widths(self) -> dict[str, int]:
        """What each column needs; those that say least fall away until the plot has room."""
        cells = [self._cells(deal) for deal in self.deals]
        needed = {column: max((width_of(row[column]) for row in cells), default=0) for column in _COLUMNS}
        needed["others"] = min(needed["others"], max(self.width // 4, 12), _LONGEST_NAME)
        for column in _DROPPED:
            taken = sum(own + _GAP for own in needed.values() if own)
            if self.width - taken >= (_ROOMY_PLOT if column == "since" else _LEAST_PLOT):
                break
            needed[column] = 0
        return needed

    def _cells(self, deal: Deal) -> dict[str, Line]:
        seen = deal.facts.first_seen
        return {
            "since": [(say_date(seen) if seen else "", QUIET)],
            "role": [(deal.role_of(self.name), QUIET)],
            "others": [(safe(deal.others(self.name)), "")],
            "plot": BLANK,
            "value": money_cell(deal.facts.value.event.value) if deal.facts.value else BLANK,
            "status": _status(deal, short=self.width < _ROOMY),
        }

    def head(self, *, below: bool = False) -> list[Line]:
        """The axis above or below the lanes."""
        left = sum(self.widths[column] + _GAP for column in ("since", "role", "others") if self.widths[column])
        return indented(self.axis.foot() if below else self.axis.head(), left)

    def lane(self, deal: Deal) -> list[Line]:
        """One deal."""
        blocks = []
        for column, cell in self._cells(deal).items():
            width = self.widths[column]
            if column == "others":
                blocks.append(Block(flow(_wordwise(cell), width), width))
            elif column == "plot":
                blocks.append(Block([_strip(deal, self.axis, self.today)], width, below=Strip(self.axis).line()))
            elif width:
                blocks.append(Block([cell], width))
        return beside(blocks, _GAP)

    def key(self) -> list[Piece]:
        """What the marks stand for."""
        pieces = legend(event.status for deal in self.deals for event in deal.events if event.status)
        if any(deal.facts.expected for deal in self.deals):
            pieces.append((f"{AWAITED}{EXPECTED} expected", ""))
        pieces += [(f"{SPAN * 3} some day in this span", QUIET), (f"{LASTING * 2}{LATER} still open", QUIET)]
        if any(deal.facts.status and deal.facts.status.disputed for deal in self.deals) and self.width < _ROOMY:
            pieces.append(("(!) disputed", DOUBT))
        return [*pieces, (f"{TODAY} today", QUIET)] if self.axis.holds(self.today) else pieces


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
    days: list[date] = []
    for deal in deals:
        facts = deal.facts
        whens = [facts.first_seen, facts.expected, *(step.date for step in deal.steps)]
        days += [day for when in whens if when for day in (when.earliest, when.latest) if day]
        if facts.phase == "open":
            days.append(today)
    return days or [today]


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
