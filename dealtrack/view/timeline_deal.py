"""One deal along time: its events, each at the days it can have happened."""

from collections.abc import Iterator, Sequence
from datetime import date

from rich.cells import cell_len

from dealtrack.domain.date import UncertainDate
from dealtrack.domain.deal import Deal
from dealtrack.domain.event import Event, by_date
from dealtrack.domain.related import Related
from dealtrack.text.dates import say_date
from dealtrack.view import spans
from dealtrack.view.axis import Strip, axis_over
from dealtrack.view.cells import money_cell, stake_cell, status_cell
from dealtrack.view.events import DOUBTED, asserted
from dealtrack.view.footnotes import Footnotes
from dealtrack.view.heading import heading
from dealtrack.view.lanes import DROPPED, WIDEST, Lane, Lanes
from dealtrack.view.lines import BLANK, Block, Line, Lines, Piece, beside, flow, padded, paragraph, width_of, words_of
from dealtrack.view.safe import safe
from dealtrack.view.screen import Screen
from dealtrack.view.theme import DOT, EXPECTED, HEADING, MILESTONE, QUIET, SPAN, TODAY, legend, mark_of

_LONGEST_DATE = 14
_GAP = 2
_GRADES = "[1] B3: where it was read, source A (best) to F, account 1 (best) to 6"


def deal_timeline(
    deal: Deal, screen: Screen, today: date, related: Sequence[Related] = (), worth: Line = BLANK
) -> Lines:  # fmt: skip
    """The deal's events from the first to the last, those that decide nothing last and dim; beside it related deals.

    `worth` is what its value comes to in the currency that was asked for, if one was.
    """
    believed, doubted = by_date(deal.events)
    notes = Footnotes([*believed, *doubted], deal.outlets)
    width = min(screen.width, WIDEST)
    page = _Page(deal, believed, width, today, notes)
    lines = [*heading(deal, width), *flow(_standing(deal), width, gap="")]
    if worth:
        lines += flow([("worth", QUIET), *((word, style) for words, style in worth for word in words.split())], width)
    lines += [BLANK, *page.head()]
    for event in believed:
        lines += page.event(event)
    lines += page.expectation()
    if doubted:
        lines += [BLANK, *paragraph(DOUBTED, width, QUIET)]
        for event in doubted:
            lines += page.event(event, dim=True)
    lines += [BLANK, *flow(page.key(), width, gap="  "), *paragraph(_GRADES, width, QUIET), BLANK]
    lines += [*flow(notes.heading(), width, gap=""), *notes.listed(width)]
    if related:
        lanes = Lanes(_beside(deal, related), width, today, dropped=[name for name in DROPPED if name != "word"])
        lines += [BLANK, [("Linked deals", HEADING)], *lanes.lines()]
    return Lines.of(screen, lines)


def _beside(deal: Deal, related: Sequence[Related]) -> list[Lane]:
    """The deal among those related to it, in the order in which they were first seen."""
    lanes = [
        Lane(other.reads, f"#{other.deal.id} {other.deal.headline or other.deal.title}", other.deal)
        for other in related
    ]
    own = Lane("this deal", deal.headline or deal.title, deal)
    return sorted([own, *lanes], key=lambda lane: lane.deal.since)


def _standing(deal: Deal) -> Iterator[Piece]:
    facts = deal.facts
    parts: list[Line] = []
    if facts.status:
        parts.append(status_cell(facts.status.event.status, disputed=facts.status.disputed))
    if facts.value and facts.value.event.value:
        parts.append(money_cell(facts.value.event.value))
    if facts.stake and facts.stake.event.stake:
        share = facts.stake.event.stake
        parts.append([*stake_cell(share), (f" {share.basis}" if share.basis else "", "")])
    parts.append([((deal.form or deal.kind).replace("-", " "), "")])
    if facts.phase == "open" and facts.last_heard:
        parts.append([(f"last heard {say_date(facts.last_heard)}", "")])
    for at, part in enumerate(part for part in parts if part):
        if at:
            yield f" {DOT} ", QUIET
        yield from part


class _Page:
    """The columns of one deal's timeline: dates, plot, words."""

    def __init__(self, deal: Deal, believed: list[Event], width: int, today: date, notes: Footnotes) -> None:
        self.deal, self.notes = deal, notes
        self.believed = believed
        dates = [say_date(event.date) for event in deal.events]
        self.date_width = min(max(map(len, dates), default=0), _LONGEST_DATE)
        room = width - self.date_width - 2 * _GAP
        plot = max(room * 2 // 5, 12)
        self.words_width = room - plot
        self.axis = axis_over(_days(deal, believed, today), plot, today)

    def head(self) -> list[Line]:
        """The axis above the plot."""
        return [[(" " * (self.date_width + _GAP), ""), *line] for line in self.axis.head()]

    def event(self, event: Event, *, dim: bool = False) -> list[Line]:
        """One event: when, where on the axis, what."""
        strip = Strip(self.axis)
        mark, style = mark_of(event.status) if event.status else (MILESTONE, "")
        spans.draw(strip, event.date, mark, QUIET if dim else style)
        style = QUIET if dim else ""
        return self._row(event.date, strip, self._words(event, dim=dim), style)

    def expectation(self) -> list[Line]:
        """The closing still awaited, as an open mark."""
        expected = self.deal.facts.expected
        if expected is None:
            return []
        strip = Strip(self.axis)
        spans.draw(strip, expected, EXPECTED, "")
        teller = next((event for event in reversed(self.believed) if event.expected == expected), None)
        pieces: list[Piece] = [("expected to close", ""), *([(self.notes.mark(teller), QUIET)] if teller else [])]
        return self._row(expected, strip, flow(pieces, self.words_width), "")

    def key(self) -> list[Piece]:
        """What the marks on this page stand for."""
        pieces = legend(event.status for event in self.deal.events if event.status)
        if any(event.status is None for event in self.deal.events):
            pieces.append((f"{MILESTONE} milestone", ""))
        if self.deal.facts.expected:
            pieces.append((f"{EXPECTED} expected", ""))
        if any(event.date.earliest != event.date.latest for event in self.deal.events):
            pieces.append((f"{SPAN * 3} some day in this span", QUIET))
        if self.axis.today and self.axis.holds(self.axis.today):
            pieces.append((f"{TODAY} today", QUIET))
        return pieces

    def _row(self, when: UncertainDate, strip: Strip, words: list[Line], style: str) -> list[Line]:
        dates = paragraph(say_date(when), self.date_width, style)
        plot = Block([strip.line()], self.axis.width, below=Strip(self.axis).line())
        return beside([Block(dates, self.date_width), plot, Block(words, 0)], _GAP)

    def _words(self, event: Event, *, dim: bool) -> list[Line]:
        """What the event asserts in one line, then its summary."""
        width = self.words_width
        head = flow(_told(event, dim=dim), width, gap="  ")
        mark = f"{self.notes.mark(event)} {event.grade}"
        relayed = f" via {safe(event.source.via)}" if event.source and event.source.via else ""
        for note in (mark + relayed, mark):
            room = width - cell_len(note)
            if width_of(head[-1]) + _GAP <= room:
                head[-1] = [*padded(head[-1], room), (note, QUIET)]
                break
        else:
            head.append(padded([(mark, QUIET)], width, right=True))
        return head + flow(words_of(event.summary or "", QUIET if dim else ""), width)


def _told(event: Event, *, dim: bool) -> list[Piece]:
    """What the event asserts, in the plot's own colors or none."""
    return [(words, QUIET if dim else style) for words, style in asserted(event)]


def _days(deal: Deal, believed: list[Event], today: date) -> list[date]:
    """The days that the axis must hold: all of the story, and today while the deal is open."""
    story = [event.date for event in believed if event.milestone != "background"] or [e.date for e in believed]
    expected = deal.facts.expected
    days = [day for when in (*story, *([expected] if expected else [])) for day in (when.earliest, when.latest) if day]
    if deal.facts.phase == "open" and days and _near(min(days), max(days), today):
        days.append(today)
    return days or [today]


def _near(first: date, last: date, today: date) -> bool:
    """Whether today can join the axis without pressing the story into less than half of it."""
    return first <= today and (today - last).days <= max((last - first).days, 180)
