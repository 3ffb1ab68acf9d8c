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
from dealtrack.text.words import FRACTIONS, UNDISCLOSED, plainly, qualified, sides, tidy

_FORMS = "write a stake as 51, 45..55, over 50%, controlling or minority"
_MAJORITY, _MINORITY = "over 50% (controlling)", "under 50% (minority)"
_CONTROL = {"(controlling)": True, "(not controlling)": False, "(control unknown)": None}
# Words after which half itself is left out.
_ABOVE = r"(over|more than|above|exceeding|in excess of|upwards? of|north of) |>(?!=)"
_SIZE = "significant|substantial|sizeable|sizable|large|small|strategic|passive|clear|slim|bare|outright|absolute"
_SORT = "controlling|majority|minority|non-controlling"
_WORDED = rf"(?:(?:{_SIZE}) )?({_SORT}|controlling majority)(,.*)?"
_GOLDEN = "golden share"
# What a share is of; another company than the one dealt in may be meant by any other name.
_NOUN = (
    r"(?: (?:of|in)(?: all(?: of)?)?)?(?: (?:the|its|equity|ownership|voting|economic|outstanding|issued))* "
    "(?:stake|interest|share|shares|shareholding|holding|equity|ownership|share capital|capital|stock|voting rights|"
    "assets|company|business|joint venture)"
)


class UnreadableStake(Misuse):
    """Words that name no stake, or an impossible one."""


def read_stake(words: str, basis: StakeBasis | None = None) -> Stake:
    """The stake that the words name; raises UnreadableStake or TooLong.

    A counted stake above 50% is controlling; of any other it is not known, unless "(controlling)" or
    "(not controlling)" follows. "About" keeps the figure: the words are in `text`.
    """
    text = words.strip()
    plain, note = _noted(tidy(words).lower())
    plain = _bare(plain)
    worded = None if note else _worded(plain, text, basis)
    if worded is not None:
        return worded
    if plain == _GOLDEN:
        raise UnreadableStake(f'stake "{text}" is a right and no percentage', "tell of it in --summary")
    figures, control = _controlled(plain)
    try:
        low, high = _bounds(figures, text)
        above = re.match(_ABOVE, figures) is not None or _by_one_share(figures) == "plus"
        known = _CONTROL[note] if note else _by_count(low, above=above)
        if control is not None:
            known = _agreed(control, low, high, text)
        return stake(low, high, controlling=known, basis=basis, text=text)
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
    said = f"~{said}" if is_about(share) else said
    if share.controlling is _by_count(share.low):
        return said
    return f"{said} {next(note for note, known in _CONTROL.items() if known is share.controlling)}"


def say_stake_short(share: Stake) -> str:
    """The stake for a cell of a table: `51%`, `~20%`, `45-55%`, `33%+`, `<=49%`; worded are `>50%` and `<50%`."""
    if share.worded:
        return ">50%" if share.controlling else "<50%"
    if share.low is None:
        return "undisclosed"
    if share.low != share.high and share.high == WHOLE:
        return f"{percent_string(share.low)}%+"
    if share.low == 0 != share.high:
        return f"<={percent_string(share.high)}%"
    return f"~{_figures(share)}" if is_about(share) else _figures(share)


def is_about(share: Stake) -> bool:
    """Whether the words of a single figure call it about that; a stake has nowhere else to say so."""
    if not share.text or share.low is None or share.low != share.high:
        return False
    qualifier, rest = qualified(_without_article(share.text.lower()))
    counted = re.match("(?:an? )?(?:[0-9]|half|one|two|three|third|quarter|all)", rest)
    return qualifier == "about" and counted is not None


def _figures(share: Stake) -> str:
    low, high = percent_string(share.low), percent_string(share.high)
    return f"{low}%" if low == high else f"{low}-{high}%"


def _without_article(plain: str) -> str:
    return re.sub(r"^(?:an? (?!little |bit )|(?:the|remaining|other|additional|further|another) )+", "", plain)


def _bare(plain: str) -> str:
    """The words without an article, and without the nouns that say of what the share is."""
    plain = plainly(_without_article(plain))
    return plain if plain == _GOLDEN else re.sub(rf"(?:{_NOUN})+(,.*)?$", r"\1", plain)


def _worded(plain: str, text: str, basis: StakeBasis | None) -> Stake | None:
    """A stake that is named and not counted; None when the words hold figures of their own."""
    found = None if re.search(r"\d", plain) else re.fullmatch(_WORDED, plain)
    if found is None:
        return None
    return minority(text, basis) if found[1] in _MINOR else majority(text, basis)


_MINOR = ("minority", "non-controlling")


def _controlled(plain: str) -> tuple[str, str | None]:
    """The figures, and the word beside them that tells of control: "51% majority", "minority stake of 20%"."""
    found = re.fullmatch(rf"(?P<figures>.*\d.*) (?P<sort>{_SORT})", plain) or re.fullmatch(
        rf"(?P<sort>{_SORT})(?:{_NOUN})?(?:,| of) (?P<figures>.*)", plain
    )
    return (found["figures"], found["sort"]) if found else (plain, None)


def _agreed(word: str, low: int | None, high: int | None, text: str) -> bool:
    """Whether the word beside the figures tells of control; it must not contradict them."""
    minor = word in _MINOR
    against = low is not None and low > HALF if word == "minority" else high is not None and high <= HALF
    if against and word in ("minority", "majority"):
        raise UnreadableStake(f'stake "{text}" is no {word}', "leave out the word or the figure")
    return not minor


def _noted(plain: str) -> tuple[str, str]:
    """The words without a closing note on control, and that note ("" when there is none)."""
    if plain in (_MAJORITY, _MINORITY):
        return plain.partition("(")[2].rstrip(")"), ""
    note = next((note for note in _CONTROL if plain.endswith(note)), "")
    return plain.removesuffix(note).strip(), note


def _by_one_share(figures: str) -> str | None:
    found = re.fullmatch(r"(?:50 ?(?:%|percent|per cent)?|half) (plus|minus) (?:one|1|a single|a)(?: share)?", figures)
    return found[1] if found else None


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
    if _by_one_share(plain):
        return (HALF, None) if _by_one_share(plain) == "plus" else (None, HALF)
    shared = re.fullmatch(r"([0-9]{1,2})[/:]([0-9]{1,2})", plain)
    if shared and int(shared[1]) + int(shared[2]) == 100:
        return _of_two(shared[1], shared[2], text)
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
    fraction = FRACTIONS.get(re.sub("^an? ", "", words).replace("-", " "))
    if fraction is not None:
        return fraction
    # Nothing has a thousand percent: a comma before one, two or four figures can only be a decimal one.
    found = re.fullmatch(r"([0-9]+(?:\.[0-9]+|,(?:[0-9]{1,2}|[0-9]{4}))?) ?(?:%|percent|per cent|pct)?", words)
    if found is None:
        raise UnreadableStake(f'stake "{text}" cannot be read', _FORMS)
    return percent_units(found[1].replace(",", "."))


def _of_two(one: str, other: str, text: str) -> tuple[int, int]:
    """What each of two has, who share a whole between them."""
    if one != other:
        raise UnreadableStake(f'stake "{text}" could be {one}% or {other}%', f"write {one} or {other}")
    return HALF, HALF
