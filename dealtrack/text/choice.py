"""Words that are one of a list: read in whatever case, and where one is mistyped, the nearest is offered."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from dealtrack.domain.problem import Misuse

# What the trade says of a deal's state, and which of ours that is; what has two readings is answered with both.
_OF_THE_TRADE = {
    "signed": ("agreed",),
    "announced": ("agreed",),
    "definitive": ("agreed",),
    "approved": ("agreed",),
    "pending": ("agreed", "open"),
    "closed": ("completed",),
    "finalized": ("completed",),
    "done": ("completed",),
    "cancelled": ("withdrawn", "terminated"),
    "canceled": ("withdrawn", "terminated"),
    "abandoned": ("withdrawn", "terminated"),
    "dropped": ("withdrawn", "terminated"),
    "lapsed": ("withdrawn", "terminated"),
    "failed": ("terminated", "withdrawn"),
    "collapsed": ("terminated", "withdrawn"),
    "expired": ("terminated", "withdrawn"),
    "blocked": ("rejected", "terminated"),
    "mou": ("proposed",),
    "loi": ("proposed",),
    "letter-of-intent": ("proposed",),
    "term-sheet": ("proposed",),
    "offer": ("proposed",),
    "bid": ("proposed",),
    "negotiations": ("talks",),
    "negotiating": ("talks",),
    "rumour": ("rumored",),
    "rumoured": ("rumored",),
    "paused": ("stalled",),
    "on-hold": ("stalled",),
    "suspended": ("stalled",),
}

# So many words of a list are shown, and all of one that is hardly longer.
_SHOWN, _MORE = 12, 16
# So many letters begin a word.
_BEGINNING = 2


class UnknownWord(Misuse):
    """A word that is not one of those a flag or a cell takes."""


def one_of(word: str, allowed: Sequence[str], what: str) -> str:
    """The word itself, in the spelling of the list. Raises UnknownWord with the nearest."""
    found = word.strip().casefold().replace(" ", "-")
    spelled = {one.casefold(): one for one in allowed}
    if found in spelled:
        return spelled[found]
    near = _near(found, spelled)
    hint = f"did you mean {' or '.join(near)}? " if near else ""
    shown = ", ".join(allowed) if len(allowed) <= _MORE else f"{', '.join(allowed[:_SHOWN])} ..."
    raise UnknownWord(f'unknown {what} "{word}"', f"{hint}{what}: {shown}")


def _near(word: str, spelled: Mapping[str, str]) -> list[str]:
    """What may be meant: as the trade says it, by its beginning, or mistyped."""
    ours = [spelled[one] for one in _OF_THE_TRADE.get(word, ()) if one in spelled]
    begun = [spelled[one] for one in spelled if one.startswith(word)] if len(word) >= _BEGINNING else []
    return ours or begun[:2] or [spelled[one] for one in get_close_matches(word, list(spelled), n=2, cutoff=0.5)]
