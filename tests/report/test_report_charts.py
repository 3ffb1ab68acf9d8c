"""Charts of figures: so wide as asked, words that do not meet, figures at bars, what is not known apart."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest

from dealtrack.domain.contents import Chart, Column, Interval, Table
from dealtrack.domain.date import from_edtf
from dealtrack.report.bars import MOST_NAMES, along
from dealtrack.report.charts import PAGE, PAPER, drawn
from dealtrack.report.lettering import width_of

Make = Callable[..., str]

SVG = "{http://www.w3.org/2000/svg}"
# What the classes of a picture's own words make of their size.
SIZES = {"h": 26.0, "s": 16.0, "f": 11.5}
BARS = Chart("deals", "Deals", "bars", "periods", "period", ("deals",))
BY_NAME = Chart("deals", "Deals", "bars", "names", "name", ("deals",))


class Word(NamedTuple):
    """A word of a drawing: where its middle, begin or end stands, and how large it is."""

    said: str
    x: float
    y: float
    anchor: str
    size: float

    @property
    def left(self) -> float:
        width = width_of(self.said, self.size)
        return self.x - {"middle": width / 2, "end": width}.get(self.anchor, 0)

    @property
    def right(self) -> float:
        return self.left + width_of(self.said, self.size)


def words(element: ET.Element, x: float = 0, y: float = 0) -> Iterator[Word]:
    """Every word of a drawing where it really stands; a picture within begins anew."""
    moved = re.match(r"translate\(([-\d.]+)[ ,]([-\d.]+)\)", element.get("transform", ""))
    if moved:
        x, y = x + float(moved[1]), y + float(moved[2])
    if element.tag == f"{SVG}text":
        classes = element.get("class", "").split()
        size = next((SIZES[name] for name in classes if name in SIZES), 13.0)
        size = float(element.get("font-size", f"{size}").removesuffix("px"))
        for line, part in enumerate(list(element) or [element]):
            place = x + float(element.get("x", 0)), y + float(element.get("y", 0)) + line * size
            if part.text:
                yield Word(part.text, *place, element.get("text-anchor", ""), size)
        return
    for child in element:
        yield from words(child, x, y)


def periods(*rows: tuple[str | None, int]) -> Table:
    columns = (Column("period", "Period", "date"), Column("deals", "Deals", "count"))
    return Table("periods", "By quarter", columns, tuple((from_edtf(day) if day else None, n) for day, n in rows))


def by_name(*names: str) -> Table:
    columns = (Column("name", "Name"), Column("deals", "Deals", "count"))
    return Table("names", "By name", columns, tuple((name, at + 1) for at, name in enumerate(names)))


def texts(chart: Chart, table: Table, width: float = 860) -> list[Word]:
    (svg,) = drawn(chart, table, PAPER, width)
    return list(words(ET.fromstring(svg)))


@pytest.mark.parametrize("report", ["summary", "league", "durations", "outcomes", "sources", "conflicts", "stakes"])
def test_a_chart_is_as_wide_as_its_picture(report: str, make: Make) -> None:
    root = ET.fromstring(make("report", report, "-O", "svg"))
    charts = [float(svg.get("width", "0")) for svg in root.iter(f"{SVG}svg") if svg is not root]
    assert charts
    assert all(abs(width - (1200 - 2 * 48)) < 16 for width in charts), charts


@pytest.mark.parametrize("step", ["month", "quarter", "year"])
def test_no_word_of_a_chart_stands_on_another(step: str, make: Make) -> None:
    root = ET.fromstring(make("report", "summary", "--by", step, "-O", "svg"))
    lines: dict[int, list[Word]] = {}
    for word in words(root):
        lines.setdefault(round(word.y), []).append(word)
    for line in lines.values():
        for one, other in pairwise(sorted(line, key=lambda word: word.left)):
            assert one.right <= other.left + 0.5, (one, other)


@pytest.mark.parametrize("last", ["2025-33", "2025-36"])
def test_deals_of_no_year_are_named_so_only_where_there_is_room(last: str) -> None:
    quarters = periods(("2014-33", 1), ("2024-35", 1), (last, 1), (None, 3))
    said = sorted(
        (word for word in texts(BARS, quarters) if word.said in ("2024", "2025", "no year")), key=lambda word: word.left
    )
    assert [word.said for word in said] == ["2024", "2025", "no year"][: 3 if last == "2025-36" else 2]
    assert all(one.right <= other.left for one, other in pairwise(said))


def test_quarters_without_deals_keep_their_places() -> None:
    course = along(BARS, periods(("2024-34", 1), ("2025-33", 1)))
    assert [str(period.when and period.when.edtf) for period in course.periods] == [
        "2024-34", "2024-35", "2024-36", "2025-33",
    ]  # fmt: skip


def test_what_is_known_of_a_year_only_is_no_total_of_it() -> None:
    table = periods(("2024-34", 1), ("2024-36", 7), ("2024", 5), (None, 2))
    course = along(BARS, table)
    assert [course.at(row[0]) for row in table.rows] == [0, 2, 3, 4]
    said = [word.said for word in texts(BARS, table)]
    assert said.count("2024") == 1
    assert said.count("?") == 2
    assert "? quarter not known" in said
    assert "no year" in said
    (svg,) = drawn(BARS, table, PAPER, 860)
    greys = re.findall(r'<path aria-hidden="true" [^>]*fill="(#\w+)"|<path [^>]*fill="(#\w+)"', svg)
    colors = [one or other for one, other in greys]
    assert colors.count(PAPER.quiet) >= 2
    assert colors.count(PAPER.series[0]) >= 2


def test_years_among_years_are_plain_years() -> None:
    said = [word.said for word in texts(BARS, periods(("2023", 1), ("2025", 2)))]
    assert {"2023", "2024", "2025"} <= set(said)
    assert "?" not in said


def test_many_years_of_months_are_drawn_without_those_between() -> None:
    table = periods(("1901-02", 1), ("2025-02", 1))
    assert len(along(BARS, table).periods) == 2
    assert "months without deals are left out" in [word.said for word in texts(BARS, table)]


def test_every_bar_has_its_figure_where_there_is_room() -> None:
    said = [word.said for word in texts(BARS, periods(("2024-33", 31), ("2024-34", 47)))]
    assert {"31", "47"} <= set(said)
    many = periods(*((f"{year}-{quarter}", 1234) for year in range(1990, 2030) for quarter in range(33, 37)))
    assert "1,234" not in [word.said for word in texts(BARS, many)]


def test_what_has_no_most_says_so() -> None:
    columns = (Column("name", "Name"), Column("value", "Value", "money", "USD"))
    table = Table("names", "", columns, (("a", Interval(150_000_000_00, None)), ("b", Interval(0, 90_000_000_00))))
    said = [word.said for word in texts(BY_NAME._replace(y=("value",)), table)]
    assert {"150M+", "up to 90M", "Value, USD M"} <= set(said)


def test_names_are_whole_or_cut_with_a_sign_and_the_first_are_told() -> None:
    said = [word.said for word in texts(BY_NAME, by_name("Acme", "W" * 200, *(f"n{n}" for n in range(40))))]
    assert "Acme" in said
    assert any(re.fullmatch("W{10,40}…", word) for word in said)
    assert f"the first {MOST_NAMES} of 42; all are in the table" in said
    assert f"n{MOST_NAMES - 3}" in said
    assert f"n{MOST_NAMES - 2}" not in said


def test_equal_names_are_bars_of_their_own() -> None:
    said = [word.said for word in texts(BY_NAME, by_name("Acme", "Acme"))]
    assert said.count("Acme") == 2
    assert {"1", "2"} <= set(said)


def test_shares_stand_on_a_scale_up_to_the_whole_and_the_last_step_goes_on() -> None:
    columns = (Column("days", "Days", "count"), Column("closed", "Closed", "percent"))
    rows = ((0, Interval(0, 0)), (30, Interval(90_000, 100_000)), (60, Interval(120_000, 130_000)))
    table = Table("closed_by", "", columns, rows)
    chart = Chart("closing", "Closed", "steps", "closed_by", "days", ("closed",))
    assert "100" in [word.said for word in texts(chart, table)]
    (svg,) = drawn(chart, table, PAPER, 860)
    (line,) = re.findall(r'd="(M[^"Z]+)"[^>]*stroke="#1d4f91"', svg)
    points = [tuple(map(float, point.split(","))) for point in dict.fromkeys(re.findall(r"[-\d.]+,[-\d.]+", line))]
    assert points[-1][1] == points[-2][1]
    assert points[-1][0] > points[-2][0]


def test_pieces_have_colors_of_their_own() -> None:
    columns = (Column("period", "Period", "date"), Column("sector", "Sector"), Column("deals", "Deals", "count"))
    rows = tuple((from_edtf("2024"), f"sector {n}", n) for n in range(1, 13))
    table = Table("periods_per", "", columns, rows)
    chart = Chart("course", "", "stacked", "periods_per", "period", ("deals",), "sector")
    said = [word.said for word in texts(chart, table)]
    assert [word for word in said if "sector" in word] == [f"sector {n}" for n in range(7, 13)]
    assert "all others" in said


def test_pieces_stand_side_by_side_where_no_time_runs() -> None:
    columns = (Column("status", "Status"), Column("age", "Age"), Column("deals", "Deals", "count"))
    rows = (("agreed", "young", 2), ("agreed", "old", 1), ("talks", "old", 1))
    chart = Chart("ages", "", "stacked", "ages", "status", ("deals",), "age")
    said = [word.said for word in texts(chart, Table("ages", "", columns, rows))]
    assert {"agreed", "talks", "young", "old"} <= set(said)
    assert "no year" not in said


def test_few_things_are_counted_in_whole_numbers() -> None:
    said = [word.said for word in texts(BARS, periods(("2024-33", 2), ("2024-34", 1)))]
    assert {"0", "1", "2"} <= set(said)
    assert not [word for word in said if "." in word]


def test_stakes_are_drawn_by_what_they_are_of(make: Make) -> None:
    said = [word.said for word in words(ET.fromstring(make("report", "stakes", "-O", "svg")))]
    assert "Arianespace" in said
    assert "73.69-74%" in said


def test_a_page_changes_every_color_of_a_chart_in_the_dark() -> None:
    (svg,) = drawn(BARS, periods(("2024-33", 31), ("2024", 3)), PAGE, 860)
    assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', svg)) <= {
        "none", "transparent", "var(--ink)", "var(--quiet)", "var(--rule)", "var(--s1)",
    }  # fmt: skip


def test_a_picture_leaves_the_charts_in_it_their_colors(make: Make) -> None:
    drawing = make("report", "summary", "-O", "svg")
    assert not re.search(r"(?m)^text \{", drawing)
    assert 'font-family="Liberation Sans, Arial' in drawing.split(">")[0]


def test_a_missing_browser_is_a_failure_where_all_is_to_be_tried(tmp_path: Path) -> None:
    test = f"{Path(__file__).with_name('test_report_browser.py')}::test_dark_is_dark"
    command = [sys.executable, "-m", "pytest", "-rs", "-p", "no:cacheprovider", test]
    env = {**os.environ, "PATH": str(tmp_path), "CI": ""}
    ran = [
        subprocess.run(command, env={**env, "CI": ci}, capture_output=True, text=True, check=False) for ci in ("", "1")
    ]
    assert (ran[0].returncode, "there is no Chromium" in ran[0].stdout) == (0, True), ran[0].stdout
    assert (ran[1].returncode, "there is no Chromium" in ran[1].stdout) == (1, True), ran[1].stdout
