"""Kaplan and Meier's estimate: a textbook table, a second way to work it out, and its laws."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealtrack.domain.survival import Point, Spell, curve, half_done, median, standing

# Weeks of remission of 21 children on 6-mercaptopurine (Freireich and others, Blood 21, 1963), with the estimate as it
# is printed in Kalbfleisch and Prentice, The Statistical Analysis of Failure Time Data; + was still in remission.
REMISSIONS = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
PRINTED = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
AT_RISK = {6: 21, 7: 17, 10: 15, 13: 12, 16: 11, 22: 7, 23: 6}


def spells_of(text: str) -> list[Spell]:
    """`12` is done after 12 days, `12-` dead, `12+` still going on."""
    ends = {"+": None, "-": False}
    return [Spell(int(word.rstrip("+-")), ends.get(word[-1], True)) for word in text.split()]


def test_the_textbook_table_comes_out() -> None:
    points = curve(spells_of(REMISSIONS))
    assert {point.day: round(point.going_on, 3) for point in points} == PRINTED
    assert {point.day: point.at_risk for point in points} == AT_RISK
    assert half_done(points) == 23


def test_a_table_worked_by_hand_with_both_ends() -> None:
    # Five at risk: one done; four: one dead; then one is lost from sight; two: one done; the last goes on.
    points = curve(spells_of("10 20- 25+ 30 40+"))
    assert [(p.day, p.at_risk, p.done, p.dead) for p in points] == [(10, 5, 1, 0), (20, 4, 0, 1), (30, 2, 1, 0)]
    assert [p.going_on for p in points] == [4 / 5, 3 / 5, 3 / 10]
    assert [p.share_done for p in points] == [1 / 5, 1 / 5, 1 / 2]
    assert [p.share_dead for p in points] == [0, 1 / 5, 1 / 5]
    assert half_done(points) == 30


def test_what_is_last_seen_on_the_day_of_an_end_was_still_under_way() -> None:
    assert curve(spells_of("5 5+"))[0] == Point(5, 2, 1, 0, 0.5, 0.5, 0.0)


@pytest.mark.parametrize("text", ["", "7+", "7+ 9+"])
def test_where_nothing_ended_there_is_no_point_and_no_half(text: str) -> None:
    assert curve(spells_of(text)) == []
    assert half_done([]) is None
    assert standing([], 100).going_on == 1


def test_the_dead_are_not_taken_for_what_might_still_close() -> None:
    # Were they left out as censored, all would close in the end: the estimate would be 1.
    points = curve(spells_of("1- 2- 3 4"))
    assert points[-1].share_done == 0.5
    assert points[-1].share_dead == 0.5


def test_the_shares_of_a_day_are_those_of_the_last_point() -> None:
    points = curve(spells_of("10 20"))
    assert [standing(points, day).going_on for day in (0, 9, 10, 19, 20, 99)] == [1, 1, 0.5, 0.5, 0, 0]


@pytest.mark.parametrize(
    ("values", "middle"), [([], None), ([4], 4), ([9, 1, 5], 5), ([1, 2], 1), ([10, 20, 30, 40], 25)]
)
def test_the_middle(values: list[int], middle: int | None) -> None:
    assert median(values) == middle


# --- laws ---------------------------------------------------------------------------------------

SPELLS = st.lists(st.builds(Spell, st.integers(0, 12), st.sampled_from((True, False, None))), max_size=25)


def redistributed(spells: list[Spell]) -> dict[int, tuple[Fraction, Fraction]]:
    """The same estimate by Efron's other way: what is lost from sight hands its weight to all that come after it."""
    order = sorted(spells, key=lambda spell: (spell.days, spell.done is None))
    weights = [Fraction(1, max(len(order), 1))] * len(order)
    done = dead = Fraction(0)
    shares: dict[int, tuple[Fraction, Fraction]] = {}
    for at, spell in enumerate(order):
        if spell.done is None:
            rest = len(order) - at - 1
            weights[at + 1 :] = [weight + weights[at] / rest for weight in weights[at + 1 :]]
        else:
            done += weights[at] * spell.done
            dead += weights[at] * (not spell.done)
            shares[spell.days] = (done, dead)
    return shares


@given(SPELLS)
def test_another_way_to_work_it_out_agrees(spells: list[Spell]) -> None:
    found = {point.day: (point.share_done, point.share_dead) for point in curve(spells)}
    assert found == {day: (float(done), float(dead)) for day, (done, dead) in redistributed(spells).items()}


@given(SPELLS)
def test_fewer_and_fewer_go_on_and_the_shares_make_a_whole(spells: list[Spell]) -> None:
    points = curve(spells)
    for point in points:
        assert point.going_on + point.share_done + point.share_dead == pytest.approx(1)
    for before, after in pairwise(points):
        assert before.going_on > after.going_on
        assert before.share_done <= after.share_done
        assert before.share_dead <= after.share_dead
        assert before.at_risk - before.done - before.dead >= after.at_risk


@given(SPELLS, st.randoms())
def test_the_order_does_not_matter(spells: list[Spell], random: object) -> None:
    shuffled = list(spells)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis hands out a random.Random
    assert curve(shuffled) == curve(spells)


@given(st.lists(st.integers(0, 12), min_size=1, max_size=25))
def test_where_all_is_done_it_is_the_plain_share(days: list[int]) -> None:
    for point in curve([Spell(day, done=True) for day in days]):
        assert point.share_done == sum(day <= point.day for day in days) / len(days)


@given(SPELLS, st.integers(0, 15))
def test_one_more_that_went_on_that_long_never_lowers_the_share_going_on_before(spells: list[Spell], day: int) -> None:
    more = curve([*spells, Spell(day, None)])
    for point in curve(spells):
        if point.day <= day:
            assert standing(more, point.day).going_on >= point.going_on
        # After it was lost from sight it says nothing more: the later steps are as steep as they were.
    for before, after in pairwise(more):
        if before.day > day and before.going_on:
            assert after.going_on / before.going_on == pytest.approx(1 - (after.done + after.dead) / after.at_risk)
