"""The changes of a ledger as a table: when, who, by which command, and what was taken back."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from dealtrack.domain.change import Change, Writing
from dealtrack.view.lines import Line, Lines, cut, flow, indented, padded, paragraph, width_of, words_of
from dealtrack.view.safe import safe
from dealtrack.view.screen import Screen
from dealtrack.view.theme import HEADING, QUIET

_GAP = "  "
_LONGEST_WHO = 24
# A pasted note is no command that anybody types again.
_LONGEST_COMMAND = 1_000
# Rows shown of one change: an import of thousands is not read row by row.
MOST_TOLD = 50


def log_table(changes: Sequence[Change], screen: Screen, told: Mapping[int, Sequence[Writing]] | None = None) -> Lines:
    """One line a change; a command longer than the line goes on below, so that it can be typed again.

    `told` has, by change, what each wrote; of more than MOST_TOLD the first are shown, and that there are more is said.
    """
    rows = [_cells(change) for change in changes]
    heads: list[Line] = [[(head, HEADING)] for head in ("ID", "WHEN (UTC)", "WHO")]
    widths = [max(map(width_of, column)) for column in zip(heads, *(cells for cells, *_ in rows), strict=True)]
    room = max(screen.width - sum(widths) - len(_GAP) * 3, 20)
    lines = [_line(heads, widths, [("WHAT", HEADING)])]
    for change, (cells, what, style) in zip(changes, rows, strict=True):
        for at, part in enumerate(paragraph(what, room, style) or [[]]):
            lines.append(_line(cells if at == 0 else [[], [], []], widths, part))
        wrote = (told or {}).get(change.id, ())
        below = written(wrote, room, "; --full --json has them all")
        lines += [_line([[], [], []], widths, part) for part in below]
    return Lines.of(screen, lines)


def undo_plan(change: Change, writings: Iterable[Writing], screen: Screen) -> Lines:
    """What undoing a change would write; of more than MOST_TOLD rows the first are shown."""
    lines: list[Line] = [[(f"Change {change.id}", HEADING), (f"  {safe(change.at)}  {safe(change.by)}", QUIET)]]
    lines += indented(paragraph(change.command[:_LONGEST_COMMAND], screen.width - _INDENT), _INDENT)
    counts = ", ".join(f"{number:,} in {table}" for table, number in change.touched)
    lines.append([("Undoing it writes", HEADING), (f"  rows: {counts}", QUIET)])
    return Lines.of(screen, [*lines, *written((w.taken_back() for w in writings), screen.width)])


def change_plan(writings: Iterable[Writing], screen: Screen) -> Lines:
    """What a change would write."""
    return Lines.of(screen, [[("This would be written", HEADING)], *written(writings, screen.width)])


def written(writings: Iterable[Writing], width: int, rest: str = "") -> list[Line]:
    """Rows that are or would be written, each with its fields; of more than MOST_TOLD the first, and that is said."""
    told = list(islice(writings, MOST_TOLD + 1))
    lines = [line for writing in told[:MOST_TOLD] for line in _told(writing, width)]
    more = paragraph(f"and more than these {MOST_TOLD}{rest}", width, QUIET) if len(told) > MOST_TOLD else []
    return lines + more


def _told(writing: Writing, room: int) -> list[Line]:
    """`event 1 of deal 206  value_text: $460 million -> NZD 460M`."""
    fields = [_field(name.replace("_", " "), before, after, writing.act) for name, before, after in writing.fields]
    body = flow(words_of("; ".join(fields)), room - _INDENT - 2)
    return [
        [("  ", ""), (f"{_SIGNS[writing.act]} {safe(writing.subject)}", QUIET)],
        *indented(body, _INDENT + 2),
    ]


def _field(name: str, before: str | None, after: str | None, act: str) -> str:
    was, now = _short(before) or "nothing", _short(after) or "nothing"
    return f"{name}: {was} -> {now}" if act == "altered" else f"{name}: {now if act == 'added' else was}"


def _short(words: str | None) -> str:
    return "" if words is None else words if len(words) <= _LONGEST_FIELD else f"{words[:_LONGEST_FIELD]}…"


_SIGNS = {"added": "+", "altered": "~", "removed": "-"}
_LONGEST_FIELD = 300
_INDENT = 2


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
