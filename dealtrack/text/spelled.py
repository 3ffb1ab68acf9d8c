"""Dates that are spelled out, in names and figures: `3 Dec 2025`, `Q3 2025`, `early 2025`, `17. Juli 2025`."""

import re
from datetime import date

from dealtrack.domain.date import NotEdtf, UncertainDate, from_edtf
from dealtrack.domain.problem import Misuse
from dealtrack.text.words import ORDINALS, PARTS, PERIODS, WEEKDAYS, WEEKDAYS_ELSEWHERE, unaccented


class UnreadableDate(Misuse):
    """Words that name no date, an impossible one, or one of several."""


def as_read(edtf: str, words: str) -> UncertainDate:
    """The date of an EDTF text; what is wrong with it is told of the words."""
    try:
        return from_edtf(edtf)
    except NotEdtf as problem:
        raise UnreadableDate(f'date "{words.strip()}": {problem.reason}', problem.hint) from None


def spelled(text: str) -> str | None:
    """The EDTF of names and figures in any order that has one reading, None of anything else.

    Months and weekdays may be German, French, Italian or Spanish. Raises UnreadableDate.
    """
    tokens = _tokens(text)
    weekdays = [_WEEKDAYS[token] for token in tokens if token in _WEEKDAYS]
    tokens = [token for token in tokens if token not in _WEEKDAYS]
    shape = "".join(map(_kind, tokens))
    named = dict(zip(shape, tokens, strict=True))
    if shape not in ("Y", "DPY", "PDY", "YPD", "PY", "YP", "EY", "EPY", "PW", "EPW") or (weekdays and "D" not in named):
        return None
    plain = _plain(named, text)
    if plain is None or "E" not in named:
        return plain if plain is None or not weekdays else _on_its_weekday(plain, weekdays, text)
    return _third(plain, PARTS[named["E"]])


_WEEKDAYS = WEEKDAYS | WEEKDAYS_ELSEWHERE


def _on_its_weekday(day: str, weekdays: list[int], text: str) -> str:
    meant = date.fromisoformat(day).weekday()
    if weekdays != [meant]:
        name = next(name for name, number in WEEKDAYS.items() if number == meant).title()
        raise UnreadableDate(f'date "{text}": {day} is a {name}', f"write {day}, or mend the day")
    return day


def _plain(named: dict[str, str], text: str) -> str | None:
    """The year, part of a year or day that sorted tokens name; None when they do not go together."""
    if "P" not in named:
        return as_read(named["Y"], text).edtf
    code = PERIODS[named["P"]]
    year = _winter(named, text) if code == "24" else named.get("Y")
    if year is None or ("D" in named and code > "12"):
        return None
    day = re.match("[0-9]+", named.get("D", ""))
    return as_read(f"{year}-{code}-{day[0].zfill(2)}" if day else f"{year}-{code}", text).edtf


def _winter(named: dict[str, str], text: str) -> str | None:
    """The year a winter begins in; one named by a single year has two readings."""
    if "W" not in named:
        year = int(named["Y"])
        before, after = f"winter {year - 1}-{year % 100:02}", f"winter {year}-{(year + 1) % 100:02}"
        raise UnreadableDate(f'date "{text}" could be {before} or {after}', f"write {before} or {after}")
    first, last = re.split("[-/]", named["W"])
    return first if (int(first) + 1) % 10 ** len(last) == int(last) else None


# What stands between the words without changing them.
_FILLERS = ("of", "the", "in", "on", "am", "den", "im", "de", "del", "el", "en", "il", "le")


def _tokens(text: str) -> list[str]:
    text = re.sub(r"\byear[ -]end\b", "end", unaccented(text.lower()))
    text = re.sub(r"\b(\d\d?)\.(?=\D)", r"\1 ", text)
    text = re.sub(r"(?<=[a-z]{3})[.]|,|(?<=[a-z])-|-(?=[a-z])|(?<=[qh]\d)-", " ", text)
    text = re.sub(r"(\d{4})([qh]\d)", r"\1 \2", re.sub(r"(\d[qh])(\d{4})", r"\1 \2", text))
    ordinal = "|".join(ORDINALS)
    text = re.sub(rf"\b({ordinal}) (quarter|half)\b", lambda found: f"{found[2][0]}{ORDINALS[found[1]]}", text)
    return [token for token in text.split() if token not in _FILLERS]


def _kind(token: str) -> str:
    """Y year, W years of a winter, D day, P part of a year, E early or late, x anything else."""
    if token in PERIODS or token in PARTS:
        return "P" if token in PERIODS else "E"
    return next((kind for kind, pattern in _FIGURES.items() if re.fullmatch(pattern, token)), "x")


_FIGURES = {
    "Y": r"\d{4}",
    "W": r"\d{4}[-/](?:\d{4}|\d\d)",
    "D": r"\d{1,2}(?:st|nd|rd|th|er|[\u00ba\u00b0])?",
}


def _third(edtf: str, part: str) -> str | None:
    """The early, mid or late third, the start or the end of a year, part of a year or month, always about."""
    whole = from_edtf(edtf)
    first, last = whole.earliest, whole.latest
    if first is None or last is None:
        return None
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months == 1:
        begin, end = {"early": (1, 10), "mid": (11, 20), "late": (21, last.day), "start": (1, 7)}.get(
            part, (last.day - 6, last.day)
        )
        return f"{edtf}-{begin:02}~/{edtf}-{end:02}~"
    third = months // 3
    begin, end = {
        "early": (0, third - 1),
        "mid": (third, 2 * third - 1),
        "late": (2 * third, months - 1),
        "start": (0, 0),
    }.get(part, (months - 1, months - 1))
    sides = [f"{_month(first, index)}~" for index in (begin, end)]
    return sides[0] if begin == end else "/".join(sides)


def _month(first: date, index: int) -> str:
    year, month = divmod(first.year * 12 + first.month - 1 + index, 12)
    return f"{year}-{month + 1:02}"
