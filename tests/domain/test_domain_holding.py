"""Who holds what of whom, step by step."""

from typing import Any

import pytest
from deals import deal, told
from hypothesis import given
from hypothesis import strategies as st

from dealtrack.domain.deal import Deal
from dealtrack.domain.holding import ALL, NOTHING, OVER_HALF, Holder, Register, Share, crossings
from dealtrack.domain.stake import SCALE, WHOLE

GEOST = Holder("geost", "Geost")


def percent(low: float, high: float | None = None) -> Share:
    return Share(round(low * SCALE), round((low if high is None else high) * SCALE))


def closing(year: str, stake: str | None, basis: str = "acquired", buyer: str = "Acme", **rest: Any) -> Deal:
    """A stake in Geost that was signed for and closed."""
    said: dict[str, Any] = {"stake": stake, "basis": basis} if stake else {}
    usual: dict[str, Any] = {"kind": "equity-stake", "target": "Geost", "buyer": buyer}
    return deal(told(f"{year}-01-01", "agreed", **said), told(f"{year}-06-01", "completed"), **(usual | rest))


def held(*deals: Deal) -> dict[str, Share]:
    return {holder.name: share for holder, share in Register(deals).of(GEOST).items()}


def doubts(*deals: Deal) -> list[str]:
    return [doubt.sentence for doubt in Register(deals).doubts]


def test_what_is_acquired_adds_and_what_is_owned_after_sets() -> None:
    assert held(closing("2020", "10"), closing("2021", "15")) == {"Acme": percent(25)}
    assert held(closing("2020", "10"), closing("2021", "24.5", "owned-after")) == {"Acme": percent(24.5)}


def test_deals_are_entered_in_the_order_of_their_closing() -> None:
    register = Register([closing("2021", "15"), closing("2020", "10")])
    assert [(step.before, step.after) for step in register.steps[GEOST]] == [
        (NOTHING, percent(10)),
        (percent(10), percent(25)),
    ]


@pytest.mark.parametrize("status", ["rumored", "proposed", "agreed", "terminated"])
def test_what_is_not_closed_is_not_held(status: Any) -> None:
    assert held(deal(told("2020", status, stake="30"), buyer="Acme", target="Geost")) == {}


def test_what_is_sought_is_not_held_even_when_it_closed() -> None:
    assert held(closing("2020", "30", "sought")) == {}


def test_ranges_stay_ranges() -> None:
    assert held(closing("2020", "10..15"), closing("2021", "minority")) == {"Acme": percent(10, 65)}


def test_the_stake_that_the_fold_chooses_counts_of_several() -> None:
    one = deal(
        told("2020-01-01", "agreed", stake="30"),
        told("2020-06-01", "completed", stake="28.5"),
        told("2020-06-01", "completed", stake="99", credibility=5),
        kind="equity-stake", buyer="Acme", target="Geost",
    )  # fmt: skip
    assert held(one) == {"Acme": percent(28.5)}


def test_a_disclosed_holding_sets_whatever_became_of_the_deal() -> None:
    one = deal(told("2022", milestone="stake-disclosed", stake="33"), kind="equity-stake", buyer="Acme", target="Geost")
    assert held(one) == {"Acme": percent(33)}
    assert held(closing("2020", "10"), one) == {"Acme": percent(33)}


def test_a_holding_that_is_told_of_after_the_closing_is_of_that_day() -> None:
    one = deal(
        told("2020-01-01", "completed"), told("2021-03-01", stake="12", basis="owned-after"), buyer="Acme",
        target="Geost", kind="equity-stake",
    )  # fmt: skip
    assert [step.date.edtf for step in Register([one]).steps[GEOST]] == ["2021-03-01"]


# --- takeovers and sales ------------------------------------------------------------------------


def takeover(year: str, stake: str | None = None, buyer: str = "Bravo", **rest: Any) -> Deal:
    return closing(year, stake, buyer=buyer, kind="acquisition", form="acquisition", **rest)


def test_a_takeover_without_a_percentage_is_over_half_and_not_all() -> None:
    assert held(takeover("2020")) == {"Bravo": OVER_HALF}
    assert held(closing("2020", None, kind="acquisition", form="asset-purchase")) == {}


def test_who_takes_over_what_he_held_a_part_of_has_over_half_and_no_less_than_before() -> None:
    assert held(closing("2020", "23", buyer="Bravo"), takeover("2021")) == {"Bravo": OVER_HALF}
    assert held(closing("2020", "70", buyer="Bravo"), takeover("2021")) == {"Bravo": percent(70, 100)}


def test_who_takes_all_of_it_leaves_nothing_to_the_others() -> None:
    assert held(closing("2020", "30"), takeover("2021", "100")) == {"Bravo": ALL}


def test_who_takes_it_over_leaves_the_others_the_rest() -> None:
    assert held(closing("2020", "30"), takeover("2021", "60")) == {"Acme": percent(30), "Bravo": percent(60)}
    assert held(closing("2020", "30"), takeover("2021", "80")) == {"Acme": percent(0, 20), "Bravo": percent(80)}


def test_a_single_seller_has_less() -> None:
    sold = closing("2021", "15", buyer="Bravo", seller="Acme")
    assert held(closing("2020", "40"), sold) == {"Acme": percent(25), "Bravo": percent(15)}
    some = closing("2021", "10..20", buyer="Bravo", seller="Acme")
    assert held(closing("2020", "40"), some) == {"Acme": percent(20, 30), "Bravo": percent(10, 20)}


def test_who_sells_all_holds_no_more() -> None:
    assert held(closing("2020", "40"), closing("2021", "40", buyer="Bravo", seller="Acme")) == {"Bravo": percent(40)}


def test_of_several_sellers_nobody_knows_who_sold_what() -> None:
    sold = closing("2021", "15", buyer="Bravo", seller=["Acme", "Charlie"])
    assert held(closing("2020", "40"), sold) == {"Acme": percent(40), "Bravo": percent(15)}


def test_several_buyers_are_one_holder() -> None:
    both = closing("2020", "45", buyer=["Acme", "Bravo"])  # type: ignore[arg-type]  # several, here alone
    assert list(Register([both]).of(GEOST)) == [Holder("acme; bravo", "Acme + Bravo")]


def test_a_figure_of_another_company_is_not_counted() -> None:
    """What the sellers get of the buyer is told as owned after, too."""
    assert held(takeover("2021", "37.5", basis="owned-after")) == {"Bravo": OVER_HALF}


@pytest.mark.parametrize(("form", "expected"), [("merger", {"Bravo": OVER_HALF}), ("spac-merger", {})])
def test_a_part_owned_after_a_merger_is_of_what_comes_of_it(form: str, expected: dict[str, Share]) -> None:
    """`82% retained by existing holders` is no part that the buyer has."""
    merged = closing("2021", "82", "owned-after", buyer="Bravo", kind="acquisition", form=form)
    assert held(merged) == expected
    whole = closing("2021", "100", "owned-after", buyer="Bravo", kind="acquisition", form=form)
    assert held(whole) == {"Bravo": ALL}


def test_of_two_buyers_each_may_own_half_after_a_takeover() -> None:
    both = takeover("2021", "50", basis="owned-after", buyer=["Acme", "Bravo"])  # type: ignore[arg-type]  # likewise
    assert held(both) == {"Acme + Bravo": percent(50)}


def test_without_a_buyer_or_with_several_targets_nothing_is_entered() -> None:
    assert Register([deal(told("2020", "completed", stake="30"), target="Geost")]).held == {}
    assert Register([closing("2020", "30", target=["Geost", "Mynaric"])]).held == {}


# --- contradictions -----------------------------------------------------------------------------


def test_more_than_all_of_it_is_a_contradiction() -> None:
    assert doubts(closing("2020", "60"), closing("2021", "50")) == ["it adds 50% to 60% that its buyer held: over 100%"]
    assert held(closing("2020", "60"), closing("2021", "50")) == {"Acme": ALL}


def test_holders_may_have_more_than_all_of_it_together() -> None:
    register = Register([closing("2020", "60"), closing("2021", "50", buyer="Bravo")])
    assert register.total(GEOST) == (110 * SCALE, 110 * SCALE)
    ranges = Register([closing("2020", "60..70"), closing("2021", "30..50", buyer="Bravo")])
    assert ranges.total(GEOST) == (90 * SCALE, 120 * SCALE)


def of_both(acquired: str, owned: str) -> Deal:
    return deal(
        told("2021-01-01", "agreed", stake=acquired),
        told("2021-06-01", "completed", stake=owned, basis="owned-after"),
        buyer="Acme", target="Geost", kind="equity-stake",
    )  # fmt: skip


def test_what_was_held_and_acquired_must_make_what_is_owned() -> None:
    assert doubts(closing("2020", "10"), of_both("20", "30")) == []
    assert doubts(closing("2020", "10"), of_both("20", "35")) == [
        "10% held and 20% acquired do not make the 35% owned after"
    ]
    # What was held before the first step is not known.
    assert doubts(of_both("20", "35")) == []
    assert doubts(of_both("20", "15")) == ["15% is owned after 20% was acquired"]


def test_what_is_disclosed_must_be_what_is_on_record() -> None:
    one = deal(told("2022", milestone="stake-disclosed", stake="33"), buyer="Acme", target="Geost")
    assert doubts(closing("2020", "10"), one) == ["33% is disclosed where 10% is on record"]
    assert doubts(closing("2020", "30..35"), one) == []


def test_nobody_sells_more_than_he_has() -> None:
    sold = closing("2021", "15", buyer="Bravo", seller="Acme")
    assert doubts(closing("2020", "10"), sold) == ["Acme sells 15% of 10% that it held on record"]
    assert doubts(sold) == []


# --- thresholds ---------------------------------------------------------------------------------


def crossed(*deals: Deal) -> list[tuple[int, str]]:
    return [
        (crossing.threshold // SCALE, f"{'' if crossing.certain else 'perhaps '}{'up' if crossing.upward else 'down'}")
        for step in Register(deals).steps[GEOST]
        for crossing in crossings(step)
    ]


@pytest.mark.parametrize(
    ("stake", "expected"),
    [
        ("9.9999", []),
        ("10", [(10, "up")]),
        ("30", [(10, "up"), (25, "up"), (30, "up")]),
        ("20..27", [(10, "up"), (25, "perhaps up")]),
        ("controlling", [(10, "up"), (25, "up"), (30, "up"), (50, "up")]),
        pytest.param("minority", [(10, "perhaps up"), (25, "perhaps up"), (30, "perhaps up")], id="below half"),
    ],
)
def test_a_threshold_is_crossed_when_it_is_reached(stake: str, expected: list[tuple[int, str]]) -> None:
    assert crossed(closing("2020", stake)) == expected


def test_what_was_perhaps_crossed_is_crossed_for_sure_later() -> None:
    assert crossed(closing("2020", "8..12"), closing("2021", "5")) == [(10, "perhaps up"), (10, "perhaps up")]


def test_a_seller_falls_below() -> None:
    sold = closing("2021", "25", buyer="Bravo", seller="Acme")
    assert crossed(closing("2020", "30"), sold)[-3:] == [(10, "down"), (25, "down"), (30, "down")]


# --- laws ---------------------------------------------------------------------------------------

SHARES = st.tuples(st.integers(0, WHOLE), st.integers(0, WHOLE)).map(lambda pair: Share(min(pair), max(pair)))


@given(SHARES, SHARES)
def test_adding_and_taking_away_stay_within_nothing_and_all(one: Share, other: Share) -> None:
    for share in (one.plus(other), one.less(other)):
        assert 0 <= share.low <= share.high <= WHOLE
    assert one.plus(other) == other.plus(one)
    assert one.plus(NOTHING) == one.less(NOTHING) == one


@given(SHARES, SHARES, st.data())
def test_whatever_was_really_held_lies_in_the_range(one: Share, other: Share, data: st.DataObject) -> None:
    a, b = (data.draw(st.integers(share.low, share.high)) for share in (one, other))
    together, left = one.plus(other), one.less(other)
    assert together.low <= min(a + b, WHOLE) <= together.high
    assert left.low <= max(a - b, 0) <= left.high


PERCENTS = st.integers(1, 100)


@given(st.lists(PERCENTS, max_size=8))
def test_bought_in_pieces_is_bought_at_once(pieces: list[int]) -> None:
    deals = [closing(str(2000 + at), str(piece)) for at, piece in enumerate(pieces)]
    expected = min(sum(pieces), 100)
    assert held(*deals) == ({"Acme": percent(expected)} if pieces else {})


@given(st.lists(st.tuples(PERCENTS, st.sampled_from(("Acme", "Bravo", "Charlie"))), max_size=8), st.randoms())
def test_the_order_in_which_deals_are_read_does_not_matter(bought: list[tuple[int, str]], random: Any) -> None:
    deals = [closing(str(2000 + at), str(piece), buyer=buyer) for at, (piece, buyer) in enumerate(bought)]
    shuffled = list(deals)
    random.shuffle(shuffled)
    assert held(*shuffled) == held(*deals)
    assert sum(share.low for share in held(*deals).values()) == Register(deals).total(GEOST)[0]
