"""The words and turns of phrase that dates, amounts and stakes are written with: one table for each kind."""

import re
from typing import Literal

from dealtrack.domain.money import Qualifier
from dealtrack.domain.problem import Misuse

# Nobody writes a longer date, amount or stake; patterns would look through longer words for ever.
LONGEST = 200

# Dashes of every width and the minus sign count as a hyphen.
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")


class TooLong(Misuse):
    """Words that go on for longer than any date, amount or stake."""


def tidy(words: str) -> str:
    """The words with single plain blanks (no-break ones included) and plain hyphens, in the case they came in.

    Raises TooLong.
    """
    if len(words) > LONGEST:
        raise TooLong(f'"{words[:40]}..." is too long to be read', f"write it in at most {LONGEST} characters")
    return " ".join(words.split()).translate(_DASHES)


def unaccented(words: str) -> str:
    """The words without the accents of their letters."""
    if words.isascii():
        return words
    # Most words have none.
    from unicodedata import combining, normalize  # noqa: PLC0415

    return "".join(c for c in normalize("NFD", words) if not combining(c))


# --- dates -----------------------------------------------------------------------------------------------------------

MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SEASON_NAMES = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
PART_NAMES = {"33": "Q1", "34": "Q2", "35": "Q3", "36": "Q4", "40": "H1", "41": "H2"}

# Each month by its names and their short forms in English, German, French, Spanish and Italian, without accents.
MONTH_WORDS = (
    "january jan januar jaenner janner janvier janv enero ene gennaio gen",
    "february feb februar feber fevrier fevr febrero febbraio",
    "march mar maerz marz mrz mars marzo",
    "april apr avril avr abril abr aprile",
    "may mai mayo maggio mag",
    "june jun juni juin junio giugno giu",
    "july jul juli juillet juil julio luglio lug",
    "august aug aout agosto ago",
    "september sep sept septembre septiembre setiembre settembre set",
    "october oct oktober okt octobre octubre ottobre ott",
    "november nov novembre noviembre",
    "december dec dezember dez decembre diciembre dicembre dic",
)
MONTHS = {name: f"{number:02}" for number, names in enumerate(MONTH_WORDS, 1) for name in names.split()}

# A named part of a year -> what EDTF writes after the year.
PERIODS = {
    "spring": "21",
    "summer": "22",
    "autumn": "23",
    "fall": "23",
    "winter": "24",
    "q1": "33",
    "q2": "34",
    "q3": "35",
    "q4": "36",
    "1q": "33",
    "2q": "34",
    "3q": "35",
    "4q": "36",
    "h1": "40",
    "h2": "41",
    "1h": "40",
    "2h": "41",
} | MONTHS

# A part of a year, quarter or month -> which third of it, or its first or last stretch.
PARTS = {
    "early": "early",
    "mid": "mid",
    "middle": "mid",
    "late": "late",
    "start": "start",
    "beginning": "start",
    "end": "end",
}

ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("monday mon", "tuesday tue", "wednesday wed", "thursday thu", "friday fri", "saturday sat", "sunday sun")
    )
    for name in names.split()
}
# The same in German, French, Spanish and Italian, without accents: only beside the day that they are of.
WEEKDAYS_ELSEWHERE = {
    name: number
    for number, names in enumerate((
        "montag lundi lunes lunedi",
        "dienstag mardi martes martedi",
        "mittwoch mercredi miercoles mercoledi",
        "donnerstag jeudi jueves giovedi",
        "freitag vendredi viernes venerdi",
        "samstag sonnabend samedi sabado sabato",
        "sonntag dimanche domingo domenica",
    ))
    for name in names.split()
}  # fmt: skip

Unit = Literal["days", "weeks", "months", "years"]
UNITS: dict[str, Unit] = {
    "d": "days",
    "day": "days",
    "days": "days",
    "w": "weeks",
    "week": "weeks",
    "weeks": "weeks",
    "m": "months",
    "mo": "months",
    "month": "months",
    "months": "months",
    "y": "years",
    "yr": "years",
    "year": "years",
    "years": "years",
}

NUMBERS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
}

# --- amounts ---------------------------------------------------------------------------------------------------------

# A multiplier -> the power of ten it stands for.
MULTIPLIERS = {
    "k": 3,
    "thousand": 3,
    "lakh": 5,
    "lakhs": 5,
    "lac": 5,
    "lacs": 5,
    "m": 6,
    "mm": 6,
    "mn": 6,
    "mln": 6,
    "million": 6,
    "millions": 6,
    "crore": 7,
    "crores": 7,
    "cr": 7,
    "b": 9,
    "bn": 9,
    "bln": 9,
    "billion": 9,
    "billions": 9,
    "t": 12,
    "tn": 12,
    "trn": 12,
    "trillion": 12,
    "trillions": 12,
}

# Multipliers of German and French, with which a comma is the decimal mark.
CONTINENTAL = {
    "mio": 6,
    "millionen": 6,
    "mrd": 9,
    "mia": 9,
    "milliarde": 9,
    "milliarden": 9,
    "md": 9,
    "mds": 9,
    "milliard": 9,
    "milliards": 9,
}
MULTIPLIERS |= CONTINENTAL

# Multipliers of Indian English, with which a comma parts thousands.
INDIAN = ("lakh", "lakhs", "lac", "lacs", "crore", "crores", "cr")

# Orders of magnitude, as they are said -> the power of ten of their low bound.
MAGNITUDES = {
    f"{count}{scale}": power + more
    for scale, power in (("thousands", 3), ("millions", 6), ("billions", 9), ("trillions", 12))
    for count, more in (("", 0), ("tens of ", 1), ("hundreds of ", 2))
}

# A currency's sign or name -> its ISO 4217 code. "$" and "dollars" are American unless another dollar is named.
CURRENCIES = {
    "": "USD",
    "$": "USD",
    "us$": "USD",
    "$us": "USD",
    "u.s. $": "USD",
    "dollar": "USD",
    "dollars": "USD",
    "us dollar": "USD",
    "us dollars": "USD",
    "u.s. dollars": "USD",
    "c$": "CAD",
    "ca$": "CAD",
    "canadian dollars": "CAD",
    "a$": "AUD",
    "au$": "AUD",
    "australian dollars": "AUD",
    "hk$": "HKD",
    "hong kong dollars": "HKD",
    "nz$": "NZD",
    "new zealand dollars": "NZD",
    "s$": "SGD",
    "sg$": "SGD",
    "singapore dollars": "SGD",
    "nt$": "TWD",
    "r$": "BRL",
    "€": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "£": "GBP",
    "pound": "GBP",
    "pounds": "GBP",
    "pounds sterling": "GBP",
    "sterling": "GBP",
    "₹": "INR",
    "rs": "INR",
    "rs.": "INR",
    "rupee": "INR",
    "rupees": "INR",
    "indian rupees": "INR",
    "yen": "JPY",
    "jp¥": "JPY",
    "japanese yen": "JPY",
    "yuan": "CNY",
    "rmb": "CNY",
    "cn¥": "CNY",
    "renminbi": "CNY",
    "dh": "AED",
    "dhs": "AED",
    "swiss franc": "CHF",
    "swiss francs": "CHF",
    "swedish kronor": "SEK",
    "norwegian kroner": "NOK",
    "danish kroner": "DKK",
    "₩": "KRW",
    "won": "KRW",
    "₪": "ILS",
    "shekels": "ILS",
    "฿": "THB",
    "baht": "THB",
}

# Hundredths of a pound.
PENCE = ("pence", "p")

# The currencies whose own sign is a bare "$" at home.
DOLLARS = ("USD", "CAD", "AUD", "HKD", "NZD", "SGD", "TWD")

# Signs and names that several currencies share, so that one alone is refused.
SHARED_CURRENCIES = {
    "¥": ("JPY", "CNY"),
    "￥": ("JPY", "CNY"),
    "kr": ("SEK", "NOK", "DKK"),
    "kr.": ("SEK", "NOK", "DKK"),
    "krona": ("SEK", "ISK"),
    "kronor": ("SEK", "ISK"),
    "krone": ("NOK", "DKK"),
    "kroner": ("NOK", "DKK"),
    "dirham": ("AED", "MAD"),
    "dirhams": ("AED", "MAD"),
    "franc": ("CHF", "XOF"),
    "francs": ("CHF", "XOF"),
}

ABOUT = (
    "~",
    "≈",
    "about",
    "around",
    "approximately",
    "approx.",
    "approx",
    "roughly",
    "nearly",
    "almost",
    "substantially",
    "virtually",
    "in the region of",
    "in the neighborhood of",
    "in the neighbourhood of",
    "on the order of",
    "somewhere around",
    "circa",
    "c.",
    "ca.",
    "some",
    "an estimated",
    "estimated",
    "close to",
)
AT_LEAST = (
    "at least",
    "more than",
    "over",
    "above",
    "exceeding",
    "in excess of",
    "upwards of",
    "upward of",
    "north of",
    "a minimum of",
    "no less than",
    "not less than",
    ">=",
    "≥",
    ">",
)
UP_TO = (
    "up to",
    "as much as",
    "at most",
    "less than",
    "under",
    "below",
    "no more than",
    "not more than",
    "south of",
    "shy of",
    "short of",
    "a maximum of",
    "<=",
    "≤",
    "<",
)
OR_MORE = ("+", "or more", "or above", "and up")
OR_LESS = ("or less", "or below", "at most")
OR_SO = ("or so", "or thereabouts", "give or take")

UNDISCLOSED = (
    "undisclosed",
    "not disclosed",
    "unknown",
    "not stated",
    "unspecified",
    "terms not disclosed",
    "terms undisclosed",
    "undisclosed sum",
    "undisclosed amount",
)
UNKNOWN_CURRENCY = ("(currency not stated)", "(currency not named)", "(currency unknown)", "(?)")


# --- stakes ----------------------------------------------------------------------------------------------------------

# A fraction in words -> ten-thousandths of a percent.
FRACTIONS = {
    "half": 500_000,
    "one half": 500_000,
    "third": 333_333,
    "one third": 333_333,
    "two thirds": 666_667,
    "quarter": 250_000,
    "one quarter": 250_000,
    "three quarters": 750_000,
    "fifth": 200_000,
    "one fifth": 200_000,
    "two fifths": 400_000,
    "three fifths": 600_000,
    "four fifths": 800_000,
    "one sixth": 166_667,
    "one eighth": 125_000,
    "tenth": 100_000,
    "one tenth": 100_000,
    "nine tenths": 900_000,
    "all": 1_000_000,
    "whole": 1_000_000,
    "entire": 1_000_000,
    "full": 1_000_000,
    "sole": 1_000_000,
    "wholly owned": 1_000_000,
}

# --- turns of phrase, which amounts and stakes share -----------------------------------------------------------------


def without_prefix(text: str, phrases: tuple[str, ...]) -> str | None:
    """What follows the first of the phrases that `text` begins with as a whole word; None when it begins with none."""
    for phrase in phrases:
        rest = text.removeprefix(phrase)
        if rest != text and not (phrase[-1].isalpha() and rest[:1].isalpha()):
            return rest.strip()
    return None


def without_suffix(text: str, phrases: tuple[str, ...]) -> str | None:
    """What precedes the first of the phrases that `text` ends with; None when it ends with none."""
    for phrase in phrases:
        if text.endswith(phrase):
            return text.removesuffix(phrase).strip()
    return None


def plainly(plain: str) -> str:
    """The words without how far beyond a bound they go: "well over", "just under"; only the bound is known."""
    if not plain[:1].isalpha():
        return plain
    bounds = "|".join((*AT_LEAST, *UP_TO))
    degrees = "well|just|far|comfortably|slightly|marginally|somewhat|significantly|substantially|(?:a )?(?:little|bit)"
    return re.sub(rf"^(?:{degrees}) (?={bounds})|^(?:somewhere|anywhere|ranging) (?=between |from )", "", plain)


def qualified(plain: str) -> tuple[Qualifier, str]:
    """The qualifier that words before or after give, and the rest; "up to about" is up to."""
    found: Qualifier = "exact"
    plain = plainly(plain)
    worded: tuple[tuple[Qualifier, tuple[str, ...]], ...] = (("at-least", AT_LEAST), ("up-to", UP_TO))
    for qualifier, phrases in worded:
        rest = without_prefix(plain, phrases)
        if rest is not None:
            found, plain = qualifier, rest
            break
    suffixed: tuple[tuple[Qualifier, tuple[str, ...]], ...] = (("at-least", OR_MORE), ("up-to", OR_LESS))
    for qualifier, phrases in suffixed:
        rest = without_suffix(plain, phrases)
        if rest is not None and found in ("exact", qualifier):
            found, plain = qualifier, rest
    rest = without_suffix(plain, OR_SO)
    rest = without_prefix(plain, ABOUT) if rest is None else without_prefix(rest, ABOUT) or rest
    if rest is None:
        return found, plain
    return "about" if found == "exact" else found, rest


def sides(text: str) -> tuple[str, str] | None:
    """The two sides of a range, one of them perhaps empty; None for a single figure."""
    found = (
        re.fullmatch(r"(.*?)\s*\.\.\s*(.*)", text)
        or re.fullmatch(r"between (.+?) and (.+)", text)
        or re.fullmatch(r"(?:from )?(.*\d.*?) to (.*\d.*)", text)
        or re.fullmatch(r"(.*\d[^-]*?) ?- ?([^-]*\d[^-]*(?:-[a-z ]+)?)", text)
    )
    return (found[1], found[2]) if found else None
