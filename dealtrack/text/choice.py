"""Words that are one of a list: read in whatever case, and where one is mistyped, the nearest is offered."""

from collections.abc import Sequence
from difflib import get_close_matches

from dealtrack.domain.problem import Misuse


class UnknownWord(Misuse):
    """A word that is not one of those a flag or a cell takes."""


def one_of(word: str, allowed: Sequence[str], what: str) -> str:
    """The word itself, in the spelling of the list. Raises UnknownWord with the nearest."""
    found = word.strip().casefold().replace(" ", "-")
    spelled = {one.casefold(): one for one in allowed}
    if found in spelled:
        return spelled[found]
    near = [spelled[one] for one in get_close_matches(found, list(spelled), n=2, cutoff=0.5)]
    hint = f"did you mean {' or '.join(near)}? " if near else ""
    shown = ", ".join(allowed) if len(allowed) <= 12 else f"{', '.join(allowed[:12])} ..."
    raise UnknownWord(f'unknown {what} "{word}"', f"{hint}{what}: {shown}")
