"""Turns of phrase of amounts, put into the few that the reader knows: numbers in words, parts, what they are of."""

import re
from typing import NamedTuple

from dealtrack.domain.money import Basis
from dealtrack.text.words import NUMBERS

# A part of an amount: its words, and whether it is paid for certain (None where that is not said).
Part = tuple[str, bool | None]


class Told(NamedTuple):
    """An amount in plainer words, and what else they said: what it is of; the parts it is told in.

    Of an amount in parts the first may be the `whole`, which holds the others. `earned` is the amount of words that
    close with what it is paid for: "up to $300M in milestones".
    """

    plain: str
    basis: Basis | None
    parts: tuple[Part, ...]
    whole: bool
    earned: str | None


def told(plain: str) -> Told:
    """What the words tell, in lower case and with single blanks."""
    basis, rest = _named_basis(plain)
    rest = _in_figures(rest)
    parts, whole = _parts_of(rest)
    return Told(_without_terms(rest), basis, tuple(parts), whole, _earned_of(_without_terms(rest)))


_SCALES = "thousand|million|billion|trillion|crore|lakh"


# --- numbers in words ------------------------------------------------------------------------------------------------

_PARTS_OF_ONE = {
    "half": "0.5",
    "quarter": "0.25",
    "a quarter": "0.25",
    "one quarter": "0.25",
    "three quarters": "0.75",
}


def _in_figures(plain: str) -> str:
    """The same words with numbers in figures: "half a billion" is "0.5 billion", "nine-figure" "hundreds of millions".

    A sum of so many figures is of that order of magnitude, be it a low or a high one.
    """
    if "figure" in plain:
        plain = _of_so_many_figures(plain)
    if not re.search(_SCALES, plain):
        return plain
    fractions = "|".join(sorted(_PARTS_OF_ONE, key=len, reverse=True)).replace(" ", "[ -]")
    counts = "|".join(NUMBERS)
    plain = re.sub(rf"\b({counts}) ({_SCALES}) and a half\b", r"\1 and a half \2", plain)
    plain = re.sub(rf"\b({counts})(?= (?:to|and|or) (?:{counts}) (?:hundred )?(?:{_SCALES})\b)", _in_digits, plain)
    return re.sub(
        rf"\b(?:({fractions})(?:[ -]of)?(?:[ -]an?)?|({counts})( hundred)?( and a half)?)[ -]({_SCALES})\b",
        _in_digits,
        plain,
    )


def _in_digits(found: re.Match[str]) -> str:
    """What one of the patterns above found, in digits."""
    if found.re.groups == 1:
        return str(NUMBERS[found[1]])
    fraction, count, hundred, half, scale = found.groups()
    if fraction:
        return f"{_PARTS_OF_ONE[fraction.replace('-', ' ')]} {scale}"
    return f"{NUMBERS[count]}{'00' * bool(hundred)}{'.5' * bool(half)} {scale}"


def _of_so_many_figures(plain: str) -> str:
    counts = "|".join(NUMBERS)
    found = re.fullmatch(
        rf"(?:an? )?(?:(?:low|mid|high)[ -])?({counts}|\d\d?)[ -]figures?"
        r"(?: ([a-z.]+?))??(?: (?:sum|amount|deal|price|consideration|figure))?",
        plain,
    )
    power = (NUMBERS.get(found[1]) or int(found[1])) - 1 if found else 0
    if found is None or not 3 <= power <= 14:
        return plain
    scale = ("thousands", "millions", "billions", "trillions")[power // 3 - 1]
    return f"{('', 'tens of ', 'hundreds of ')[power % 3]}{scale}{f' of {found[2]}' if found[2] else ''}"


# --- what an amount is of --------------------------------------------------------------------------------------------

_ROUND = "(?:series [a-z][0-9]? )?(?:(?:seed|funding|financing|bridge) )?round"
# The word that tells of a basis, the basis, and how the words around the amount go; none is looked for without it.
_OF: tuple[tuple[str, Basis, str, str], ...] = (
    ("share", "per-share", "", "(?: ?/ ?| per | a )share(?: in cash)?"),
    ("enterprise value", "enterprise-value", "enterprise value of ", " enterprise value"),
    ("equity value", "equity-value", "equity value of ", " equity value"),
    ("valu", "valuation", "(?:(?:pre|post)-money )?valuation of ", " (?:(?:pre|post)-money )?valuation"),
    ("round", "round-size", f"{_ROUND} of ", f" {_ROUND}"),
    ("contract", "contract-value", "contract (?:value of|worth) ", " contract(?: value)?"),
    ("commitment", "commitment", "commitment of ", " commitment"),
    ("debt", "debt", "debt of ", " (?:in|of) debt"),
    ("proceeds", "proceeds", "(?:gross |net )?proceeds of ", " (?:in|of) (?:gross |net )?proceeds"),
)


def _named_basis(plain: str) -> tuple[Basis | None, str]:
    """What the words say that an amount is of, and the rest: "$4.10 per share" is per share."""
    for word, basis, before, after in _OF:
        if word in plain:
            found = re.fullmatch(f"(?:at )?(?:an? )?(?:{before})(.+)", plain) if before else None
            found = found or re.fullmatch(f"(.+?)(?:{after})", plain)
            if found:
                return basis, found[1].strip()
    return None, plain


# --- amounts in parts ------------------------------------------------------------------------------------------------


_MAYBE = "potential|possible|contingent|conditional|future|performance|performance-based|deferred contingent"
_EARNED = "earn-?outs?|milestones?|contingent"
_TAIL = rf"(?: (?:in|as|of|on)(?: an?)?)?(?: (?:{_MAYBE}))*[ -](?:{_EARNED})(?:[ -](?:payments?|consideration|value))?"


def _parts_of(plain: str) -> tuple[list[Part], bool]:
    """The parts of an amount and whether the first holds the others; none of an amount in one piece.

    "$1bn plus $300M earn-out" has two, and so has "$1.3bn including a $300M earn-out", where the whole comes first.
    """
    if not re.search(r" (?:plus|and|with|including|\+) .*\d", plain):
        return [], False
    whole, held, rest = plain.partition(" including ")
    if held:
        found = _earned(rest)
        return ([(whole.rstrip(","), True), found], True) if found and re.search(r"\d", whole) else ([], False)
    first, *others = re.split(r",? (?:plus|\+|and|with) ", plain)
    if len(others) == 1 and "between " in first:
        return [], False
    parts = [_earned(words) or _paid(words) for words in (first, *others)]
    apart = re.search(" (?:plus|[+]) ", plain) or all(firm is not None for _, firm in parts)
    return (parts if apart else [], False)


def _earned_of(plain: str) -> str | None:
    """The amount of words that close with what it is paid for ("up to $300M in milestones"); None for others."""
    found = re.fullmatch(f"(.*\\d.*?){_TAIL}", plain) if re.search(_EARNED, plain) else None
    return found[1] if found else None


def _without_terms(plain: str) -> str:
    """The amount without an article, and without the words that say in what or over how long it is paid."""
    plain = re.sub(r"^(?:an?|the|its|their) (?=[a-z]{0,3}[^a-z]*\d)|^(?:a )?total of ", "", plain)
    if plain[-1:].isdigit():
        return plain
    plain = re.sub(" (?:deal|transaction|takeover|acquisition|buyout|investment|purchase|price tag)$", "", plain)
    plain = re.sub(r" over (?:the )?(?:next |coming )?(?:[a-z]+|\d+(?:(?:-| to )\d+)?)[ -](?:year|month)s?$", "", plain)
    means = "cash|stock|shares|cash and stock|stock and cash|cash and shares|shares and cash"
    return re.sub(rf"(?: in (?:all-)?(?:{means})| (?:over time|in total|in all|overall|altogether))$", "", plain)


def _earned(words: str) -> Part | None:
    """The part that is paid only if something comes about."""
    text = re.sub(r"^(?:(?:an?|another|additional|further|extra) )+", "", words)
    found = re.fullmatch(rf"(?:up to )?((?:{_MAYBE}) )*(?:up to )?(.*\d.*?)({_TAIL})?", text)
    backwards = re.fullmatch(rf"(?:{_MAYBE} )?(?:{_EARNED}) of (?:up to )?(.*\d.*)", text)
    if backwards:
        return backwards[1], False
    if found and (text.startswith("up to ") or found[1] or found[3]):
        return found[2], False
    return None


def _paid(words: str) -> Part:
    found = re.fullmatch(
        r"(?:an? )?(?:upfront |initial )?(?:payment of )?(.*?)"
        " (?:in cash|cash|in stock|stock|in shares|up-?front|up front|at closing|initially)",
        words,
    )
    return (found[1], True) if found else (words, None)
