"""Where sources disagree, as a report."""

from datetime import date
from typing import Any

from deals import deal, page, told
from report.test_report_durations import BASIS, cells

from dealtrack.domain.contents import Report
from dealtrack.domain.deal import Deal
from dealtrack.domain.publisher import Outlets, Publisher
from dealtrack.report.conflicts import conflicts_report

TODAY = date(2026, 7, 1)


def report(*deals: Deal) -> Report:
    return conflicts_report(deals, BASIS, TODAY)


def two(**rest: Any) -> Deal:
    """Two accounts of one day that cannot both be right."""
    first = told("2024-03-01", "agreed", page("One"), value="USD 10M")
    second = told("2024-03-01", "agreed", page("Two", reliability="C"), value="USD 12M")
    return deal(first, second, **rest)


def test_each_contrary_account_is_told_beside_what_is_believed_and_why() -> None:
    columns = ("fact", "believed", "grade", "because", "against", "against_grade")
    assert cells(report(two()), "disputes", *columns) == [
        (
            "value", "USD 10M consideration", "B3", "from a more reliable source than others of its time",
            "USD 12M consideration", "C3",
        )
    ]  # fmt: skip


def test_deals_are_counted_once_for_each_fact_that_accounts_differ_on() -> None:
    third = told("2024-03-01", "agreed", page("Three", reliability="D"), value="USD 15M")
    late = deal(told("2024-05-01", "agreed", page("One")), told("2024-05-03", "agreed", page("Two")))
    three = deal(*two().events, third)
    assert cells(report(three, two(), late), "counted", "fact", "how", "deals") == [
        ("value", "disputed", 2),
        ("agreed", "another day", 1),
    ]


def test_where_all_agree_there_is_nothing() -> None:
    agreed = deal(told("2024-03-01", "agreed", page("One")), told("2024-03-01", "agreed", page("Two")))
    found = report(agreed)
    assert [table.rows for table in found.tables[:4]] == [(), (), (), ()]
    assert [table.rows for table in report().tables] == [()] * 6


def test_what_waits_for_confirmation_is_a_lag_and_no_dispute() -> None:
    outlets = Outlets([Publisher("One", lag=30)])
    one = deal(
        told("2026-05-01", "talks", page("One", "2026-05-01")),
        told("2026-06-10", "agreed", page("Two", "2026-06-10")),
        outlets=outlets,
    )
    found = report(one)
    assert cells(found, "disputes", "fact") == []
    assert [(fact, until.edtf, left) for fact, until, left in cells(found, "waiting", "fact", "until", "left")] == [
        ("status", "2026-07-10", 9)
    ]
    assert cells(conflicts_report([one], BASIS, date(2026, 7, 10)), "waiting", "left") == [(0,)]
    assert cells(conflicts_report([one], BASIS, date(2026, 7, 11)), "waiting", "left") == []


def test_belief_changes_with_the_page_that_moved_it() -> None:
    one = deal(told("2024-01-01", "talks", page("One")), told("2024-03-01", "agreed", page("Two", "2024-03-02")))
    rows = cells(report(one), "beliefs", "day", "before", "after", "source")
    assert [(day.edtf, before, after, source.shown) for day, before, after, source in rows] == [
        ("2024-01-01", None, "talks", "One"),
        ("2024-03-02", "talks", "agreed", "Two"),
    ]


def test_many_events_on_one_day_change_belief_once() -> None:
    one = deal(*(told("2024-01-01", "agreed", page(f"Outlet {at}")) for at in range(300)))
    assert len(cells(report(one), "beliefs", "day")) == 1
