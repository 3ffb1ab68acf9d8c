"""Names: how two spellings of one meet, and the readable id made of one."""

import unicodedata

# Letters that Unicode does not take apart into a plain one and an accent.
_WHOLE_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


def plain(name: str) -> str:
    """Fold case, accents and punctuation away, so that two spellings of one name meet: `SES S.A.` -> `ses s a`.

    A name in another script, or of symbols only, keeps its letters rather than becoming empty.
    """
    decomposed = unicodedata.normalize("NFKD", name).casefold().translate(_WHOLE_LETTERS)
    letters = "".join(c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c))
    return " ".join(letters.split()) or name.strip().casefold()


def slug_of(name: str) -> str:
    """The readable id made of a name: `Stoke Space` -> `stoke-space`; never empty."""
    ascii_words = "".join(c if c.isascii() and c.isalnum() else " " for c in plain(name)).split()
    return "-".join(ascii_words) or "x" + "-".join(f"{ord(c):x}" for c in plain(name)[:8])
