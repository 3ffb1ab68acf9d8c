"""Cells under headings in as much width as there is: headings and texts wrap before a whole column is spared."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from dealtrack.view.lines import BLANK, Block, Line, beside, width_of, wrapped

GAP = 2
# Less of a text than this says little; more than that is comfort, for which spare columns make room. Before a column
# that is not spare is left out, dates of several days are as narrow as a day, and texts as their longest word.
SHORTEST, _COMFORTABLE, _TIGHTEST = 14, 28, 10
_TALLEST_HEADING = 2

_BLANK: list[Line] = [BLANK]
_NO_BAR = Block(_BLANK, 0)


class Field(NamedTuple):
    """A column: its heading, its name for who asks what is hidden, and how its cells behave."""

    heading: Line
    name: str
    spare: int = 0
    right: bool = False
    # Below this a cell says too little; what has no such width is shown whole.
    shortest: int | None = SHORTEST
    # Left out after all the others that are not spare.
    main: bool = False
    # Left out where it, and all to the left of it, say again what stands above.
    grouped: bool = False


class Grid:
    """Rows, and perhaps a foot, laid out under those fields that there is room for; no width, no limit."""

    def __init__(
        self, fields: Sequence[Field], rows: Sequence[Sequence[Line]], foot: Sequence[Line] | None, limit: int | None
    ) -> None:
        self.fields, self.rows, self.foot = fields, rows, foot
        self.tight = False
        self.natural = [self._natural(at) for at in range(len(fields))]
        self.shown = self._shown(limit)
        self.hidden = tuple(field.name for at, field in enumerate(fields) if at not in self.shown)
        self.widths = self._fitted(limit)

    @property
    def width(self) -> int:
        """How many cells a row takes."""
        return _total(self.widths[at] for at in self.shown)

    def lines(self, bars: Sequence[Line] = (), barred: int = 0) -> Iterator[Line]:
        """The heading, the rows and the foot; the bar of each row, if there are any, next to that field.

        Rows that only hidden fields tell apart are one.
        """
        bar = Block(_BLANK, max(map(width_of, bars), default=0))
        yield from self.head(bar, barred)
        for number, row in enumerate(self.rows):
            above = self.rows[number - 1] if number else ()
            if above and self.hidden and not bars and all(row[at] == above[at] for at in self.shown):
                continue
            again = self._again(row, above) if above else 0
            cells = [_BLANK] * again + self._cells_of(row)[again:]
            yield from self._laid(cells, replace(bar, lines=[bars[number]]) if bars else bar, barred)
        if self.foot is not None:
            yield from self._laid(self._cells_of(self.foot), bar, barred)

    def _again(self, row: Sequence[Line], above: Sequence[Line]) -> int:
        """How many cells from the left on say again what stands above them; the last is always told."""
        told = (at for at in self.shown if not self.fields[at].grouped or row[at] != above[at])
        return self.shown.index(next(told, self.shown[-1]))

    def head(self, bar: Block = _NO_BAR, barred: int = 0) -> list[Line]:
        """The headings, which stand on the first row however many lines they take."""
        wrapped = self._cells_of([field.heading for field in self.fields])
        height = max(map(len, wrapped), default=0)
        return self._laid([_BLANK * (height - len(lines)) + lines for lines in wrapped], bar, barred)

    def row(self, number: int) -> list[Line]:
        """One row with all of its cells."""
        return self._laid(self._cells_of(self.rows[number]), _NO_BAR, 0)

    def _laid(self, cells: Sequence[list[Line]], bar: Block, barred: int) -> list[Line]:
        blocks = []
        for at, lines in zip(self.shown, cells, strict=True):
            blocks.append(Block(lines, self.widths[at], right=self.fields[at].right))
            if bar.width and at == barred:
                blocks.append(bar)
        return beside(blocks, GAP)

    def _cells_of(self, row: Sequence[Line]) -> list[list[Line]]:
        return [wrapped(row[at], self.widths[at]) for at in self.shown]

    def _cells(self, at: int) -> Iterable[Line]:
        yield from (row[at] for row in self.rows)
        if self.foot is not None:
            yield self.foot[at]

    def _natural(self, at: int) -> int:
        return max([width_of(self.fields[at].heading), *map(width_of, self._cells(at))])

    def _least(self, at: int, text: int = 0) -> int:
        """The width below which a column would say too little: a whole number, a few words of a text."""
        longest_word = max((len(word) for words, _ in self.fields[at].heading for word in words.split()), default=0)
        widest = max(map(width_of, self._cells(at)), default=0)
        shortest = self.fields[at].shortest
        if shortest is None:
            return max(longest_word, widest)
        return max(longest_word, min(widest, self._tightest(at) if self.tight else max(text, shortest)))

    def _tightest(self, at: int) -> int:
        """Less than what is usually the shortest, as far as that breaks no word."""
        words = (width_of([(word, "")]) for cell in self._cells(at) for part, _ in cell for word in part.split())
        return max(min(max(words, default=0), SHORTEST), _TIGHTEST)

    def _shown(self, limit: int | None) -> list[int]:
        shown = list(range(len(self.fields)))
        while limit is not None and len(shown) > 1:
            first = max(shown[1:], key=lambda at: (self.fields[at].spare, not self.fields[at].main, at))
            spare = self.fields[first].spare > 0
            self.tight = False
            if _total(self._least(at, _COMFORTABLE if spare else 0) for at in shown) <= limit:
                break
            self.tight = not spare
            if self.tight and _total(self._least(at) for at in shown) <= limit:
                break
            shown.remove(first)
        return shown

    def _fitted(self, limit: int | None) -> list[int]:
        """First the headings of numbers wrap, then the widest texts give way."""
        widths = list(self.natural)
        if limit is None or _total(widths[at] for at in self.shown) <= limit:
            return widths
        for at in self.shown:
            if self.fields[at].shortest is None:
                widths[at] = self._least(at)
        texts = {at: self._least(at) for at in self.shown if self.fields[at].shortest}
        while (over := _total(widths[at] for at in self.shown) - limit) > 0:
            yielding = [at for at, least in texts.items() if widths[at] > least]
            if not yielding:
                break
            widest = max(yielding, key=lambda at: widths[at])
            next_widest = max((widths[at] for at in yielding if at != widest), default=0)
            floor = max(next_widest if next_widest < widths[widest] else widths[widest] - 1, texts[widest])
            widths[widest] = max(widths[widest] - over, floor)
        self._ease(widths, -over)
        return widths

    def _ease(self, widths: list[int], room: int) -> None:
        """Give the room that is left to headings of too many lines, the tallest first, where it saves one a line."""

        def height(at: int, more: int = 0) -> int:
            return len(wrapped(self.fields[at].heading, widths[at] + more))

        tall = {at for at in self.shown if height(at) > _TALLEST_HEADING}
        while tall:
            tallest = max(tall, key=lambda at: (height(at), at))
            more = next((more for more in range(1, room + 1) if height(tallest, more) < height(tallest)), None)
            if more is not None:
                widths[tallest], room = widths[tallest] + more, room - more
            if more is None or height(tallest) <= _TALLEST_HEADING:
                tall.remove(tallest)


def _total(widths: Iterable[int]) -> int:
    listed = list(widths)
    return sum(listed) + GAP * max(len(listed) - 1, 0)
