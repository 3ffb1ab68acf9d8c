"""A report as one page of HTML that stands alone: no network, readable without its script, printable."""

import base64
import hashlib
import math
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from dealtrack.domain.contents import Cell, Chart, Column, Prose, Report, Table
from dealtrack.domain.status import STATUSES
from dealtrack.report.basis import basis_lines, covers
from dealtrack.report.cells import FIGURES, drawn_columns, harmless, named, said, title_of, weight
from dealtrack.report.lanes import EXPECTED, MILESTONE, STEPS, Lane, Moment, Spans, fade_of, spans, tick_name
from dealtrack.report.lettering import width_of
from dealtrack.report.marks import SHAPES

# How much of a plot of the usual width the name of a tick takes.
_ROOM = 1 / 16
# Beyond so many months no single months are named, however near one looks.
_MOST_MONTHS = 480
# Cells with more characters than these need room, or some.
_LONG, _MIDDLING = 60, 16
# A table behind a picture is folded where it has more rows than these.
_UNFOLDED = 40
# A table with more rows than these is long: its columns are as wide as is said beforehand, and a browser lays out
# those blocks of so many rows that are looked at.
_LONG_TABLE, _BLOCK = 200, 50
# The width of a digit in ems, in which lettering measures; the space between columns and a mark in digits.
_DIGIT, _GAP, _MARK = 0.55, 2.5, 2.5
# How many of the dates a column has room for on one line; how much of the usual words; and it breaks a word longer than
# so many digits.
_MOST, _FOLDED, _BROAD = 0.95, 0.6, 24
_BREAKS = re.compile(r"[\s-]+")
# Of more lanes than these a browser lays out those that are looked at.
_MANY_LANES = 100
# How wide a chart is in units that are pixels where there is room for them.
_CHART = 860
_SAFE_ADDRESSES = ("https://", "http://")


class Fade(NamedTuple):
    """How the end of a span fades out where it is open or only about."""

    key: str
    left: str
    right: str


_FADES = (Fade("left", "#000", "#fff"), Fade("right", "#fff", "#000"), Fade("both", "#000", "#000"))


class Shown(NamedTuple):
    """A cell as the page shows it."""

    words: str
    weight: int | str | None = None
    mark: str | None = None
    address: str | None = None


class Head(NamedTuple):
    """A column as the page shows it: `sort` names how its cells are set."""

    title: str
    sort: str | None


class Grid(NamedTuple):
    """A table as the page shows it; `head` is the column that names its rows, `widths` are those of a long one."""

    key: str
    title: str
    columns: tuple[Head, ...]
    rows: Sequence[tuple[Shown, ...]]
    foot: tuple[Shown, ...] | None
    notes: tuple[str, ...]
    head: int
    folded: bool
    block: int
    widths: str


class Picture(NamedTuple):
    """A chart as the page shows it: lanes, or a drawing."""

    title: str
    spans: "dict[str, object] | None" = None
    svg: Markup | None = None


class Section(NamedTuple):
    """What stands under one heading: sentences, pictures, the table behind them."""

    key: str
    title: str
    lines: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    table: Grid | None = None


def written(report: Report) -> str:
    """The page."""
    sections = list(_sections(report))
    style = "".join([_template("page.css"), *(section.table.widths for section in sections if section.table)])
    script = _template("page.js")
    lede = [line for part in report.parts[:1] if isinstance(part, Prose) and not part.title for line in part.lines]
    page: str = (
        _environment()
        .get_template("page.html")
        .render(
            report=report,
            title=named(report.title),
            lede=lede,
            covers=covers(report.basis),
            sections=sections,
            basis=basis_lines(report.basis),
            shapes=[{"key": key, "drawn": Markup(drawn)} for key, drawn in SHAPES.items()],  # noqa: S704 - our own
            fades=_FADES,
            style=Markup(style),  # noqa: S704 - our own file
            style_hash=_hash(style),
            script=Markup(script),  # noqa: S704 - our own file
            script_hash=_hash(script),
        )
    )
    return page


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("dealtrack.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["harmless"] = harmless
    made.filters["words"] = _words
    return made


def _words(text: str) -> Markup:
    """Words as the page has them: what may run from right to left is kept apart from what surrounds it."""
    plain = harmless(text)
    return escape(plain) if plain.isascii() else Markup("<bdi>{}</bdi>").format(plain)


def _template(name: str) -> str:
    source: str = PackageLoader("dealtrack.report").get_source(_environment(), name)[0]
    return source


def _hash(text: str) -> str:
    """How the page's policy names the one style and the one script that it lets in."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


# --- sections ---------------------------------------------------------------------------------------------------------


def _sections(report: Report) -> Iterator[Section]:
    """The parts under their headings; a table stands below its charts, where the first of them would."""
    placed: set[str] = set()
    for at, part in enumerate(report.parts):
        if isinstance(part, Prose):
            if part.title or at:
                yield Section(f"p{at}", part.title or "Notes", lines=part.lines)
            continue
        key = part.table if isinstance(part, Chart) else part.key
        if key not in placed:
            placed.add(key)
            table = next(table for table in report.tables if table.key == key)
            charts = (chart for chart in report.parts if isinstance(chart, Chart) and chart.table == key)
            yield Section(key, part.title, (), tuple(_picture(chart, table) for chart in charts), _grid(table, report))


def _picture(chart: Chart, table: Table) -> Picture:
    if not table.rows:
        return Picture(chart.title)
    if chart.shape == "spans":
        return Picture(chart.title, spans=_lanes(spans(chart, table)))
    from dealtrack.report.charts import PAGE, drawn  # noqa: PLC0415 - a page without charts needs no library for them

    return Picture(chart.title, svg=Markup("".join(drawn(chart, table, PAGE, _CHART))))  # noqa: S704 - its words are escaped there


# --- tables -----------------------------------------------------------------------------------------------------------


def _grid(table: Table, report: Report) -> Grid:
    places = drawn_columns(table)
    columns = [table.columns[at] for at in places]
    addresses = {key: url for key, url in report.addresses if url.startswith(_SAFE_ADDRESSES)}

    def shown(row: Sequence[Cell]) -> tuple[Shown, ...]:
        return tuple(_shown(row[at], table.columns[at], addresses) for at in places)

    rows = [shown(row) for row in table.rows]
    long = len(rows) > _LONG_TABLE
    heads = [Head(title_of(column), _set(column, [row[at] for row in rows])) for at, column in enumerate(columns)]
    return Grid(
        key=table.key,
        title=table.title,
        columns=tuple(heads),
        rows=rows,
        foot=shown(table.foot) if table.foot else None,
        notes=table.notes,
        folded=len(table.rows) > _UNFOLDED,
        head=next((at for at, c in enumerate(columns) if c.sort not in FIGURES), 0),
        block=_BLOCK if long else max(len(rows), 1),
        widths=_widths(table.key, heads, rows) if long else "",
    )


def _set(column: Column, cells: Sequence[Shown]) -> str | None:
    """How the cells of a column are set: figures at the right, dates and statuses unbroken, long words with room."""
    if column.sort in FIGURES:
        return "n"
    if column.sort == "date" or column.key == "status":
        return "d"
    longest = max((len(cell.words) for cell in cells), default=0)
    return "w" if longest > _LONG else "m" if longest > _MIDDLING else None


def _widths(key: str, heads: Sequence[Head], rows: Sequence[Sequence[Shown]]) -> str:
    """The style of a long table: figures and dates take what they need, words share what is left by their length."""
    least, tracks = 0, list[str]()
    for at, head in enumerate(heads):
        words = sorted((row[at].words for row in rows if row[at].words), key=len) or [""]
        title = max(map(_digits, head.title.split()), default=0.0) + _MARK
        if head.sort in ("n", "d"):
            marked = _MARK if any(row[at].mark for row in rows) else 0.0
            need, share = _digits(words[-1] if head.sort == "n" else words[int(len(words) * _MOST)]) + marked, 0.0
        else:
            share = sum(map(len, words)) / len(words)
            need = max(share * _FOLDED, min(_digits(max(_BREAKS.split(" ".join(words)), key=len)), _BROAD))
        width = math.ceil(max(need, title) + _GAP)
        tracks.append(f"minmax({width}ch,{share:.0f}fr)" if share >= 1 else f"{width}ch")
        least += width
    return f"#t-{key}{{--columns:{' '.join(tracks)};--least:{least}ch}}\n"


def _digits(words: str) -> float:
    return width_of(words, 1) / _DIGIT


def _shown(cell: Cell, column: Column, addresses: dict[str, str]) -> Shown:
    words = said(cell, column)
    mark = None
    if column.key == "status" and words:
        mark = words if words in (*STATUSES, EXPECTED) else MILESTONE
    slug = getattr(cell, "slug", None)
    return Shown(words, weight(cell), mark, addresses.get(slug) if slug else None)


# --- timelines --------------------------------------------------------------------------------------------------------


def _lanes(drawn: Spans) -> dict[str, object]:
    stretch = drawn.stretch
    step = stretch.step(_ROOM)
    today = stretch.today and stretch.first <= stretch.today <= stretch.last
    lanes = [_lane(lane, drawn) for lane in drawn.lanes]
    return {
        "chart": drawn.chart,
        "table": drawn.table.key,
        "side": drawn.chart.title,
        "from_to": f"{stretch.first} to {stretch.last}",
        "months": round(stretch.months, 2),
        "step": step,
        "ticks": list(_ticks(drawn, step)),
        "grid": [_percent(stretch.share(day)) for day in stretch.ticks(max(step, 12)) if day > stretch.first],
        "today": _percent(stretch.share(stretch.today)) if today and stretch.today else None,
        "lanes": lanes,
        "many": len(lanes) > _MANY_LANES,
        "marks": drawn.marks,
        "uncertain": drawn.uncertain,
        "lasting": any(lane["life"] and lane["life"]["lasting"] for lane in lanes),  # type: ignore[index]  # a dict
    }


def _ticks(drawn: Spans, coarsest: int) -> Iterator[dict[str, object]]:
    """The ticks of every step that may come to be seen: this one when looked at from afar, finer ones from near."""
    stretch = drawn.stretch
    steps = [step for step in STEPS if step > 1 or stretch.months <= _MOST_MONTHS]
    for step in steps:
        ticks = [{"x": _percent(stretch.share(day)), "name": tick_name(day, step)} for day in stretch.ticks(step)]
        if ticks and (step <= coarsest or len(ticks) > 1):
            years = stretch.years(_ROOM) if step < 12 else ()
            yield {"step": step, "ticks": ticks, "years": [{"x": _percent(x), "name": name} for x, name in years]}


def _lane(lane: Lane, drawn: Spans) -> dict[str, object]:
    life = drawn.life(lane)
    alone = lane.alone and lane.moments[0]
    # An event on a lane of its own is named by its date.
    name = alone.said if alone and drawn.by_event else lane.name
    return {
        "name": name,
        "words": lane.words,
        "mark": lane.stands if drawn.by_event else None,
        "stands": lane.stands,
        "life": life
        and {
            "begin": _percent(life.begin),
            "end": _percent(life.end),
            "awaited": None if life.awaited is None else _percent(life.awaited),
            "lasting": life.lasting,
        },
        "moments": [_moment(moment, drawn) for moment in lane.moments],
    }


def _moment(moment: Moment, drawn: Spans) -> dict[str, object]:
    begin, end = drawn.stretch.place(moment.when)
    exact = moment.when.earliest == moment.when.latest
    return {
        "row": moment.row,
        "mark": moment.mark,
        "label": f"{moment.mark}, {moment.said}",
        "begin": _percent(begin),
        "width": None if exact else _percent(end - begin),
        "middle": _percent((begin + end) / 2),
        "fade": fade_of(moment),
    }


def _percent(share: float) -> str:
    return f"{share * 100:.3f}".rstrip("0").rstrip(".")
