"""Words of any sort: what goes on for too long is not looked at."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from dealtrack.text.dates import read_date, read_period
from dealtrack.text.money import read_amount_range, read_money
from dealtrack.text.stakes import read_stake, read_stake_range
from dealtrack.text.words import LONGEST, TooLong

TODAY = date(2025, 12, 10)
READERS = [
    (partial(read_date, today=TODAY), "2025"),
    (partial(read_period, today=TODAY), "..2025"),
    (read_money, "$5"),
    (read_amount_range, "5.."),
    (read_stake, "51"),
    (read_stake_range, "50.."),
]


@pytest.mark.parametrize(("read", "said"), READERS)
def test_words_longer_than_any_that_are_meant_are_refused(read: Callable[[str], object], said: str) -> None:
    assert read(said.rjust(LONGEST)) is not None
    with pytest.raises(TooLong) as refused:
        read(said + "?" * LONGEST)
    assert refused.value.what == f'"{said}{"?" * (40 - len(said))}..." is too long to be read'
    assert refused.value.hint == "write it in at most 200 characters"
