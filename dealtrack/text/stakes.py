"""Stakes in words: `read_stake` takes what people and articles write, `say_stake` gives it back."""

import re

from dealtrack.domain.problem import Misuse
from dealtrack.domain.stake import (
    HALF,
    WHOLE,
    ImpossibleStake,
    Stake,
    StakeBasis,
    majority,
    minority,
    percent_string,
    percent_units,
    stake,
)
from dealtrack.text.words import FRACTIONS, UNDISCLOSED, qualified, sides, tidy

_FORMS = "write a stake as 51, 45..55, over 50%, controlling or minority"
_MAJORITY, _MINORITY = "over 50% (controlling)", "under 50% (minority)"
_CONTROL = {"(controlling)": True, "(not controlling)": False, "(control unknown)": None}
# Words after which half itself is left out.
_ABOVE = r"(over|more than|above|exceeding|in excess of) |>(?!=)"
_WORDED = r"(controlling|majority|minority)( (stake|interest|share|shareholding|majority|holding))?(,.*)?"


class UnreadableStake(Misuse):
    """Words that name no stake, or an impossible one."""


def read_stake(words: str, basis: StakeBasis | None = None) -> Stake:
    """The stake that the words name; raises UnreadableStake or TooLong.

    A counted stake above 50% is controlling; of any other it is not known, unless "(controlling)" or
    "(not controlling)" follows. "About" keeps the figure: the words are in `text`.
    """
    text = words.strip()
    plain = re.sub("^(a|an|the) ", "", tidy(words).lower())
    worded = _worded(plain, text, basis)
    if worded is not None:
        return worded
    figures, note = _noted(plain)
    try:
        low, high = _bounds(figures, text)
        controlling = _CONTROL[note] if note else _by_count(low, above=re.match(_ABOVE, figures) is not None)
        return stake(low, high, controlling=controlling, basis=basis, text=text)
    except ImpossibleStake as problem:
        # The fault is told of the words, not of the figure inside them.
        reason = re.sub('^stake ".*" ', "", problem.what)
        raise UnreadableStake(f'stake "{text}" {reason}', problem.hint) from None


def read_stake_range(words: str) -> tuple[int | None, int | None]:
    """The bounds of a filter in ten-thousandths of a percent, None where open; raises UnreadableStake.

    `50..` and `..10` include their figure; `controlling` and `minority` are from 50 up and from 50 down.
    """
    share = read_stake(words)
    if share.low is None:
        raise UnreadableStake(f'stake "{words.strip()}" has no bounds to compare with', "ask for none instead")
    if share.low == share.high:
        return share.low, share.high
    return share.low or None, None if share.high == WHOLE else share.high


def say_stake(share: Stake) -> str:
    """The stake in words that `read_stake` reads back as the same stake, but for `text` and `basis`."""
    if share.worded:
        return _MAJORITY if share.controlling else _MINORITY
    said = "undisclosed" if share.low is None else _figures(share)
    if share.controlling is _by_count(share.low):
        return said
    return f"{said} {next(note for note, known in _CONTROL.items() if known is share.controlling)}"


def say_stake_short(share: Stake) -> str:
    """The stake for a cell of a table: `51%`, `45-55%`, `33%+`, `<=49%`; worded ones are `>50%` and `<50%`."""
    if share.worded:
        return ">50%" if share.controlling else "<50%"
    if share.low is None:
        return "undisclosed"
    if share.low != share.high and share.high == WHOLE:
        return f"{percent_string(share.low)}%+"
    if share.low == 0 != share.high:
        return f"<={percent_string(share.high)}%"
    return _figures(share)


def _figures(share: Stake) -> str:
    low, high = percent_string(share.low), percent_string(share.high)
    return f"{low}%" if low == high else f"{low}-{high}%"


def _worded(plain: str, text: str, basis: StakeBasis | None) -> Stake | None:
    """A stake that is named and not counted; None when the words hold figures of their own."""
    if plain == _MAJORITY:
        return majority(text, basis)
    if plain == _MINORITY:
        return minority(text, basis)
    found = None if re.search(r"\d", plain) else re.fullmatch(_WORDED, plain)
    if found is None:
        return None
    return minority(text, basis) if found[1] == "minority" else majority(text, basis)


def _noted(plain: str) -> tuple[str, str]:
    """The words without a closing note on control, and that note ("" when there is none)."""
    note = next((note for note in _CONTROL if plain.endswith(note)), "")
    return plain.removesuffix(note).strip(), note


def _by_count(low: int | None, *, above: bool = False) -> bool | None:
    """More than half controls; less may do so too, by other means: that is not known. `above` leaves out the low."""
    return True if low is not None and (low > HALF or (above and low == HALF)) else None


def _bounds(plain: str, text: str) -> tuple[int | None, int | None]:
    """The low and high bound in ten-thousandths of a percent, None where the words leave a side open."""
    if not plain:
        raise UnreadableStake("a stake is empty", _FORMS)
    if plain in UNDISCLOSED:
        return None, None
    if plain.startswith("-"):
        raise UnreadableStake(f'stake "{text}" is below 0%', "write a percentage from 0 to 100")
    qualifier, rest = qualified(plain)
    split = sides(rest)
    if split is None:
        figure = _percent(rest, text)
        return None if qualifier == "up-to" else figure, None if qualifier == "at-least" else figure
    begin, end = split
    if qualifier not in ("exact", "about") or not (begin or end):
        raise UnreadableStake(f'stake "{text}" cannot be read', _FORMS)
    return _percent(begin, text) if begin else None, _percent(end, text) if end else None


def _percent(words: str, text: str) -> int:
    fraction = FRACTIONS.get(words.replace("-", " "))
    if fraction is not None:
        return fraction
    found = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?) ?(?:%|percent|per cent|pct)?", words)
    if found is None:
        raise UnreadableStake(f'stake "{text}" cannot be read', _FORMS)
    return percent_units(found[1])
