"""Charts of figures as Vega-Lite specifications, drawn without a browser and without a network."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import vl_convert

from dealtrack.domain.contents import Cell, Chart, Column, Interval, Table
from dealtrack.domain.date import UncertainDate
from dealtrack.domain.money import Money
from dealtrack.report.cells import column_at, digits, said

# The release of Vega-Lite that the specifications are written for; newer libraries keep the older ones.
_VERSION = "5.21"
# The first of these comes with the library, which measures words by it; Arial is as wide.
FONTS = "Liberation Sans, Arial, Helvetica, DejaVu Sans, sans-serif"
_WIDTH, _HEIGHT = 760, 240
# More bars than this stand too close for names that lie flat.
_FEW = 9
_LONGEST_NAME = 28
_UNITS = (("tn", 12), ("bn", 9), ("M", 6), ("k", 3))
_PERCENT = 10_000


_ROLES = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')


class Palette(NamedTuple):
    """The colors of a chart: of words, of lines, and of series one after the other."""

    ink: str
    quiet: str
    rule: str
    series: tuple[str, ...]


# A page has them as names, so that it can change them in the dark.
PAGE = Palette("var(--ink)", "var(--quiet)", "var(--rule)", tuple(f"var(--s{n})" for n in range(1, 8)))
PAPER = Palette(
    "#1b2330", "#586272", "#e2e6eb",
    ("#1d4f91", "#c2661a", "#1d7a40", "#7646b4", "#b4302a", "#0a6f8c", "#8a5a00"),
)  # fmt: skip


def drawn(chart: Chart, table: Table, palette: Palette) -> str:
    """The chart as SVG without a background."""
    svg: str = vl_convert.vegalite_to_svg(json.dumps(specification(chart, table, palette)), vl_version=_VERSION)
    # Its pieces call themselves pictures without names; the table behind the chart is what is read aloud.
    return _ROLES.sub("", svg)


def specification(chart: Chart, table: Table, palette: Palette) -> dict[str, Any]:
    """The chart in the words of Vega-Lite; several measures are several small charts below each other."""
    small = [_measure(chart, table, key, palette) for key in chart.y]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "config": _config(palette),
        "vconcat": small,
        "spacing": 28,
    }


class Measure(NamedTuple):
    """What is measured up a chart: its column, and by which power of ten its numbers are divided."""

    column: Column
    scale: float
    title: str


def _measure(chart: Chart, table: Table, key: str, palette: Palette) -> dict[str, Any]:
    at = column_at(table, key)
    measure = _scaled(table, at)
    rows = list(_values(chart, table, at, measure))
    drawing = {"bars": _bars, "stacked": _stacked, "lines": _lines, "steps": _steps}[chart.shape]
    return {
        "data": {"values": rows},
        "width": _WIDTH,
        "height": _HEIGHT,
        "title": {"text": measure.title, "anchor": "start"},
        "layer": drawing(chart, table, palette),
    }


def _scaled(table: Table, at: int) -> Measure:
    """Money in the largest unit that leaves figures before the point; percents as percents."""
    column = table.columns[at]
    if column.sort == "percent":
        return Measure(column, 1 / _PERCENT, f"{column.title}, %")
    if column.sort != "money":
        return Measure(column, 1.0, f"{column.title}, days" if column.sort == "days" else column.title)
    most = max((abs(bound) for row in table.rows for bound in _bounds(row[at]) if bound is not None), default=0)
    places = digits(column)
    unit, power = next(((unit, power) for unit, power in _UNITS if most >= 10 ** (power + places)), ("", 0))
    return Measure(column, 1 / 10 ** (power + places), f"{column.title}, {column.unit or ''} {unit}".rstrip(" ,"))


def _bounds(cell: Cell) -> tuple[int | None, int | None]:
    if isinstance(cell, (Interval, Money)):
        return cell.low, cell.high
    return (cell, cell) if isinstance(cell, int) else (None, None)


def _values(chart: Chart, table: Table, at: int, measure: Measure) -> Iterator[dict[str, Any]]:
    """The rows of the table that have a figure there: from where it is sure to where it may reach."""
    x = column_at(table, chart.x)
    series = column_at(table, chart.series) if chart.series else None
    for place, row in enumerate(table.rows):
        low, high = _bounds(row[at])
        yield {
            "place": place,
            "x": _across(row[x], table.columns[x]),
            "low": None if low is None and high is None else round((low or 0) * measure.scale, 6),
            "high": None if high is None else round(high * measure.scale, 6),
            "open": low is not None and high is None,
            "series": said(row[series], table.columns[series]) or "not known" if series is not None else "",
        }


def _across(cell: Cell, column: Column) -> str | float | None:
    if column.sort in ("days", "count", "percent") and not isinstance(cell, (str, UncertainDate)):
        low, high = _bounds(cell)
        number = low if low is not None else high
        return None if number is None else number / (_PERCENT if column.sort == "percent" else 1)
    words = said(cell, column) or "not known"
    return words if len(words) <= _LONGEST_NAME else words[: _LONGEST_NAME - 1] + "…"


# --- shapes -----------------------------------------------------------------------------------------------------------


def _x(chart: Chart, table: Table) -> dict[str, Any]:
    column = table.columns[column_at(table, chart.x)]
    if chart.shape in ("lines", "steps") and column.sort in ("days", "count", "percent"):
        return {"field": "x", "type": "quantitative", "title": column.title, "axis": {"grid": False}}
    names = {row[column_at(table, chart.x)] for row in table.rows}
    # Names are kept in the order of the table, and equal ones together.
    axis = {"title": None, "labelLimit": 160, "labelOverlap": "greedy", "labelPadding": 6, "ticks": False}
    if column.sort == "date":
        # The quarter or month stands above its year.
        axis |= {"labelAngle": 0, "labelExpr": "split(datum.label, ' ')"}
    else:
        axis |= {"labelAngle": 0 if len(names) <= _FEW else -45}
    return {"field": "x", "type": "ordinal", "sort": {"field": "place", "op": "min"}, "axis": axis}


def _y(field: str) -> dict[str, Any]:
    return {"field": field, "type": "quantitative", "title": None, "axis": {"tickCount": 5, "format": ",~f"}}


def _color(chart: Chart, palette: Palette) -> dict[str, Any]:
    if not chart.series:
        return {"value": palette.series[0]}
    scale = {"range": list(palette.series)}
    return {"field": "series", "type": "nominal", "sort": None, "scale": scale, "legend": {"title": None}}


def _bars(chart: Chart, table: Table, palette: Palette) -> Sequence[dict[str, Any]]:
    """As far as is sure in full, on to what it may be at most faintly; an arrow where there is no most."""
    x, color = _x(chart, table), _color(chart, palette)
    side = {"xOffset": {"field": "series", "sort": None}} if chart.series else {}
    faint = {"x": x, "y": _y("high"), "color": color, "opacity": {"value": 0.3}, **side}
    sure = {"x": x, "y": _y("low"), "color": color, **side}
    above = {"x": x, "y": _y("low"), "text": {"value": "▲"}, "color": color, **side}
    return [
        {"mark": {"type": "bar", "cornerRadiusEnd": 2}, "encoding": faint},
        {"mark": {"type": "bar", "cornerRadiusEnd": 2}, "encoding": sure},
        {"transform": [{"filter": "datum.open"}], "mark": {"type": "text", "dy": -7, "size": 8}, "encoding": above},
    ]


def _stacked(chart: Chart, table: Table, palette: Palette) -> Sequence[dict[str, Any]]:
    encoding = {"x": _x(chart, table), "y": _y("low"), "color": _color(chart, palette), "order": {"field": "place"}}
    return [{"mark": {"type": "bar"}, "encoding": encoding}]


def _lines(chart: Chart, table: Table, palette: Palette) -> Sequence[dict[str, Any]]:
    return _drawn_lines(chart, table, palette, "monotone")


def _steps(chart: Chart, table: Table, palette: Palette) -> Sequence[dict[str, Any]]:
    return _drawn_lines(chart, table, palette, "step-after")


def _drawn_lines(chart: Chart, table: Table, palette: Palette, between: str) -> Sequence[dict[str, Any]]:
    """A line along what is sure, in a band up to what may be."""
    x, color = _x(chart, table), _color(chart, palette)
    points = {"size": 24} if between == "monotone" else False
    band = {"x": x, "y": _y("low"), "y2": {"field": "high"}, "color": color, "opacity": {"value": 0.15}}
    return [
        {"mark": {"type": "area", "interpolate": between}, "encoding": band},
        {
            "mark": {
                "type": "line",
                "interpolate": between,
                "strokeWidth": 2,
                "point": points,
            },
            "encoding": {"x": x, "y": _y("low"), "color": color},
        },
    ]


def _config(palette: Palette) -> dict[str, Any]:
    words = {"labelColor": palette.quiet, "titleColor": palette.ink, "labelFontSize": 12}
    return {
        "aria": False,
        "background": None,
        "font": FONTS,
        "view": {"stroke": None},
        "title": {"color": palette.ink, "fontSize": 13, "fontWeight": "bold", "offset": 12},
        "axis": {**words, "domainColor": palette.quiet, "gridColor": palette.rule, "tickColor": palette.quiet},
        "axisY": {"domain": False, "ticks": False, "labelPadding": 8, "minExtent": 44},
        "legend": {**words, "orient": "bottom", "columns": 4, "symbolType": "square"},
        "bar": {"discreteBandSize": {"band": 0.7}},
    }
