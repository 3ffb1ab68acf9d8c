"""Amounts in words: `read_money` takes what people and articles write, `say_money` gives it back."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from dealtrack.domain.figures import Counted
from dealtrack.domain.money import Basis, ImpossibleMoney, Money, Qualifier, covers, decimal_string, minor_units, money
from dealtrack.domain.problem import Misuse
from dealtrack.text.counts import rounded
from dealtrack.text.words import (
    ABOUT,
    CONTINENTAL,
    CURRENCIES,
    DOLLARS,
    INDIAN,
    MAGNITUDES,
    MULTIPLIERS,
    PENCE,
    SHARED_CURRENCIES,
    UNDISCLOSED,
    UNKNOWN_CURRENCY,
    qualified,
    sides,
    tidy,
    without_prefix,
    without_suffix,
)

if TYPE_CHECKING:
    from dealtrack.text.phrases import Told

# The commonest currencies are known without loading the ISO table; a test holds them against it.
COMMON_DIGITS = {"USD": 2, "EUR": 2, "GBP": 2, "JPY": 0}

# They gave way to the euro in 2007 and since, so that ISO 4217 lists them no more. Deals were made in them, and the
# European Central Bank has their rates of the time. Each was divided by a hundred.
WITHDRAWN = ("BGN", "CYP", "EEK", "HRK", "LTL", "LVL", "MTL", "SIT", "SKK")

# No deal has been worth a quadrillion of anything: beyond it a multiplier was written twice.
_LARGEST = 10**15
# Orders of magnitude, those first that begin as another does.
_ORDERS = tuple(sorted(MAGNITUDES, key=len, reverse=True))
_FORMS = "write an amount as 275M, EUR 2.8bn, 250M..275M or undisclosed"


class UnreadableMoney(Misuse):
    """Words that name no amount, an impossible one, or one of several."""


class UnknownCurrency(Misuse):
    """A code that ISO 4217 does not have, or has for no money (gold, tests)."""


def read_money(words: str, basis: Basis | None = None, usual: Basis | None = None) -> Money:
    """The amount that the words name; raises UnreadableMoney, UnknownCurrency, ImpossibleMoney or TooLong.

    No currency means US dollars, unless the words end with "(currency not stated)". In a range whose first figure
    has no multiplier the second one's counts for both. What is paid only if something comes about is in the high
    bound. The words may say what the amount is of ("$4.10 per share"); where neither they nor `basis` do, it is of
    the `usual`. The words themselves are kept in `text`.
    """
    try:
        return _Reading(words.strip()).money(basis, usual)
    except ImpossibleMoney as problem:
        # The fault is told of the words, not of the figure inside them.
        reason = re.sub('^amount ".*" ', "", problem.what)
        raise UnreadableMoney(f'amount "{words.strip()}" {reason}', problem.hint) from None


def read_amount_range(words: str, currency: str = "USD") -> tuple[int | None, int | None]:
    """The bounds of a filter in hundredths of a currency, None where open: `100M..`, `..50M`, `100M..200M`.

    A bare figure is of that currency. "About" reaches as far as it does everywhere (10%). Raises as read_money.
    """
    amount = _in_currency(words, currency)
    if amount.qualifier == "undisclosed":
        raise UnreadableMoney(f'amount "{words.strip()}" has no bounds to compare with', "ask for none instead")
    if amount.basis is not None:
        hint = f"write the bounds alone, beside --basis {amount.basis}"
        raise UnreadableMoney(f'amount "{words.strip()}" says what it is of, and only figures are compared', hint)
    if amount.currency != currency:
        hint = f"give the bounds in {'US dollars' if currency == 'USD' else currency}: 100M..200M"
        hint += "" if currency != "USD" else f", or count in {amount.currency}: --in {amount.currency}"
        raise UnreadableMoney(f'amount "{words.strip()}" is not in {currency}, which values are compared in', hint)
    low, high = covers(amount) if amount.qualifier == "about" else (amount.low, amount.high)
    return _hundredths(low, amount.digits), _hundredths(high, amount.digits)


def _in_currency(words: str, currency: str) -> Money:
    """The amount that the words name, of that currency where they say none."""
    try:
        return read_money(f"{currency} {words}") if currency != "USD" else read_money(words)
    except UnreadableMoney:
        return read_money(words)


def _hundredths(minor: int | None, digits: int) -> int | None:
    return None if minor is None else minor * 100 // 10**digits


def read_currency(code: str) -> tuple[str, int]:
    """An ISO 4217 code, in any case, as (code, digits after the point); raises UnknownCurrency."""
    upper = code.strip().upper()
    return upper, digits_of(upper)


@lru_cache(maxsize=256)
def digits_of(code: str) -> int:
    """How many decimals a currency has; raises UnknownCurrency."""
    if code in COMMON_DIGITS:
        return COMMON_DIGITS[code]
    # Deferred: parses the ISO table on import, which a ledger of dollars and euros never needs.
    from iso4217 import Currency  # noqa: PLC0415

    digits = {currency.code: currency.exponent for currency in Currency} | dict.fromkeys(WITHDRAWN, 2)
    found = digits.get(code)
    if found is None:
        raise UnknownCurrency(f'currency "{code}" is not in ISO 4217', _near_currency(code, digits))
    return int(found)


def _near_currency(code: str, codes: dict[str, int | None]) -> str:
    # Deferred: only a mistyped code needs likeness.
    from difflib import get_close_matches  # noqa: PLC0415

    known = [known for known, digits in codes.items() if digits is not None]
    # The currencies people have names for come first: EUX is rather EUR than UGX.
    near = get_close_matches(code, sorted(set(CURRENCIES.values())), n=1) or get_close_matches(code, known, n=1)
    return f"did you mean {near[0]}?" if near else "write its three-letter code, such as USD or EUR"


class _Reading:
    """One reading of one text: every refusal quotes it, and its sides share a currency and a multiplier."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.named: str | None = None
        self.bare_dollar = False

    def refuse(self, reason: str, hint: str = _FORMS) -> UnreadableMoney:
        return UnreadableMoney(f'amount "{self.text}" {reason}', hint)

    def money(self, basis: Basis | None, usual: Basis | None) -> Money:
        plain = tidy(self.text).lower()
        if plain in UNDISCLOSED:
            return money(None, None, None, 2, "undisclosed", basis=basis or usual, text=self.text)
        self.refuse_odd(plain)
        stated = without_suffix(plain, UNKNOWN_CURRENCY)
        # Deferred: a listing says amounts and reads none.
        from dealtrack.text.phrases import told  # noqa: PLC0415

        words = told(plain if stated is None else stated)
        if words.basis and basis not in (None, words.basis):
            said, given = (of.replace("-", " ") for of in (words.basis, str(basis)))
            raise self.refuse(f"is {said} by its words, and {given} by its basis", "leave one of them out")
        basis = basis or words.basis or usual
        qualifier, low, high = self.bounds(words)
        if stated is not None and self.named:
            raise self.refuse("names a currency and says that none was", "leave one of them out")
        currency = self.currency() if stated is None else None
        digits = 2 if currency is None else digits_of(currency)
        minor_low, minor_high = self.minor(low, digits), self.minor(high, digits)
        return money(minor_low, minor_high, currency, digits, qualifier, basis=basis, text=self.text)

    def minor(self, figure: str | None, digits: int) -> int | None:
        if figure is None:
            return None
        minor = minor_units(figure, digits)
        if minor > _LARGEST * 10**digits:
            raise self.refuse("is over a thousand trillion", "check its multiplier: k, M, bn or tn")
        return minor

    def refuse_odd(self, plain: str) -> None:
        """Refuse what looks like a number and is none that money is written in."""
        if not plain.isprintable():
            raise self.refuse("holds an invisible character", "type it again")
        if not plain:
            raise UnreadableMoney("an amount is empty", _FORMS)
        if plain == "none":
            raise self.refuse("is a word of filters", "write undisclosed")
        if re.search(r"\d\.?e[+-]?\d", plain):
            raise self.refuse("is in scientific notation", "write it with a multiplier: 1bn")
        if re.fullmatch(r"[^a-z]*(nan|inf|infinity)[^a-z]*", plain):
            raise self.refuse("is not a number")
        if re.match(r"[^\d\w]*-[^\d\w]*\d|[a-z]{2,3}\$? ?-\d|\([^a-z]*\d[^a-z]*\w*\)$", plain):
            raise self.refuse("is below zero", "write the amount without its sign")

    def bounds(self, words: "Told") -> tuple[Qualifier, str | None, str | None]:
        """The qualifier and the low and high figure in major units, as plain decimals."""
        magnitude = self.magnitude(words.plain)
        if magnitude is not None:
            return "magnitude", magnitude, None
        if words.parts:
            return self.parts(words)
        if words.earned:
            self.refuse_earned(words.earned)
        qualifier, rest = qualified(words.earned or words.plain)
        split = sides(rest)
        if split is None:
            return self.single(qualifier, rest)
        begin, end = split
        if qualifier not in ("exact", "about") or not (begin or end):
            raise self.refuse("cannot be read")
        if begin and end:
            return "range", *self.range(begin, end)
        return ("at-least", self.figure(begin), None) if begin else ("up-to", None, self.figure(end))

    def single(self, qualifier: Qualifier, rest: str) -> tuple[Qualifier, str | None, str | None]:
        figure = self.figure(rest)
        return qualifier, None if qualifier == "up-to" else figure, None if qualifier == "at-least" else figure

    def refuse_earned(self, amount: str) -> None:
        """Refuse what is paid only if something comes about and is not told as "up to": it may have been paid."""
        if qualified(amount)[0] != "up-to":
            said = say_money(read_money(amount))
            raise self.refuse(f"could be {said} that was paid, or as much if it is earned", f"write {said} or ..{said}")

    def parts(self, words: "Told") -> tuple[Qualifier, str | None, str | None]:
        """What is firm is the low bound; the high one has what is paid only if something comes about, too."""
        told = [(sure, *self.single(*qualified(part))) for part, sure in words.parts]
        firm = [low or "" for sure, _, low, _ in told if sure is not False]
        more = [low or "" for sure, _, low, _ in told if sure is False]
        if not firm or any(low is None for _, _, low, _ in told):
            raise self.refuse("cannot be read")
        base = _sum(firm)
        if any(sure is None for _, sure in words.parts[1:]):
            total, code = _sum([*firm, *more]), self.currency()
            whole, unsure = (say_money(read_money(f"{code} {sums}")) for sums in (total, f"{firm[0]}..{total}"))
            raise self.refuse(f"could be {whole}, or {unsure} if not all is sure", f"write {whole} or {unsure}")
        if any(high is None for *_, high in told):
            return "at-least", base, None
        if not more:
            return ("about" if any(one == "about" for _, one, *_ in told) else "exact"), base, base
        if not words.whole:
            return "range", base, _sum([*firm, *more])
        rest = _sum(firm, more)
        if rest.startswith("-"):
            raise self.refuse("has a part that is above the whole", "check both figures")
        return "range", rest, base

    def range(self, begin: str, end: str) -> tuple[str, str]:
        """Both figures; the multiplier after the second counts for a bare first one ("250-275M")."""
        begin, end = (without_prefix(side, ABOUT) or side for side in (begin, end))
        high = self.figure(end)
        multiplier = _multiplier_of(end)
        if multiplier and not _multiplier_of(begin) and re.fullmatch(r"\D*\d{1,3}(\.\d+|,\d\d?)?\D*", begin):
            begin = re.sub(r"(\d)(\D*)$", rf"\g<1>{multiplier}\2", begin)
        low = self.figure(begin)
        if low == high:
            raise self.refuse("begins and ends at the same figure", "write it once")
        return low, high

    def figure(self, words: str) -> str:
        """One figure in major units as a plain decimal; its currency is noted."""
        found = re.fullmatch(r"(rs\.|kr\.|u\.s\. ?\$|[^\d.,]*) ?([.,]?\d[\d., ]*?)[ -]?([^\d., -].*)?", words)
        if found is None:
            raise self.unread(words)
        before, number, after = found[1].strip(), found[2], found[3] or ""
        multiplier, unit = _split_multiplier(after)
        pence = unit in PENCE
        unit = "gbp" if pence else unit
        self.refuse_eaten(number)
        # The words were lowered for reading; a hint writes the million as people do.
        self.note_currency(before, unit, f"{number}{'M' if multiplier == 'm' else multiplier}")
        return _shift(self.number(number, multiplier), MULTIPLIERS.get(multiplier, 0) - 2 * pence)

    def unread(self, words: str) -> UnreadableMoney:
        return self.eaten() if words in MULTIPLIERS else self.refuse("cannot be read")

    def refuse_eaten(self, number: str) -> None:
        # `$3` of an unquoted $300M is a parameter of the shell, and empty.
        if re.match(r"0\d|[.,]", number):
            raise self.eaten()

    def eaten(self) -> UnreadableMoney:
        hint = "quote it ('$300M'), or leave the dollar sign off: 300M"
        return self.refuse("looks like a dollar figure that the shell has eaten", hint)

    def note_currency(self, before: str, after: str, figure: str) -> None:
        for word in (before, after):
            if word == "$":
                self.bare_dollar = True
            elif word:
                self.name_currency(self.currency_of(word, figure))

    def name_currency(self, code: str) -> None:
        if self.named not in (None, code):
            raise self.refuse("has two currencies", "write one of them")
        self.named = code

    def currency(self) -> str:
        """The currency named; a bare sign is any dollar's ("$500M CAD"), and nothing at all is US dollars."""
        if self.bare_dollar and self.named and self.named not in DOLLARS:
            raise self.refuse("has two currencies", "write one of them")
        return self.named or "USD"

    def currency_of(self, word: str, figure: str) -> str:
        if word in SHARED_CURRENCIES:
            codes = SHARED_CURRENCIES[word]
            *some, last = (f"{code} {figure}" for code in codes)
            raise self.refuse(f"could be {', '.join(codes[:-1])} or {codes[-1]}", f"write {', '.join(some)} or {last}")
        if word in CURRENCIES:
            return CURRENCIES[word]
        code = word.removesuffix("$").strip()  # "USD $500 million", "CAD$204 million"
        if len(code) != 3 or not (code.isascii() and code.isalpha()):
            raise self.refuse("cannot be read")
        return read_currency(code)[0]

    def number(self, written: str, multiplier: str) -> str:
        """The digits and one dot of a number as written; separators must part thousands."""
        compact = written.strip()
        if multiplier in CONTINENTAL:
            return self.continental(compact, multiplier)
        if re.fullmatch(r"\d+(\.\d+)?", compact):
            return compact
        if (multiplier in INDIAN or self.named == "INR") and re.fullmatch(r"\d{1,2}(,\d\d)*,\d{3}(\.\d+)?", compact):
            return compact.replace(",", "")
        if found := re.fullmatch(r"(\d+),(\d+)", compact):
            # One comma may be a decimal one; whole thousands without a multiplier are the only sure case.
            if multiplier or len(found[2]) != 3 or len(found[1]) > 3:
                raise self.comma_or_point(found[1], found[2])
            return found[1] + found[2]
        if re.fullmatch(r"\d{1,3}((,\d{3})+|( \d{3})+)(\.\d+)?", compact):
            return re.sub("[, ]", "", compact)
        if re.fullmatch(r"\d{1,3}(\.\d{3}){2,}|\d{1,3}(\.\d{3})+,\d+", compact):
            return compact.replace(".", "").replace(",", ".")
        raise self.refuse("has separators that do not part thousands", "write 1,200,000 or 1.2M")

    def continental(self, compact: str, multiplier: str) -> str:
        """A number before a multiplier of German or French, whose decimals follow a comma."""
        if re.fullmatch(r"\d{1,3}\.\d{3}", compact):
            whole, _, part = compact.partition(".")
            raise self.comma_or_point(whole, part, mark=",")
        if re.fullmatch(r"\d+([,.]\d+)?", compact):
            return compact.replace(",", ".")
        if re.fullmatch(r"\d{1,3}([. ]\d{3})+(,\d+)?", compact):
            return re.sub("[. ]", "", compact).replace(",", ".")
        raise self.refuse("has separators that do not part thousands", f"write 1,2 {multiplier} or 1200 {multiplier}")

    def comma_or_point(self, whole: str, part: str, mark: str = ".") -> UnreadableMoney:
        figures = f"{whole}.{part}", f"{whole}{part}"
        name = _split_multiplier(re.sub(r"^.*\d[,.]\d+[ -]?", "", tidy(self.text).lower()))[0]
        said = {power: one for one, power in _LONG_NAMES}.get(MULTIPLIERS.get(name, 0), "")
        readings = f"{figures[0]} or {figures[1]} {said}".strip()
        return self.refuse(f"could be {readings}", f"write {whole}{mark}{part}{name} or {whole}{part}{name}")

    def magnitude(self, plain: str) -> str | None:
        """The low bound of "billions of dollars" and its like; None when the words are no order of magnitude."""
        if plain[:1].isdigit():
            return None
        text = re.sub(r"^(many|several|multiple|some|a few|a couple of|a couple) ", "", plain)
        text = re.sub(r"^multi-?(?:(hundred)[- ])?(thousand|million|billion|trillion)\b-?", _plural, text)
        text = re.sub(r"^(?:in )?(?:the )?(?:(?:low|mid|high)[ -])?(?=(?:tens|hundreds) of )", "", text)
        if text != plain:
            text = re.sub(r"^(?:(hundred) )?(thousand|million|billion|trillion)\b", _plural, text)
        for said in _ORDERS if text.startswith(_ORDERS) else ():
            rest = without_prefix(text, (said,))
            if rest is not None:
                return self.ordered(MAGNITUDES[said], rest)
        return None

    def ordered(self, power: int, rest: str) -> str:
        rest = rest.removeprefix("of").strip()
        words = rest.split()
        for count in (3, 2, 1):
            unit = " ".join(words[:count]).rstrip(",;")
            if unit in CURRENCIES or (len(unit) == 3 and unit.isalpha() and count == 1):
                if unit:
                    self.name_currency(self.currency_of(unit, ""))
                break
        else:
            raise self.refuse("cannot be read", "write billions of dollars, or its bounds: 1bn..")
        if re.search(r"\d", rest):
            raise self.refuse("has figures beside an order of magnitude", "write the figures alone: 1bn..5bn")
        return str(10**power)


def _plural(found: re.Match[str]) -> str:
    return f"{'hundreds of ' if found[1] else ''}{found[2]}s of "


def _split_multiplier(after: str) -> tuple[str, str]:
    """The multiplier that words after a number begin with, and the rest: ("bn", "eur")."""
    found = re.match(r"([a-z]+)\.?[ -]?(?:d['\u2019]|de )?", after)
    if found and found[1] in MULTIPLIERS:
        return found[1], after[found.end() :].strip()
    return "", after.strip()


def _sum(decimals: list[str], less: Sequence[str] = ()) -> str:
    """Plain decimals added up, and others taken away, as a plain decimal."""
    places = max(len(decimal.partition(".")[2]) for decimal in (*decimals, *less))
    units = [_shift(decimal, places) for decimal in (*decimals, *less)]
    total = sum(map(int, units)) - 2 * sum(map(int, units[len(decimals) :]))
    return _shift(str(total), -places)


def _multiplier_of(side: str) -> str:
    return _split_multiplier(re.sub(r"^.*\d[ -]?", "", side))[0]


def _shift(decimal: str, power: int) -> str:
    """A plain decimal times ten to the power, as a plain decimal: exact, and no decimal module to load."""
    whole, _, part = decimal.partition(".")
    if power < 0:
        whole = whole.zfill(1 - power)
        return f"{whole[:power]}.{whole[power:]}{part}"
    part = part.ljust(power, "0")
    shifted = (whole + part[:power]).lstrip("0") or "0"
    return f"{shifted}.{part[power:]}".rstrip(".")


# --- amounts to words ------------------------------------------------------------------------------------------------

_UNITS = (("tn", 12), ("bn", 9), ("M", 6), ("k", 3))
_LONG_NAMES = (("trillion", 12), ("billion", 9), ("crore", 7), ("million", 6), ("lakh", 5), ("thousand", 3))
_UNSTATED = " (currency not stated)"


def say_money(amount: Money) -> str:
    """The amount in words that `read_money` reads back as the same amount, but for `text` and `basis`."""
    low, high = amount.low, amount.high
    code = f"{amount.currency} " if amount.currency else ""
    if low is None and high is None:
        return "undisclosed"
    if amount.qualifier == "magnitude":
        said = _say_magnitude(amount)
    elif low is None:
        said = f"up to {code}{_say_figure(high, amount.digits)}"
    elif high is None:
        said = f"{code}{_say_figure(low, amount.digits)} or more"
    elif amount.qualifier == "range":
        said = code + "..".join(_say_pair(low, high, amount.digits))
    else:
        said = f"{'~' * (amount.qualifier == 'about')}{code}{_say_figure(low, amount.digits)}"
    return said if amount.currency else said + _UNSTATED


def say_money_short(amount: Money) -> str:
    """The amount for a cell of a table: `USD 1bn+`, `<=USD 1.2bn`, `USD 250-275M`; `(?)` for an unstated currency."""
    low, high = amount.low, amount.high
    code = f"{amount.currency} " if amount.currency else ""
    if low is None and high is None:
        return "undisclosed"
    if low is None:
        said = f"<={code}{_say_figure(high, amount.digits)}"
    elif high is None:
        said = f"{code}{_say_figure(low, amount.digits)}+"
    elif amount.qualifier == "range":
        said = code + _joined(*_say_pair(low, high, amount.digits))
    else:
        said = f"{'~' * (amount.qualifier == 'about')}{code}{_say_figure(low, amount.digits)}"
    return said if amount.currency else f"{said} (?)"


def say_counted(told: Money | None, counted: Counted) -> str:
    """What an amount is counted as, short: what its source told in that currency, else what a rate makes of it."""
    low, high, currency, stated = counted
    if told is None or (low is None and high is None):
        return ""
    if not (stated or told.currency == currency):
        return say_converted(told, low, high, currency)
    kind: Qualifier = told.qualifier if told.qualifier in ("exact", "about") and low == high else "range"
    return say_money_short(Money(low, high, currency, 2, kind, None, ""))


def say_converted(told: Money, low: int | None, high: int | None, currency: str) -> str:
    """What an amount comes to in another currency, short; the bounds are in hundredths of that.

    A rate makes nothing more precise: what is exact, or a range, is told to three digits, what is about, open or a
    magnitude to as many as it was told to, two at the least.
    """
    least, most = (None if bound is None else rounded(bound, _digits(told)) for bound in (low, high))
    if least is None:
        return f"<={currency} {most}"
    if most is None:
        return f"{currency} {least}+"
    about = "~" if told.qualifier == "about" else ""
    return f"{about}{currency} {least if least == most else _joined(least, most)}"


def _digits(told: Money) -> int:
    """To how many significant digits the amount is told once it is converted."""
    if told.qualifier in ("exact", "range"):
        return 3
    own = max(len(str(bound or 0).rstrip("0")) for bound in (told.low, told.high))
    return min(max(own, 2), 3)


def _joined(low: str, high: str) -> str:
    """A range with a shared unit said once: "250M", "275M" is "250-275M"."""
    unit = high.lstrip("0123456789.,")
    return f"{low.removesuffix(unit) if unit and low.endswith(unit) else low}-{high}"


def _say_magnitude(amount: Money) -> str:
    power = len(decimal_string(amount.low, amount.digits) or "") - 1
    said = next(name for name, ten in MAGNITUDES.items() if ten == power)
    return f"{said} of {amount.currency}" if amount.currency else said


def _say_pair(low: int, high: int, digits: int) -> tuple[str, str]:
    """Both figures of a range; in full if either is, since a bare first figure would take the second's multiplier."""
    said = _say_figure(low, digits), _say_figure(high, digits)
    if all(one[-1].isalpha() for one in said):
        return said
    return _say_in_full(low, digits), _say_in_full(high, digits)


def _say_figure(minor: int | None, digits: int) -> str:
    """The largest unit not above the figure when at most 3 decimals say it exactly, else every digit."""
    figure = minor or 0
    for unit, power in _UNITS:
        size = 10 ** (power + digits)
        if figure >= size:
            thousandths, rest = divmod(figure * 1000, size)
            return _say_in_full(figure, digits) if rest else f"{decimal_string(thousandths, 3)}{unit}"
    return _say_in_full(figure, digits)


def _say_in_full(minor: int, digits: int) -> str:
    whole, dot, part = (decimal_string(minor, digits) or "").partition(".")
    return f"{int(whole):,}{dot}{part}"
