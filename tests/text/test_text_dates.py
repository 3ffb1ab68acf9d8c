"""Dates in words: what is read, what is refused and why, and that what is said reads back."""

from collections import Counter
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealtrack.domain.date import SPANS, NotEdtf, UncertainDate, from_edtf
from dealtrack.text.dates import read_date, read_period, say_date, say_days
from dealtrack.text.spelled import UnreadableDate
from dealtrack.text.words import MONTH_WORDS, NUMBERS, ORDINALS, PARTS, WEEKDAYS, WEEKDAYS_ELSEWHERE

TODAY = date(2025, 12, 10)  # a Wednesday

READ = [
    # EDTF as it is
    ("2025-12-03", "2025-12-03"),
    ("2025-35~", "2025-35~"),
    ("../2025-06", "../2025-06"),
    # a day, a month
    ("3 Dec 2025", "2025-12-03"),
    ("Dec 3, 2025", "2025-12-03"),
    ("December 3rd 2025", "2025-12-03"),
    ("the 3rd of December, 2025", "2025-12-03"),
    ("2025 Dec 3", "2025-12-03"),
    ("03-Dec-2025", "2025-12-03"),
    ("Dec. 3, 2025", "2025-12-03"),
    ("Dec 2025", "2025-12"),
    ("2025 Dec", "2025-12"),
    ("  dEC\u00a0 2025 ", "2025-12"),
    ("Sept 2025", "2025-09"),
    ("in 2025", "2025"),
    ("Thursday, July 17, 2025", "2025-07-17"),
    # the same in German, French, Spanish and Italian
    ("17. Juli 2025", "2025-07-17"),
    ("Donnerstag, den 17.Juli 2025", "2025-07-17"),
    ("31. M\u00e4rz 2025", "2025-03-31"),
    ("31. Mrz. 2025", "2025-03-31"),
    ("J\u00e4nner 2025", "2025-01"),
    ("early Dezember 2025", "2025-12-01~/2025-12-10~"),
    ("17 juillet 2025", "2025-07-17"),
    ("jeudi 17 juillet 2025", "2025-07-17"),
    ("1er ao\u00fbt 2025", "2025-08-01"),
    ("1er aou\u0302t 2025", "2025-08-01"),
    ("d\u00e9c. 2025", "2025-12"),
    ("3 de marzo de 2025", "2025-03-03"),
    ("s\u00e1bado, 1\u00ba de marzo del 2025", "2025-03-01"),
    ("03-ene-2025", "2025-01-03"),
    ("3 settembre 2025", "2025-09-03"),
    ("1\u00b0 GENNAIO 2025", "2025-01-01"),
    ("mai to Juni 2025", "2025-05/2025-06"),
    # parts of a year
    ("Q3 2025", "2025-35"),
    ("2025Q3", "2025-35"),
    ("2025-Q3", "2025-35"),
    ("q3-2025", "2025-35"),
    ("3Q2025", "2025-35"),
    ("H1 2025", "2025-40"),
    ("first half of 2025", "2025-40"),
    ("third quarter of 2025", "2025-35"),
    ("the 3rd quarter of 2025", "2025-35"),
    ("summer 2025", "2025-22"),
    ("fall 2025", "2025-23"),
    ("autumn of 2025", "2025-23"),
    ("winter 2025-26", "2025-24"),
    ("winter 2025/2026", "2025-24"),
    # stretches, always about
    ("early 2025", "2025-01~/2025-04~"),
    ("mid 2025", "2025-05~/2025-08~"),
    ("mid-2025", "2025-05~/2025-08~"),
    ("late 2025", "2025-09~/2025-12~"),
    ("early June 2025", "2025-06-01~/2025-06-10~"),
    ("mid-June 2025", "2025-06-11~/2025-06-20~"),
    ("late June 2025", "2025-06-21~/2025-06-30~"),
    ("end of June 2025", "2025-06-24~/2025-06-30~"),
    ("start of June 2025", "2025-06-01~/2025-06-07~"),
    ("late Q3 2025", "2025-09~"),
    ("early H2 2025", "2025-07~/2025-08~"),
    ("late winter 2025-26", "2026-02~"),
    ("end of 2025", "2025-12~"),
    ("year-end 2025", "2025-12~"),
    ("beginning of 2025", "2025-01~"),
    # about, uncertain
    ("about Dec 2025", "2025-12~"),
    ("around 2025", "2025~"),
    ("circa 2025", "2025~"),
    ("c. 2025", "2025~"),
    ("~2025", "2025~"),
    ("Dec 2025?", "2025-12?"),
    ("about Dec 2025?", "2025-12%"),
    # one side, two sides
    ("as early as March 2025", "2025-03/.."),
    ("no earlier than March 2025", "2025-03/.."),
    ("not before 2027", "2027/.."),
    ("from 2025 onwards", "2025/.."),
    ("2025 or later", "2025/.."),
    ("no later than March 2025", "../2025-03"),
    ("on or before 3 March 2025", "../2025-03-03"),
    ("March-April 2025", "2025-03/2025-04"),
    ("Mar/Apr 2025", "2025-03/2025-04"),
    ("Q1-Q3 2025", "2025-33/2025-35"),
    ("about Mar-Apr 2025", "2025-03~/2025-04~"),
    ("Mar-Apr 2025?", "2025-03?/2025-04?"),
    ("3-5 June 2025", "2025-06-03/2025-06-05"),
    ("June 3-5, 2025", "2025-06-03/2025-06-05"),
    ("June 3 to 5, 2025", "2025-06-03/2025-06-05"),
    ("3 to 5 June 2025", "2025-06-03/2025-06-05"),
    ("3 June to 5 July 2025", "2025-06-03/2025-07-05"),
    ("late March to early April 2025", "2025-03-21~/2025-04-10~"),
    # one or the other, where no day lies between
    ("late March or early April 2025", "2025-03-21~/2025-04-10~"),
    ("Q1 or Q2 2026", "2026-33/2026-34"),
    # a week
    ("2025-W12", "2025-03-17/2025-03-23"),
    ("2025W12", "2025-03-17/2025-03-23"),
    ("2025-W12-3", "2025-03-19"),
    ("week of 3 March 2025", "2025-03-03/2025-03-09"),
    ("the week of March 3, 2025", "2025-03-03/2025-03-09"),
    ("week commencing 2025-03-05", "2025-03-05/2025-03-11"),
    ("week ending 9 March 2025", "2025-03-03/2025-03-09"),
    ("by June 2025", "../2025-06"),
    ("by the end of 2025", "../2025"),
    ("until 2025", "../2025"),
    ("before 2025", "../2024-12-31"),
    ("before about June 2025", "../2025-05-31~"),
    ("since 2024", "2024/.."),
    ("from Q1 2024", "2024-33/.."),
    ("after 2024", "2025-01-01/.."),
    ("after Q3 2025", "2025-10-01/.."),
    ("Dec 2024 to Q1 2025", "2024-12/2025-33"),
    ("from 2024 to 2025", "2024/2025"),
    ("2024 - 2025", "2024/2025"),
    ("2024\u20132025", "2024/2025"),
    ("Q1\u2013Q3 2025", "2025-33/2025-35"),
    ("between 2024 and June 2025", "2024/2025-06"),
    ("May to June 2025", "2025-05/2025-06"),
    ("early 2025 to late 2025", "2025-01~/2025-12~"),
    # from today
    ("today", "2025-12-10"),
    ("Yesterday", "2025-12-09"),
    ("3 days ago", "2025-12-07"),
    ("3w ago", "2025-11-19"),
    ("two weeks ago", "2025-11-26"),
    ("2 months ago", "2025-10~"),
    ("a year ago", "2024~"),
    ("last week", "2025-12-01/2025-12-07"),
    ("last month", "2025-11"),
    ("last quarter", "2025-35"),
    ("last half", "2025-40"),
    ("last year", "2024"),
    ("last summer", "2025-22"),
    ("last winter", "2024-24"),
    ("this summer", "2025-22"),
    ("this quarter", "2025-36"),
    ("this year", "2025"),
    ("this month", "2025-12"),
    ("next month", "2026-01"),
    ("next spring", "2026-21"),
    ("monday", "2025-12-08"),
    ("last monday", "2025-12-08"),
    ("wednesday", "2025-12-03"),
    ("ytd", "2025-01-01/2025-12-10"),
    ("by next quarter", "../2026-33"),
    # as in a filter
    ("..2019", "../2019"),
    ("..2019~", "../2019~"),
    ("2019..", "2019/.."),
    ("2024..2025-06", "2024/2025-06"),
    ("Q1 2025 .. Q3 2025", "2025-33/2025-35"),
    # figures with one reading
    ("2025/12/03", "2025-12-03"),
    ("2025.12.3", "2025-12-03"),
    ("2025/12", "2025-12"),
    ("12/2025", "2025-12"),
    ("25/12/2025", "2025-12-25"),
    ("12/25/2025", "2025-12-25"),
    ("03/03/2025", "2025-03-03"),
    ("25. 12. 2025", "2025-12-25"),
    # midnight is no more than its day
    ("2025-12-25 00:00:00", "2025-12-25"),
    ("2025-12-25T00:00:00.000Z", "2025-12-25"),
    ("12/25/2025 0:00", "2025-12-25"),
    ("12/25/2025 12:00:00 AM", "2025-12-25"),
]

FORMS = "write a date as 2025-12-03, Dec 2025 or Q3 2025"

FISCAL = "write its months: Apr 2024 to Mar 2025"
SOON = "write the latest that it can be: by 2025-12-31"

REFUSED = [
    (
        "03/04/2025",
        'date "03/04/2025" could be 3 April or 4 March 2025',
        "write 2025-04-03 or 2025-03-04",
    ),
    ("03.04.2025", 'date "03.04.2025" could be 3 April or 4 March 2025', "write 2025-04-03 or 2025-03-04"),
    ("03. 04. 2025", 'date "03. 04. 2025" could be 3 April or 4 March 2025', "write 2025-04-03 or 2025-03-04"),
    ("17-Jul-25", 'date "17-Jul-25" has a year of two digits', "write 17-Jul-2025"),
    ("17. M\u00e4rz", 'date "17. M\u00e4rz" has no year', "write 17. M\u00e4rz 2025"),
    (
        "Monday 17 July 2025",
        'date "Monday 17 July 2025": 2025-07-17 is a Thursday',
        "write 2025-07-17, or mend the day",
    ),
    ("Montag, Juli 2025", 'date "Montag, Juli 2025" cannot be read', FORMS),
    ("2025-12-25 10:00", 'date "2025-12-25 10:00" cannot be read', FORMS),
    ("3-4-25", 'date "3-4-25" could be 3 April or 4 March 2025', "write 2025-04-03 or 2025-03-04"),
    ("25/12/25", 'date "25/12/25" has a year of two digits', "write 2025-12-25"),
    ("Q3 25", 'date "Q3 25" has a year of two digits', "write Q3 2025"),
    ("3Q25", 'date "3Q25" has a year of two digits', "write 3Q2025"),
    ("3 Dec '25", 'date "3 Dec \'25" has a year of two digits', "write 3 Dec 2025"),
    ("3 Dec", 'date "3 Dec" has no year', "write 3 Dec 2025"),
    ("summer", 'date "summer" has no year', "write summer 2025"),
    ("Dec 24", 'date "Dec 24" could be Dec 2024 or Dec 24 2025', "write Dec 2024 or Dec 24 2025"),
    (
        "winter 2025",
        'date "winter 2025" could be winter 2024-25 or winter 2025-26',
        "write winter 2024-25 or winter 2025-26",
    ),
    ("2025-02-30", 'date "2025-02-30": February 2025 has 28 days', "write 2025-02-28, or 2025-02 for the month"),
    ("31 Nov 2025", 'date "31 Nov 2025": November 2025 has 30 days', "write 2025-11-30, or 2025-11 for the month"),
    ("2025-13-01", 'date "2025-13-01": there is no month 13', "months run from 01 to 12"),
    (
        "2025-26",
        'date "2025-26": there is no month 26',
        "months are 01-12, seasons 21-24, quarters 33-36, halves 40-41",
    ),
    ("Dec 2025 to Jan 2025", 'date "Dec 2025 to Jan 2025": it ends before it begins', "write 2025-01/2025-12"),
    ("2025/2024", 'date "2025/2024": it ends before it begins', "write 2024/2025"),
    ("xyz", 'date "xyz" cannot be read', FORMS),
    ("Dec 2025 to xyz", 'date "xyz" cannot be read', FORMS),
    ("winter 2025-27", 'date "winter 2025-27" cannot be read', FORMS),
    ("Q5 2025", 'date "Q5 2025" cannot be read', FORMS),
    ("2025-12-03T10:00", 'date "2025-12-03T10:00" cannot be read', FORMS),
    ("30d", 'date "30d" cannot be read', FORMS),
    ("FY2025", 'date "FY2025" is a fiscal year, which begins when its company says', FISCAL),
    ("Q1 FY25", 'date "Q1 FY25" is a fiscal year, which begins when its company says', FISCAL),
    ("fiscal 2025", 'date "fiscal 2025" is a fiscal year, which begins when its company says', FISCAL),
    ("the coming weeks", 'date "the coming weeks" names no days', SOON),
    ("soon", 'date "soon" names no days', SOON),
    (
        "2023 or 2025",
        'date "2023 or 2025" is one of two that do not meet',
        "write 2023 to 2025 if it may be any day between",
    ),
    ("2025-W54", 'date "2025-W54": 2025 has no week 54', "weeks run from 01 to 52 or 53"),
    (
        "week of 9 March 2025",
        'date "week of 9 March 2025" could be 2025-03-03 to 2025-03-09 or 2025-03-09 to 2025-03-15',
        "write 2025-03-03 to 2025-03-09 or 2025-03-09 to 2025-03-15",
    ),
    ("", "a date is empty", FORMS),
    ("..", 'date "..": it neither begins nor ends', "give one side: 2025/.. or ../2025"),
    ("..2024..2025", 'date "..2024..2025" cannot be read', FORMS),
    (
        "../2025-13",
        'date "../2025-13": there is no month 13',
        "months are 01-12, seasons 21-24, quarters 33-36, halves 40-41",
    ),
    ("before ../2025", 'date "../2025" is open on that side', "name a date that has a first and a last day"),
    ("9999 years ago", 'date "9999 years ago" is too long ago', "years run from 1900 to 2199"),
]


@pytest.mark.parametrize(("words", "edtf"), READ)
def test_words_are_read_as_precisely_as_they_are(words: str, edtf: str) -> None:
    assert read_date(words, TODAY) == from_edtf(edtf)


LANGUAGES = {
    "en": "january february march april may june july august september october november december",
    "de": "januar februar m\u00e4rz april mai juni juli august september oktober november dezember",
    "fr": "janvier f\u00e9vrier mars avril mai juin juillet ao\u00fbt septembre octobre novembre d\u00e9cembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
}
# As CLDR shortens them.
SHORT = {
    "de": "Jan. Feb. M\u00e4rz Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
    "fr": "janv. f\u00e9vr. mars avr. mai juin juil. ao\u00fbt sept. oct. nov. d\u00e9c.",
    "es": "ene feb mar abr may jun jul ago sept oct nov dic",
    "it": "gen feb mar apr mag giu lug ago set ott nov dic",
}


@pytest.mark.parametrize("names", [*LANGUAGES.values(), *SHORT.values()])
def test_months_have_their_names_in_five_languages(names: str) -> None:
    for number, name in enumerate(names.split(), 1):
        for words in (f"5 {name} 2025", f"5. {name.title()} 2025", f"{name.upper()} 5, 2025"):
            assert read_date(words, TODAY).edtf == f"2025-{number:02}-05"


def test_no_word_names_two_months_or_something_else_of_a_date() -> None:
    told = Counter(word for names in MONTH_WORDS for word in names.split())
    assert [word for word, times in told.items() if times > 1] == []
    assert not set(told) & {*PARTS, *ORDINALS, *WEEKDAYS, *WEEKDAYS_ELSEWHERE, *NUMBERS}
    assert not set(WEEKDAYS) & set(WEEKDAYS_ELSEWHERE)


@pytest.mark.parametrize(("words", "what", "hint"), REFUSED)
def test_what_has_no_reading_or_two_is_refused(words: str, what: str, hint: str) -> None:
    with pytest.raises(UnreadableDate) as caught:
        read_date(words, TODAY)
    assert (caught.value.what, caught.value.hint, caught.value.exit_code) == (what, hint, 2)


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("2025", "2025"),
        ("Q3 2025", "2025-35"),
        ("2024..2025", "2024/2025"),
        ("2024 .. 2025", "2024/2025"),
        ("2024..", "2024/.."),
        ("..2025-06", "../2025-06"),
        ("q1-2025..q3-2025", "2025-33/2025-35"),
        ("2024/..", "2024/.."),
        ("ytd", "2025-01-01/2025-12-10"),
        ("last-quarter", "2025-35"),
        ("this-quarter", "2025-36"),
        ("last-year", "2024"),
        ("last-30-days", "2025-11-11/2025-12-10"),
        ("last 30 days", "2025-11-11/2025-12-10"),
        ("30d", "2025-11-11/2025-12-10"),
        ("1d", "2025-12-10"),
        ("6w", "2025-10-30/2025-12-10"),
        ("last-3-months", "2025-09-11/2025-12-10"),
    ],
)
def test_a_filter_names_a_period_without_quoting(words: str, edtf: str) -> None:
    assert read_period(words, TODAY).edtf == edtf


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("..", 'date "..": it neither begins nor ends'),
        ("2025..2024", 'date "2025..2024": it ends before it begins'),
        ("2024..xyz", 'date "xyz" cannot be read'),
        ("03/04/2025..", 'date "03/04/2025" could be 3 April or 4 March 2025'),
    ],
)
def test_a_period_is_refused_as_a_date_is(words: str, what: str) -> None:
    with pytest.raises(UnreadableDate) as caught:
        read_period(words, TODAY)
    assert caught.value.what == what


def test_weeks_and_months_reach_over_the_new_year() -> None:
    january = date(2026, 1, 3)
    said = {words: read_date(words, january).edtf for words in ("last month", "last quarter", "this winter", "1mo ago")}
    assert said == {
        "last month": "2025-12",
        "last quarter": "2025-36",
        "this winter": "2025-24",
        "1mo ago": "2025-12~",
    }


@pytest.mark.parametrize(
    ("edtf", "said"),
    [
        ("2025-12-03", "2025-12-03"),
        ("2025-12", "Dec 2025"),
        ("2025", "2025"),
        ("2025-22", "summer 2025"),
        ("2025-24", "winter 2025-26"),
        ("1999-24", "winter 1999-00"),
        ("2025-35", "Q3 2025"),
        ("2025-40", "H1 2025"),
        ("2025-12~", "about Dec 2025"),
        ("2025-12-03?", "2025-12-03?"),
        ("2025%", "about 2025?"),
        ("2025-01~/2025-04~", "early 2025"),
        ("2025-05~/2025-08~", "mid 2025"),
        ("2025-02~/2025-04~", "about Feb-Apr 2025"),
        ("2024-02-01~/2024-02-10~", "early Feb 2024"),
        ("2024-02-21~/2024-02-29~", "late Feb 2024"),
        ("2024-02-21~/2024-02-28~", "about 2024-02-21 to about 2024-02-28"),
        ("2024-02-23~/2024-02-29~", "end of Feb 2024"),
        ("2024-02-01/2024-02-10", "2024-02-01 to 2024-02-10"),
        ("2025-03/2025-04", "Mar-Apr 2025"),
        ("2025-33?/2025-34?", "Q1-Q2 2025?"),
        ("2025-03%/2025-04%", "about Mar-Apr 2025?"),
        ("2025-03~/2025-04", "about Mar 2025 to Apr 2025"),
        ("2025-23/2025-24", "autumn 2025 to winter 2025-26"),
        ("2024/2025", "2024 to 2025"),
        ("../2025-12-03", "by 2025-12-03"),
        ("2025/..", "from 2025"),
    ],
)
def test_a_date_is_said_in_short_words(edtf: str, said: str) -> None:
    assert say_date(from_edtf(edtf)) == said


def _parts() -> st.SearchStrategy[str]:
    years = st.integers(1900, 2199).map(str)
    coded = st.builds("{}-{}".format, years, st.sampled_from(sorted(SPANS)))
    days = st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(str)
    return st.builds("{}{}".format, st.one_of(years, coded, days), st.sampled_from(["", "~", "?", "%"]))


def _dates() -> st.SearchStrategy[UncertainDate]:
    sides = st.builds("{}/{}".format, st.one_of(_parts(), st.just("..")), st.one_of(_parts(), st.just("..")))
    years, codes, marks = st.integers(1900, 2199), st.sampled_from(sorted(SPANS)), st.sampled_from(["", "~", "?", "%"])
    alike = st.builds("{0}-{1}{3}/{0}-{2}{3}".format, years, codes, codes, marks)
    days = st.sampled_from(["01", "07", "10", "11", "20", "21", "22", "23", "24", "25", "28", "29", "30", "31"])
    stretches = st.builds("{0}-{1:02}-{2}{4}/{0}-{1:02}-{3}{4}".format, years, st.integers(1, 12), days, days, marks)
    return st.one_of(_parts(), *(told.filter(_valid) for told in (sides, alike, stretches))).map(from_edtf)


def _valid(text: str) -> bool:
    try:
        from_edtf(text)
    except NotEdtf:
        return False
    return True


@given(_dates())
def test_what_is_said_reads_back(when: UncertainDate) -> None:
    assert read_date(say_date(when), TODAY) == when


@given(st.text(max_size=20), st.dates(date(1950, 1, 1), date(2150, 1, 1)))
def test_any_text_is_read_or_refused_in_words(words: str, today: date) -> None:
    for read in (read_date, read_period):
        with suppress(UnreadableDate):
            read(words, today)


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (77, 77, "77 days"),
        (1, 1, "1 day"),
        (0, 0, "0 days"),
        (62, 154, "62-154 days"),
        (0, 1, "0-1 day"),
        (62, None, "62 days or more"),
        (None, 154, "up to 154 days"),
        (-60, -1, "-60 to -1 day"),
        (None, None, "unknown"),
    ],
)
def test_a_length_of_time_is_said_as_a_range(low: int | None, high: int | None, said: str) -> None:
    assert say_days(low, high) == said
