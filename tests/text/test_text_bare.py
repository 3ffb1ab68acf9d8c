"""Bare figures: what may be meant in millions is refused with its readings, all else is left as it was read."""

import pytest

from dealtrack.domain.money import Basis
from dealtrack.text.bare import refuse_bare
from dealtrack.text.money import UnreadableMoney, read_money


@pytest.mark.parametrize(
    ("words", "figure"),
    [
        ("9.5", "9.5"), ("999.99", "999.99"), ("~9.5", "9.5"), ("about 40", "40"), ("9..12", "12"), ("9-12", "12"),
        ("5..", "5"), ("..5", "5"), ("5+", "5"), ("up to 500", "500"), (" 7 ", "7"), ("1", "1"),
    ],
)  # fmt: skip
def test_a_figure_that_may_be_of_millions_is_refused_with_its_readings(words: str, figure: str) -> None:
    with pytest.raises(UnreadableMoney) as refused:
        refuse_bare(read_money(words, "consideration"))
    assert refused.value.what == f'amount "{words.strip()}" could be {figure}M, {figure}bn or USD {figure}'
    for meant in (f"{figure}M", f"{figure}bn", f"USD {figure}"):
        assert meant in refused.value.hint
        assert refuse_bare(read_money(meant, "consideration"))


@pytest.mark.parametrize(
    ("words", "basis"),
    [
        ("9.5", "per-share"), ("USD 9.5", "consideration"), ("$9.5", None), ("9.5 euros", "round-size"), ("1000", None),
        ("0.5k", None), ("9..12M", None), ("0", None), ("undisclosed", "consideration"), ("millions", None),
        ("500..1000", None), ("EUR 5..9", None),
    ],
)  # fmt: skip
def test_what_has_one_reading_is_left_as_it_was_read(words: str, basis: Basis | None) -> None:
    told = read_money(words, basis)
    assert refuse_bare(told) is told
