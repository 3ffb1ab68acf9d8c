"""How long a deal took from step to step, and several of them together."""

from dataclasses import replace
from datetime import date

import pytest
from deals import deal, page, told
from hypothesis import given
from hypothesis import strategies as st

from dealtrack.domain.contents import Interval
from dealtrack.domain.course import (
    Stretch,
    difference,
    heard_to_closing,
    heard_to_signing,
    length,
    middle,
    rumor_to_signing,
    signing_to_closing,
)
from dealtrack.domain.date import from_edtf
from dealtrack.domain.event import Event

RUMOR, OFFER = told("2024-01-01", "rumored"), told("2024-02", "proposed")
SIGNED, CLOSED = told("2024-03-01", "agreed"), told("2024-05", "completed")


def steps(*events: Event) -> list[Stretch | None]:
    one = deal(*events, buyer="Acme", target="Bravo")
    timers = (rumor_to_signing, heard_to_signing, signing_to_closing, heard_to_closing)
    return [timer(one, one.facts) for timer in timers]


def test_each_step_takes_the_days_that_its_dates_allow() -> None:
    assert steps(RUMOR, OFFER, SIGNED, CLOSED) == [
        Stretch(60, 60, done=True),
        Stretch(60, 60, done=True),
        Stretch(61, 91, done=True),
        Stretch(121, 151, done=True),
    ]


def test_an_offer_is_a_trace_and_no_rumor() -> None:
    assert steps(OFFER, SIGNED)[:2] == [None, Stretch(1, 29, done=True)]


def test_a_rumor_on_the_day_of_signing_took_no_days() -> None:
    assert steps(told("2024-03-01", "rumored"), SIGNED)[0] == Stretch(0, 0, done=True)


def test_what_is_first_told_after_the_signing_was_not_heard_of_before() -> None:
    assert steps(SIGNED, told("2024-04-01", "proposed"))[:2] == [None, None]


def test_a_closing_without_a_signing_leaves_the_day_of_signing_open() -> None:
    assert steps(RUMOR, CLOSED) == [None, None, None, Stretch(121, 151, done=True)]


def test_an_open_deal_lasts_until_it_was_last_heard_of() -> None:
    assert steps(SIGNED, told("2024-04-10", milestone="delay"))[2] == Stretch(40, 40, None)
    published_later = told("2024-03-20", milestone="delay", source=page(published="2024-06-01"))
    assert steps(SIGNED, published_later)[2] == Stretch(92, 92, None)


def test_an_open_deal_that_somebody_looked_at_was_open_then() -> None:
    looked_at = replace(deal(SIGNED, target="Bravo"), looks=(date(2024, 4, 1),))
    assert signing_to_closing(looked_at, looked_at.facts) == Stretch(31, 31, None)
    heard_later = replace(deal(SIGNED, told("2024-06-01", milestone="delay")), looks=(date(2024, 4, 1),))
    assert signing_to_closing(heard_later, heard_later.facts) == Stretch(92, 92, None)


def test_a_dead_deal_never_takes_the_step() -> None:
    assert steps(SIGNED, told("2024-03-11", "terminated"))[2] == Stretch(10, 10, done=False)


@pytest.mark.parametrize(
    "events",
    [
        pytest.param((told("../2019", "agreed"), told("2020", "completed")), id="an open start"),
        pytest.param((told("2019", "agreed"), told("2020/..", "completed")), id="an open end"),
        pytest.param((told("../2019", "agreed"),), id="nothing but an open date"),
    ],
)
def test_a_step_that_cannot_be_timed_is_left_out(events: tuple[Event, ...]) -> None:
    assert steps(*events)[2] is None


def test_a_step_that_would_run_backwards_is_left_out() -> None:
    pinned = deal(told("2020-05-01", "completed"), told("2021", "agreed"), pins={"status": 1})
    assert pinned.facts.completed == from_edtf("2020-05-01")
    assert signing_to_closing(pinned, pinned.facts) is None


def test_what_was_doubted_is_no_trace() -> None:
    doubted = told("2024-01-01", "rumored", credibility=5)
    assert steps(doubted, SIGNED)[:2] == [None, None]


# --- several -----------------------------------------------------------------------------------


def test_the_median_holds_both_ends_and_counts_those_that_took_the_step() -> None:
    taken = length(
        [Stretch(1, 9, done=True), Stretch(5, 5, done=True), Stretch(3, 20, done=True), Stretch(90, 90, None)]
    )
    assert (taken.deals, taken.done, taken.dead, taken.going_on) == (4, 3, 0, 1)
    assert taken.median == Interval(3, 9)


def test_half_had_counts_the_open_and_the_dead() -> None:
    # Of four: one done after 10 days, one dead; half is reached with the second, after 30.
    four = [Stretch(10, 12, done=True), Stretch(20, 20, done=False), Stretch(30, 40, done=True), Stretch(50, 50, None)]
    assert length(four).half == Interval(30, 40)
    assert length(four).median == Interval(20, 26)
    assert length([*four, Stretch(60, 60, None)]).half is None


def test_where_one_reading_of_the_dates_never_reaches_half_the_range_is_open() -> None:
    # With the fewest days the step comes before the other is lost from sight, with the most after.
    assert length([Stretch(1, 8, done=True), Stretch(5, 5, None)]).half == Interval(1, 8)
    assert length([Stretch(1, 4, done=True), Stretch(2, 2, done=False), Stretch(2, 2, None)]).half == Interval(4, None)


def test_of_nothing_nothing_is_known() -> None:
    assert length([]) == (0, 0, 0, None, None)


STRETCHES = st.lists(
    st.builds(
        lambda fewest, more, done: Stretch(fewest, fewest + more, done),
        st.integers(0, 300), st.integers(0, 60), st.sampled_from((True, False, None)),
    ),
    max_size=20,
)  # fmt: skip


@given(STRETCHES, st.data())
def test_the_median_of_the_true_days_lies_in_the_range(stretches: list[Stretch], data: st.DataObject) -> None:
    taken = [stretch for stretch in stretches if stretch.done]
    days = sorted(data.draw(st.integers(stretch.fewest, stretch.most)) for stretch in taken)
    median = length(stretches).median
    assert (median is None) == (not taken)
    if median is not None:
        middle = (days[(len(days) - 1) // 2] + days[len(days) // 2]) // 2
        assert (median.low or 0) <= middle <= (median.high or 0)


@given(STRETCHES)
def test_every_deal_is_done_dead_or_still_on_the_way(stretches: list[Stretch]) -> None:
    taken = length(stretches)
    assert taken.done + taken.dead + taken.going_on == taken.deals == len(stretches)
    assert (taken.median is None) == (taken.done == 0)


@pytest.mark.parametrize(
    ("ranges", "expected"),
    [
        ([], None),
        ([Interval(1, None)], Interval(1, None)),
        ([Interval(None, 8)], Interval(0, 8)),
        ([Interval(1, 5), Interval(2, None), Interval(3, 3)], Interval(2, 5)),
        pytest.param([Interval(1, 5), Interval(2, None)], Interval(1, None), id="half of the middle is open"),
    ],
)
def test_an_open_end_lies_beyond_all_others(ranges: list[Interval], expected: Interval | None) -> None:
    assert middle(ranges) == expected


@pytest.mark.parametrize(
    ("before", "after", "days"),
    [
        ("2024-03-01", "2024-03-11", Interval(10, 10)),
        ("2024-03-11", "2024-03-01", Interval(-10, -10)),
        ("2024-03", "2024-03-15", Interval(-16, 14)),
        ("../2024-03-01", "2024-03-15", Interval(14, None)),
        ("2024-03-01", "2024/..", Interval(-60, None)),
    ],
)
def test_one_date_is_so_much_later_than_another(before: str, after: str, days: Interval) -> None:
    assert difference(from_edtf(before), from_edtf(after)) == days
