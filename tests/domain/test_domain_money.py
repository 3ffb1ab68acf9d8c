"""Amounts: what holds together, what two sources may both say, and what a total is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealtrack.domain.money import (
    BASES,
    QUALIFIERS,
    VALUE_BASES,
    ImpossibleMoney,
    Money,
    Qualifier,
    compatible,
    covers,
    decimal_string,
    minor_units,
    money,
)

MILLION = 100_000_000  # in cents


def usd(low: int | None, high: int | None, qualifier: Qualifier) -> Money:
    return money(low, high, "USD", 2, qualifier)


def exact(minor: int) -> Money:
    return usd(minor, minor, "exact")


def test_the_bases_of_value_come_in_three_groups_and_four_are_none() -> None:
    grouped = [basis for group in VALUE_BASES for basis in group]
    assert set(BASES) - set(grouped) == {"valuation", "per-share", "debt", "proceeds"}
    assert VALUE_BASES[0] == ("consideration", "round-size", "commitment", "contract-value")
    assert len(QUALIFIERS) == 7


@pytest.mark.parametrize(
    ("parts", "what"),
    [
        ((1, 2, "USD", 2, "exact"), 'amount "0.01..0.02" has bounds that do not fit exact'),
        ((1, 2, "USD", 2, "about"), 'amount "0.01..0.02" has bounds that do not fit about'),
        ((1, None, "USD", 2, "exact"), 'amount "0.01.." has bounds that do not fit exact'),
        ((1, 1, "USD", 2, "range"), 'amount "0.01" has bounds that do not fit range'),
        ((2, 1, "USD", 2, "range"), 'amount "0.02..0.01" has its low above its high'),
        ((None, None, "USD", 2, "range"), 'amount "" has bounds that do not fit range'),
        ((1, 2, "USD", 2, "at-least"), 'amount "0.01..0.02" has bounds that do not fit at-least'),
        ((1, 2, "USD", 2, "up-to"), 'amount "0.01..0.02" has bounds that do not fit up-to'),
        ((None, 2, "USD", 2, "magnitude"), 'amount "..0.02" has bounds that do not fit magnitude'),
        ((250_000, None, "USD", 2, "magnitude"), 'amount "2500.." is no order of magnitude'),
        ((10_000, None, "USD", 2, "magnitude"), 'amount "100.." is no order of magnitude'),
        ((0, None, None, 2, "undisclosed"), 'amount "0.." has bounds that do not fit undisclosed'),
        ((None, None, "USD", 2, "undisclosed"), 'amount "" has bounds that do not fit undisclosed'),
        ((-1, -1, "USD", 2, "exact"), 'amount "-0.01" is below zero'),
        ((2**62, 2**62, "JPY", 0, "exact"), 'amount "4611686018427387904" is too large to keep'),
        ((1, 1, None, 0, "exact"), 'amount "1" has no currency to have decimals of'),
    ],
)
def test_bounds_that_contradict_the_qualifier_are_refused(
    parts: tuple[int | None, int | None, str | None, int, Qualifier], what: str
) -> None:
    with pytest.raises(ImpossibleMoney) as caught:
        money(*parts)
    assert caught.value.what == what
    assert caught.value.hint


@pytest.mark.parametrize(
    ("minor", "digits", "said"),
    [
        (None, 2, None),
        (100_000_000_000, 2, "1000000000"),
        (1210, 2, "12.1"),
        (50, 2, "0.5"),
        (5, 2, "0.05"),
        (0, 2, "0"),
        (-520, 2, "-5.2"),
        (100, 0, "100"),
        (5125, 3, "5.125"),
    ],
)
def test_minor_units_are_said_as_plain_decimals(minor: int | None, digits: int, said: str | None) -> None:
    assert decimal_string(minor, digits) == said


@pytest.mark.parametrize(
    ("decimal", "what"),
    [
        ("1.234", 'amount "1.234" has more decimals than its currency'),
        ("-1", 'amount "-1" is not a plain decimal'),
        ("1e9", 'amount "1e9" is not a plain decimal'),
        ("NaN", 'amount "NaN" is not a plain decimal'),
        ("inf", 'amount "inf" is not a plain decimal'),
        ("", 'amount "" is not a plain decimal'),
        (".5", 'amount ".5" is not a plain decimal'),
        ("5.", 'amount "5." is not a plain decimal'),
        ("1,000", 'amount "1,000" is not a plain decimal'),
        ("1_000", 'amount "1_000" is not a plain decimal'),
        (" 1", 'amount " 1" is not a plain decimal'),
        ("٣", 'amount "٣" is not a plain decimal'),
    ],
)
def test_only_plain_exact_decimals_become_minor_units(decimal: str, what: str) -> None:
    with pytest.raises(ImpossibleMoney) as caught:
        minor_units(decimal, 2)
    assert caught.value.what == what


def test_needless_zeros_are_no_decimals() -> None:
    assert minor_units("1.500", 2) == 150


@given(st.integers(0, 2**62 - 1), st.integers(0, 4))
def test_a_decimal_string_reads_back(minor: int, digits: int) -> None:
    assert minor_units(decimal_string(minor, digits) or "", digits) == minor


@pytest.mark.parametrize(
    ("amount", "bounds"),
    [
        (exact(4_400 * MILLION), (4_350 * MILLION, 4_450 * MILLION)),
        (exact(10_000 * MILLION), (9_500 * MILLION, 10_500 * MILLION)),
        (exact(275 * MILLION), (27_450_000_000, 27_550_000_000)),
        (exact(1), (1, 1)),
        (exact(0), (0, 0)),
        (usd(450 * MILLION, 450 * MILLION, "about"), (405 * MILLION, 495 * MILLION)),
        (usd(1, 2, "range"), (1, 2)),
        (usd(1, None, "at-least"), (1, None)),
        (usd(None, 1, "up-to"), (None, 1)),
        (usd(1_000 * MILLION, None, "magnitude"), (1_000 * MILLION, None)),
    ],
)
def test_an_amount_covers_what_it_may_have_been_rounded_from(
    amount: Money, bounds: tuple[int | None, int | None]
) -> None:
    assert covers(amount) == bounds


@pytest.mark.parametrize(
    ("a", "b", "verdict"),
    [
        (exact(4_400 * MILLION), usd(1_000 * MILLION, None, "magnitude"), True),
        (exact(6_400 * MILLION), exact(6_380 * MILLION), True),
        (exact(6_400 * MILLION), exact(6_800 * MILLION), False),
        (usd(None, 100, "up-to"), exact(300), False),
        (usd(100, 200, "range"), usd(200, 300, "range"), True),
        (usd(None, 100, "up-to"), usd(None, 1, "up-to"), True),
        (exact(100), money(100, 100, "EUR", 2, "exact"), None),
        (exact(100), money(None, None, None, 2, "undisclosed"), None),
        (money(1, 1, None, 2, "exact"), money(1, 1, None, 2, "exact"), None),
    ],
)
def test_amounts_are_compatible_when_both_can_be_right(a: Money, b: Money, verdict: bool | None) -> None:
    assert compatible(a, b) is verdict
    assert compatible(b, a) is verdict
