"""Bars: upright along time, or lying below each other by name, each with its figure where that has room."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from dealtrack.domain.contents import Cell, Chart, Table
from dealtrack.domain.date import UncertainDate
from dealtrack.domain.figures import Period, Step, following, place_of
from dealtrack.report.cells import column_at, said
from dealtrack.report.lanes import tick_name
from dealtrack.report.measures import HEIGHT, LETTERS, SMALL_LETTERS, Measure, Palette, widest
from dealtrack.text.counts import counted

# So many names lie below each other; the table has the others.
MOST_NAMES = 20
_ROW, _LONGEST_NAME = 24, 260
# Beyond so many periods those without deals are left out.
_MOST_PERIODS = 400
# What the scale beside upright bars takes, and the room that words keep from each other.
_SCALE, _APART = 52, 5
_FAINT = 0.3
# An upright bar takes so much of its place, and is no broader than this.
_OF_BAND, _BROADEST = 0.7, 72
_TICKS = 5


# --- lying, by name ---------------------------------------------------------------------------------------------------


def lying(chart: Chart, table: Table, measure: Measure, palette: Palette, width: float) -> dict[str, Any]:
    """A bar for each of the first rows: its name before it, its figure behind it."""
    x = column_at(table, chart.x)
    rows = table.rows[:MOST_NAMES]
    names = [said(row[x], table.columns[x]) or "not known" for row in rows]
    figures = [said(row[measure.at], measure.column) for row in rows]
    values = [{"place": at, "figure": figures[at]} | _lengths(row[measure.at], measure) for at, row in enumerate(rows)]
    side = min(widest(names, LETTERS) * 1.08, _LONGEST_NAME) + 24
    behind = widest(figures, LETTERS) * 1.1 + 16
    top = measure.top(table) * (width - side) / max(width - side - behind, 1)
    axis = {
        "title": None, "labelExpr": f"{json.dumps(names)}[datum.value]", "labelLimit": _LONGEST_NAME,
        "labelOverlap": False, "ticks": False, "domain": False, "labelPadding": 8,
    }  # fmt: skip
    y = {"field": "place", "type": "ordinal", "axis": axis}
    scale = {"domain": [0, top], "nice": False}
    color = {"value": palette.series[0]}

    def along(field: str) -> dict[str, Any]:
        return {"field": field, "type": "quantitative", "axis": None, "scale": scale}

    bar = {"type": "bar", "cornerRadiusEnd": 2}
    return {
        "data": {"values": values},
        "height": max(_ROW * len(rows), _ROW),
        "title": {"text": measure.title, **_left_out(len(table.rows) - len(rows), len(table.rows))},
        "layer": [
            {"mark": bar, "encoding": {"x": along("high"), "y": y, "color": color, "opacity": {"value": _FAINT}}},
            {"mark": bar, "encoding": {"x": along("low"), "y": y, "color": color}},
            {
                "mark": {"type": "text", "align": "left", "dx": 6, "fontSize": LETTERS},
                "encoding": {
                    "x": along("end"), "y": y, "text": {"field": "figure"}, "color": {"value": palette.ink},
                },
            },
        ],
    }  # fmt: skip


def _left_out(left: int, of: int) -> dict[str, Any]:
    return {"subtitle": f"the first {MOST_NAMES} of {of:,}; all are in the table"} if left > 0 else {}


def _lengths(cell: Cell, measure: Measure) -> dict[str, Any]:
    low, high = measure.low(cell), measure.high(cell)
    return {"low": low, "high": high, "end": max(low or 0, high or 0), "open": measure.open(cell)}


# --- upright, along time ----------------------------------------------------------------------------------------------


class Along(NamedTuple):
    """Periods from the first to the last, and on which of them each row of the table stands.

    What is known of a year only follows its quarters or months; `gaps` says that periods of no row are left out.
    """

    step: Step
    periods: tuple[Period, ...]
    gaps: bool

    def at(self, cell: Cell) -> int:
        """Where the period of a row stands."""
        return self.periods.index(self._period(cell))

    def _period(self, cell: Cell) -> Period:
        return _period(cell, self.step)

    @property
    def vague(self) -> str:
        """What a bar under a question mark is of, if there is one of a year."""
        return f"{self.step} not known" if any(period.vague and period.when for period in self.periods) else ""


def along(chart: Chart, table: Table) -> Along:
    """The periods of the rows of a table whose `x` are months, quarters or years."""
    x = column_at(table, chart.x)
    days = [row[x] for row in table.rows]
    step = _step(days)
    found = {_period(day, step) for day in days}
    placed = sorted((period for period in found if not period.vague), key=place_of)
    every, at = set(found), placed[0].when if placed else None
    last = placed[-1].when if placed else None
    while at and last and at.earliest and last.earliest and at.earliest < last.earliest and len(every) <= _MOST_PERIODS:
        at = following(at, step)
        every.add(Period(at, vague=False))
    gaps = len(every) > _MOST_PERIODS
    return Along(step, tuple(sorted(found if gaps else every, key=place_of)), gaps)


def _step(days: list[Cell]) -> Step:
    """The shortest period among them."""
    lengths = [
        (day.latest - day.earliest).days
        for day in days
        if isinstance(day, UncertainDate) and day.earliest and day.latest
    ]
    shortest = min(lengths, default=365)
    return "month" if shortest < 31 else "quarter" if shortest < 92 else "year"


def _period(cell: Cell, step: Step) -> Period:
    when = cell if isinstance(cell, UncertainDate) else None
    return Period(when, vague=when is None or (step != "year" and len(when.edtf) == len("2025")))


def upright(chart: Chart, table: Table, measure: Measure, palette: Palette, width: float) -> dict[str, Any]:
    """As far as is sure in full, on to what it may be at most faintly; an arrow where there is no most and no figure.

    A bar whose period is not known is grey.
    """
    course = along(chart, table)
    x = column_at(table, chart.x)
    band = (width - _SCALE) / max(len(course.periods), 1)
    figures = [measure.figure(row[measure.at]) for row in table.rows]
    legible = widest(figures, SMALL_LETTERS) + 4 <= band
    values = [
        {"place": at, "figure": figure if legible else "", "vague": course.periods[at].vague}
        | _lengths(row[measure.at], measure)
        for row, figure in zip(table.rows, figures, strict=True)
        for at in [course.at(row[x])]
    ]
    across = across_time(course, band)
    color = {"condition": {"test": "datum.vague", "value": palette.quiet}, "value": palette.series[0]}
    top = measure.top(table)

    def up(field: str) -> dict[str, Any]:
        return {"field": field, **scale_up(measure, top * (1.06 if legible else 1))}

    bar = {"type": "bar", "cornerRadiusEnd": 2, "width": bar_width(band)}
    above = {"x": across, "y": up("end"), "color": {"value": palette.ink}}
    return {
        "data": {"values": values},
        "height": HEIGHT,
        "title": titled(measure, course),
        "layer": [
            {"mark": bar, "encoding": {"x": across, "y": up("high"), "color": color, "opacity": {"value": _FAINT}}},
            {"mark": bar, "encoding": {"x": across, "y": up("low"), "color": color}},
            {
                "mark": {"type": "text", "dy": -7, "fontSize": SMALL_LETTERS},
                "encoding": {**above, "text": {"field": "figure"}},
            },
            {
                "transform": [{"filter": "datum.open && datum.figure == ''"}],
                "mark": {"type": "text", "dy": -7, "fontSize": 8},
                "encoding": {**above, "text": {"value": "▲"}},
            },
        ],
    }


def bar_width(band: float) -> float:
    """How broad an upright bar is where each period has so much room."""
    return round(min(band * _OF_BAND, _BROADEST), 2)


def titled(measure: Measure, course: Along) -> dict[str, Any]:
    """The heading of bars along time, with what is to be known of them."""
    told = [f"? {course.vague}"] if course.vague else []
    told += [f"{counted(2, course.step)[2:]} without deals are left out"] if course.gaps else []
    return {"text": measure.title, **({"subtitle": " · ".join(told)} if told else {})}


def scale_up(measure: Measure, top: float = 0) -> dict[str, Any]:
    """The scale beside a chart, up to `top`, if that is known; whole numbers where things are counted."""
    ticks = _TICKS if measure.column.sort != "count" or not top else max(min(_TICKS, int(top)), 1)
    return {
        "type": "quantitative",
        "title": None,
        "axis": {"tickCount": ticks, "format": ",~f"},
        "scale": {"domain": [0, top], "nice": False} if top > 0 else {},
    }


def across_time(course: Along, band: float) -> dict[str, Any]:
    """The scale below them: quarters or months where their names have room, and years below the first of each."""
    labels = list(_labels(course, band))
    axis = {
        "title": None, "labelExpr": f"{json.dumps(labels)}[datum.value]", "labelOverlap": False, "labelAngle": 0,
        "labelPadding": 6, "ticks": False,
    }  # fmt: skip
    domain = list(range(len(course.periods)))
    return {"field": "place", "type": "ordinal", "scale": {"domain": domain}, "axis": axis}


_NO_YEAR = "no year"


def _labels(course: Along, band: float) -> Iterator[list[str]]:
    names = [_name(period, course.step) for period in course.periods]
    named = widest(names, LETTERS) + _APART <= band
    years = _years(course.periods, band)
    # Where it would run into the last year's name, the question mark above it says enough.
    room = (widest([_NO_YEAR], LETTERS) + widest(list(years.values()), LETTERS)) / 2 + _APART
    no_year = _NO_YEAR if (len(names) - 1 - max(years, default=-len(names))) * band >= room else ""
    for at, (name, period) in enumerate(zip(names, course.periods, strict=True)):
        year = no_year if period.when is None else years.get(at, "")
        yield [year] if course.step == "year" else [name if named or period.vague else "", year]


def _name(period: Period, step: Step) -> str:
    if period.vague or period.when is None:
        return "?"
    return tick_name(period.when.earliest or date.min, {"month": 1, "quarter": 3, "year": 12}[step])


def _years(periods: tuple[Period, ...], band: float) -> dict[int, str]:
    """At which places years are named: at the first of each, as far apart as their names are wide."""
    firsts: dict[str, int] = {}
    for at, period in enumerate(periods):
        if period.when:
            firsts.setdefault(period.when.edtf[:4], at)
    room = (widest(list(firsts), LETTERS) + 2 * _APART) / band
    kept: dict[int, str] = {}
    # From the last back, since the first year has often begun late.
    for year, at in reversed(firsts.items()):
        if not kept or min(kept) - at >= room:
            kept[at] = year
    return kept
