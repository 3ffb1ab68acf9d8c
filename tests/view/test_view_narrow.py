"""Tables and timelines where there is little room, or nothing to say: what must stay, and what is not drawn."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dealtrack.domain.contents import Cell, Column, Interval, Table
from dealtrack.domain.date import UncertainDate, from_edtf
from dealtrack.domain.deal import Deal
from dealtrack.domain.figures import DealRow, Tally
from dealtrack.view.contents import table_page
from dealtrack.view.screen import Screen
from dealtrack.view.table import DEFAULT_COLUMNS, deals_table
from dealtrack.view.timeline import company_timeline, period_timeline

Draw = Callable[..., Any]

TODAY = date(2026, 3, 15)
DEAL = Column("deal", "Deal")
SUM = Interval(812_000_000_000, 821_000_000_000)
PERIODS = (
    Column("period", "Period", "date"), Column("placed", "Placed", spare=-1), Column("deals", "Deals", "count"),
    Column("value", "Value", "money", "USD"), Column("mean", "Mean", "money", "USD"),
)  # fmt: skip


def at(edtf: str) -> UncertainDate:
    return from_edtf(edtf)


def lines(draw: Draw, table: Table, width: int) -> list[str]:
    """The table as it is drawn at that width, line by line."""

    def drawn(screen: Screen) -> object:
        return table_page(table, screen).lines

    return list(draw(drawn, width).text.splitlines())


def hidden(draw: Draw, table: Table, width: int) -> str:
    found = []

    def drawn(screen: Screen) -> object:
        page = table_page(table, screen)
        found.append(page.hidden)
        return page.lines

    draw(drawn, width)
    return found[0]


def table(columns: tuple[Column, ...], *rows: tuple[Cell, ...]) -> Table:
    return Table("key", "Title", columns, rows)


def test_a_year_among_quarters_is_not_taken_for_a_whole_year(draw: Draw) -> None:
    found = table(PERIODS, (at("2025-33"), None, 3, SUM, SUM), (at("2025"), "quarter not known", 1, SUM, SUM))
    assert hidden(draw, found, 56) == "mean"
    assert lines(draw, found, 56)[-1].startswith("2025     quarter not known      1")
    assert hidden(draw, found, 40) == "value, mean"


def test_the_column_that_tells_rows_apart_is_not_drawn_where_there_is_nothing_to_tell(
    draw: Draw,
) -> None:
    assert lines(draw, table(PERIODS, (at("2025-33"), None, 3, SUM, SUM)), 60)[0].split()[:2] == ["PERIOD", "DEALS"]


def test_a_first_cell_that_is_not_known_does_not_read_like_the_one_above(draw: Draw) -> None:
    found = table(PERIODS, (at("2026"), "quarter not known", 1, SUM, SUM), (None, "year not known", 2, SUM, SUM))
    assert lines(draw, found, 80)[-1].startswith("-       year not known")


def test_dates_and_texts_get_narrower_before_a_column_goes_that_is_not_spare(draw: Draw) -> None:
    columns = (DEAL, Column("believed", "Believed", "date"), Column("against", "Elsewhere", "date"))
    found = table(columns, ("Airbus -> Thales Alenia", at("2025-10-20/2025-10-22~"), at("2025-10-23/2025-10-31")))
    assert hidden(draw, found, 38) == ""
    drawn = lines(draw, found, 38)
    assert drawn[0].split() == ["DEAL", "BELIEVED", "ELSEWHERE"]
    assert max(map(len, drawn)) <= 38
    assert " ".join(line[14:26].strip() for line in drawn[1:]).split() == ["2025-10-20", "to", "about", "2025-10-22"]


def test_no_word_is_broken_to_keep_a_column(draw: Draw) -> None:
    columns = (DEAL, Column("before", "Before"), Column("after", "After"))
    found = table(columns, ("Telecommunications", "consideration", "consideration"))
    assert hidden(draw, found, 40) == "after"


def test_headings_take_two_lines_where_there_is_room(draw: Draw) -> None:
    share = Column("share", "Share of those left out", "percent")
    found = table((DEAL, share), ("A very long name of a deal " * 2, Interval(13_000, 13_000)))
    assert len(lines(draw, found, 70)) == 2 + 1
    assert len(lines(draw, found, 40)) > 3 + 1


def test_what_a_table_is_about_stays_longest(draw: Draw) -> None:
    value = Column("value", "Value", "money", "USD", spare=1, main=True)
    columns = (DEAL, Column("status", "Status"), Column("heard", "Heard of for the first time"), value)
    found = table(columns, ("Rocket Lab -> Geost", "completed", "2025-05-27", SUM))
    assert hidden(draw, found, 44) == "heard of for the first time"
    # A spare column without anything is left out all the same.
    assert "VALUE" not in lines(draw, table(columns, ("Rocket Lab -> Geost", "completed", "", None)), 80)[0]


@pytest.mark.parametrize("width", [52, 60, 70])
def test_a_narrow_list_cuts_nothing_and_says_what_its_marks_stand_for(
    width: int, draw: Draw, rows: list[DealRow]
) -> None:
    drawn = draw(lambda screen: deals_table(rows, DEFAULT_COLUMNS, screen).renderable, width)
    assert drawn.widest <= width
    assert "…" not in drawn.text
    for word in ("118", "Stoke", "SolAero", "Technologies", "75-150M", "<=USD", "5bn", "◇!"):
        assert word in drawn.text.split() or word in drawn.text, word
    assert drawn.text.splitlines()[-1].endswith("! disputed")
    wide = draw(lambda screen: deals_table(rows, ("id", "status"), screen).renderable, width)
    assert "stalled (disputed)" in wide.text


def bare(row: DealRow) -> DealRow:
    """The row without value, stake and sectors."""
    nothing = dict.fromkeys(name for name in row if name.startswith(("value", "worth", "stake")))
    return {**row, **nothing, "worth_currency": "USD", "sectors": ""}


def periods(draw: Draw, rows: list[DealRow], width: int) -> str:
    return str(draw(lambda screen: period_timeline(rows, "year", screen), width).text)


def test_no_column_of_deals_is_named_over_nothing(draw: Draw, rows: list[DealRow]) -> None:
    full, empty = (periods(draw, some, 160).splitlines()[1].split() for some in (rows, list(map(bare, rows))))
    assert full == ["SINCE", "DEAL", "KIND", "SECTORS", "STAKE", "VALUE", "STATUS"]
    assert empty == ["SINCE", "DEAL", "KIND", "STATUS"]


@pytest.mark.parametrize("width", [44, 52, 60, 68])
def test_that_no_value_is_known_is_said_whole(width: int, draw: Draw, rows: list[DealRow]) -> None:
    drawn = periods(draw, [bare(rows[0])], width)
    assert "no value disclosed (0 of 1)" in drawn
    assert "…" not in drawn


def company(draw: Draw, deals: list[Deal], width: int) -> list[str]:
    made = draw(lambda screen: company_timeline("Rocket Lab", deals, Tally(), screen, TODAY), width)
    return list(made.text.splitlines())


def test_the_legend_tells_only_of_marks_that_are_to_be_seen(draw: Draw, lanes: list[Deal]) -> None:
    # The rejection of about November 2023 lies under the withdrawal of the same month.
    *plot, key = company(draw, [lanes[4]], 60)
    assert "⊗" not in "".join(plot)
    assert key == "◐ proposed  ⊖ withdrawn  ░░░ some day in this span"
    later = lanes[4].events[2]._replace(date=at("2025-11-15"))
    apart = replace(lanes[4], events=(*lanes[4].events[:2], later))
    assert "⊗ rejected" in " ".join(company(draw, [apart], 60)[-2:])


def test_a_date_without_an_earliest_day_shows_that_at_the_beginning_of_the_axis(draw: Draw, lanes: list[Deal]) -> None:
    rumor = lanes[3]
    old = replace(rumor, events=(rumor.events[0]._replace(date=at("../2019")),))
    for width in (60, 100, 160):
        assert "◂" in "".join(company(draw, [old], width)), width
