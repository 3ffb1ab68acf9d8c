"""The changes of a ledger as a table: when, who, by which command, and what was taken back."""

from collections.abc import Iterable

from dealtrack.domain.change import Change
from dealtrack.view.lines import Line, Lines, cut, padded, paragraph, width_of
from dealtrack.view.safe import safe
from dealtrack.view.screen import Screen
from dealtrack.view.theme import HEADING, QUIET

_GAP = "  "
_LONGEST_WHO = 24
# A pasted note is no command that anybody types again.
_LONGEST_COMMAND = 1_000


def log_table(changes: Iterable[Change], screen: Screen) -> Lines:
    """One line a change; a command longer than the line goes on below, so that it can be typed again."""
    rows = [_cells(change) for change in changes]
    heads: list[Line] = [[(head, HEADING)] for head in ("ID", "WHEN (UTC)", "WHO")]
    widths = [max(map(width_of, column)) for column in zip(heads, *(cells for cells, *_ in rows), strict=True)]
    room = max(screen.width - sum(widths) - len(_GAP) * 3, 20)
    lines = [_line(heads, widths, [("WHAT", HEADING)])]
    for cells, what, style in rows:
        for at, part in enumerate(paragraph(what, room, style) or [[]]):
            lines.append(_line(cells if at == 0 else [[], [], []], widths, part))
    return Lines.of(screen, lines)


def _cells(change: Change) -> tuple[list[Line], str, str]:
    style = QUIET if change.undone_by else ""
    when = change.at.replace("T", " ").removesuffix("Z")
    cells: list[Line] = [
        [(str(change.id), style)],
        [(safe(when), QUIET)],
        cut([(safe(change.by), style)], _LONGEST_WHO),
    ]
    command = change.command if len(change.command) <= _LONGEST_COMMAND else f"{change.command[:_LONGEST_COMMAND]}…"
    return cells, command + _marks(change), style


def _marks(change: Change) -> str:
    """What the change took back, and what took it back."""
    undoes = f" [takes back {change.undoes}]" if change.undoes else ""
    return undoes + (f" [undone by {change.undone_by}]" if change.undone_by else "")


def _line(cells: list[Line], widths: list[int], what: Line) -> Line:
    line: Line = []
    for at, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        line += [*padded(cell, width, right=at == 0), (_GAP, "")]
    return line + what
