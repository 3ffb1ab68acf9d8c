"""How each shell is told what may stand at the cursor, and the script by which it asks."""

import os
import sys

from dealtrack.cli.completing.line import Line
from dealtrack.cli.completing.offers import Offer, offered

SHELLS = ("bash", "zsh", "fish")
# Bash asks for a list to be looked at, rather than for what to write.
_LISTING = "63"
_WIDTH = 80
_GAP = "  "
# What bash takes as it stands.
_SAFE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-")


def answer(shell: str, text: str, breaks: str = "", sort: str = "") -> str:
    """Lines for the shell's script: first how to take them, then the words.

    `text` is the command line up to the cursor; bash says too what it takes for the end of a word (`breaks`), and
    what sort of completion it is at.
    """
    line = Line(text, breaks, fish=shell == "fish")
    words = _called(line.words)
    if words is None or line.computed:
        return ""
    if line.redirected:
        return "files\n"
    told = shell != "bash" or sort == _LISTING
    offer = offered(words, line.typed, told=told)
    if offer.files:
        return "files\n"
    found = [(word, _plain(about)) for word, about in offer.words if _is_harmless(word)]
    if shell != "bash":
        return _lines(offer, found, line.typed, _shown(found) if shell == "zsh" else [about for _, about in found])
    if told:
        return "words\n" + "".join(f"{shown}\n" for shown in _shown(found))
    whole = [offer.before + word for word, _ in found]
    quoted = [_quoted(word.removeprefix(line.kept), line.quote) for word in whole if word.startswith(line.kept)]
    return f"{_how(whole, line.typed)}\n" + "".join(f"{word}\n" for word in quoted if word)


def _called(words: list[str]) -> list[str] | None:
    """The words after the program's name, and what is set for it before that; None where it is not there yet."""
    at = 0
    while at < len(words) and "=" in words[at]:
        name, _, value = words[at].partition("=")
        if name == "DEALTRACK_LEDGER":
            os.environ[name] = value
        at += 1
    return words[at + 1 :] if at < len(words) else None


def _lines(offer: Offer, found: list[tuple[str, str]], typed: str, shown: list[str]) -> str:
    whole = [offer.before + word for word, _ in found]
    lines = (f"{word}\t{about}\n" for word, about in zip(whole, shown, strict=True))
    return f"{_how(whole, typed)}\n" + "".join(lines)


def _how(whole: list[str], typed: str) -> str:
    """Whether something goes on behind the only word (`open`), or they begin otherwise than what is typed (`other`)."""
    if not all(word.startswith(typed) for word in whole):
        return "other"
    return "open" if len(whole) == 1 and whole[0].endswith(":") else "words"


def _is_harmless(word: str) -> bool:
    """Whether a word can stand in a line of its own, as it is."""
    return word.isprintable() and "\ufffd" not in word


def _plain(about: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in about).split())


def _shown(found: list[tuple[str, str]]) -> list[str]:
    """Words beside what they are, in lines that a terminal holds."""
    columns = os.environ.get("COLUMNS", "")
    most = int(columns) - 1 if columns.isascii() and columns.isdigit() else _WIDTH
    width = max((len(word) for word, _ in found), default=0)
    return [f"{word:<{width}}{_GAP}{about}"[:most].rstrip() if about else word for word, about in found]


def _quoted(word: str, quote: str) -> str:
    """The word as bash reads it back; "" where an open quote cannot hold it."""
    if quote == '"':
        # What follows an exclamation mark there would be looked for in history.
        return "" if "!" in word[:-1] else "".join(f"\\{sign}" if sign in '$`"\\' else sign for sign in word)
    if quote:
        return word.replace("'", "'\\''")
    return "".join(sign if sign in _SAFE or not sign.isascii() else f"\\{sign}" for sign in word)


def script(shell: str, program: str) -> str:
    """What makes the shell ask `program` at Tab."""
    with open(f"{__file__.rpartition('shells.py')[0]}dealtrack.{shell}", encoding="utf-8") as file:  # noqa: PTH123 - as in table.py
        return file.read().replace("PROGRAM", program)


def main(words: list[str]) -> None:
    """Answer a shell; whatever goes wrong, it is told nothing."""
    try:
        told = answer(*words)
    except Exception:  # noqa: BLE001 - nobody can read of it between two keys
        told = ""
    sys.stdout.buffer.write(told.encode("utf-8", "replace"))
    sys.stdout.flush()
