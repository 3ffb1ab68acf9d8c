"""Lines that are laid out already: pieces of safe words with a style, fitted, wrapped and set side by side."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from rich.cells import cell_len, chop_cells, set_cell_size
from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment

from dealtrack.view.safe import JOINERS, in_ascii, safe
from dealtrack.view.theme import TO_ASCII

# Words and the style they are in; the words went through `safe` if they came from data.
Piece = tuple[str, str]
Line = list[Piece]

BLANK: Line = []
_ELLIPSIS = "…"
# What is of no use at the end of words that are cut.
_LOOSE = " " + "".join(JOINERS)


class Room(Protocol):
    """What a renderer's lines must know of the screen they are drawn for."""

    ascii: bool
    bounded: bool
    width: int


@dataclass(frozen=True, slots=True)
class Lines:
    """What every renderer returns. Rich prints it as it stands: nothing is wrapped, cut or read as markup."""

    lines: tuple[Line, ...]
    ascii: bool = False

    @classmethod
    def of(cls, screen: Room, lines: Iterable[Line]) -> "Lines":
        """Lines for a screen; where it has an edge, nothing gets past it."""
        fitted = (cut(line, screen.width) for line in lines) if screen.bounded else lines
        return cls(tuple(fitted), screen.ascii)

    def __rich_console__(self, console: Console, _options: ConsoleOptions) -> RenderResult:
        for line in self.lines:
            for words, style in _trimmed(line):
                yield Segment(self._final(words), console.get_style(style) if style else None)
            yield Segment.line()

    def _final(self, words: str) -> str:
        # A second pass of `safe`, so that a renderer that forgot it does no harm.
        return in_ascii(safe(words).translate(TO_ASCII)) if self.ascii else safe(words)


def _trimmed(line: Line) -> Line:
    """The line without blanks at its end."""
    line = list(line)
    while line:
        words, style = line.pop()
        if words.rstrip():
            return [*line, (words.rstrip(), style)]
    return line


def width_of(line: Line) -> int:
    """How many cells of the terminal the line takes."""
    return sum(cell_len(words) for words, _ in line)


def cut(line: Line, width: int) -> Line:
    """The line in at most `width` cells; what is cut off is marked."""
    if width_of(line) <= width or width_of(line := _trimmed(line)) <= width:
        return line
    kept: Line = []
    room = max(width - 1, 0)
    for words, style in line:
        if cell_len(words) > room:
            kept.append((set_cell_size(words, room).rstrip(_LOOSE) + _ELLIPSIS, style))
            break
        kept.append((words, style))
        room -= cell_len(words)
    return kept


def padded(line: Line, width: int, *, right: bool = False) -> Line:
    """The line in exactly `width` cells, or as many as it takes."""
    blanks: Line = [(" " * (width - width_of(line)), "")]
    return blanks + line if right else line + blanks


def words_of(words: str, style: str = "") -> Iterator[Piece]:
    """Each word of some text from data, to be wrapped."""
    return ((word, style) for word in safe(words).split())


def flow(pieces: Iterable[Piece], width: int, gap: str = " ") -> list[Line]:
    """The pieces one after the other, broken into lines between them; only a piece wider than a line is broken."""
    lines: list[Line] = []
    room = 0
    for piece in pieces:
        for words, style in _broken(piece, width):
            need = cell_len(words)
            if lines and need + len(gap) <= room:
                lines[-1] += [(gap, ""), (words, style)]
                room -= need + len(gap)
            else:
                lines.append([(words.lstrip(), style)])
                room = width - cell_len(words.lstrip())
    return lines


def wrapped(line: Line, width: int) -> list[Line]:
    """The line as it is where it fits, else broken between its words."""
    if width_of(line) <= width:
        return [line]
    return flow(((word, style) for words, style in line for word in words.split()), width) or [BLANK]


def paragraph(words: str, width: int, style: str = "") -> list[Line]:
    """Some text from data, wrapped."""
    return flow(words_of(words, style), width)


def _broken(piece: Piece, width: int) -> Iterator[Piece]:
    words, style = piece
    if cell_len(words) <= width:
        yield piece
    else:
        yield from ((part, style) for part in chop_cells(words, max(width, 2)))


@dataclass(frozen=True, slots=True)
class Block:
    """A column of lines of one width; `below` goes on where the neighbours are longer."""

    lines: Sequence[Line]
    width: int
    below: Line = field(default_factory=list)
    right: bool = False


def beside(blocks: Sequence[Block], gap: int = 2) -> list[Line]:
    """The blocks side by side."""
    rows = []
    for at in range(max(len(block.lines) for block in blocks)):
        row: Line = []
        for block in blocks:
            line = block.lines[at] if at < len(block.lines) else block.below
            row += [*padded(line, block.width, right=block.right), (" " * gap, "")]
        rows.append(row)
    return rows


def indented(lines: Iterable[Line], by: int) -> list[Line]:
    """The lines moved to the right."""
    return [[(" " * by, ""), *line] for line in lines]
