"""Statuses: their phases, and which moves between them are usual."""

from itertools import combinations
from typing import get_args

import pytest

from dealtrack.domain.status import (
    LEADS_TO,
    MEANING,
    PHASE_OF,
    PHASES,
    STATUSES,
    Phase,
    Status,
    answers,
    is_ending,
    is_usual,
    may_return,
)

DEAD: tuple[Status, ...] = ("denied", "rejected", "withdrawn", "terminated")


@pytest.mark.parametrize(
    ("phase", "statuses"),
    [
        ("open", ["rumored", "talks", "proposed", "agreed"]),
        ("done", ["completed"]),
        ("dormant", ["stalled"]),
        ("dead", ["denied", "rejected", "withdrawn", "terminated"]),
    ],
)
def test_every_phase_has_its_statuses(phase: Phase, statuses: list[Status]) -> None:
    assert [status for status in STATUSES if PHASE_OF[status] == phase] == statuses


def test_every_status_has_a_phase_a_meaning_and_a_road() -> None:
    assert get_args(Status) == STATUSES
    assert set(PHASE_OF) == set(MEANING) == set(LEADS_TO) == set(STATUSES)
    assert set(PHASE_OF.values()) == set(PHASES)
    assert all(MEANING.values())


def test_a_road_leads_from_a_status_to_others() -> None:
    for before, after in LEADS_TO.items():
        assert after <= set(STATUSES) - {before}


def test_every_step_of_the_main_road_leads_to_all_later_ones() -> None:
    road: tuple[Status, ...] = ("rumored", "talks", "proposed", "agreed", "completed")
    for before, after in combinations(road, 2):
        assert after in LEADS_TO[before]
        assert before not in LEADS_TO[after]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("rumored", "talks"),
        ("talks", "proposed"),
        ("proposed", "agreed"),
        ("agreed", "completed"),
        ("rumored", "completed"),
        ("talks", "rumored"),
        ("proposed", "talks"),
        ("rumored", "denied"),
        ("proposed", "rejected"),
        ("talks", "stalled"),
        ("agreed", "terminated"),
        ("agreed", "withdrawn"),
        ("completed", "completed"),
    ],
)
def test_a_usual_move(before: Status, after: Status) -> None:
    assert is_usual(before, after)


@pytest.mark.parametrize("before", [*DEAD, "stalled"])
@pytest.mark.parametrize("after", ["talks", "proposed"])
def test_dead_and_dormant_deals_may_come_back_to_life(before: Status, after: Status) -> None:
    assert is_usual(before, after)


@pytest.mark.parametrize("before", DEAD)
@pytest.mark.parametrize("after", DEAD)
def test_one_end_is_often_told_in_two_words(before: Status, after: Status) -> None:
    assert is_usual(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("completed", "talks"),
        ("completed", "agreed"),
        ("completed", "terminated"),
        ("completed", "stalled"),
        ("agreed", "rumored"),
        ("agreed", "talks"),
        ("agreed", "denied"),
        ("withdrawn", "completed"),
        ("terminated", "completed"),
    ],
)
def test_an_unusual_move(before: Status, after: Status) -> None:
    assert not is_usual(before, after)


def test_nothing_ordinarily_follows_a_closing() -> None:
    assert [after for after in STATUSES if is_usual("completed", after)] == ["completed"]


def test_dormant_and_dead_states_are_endings() -> None:
    assert [status for status in STATUSES if is_ending(status)] == ["stalled", *DEAD]


def test_states_may_return_when_both_orders_are_roads() -> None:
    assert may_return("talks", "stalled")
    assert may_return("stalled", "talks")
    assert not may_return("agreed", "completed")
    assert not may_return("completed", "agreed")
    assert all(may_return(a, b) is may_return(b, a) for a in STATUSES for b in STATUSES)


@pytest.mark.parametrize(("before", "after"), [("proposed", "rejected"), ("rumored", "denied"), ("talks", "denied")])
def test_an_answer_follows_what_it_answers_and_never_the_other_way(before: Status, after: Status) -> None:
    assert answers(before, after)
    assert not answers(after, before)
    assert after in LEADS_TO[before]


def test_a_closing_answers_nothing() -> None:
    assert not any(answers(before, "completed") or answers("completed", before) for before in STATUSES)
