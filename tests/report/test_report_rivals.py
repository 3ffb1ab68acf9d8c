"""Who bid against whom."""

from typing import Any

from deals import deal, told

from dealtrack.domain.deal import Deal, Link
from dealtrack.report.rivals import rivals


def bid(slug: str, buyer: str, *events: Any, **rest: Any) -> Deal:
    return deal(*events, **({"slug": slug, "buyer": buyer, "target": "Geost"} | rest))


def found(*deals: Deal) -> list[tuple[Any, ...]]:
    table = rivals([(one, one.facts) for one in deals])
    names = [column.key for column in table.columns]
    rows: list[dict[str, Any]] = [dict(zip(names, row, strict=True)) for row in table.rows]
    return [(row["deal"].slug, row["rival"].slug, row["won"] and row["won"].slug, row["known"]) for row in rows]


FIRST = bid("first", "Acme", told("2024-01-01", "proposed"), told("2024-03-01", "withdrawn"))
SECOND = bid("second", "Bravo", told("2024-02-01", "proposed"), told("2024-06-01", "completed"))


def test_two_buyers_of_one_target_at_one_time_are_rivals_and_the_one_that_closed_won() -> None:
    assert found(SECOND, FIRST) == [("first", "second", "second", "the same target")]


def test_one_after_the_other_or_with_a_buyer_in_common_they_are_not() -> None:
    later = bid("later", "Charlie", told("2025-01-01", "agreed"))
    again = bid("again", "Acme", told("2024-02-01", "talks"))
    assert found(FIRST, later) == []
    assert found(FIRST, again) == []
    assert found(FIRST, bid("stake", "Bravo", told("2024-02-01", "talks"), kind="equity-stake")) == []
    assert found(FIRST, bid("other", "Bravo", told("2024-02-01", "talks"), target="Astra")) == []


def test_a_link_makes_rivals_of_any_deals_and_counts_once() -> None:
    linked = bid("linked", "Bravo", told("2024-02-01", "talks"), links=(Link("competes-with", "first", 1),))
    assert found(FIRST, linked) == [("first", "linked", None, "a link")]
    assert found(linked) == []


def test_an_open_beginning_is_the_day_by_which_it_was_heard_of() -> None:
    assert found(FIRST, bid("since", "Bravo", told("../2025-01-01", "rumored"))) == []
