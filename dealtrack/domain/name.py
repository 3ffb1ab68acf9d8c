"""Names: how two spellings of one meet, and the readable id made of one."""

import unicodedata
from functools import lru_cache

# Letters that Unicode does not take apart into a plain one and an accent.
_WHOLE_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
_PARTED = {code: " " for code in range(128) if not chr(code).isalnum()}

# A file says the same names in row after row.
_KEPT = 65_536


@lru_cache(_KEPT)
def plain(name: str) -> str:
    """Fold case, accents and punctuation away, so that two spellings of one name meet: `SES S.A.` -> `ses s a`.

    A name in another script, or of symbols only, keeps its letters rather than becoming empty.
    """
    if name.isascii():
        letters = name.lower().translate(_PARTED)
        return " ".join(letters.split()) or name.strip().casefold()
    decomposed = unicodedata.normalize("NFKD", name).casefold().translate(_WHOLE_LETTERS)
    letters = "".join(c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c))
    return " ".join(letters.split()) or name.strip().casefold()


def bare(name: str) -> str:
    """Fold the legal form away too: `SES S.A.` and `SES` meet as `ses`, `Pty Ltd` alone stays what it is.

    At least two letters or digits are left: `X Corp.` is hardly X.
    """
    return bare_of(plain(name))


def bare_of(folded: str) -> str:
    """The same of a name that is folded already."""
    words = folded.split(" ")
    while True:
        form = next((form for form in _FORMS.get(words[-1], ()) if tuple(words[-len(form) :]) == form), ())
        rest = words[: len(words) - len(form)]
        if not form or len("".join(rest)) < 2:
            return " ".join(words)
        words = rest


def legal_form(name: str) -> str:
    """The legal form that `bare` leaves out, written in one way: `S.A.` -> `sa`, `Pty Limited` -> `pty ltd`."""
    folded = plain(name)
    form = folded.removeprefix(bare_of(folded)).strip()
    for long, short in _SHORTENED:
        form = form.replace(long, short)
    return form if not all(len(word) == 1 for word in form.split()) else form.replace(" ", "")


_SHORTENED = (("incorporated", "inc"), ("corporation", "corp"), ("limited", "ltd"), ("private", "pvt"))

_SHORT_FORMS = (
    "inc", "corp", "ltd", "llc", "llp", "lp", "plc", "pbc", "ulc", "gmbh", "ag", "se", "kg", "kgaa", "ug", "sa", "sas",
    "sasu", "sarl", "sau", "sl", "srl", "spa", "bv", "nv", "ab", "as", "asa", "aps", "oy", "oyj", "pty", "pte", "pvt",
    "kk", "co", "jsc", "pjsc", "ooo", "zrt", "kft", "doo", "sro",
)  # fmt: skip
_LONG_FORMS = ("incorporated", "corporation", "limited", "private limited", "sp z o o")


def _legal_forms() -> dict[str, list[tuple[str, ...]]]:
    """The words of each legal form by the last of them, the longest first; `S.A.` is folded to two words."""
    forms = [(word,) for word in _SHORT_FORMS] + [tuple(word) for word in _SHORT_FORMS]
    forms += [tuple(words.split()) for words in _LONG_FORMS]
    found: dict[str, list[tuple[str, ...]]] = {}
    for form in sorted(forms, key=len, reverse=True):
        found.setdefault(form[-1], []).append(form)
    return found


_FORMS = _legal_forms()


@lru_cache(_KEPT)
def slug_of(name: str) -> str:
    """The readable id made of a name: `Stoke Space` -> `stoke-space`; never empty."""
    ascii_words = "".join(c if c.isascii() and c.isalnum() else " " for c in plain(name)).split()
    return "-".join(ascii_words) or "x" + "-".join(f"{ord(c):x}" for c in plain(name)[:8])
