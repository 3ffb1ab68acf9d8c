"""Stakes: what a percentage can be, and which two agree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealtrack.domain.stake import (
    HALF,
    SCALE,
    WHOLE,
    ImpossibleStake,
    Stake,
    check,
    compatible_stakes,
    majority,
    minority,
    percent_string,
    percent_units,
    stake,
)


def counted(low: str, high: str) -> Stake:
    return stake(percent_units(low), percent_units(high), basis="acquired")


def test_a_worded_stake_has_the_bounds_its_word_means() -> None:
    assert (majority().low, majority().high, majority().controlling, majority().worded) == (HALF, WHOLE, True, True)
    assert (minority().low, minority().high, minority().controlling, minority().worded) == (0, HALF, False, True)


def test_an_open_side_is_filled_in() -> None:
    assert stake(33 * SCALE, None).high == WHOLE
    assert stake(None, 49 * SCALE).low == 0
    assert stake(None, None).low is None


@pytest.mark.parametrize(
    ("share", "what"),
    [
        (Stake(120 * SCALE, 120 * SCALE, None, None, "120%", worded=False), 'stake "120%" is over 100%'),
        (Stake(0, 101 * SCALE, None, None, "", worded=False), 'stake "0-101%" is over 100%'),
        (Stake(-SCALE, SCALE, None, None, "-1..1", worded=False), 'stake "-1..1" is below 0%'),
        (Stake(55 * SCALE, 45 * SCALE, None, None, "", worded=False), 'stake "55-45%" has its low above its high'),
        (Stake(SCALE, None, None, None, "", worded=False), 'stake "1-%" has only one bound'),
        (Stake(None, SCALE, None, None, "", worded=False), 'stake "-1%" has only one bound'),
        (Stake(None, None, None, None, "", worded=True), 'stake "%" has only one bound'),
        (Stake(120 * SCALE, 120 * SCALE, None, None, "", worded=False), 'stake "120%" is over 100%'),
        (
            Stake(SCALE, SCALE, None, None, "1%", worded=True),
            'stake "1%" is worded, but neither controlling nor minority',
        ),
    ],
)
def test_a_stake_nobody_can_hold_is_refused(share: Stake, what: str) -> None:
    with pytest.raises(ImpossibleStake) as caught:
        check(share)
    assert caught.value.what == what


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("1.23456", 'stake "1.23456" has 5 decimals'),
        ("-5", 'stake "-5" is not a plain percentage'),
        ("51%", 'stake "51%" is not a plain percentage'),
        ("nan", 'stake "nan" is not a plain percentage'),
        ("", 'stake "" is not a plain percentage'),
        ("5.", 'stake "5." is not a plain percentage'),
    ],
)
def test_only_plain_percentages_are_counted(text: str, what: str) -> None:
    with pytest.raises(ImpossibleStake) as caught:
        percent_units(text)
    assert caught.value.what == what


def test_percents_are_said_without_needless_zeros() -> None:
    assert [percent_string(units) for units in (896_800, 510_000, 1_000_000, 0, 1, None)] == [
        "89.68",
        "51",
        "100",
        "0",
        "0.0001",
        None,
    ]


@given(st.integers(0, WHOLE))
def test_a_percentage_reads_back(units: int) -> None:
    assert percent_units(percent_string(units) or "") == units


@pytest.mark.parametrize(
    ("a", "b", "verdict"),
    [
        (counted("51", "51"), counted("51", "51"), True),
        (counted("51", "51"), counted("45", "55"), True),
        (counted("74", "74"), counted("73.69", "73.69"), True),
        (counted("74", "74"), counted("73.4", "73.4"), False),
        (counted("20", "20"), counted("22", "22"), False),
        (counted("20.5", "20.5"), counted("20.54", "20.54"), True),
        (counted("20.5", "20.5"), counted("20.56", "20.56"), False),
        (counted("45", "50"), counted("50", "55"), True),
        (counted("0.0001", "0.0001"), minority(basis="acquired"), True),
        (counted("51", "51"), majority(basis="acquired"), True),
        (counted("50", "50"), majority(basis="acquired"), False),
        (counted("50", "50"), minority(basis="acquired"), False),
        (counted("0", "0"), minority(basis="acquired"), False),
        (minority(basis="acquired"), majority(basis="acquired"), False),
        (counted("51", "51"), majority(basis="sought"), None),
        (counted("51", "51"), stake(None, None, basis="acquired"), None),
    ],
)
def test_stakes_agree_within_rounding_and_half_is_no_majority(a: Stake, b: Stake, verdict: bool | None) -> None:
    assert compatible_stakes(a, b) is verdict
    assert compatible_stakes(b, a) is verdict
