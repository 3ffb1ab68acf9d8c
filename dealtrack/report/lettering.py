"""How much room words take in a picture, and where their lines break: as Arial has it, near enough."""

import unicodedata
from collections.abc import Iterator

_NARROW, _THIN = "fijltI.,:;'|!()[]/ ", 0.28
_BROAD, _THICK = "mwMW@%", 0.86
_USUAL, _CAPITAL, _WHOLE = 0.53, 0.68, 1.0


def width_of(words: str, size: float) -> float:
    """The width of a line of that size, in the unit of the size."""
    return sum(map(_width, words)) * size


def wrapped(words: str, room: float, size: float) -> list[str]:
    """The words on lines that fit the room; a word longer than a line is broken."""
    lines, line = list[str](), ""
    for word in words.split():
        for piece in _pieces(word, room, size):
            longer = f"{line} {piece}" if line else piece
            if line and width_of(longer, size) > room:
                lines.append(line)
                line = piece
            else:
                line = longer
    return [*lines, line] if line else lines


def _pieces(word: str, room: float, size: float) -> Iterator[str]:
    while width_of(word, size) > room and len(word) > 1:
        fits = next((at for at in range(1, len(word)) if width_of(word[: at + 1], size) > room), len(word))
        yield word[:fits]
        word = word[fits:]
    if word:
        yield word


def _width(character: str) -> float:
    if character in _NARROW:
        return _THIN
    if character in _BROAD:
        return _THICK
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return _WHOLE
    return _CAPITAL if character.isupper() else _USUAL
