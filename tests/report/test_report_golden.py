"""Reports on the bundled deals: kept as golden files in every format, and held against the shipped schema."""

import json
from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from dealtrack.cli.commands.report import REPORTS

Make = Callable[..., str]
Golden = Callable[[str, str], None]

SCHEMA: dict[str, Any] = json.loads(
    files("dealtrack.exchange").joinpath("report.schema.json").read_text(encoding="utf-8")
)
VALIDATOR = Draft202012Validator(SCHEMA)

# Each as it is kept: the words after `report`.
KEPT: dict[str, tuple[str, ...]] = {
    "summary": ("summary", "--by", "year"),
    "summary-sectors": ("summary", "--first-seen", "2024..", "--by", "year", "--per", "sector", "--date", "agreed"),
    "pipeline": ("pipeline", "--sector", "launch", "--since", "2026-04-01", "-n", "8"),
    "league": ("league", "--sector", "launch", "--role", "buyers,investors", "-n", "8"),
    "stale": ("stale", "--sector", "launch", "-n", "12"),
    "durations": ("durations", "--sector", "launch", "--first-seen", "2023..", "-n", "3"),
    "outcomes": ("outcomes", "--sector", "launch", "-n", "3"),
    "conflicts": ("conflicts", "--first-seen", "2024..2025", "-n", "3"),
    "sources": ("sources", "--sector", "lunar", "-n", "3"),
    "links": ("links", "--sector", "launch", "-n", "3"),
    "stakes": ("stakes", "--sector", "launch", "-n", "3"),
    "company": ("company", "rocket-lab", "-n", "3"),
}
# Timelines in their three shapes; their files are those of a listing, and their pages are kept by other tests.
TIMELINES: dict[str, tuple[str, ...]] = {
    "timeline-deal": ("openai-stoke-space-2025",),
    "timeline-company": ("--company", "rocket-lab"),
    "timeline-quarters": ("--sector", "launch", "--kind", "acquisition", "--on", "2025", "--by", "quarter"),
}
# Every report, with the words that it cannot do without.
ALL: dict[str, tuple[str, ...]] = {report.name: (report.name,) for report in REPORTS} | {
    "company": ("company", "spacex")
}
WIDTHS = (80, 120, 200)
FILES = ("md", "html", "svg", "json", "ndjson", "csv", "tsv")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", KEPT)
def test_a_report_is_drawn_as_it_was(name: str, width: int, make: Make, golden: Golden) -> None:
    golden(f"{name}-{width}.txt", make("report", *KEPT[name], "-O", "table", COLUMNS=str(width)))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", TIMELINES)
def test_a_timeline_is_drawn_as_it_was(name: str, width: int, make: Make, golden: Golden) -> None:
    golden(f"{name}-{width}.txt", make("timeline", *TIMELINES[name], "-O", "table", COLUMNS=str(width)))


# A picture is of charts, which these have none of.
PLAIN = ("stale", "links")


@pytest.mark.parametrize(
    ("name", "format_"), [(name, form) for name in KEPT for form in FILES if form != "svg" or name not in PLAIN]
)
def test_a_report_is_written_as_it_was(name: str, format_: str, make: Make, golden: Golden) -> None:
    golden(f"{name}.{format_}", make("report", *KEPT[name], "-O", format_))


def test_every_report_is_kept() -> None:
    assert {words[0] for words in KEPT.values()} == set(ALL)


@pytest.mark.parametrize("name", ALL)
def test_a_report_is_what_the_schema_says(name: str, make: Make) -> None:
    report = json.loads(make("report", *ALL[name], "--json"))
    assert [fault.message for fault in VALIDATOR.iter_errors(report)] == []
    assert report["report"] == name
    tables = {part["key"]: part for part in report["parts"] if part["part"] == "table"}
    for table in tables.values():
        keys = [key for column in table["columns"] for key in column["keys"]]
        assert len(keys) == len(set(keys))
        assert all(list(row) == keys for row in rows_of(table))
    for chart in (part for part in report["parts"] if part["part"] == "chart"):
        columns = {column["key"] for column in tables[chart["table"]]["columns"]}
        assert {chart["x"], *chart["y"], chart["series"] or chart["x"]} <= columns


def rows_of(table: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from table["rows"]
    if table["foot"] is not None:
        yield table["foot"]


@pytest.mark.parametrize("name", ALL)
def test_a_report_is_no_wider_than_the_screen(name: str, make: Make) -> None:
    for width in (60, 80):
        assert max(map(len, make("report", *ALL[name], "-O", "table", COLUMNS=str(width)).splitlines())) <= width


@pytest.mark.parametrize("name", ALL)
def test_a_report_of_no_deals_is_whole(name: str, make: Make) -> None:
    report = json.loads(make("report", *ALL[name], "--json", "--sector", "none-such"))
    assert report["basis"]["deals"] == 0
    assert [fault.message for fault in VALIDATOR.iter_errors(report)] == []
    for format_ in ("csv", "md", "html"):
        assert make("report", *ALL[name], "-O", format_, "--sector", "none-such")
