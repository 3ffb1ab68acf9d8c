"""Who holds what of whom, as a report."""

from typing import Any

from deals import deal, page, told
from report.test_report_durations import BASIS, cells, table

from dealtrack.domain.contents import Interval, Report
from dealtrack.domain.deal import Deal
from dealtrack.report.stakes import stakes_report


def report(*deals: Deal) -> Report:
    return stakes_report(deals, BASIS)


def percent(low: float, high: float | None = None) -> Interval:
    return Interval(round(low * 10_000), round((low if high is None else high) * 10_000))


def closed(year: int, stake: str, basis: str = "acquired", **rest: Any) -> Deal:
    usual: dict[str, Any] = {"buyer": "Acme", "target": "Geost", "kind": "equity-stake"}
    return deal(told(f"{year}-01-01", "completed", stake=stake, basis=basis), **(usual | rest))


def test_the_largest_holder_comes_first_and_companies_by_name() -> None:
    found = report(
        closed(2020, "10"), closed(2021, "30", buyer="Bravo"), closed(2021, "5", target="Astra"),
        closed(2022, "20", buyer="Charlie"),
    )  # fmt: skip
    rows = [(of.shown, holder.shown, held) for of, holder, held in cells(found, "holdings", "target", "holder", "held")]
    assert rows == [
        ("Astra", "Acme", percent(5)),
        ("Geost", "Bravo", percent(30)),
        ("Geost", "Charlie", percent(20)),
        ("Geost", "Acme", percent(10)),
    ]


def test_more_than_all_of_it_is_flagged() -> None:
    found = report(closed(2020, "60"), closed(2021, "50..55", buyer="Bravo"))
    assert cells(found, "totals", "holders", "total", "rest", "verdict") == [
        (2, percent(110, 115), percent(0), "over 100%")
    ]
    assert cells(found, "doubts", "doubt") == [("the holders on record have 110% or more together",)]


def test_what_may_be_all_of_it_is_not_flagged() -> None:
    found = report(closed(2020, "40..60"), closed(2021, "50..55", buyer="Bravo"))
    assert cells(found, "totals", "total", "rest", "verdict") == [(percent(90, 100), percent(0, 10), None)]


def test_a_deal_says_what_was_held_sought_acquired_and_owned_after() -> None:
    whole = deal(
        told("2021-01-01", "proposed", stake="40", basis="sought"),
        told("2021-02-01", "agreed", stake="30"),
        told("2021-03-01", "completed", stake="45", basis="owned-after"),
        buyer="Acme", target="Geost", kind="equity-stake",
    )  # fmt: skip
    columns = ("held", "sought", "acquired", "owned_after", "counted")
    assert cells(report(closed(2020, "15"), whole), "by_deal", *columns)[1] == (
        percent(15), percent(40), percent(30), percent(45), "owned after",
    )  # fmt: skip


def test_what_is_signed_for_stands_beside_what_is_held() -> None:
    signed = deal(told("2021-01-01", "agreed", stake="30"), buyer="Acme", target="Geost")
    assert cells(report(closed(2020, "15"), signed), "by_deal", "held", "acquired", "counted")[1] == (
        percent(15), percent(30), "no",
    )  # fmt: skip
    assert cells(report(signed), "by_deal", "held", "counted") == [(None, "no")]


def test_a_closing_with_several_targets_is_not_counted_and_says_so() -> None:
    assert cells(report(closed(2020, "15", target=["Geost", "Astra"])), "by_deal", "counted") == [
        ("no, of several targets",)
    ]


def test_sources_that_disagree_are_a_doubt() -> None:
    disputed = deal(
        told("2020-01-01", "completed", stake="30", source=page("One")),
        told("2020-01-01", "completed", stake="45", source=page("Two"), credibility=2),
        buyer="Acme", target="Geost",
    )  # fmt: skip
    assert cells(report(disputed), "doubts", "doubt") == [("sources disagree: 45% against 30%",)]


def test_deals_without_stakes_are_left_out_and_an_empty_selection_is_empty() -> None:
    assert all(table.rows == () for table in report(deal(told("2020", "agreed"), buyer="Acme")).tables)
    assert table(report(), "holdings").rows == ()


# --- sellers and investors ----------------------------------------------------------------------


def sellers(*deals: Deal) -> list[tuple[Any, ...]]:
    return [(who.shown, *rest) for who, *rest in cells(report(*deals), "sellers", "seller", "sold", "left", "out")]


def test_a_seller_is_out_when_nothing_is_left_or_all_was_sold() -> None:
    held = closed(2020, "40", buyer="Dora")
    assert sellers(held, closed(2021, "40", seller="Dora")) == [("Dora", percent(40), percent(0), "yes")]
    assert sellers(held, closed(2021, "15", seller="Dora")) == [("Dora", percent(15), percent(25), "no")]
    assert sellers(closed(2021, "100", seller="Dora")) == [("Dora", percent(100), None, "yes")]
    assert sellers(closed(2021, "15", seller="Dora")) == [("Dora", percent(15), None, "not told")]


def test_who_has_not_closed_has_sold_nothing_and_assets_are_no_company() -> None:
    assert sellers(deal(told("2021", "agreed", stake="40"), buyer="Acme", target="Geost", seller="Dora")) == []
    assert sellers(deal(told("2021", "completed"), buyer="Acme", seller="Dora")) == [
        ("Dora", None, None, "of what it sold")
    ]


def test_who_invests_together_more_than_once() -> None:
    side_by_side: dict[str, Any] = {"lead_investor": "Zed", "investor": ["Acme", "Bravo"], "buyer": []}
    deals = [closed(year, "10", **side_by_side) for year in (2020, 2021)]
    deals.append(closed(2022, "5", investor="Acme", buyer=[]))
    rows = cells(report(*deals), "together", "investor", "beside", "deals")
    assert [(one.shown, other.shown, count) for one, other, count in rows] == [
        ("Acme", "Bravo", 2), ("Acme", "Zed", 2), ("Bravo", "Zed", 2),
    ]  # fmt: skip
