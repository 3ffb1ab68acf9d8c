"""What is stale, what is overdue, and what is to be verified first."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from dealtrack.domain.figures import DealRow
from dealtrack.report.stale import COLUMNS, Limits, stale

TODAY = date(2026, 7, 1)


def row(number: int, status: str = "agreed", heard: str = "2026-06-30", **more: Any) -> DealRow:
    usual: dict[str, Any] = {
        "id": number,
        "slug": f"deal-{number}",
        "parties": [("geost", "Geost", "target")],
        "status": status,
        "phase": "open",
        "last_heard": heard,
        "last_heard_earliest": heard,
        "last_heard_latest": heard,
        "checked": None,
        "expected": None,
        "expected_latest": None,
        "disputed": "",
        "origins": 2,
    }
    return usual | more


def found(*rows: DealRow, limits: Limits = Limits()) -> list[tuple[int, str]]:  # noqa: B008 - it is never changed
    """Which deals are stale and why, with the days of silence and their limit, else those past the expected closing."""

    def days(entry: Mapping[str, Any]) -> str:
        return str(entry["overdue_days"] or f"{entry['silent_days']} of {entry['limit_days']}")

    return [(entry["id"], f"{entry['why']}: {days(entry)}") for entry in stale(rows, TODAY, limits)]


@pytest.mark.parametrize(
    ("status", "heard", "expected"),
    [
        pytest.param("rumored", "2026-04-02", [], id="a rumor at its limit"),
        pytest.param("rumored", "2026-04-01", [(1, "silent: 91 of 90")], id="a rumor past it"),
        pytest.param("agreed", "2026-01-02", [], id="another at its limit"),
        pytest.param("agreed", "2026-01-01", [(1, "silent: 181 of 180")], id="another past it"),
        pytest.param("talks", "2026-07-02", [], id="heard of tomorrow"),
    ],
)
def test_a_rumor_is_stale_after_90_days_and_another_open_deal_after_180(
    status: str, heard: str, expected: list[tuple[int, str]]
) -> None:
    assert found(row(1, status, heard)) == expected


def test_the_limits_may_be_set() -> None:
    rows = (row(1, "rumored", "2026-06-25"), row(2, "agreed", "2026-06-25"))
    assert found(*rows, limits=Limits(5, 6)) == [(1, "silent: 6 of 5")]
    assert found(*rows, limits=Limits(6, 5)) == [(2, "silent: 6 of 5")]
    assert len(found(*rows, limits=Limits(0, 0))) == 2


def test_a_look_ends_the_silence() -> None:
    assert found(row(1, heard="2020-01-01", checked="2026-06-01")) == []
    assert found(row(1, heard="2020-01-01", checked="2025-06-01")) == [(1, "silent: 395 of 180")]
    assert found(row(1, heard="2026-06-01", checked="2020-01-01")) == []


def test_silence_counts_from_the_first_possible_day() -> None:
    uncertain = row(1, last_heard="2025/2026", last_heard_earliest="2025-01-01", last_heard_latest="2026-12-31")
    assert found(uncertain) == [(1, "silent: 546 of 180")]
    open_start = row(1, last_heard="../2025-01-01", last_heard_earliest=None, last_heard_latest="2025-01-01")
    assert found(open_start) == [(1, "silent: 546 of 180")]


def test_a_closing_is_overdue_once_its_last_possible_day_is_past() -> None:
    assert found(row(1, expected="2026-34", expected_latest="2026-06-30")) == [(1, "overdue: 1")]
    assert found(row(1, expected="2026-07-01", expected_latest="2026-07-01")) == []
    assert found(row(1, expected="2026/..", expected_latest=None)) == []


def test_only_open_deals_are_looked_at() -> None:
    assert found(*(row(1, heard="2001-01-01", phase=phase) for phase in ("done", "dormant", "dead", None))) == []


def test_what_makes_a_fact_doubtful_is_said() -> None:
    doubtful = row(1, "rumored", "2026-01-01", disputed="status;value", origins=1)
    assert found(doubtful) == [(1, "silent; status, value disputed; one origin only: 181 of 90")]
    assert found(row(1, heard="2026-01-01", origins=0)) == [(1, "silent; no source: 181 of 180")]
    assert found(row(1, heard="2026-01-01", origins=1)) == [(1, "silent: 181 of 180")]


def test_silent_and_overdue_come_first_then_overdue_then_the_most_times_over_the_limit() -> None:
    late = {"expected": "2026-05-01", "expected_latest": "2026-05-01"}
    rows = [
        row(1, heard="2025-07-01"),  # 365 of 180
        row(2, "rumored", "2025-12-01"),  # 212 of 90
        row(3, **late),
        row(4, heard="2025-12-01", **late),
        row(5, "rumored", "2025-12-01"),
    ]
    assert [number for number, _ in found(*rows)] == [4, 3, 2, 5, 1]


def test_every_entry_tells_every_field() -> None:
    (entry,) = stale([row(7, heard="2025-01-01")], TODAY, Limits())
    assert set(entry) == {"slug", *(column.key for column in COLUMNS)}
    assert entry["deal"] == "Geost"
    assert (entry["silent_days"], entry["limit_days"], entry["overdue_days"]) == (546, 180, None)
