"""How the words of a flag become what it takes: one of a list, several, a number."""

from collections.abc import Sequence

from dealtrack.cli.options import Words
from dealtrack.domain.kind import FORMS, KINDS
from dealtrack.domain.party import ROLES
from dealtrack.domain.problem import Misuse
from dealtrack.text.choice import UnknownWord, one_of

__all__ = (
    "NAMES_APART",
    "ROLE_GROUPS",
    "UnknownWord",
    "apart",
    "event_number",
    "is_none",
    "kind_of_deal",
    "listed",
    "names_in",
    "one_of",
    "revised",
    "yes",
)

# What parts several names, which no name holds; a comma belongs to many ("Acme, Inc.").
NAMES_APART = ";"

# A filter on one role also finds those who take part in a closely related one.
ROLE_GROUPS: dict[str, tuple[str, ...]] = {role: (role,) for role in ROLES} | {
    "investor": ("investor", "lead-investor")
}


def kind_of_deal(word: str) -> str:
    """A kind of deal; a form given instead is answered with the kind it belongs to."""
    found = word.strip().casefold().replace(" ", "-")
    kinds = [kind for kind in KINDS if found in FORMS[kind]]
    if found not in KINDS and kinds:
        raise UnknownWord(f'"{word}" is a form, not a kind', f"write -k {kinds[0]} --form {found}")
    return one_of(word, KINDS, "kind")


def apart(words: Words) -> list[str]:
    """The words of a flag given several times, or with commas or semicolons. Raises Misuse for one that is empty."""
    parts = []
    for word in words or ():
        found = [part.strip() for part in word.replace(";", ",").split(",") if part.strip()]
        if not found:
            raise Misuse("a flag is given without a word", "leave it out, or say what is meant")
        # `not:a,b` is neither of the two.
        every = "not:" if found[0].startswith("not:") else ""
        parts += [part if part.startswith(("not:", "+")) else every + part for part in found]
    return parts


def names_in(word: str) -> list[str]:
    """The names in one word: semicolons part several."""
    return [name.strip() for name in word.split(NAMES_APART) if name.strip()]


def listed(words: Words) -> list[str]:
    """Free words as they are kept: small letters, hyphens for blanks, each once, in the order given."""
    cleaned = ("-".join(word.casefold().split()) for word in apart(words))
    return list(dict.fromkeys(word for word in cleaned if word))


def revised(words: Words, had: Sequence[str]) -> list[str]:
    """A list set anew, or with `+word` and `not:word` changed; `none` empties it."""
    given = apart(words)
    if len(given) == 1 and is_none(given[0]):
        return []
    if not any(word.startswith(("+", "not:")) for word in given):
        return listed(given)
    out = set(listed([word.removeprefix("not:") for word in given if word.startswith("not:")]))
    new = listed([word.removeprefix("+") for word in given if not word.startswith("not:")])
    return [word for word in dict.fromkeys([*had, *new]) if word not in out]


def is_none(word: str) -> bool:
    """Whether the word takes a fact away."""
    return word.strip().casefold() == "none"


def yes(word: str) -> bool:
    """Whether the word is yes or no."""
    return one_of(word, ("yes", "no"), "answer") == "yes"


def event_number(word: str, deal_id: int) -> int:
    """The number of an event of a deal. Raises Misuse."""
    if not (word.isascii() and word.isdigit()) or len(word) > 9:
        raise Misuse(f'"{word}" is no number of an event', f"see the events: dealtrack show {deal_id}")
    return int(word)
