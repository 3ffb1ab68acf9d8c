"""One company, as a report."""

from datetime import date
from typing import Any

from deals import deal, told
from report.test_report_durations import BASIS, cells, table

from dealtrack.domain.company import Alias, Company
from dealtrack.domain.contents import Interval, Report
from dealtrack.domain.deal import Deal
from dealtrack.report.company import company_report

ACME = Company("acme", "Acme", country="US", sectors=("launch",), aliases=(Alias("Acme Rockets", "former"),))


def report(*deals: Deal) -> Report:
    return company_report(ACME, deals, BASIS, date(2026, 7, 1))


def closed(year: int, **parties: Any) -> Deal:
    return deal(told(f"{year}-01-01", "completed", usd=10_000_000), form="acquisition", **parties)


def test_every_name_is_told() -> None:
    assert cells(report(), "names", "name", "sort") == [("Acme", "present"), ("Acme Rockets", "former")]


def test_deals_are_told_with_every_role_that_it_takes() -> None:
    found = report(closed(2020, buyer="Acme", target="Geost"), closed(2021, seller="Acme", financier="Acme"))
    assert cells(found, "deals", "role", "usd") == [
        (("buyer",), Interval(10**9, 10**9)),
        (("seller", "financier"), Interval(10**9, 10**9)),
    ]
    assert cells(found, "sides", "role", "deals", "completed") == [
        ("buyer", 1, 1),
        ("seller", 1, 1),
        ("financier", 1, 1),
    ]


def test_stakes_are_told_that_it_holds_and_that_others_hold_of_it() -> None:
    found = report(closed(2020, buyer="Acme", target="Geost"), closed(2021, buyer="Bravo", target="Acme"))
    held = [(of.shown, holder.shown) for of, holder in cells(found, "holdings", "target", "holder")]
    assert held == [("Acme", "Bravo"), ("Geost", "Acme")]


def test_a_company_without_deals_has_its_names_only() -> None:
    assert [found.key for found in report().tables if found.rows] == ["names"]
    assert table(report(), "deals").rows == ()
