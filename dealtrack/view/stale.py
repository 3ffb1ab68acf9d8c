"""What to verify first: open deals that are silent or overdue, with the reasons."""

from collections.abc import Mapping, Sequence
from typing import Any

from dealtrack.text.counts import counted
from dealtrack.view.cells import date_words, status_cell
from dealtrack.view.lines import BLANK, Block, Line, Lines, beside, cut, indented, paragraph, width_of
from dealtrack.view.safe import safe
from dealtrack.view.screen import Screen
from dealtrack.view.theme import DOT, HEADING, QUIET

# A name beyond this is cut, so that the reasons have room.
_LONGEST_DEAL = 44
_GAP = 2


def stale_list(entries: Sequence[Mapping[str, Any]], most: int | None, screen: Screen) -> Lines:
    """The entries, most urgent first and so many at most, each with its reasons beside it; below how many there are."""
    shown = entries[:most]
    looked = any(entry["checked"] for entry in shown)
    rows = [_cells(entry, looked=looked) for entry in shown]
    heads: list[Line] = [[(head, HEADING)] for head in ("ID", "DEAL", "STATUS", "HEARD", *["CHECKED"] * looked)]
    widths = [max(map(width_of, column)) for column in zip(heads, *rows, strict=True)]
    room = screen.width - sum(widths) - _GAP * len(widths)
    beside_it = room >= _LEAST or not screen.bounded
    why: list[Line] = [[("WHY", HEADING)]]
    head = [_block(cell, width) for cell, width in zip(heads, widths, strict=True)]
    lines: list[Line] = beside([*head, Block(why, 0)] if beside_it else head, _GAP)
    for entry, cells in zip(shown, rows, strict=True):
        blocks = [
            _block(cell, width, right=at == 0) for at, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ]
        if beside_it:
            lines += beside([*blocks, Block(paragraph(entry["why"], max(room, _LEAST)), 0)], _GAP)
        else:
            lines += [*beside(blocks, _GAP), *indented(paragraph(entry["why"], screen.width - _INDENT), _INDENT)]
    return Lines.of(screen, [*lines, [(_sum(entries), "")]])


# With less room than this beside a deal, the reasons stand below it, so far set in.
_LEAST = 24
_INDENT = 5


def _block(cell: Line, width: int, *, right: bool = False) -> Block:
    return Block([cell], width, right=right)


def _cells(entry: Mapping[str, Any], *, looked: bool) -> list[Line]:
    cells: list[Line] = [
        [(str(entry["id"]), "")],
        cut([(safe(entry["deal"]), "")], _LONGEST_DEAL),
        status_cell(entry["status"]) if entry["status"] else BLANK,
        [(date_words(entry["last_heard"]), "")],
    ]
    return [*cells, [(entry["checked"] or "never", "" if entry["checked"] else QUIET)]] if looked else cells


def _sum(entries: Sequence[Mapping[str, Any]]) -> str:
    overdue = sum(entry["overdue_days"] is not None for entry in entries)
    return f"{counted(len(entries), 'deal')} to verify {DOT} {overdue} past their expected closing"
