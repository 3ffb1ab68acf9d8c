"""When a name held: read from two dates, said in words."""

from datetime import date

import pytest

from dealtrack.domain.date import from_edtf
from dealtrack.domain.problem import Problem
from dealtrack.text.validity import read_validity, say_validity

TODAY = date(2026, 3, 15)


@pytest.mark.parametrize(
    ("begin", "end", "edtf", "said"),
    [
        ("2017", "May 2023", "2017/2023-05", "2017 to May 2023"),
        ("2018", None, "2018/..", "since 2018"),
        (None, "summer 2020", "../2020-22", "until summer 2020"),
        ("2019/2020", "2021/2022", "2019/2022", "2019 to 2022"),
    ],
)
def test_a_period_of_two_dates(begin: str | None, end: str | None, edtf: str, said: str) -> None:
    when = read_validity(begin, end, TODAY)
    assert when == from_edtf(edtf)
    assert say_validity(from_edtf(edtf)) == said


def test_nothing_said_is_nothing_known() -> None:
    assert read_validity(None, None, TODAY) is None
    assert say_validity(from_edtf("2019")) == "2019"


def test_what_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(Problem, match="it ends before it begins"):
        read_validity("2023", "2017", TODAY)
