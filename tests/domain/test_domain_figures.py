"""Figures: tallies that say what they cover, and the periods that dates fall into."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dealtrack.domain.date import UncertainDate, days_between, from_edtf
from dealtrack.domain.figures import STEPS, Step, Tally, bucket, following

lawful = settings(max_examples=150, deadline=None, derandomize=True)
Amount = tuple[int | None, int | None]

years = st.integers(1900, 2198)
codes = st.sampled_from([f"{n:02}" for n in (*range(1, 13), *range(21, 25), *range(33, 37), 40, 41)])
days = st.dates(from_edtf("1900").earliest, from_edtf("2198").latest)  # type: ignore[arg-type]  # a year has both ends
spans = st.builds(lambda first, length: f"{first}/{first + timedelta(length)}", days, st.integers(1, 400))
texts = years.map(str) | st.builds(lambda year, code: f"{year}-{code}", years, codes) | days.map(str) | spans
dates = texts.map(from_edtf)
steps = st.sampled_from(STEPS)
amounts: st.SearchStrategy[Amount] = st.one_of(
    st.just((None, None)),
    st.integers(0, 10**15).map(lambda cents: (cents, cents)),
    st.integers(0, 10**15).map(lambda cents: (cents, None)),
    st.integers(0, 10**15).map(lambda cents: (None, cents)),
    st.tuples(st.integers(0, 10**9), st.integers(10**9, 10**15)),
)


def tallied(values: list[Amount]) -> Tally:
    tally = Tally()
    for low, high in values:
        tally.add(low, high)
    return tally


@pytest.mark.parametrize(
    ("values", "tally"),
    [
        ([], Tally(0, 0, 0, 0)),
        ([(275, 275)], Tally(1, 1, 275, 275)),
        ([(275, 275), (100, 100)], Tally(2, 2, 375, 375)),
        ([(275, 275), (None, None)], Tally(2, 1, 275, 275)),
        ([(None, None), (None, None)], Tally(2, 0, 0, 0)),
        ([(250, 275), (100, 100)], Tally(2, 2, 350, 375)),
        ([(275, 275), (1000, None)], Tally(2, 2, 1275, None)),
        ([(1000, None), (275, 275)], Tally(2, 2, 1275, None)),
        ([(None, 1200), (275, 275)], Tally(2, 2, 275, 1475)),
        ([(0, 0)], Tally(1, 1, 0, 0)),
    ],
)
def test_a_tally_says_how_many_it_covers(values: list[Amount], tally: Tally) -> None:
    assert tallied(values) == tally


@given(st.lists(amounts, max_size=8).flatmap(lambda values: st.tuples(st.just(values), st.permutations(values))))
@lawful
def test_a_tally_does_not_depend_on_the_order(orders: tuple[list[Amount], list[Amount]]) -> None:
    assert tallied(orders[0]) == tallied(orders[1])


@given(st.lists(amounts, max_size=8))
@lawful
def test_undisclosed_is_counted_and_never_zero(values: list[Amount]) -> None:
    known = [amount for amount in values if amount != (None, None)]
    tally, without = tallied(values), tallied(known)
    assert (tally.deals, tally.valued) == (len(values), len(known))
    assert (tally.low, tally.high) == (without.low, without.high)
    assert (tally.high is None) is any(high is None for _, high in known)
    assert tally.high is None or tally.low <= tally.high


@pytest.mark.parametrize(
    ("when", "step", "period"),
    [
        ("2025-05-27", "month", "2025-05"),
        ("2025-05-27", "quarter", "2025-34"),
        ("2025-05-27", "year", "2025"),
        ("2025-05", "month", "2025-05"),
        ("2025-05~", "month", "2025-05"),
        ("2025-35", "quarter", "2025-35"),
        ("2025-35", "month", "2025"),
        ("2025-22", "quarter", "2025"),
        ("2025-40", "quarter", "2025"),
        ("2025", "month", "2025"),
        ("2025-05-27/2025-06-02", "month", "2025"),
        ("2025-05-27/2025-06-02", "quarter", "2025-34"),
        ("2025-24", "quarter", None),
        ("2025-24", "year", None),
        ("2025-12-31/2026-01-01", "month", None),
        ("2025/..", "year", None),
        ("../2025", "year", None),
    ],
)
def test_a_date_falls_into_the_period_that_holds_it_whole(when: str, step: Step, period: str | None) -> None:
    assert bucket(from_edtf(when), step) == (from_edtf(period) if period else None)


@given(dates, steps)
@lawful
def test_a_period_holds_every_possible_day(when: UncertainDate, step: Step) -> None:
    period = bucket(when, step)
    assert when.earliest
    assert when.latest
    if period is None:
        assert when.earliest.year < when.latest.year
        return
    assert period.earliest
    assert period.latest
    assert period.earliest <= when.earliest
    assert when.latest <= period.latest


@given(days, steps)
@lawful
def test_a_day_falls_into_a_period_of_the_step_asked_for(day: object, step: Step) -> None:
    period = bucket(from_edtf(str(day)), step)
    assert period
    fewest, most = days_between(period, period)
    longest = {"month": 30, "quarter": 91, "year": 365}
    assert fewest == 0
    assert most
    assert longest[step] - 3 <= most <= longest[step]


@pytest.mark.parametrize(
    ("period", "step", "after"),
    [
        ("2025-12", "month", "2026-01"),
        ("2024-02", "month", "2024-03"),
        ("2025-33", "quarter", "2025-34"),
        ("2025-36", "quarter", "2026-33"),
        ("2025", "year", "2026"),
        ("2025", "month", "2026-01"),
        ("2025-05", "quarter", "2025-34"),
    ],
)
def test_the_period_after(period: str, step: Step, after: str) -> None:
    assert following(from_edtf(period), step) == from_edtf(after)


def test_nothing_follows_a_period_without_end() -> None:
    with pytest.raises(ValueError, match="a period has an end"):
        following(from_edtf("2025/.."), "year")


@given(days, steps)
@lawful
def test_periods_follow_each_other_without_gap_or_overlap(day: object, step: Step) -> None:
    period = bucket(from_edtf(str(day)), step)
    assert period
    after = following(period, step)
    assert after.earliest
    assert period.latest
    assert after.earliest - period.latest == timedelta(days=1)
    assert bucket(after, step) == after
