"""Rows of files: as they stand there, as the deal that one proposes, and as what is wrong with one."""

from typing import NamedTuple


class Place(NamedTuple):
    """Where a row stands: the file as it was named, and the line that it begins in."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class Number(str):
    """The digits of a cell that its file holds as a number: their point is one, whatever marks a map has for texts."""

    __slots__ = ()


def marked(cell: str, decimal: str) -> str:
    """The cell as it would be written with that mark before decimals; a text is left as it is."""
    return cell.replace(".", decimal) if isinstance(cell, Number) else cell


class RawRow(NamedTuple):
    """A row as it stands in a file: its cells by the name of their column, an empty cell as an empty text."""

    place: Place
    cells: dict[str, str]


class Told(NamedTuple):
    """One event as a row tells it, in the words that the flags of `add` take; empty where it says nothing.

    `value` is read as an amount of `currency` where it names none itself; `dollars` is what the source says that it
    comes to in US dollars, if it is in another currency. `value_text` and `stake_text` are the words
    of the source, where they are not those of `value` and `stake`.
    """

    on: str
    status: str = ""
    milestone: str = ""
    value: str = ""
    value_text: str = ""
    currency: str = ""
    dollars: str = ""
    basis: str = ""
    stake: str = ""
    stake_text: str = ""
    stake_basis: str = ""
    expected: str = ""
    summary: str = ""
    credibility: str = ""


class Record(NamedTuple):
    """A deal as a row proposes it, in the words that the flags of `add` take; empty where it says nothing.

    `family` is the sort of file that it comes from and `identity` its id there, if it has one: whatever the file is
    called and wherever the row stands, it is the same deal. `parties` are (role, name), `events` in the order in which
    they happened, each read in the source that the row names. `source` is an address or a title. `lines` are further
    lines of the file that it was put together from.
    """

    place: Place
    family: str
    identity: str | None = None
    kind: str = ""
    form: str = ""
    title: str = ""
    parties: tuple[tuple[str, str], ...] = ()
    events: tuple[Told, ...] = ()
    sectors: str = ""
    tags: str = ""
    core_space: str = ""
    note: str = ""
    source: str = ""
    publisher: str = ""
    published: str = ""
    reliability: str = ""
    source_kind: str = ""
    lines: tuple[int, ...] = ()


class RowError(NamedTuple):
    """A row that proposes nothing: what is wrong with it, in which column, and what may be done.

    `cells` are given where they fit no header.
    """

    place: Place
    column: str
    what: str
    hint: str
    cells: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.place}, column {self.column}: {self.what}" if self.column else f"{self.place}: {self.what}"
