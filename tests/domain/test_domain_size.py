"""How large a deal is, by its value."""

import pytest

from dealtrack.domain.size import SIZES, size_of

MILLION = 100_000_000  # US cents


@pytest.mark.parametrize(
    ("low", "high", "size"),
    [
        (None, None, "undisclosed"),
        (0, 0, "under USD 50M"),
        (50 * MILLION - 1, 50 * MILLION - 1, "under USD 50M"),
        (50 * MILLION, 50 * MILLION, "USD 50-250M"),
        (250 * MILLION, 999 * MILLION, "USD 250M-1bn"),
        (1000 * MILLION, None, "USD 1bn or more"),
        (None, 49 * MILLION, "under USD 50M"),
        pytest.param(None, 1200 * MILLION, "across bands", id="up to 1.2bn"),
        pytest.param(100 * MILLION, None, "across bands", id="100M or more"),
        pytest.param(40 * MILLION, 60 * MILLION, "across bands", id="40M to 60M"),
    ],
)
def test_the_band_holds_every_amount_that_it_may_be(low: int | None, high: int | None, size: str) -> None:
    assert size_of(low, high) == size
    assert size in SIZES
