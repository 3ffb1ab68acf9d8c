"""Charts of figures as Vega-Lite specifications, drawn without a browser and without a network."""

import json
import re
from typing import Any

import vl_convert

from dealtrack.domain.contents import Cell, Chart, Column, Table
from dealtrack.domain.date import UncertainDate
from dealtrack.report.bars import across_time, along, bar_width, lying, scale_up, titled, upright
from dealtrack.report.cells import column_at, said
from dealtrack.report.measures import HEIGHT, LETTERS, Measure, Palette, bounds, measure

# The release of Vega-Lite that the specifications are written for; newer libraries keep the older ones.
_VERSION = "5.21"
# The first of these comes with the library, which measures words by it; Arial and Helvetica are as wide.
FONTS = "Liberation Sans, Arial, Helvetica, DejaVu Sans, sans-serif"
_PERCENT = 10_000
_OTHERS = "all others"
# How much further than the last of its steps a line goes on.
_BEYOND = 1.04

_ROLES = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')

# A page has them as names, so that it can change them in the dark.
PAGE = Palette("var(--ink)", "var(--quiet)", "var(--rule)", tuple(f"var(--s{n})" for n in range(1, 8)))
PAPER = Palette(
    "#1b2330", "#586272", "#e2e6eb",
    ("#1d4f91", "#c2661a", "#1d7a40", "#7646b4", "#b4302a", "#0a6f8c", "#8a5a00"),
)  # fmt: skip


def drawn(chart: Chart, table: Table, palette: Palette, width: float) -> list[str]:
    """The chart as SVG without a background, one drawing for each of its measures, so wide in all."""
    specifications = (specification(chart, table, key, palette, width) for key in chart.y)
    drawings = (vl_convert.vegalite_to_svg(json.dumps(one), vl_version=_VERSION) for one in specifications)
    # Its pieces call themselves pictures without names; the table behind the chart is what is read aloud.
    return [_ROLES.sub("", svg) for svg in drawings]


def specification(chart: Chart, table: Table, key: str, palette: Palette, width: float) -> dict[str, Any]:
    """One measure of the chart in the words of Vega-Lite."""
    measured = measure(table, column_at(table, key))
    over_time = table.columns[column_at(table, chart.x)].sort == "date"
    match chart.shape:
        case "bars" if over_time:
            drawing = upright(chart, table, measured, palette, width)
        case "bars":
            drawing = lying(chart, table, measured, palette, width)
        case "stacked":
            drawing = _stacked(chart, table, measured, palette, width)
        case _:
            drawing = _line(chart, table, measured, palette)
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "config": _config(palette),
        "autosize": {"type": "fit-x", "contains": "padding"},
        "width": width,
        **drawing,
        "title": {"anchor": "start", **drawing["title"]},
    }


# --- shapes -----------------------------------------------------------------------------------------------------------


def _stacked(chart: Chart, table: Table, measured: Measure, palette: Palette, width: float) -> dict[str, Any]:
    """Pieces one upon the other, along time or side by side."""
    x = column_at(table, chart.x)
    course = along(chart, table) if table.columns[x].sort == "date" else None
    names = _names(chart, table, measured, len(palette.series))
    values = [
        {
            "place": course.at(row[x]) if course else said(row[x], table.columns[x]),
            "rank": rank,
            "low": measured.low(row[measured.at]),
            "series": name,
        }
        for rank, (row, name) in enumerate(zip(table.rows, names, strict=True))
    ]
    order = sorted(dict.fromkeys(names), key=lambda name: name == _OTHERS)
    scale = {
        "domain": order,
        "range": [palette.quiet if name == _OTHERS else palette.series[at] for at, name in enumerate(order)],
    }
    up = {"field": "low", **scale_up(measured), "stack": "zero"}
    color = {"field": "series", "type": "nominal", "sort": None, "scale": scale, "legend": {"title": None}}
    beside = {"field": "place", "type": "ordinal", "sort": None, "axis": {"title": None, "labelAngle": 0}}
    band = width / max(len(course.periods if course else {row[x] for row in table.rows}), 1)
    across = across_time(course, band) if course else beside
    encoding = {"x": across, "y": up, "color": color, "order": {"field": "rank"}}
    return {
        "data": {"values": values},
        "height": HEIGHT + 40,
        "title": titled(measured, course) if course else {"text": measured.title},
        "mark": {"type": "bar", "width": bar_width(band)},
        "encoding": encoding,
    }


def _names(chart: Chart, table: Table, measured: Measure, colors: int) -> list[str]:
    """The name of the piece that each row is of: beyond so many the smaller ones are one."""
    at = column_at(table, chart.series or chart.x)
    names = [said(row[at], table.columns[at]) or "not known" for row in table.rows]
    weights: dict[str, float] = {}
    for name, row in zip(names, table.rows, strict=True):
        weights[name] = weights.get(name, 0) + (measured.low(row[measured.at]) or 0)
    if len(weights) <= colors:
        return names
    largest = sorted(weights, key=lambda name: -weights[name])[: colors - 1]
    return [name if name in largest else _OTHERS for name in names]


def _line(chart: Chart, table: Table, measured: Measure, palette: Palette) -> dict[str, Any]:
    """A line along what is sure, in a band up to what may be; steps go on a little after the last of them."""
    between = "step-after" if chart.shape == "steps" else "monotone"
    column = table.columns[column_at(table, chart.x)]
    values = [
        {"x": _across(row[column_at(table, chart.x)], column), "low": measured.low(cell), "high": measured.high(cell)}
        for row in table.rows
        for cell in [row[measured.at]]
    ]
    last = values[-1]["x"] if values else None
    if chart.shape == "steps" and isinstance(last, (int, float)):
        values.append({**values[-1], "x": last * _BEYOND})
    x = _x(column, values)
    color = {"value": palette.series[0]}
    low = {"field": "low", **scale_up(measured, measured.top(table))}
    band = {"x": x, "y": low, "y2": {"field": "high"}, "color": color, "opacity": {"value": 0.2}}
    points = {"size": 24} if between == "monotone" else False
    line = {"type": "line", "interpolate": between, "strokeWidth": 2, "point": points}
    return {
        "data": {"values": values},
        "height": HEIGHT,
        "title": {"text": measured.title},
        "layer": [
            {"mark": {"type": "area", "interpolate": between}, "encoding": band},
            {"mark": line, "encoding": {"x": x, "y": low, "color": color}},
        ],
    }


def _x(column: Column, values: list[dict[str, Any]]) -> dict[str, Any]:
    if column.sort not in ("days", "count", "percent"):
        axis = {"title": None, "labelOverlap": "greedy"}
        return {"field": "x", "type": "ordinal", "sort": None, "axis": axis}
    most = max((value["x"] for value in values if value["x"] is not None), default=1) or 1
    scale = {"domain": [0, most], "nice": False}
    return {
        "field": "x", "type": "quantitative", "title": column.title, "scale": scale, "axis": {"grid": False},
    }  # fmt: skip


def _across(cell: Cell, column: Column) -> str | float | None:
    if column.sort in ("days", "count", "percent") and not isinstance(cell, (str, UncertainDate)):
        low, high = bounds(cell)
        number = low if low is not None else high
        return None if number is None else number / (_PERCENT if column.sort == "percent" else 1)
    return said(cell, column) or "not known"


def _config(palette: Palette) -> dict[str, Any]:
    words = {"labelColor": palette.quiet, "titleColor": palette.quiet, "labelFontSize": LETTERS}
    title = {"color": palette.ink, "fontSize": 13, "fontWeight": "bold", "offset": 12}
    below = {"subtitleColor": palette.quiet, "subtitleFontSize": LETTERS, "subtitlePadding": 5}
    return {
        "aria": False,
        "background": None,
        "font": FONTS,
        # Letters reach a little below their line, which is not counted.
        "padding": {"left": 0, "right": 0, "top": 2, "bottom": 6},
        "view": {"stroke": None},
        "title": {**title, **below},
        "axis": {
            **words, "titleFontWeight": "normal", "domainColor": palette.quiet, "gridColor": palette.rule,
            "tickColor": palette.quiet,
        },
        "axisY": {"domain": False, "ticks": False, "labelPadding": 8, "minExtent": 44},
        "legend": {**words, "orient": "bottom", "columns": 4, "symbolType": "square"},
        "bar": {"discreteBandSize": {"band": 0.7}},
    }  # fmt: skip
