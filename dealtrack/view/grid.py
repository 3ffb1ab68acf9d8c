"""Cells under headings in as much width as there is: headings and texts wrap before a whole column is spared."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from dealtrack.view.lines import BLANK, Block, Line, beside, flow, width_of

GAP = 2
# Less of a text than this says nothing; more than that is comfort, for which spare columns make room.
_SHORTEST, _COMFORTABLE = 14, 28


class Field(NamedTuple):
    """A column: its heading, its name for who asks what is hidden, and how its cells behave."""

    heading: Line
    name: str
    spare: int = 0
    right: bool = False
    wraps: bool = True


class Grid:
    """Rows, and perhaps a foot, laid out under those fields that there is room for; no width, no limit."""

    def __init__(
        self, fields: Sequence[Field], rows: Sequence[Sequence[Line]], foot: Sequence[Line] | None, limit: int | None
    ) -> None:
        self.fields, self.rows, self.foot = fields, rows, foot
        self.natural = [self._natural(at) for at in range(len(fields))]
        self.shown = self._shown(limit)
        self.hidden = tuple(field.name for at, field in enumerate(fields) if at not in self.shown)
        self.widths = self._fitted(limit)

    @property
    def width(self) -> int:
        """How many cells a row takes."""
        return _total(self.widths[at] for at in self.shown)

    def lines(self, beside_them: Sequence[Line] | None = None) -> Iterator[Line]:
        """The heading, the rows, each with what stands beside it, and the foot."""
        yield from self._head()
        for number, row in enumerate(self.rows):
            yield from self._row(row, beside_them[number] if beside_them else BLANK)
        if self.foot is not None:
            yield from self._row(self.foot, BLANK)

    def _head(self) -> list[Line]:
        wrapped = [_wrapped(self.fields[at].heading, self.widths[at]) for at in self.shown]
        height = max(map(len, wrapped), default=0)
        raised = [[BLANK] * (height - len(lines)) + lines for lines in wrapped]
        return beside([self._block(at, lines) for at, lines in zip(self.shown, raised, strict=True)], GAP)

    def _row(self, row: Sequence[Line], beside_it: Line) -> list[Line]:
        blocks = [self._block(at, _wrapped(row[at], self.widths[at])) for at in self.shown]
        return beside([*blocks, Block([beside_it], 0)], GAP)

    def _block(self, at: int, lines: list[Line]) -> Block:
        return Block(lines, self.widths[at], right=self.fields[at].right)

    def _cells(self, at: int) -> Iterable[Line]:
        yield from (row[at] for row in self.rows)
        if self.foot is not None:
            yield self.foot[at]

    def _natural(self, at: int) -> int:
        return max([width_of(self.fields[at].heading), *map(width_of, self._cells(at))])

    def _least(self, at: int, text: int = _SHORTEST) -> int:
        """The width below which a column would say too little: a whole number, a few words of a text."""
        longest_word = max((len(word) for words, _ in self.fields[at].heading for word in words.split()), default=0)
        widest = max(map(width_of, self._cells(at)), default=0)
        return max(longest_word, min(widest, text) if self.fields[at].wraps else widest)

    def _shown(self, limit: int | None) -> list[int]:
        shown = list(range(len(self.fields)))
        while limit is not None and len(shown) > 1:
            first = max(shown[1:], key=lambda at: (self.fields[at].spare, at))
            text = _COMFORTABLE if self.fields[first].spare else _SHORTEST
            if _total(self._least(at, text) for at in shown) <= limit:
                break
            shown.remove(first)
        return shown

    def _fitted(self, limit: int | None) -> list[int]:
        """First the headings of numbers wrap, then the widest texts give way."""
        widths = list(self.natural)
        if limit is None or _total(widths[at] for at in self.shown) <= limit:
            return widths
        for at in self.shown:
            if not self.fields[at].wraps:
                widths[at] = self._least(at)
        texts = {at: self._least(at) for at in self.shown if self.fields[at].wraps}
        while (over := _total(widths[at] for at in self.shown) - limit) > 0:
            yielding = [at for at, least in texts.items() if widths[at] > least]
            if not yielding:
                break
            widest = max(yielding, key=lambda at: widths[at])
            next_widest = max((widths[at] for at in yielding if at != widest), default=0)
            floor = max(next_widest if next_widest < widths[widest] else widths[widest] - 1, texts[widest])
            widths[widest] = max(widths[widest] - over, floor)
        return widths


def _wrapped(line: Line, width: int) -> list[Line]:
    """The line as it is where it fits, else broken between its words."""
    if width_of(line) <= width:
        return [line]
    return flow(((word, style) for words, style in line for word in words.split()), width) or [BLANK]


def _total(widths: Iterable[int]) -> int:
    listed = list(widths)
    return sum(listed) + GAP * max(len(listed) - 1, 0)
