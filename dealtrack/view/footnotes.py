"""Footnotes: each source of a deal numbered in the order its events are shown, and what the page says of it."""

from collections.abc import Iterator, Sequence

from dealtrack.domain.event import Event
from dealtrack.domain.origin import origins_of
from dealtrack.domain.publisher import Outlets
from dealtrack.domain.source import RELIABILITY_MEANING, Source
from dealtrack.text.counts import counted
from dealtrack.text.dates import say_date
from dealtrack.view.lines import Block, Line, Piece, beside, flow, padded, width_of, words_of
from dealtrack.view.safe import safe
from dealtrack.view.theme import DOT, HEADING, QUIET


class Footnotes:
    """The sources of some events, numbered from 1."""

    def __init__(self, events: Sequence[Event], outlets: Outlets) -> None:
        self._outlets = outlets
        self.sources: list[Source] = []
        self._numbers: dict[str, int] = {}
        for event in events:
            if event.source and event.source.key not in self._numbers:
                self.sources.append(event.source)
                self._numbers[event.source.key] = len(self.sources)

    def mark(self, event: Event) -> str:
        """The footnote of an event: `[2]`, or `[-]` where no source is known."""
        return f"[{self._numbers[event.source.key]}]" if event.source else "[-]"

    def listed(self, width: int, *, in_full: bool = False, whole: bool = False) -> list[Line]:
        """The sources, one below the other; in full they have their titles and addresses too.

        Where there is no edge to keep off, addresses stay `whole`.
        """
        margin = len(str(len(self.sources))) + 2
        rows = _named(self.sources, width - margin - 1)
        lines: list[Line] = []
        for number, (source, body) in enumerate(zip(self.sources, rows, strict=True), 1):
            mark: list[Line] = [[(f"[{number}]", "")]]
            text = [*body, *(_placed(source, width - margin - 1, whole=whole) if in_full else ())]
            lines += beside([Block(mark, margin, right=True), Block(text, 0)], gap=1)
        return lines

    def heading(self) -> list[Piece]:
        """How many pages there are, and whose reporting they come down to."""
        found = origins_of(self.sources, self._outlets).values()
        origins = sorted({origin for several in found for origin in several})
        pieces = [("Sources", HEADING), (f"  {counted(len(self.sources), 'page')}", QUIET)]
        if len(self.sources) > 1:
            named = f": {safe(origins[0])}" if len(origins) == 1 else ""
            pieces.append((f", {counted(len(origins), 'origin')}{named}", QUIET))
        return pieces


def _named(sources: Sequence[Source], width: int) -> list[list[Line]]:
    """Each source as publisher, outlet relayed, date and grade: in columns where they fit, else run together."""
    for meaning in (True, False):
        cells = [_cells(source, meaning=meaning) for source in sources]
        widths = [max(map(width_of, column)) for column in zip(*cells, strict=True)]
        if sum(widths) + 2 * len(widths) <= width:
            return [[_columned(row, widths)] for row in cells]
    return [flow(_run_together(_cells(source, meaning=True)), width) for source in sources]


def _cells(source: Source, *, meaning: bool) -> list[Line]:
    """Who published it, whose reporting it relays, when, and how far the place is believed."""
    published = say_date(source.published) if source.published else ""
    return [
        [(safe(source.publisher or source.title or source.url or source.key), "")],
        [("via ", QUIET), (safe(source.via), "")] if source.via else [],
        [(published, QUIET)],
        [(source.reliability, ""), (f" {RELIABILITY_MEANING[source.reliability]}" if meaning else "", QUIET)],
    ]


def _columned(cells: Sequence[Line], widths: Sequence[int]) -> Line:
    line: Line = []
    for cell, width in zip(cells, widths, strict=True):
        line += [*padded(cell, width), ("  " if width else "", "")]
    return line


def _run_together(cells: Sequence[Line]) -> Iterator[Piece]:
    filled = [cell for cell in cells if width_of(cell)]
    for at, cell in enumerate(filled):
        for words, style in cell:
            yield from ((word, style) for word in words.split())
        if at < len(filled) - 1:
            yield DOT, QUIET


def _placed(source: Source, width: int, *, whole: bool) -> list[Line]:
    lines: list[Line] = []
    if source.title and source.publisher:
        lines += flow(words_of(source.title), width)
    if source.url:
        lines += [[(safe(source.url), QUIET)]] if whole else flow(words_of(source.url, QUIET), width)
    return lines
