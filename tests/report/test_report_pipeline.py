"""Open deals by age, the windows in which they may close, which are overdue or silent, and what changed."""

from datetime import date
from typing import Any

import pytest

from dealtrack.domain.contents import Basis, Interval, Table
from dealtrack.domain.date import from_edtf
from dealtrack.domain.figures import DealRow, Pair
from dealtrack.report.moves import Since
from dealtrack.report.pipeline import Asked, pipeline
from dealtrack.report.stale import Limits

TODAY = date(2026, 7, 1)
BASIS = Basis("x.db at change 1", "none", "today", "", "", "", "", 1, 1, "0")


UNKNOWN = (
    "worth_low", "worth_high", "checked", "value_qualifier", "value_basis", "value_low", "value_high", "value_currency",
    "value_digits", "value_text", "stake_text", "stake_low", "stake_high", "stake_controlling", "stake_basis",
    "stake_worded",
)  # fmt: skip


def dated(name: str, edtf: str | None) -> dict[str, Any]:
    when = from_edtf(edtf) if edtf else None
    ends = {"earliest": when and when.earliest, "latest": when and when.latest}
    return {name: edtf, **{f"{name}_{end}": day.isoformat() if day else None for end, day in ends.items()}}


def row(
    number: int = 1, status: str = "agreed", seen: str | None = "2026-06-01", heard: str | None = "2026-06-30",
    expected: str | None = None, **more: Any,
) -> DealRow:  # fmt: skip
    unknown = dict.fromkeys(UNKNOWN)
    phase = {"completed": "done", "terminated": "dead"}.get(status, "open")
    told = {"id": number, "slug": f"deal-{number}", "parties": [("geost", "Geost", "target")]}
    dates = dated("first_seen", seen) | dated("last_heard", heard) | dated("expected", expected)
    return unknown | told | dates | {"status": status, "phase": phase} | more


def tables(*rows: DealRow, since: Since | None = None, within: int = 30) -> dict[str, Table]:
    report = pipeline(rows, since, Asked(TODAY, Limits(), within), BASIS)
    return {table.key: table for table in report.tables}


def ids(table: Table) -> list[Any]:
    return [cells[0] for cells in table.rows]


@pytest.mark.parametrize(
    ("seen", "band"),
    [
        ("2026-07-01", "up to 90 days"),
        ("2026-04-02", "up to 90 days"),
        ("2026-04-01", "91 to 180 days"),
        ("2026-04", "one or another"),
        ("2026-01-01", "181 to 365 days"),
        ("2025", "one or another"),
        ("2024-07-01", "1 to 2 years"),
        ("2024-06-30", "over 2 years"),
        ("../2019", "over 2 years"),
        ("2026-06/..", "up to 90 days"),
        ("../2026-03-01", "one or another"),
        (None, "not known"),
    ],
)
def test_a_deal_is_put_in_an_age_only_where_its_whole_date_lies_in_it(seen: str | None, band: str) -> None:
    ((status, age, deals, *_),) = tables(row(seen=seen))["ages"].rows
    assert (status, age, deals) == ("agreed", band, 1)


def test_states_are_counted_with_n_of_n_and_the_median_of_their_ages_as_a_range() -> None:
    found = tables(
        row(1, seen="2026-06-01", worth_low=100, worth_high=200),
        row(2, seen="2026-05"),
        row(3, seen="2025-07-01", worth_low=50),
        row(4, "rumored", seen=None, heard="2026-01-01", expected="2026-06-30"),
        row(5, "completed", worth_low=1000, worth_high=1000),
    )["statuses"]
    assert found.rows == (
        ("agreed", 3, 2, Interval(150, None), Interval(31, 61), 0, 0, 0),
        ("rumored", 1, 0, None, Interval(0, None), 1, 1, 1),
    )
    assert found.foot == ("all", 4, 2, Interval(150, None), Interval(30, 213), 1, 1, 1)


def test_a_closing_is_a_window_of_days_and_the_overdue_are_apart() -> None:
    found = tables(
        row(1, expected="2026-41"),
        row(2, expected="../2026-08-01"),
        row(3, expected="2026-05/.."),
        row(4, expected="2026-06-30"),
        row(5, expected="2026-07-01"),
        row(6),
    )
    assert [(cells[0], cells[4]) for cells in found["closings"].rows] == [
        (5, Interval(0, 0)),
        (2, Interval(0, 31)),
        (1, Interval(0, 183)),
        (3, Interval(0, None)),
    ]
    assert [(cells[0], cells[4]) for cells in found["overdue"].rows] == [(4, 1)]
    assert found["closings"].notes == ("Of 1 more open deal nobody has said when it is expected to close.",)
    quarters = [(cells[0], *cells[1:]) for cells in found["quarters"].rows]
    # The third may still close in any quarter; of the second every day that is left lies in this one.
    assert quarters == [(from_edtf("2026-35"), 2, 4), (from_edtf("2026-36"), 0, 2)]


def test_silence_is_told_when_it_is_over_the_limit_and_when_it_is_about_to_be() -> None:
    found = tables(
        row(1, "rumored", heard="2026-04-01"),
        row(2, "rumored", heard="2026-04-02"),
        row(3, "rumored", heard="2026-05-02"),
        row(4, heard="2025-01-01", checked="2026-01-10"),
        row(5, heard=None),
    )
    assert [(cells[0], cells[5], cells[6]) for cells in found["silent"].rows] == [(1, 91, 90)]
    # Stale on the day after the limit, and not before: July 2 and July 10; the third only on August 1.
    due = [(cells[0], cells[6]) for cells in found["soon"].rows]
    assert due == [(2, 1), (4, 9)]
    assert ids(tables(row(3, "rumored", heard="2026-05-02"), within=31)["soon"]) == [3]
    assert ids(tables(row(2, "rumored", heard="2026-04-02"), within=0)["soon"]) == []


def moves(*pairs: Pair, day: date = date(2026, 6, 1)) -> list[tuple[Any, ...]]:
    found = tables(since=Since("then", "", day, pairs))["changed"]
    return [(cells[0], *cells[2:5]) for cells in found.rows]


def both(then: DealRow | None, now: DealRow | None) -> Pair:
    return Pair(then, now, then is not None, now is not None)


def test_every_sort_of_change_is_told_once_with_before_and_now() -> None:
    priced: dict[str, Any] = {"value_qualifier": "exact", "value_currency": "USD", "value_basis": "consideration"}
    cheap, dear = ({**priced, "value_low": low, "value_high": low} for low in (100_000_000, 200_000_000))
    found = moves(
        both(None, row(1)),
        both(row(2, "talks"), row(2, "completed", heard="2026-06-30")),
        both(row(3, expected="2026"), row(3, expected="2027")),
        both(row(4, **cheap), row(4, **dear)),
        both(row(5, heard="2026-05-01"), row(5, heard="2026-06-30")),
        both(row(6), None),
        both(row(7), row(7)),
        Pair(row(8), row(8), meant_then=False, meant_now=True),
        Pair(row(9), row(9), meant_then=True, meant_now=False),
    )
    assert found == [
        (1, "new", None, "agreed"),
        (2, "status", "talks", "completed"),
        (3, "expected", "2026", "2027"),
        (4, "value", "USD 1M consideration", "USD 2M consideration"),
        (5, "news", "2026-05-01", "2026-06-30"),
        (8, "matches now", None, None),
        (9, "no longer matches", None, None),
        (6, "removed", "agreed", None),
    ]


def test_deals_that_are_not_open_and_were_not_are_no_business_of_a_pipeline() -> None:
    assert moves(both(row(1, "completed", heard="2026-05-01"), row(1, "completed"))) == []
    assert moves(both(row(1, "terminated"), None)) == []
    assert moves(both(row(1, "terminated"), row(1, "talks"))) == [(1, "status", "terminated", "talks")]


def test_an_open_deal_falls_overdue_without_a_word() -> None:
    late = both(row(1, expected="2026-06-15"), row(1, expected="2026-06-15"))
    assert moves(late) == [(1, "overdue", None, "since 2026-06-16")]
    assert moves(late, day=date(2026, 6, 16)) == [(1, "overdue", None, "since 2026-06-16")]
    assert moves(late, day=date(2026, 6, 17)) == []
    today = both(row(1, expected="2026-07-01"), row(1, expected="2026-07-01"))
    assert moves(today) == []


def test_where_there_is_nothing_to_compare_with_the_reason_is_said() -> None:
    found = tables(since=Since("last-report", "None is remembered.", TODAY, None))["changed"]
    assert (found.rows, found.notes) == ((), ("None is remembered.",))
    assert tables(since=Since("then", "", TODAY, ()))["changed"].notes == ("Nothing changed.",)
