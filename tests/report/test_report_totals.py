"""Totals that share their amounts: the same as each worked out from all of its own."""

from collections.abc import Iterable, Iterator
from itertools import chain
from statistics import median
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger.conftest import EXAMPLES

from dealtrack.domain.contents import Cell, Interval
from dealtrack.domain.figures import OPEN, Group
from dealtrack.report import totals
from dealtrack.report.totals import above, added_up, together, total_of, without

Bounds = tuple[int, int]

AMOUNTS = st.one_of(st.integers(0, 20), st.integers(0, 2**62))
BOUNDS = st.one_of(
    AMOUNTS.map(lambda amount: (amount, amount)),
    AMOUNTS.map(lambda low: (low, OPEN)),
    st.tuples(AMOUNTS, AMOUNTS).map(lambda pair: (min(pair), max(pair))),
)
VALUES = st.lists(BOUNDS, max_size=30)


@pytest.fixture(params=(0, 100), ids=("in-runs", "put-together"), autouse=True, scope="module")
def _long(request: pytest.FixtureRequest) -> Iterator[None]:
    """Few amounts in many runs, as if they were many; and as few are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(totals, "_LONG", request.param)
        yield


def group(values: list[Bounds], key: str = "") -> Group:
    exact = [low for low, high in values if low == high]
    return Group(None, (key,), len(values) + 1, exact, [pair for pair in values if pair[0] != pair[1]])


def chained(lists: Iterable[list[Any]]) -> list[Any]:
    return list(chain.from_iterable(lists))


def plain(values: list[Bounds], deals: int) -> tuple[Cell, ...]:
    """The cells of deals of these values, but for the mean."""
    if not values:
        return deals, 0, None, None
    lows, highs = [low for low, _ in values], [high for _, high in values]
    low, high = ((sum(middles(ends)) // 2) for ends in (lows, highs))
    whole = None if OPEN in highs else sum(highs)
    return deals, len(values), Interval(sum(lows), whole), Interval(low, None if high >= OPEN // 2 else high)


def middles(amounts: list[int]) -> tuple[int, int]:
    ordered = sorted(amounts)
    return ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]


@EXAMPLES
@given(parts=st.lists(st.tuples(st.sampled_from("ab"), VALUES), max_size=6))
def test_totals_added_up_are_those_of_all_their_values(parts: list[tuple[str, list[Bounds]]]) -> None:
    batches = [(key, total) for key, values in parts for total in totals.totals([(key, group(values))]).values()]
    found = added_up(batches)
    assert found.keys() == {key for key, _ in parts}
    for key, total in found.items():
        mine = [values for its, values in parts if its == key]
        assert total.cells()[:4] == plain(chained(mine), sum(map(len, mine)) + len(mine))
    everything = chained(values for _, values in parts)
    assert together(total for _, total in batches).cells()[:4] == plain(everything, len(everything) + len(parts))


@EXAMPLES
@given(parts=st.lists(VALUES, min_size=1, max_size=4), number=st.integers(0, 10))
def test_a_total_without_some_of_its_deals_is_that_of_the_others(parts: list[list[Bounds]], number: int) -> None:
    whole = together(total_of(len(values), (), values) for values in parts)
    values = sorted(chained(parts), reverse=True)
    left = without(whole, total_of(len(values[:number]), (), values[:number]))
    assert left.cells()[:4] == plain(values[number:], len(values[number:]))
    assert whole.cells()[:4] == plain(values, len(values))


@EXAMPLES
@given(parts=st.lists(VALUES, max_size=4), least=AMOUNTS)
def test_deals_above_a_worth_are_worth_that_at_least(parts: list[list[Bounds]], least: int) -> None:
    worth = [pair for values in parts for pair in values if pair[0] >= least]
    assert above([group(values) for values in parts], least).cells()[:4] == plain(worth, len(worth))


def test_the_median_of_many_amounts_is_found_between_neighbours() -> None:
    """Runs of which each has some of the amounts only, and of which two ends with the same."""
    runs = [list(range(start, 3000, 7)) for start in range(7)] + [[1500] * 300]
    total = together(total_of(len(run), run, ()) for run in runs)
    middle = int(median(chained(runs)))
    assert total.cells()[3] == Interval(middle, middle)
