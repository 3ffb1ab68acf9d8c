"""`undo`: take back the last change, or change N."""

from typing import Annotated

from typer import Argument

from dealtrack.cli.desk import Desk
from dealtrack.cli.options import WriteFlags
from dealtrack.domain.problem import Misuse, Problem

_Change = Annotated[
    str | None,
    Argument(help="The number of the change; without one, the last.", metavar="CHANGE", show_default=False),
]


class NothingToUndo(Problem):
    """Every change is undone already, or there is none."""


def run(desk: Desk, write: WriteFlags, change: _Change = None) -> None:
    """Take back the last change that is not undone, or the one named; an undo can be undone."""
    number = _number(change) if change is not None else _last(desk)
    undone = desk.ledger.change(number)
    what = f" ({undone.action})" if undone else ""
    with desk.recording(write, f"undo {number}{what}", undoes=number) as work:
        work.ledger.undo(number)
        back = f"To bring it back: dealtrack undo {work.ledger.journal.change_id}"
        work.tell(f"Undid change {number}{what}.  {back}")


def _number(word: str) -> int:
    if not (word.isascii() and word.isdigit()) or len(word) > 18:
        raise Misuse(f'"{word}" is no number of a change', "see the changes: dealtrack log")
    return int(word)


def _last(desk: Desk) -> int:
    """The latest change that still stands and is not itself an undo."""
    for change in desk.ledger.log():
        if change.undone_by is None and change.undoes is None:
            return change.id
    raise NothingToUndo("there is nothing to undo", "see the changes: dealtrack log")
