"""Dates and numbers of one file: read by the order and marks it is said to have, and refused where they do not fit."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealtrack.domain.problem import Misuse
from dealtrack.text.marked import ORDERS, Order, read_marked, read_ordered

DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
FORMS: dict[Order, str] = {"dmy": "%d/%m/%Y", "mdy": "%m/%d/%Y", "ymd": "%Y/%m/%d"}


@given(day=DAYS, order=st.sampled_from(ORDERS), mark=st.sampled_from("/-."), bare=st.booleans())
def test_a_day_written_in_an_order_is_read_as_that_day(day: date, order: Order, mark: str, bare: bool) -> None:
    words = day.strftime(FORMS[order]).replace("/", mark)
    if bare and order != "ymd":
        words = mark.join(part.lstrip("0") for part in words.split(mark))
    assert read_ordered(words, order) == day.isoformat()
    assert read_ordered(f"{words} 00:00:00", order) == day.isoformat()


@given(day=DAYS, order=st.sampled_from((None, *ORDERS)))
def test_a_year_that_comes_first_and_a_named_month_need_no_order(day: date, order: Order | None) -> None:
    for words in (day.isoformat(), f"{day.isoformat()}T12:30:00Z", day.strftime("%d-%b-%Y"), day.strftime("%b %d, %Y")):
        assert read_ordered(words, order) == day.isoformat()


@given(day=st.dates(date(1970, 1, 1), date(2069, 12, 31)))
def test_years_of_two_digits_are_those_from_the_century_on(day: date) -> None:
    assert read_ordered(day.strftime("%m/%d/%y"), "mdy", 1970) == day.isoformat()
    assert read_ordered(day.strftime("%d-%b-%y"), None, 1970) == day.isoformat()


@pytest.mark.parametrize(
    ("words", "order", "edtf"),
    [("Q3 2025", None, "2025-35"), ("2025", "dmy", "2025"), ("05/2025", "dmy", "2025-05"),
     ("25/12/2025", None, "2025-12-25"), ("25/12/03", "ymd", "2025-12-03"), ("3. 4. 2025", "dmy", "2025-04-03"),
     ("17. Juli 2025, 10:30 Uhr", None, "2025-07-17")],
)  # fmt: skip
def test_a_date_is_as_precise_as_it_is_written(words: str, order: Order | None, edtf: str) -> None:
    assert read_ordered(words, order, 1970) == edtf


@pytest.mark.parametrize(
    ("words", "order", "what"),
    [
        ("03/04/2025", None, 'date "03/04/2025" could be 3 April or 4 March 2025'),
        ("13/12/2025", "mdy", 'date "13/12/2025" is not month/day/year, as the map says'),
        ("12/13/2025", "dmy", 'date "12/13/2025" is not day/month/year, as the map says'),
        ("30/02/2025", "dmy", 'date "30/02/2025": February 2025 has 28 days'),
        ("03/04/25", "dmy", 'date "03/04/25" has a year of two digits'),
        ("17-Jul-25", None, 'date "17-Jul-25" has a year of two digits'),
        ("Jul 25", "dmy", 'date "Jul 25" names no year'),
        ("yesterday", "dmy", 'date "yesterday" names no year'),
        ("", "dmy", 'date "" names no year'),
    ],
)
def test_what_is_no_date_in_that_order_is_refused(words: str, order: Order | None, what: str) -> None:
    with pytest.raises(Misuse) as told:
        read_ordered(words, order)
    assert told.value.what == what
    assert told.value.hint


MARKS = st.sampled_from(((".", ","), (",", "."), (".", "'"), (",", " "), (".", " ")))


@given(number=st.integers(0, 10**15), part=st.integers(0, 99), marks=MARKS, grouped=st.booleans())
def test_a_number_is_read_by_its_marks(number: int, part: int, marks: tuple[str, str], grouped: bool) -> None:
    decimal, thousands = marks
    whole = f"{number:,}".replace(",", thousands) if grouped else str(number)
    assert read_marked(f"{whole}{decimal}{part:02}", decimal, thousands) == f"{number}.{part:02}"
    assert read_marked(whole, decimal, thousands) == str(number)


@pytest.mark.parametrize("words", ["1,5", "1,23,456", "1.2.3", "12,34", "1,234.5.6", "..1"])
def test_a_number_with_other_marks_is_refused(words: str) -> None:
    with pytest.raises(Misuse) as told:
        read_marked(words, ".", ",")
    assert words in told.value.what


@pytest.mark.parametrize("words", ["", "~5", "$5M", "-5", "n.a.", "5 million", "\u0664\u0662"])
def test_what_is_no_bare_number_is_left_to_other_readers(words: str) -> None:
    assert read_marked(words, ".", ",") is None


@given(day=DAYS)
def test_the_day_before_is_another(day: date) -> None:
    if day > date(1900, 1, 1):
        assert read_ordered((day - timedelta(days=1)).strftime("%d/%m/%Y"), "dmy") != day.isoformat()
