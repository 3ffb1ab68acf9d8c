"""Uncertain dates: what each form can stand for, and how dates compare."""

import time
from collections.abc import Callable
from datetime import date

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealtrack.domain.date import NotEdtf, days_between, from_day, from_edtf, overlap, span, wholly_before

FORMS = [
    ("2025-12-03", date(2025, 12, 3), date(2025, 12, 3)),
    ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29)),
    ("2025-12", date(2025, 12, 1), date(2025, 12, 31)),
    ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
    ("2025", date(2025, 1, 1), date(2025, 12, 31)),
    ("2025-21", date(2025, 3, 1), date(2025, 5, 31)),
    ("2025-22", date(2025, 6, 1), date(2025, 8, 31)),
    ("2025-23", date(2025, 9, 1), date(2025, 11, 30)),
    ("2025-24", date(2025, 12, 1), date(2026, 2, 28)),
    ("2025-33", date(2025, 1, 1), date(2025, 3, 31)),
    ("2025-34", date(2025, 4, 1), date(2025, 6, 30)),
    ("2025-35", date(2025, 7, 1), date(2025, 9, 30)),
    ("2025-36", date(2025, 10, 1), date(2025, 12, 31)),
    ("2025-40", date(2025, 1, 1), date(2025, 6, 30)),
    ("2025-41", date(2025, 7, 1), date(2025, 12, 31)),
    ("2025-12-03~", date(2025, 12, 3), date(2025, 12, 3)),
    ("2025-12?", date(2025, 12, 1), date(2025, 12, 31)),
    ("2025%", date(2025, 1, 1), date(2025, 12, 31)),
    ("2025-22~", date(2025, 6, 1), date(2025, 8, 31)),
    ("2025-35?", date(2025, 7, 1), date(2025, 9, 30)),
    ("2024/2025", date(2024, 1, 1), date(2025, 12, 31)),
    ("2025-01~/2025-04~", date(2025, 1, 1), date(2025, 4, 30)),
    ("2022-02/2022-12-19", date(2022, 2, 1), date(2022, 12, 19)),
    ("2025/2025-06", date(2025, 1, 1), date(2025, 6, 30)),
    ("2025/..", date(2025, 1, 1), None),
    ("../2025-12-03", None, date(2025, 12, 3)),
    ("../2025-06~", None, date(2025, 6, 30)),
]

# Where the oracle differs: it ends winter with the year, where we follow the season into February (`2025-24`); and
# its grammar has no marks after seasons, quarters and halves, which sources need ("about summer 2025").
NOT_ASKED = {"2025-24", "2025-22~", "2025-35?"}


@pytest.mark.parametrize(("text", "earliest", "latest"), FORMS)
def test_each_form_spans_its_days(text: str, earliest: date | None, latest: date | None) -> None:
    when = from_edtf(text)
    assert (when.edtf, when.earliest, when.latest) == (text, earliest, latest)


@pytest.mark.parametrize("text", [text for text, _, _ in FORMS if text not in NOT_ASKED])
def test_the_oracle_gives_the_same_days(text: str) -> None:
    theirs, ours = edtf.parse_edtf(text), from_edtf(text)
    assert _as_day(theirs.lower_strict()) == ours.earliest
    assert _as_day(theirs.upper_strict()) == ours.latest


def _as_day(moment: time.struct_time | float) -> date | None:
    return None if isinstance(moment, float) else date(moment.tm_year, moment.tm_mon, moment.tm_mday)


@pytest.mark.parametrize(
    ("text", "what", "hint"),
    [
        ("", 'date "": this is not an EDTF date', "write 2025-12-03, 2025-12, 2025-35 (third quarter) or 2024/2025"),
        ("2025-02-30", 'date "2025-02-30": February 2025 has 28 days', "write 2025-02-28, or 2025-02 for the month"),
        ("2025-02-00", 'date "2025-02-00": February 2025 has 28 days', "write 2025-02-28, or 2025-02 for the month"),
        ("2025-13-01", 'date "2025-13-01": there is no month 13', "months run from 01 to 12"),
        ("2025-21-01", 'date "2025-21-01": there is no month 21', "months run from 01 to 12"),
        (
            "2025-13",
            'date "2025-13": there is no month 13',
            "months are 01-12, seasons 21-24, quarters 33-36, halves 40-41",
        ),
        ("2025/2024", 'date "2025/2024": it ends before it begins', "write 2024/2025"),
        ("../..", 'date "../..": it neither begins nor ends', "give one side: 2025/.. or ../2025"),
    ],
)
def test_a_refusal_says_what_is_wrong(text: str, what: str, hint: str) -> None:
    with pytest.raises(NotEdtf) as caught:
        from_edtf(text)
    assert (caught.value.what, caught.value.hint, caught.value.exit_code) == (what, hint, 2)


@pytest.mark.parametrize("text", ["1899", "2200", "1899-12-31", "2025/2200"])
def test_years_outside_two_centuries_are_refused(text: str) -> None:
    with pytest.raises(NotEdtf, match="years run from 1900 to 2199"):
        from_edtf(text)


@pytest.mark.parametrize(
    "text",
    [
        *("2025-1", "2025-1-1", "25", "20251203", " 2025", "2025 ", "2025-12-03T10:00", "2025~~", "2025/", "/2025"),
        *("..", "2025..", "2025/2026/2027", "-2025", "+2025", "2025-+1", "2025-XX", "٢٠٢٥", "~", "2025-", "Y2025"),
    ],
)
def test_what_is_not_canonical_is_refused(text: str) -> None:
    with pytest.raises(NotEdtf, match="not an EDTF date"):
        from_edtf(text)


def test_only_a_certain_day_is_exact() -> None:
    assert from_edtf("2025-12-03").exact
    assert not any(from_edtf(text).exact for text in ("2025-12-03~", "2025-12-03?", "2025-12", "2025-12-03/.."))


def test_a_mark_on_either_side_makes_it_approximate() -> None:
    marked = ("2025~", "2025?", "2025%", "2024/2025~", "2024?/..", "../2025%")
    assert all(from_edtf(text).approximate for text in marked)
    assert not from_edtf("2024/2025").approximate


def test_a_day_and_a_span_of_days_become_dates() -> None:
    assert from_day(date(2025, 12, 3)) == from_edtf("2025-12-03")
    assert span(date(2025, 12, 3), date(2025, 12, 3)).edtf == "2025-12-03"
    assert span(date(2025, 12, 3), date(2025, 12, 9)).edtf == "2025-12-03/2025-12-09"
    assert span(date(2025, 12, 3), None).edtf == "2025-12-03/.."
    assert span(None, date(2025, 12, 3)).edtf == "../2025-12-03"
    for impossible in (lambda: span(None, None), lambda: from_day(date(1850, 1, 1))):
        _refused(impossible)


def _refused(attempt: Callable[[], object]) -> None:
    with pytest.raises(NotEdtf):
        attempt()


@pytest.mark.parametrize(
    ("a", "b", "overlapping", "before"),
    [
        ("2025-12-03", "2025-12-03", True, False),
        ("2025-12-03", "2025-12-04", False, True),
        ("2025-12-03", "2025", True, False),
        ("2025-35", "2025-36", False, True),
        ("2025-22", "2025-35", True, False),
        ("2024/..", "2025", True, False),
        ("../2024", "2025", False, True),
        ("../2025", "2024/..", True, False),
        ("2026/..", "../2025", False, False),
    ],
)
def test_dates_overlap_or_one_comes_first(a: str, b: str, overlapping: bool, before: bool) -> None:
    assert overlap(from_edtf(a), from_edtf(b)) is overlapping
    assert wholly_before(from_edtf(a), from_edtf(b)) is before


@pytest.mark.parametrize(
    ("a", "b", "days"),
    [
        ("2025-05-27", "2025-08-12", (77, 77)),
        ("2025-12-03", "2025-12-03", (0, 0)),
        ("2025-35", "2025-12-03", (64, 155)),
        ("2025-12", "2025-12", (0, 30)),
        ("2025-12", "2025-12-10", (0, 9)),
        ("2025-12-10", "2025-12-03", (-7, -7)),
        ("2025-12", "2025-11", (-60, -1)),
        ("../2025-01-01", "2025-01-11", (10, None)),
        ("2025-01-01", "2025-01-11/..", (10, None)),
        ("2025-01-01/..", "2025-01-11", (0, 10)),
        ("2025-06-01/..", "2025-01-01", (None, -151)),
        ("../2025", "../2026", (0, None)),
    ],
)
def test_days_between_are_a_range(a: str, b: str, days: tuple[int | None, int | None]) -> None:
    assert days_between(from_edtf(a), from_edtf(b)) == days


DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@given(DAYS, DAYS, DAYS)
def test_days_between_hold_every_possible_count(first: date, second: date, third: date) -> None:
    early, middle, late = sorted((first, second, third))
    fewest, most = days_between(span(early, middle), from_day(late))
    assert (fewest, most) == ((late - middle).days, (late - early).days)
