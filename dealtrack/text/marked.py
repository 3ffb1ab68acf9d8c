"""Dates and numbers as one file writes them throughout: told once which order and marks those are."""

import re
from datetime import date
from typing import Literal, get_args

from dealtrack.domain.problem import Misuse
from dealtrack.text.dates import read_date
from dealtrack.text.spelled import UnreadableDate
from dealtrack.text.words import tidy

Order = Literal["dmy", "mdy", "ymd"]
ORDERS: tuple[Order, ...] = get_args(Order)

_SAID = {"d": "day", "m": "month", "y": "year"}
# What a file says was true on the day it was made, which nobody knows: nothing in it is read from today on.
_NO_DAY = date(2000, 1, 1)


class OutOfOrder(Misuse):
    """Figures that are no date in the order that they are said to be in."""


class UnmarkedNumber(Misuse):
    """Figures that are no number with the marks that they are said to have."""


def read_ordered(words: str, order: Order | None, century: int | None = None) -> str:
    """The EDTF of a date as a file writes it; raises OutOfOrder, UnreadableDate or TooLong.

    `order` tells which figure is which where the year does not come first; without one, two readings are refused.
    Years of two digits are those from `century` on (1970: 1970 to 2069). A time of day is left out.
    """
    text = re.sub(r"(?<=[0-9]),?[T ][0-9]{1,2}:[0-9][0-9].*$", "", tidy(words))
    figures = re.fullmatch(r"([0-9]{1,2})[-/. ] ?([0-9]{1,2})[-/. ] ?([0-9]{4}|[0-9][0-9])", text)
    named = re.fullmatch(r"([0-9]{1,2}[-. ]*[^\W\d]+[-. ]+)'?([0-9][0-9])", text)
    if order and figures:
        text = _iso(words, order, figures, century)
    elif named:
        text = f"{named[1]}{_year(words, named[2], century)}"
    if not re.search(r"[0-9]{4}", text):
        raise OutOfOrder(f'date "{words.strip()}" names no year', "write 2025-12-03, 3 Dec 2025 or Q3 2025")
    try:
        return read_date(text, _NO_DAY).edtf
    except UnreadableDate as problem:
        # The fault is told of the words as the file has them.
        raise UnreadableDate(problem.what.replace(text, words.strip(), 1), problem.hint) from None


def _iso(words: str, order: Order, figures: re.Match[str], century: int | None) -> str:
    named = dict(zip(order, figures.groups(), strict=True))
    year = _year(words, named["y"], century)
    if not 1 <= int(named["m"]) <= 12 or len(named["d"]) > 2:
        said = "/".join(_SAID[part] for part in order)
        raise OutOfOrder(f'date "{words.strip()}" is not {said}, as the map says', "mend the date, or the map's order")
    return f"{year}-{named['m'].zfill(2)}-{named['d'].zfill(2)}"


def _year(words: str, figures: str, century: int | None) -> str:
    if len(figures) == 4:
        return figures
    if century is None:
        hint = "write the year in full, or say in the map which years are meant: century = 1970"
        raise OutOfOrder(f'date "{words.strip()}" has a year of two digits', hint)
    return str(century + (int(figures) - century) % 100)


def read_marked(words: str, decimal: str, thousands: str) -> str | None:
    """A number with these marks as a plain decimal, None for what is no bare number; raises UnmarkedNumber."""
    text = "".join(words.split()) if not thousands.strip() else tidy(words)
    if not re.fullmatch(r"[0-9., '\u2019]*[0-9][0-9., '\u2019]*", text):
        return None
    whole = rf"[0-9]+|[0-9]{{1,3}}(?:{re.escape(thousands)}[0-9]{{3}})+" if thousands.strip() else r"[0-9]+"
    if not re.fullmatch(rf"(?:{whole})(?:{re.escape(decimal)}[0-9]+)?", text):
        raise UnmarkedNumber(
            f'number "{words.strip()}" is not written with "{decimal}" before decimals and "{thousands}" between '
            "thousands, as the map says",
            "mend the number, or the map's decimal and thousands",
        )
    plain = text.replace(thousands, "") if thousands.strip() else text
    return plain.replace(decimal, ".")
