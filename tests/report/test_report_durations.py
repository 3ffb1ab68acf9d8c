"""How long deals take, as a report."""

from typing import Any

from deals import deal, told

from dealtrack.domain.contents import Basis, Interval, Report, Table
from dealtrack.domain.date import from_edtf
from dealtrack.domain.deal import Deal, Link
from dealtrack.report.durations import durations_report

BASIS = Basis("a ledger", "none", "today", "", "", "", "", 1, 1, "0")


def report(*deals: Deal) -> Report:
    return durations_report(deals, BASIS)


def table(found: Report, key: str) -> Table:
    return next(table for table in found.tables if table.key == key)


def cells(found: Report, key: str, *columns: str) -> list[tuple[Any, ...]]:
    """The rows of a table, so many columns of each."""
    whole = table(found, key)
    names = [column.key for column in whole.columns]
    return [tuple(row[names.index(name)] for name in columns) for row in whole.rows]


def bought(year: int, **rest: Any) -> Deal:
    """Signed on New Year, closed a month later."""
    signed, closed = told(f"{year}-01-01", "agreed", usd=rest.pop("usd", 10)), told(f"{year}-02-01", "completed")
    return deal(signed, closed, **({"buyer": "Acme", "target": "Geost", "form": "acquisition"} | rest))


def test_a_deal_of_several_sectors_counts_in_each() -> None:
    found = report(bought(2024, sectors=("launch", "lunar")), bought(2025, sectors=("lunar",)), bought(2026))
    assert cells(found, "by_sector", "sector", "closed") == [("launch", 1), ("lunar", 2), ("none", 1)]


def test_groups_come_in_the_order_of_the_words_and_sizes_by_size() -> None:
    found = report(
        bought(2024, usd=2_000_000_000), bought(2025, kind="partnership", form=None), bought(2026, usd=60_000_000)
    )
    assert [kind for (kind,) in cells(found, "by_kind", "kind")] == ["partnership", "acquisition"]
    sizes = ["under USD 50M", "USD 50-250M", "USD 1bn or more"]
    assert [size for (size,) in cells(found, "by_size", "size")] == sizes
    assert ("not said", 1) in cells(found, "by_form", "form", "closed")


def test_the_curve_ends_with_the_last_step_and_starts_at_the_signing() -> None:
    found = report(bought(2024), deal(told("2024-01-01", "agreed"), told("2024-01-11", "terminated")))
    assert cells(found, "closed_by", "days", "closed", "died", "open") == [
        (0, Interval(0, 0), Interval(0, 0), Interval(1_000_000, 1_000_000)),
        (30, Interval(0, 0), Interval(500_000, 500_000), Interval(500_000, 500_000)),
        (60, Interval(500_000, 500_000), Interval(500_000, 500_000), Interval(0, 0)),
    ]


def test_an_empty_selection_has_empty_tables() -> None:
    found = report()
    assert cells(found, "steps", "deals", "median") == [(0, None)] * 4
    assert [table.rows for table in found.tables[1:]] == [()] * (len(found.tables) - 1)


def test_a_deal_with_only_an_open_date_is_in_no_step() -> None:
    found = report(deal(told("../2019", "agreed")), deal(told("../2019", "rumored")))
    assert [deals for (deals,) in cells(found, "steps", "deals")] == [0] * 4


def test_many_events_on_one_day_are_one_deal() -> None:
    one = deal(*(told("2024-01-01", "agreed") for _ in range(300)), told("2024-02-01", "completed"))
    assert cells(report(one), "steps", "deals", "taken", "median")[2] == (1, 1, Interval(31, 31))


def test_an_expected_closing_slips_from_the_first_that_was_told_to_the_last() -> None:
    one = deal(
        told("2024-05-01", "agreed", expected="2024-34"),
        told("2024-06-01", expected="2024-35", milestone="delay"),
        told("2024-05-15", expected="2024-12", credibility=5),
        told("2024-08-01", "completed"),
    )
    assert cells(report(one), "expectations", "first", "last", "slip", "late") == [
        (from_edtf("2024-34"), from_edtf("2024-35"), Interval(1, 182), Interval(32, 122))
    ]
    kept = deal(told("2024-05-01", "agreed", expected="2024-34"))
    assert cells(report(kept), "expectations", "first") == []


# --- partnerships -------------------------------------------------------------------------------


def partners(**rest: Any) -> Deal:
    usual = {"kind": "partnership", "partner": ["Acme", "Geost"], "slug": "acme-geost-2020"}
    return deal(told("2020-01-01", "agreed"), **(usual | rest))


def test_a_partnership_becomes_a_takeover_of_one_partner_by_the_other() -> None:
    assert cells(report(bought(2024, slug="taken"), partners()), "became", "after", "status") == [
        (Interval(1461, 1461), "completed")
    ]


def test_a_deal_that_came_before_or_with_somebody_else_came_of_nothing() -> None:
    assert cells(report(bought(2019), partners()), "became", "after") == []
    assert cells(report(bought(2024, buyer="Bravo"), partners()), "became", "after") == []
    assert cells(report(bought(2024, kind="partnership"), partners()), "became", "after") == []


def test_a_link_says_what_it_led_to() -> None:
    led = Link("led-to", "acme-geost-2020", 9, outward=False)
    other = bought(2024, buyer="Bravo", target="Charlie", links=(led,))
    assert cells(report(other, partners()), "became", "after") == [(Interval(1461, 1461),)]
    assert cells(report(other), "became", "after") == []
