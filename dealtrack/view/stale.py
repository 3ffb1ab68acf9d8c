"""What to verify first: open deals that are silent or overdue, with the reasons."""

from collections.abc import Mapping, Sequence
from typing import Any

from dealtrack.text.counts import counted
from dealtrack.view.cells import date_words, status_cell
from dealtrack.view.lines import BLANK, Block, Line, Lines, beside, cut, paragraph, width_of
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
    room = max(screen.width - sum(widths) - _GAP * len(widths), _LEAST)
    lines: list[Line] = beside(
        [_block(head, width) for head, width in zip(heads, widths, strict=True)] + [_why()], _GAP
    )
    for entry, cells in zip(shown, rows, strict=True):
        blocks = [
            _block(cell, width, right=at == 0) for at, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ]
        lines += beside([*blocks, Block(paragraph(entry["why"], room), room)], _GAP)
    return Lines.of(screen, [*lines, [(_sum(entries), "")]])


# The reasons have at least so much room.
_LEAST = 24


def _why() -> Block:
    return Block([[("WHY", HEADING)]], _LEAST)


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
