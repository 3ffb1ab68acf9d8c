"""Words that came from data are made harmless here before they are shown."""

import re
import unicodedata

_LOST = "\ufffd"
_APART, _TOGETHER = "\u200c", "\u200d"
JOINERS = frozenset((_APART, _TOGETHER))
_VARIATIONS = "".join(map(chr, range(0xFE00, 0xFE10)))
# The class of the mark that takes the vowel from a letter of an Indic script, after which two letters may join.
_VIRAMA = 9
# Punctuation that has a plain twin of the same width.
_TWINS = str.maketrans("\u2010\u2011\u2012\u2013\u2014\u2212\u2018\u2019\u201c\u201d", "------''\"\"")


def safe(words: str) -> str:
    """The words on one line, with whatever could act on a terminal shown as a replacement character.

    Controls, escapes, direction overrides and unassigned characters are replaced; newlines, tabs and every sort of
    blank become a plain blank. Variation selectors go: terminals disagree about the width they make. Joiners stay
    where a script or an emoji needs them.
    """
    if words.isascii() and words.isprintable():
        return words
    if JOINERS.isdisjoint(words):
        return "".join(map(_harmless, words))
    return "".join(_joiner(words, at) if sign in JOINERS else _harmless(sign) for at, sign in enumerate(words))


def harmless(text: str) -> str:
    """Text of several lines in which nothing can act on a terminal; lines and tabs stay."""
    if text.isascii() and text.replace("\n", "").replace("\t", "").isprintable():
        return text
    signs = (_joiner(text, at) if sign in JOINERS else sign for at, sign in enumerate(text))
    return "".join(sign if sign in "\n\t" or sign in JOINERS or sign.isprintable() else _LOST for sign in signs)


def in_ascii(words: str) -> str:
    """The words in ASCII, each character in as many cells as before: accents fall, the rest becomes `?`."""
    return words if words.isascii() else "".join(map(_ascii, re.sub(_LONE, "", words).translate(_TWINS)))


# What takes no cell of its own: joiners, what the one of them joins to an emoji, and shades of skin.
_LONE = f"{_TOGETHER}.|{_APART}|[\U0001f3fb-\U0001f3ff]"


def _harmless(character: str) -> str:
    if character.isprintable():
        return "" if "\ufe00" <= character <= "\ufe0f" else character
    return " " if character.isspace() else _LOST


def _joiner(words: str, at: int) -> str:
    """The joiner at that place: as it is within an emoji or a word that is drawn otherwise for it, else replaced.

    At the edge of a word it does nothing, and goes. Between letters none joins that would not join without one, and
    what is behind one is measured as if it took no room: there, too, it goes.
    """
    before, after = words[max(at - _REACH, 0) : at].rstrip(_VARIATIONS), words[at + 1 : at + 2]
    if not before or not after or before[-1].isspace() or after.isspace():
        return ""
    if words[at] == _TOGETHER and unicodedata.category(before[-1]) in _PICTURES:
        # A narrow one has only the room of its own.
        wide = before[-1] >= _WIDE_ONES and unicodedata.east_asian_width(before[-1]) == "W"
        return (_TOGETHER if wide else "") if unicodedata.category(after) == "So" else _LOST
    indic = _VIRAMA in (unicodedata.combining(before[-1]), unicodedata.combining(after))
    if indic or (_is_arabic(before) and _is_arabic(after)):
        return _APART if words[at] == _APART else ""
    return _LOST


# Emoji and shades of skin, of which those are two cells wide, and begin what is joined, that come after this one.
_PICTURES = ("So", "Sk")
_WIDE_ONES = "\U0001f000"
# A letter with its marks, or an emoji with its variation, ends within so many characters.
_REACH = 4


def _is_arabic(words: str) -> bool:
    """Whether the last letter, whatever marks it bears, is of a script like Arabic or Syriac."""
    letter = next((sign for sign in reversed(words) if not unicodedata.combining(sign)), "")
    return bool(letter) and unicodedata.bidirectional(letter) == "AL"


def _ascii(character: str) -> str:
    if character.isascii():
        return character
    if unicodedata.combining(character):
        return ""
    base = unicodedata.normalize("NFKD", character)[0]
    cells = 2 if unicodedata.east_asian_width(character) in "WF" else 1
    return base if base.isascii() and base.isprintable() and cells == 1 else "?" * cells
