"""A report as one picture: its charts below each other, with what they rest on; no fonts or files from elsewhere."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from dealtrack.domain.contents import Chart, Prose, Report
from dealtrack.domain.problem import Misuse
from dealtrack.report.basis import basis_lines
from dealtrack.report.cells import harmless, named
from dealtrack.report.lanes import Lane, Moment, Spans, fade_of, spans, tick_name
from dealtrack.report.lettering import wrapped
from dealtrack.report.marks import COLOR_OF, SHAPES
from dealtrack.text.counts import counted

FONTS = "Liberation Sans, Arial, Helvetica, DejaVu Sans, sans-serif"
# Scripts that those fonts lack, or set wrongly.
_OTHER_FONTS = "DejaVu Sans, Noto Sans, Segoe UI, sans-serif"
_BEYOND_LATIN = re.compile("[\u0530-\u1dff\u3000-\uffff\U00010000-\U0010ffff]")
_WIDTH, _MARGIN, _GAP = 1200, 48, 24
_LEADING = 1.35
_TEXT, _SMALL = 13.0, 11.5
# A name of a tick takes so many of the picture's units.
_TICK = 44
_MOST_LANES = 400

_STYLE = """
.o { font-family: %s; } .h { font-size: 26px; font-weight: bold; } .s { font-size: 16px; font-weight: bold; }
.b { font-weight: bold; } .q { fill: #586272; } .f { font-size: 11.5px; fill: #586272; }
.rule { stroke: #e2e6eb; } .strong { stroke: #b9c1cc; } .today { stroke: #1d4f91; stroke-dasharray: 2 3; fill: none; }
.hollow { fill: #ffffff; stroke: currentColor; stroke-width: 2; } .filled { fill: currentColor; }
.struck { fill: none; stroke: currentColor; stroke-width: 2; }
.cross { fill: none; stroke: currentColor; stroke-width: 3; stroke-linecap: round; }
.band { fill: currentColor; fill-opacity: .22; }
.life { stroke: currentColor; stroke-width: 2; }
.awaited { stroke: currentColor; stroke-width: 2; stroke-dasharray: 2 4; }
.c-rumored { color: #7646b4; } .c-open { color: #0a6f8c; } .c-done { color: #1d7a40; } .c-dormant { color: #8a5a00; }
.c-dead { color: #b4302a; } .c-plain { color: #4b5565; }
"""


class NothingDrawn(Misuse):
    """A report has no chart, so that there is no picture of it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} has no charts to draw", "write it as html or md: its tables are all there is")


class Drawn(NamedTuple):
    """A piece of the picture and how high it is."""

    lines: tuple[str, ...]
    height: float


def written(report: Report) -> str:
    """The picture as SVG. Raises NothingDrawn."""
    return "".join(_pieces(report))


def _pieces(report: Report) -> Iterator[str]:
    tables = {table.key: table for table in report.tables}
    charts = [part for part in report.parts if isinstance(part, Chart)]
    if not charts:
        raise NothingDrawn(report.name)
    pieces = [_heading(report)]
    for chart in charts:
        table = tables[chart.table]
        if not table.rows:
            pieces.append(_words([f"{chart.title}: nothing to draw."], "q"))
        elif chart.shape == "spans":
            pieces.append(_lanes(spans(chart, table)))
        else:
            from dealtrack.report.charts import PAPER, drawn  # noqa: PLC0415 - timelines need no library for it

            pieces.append(_placed(drawn(chart, table, PAPER, _WIDTH - 2 * _MARGIN), chart.title))
    pieces.append(_footer(report))
    height = _MARGIN * 2 + sum(piece.height for piece in pieces) + _GAP * (len(pieces) - 1)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_n(height)}" '
        f'viewBox="0 0 {_WIDTH} {_n(height)}" role="img" aria-label={quoteattr(named(report.title))} '
        # Attributes, since a style would be stronger than those of the charts within.
        f'font-family="{FONTS}" font-size="13" fill="#1b2330">\n'
    )
    yield f"<style>{_STYLE % _OTHER_FONTS}</style>\n<defs>\n"
    yield from (f'<g id="m-{key}">{shape}</g>\n' for key, shape in SHAPES.items())
    yield from _fades()
    yield f'</defs>\n<rect width="{_WIDTH}" height="{_n(height)}" fill="#ffffff"/>\n'
    at = float(_MARGIN)
    for piece in pieces:
        yield f'<g transform="translate({_MARGIN} {_n(at)})">\n'
        yield from (f"{line}\n" for line in piece.lines)
        yield "</g>\n"
        at += piece.height + _GAP
    yield "</svg>\n"


def _fades() -> Iterator[str]:
    for key, left, right in (("left", 0, 1), ("right", 1, 0), ("both", 0, 0)):
        shades = ("#000000", "#ffffff")
        yield (
            f'<linearGradient id="g-{key}"><stop offset="0" stop-color="{shades[left]}"/>'
            '<stop offset="0.35" stop-color="#ffffff"/><stop offset="0.65" stop-color="#ffffff"/>'
            f'<stop offset="1" stop-color="{shades[right]}"/></linearGradient>'
            f'<mask id="fade-{key}" maskContentUnits="objectBoundingBox">'
            f'<rect width="1" height="1" fill="url(#g-{key})"/></mask>\n'
        )


# --- words ------------------------------------------------------------------------------------------------------------


def _text(words: str, x: float, y: float, classes: str = "", anchor: str = "") -> str:
    other = "o " if _BEYOND_LATIN.search(words) else ""
    named = f' class="{other}{classes}"'.replace(' "', '"') if other or classes else ""
    held = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text x="{_n(x)}" y="{_n(y)}"{named}{held}>{escape(harmless(words))}</text>'


def _words(lines: Iterable[str], classes: str, size: float = _TEXT) -> Drawn:
    """Lines of words over the whole width."""
    broken = [line for words in lines for line in wrapped(words, _WIDTH - 2 * _MARGIN, size)]
    leading = size * _LEADING
    return Drawn(
        tuple(_text(line, 0, size + at * leading, classes) for at, line in enumerate(broken)), len(broken) * leading
    )


def _heading(report: Report) -> Drawn:
    title = _words([named(report.title)], "h", 26)
    first = report.parts[0]
    lede = _words(first.lines if isinstance(first, Prose) and not first.title else (), "q")
    below = tuple(f'<g transform="translate(0 {_n(title.height)})">{line}</g>' for line in lede.lines)
    return Drawn((*title.lines, *below), title.height + lede.height)


def _footer(report: Report) -> Drawn:
    told = "  ·  ".join(f"{term}: {words}" for term, words in basis_lines(report.basis))
    return _words([told], "f", _SMALL)


def _placed(drawings: Iterable[str], title: str) -> Drawn:
    """The drawings of a chart below its title and each other."""
    lines, at = [_text(title, 0, 14, "s")], 34.0
    for svg in drawings:
        found = re.search(r'height="([\d.]+)"', svg)
        lines.append(f'<g transform="translate(0 {_n(at)})">{svg}</g>')
        at += (float(found[1]) if found else 0.0) + _GAP
    return Drawn(tuple(lines), at - _GAP)


# --- timelines --------------------------------------------------------------------------------------------------------


class Page(NamedTuple):
    """Where the three columns of a timeline begin, and how wide they are."""

    side: float
    plot: float
    words: float

    @property
    def begin(self) -> float:
        """Where the plot begins."""
        return self.side + _GAP

    @property
    def right(self) -> float:
        """Where the words begin."""
        return self.begin + self.plot + _GAP

    def x(self, share: float) -> float:
        """Where a share of the stretch stands."""
        return self.begin + share * self.plot


def _lanes(drawn: Spans) -> Drawn:
    side, words = (128.0, 440.0) if drawn.by_event else (270.0, 210.0)
    page = Page(side, _WIDTH - 2 * _MARGIN - side - words - 2 * _GAP, words)
    lines = [_text(drawn.chart.title, 0, 14, "s")]
    at = 64.0
    rows = []
    for lane in drawn.lanes[:_MOST_LANES]:
        row = _lane(lane, drawn, page)
        rows.append(f'<g transform="translate(0 {_n(at)})">')
        rows += [*row.lines, "</g>"]
        at += row.height
    lines += [*_axis(drawn, page, at), *rows]
    left = len(drawn.lanes) - _MOST_LANES
    if left > 0:
        lines.append(
            _text(f"and {counted(left, 'lane')} more: narrow the selection, or see the table", 0, at + 18, "q")
        )
        at += 24
    key = _key(drawn, at + 22)
    return Drawn((*lines, *key), at + 34)


def _axis(drawn: Spans, page: Page, bottom: float) -> Iterator[str]:
    stretch = drawn.stretch
    step = stretch.step(_TICK / page.plot)
    yield f'<line class="strong" x1="{_n(page.begin)}" x2="{_n(page.begin + page.plot)}" y1="56" y2="56"/>'
    for day in stretch.ticks(step):
        x = page.x(stretch.share(day))
        grid = "rule" if day > stretch.first and (step >= 12 or day.month == 1) else ""
        if grid:
            yield f'<line class="rule" x1="{_n(x)}" x2="{_n(x)}" y1="56" y2="{_n(bottom)}"/>'
        yield f'<line class="strong" x1="{_n(x)}" x2="{_n(x)}" y1="52" y2="56"/>'
        yield _text(tick_name(day, step), x, 48, "f")
    if step < 12:
        yield from _years(drawn, page)
    if stretch.today and stretch.first <= stretch.today <= stretch.last:
        x = page.x(stretch.share(stretch.today))
        yield f'<line class="today" x1="{_n(x)}" x2="{_n(x)}" y1="56" y2="{_n(bottom)}"/>'


def _years(drawn: Spans, page: Page) -> Iterator[str]:
    """The years above months or quarters, the first where there is room before the next."""
    for share, year in drawn.stretch.years(_TICK / page.plot):
        yield _text(str(year), page.x(share), 33, "f b")


def _lane(lane: Lane, drawn: Spans, page: Page) -> Drawn:
    """One lane: what it is called, where its moments stand, what there is to say."""
    name = lane.moments[0].said if drawn.by_event else lane.name
    left = wrapped(name, page.side, _TEXT)
    right = list(_told(lane, drawn, page))
    height = max(len(left), len(right), 1) * _TEXT * _LEADING + 10
    middle = 5 + _TEXT * _LEADING / 2
    lines = [_text(line, 0, _baseline(at), "b") for at, line in enumerate(left)]
    lines += right
    lines += _plot(lane, drawn, page, middle)
    return Drawn(tuple(lines), height)


def _told(lane: Lane, drawn: Spans, page: Page) -> Iterator[str]:
    if not drawn.by_event:
        lines = wrapped(" · ".join(lane.words), page.words, _TEXT)
        yield from (_text(line, page.right, _baseline(at), "q") for at, line in enumerate(lines))
        return
    stands, rest = lane.words[0] if lane.words else "", " ".join(lane.words[1:])
    yield _text(stands, page.right, _baseline(0), "b")
    for at, line in enumerate(wrapped(rest, page.words, _TEXT), 1):
        yield _text(line, page.right, _baseline(at), "q")


def _baseline(line: int) -> float:
    return 5 + _TEXT + line * _TEXT * _LEADING


def _plot(lane: Lane, drawn: Spans, page: Page, y: float) -> Iterator[str]:
    yield f'<g class="c-{COLOR_OF[lane.stands]}">'
    life = drawn.life(lane)
    if life:
        yield _line("life", page.x(life.begin), page.x(life.end), y)
        if life.awaited is not None:
            yield _line("awaited", page.x(life.end), page.x(life.awaited), y)
        if life.lasting:
            yield f'<use href="#m-later" x="{_n(page.x(life.end))}" y="{_n(y)}"/>'
    yield "</g>"
    for moment in lane.moments:
        yield from _band(moment, drawn, page, y)
    for moment in lane.moments:
        x = page.x(drawn.stretch.middle(moment.when))
        yield f'<use href="#m-{moment.mark}" class="c-{COLOR_OF[moment.mark]}" x="{_n(x)}" y="{_n(y)}"/>'


def _band(moment: Moment, drawn: Spans, page: Page, y: float) -> Iterator[str]:
    """The possible days, shaded; they fade out where a side is open or only about."""
    if moment.when.earliest == moment.when.latest:
        return
    begin, end = map(page.x, drawn.stretch.place(moment.when))
    fade = fade_of(moment)
    masked = f' mask="url(#fade-{fade})"' if fade else ""
    color = COLOR_OF[moment.mark]
    yield (
        f'<g class="c-{color}"><rect class="band" x="{_n(begin)}" y="{_n(y - 6)}" width="{_n(end - begin)}" '
        f'height="12" rx="3"{masked}/></g>'
    )


def _line(name: str, begin: float, end: float, y: float) -> str:
    return f'<line class="{name}" x1="{_n(begin)}" x2="{_n(end)}" y1="{_n(y)}" y2="{_n(y)}"/>'


def _key(drawn: Spans, y: float) -> Iterator[str]:
    """What the marks stand for."""
    named = [(mark, mark, COLOR_OF[mark]) for mark in drawn.marks]
    if drawn.uncertain:
        named.append(("span", "some day in this span", "plain"))
    if any(life.lasting for lane in drawn.lanes if (life := drawn.life(lane))):
        named.append(("lasting", "still open", "plain"))
    x = 8.0
    for shape, words, color in named:
        up = 10 if shape == "span" else 4
        yield f'<g class="c-{color}"><use href="#m-{shape}" x="{_n(x)}" y="{_n(y - up)}"/></g>'
        yield _text(words, x + 13, y, "f")
        x += 13 + len(words) * 6.2 + 26


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
