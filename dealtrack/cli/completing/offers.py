"""What may stand where the cursor is: commands, flags, or the values of one, of the domain's words or of the ledger."""

import os

from dealtrack.cli.completing.table import Flag, Table
from dealtrack.cli.place import usual_place

TYPE_CHECKING = False  # loading `typing` for it takes an eighth of what a word costs
if TYPE_CHECKING:
    from collections.abc import Callable

    from dealtrack.ledger.offering import Offering

# A word, and what it is.
Told = tuple[str, str]

FILES = "files"
# Words of one's own: where nothing is typed of them, the flags are shown instead.
_FREE = ("-", "words")
_HELP = ("-h --help", "", "Show this help.")
_VERSION = ("--version", "", "Show the version.")
_LEDGER = "--ledger"


class Offer:
    """What is offered: words that go behind `before`, which is typed already, or (`files`) any file."""

    def __init__(self, before: str = "", words: "list[Told] | None" = None, *, files: bool = False) -> None:
        self.before = before
        self.words = words or []
        self.files = files


class Spot:
    """The place of the cursor in a command line: the command, what was given before, and which values go there."""

    def __init__(self, table: Table, words: list[str]) -> None:
        self.table = table
        self.path = ""
        rest = list(words)
        while rest and table.is_command(below := self._below(rest[0])):
            self.path = below
            del rest[0]
        self.commands = table.commands(self.path)
        flags = [] if self.commands else table.flags(self.path)
        self.flags = {name: flag for flag in flags for name in flag.names}
        self.places = [flag for flag in flags if not flag.names]
        self.given: dict[str, list[str]] = {}
        self.others: list[str] = []
        self.awaiting: Flag | None = None
        self.ended = False
        # A word that is no command is followed by nothing that is known.
        self.lost = bool(rest) and bool(self.commands)
        for word in rest:
            self._pass(word)

    def _below(self, word: str) -> str:
        known = dict(self.table.words("aliases") or ())
        return f"{self.path} {known.get(word, word)}".strip()

    def _pass(self, word: str) -> None:
        if self.awaiting:
            self._give(self.awaiting, word)
            self.awaiting = None
        elif self.ended or not word.startswith("-") or word == "-":
            self.others.append(word)
        elif word == "--":
            self.ended = True
        else:
            flag, value = self.parted(word)
            if flag and flag.values and value is None:
                self.awaiting = flag
            elif flag:
                self._give(flag, value or "")

    def _give(self, flag: Flag, value: str) -> None:
        self.given.setdefault(flag.names[-1], []).append(value)

    def parted(self, word: str) -> tuple[Flag | None, str | None]:
        """The flag that a word is, and its value where that is in the same word."""
        name, is_there, value = word.partition("=")
        if word.startswith("--"):
            return self.flags.get(name), value if is_there else None
        return self.flags.get(word[:2]), word[2:] or None

    @property
    def place(self) -> Flag | None:
        """What the next word without a flag is."""
        at = len(self.others)
        if at < len(self.places):
            return self.places[at]
        return self.places[-1] if self.places and self.places[-1].again else None

    @property
    def context(self) -> list[str]:
        """What the words of a value may depend on, the nearest first."""
        kind = self.value("--kind")
        above = f"{self.path} {self.others[-1]}" if self.others else ""
        return [*self.given, kind, above, self.path, self.path.partition(" ")[0]]

    def value(self, name: str) -> str:
        """What was given for a flag."""
        return self.given.get(name, [""])[-1]


def offered(words: list[str], typed: str, *, told: bool) -> Offer:
    """What may stand in the place of the word that is typed so far; `told` asks for what each deal is."""
    spot = Spot(Table(), words)
    if spot.lost:
        return Offer()
    if spot.awaiting:
        return _of_flag(spot, spot.awaiting, "", typed, told=told)
    if typed.startswith("-") and not spot.ended:
        return _from_hyphen(spot, typed, told=told)
    if spot.commands:
        return Offer("", chosen(spot.commands, typed))
    place = spot.place
    found = _of_flag(spot, place, "", typed, told=told) if place else Offer()
    is_free = place is None or place.values in _FREE
    if is_free and not (typed or spot.ended or found.words or found.files):
        return Offer("", _flags(spot, "--"))
    return found


def _from_hyphen(spot: Spot, typed: str, *, told: bool) -> Offer:
    """Flags, or the values of one that stands in the same word."""
    flag, value = spot.parted(typed)
    if flag and flag.values and value is not None:
        return _of_flag(spot, flag, typed.removesuffix(value), value, told=told)
    return Offer("", _flags(spot, typed))


def _flags(spot: Spot, typed: str) -> list[Told]:
    """The flags that begin so, but for those that were given and are given once."""
    flags = {id(flag): flag for flag in spot.flags.values() if flag.again or flag.names[-1] not in spot.given}
    more = [_HELP] if spot.path else [_VERSION, _HELP]
    every = (*flags.values(), *(Flag(*one) for one in more))
    return [(name, flag.about) for flag in every for name in flag.names if name.startswith(typed)]


def _of_flag(spot: Spot, flag: Flag, before: str, typed: str, *, told: bool) -> Offer:
    """The values of a flag; of a list those that follow the last comma, but none twice."""
    values, several, mark = flag.values.partition(",")
    taken: list[str] = []
    if several:
        listed, comma, typed = typed.rpartition(",")
        before += listed + comma
        taken = [one.removeprefix(mark) for one in listed.split(",")]
    marks: list[Told] = []
    if mark and typed.startswith(mark):
        before, typed = before + mark, typed.removeprefix(mark)
    elif len(mark) > 1 and typed and mark.startswith(typed):
        marks = [(mark, "all but")]
    if values == FILES:
        return Offer(before, files=True)
    # Words may name something: what, depends on the command.
    values = dict(spot.table.words("places") or ()).get(spot.path, values) if values == "words" else values
    words = spot.table.words(values, spot.context)
    found = chosen(words, typed) if words is not None else []
    for one in (_of_ledger(spot, values, typed, told=told), marks):
        found = found + [word for word in one if word not in found]
    kept = [word for word in found if word[0] not in taken]
    return Offer(before, kept, files=not kept and values == "maps")


def chosen(words: list[Told], typed: str) -> list[Told]:
    """Those that begin as is typed, small or large; or the only one in which it occurs.

    Several that begin otherwise would take from the shell what is typed, as far as they differ.
    """
    found = [word for word in words if word[0].startswith(typed)]
    if found:
        return found
    low = typed.casefold()
    found = [word for word in words if word[0].casefold().startswith(low)]
    if len({word[0][: len(typed)] for word in found}) == 1:
        return found
    found = [word for word in words if low in word[0].casefold()]
    return found if len(found) == 1 else []


def _of_ledger(spot: Spot, values: str, typed: str, *, told: bool) -> list[Told]:
    """Values that the ledger knows; none where it cannot be read."""
    if values not in _LEDGERS:
        return []
    # What needs no ledger loads no SQLite.
    from sqlite3 import Error  # noqa: PLC0415

    from dealtrack.ledger.offering import Offering  # noqa: PLC0415 - as above

    path = spot.value(_LEDGER) or os.environ.get("DEALTRACK_LEDGER") or usual_place()
    try:
        ledger = Offering(os.path.expanduser(path))  # noqa: PTH111 - pathlib costs as much as all else
        found = chosen(list(_LEDGERS[values](ledger, spot, typed, told)), typed)
    except Error:
        return []
    # It would be read as a flag.
    return [word for word in found if not word[0].startswith("-")]


def _deals(ledger: "Offering", _spot: Spot, typed: str, told: bool) -> list[Told]:
    if typed.isascii() and typed.isdigit():
        return ledger.ids(typed, told=told)
    last = [("last", "the deal that was changed last")] if typed and "last".startswith(typed) else []
    return [*last, *ledger.slugs(typed, told=told)]


def _parties(ledger: "Offering", spot: Spot, typed: str, _told: bool) -> list[Told]:
    """`role:company`, as a party is taken out."""
    role, colon, name = typed.partition(":")
    if colon:
        return [(f"{role}:{found}", about) for found, about in ledger.companies(name)]
    return [(f"{one}:", "") for one, _ in spot.table.words("roles") or ()]


_LEDGERS: "dict[str, Callable[[Offering, Spot, str, bool], list[Told]]]" = {
    "deals": _deals,
    "companies": lambda ledger, _, typed, __: ledger.companies(typed),
    "parties": _parties,
    "publishers": lambda ledger, _, typed, __: ledger.publishers(typed),
    "sources": lambda ledger, _, typed, __: ledger.sources(typed) or ledger.publishers(typed),
    "origins": lambda ledger, _, typed, __: ledger.sources(typed) or ledger.publishers(typed),
    "sectors": lambda ledger, _, typed, __: ledger.labels("sectors", typed),
    "tags": lambda ledger, _, typed, __: ledger.labels("tags", typed),
    "changes": lambda ledger, *_: ledger.changes(),
    "people": lambda ledger, *_: ledger.people(),
    "events": lambda ledger, spot, *_: ledger.events(spot.others[0]) if spot.others else [],
    "currencies": lambda ledger, *_: ledger.currencies(),
}
