"""Dates in words: `read_date` and `read_period` take what people write, `say_date` and `say_days` give it back."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from dealtrack.domain.date import MONTHS, NotEdtf, UncertainDate, from_edtf, span
from dealtrack.text.spelled import UnreadableDate, as_read, spelled
from dealtrack.text.words import (
    MONTH_NAMES,
    NUMBERS,
    PART_NAMES,
    PERIODS,
    SEASON_NAMES,
    UNITS,
    WEEKDAYS,
    Unit,
    tidy,
)

# Patterns are given to `re` where they are used: it compiles and keeps each on first use, so that a command that
# reads no date pays for none of them.


def read_date(words: str, today: date) -> UncertainDate:
    """The date that the words name, as precise as they are; raises UnreadableDate or TooLong.

    EDTF is taken as it is; `A..B`, `..B` and `A..` are its intervals, of any dates. Thirds are those of the months:
    early 2025 is about January to April, mid 2025 May to August, late 2025 September to December; of a month, the days
    1-10, 11-20 and 21 to its last. `before` and `after` leave out the date they name, `by`, `until`, `since` and
    `from` include it. Months and years ago are as precise as that ("2 months ago" is about that month). A weekday is
    the latest one past.
    """
    return as_read(_edtf(_dashed(words), today), words)


def read_period(words: str, today: date) -> UncertainDate:
    """The period that the words of a filter name: any date, or `30d`; raises as read_date.

    The last 30 days (or weeks, months, years) end with today.
    """
    text = _dashed(words)
    return as_read(_lately(text, today) or _edtf(text, today), words)


def say_date(when: UncertainDate) -> str:
    """The date in words that `read_date` reads back as the same date; certain days stay ISO."""
    begin, slash, end = when.edtf.partition("/")
    if not slash:
        return _say_part(begin)
    if begin == "..":
        return f"by {_say_part(end)}"
    if end == "..":
        return f"from {_say_part(begin)}"
    return _say_together(begin, end) or f"{_say_part(begin)} to {_say_part(end)}"


def say_days(low: int | None, high: int | None) -> str:
    """A length of time in days, None where it has no bound: "77 days", "62-154 days", "62 days or more"."""
    if low is None:
        return "unknown" if high is None else f"up to {_days(high)}"
    if high is None:
        return f"{_days(low)} or more"
    if low == high:
        return _days(low)
    return f"{low} to {_days(high)}" if low < 0 else f"{low}-{_days(high)}"


def _days(count: int) -> str:
    return f"{count} day" if abs(count) == 1 else f"{count} days"


def _say_together(begin: str, end: str) -> str | None:
    """Both sides in one where they lie in one year and are as sure: "early Feb 2024", "about Jan-Mar 2025"."""
    mark = _mark_of(begin)
    if mark != _mark_of(end) or begin[:4] != end[:4]:
        return None
    first, last = begin.removesuffix(mark), end.removesuffix(mark)
    if mark == "~" and (third := _say_third(first, last)):
        return third
    if len(first) != 7 or len(last) != 7 or "24" in (first[5:], last[5:]) or first >= last:
        return None
    name = f"{_say_plain(first)[:-5]}-{_say_plain(last)}"
    return f"{'about ' * (mark in '~%' and mark != '')}{name}{'?' * (mark in '?%' and mark != '')}"


def _say_third(first: str, last: str) -> str | None:
    """The early, mid or late third of a year or month, where the days are just those."""
    if len(first) == len(last) == 7:
        part = _THIRDS_OF_A_YEAR.get((first[5:], last[5:]))
        return f"{part} {first[:4]}" if part else None
    if len(first) != 10 or first[:7] != last[:7]:
        return None
    whole = from_edtf(first[:7]).latest
    days = {("01", "10"): "early", ("11", "20"): "mid", ("01", "07"): "start of"}
    if whole and str(whole) == last:
        days |= {("21", last[8:]): "late", (f"{whole.day - 6}", last[8:]): "end of"}
    part = days.get((first[8:], last[8:]))
    return f"{part} {_say_plain(first[:7])}" if part else None


_THIRDS_OF_A_YEAR = {("01", "04"): "early", ("05", "08"): "mid", ("09", "12"): "late"}


def _say_part(part: str) -> str:
    plain, mark = (part[:-1], part[-1]) if part[-1] in "~?%" else (part, "")
    return f"{'about ' * (mark in '~%' and mark != '')}{_say_plain(plain)}{'?' * (mark in '?%' and mark != '')}"


def _say_plain(plain: str) -> str:
    if len(plain) != 7:
        return plain
    year, code = plain[:4], plain[5:]
    if code == "24":
        return f"winter {year}-{(int(year) + 1) % 100:02}"
    name = SEASON_NAMES.get(code) or PART_NAMES.get(code) or MONTH_NAMES[int(code) - 1]
    return f"{name} {year}"


# --- words to EDTF: each rule gives the EDTF text, or None when the words are not its kind ---------------------------


def _edtf(text: str, today: date) -> str:
    """The first rule that knows the words wins; raises UnreadableDate when none does."""
    for rule in _RULES:
        edtf = rule(text, today)
        if edtf is not None:
            return edtf
    raise _vague(text) or _refusal(text, today)


def _dashed(words: str) -> str:
    """Tidy words, in which a long dash beside a name stands apart as it does between two dates."""
    return tidy(re.sub(r"(?<=[^\W\d])[\u2013\u2014]|[\u2013\u2014](?=[^\W\d])", " - ", words))


def _canonical(text: str, _today: date) -> str | None:
    try:
        return from_edtf(text).edtf
    except NotEdtf:
        return None


def _dotted(text: str, today: date) -> str | None:
    """`A..B`, `A..`, `..B`."""
    begin, dots, end = text.partition("..")
    if not dots or ".." in end or begin.endswith("/") or end.startswith("/"):
        return None
    first = _begin(_edtf(begin.strip(), today)) if begin else ".."
    last = _end(_edtf(end.strip(), today)) if end else ".."
    return as_read(f"{first}/{last}", text).edtf


def _interval(text: str, today: date) -> str | None:
    """`A to B`, `from A to B`, `between A and B`, `A - B`."""
    found = re.fullmatch(r"between (.+?) and (.+)", text, re.IGNORECASE) or re.fullmatch(
        r"(?:from |since )?(.+?) (?:to|until|till|through|-) (.+)", text, re.IGNORECASE
    )
    if found is None:
        return None
    begin, end = _dated_alike(found[1], found[2])
    edtf = f"{_begin(_edtf(begin, today))}/{_end(_edtf(end, today))}"
    return as_read(edtf, text).edtf


def _dated_alike(begin: str, end: str) -> tuple[str, str]:
    """Both dates, the first with what only the second says: "late May to June 2025", "3 to 5 June 2025"."""
    year = re.search(r"\d{4}", end)
    if re.fullmatch(r"\d{1,2}", begin) and re.match(r"\d{1,2} [^\W\d]", end):
        return re.sub(r"^\d{1,2}", begin, end), end
    if re.fullmatch(r"\d{1,2}(?:, | )\d{4}", end) and (found := re.fullmatch(r"([^\W\d]+\.?) \d{1,2}", begin)):
        end = f"{found[1]} {end}"
    named = any(word in PERIODS for word in re.findall(r"[a-z]+\d?|\d[a-z]", begin.lower()))
    return (f"{begin} {year[0]}" if year and named and not re.search(r"\d{4}", begin) else begin), end


def _compact(text: str, today: date) -> str | None:
    """`March-April 2025`, `Q1-Q3 2025`, `3-5 June 2025`, `June 3-5, 2025`."""
    found = re.fullmatch(r"([^\W_]+) ?[-/] ?([^\W_]+) (\d{4})", text)
    if found and found[1].lower() in PERIODS and found[2].lower() in PERIODS:
        return _interval(f"{found[1]} to {found[2]} {found[3]}", today)
    found = re.fullmatch(r"(\d{1,2}) ?- ?(\d{1,2}) ([^\W\d]+\.?),? (\d{4})", text)
    if found:
        return _interval(f"{found[1]} to {found[2]} {found[3]} {found[4]}", today)
    found = re.fullmatch(r"([^\W\d]+\.?) (\d{1,2}) ?- ?(\d{1,2}),? (\d{4})", text)
    return _interval(f"{found[2]} to {found[3]} {found[1]} {found[4]}", today) if found else None


def _either(text: str, today: date) -> str | None:
    """`late March or early April 2025`: one span where the two meet; refused where days lie between them."""
    found = re.fullmatch(r"(?:either )?(.+?) or (.+)", text, re.IGNORECASE)
    if found is None:
        return None
    begin, end = _dated_alike(found[1], found[2])
    first, last = (as_read(_edtf(side, today), text) for side in (begin, end))
    if first.latest is None or last.earliest is None or last.earliest - first.latest > timedelta(days=1):
        hint = f"write {begin} to {end} if it may be any day between"
        raise UnreadableDate(f'date "{text}" is one of two that do not meet', hint)
    return as_read(f"{_begin(first.edtf)}/{_end(last.edtf)}", text).edtf


def _week(text: str, _today: date) -> str | None:
    if "w" not in text.lower():
        return None
    # Deferred: few dates are weeks.
    from dealtrack.text.weeks import week  # noqa: PLC0415

    return week(text)


def _years(text: str, _today: date) -> str | None:
    found = re.fullmatch(r"(\d{4})-(\d{4})", text)
    return as_read(f"{found[1]}/{found[2]}", text).edtf if found else None


def _open(text: str, today: date) -> str | None:
    """One side only: `by X`, `before X`, `since X`, `after X`."""
    text = re.sub(r"^(?:from )?(.+?) (?:onwards?|or later)$", r"since \1", text, flags=re.IGNORECASE)
    found = re.match(f"({'|'.join(_SIDES)}) (?=.)", text, re.IGNORECASE)
    return _SIDES[found[1].lower()](text[found.end() :], today) if found else None


def _by(text: str, today: date) -> str:
    # By the end of a period is by the period: here the end is a limit, not a stretch of time.
    text = re.sub(r"^(?:the )?(?:end of|year-?end)(?: the)? ", "", text, flags=re.IGNORECASE)
    return f"../{_end(_edtf(text, today))}"


def _since(text: str, today: date) -> str:
    return f"{_begin(_edtf(text, today))}/.."


def _before(text: str, today: date) -> str:
    when = as_read(_edtf(text, today), text)
    return f"../{_next_to(when.earliest, -1, text)}{_mark_of(_begin(when.edtf))}"


def _after(text: str, today: date) -> str:
    when = as_read(_edtf(text, today), text)
    return f"{_next_to(when.latest, 1, text)}{_mark_of(_end(when.edtf))}/.."


_SIDES: dict[str, Callable[[str, date], str]] = {
    "by": _by,
    "no later than": _by,
    "not later than": _by,
    "not after": _by,
    "on or before": _by,
    "until": _by,
    "till": _by,
    "before": _before,
    "since": _since,
    "from": _since,
    "as early as": _since,
    "as soon as": _since,
    "no earlier than": _since,
    "no sooner than": _since,
    "not earlier than": _since,
    "not before": _since,
    "not until": _since,
    "on or after": _since,
    "after": _after,
}


def _next_to(day: date | None, step: int, text: str) -> date:
    if day is None:
        raise UnreadableDate(f'date "{text}" is open on that side', "name a date that has a first and a last day")
    return day + timedelta(days=step)


def _about(text: str, today: date) -> str | None:
    found = re.fullmatch(r"(?:(?:about|around|circa|approximately|roughly) |ca?\. ?|~ ?)(.+)", text, re.IGNORECASE)
    return _marked(_edtf(found[1], today), "~") if found else None


def _doubted(text: str, today: date) -> str | None:
    """A trailing `?`, `~` or `%` on words, as EDTF has them on dates."""
    plain = text[:-1].rstrip()
    return _marked(_edtf(plain, today), text[-1]) if plain and text[-1] in "?~%" else None


def _named(text: str, today: date) -> str | None:
    """`today`, `ytd`, `monday`, `last quarter`, `this summer`."""
    words = text.lower().replace("-", " ").split()
    if len(words) == 1 and words[0] in _DAYS:
        return _DAYS[words[0]](today)
    if words[:1] == ["last"] and words[-1] in WEEKDAYS:
        words = words[1:]
    if len(words) == 1 and words[0] in WEEKDAYS:
        back = (today.weekday() - WEEKDAYS[words[0]]) % 7
        return str(today - timedelta(days=back or 7))
    if len(words) == 2 and words[0] in _STEPS:
        return _stepped(_STEPS[words[0]], words[1], today)
    return None


_DAYS: dict[str, Callable[[date], str]] = {
    "today": str,
    "yesterday": lambda today: str(today - timedelta(days=1)),
    "tomorrow": lambda today: str(today + timedelta(days=1)),
    "ytd": lambda today: span(today.replace(month=1, day=1), today).edtf,
}
_STEPS = {"last": -1, "previous": -1, "this": 0, "current": 0, "next": 1}


def _stepped(step: int, unit: str, today: date) -> str | None:
    """The week, month, quarter, half, year or season `step` before or after the one of today."""
    if unit == "week":
        monday = today + timedelta(days=7 * step - today.weekday())
        return span(monday, monday + timedelta(days=6)).edtf
    if unit == "year":
        return str(today.year + step)
    if PERIODS.get(unit) in SEASON_NAMES:
        return _season(PERIODS[unit], step, today)
    if unit not in _PER_YEAR:
        return None
    count, code = _PER_YEAR[unit]
    year, index = divmod(today.year * count + (today.month - 1) * count // 12 + step, count)
    return f"{year}-{code + index:02}"


# How many of them a year has, and the EDTF number of the first.
_PER_YEAR = {"month": (12, 1), "quarter": (4, 33), "half": (2, 40)}


def _season(code: str, step: int, today: date) -> str:
    """Last: the latest that is over. Next: the first yet to come. This: the one of this year (or winter's, now)."""
    seasons = [from_edtf(f"{year}-{code}") for year in range(today.year - 2, today.year + 3)]
    if step < 0:
        return [season for season in seasons if season.latest and season.latest < today][-1].edtf
    if step > 0:
        return next(season for season in seasons if season.earliest and season.earliest > today).edtf
    return f"{today.year - (code == '24' and today.month < 3)}-{code}"


def _ago(text: str, today: date) -> str | None:
    found = re.fullmatch(r"(\d+|[a-z]+)[ -]?([a-z]+)[ -]ago", text.lower())
    length = _length(found[1], found[2]) if found else None
    if length is None:
        return None
    count, unit = length
    day = str(_earlier(today, count, unit, text))
    return {"months": f"{day[:7]}~", "years": f"{day[:4]}~"}.get(unit, day)


def _lately(text: str, today: date) -> str | None:
    """`30d`, `last 30 days`, `last-6-months`: that long, ending with today."""
    found = re.fullmatch(r"(?:last|past)[ -](\d+|[a-z]+)[ -]([a-z]+)|(\d+)([a-z]+)", text.lower())
    length = _length(found[1] or found[3], found[2] or found[4]) if found else None
    if length is None:
        return None
    first = _earlier(today, *length, text) + timedelta(days=1)
    return span(min(first, today), today).edtf


def _length(count: str, unit: str) -> tuple[int, Unit] | None:
    number = int(count) if count.isdigit() else NUMBERS.get(count)
    return None if number is None or unit not in UNITS else (number, UNITS[unit])


def _earlier(today: date, count: int, unit: Unit, text: str) -> date:
    # Deferred: a listing must not pay for dateutil, and few dates are counted back.
    from dateutil.relativedelta import relativedelta  # noqa: PLC0415

    lengths: dict[Unit, Callable[[int], relativedelta]] = {
        "days": lambda n: relativedelta(days=n),
        "weeks": lambda n: relativedelta(weeks=n),
        "months": lambda n: relativedelta(months=n),
        "years": lambda n: relativedelta(years=n),
    }
    try:
        return today - lengths[unit](count)
    except (ValueError, OverflowError):
        raise UnreadableDate(f'date "{text}" is too long ago', "years run from 1900 to 2199") from None


def _numeric(text: str, _today: date) -> str | None:
    """Figures only: year first has one reading, year last often two. Midnight says no more than its day."""
    plain = re.sub(r"(?<=\d)[T ](?:0?0:00(?::00(?:\.0+)?)?|12:00(?::00)? ?AM)Z?$", "", text, flags=re.IGNORECASE)
    plain = re.sub(r"(?<=\d)\. (?=\d)", ".", plain)
    if found := re.fullmatch(r"(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?", plain):
        # 2025/33 is no quarter: only EDTF itself numbers quarters and seasons.
        if not found[4] and int(found[3]) > 12 and found[2] != "-":
            return None
        return as_read("-".join(field.zfill(2) for field in found.group(1, 3, 4) if field), text).edtf
    if found := re.fullmatch(r"(\d{1,2})[-/.](\d{4})", plain):
        return as_read(f"{found[2]}-{found[1].zfill(2)}", text).edtf if int(found[1]) <= 12 else None
    if found := re.fullmatch(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)", plain):
        return _year_last(found[1].zfill(2), found[3].zfill(2), found[4], text)
    return None


def _year_last(first: str, second: str, year: str, text: str) -> str:
    full = year if len(year) == 4 else f"20{year}"
    if first <= "12" and second <= "12" and first != second:
        readings = f"{_day_month(first, second)} or {_day_month(second, first)} {full}"
        hint = f"write {full}-{second}-{first} or {full}-{first}-{second}"
        raise UnreadableDate(f'date "{text}" could be {readings}', hint)
    month, day = (first, second) if second > "12" else (second, first)
    edtf = as_read(f"{full}-{month}-{day}", text).edtf
    if len(year) == 2:
        raise UnreadableDate(f'date "{text}" has a year of two digits', f"write {edtf}")
    return edtf


def _day_month(day: str, month: str) -> str:
    return f"{int(day)} {MONTHS[int(month) - 1]}"


def _spelled(text: str, _today: date) -> str | None:
    return spelled(text)


_RULES: tuple[Callable[[str, date], str | None], ...] = (
    _canonical,
    _dotted,
    _interval,
    _compact,
    _years,
    _open,
    _either,
    _about,
    _named,
    _ago,
    _week,
    _numeric,
    _spelled,
    _doubted,
)


# --- parts of EDTF texts ---------------------------------------------------------------------------------------------


def _begin(edtf: str) -> str:
    return edtf.partition("/")[0]


def _end(edtf: str) -> str:
    return edtf.rpartition("/")[2]


def _mark_of(part: str) -> str:
    return part[-1] if part[-1] in "~?%" else ""


def _marked(edtf: str, mark: str) -> str:
    """The same date with each of its sides marked; about and uncertain together are `%`."""
    return "/".join(side if side == ".." else _mark_side(side, mark) for side in edtf.split("/"))


def _mark_side(side: str, mark: str) -> str:
    had = _mark_of(side)
    return f"{side.removesuffix(had)}{mark if had in ('', mark) else '%'}"


# --- refusals --------------------------------------------------------------------------------------------------------

_FORMS = "write a date as 2025-12-03, Dec 2025 or Q3 2025"


def _refusal(text: str, today: date) -> UnreadableDate:
    """Why no rule knew the words: a year cut short or left out is told, with the full one in the hint."""
    if not text:
        return UnreadableDate("a date is empty", _FORMS)
    if re.fullmatch(r"(\.\.|\d{4}[\d~?%-]*)/(\.\.|\d{4}[\d~?%-]*)", text):
        return _not_edtf(text)
    full = re.sub(r"(?:(?<![\d/.-])'?|(?<=[^\W\d])|(?<=[^\W\d]-))(\d\d)$", r"20\1", text)
    dated = f"{text} {today.year}"
    cut, yearless = full != text and _readable(full), _readable(dated)
    if cut and yearless:
        return UnreadableDate(f'date "{text}" could be {full} or {dated}', f"write {full} or {dated}")
    if cut:
        return UnreadableDate(f'date "{text}" has a year of two digits', f"write {full}")
    if yearless:
        return UnreadableDate(f'date "{text}" has no year', f"write {dated}")
    return UnreadableDate(f'date "{text}" cannot be read', _FORMS)


def _vague(text: str) -> UnreadableDate | None:
    """Why words that tell of some time name no date."""
    fiscal = re.fullmatch(
        r"(?:q[1-4] |h[12] )?(?:fy ?|fiscal(?: year)? |financial year )'?(?:\d\d|\d{4})", text, re.IGNORECASE
    )
    if fiscal:
        reason = "is a fiscal year, which begins when its company says"
        return UnreadableDate(f'date "{text}" {reason}', "write its months: Apr 2024 to Mar 2025")
    soon = (
        "(?:in )?(?:the )?(?:coming|next few|past few|last few|recent) (?:days|weeks|months|years)"
        "|soon|shortly|imminent(?:ly)?|recently"
    )
    if re.fullmatch(soon, text, re.IGNORECASE):
        return UnreadableDate(f'date "{text}" names no days', "write the latest that it can be: by 2025-12-31")
    return None


def _not_edtf(text: str) -> UnreadableDate:
    try:
        from_edtf(text)
    except NotEdtf as problem:
        return UnreadableDate(problem.what, problem.hint)
    return UnreadableDate(f'date "{text}" cannot be read', _FORMS)


def _readable(text: str) -> bool:
    try:
        return spelled(text) is not None
    except UnreadableDate:
        return False
