"""Every renderer at the widths of a small and a wide terminal, and in ASCII, as files a reader can look at."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dealtrack.domain.change import Change
from dealtrack.domain.company import Alias, Company, Identifier, Parent
from dealtrack.domain.contest import Bid, contest
from dealtrack.domain.date import from_edtf
from dealtrack.domain.deal import Deal, Link
from dealtrack.domain.dealings import dealings
from dealtrack.domain.figures import STEPS, DealRow, Step, Tally
from dealtrack.domain.judgement import Judgement
from dealtrack.domain.profile import Profile, Relative
from dealtrack.domain.related import Related
from dealtrack.view.company import company_page, company_table
from dealtrack.view.deal import deal_page
from dealtrack.view.findings import findings_list
from dealtrack.view.lines import Lines
from dealtrack.view.log import log_table
from dealtrack.view.screen import Screen
from dealtrack.view.table import COLUMNS, DEFAULT_COLUMNS, deals_table, total_line
from dealtrack.view.timeline import company_timeline, counted_timeline, deal_timeline, period_timeline, target_timeline

TODAY = date(2026, 3, 15)
SHAPES = [(80, False), (140, False), (80, True)]

Make = Callable[[Screen], Any]

COMPANY = Company(
    slug="rocket-lab",
    name="Rocket Lab",
    country="US",
    sectors=("launch", "spacecraft"),
    ticker="NASDAQ:RKLB",
    note="Launches from New Zealand.",
    aliases=(Alias("Rocket Lab USA, Inc.", "legal", from_edtf("../2025-05")), Alias("RocketLab", "short")),
)
OLD = Company(slug="rocket-lab-usa", name="Rocket Lab USA", aliases=(Alias("RLUSA", "short"),))
BELONGS = from_edtf("2021-12/..")


def profile(deals: list[Deal], merged: tuple[Company, ...] = (OLD,)) -> Profile:
    """The company with all that may be known of one."""
    return Profile(
        company=COMPANY,
        merged=merged,
        identifiers=(Identifier("rocket-lab", "cik", "0001819994", "s-0007"),),
        relatives=(Relative("SolAero", Parent("solaero", "rocket-lab", BELONGS)),),
        judgements=(Judgement("rocket-lab", "rocket-factory", "different", "ada", "2026-03-15T12:00:00Z", "other"),),
        dealings=dealings("rocket-lab", deals, ()),
    )


COMPANIES: list[DealRow] = [
    {"slug": "rocket-lab", "name": "Rocket Lab", "kind": "company", "country": "US", "sectors": "launch",
     "ticker": "NASDAQ:RKLB", "note": None, "aliases": "Rocket Lab USA, Inc.; RocketLab", "deals": 5},
    {"slug": "ses", "name": "SES", "kind": "company", "country": "LU", "sectors": "satcom",
     "ticker": None, "note": None, "aliases": None, "deals": 0},
]  # fmt: skip
CHANGES = [
    Change(3, "2026-03-15T12:02:00Z", "ada", "dealtrack undo 2", "undo", undoes=2),
    Change(2, "2026-03-15T12:01:00Z", "ada", "dealtrack update geost --status completed --on 2025-08-12 "
           "--source https://example.com/closing --summary 'Closed, at last.'", "update", undone_by=3),
    Change(1, "2026-03-15T12:00:00Z", "ada", "dealtrack import --sample", "import"),
]  # fmt: skip
FINDINGS = [
    ("doubt", "unusual-move", "openai-stoke-space-2025", "it went from terminated to talks"),
    ("fault", "no-target", "spacex-tesla-2026", "it is an acquisition without a target or a seller"),
    ("doubt", "unusual-move", "bayanat-yahsat-2023", "it went from agreed to proposed"),
]


def tally(deals: list[Deal]) -> Tally:
    """What the deals come to."""
    total = Tally()
    for deal in deals:
        dollars = deal.facts.value.event.dollars if deal.facts.value else None
        total.add(dollars.low if dollars else None, dollars.high if dollars else None)
    return total


def rivals(lanes: list[Deal]) -> list[Bid]:
    """Bids of which the last beat the first."""
    first, *_, last = lanes
    beaten = Link("competes-with", last.slug, last.id)
    beat = Link("competes-with", first.slug, first.id, outward=False)
    linked = [replace(first, links=(beaten,)), *lanes[1:-1], replace(last, links=(beat,))]
    return contest(linked, "mynaric")


@pytest.fixture
def pages(stoke: Deal, geost: Deal, lanes: list[Deal], rows: list[DealRow]) -> dict[str, Make]:
    beside = [Related("competes with", lanes[2]), Related(f"#{lanes[2].id} led to", geost)]
    return {
        "timeline-deal-stoke": lambda screen: deal_timeline(stoke, screen, TODAY),
        "timeline-deal-linked": lambda screen: deal_timeline(stoke, screen, TODAY, beside),
        "timeline-deal-geost": lambda screen: deal_timeline(geost, screen, TODAY),
        "timeline-deal-mynaric": lambda screen: deal_timeline(lanes[2], screen, TODAY),
        "timeline-company": lambda screen: company_timeline("Rocket Lab", lanes, tally(lanes), screen, TODAY),
        "timeline-target": lambda screen: target_timeline("Mynaric", rivals(lanes), tally(lanes), screen, TODAY),
        "timeline-month": lambda screen: period_timeline(rows, "month", screen),
        "timeline-quarter": lambda screen: period_timeline(rows, "quarter", screen),
        "timeline-year": lambda screen: period_timeline(rows, "year", screen),
        "deal-stoke": lambda screen: deal_page(stoke, screen, beside),
        "deal-geost": lambda screen: deal_page(geost, screen),
        "list": lambda screen: deals_table(rows, DEFAULT_COLUMNS, screen).renderable,
        "companies": lambda screen: company_table(COMPANIES, screen).renderable,
        "company": lambda screen: company_page(profile(lanes), rows[1:], screen),
        "log": lambda screen: log_table(CHANGES, screen),
        "findings": lambda screen: findings_list(FINDINGS, screen),
    }


NAMES = (
    "timeline-deal-stoke", "timeline-deal-linked", "timeline-deal-geost", "timeline-deal-mynaric",
    "timeline-company", "timeline-target", "timeline-month", "timeline-quarter",
    "timeline-year", "deal-stoke", "deal-geost", "list", "companies", "company", "log", "findings",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("width", "ascii_only"), SHAPES)
def test_it_looks_as_it_did(
    *, name: str, width: int, ascii_only: bool, pages: dict[str, Make], draw: Any, golden: Callable[[str, str], None]
) -> None:
    golden(f"{name}-{width}{'-ascii' * ascii_only}", draw(pages[name], width, ascii_only=ascii_only).text)


@pytest.mark.parametrize("width", [80, 120, 200])
def test_bids_side_by_side_look_as_they_did(
    width: int, pages: dict[str, Make], draw: Any, golden: Callable[[str, str], None]
) -> None:
    golden(f"timeline-target-{width}", draw(pages["timeline-target"], width).text)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [40, 60, 80, 100, 140, 200])
def test_no_line_is_wider_than_the_screen(name: str, width: int, pages: dict[str, Make], draw: Any) -> None:
    assert draw(pages[name], width).widest <= width
    assert draw(pages[name], width, ascii_only=True).widest <= width


@pytest.mark.parametrize("name", sorted(set(NAMES) - {"list", "companies", "company"}))
@pytest.mark.parametrize("width", [60, 80, 100, 140, None])
def test_pages_and_timelines_cut_nothing(name: str, width: int | None, pages: dict[str, Make], draw: Any) -> None:
    assert "…" not in draw(pages[name], width).text


@pytest.mark.parametrize("name", NAMES)
def test_ascii_is_ascii_and_has_the_same_lines(name: str, pages: dict[str, Make], draw: Any) -> None:
    plain, ascii_only = draw(pages[name], 100).text, draw(pages[name], 100, ascii_only=True).text
    assert ascii_only.isascii()
    assert [len(line) for line in plain.splitlines()] == [len(line) for line in ascii_only.splitlines()]


@pytest.mark.parametrize("name", NAMES)
def test_color_adds_nothing_but_color(name: str, pages: dict[str, Make], draw: Any) -> None:
    import re  # noqa: PLC0415 - used here only

    colored = draw(pages[name], 80, color="always").text
    assert "\x1b[" in colored
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == draw(pages[name], 80).text


def test_every_column_has_a_cell(rows: list[DealRow], draw: Any) -> None:
    for name in COLUMNS:
        assert draw(lambda screen, name=name: deals_table(rows, [name], screen).renderable).widest <= 80


def test_columns_drop_before_text_is_cut(rows: list[DealRow], draw: Any) -> None:
    hidden: list[Mapping[str, str]] = []

    def make(screen: Screen) -> Lines:
        table = deals_table(rows, ("id", "since", "deal", "kind", "form", "value", "status"), screen)
        hidden.append(table.hidden)
        return table.renderable

    assert draw(make, 140).widest <= 140
    assert draw(make, None).widest > 100
    assert "kind" in draw(make, 80).text or tuple(hidden[-1]) == ("form", "kind")
    assert [name for names in (hidden[0], hidden[1]) for name in names] == []


def test_id_date_and_value_are_never_cut(rows: list[DealRow], draw: Any) -> None:
    text = draw(lambda screen: deals_table(rows, DEFAULT_COLUMNS, screen).renderable, 60).text
    assert "2024-08-16" in text
    assert "<=USD 5bn" in text


@pytest.mark.parametrize(
    ("amounts", "line"),
    [
        ([], "0 deals · no value known in USD (0 of 0)"),
        ([(None, None)], "1 deal · no value known in USD (0 of 1)"),
        ([(27_500_000_000, 27_500_000_000), (None, None)], "2 deals · USD 275M disclosed (1 of 2)"),
        ([(320_000_000_000, 410_000_000_000)], "1 deal · USD 3.2-4.1bn disclosed (1 of 1)"),
        ([(320_000_000_000, None)], "1 deal · USD 3.2bn or more disclosed (1 of 1)"),
        ([(None, 5_000_000_000)], "1 deal · up to USD 50M disclosed (1 of 1)"),
        ([(99_960_000_000, 99_960_000_000)], "1 deal · USD 1bn disclosed (1 of 1)"),
        ([(95_000_000_000, 105_000_000_000)], "1 deal · USD 950M-1.05bn disclosed (1 of 1)"),
    ],
)
def test_a_total_says_how_many_it_covers(amounts: list[tuple[int | None, int | None]], line: str) -> None:
    tally = Tally()
    for low, high in amounts:
        tally.add(low, high)
    assert total_line(tally) == line


@pytest.mark.parametrize("step", STEPS)
def test_deals_that_are_only_counted_come_to_the_same(step: Step, rows: list[DealRow], draw: Any) -> None:
    tallies = []
    for row in rows:
        tally = Tally()
        tally.add(row["worth_low"], row["worth_high"])
        tallies.append((row["first_seen"], tally))
    listed = draw(lambda screen: period_timeline(rows, step, screen)).text
    counted = draw(lambda screen: counted_timeline(tallies, step, screen)).text
    headings = [line for line in listed.splitlines() if line and not line.startswith("  ")]
    assert list(map(_figures, headings)) == [_figures(line) for line in counted.splitlines() if line]


def _figures(line: str) -> str:
    """A line without its bars, which are as long as there is room."""
    return re.sub(r"[ ━╸╌▸]+", " ", line)
