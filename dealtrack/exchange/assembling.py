"""Lines and objects that SQLite has joined, made whole: the cells of parties go in, what could act is escaped."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

from dealtrack.domain.columns import Column, runs
from dealtrack.domain.party import Role, by_role, line_of
from dealtrack.exchange.delimited import guarded
from dealtrack.exchange.escaping import harmless_json

# How many names are remembered with their quotes: they come again and again.
_REMEMBERED = 50_000


class _Quoted(dict[str, str]):
    """Each name as it stands in a line, worked out when it is first met."""

    def __missing__(self, name: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        cell = self[name] = quoted(name)
        return cell


def quoted(text: str) -> str:
    """A text as a cell that no spreadsheet runs, in quotes where it must be."""
    text = guarded(text)
    if "," in text or '"' in text or "\n" in text or "\r" in text:
        doubled = text.replace('"', '""')
        return f'"{doubled}"'
    return text


class _Taking:
    """How the cells of parties in certain roles are made of their names: worked out once for all who come so."""

    def __init__(self, roles: str, columns: Sequence[Column]) -> None:
        # A name that stands for whichever comes in its place.
        parties = [(f"{{{at}}}", cast("Role", role)) for at, role in enumerate(roles.split(","))] if roles else []
        names = by_role(parties)
        self._cells = [""] * len(columns)
        # Cells with one name, and those that are made of several.
        self._single: list[tuple[int, int]] = []
        self._made: list[tuple[int, str]] = []
        for at, column in enumerate(columns):
            found = names.get(cast("Role", column.reads), []) if column.sort == "names" else []
            if len(found) == 1:
                self._single.append((at, int(found[0][1:-1])))
            elif found or column.sort == "line":
                self._made.append((at, "; ".join(found) or line_of(parties, names)))

    def cells(self, names: Sequence[str], cell_of: _Quoted) -> list[str]:
        """The cells, with these names in them."""
        cells = self._cells.copy()
        for at, which in self._single:
            cells[at] = cell_of[names[which]]
        for at, pattern in self._made:
            cells[at] = quoted(pattern.format(*names))
        return cells


def lines(batches: Iterable[Sequence[Any]], columns: Sequence[Column], mark: str, ending: str) -> Iterator[str]:
    """Pieces of many lines, a header first, of the rows that `ledger.joining` yields for the columns."""
    yield ",".join(column.name for column in columns) + ending
    parted = runs(columns)
    spans = _spans(parted)
    first, size = int(parted[0][0]), len(parted)
    party_columns = [column for of_parties, run in parted if of_parties for column in run]
    cell_of, known = _Quoted(), dict[str, _Taking]()
    for batch in batches:
        found = []
        for parties, *texts in batch:
            roles, *names = (parties or "").split(mark)
            if roles not in known:
                known[roles] = _Taking(roles, party_columns)
            cells = known[roles].cells(names, cell_of)
            parts = [""] * size
            parts[first::2] = texts
            parts[1 - first :: 2] = [",".join(cells[begin:end]) for begin, end in spans]
            found.append(",".join(parts))
        found.append("")
        yield ending.join(found)


def _spans(parted: Sequence[tuple[bool, Sequence[Column]]]) -> list[tuple[int, int]]:
    """Where the cells of each run of parties begin and end among all cells of parties."""
    spans, begin = [], 0
    for run in (run for of_parties, run in parted if of_parties):
        spans.append((begin, begin + len(run)))
        begin += len(run)
    return spans


def objects(batches: Iterable[Sequence[Any]], *, lines: bool) -> Iterator[str]:
    """Pieces of many objects, a line each, or in an array."""
    between, begun = "\n" if lines else ",\n", False
    if not lines:
        yield "["
    for batch in batches:
        piece = between.join(harmless_json(text) for (text,) in batch)
        begin = "" if lines else (between if begun else "\n")
        yield f"{begin}{piece}" + ("\n" if lines else "")
        begun = True
    if not lines:
        yield "\n]\n" if begun else "]\n"
