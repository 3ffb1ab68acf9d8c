"""Words that came from data are made harmless here before they are shown."""

import unicodedata

_LOST = "\ufffd"
# Punctuation that has a plain twin of the same width.
_TWINS = str.maketrans("\u2010\u2011\u2012\u2013\u2014\u2212\u2018\u2019\u201c\u201d", "------''\"\"")


def safe(words: str) -> str:
    """The words on one line, with whatever could act on a terminal shown as a replacement character.

    Controls, escapes, direction overrides, joiners and unassigned characters are replaced; newlines, tabs and every
    sort of blank become a plain blank. Variation selectors go: terminals disagree about the width they make.
    """
    if words.isascii() and words.isprintable():
        return words
    return "".join(map(_harmless, words))


def harmless(text: str) -> str:
    """Text of several lines in which nothing can act on a terminal; lines and tabs stay."""
    if text.isascii() and text.replace("\n", "").replace("\t", "").isprintable():
        return text
    return "".join(c if c in "\n\t" or c.isprintable() else _LOST for c in text)


def in_ascii(words: str) -> str:
    """The words in ASCII, each character in as many cells as before: accents fall, the rest becomes `?`."""
    return words if words.isascii() else "".join(map(_ascii, words.translate(_TWINS)))


def _harmless(character: str) -> str:
    if character.isprintable():
        return "" if "\ufe00" <= character <= "\ufe0f" else character
    return " " if character.isspace() else _LOST


def _ascii(character: str) -> str:
    if character.isascii():
        return character
    if unicodedata.combining(character):
        return ""
    base = unicodedata.normalize("NFKD", character)[0]
    cells = 2 if unicodedata.east_asian_width(character) in "WF" else 1
    return base if base.isascii() and base.isprintable() and cells == 1 else "?" * cells
