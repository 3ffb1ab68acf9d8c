"""`undo`: take back the last change, or change N."""

from typing import Annotated

from typer import Argument

from dealtrack.cli.asking import make_sure, may_ask
from dealtrack.cli.desk import Desk
from dealtrack.cli.options import WriteFlags
from dealtrack.domain.problem import Misuse, Problem
from dealtrack.ledger.undoing import undo

_Change = Annotated[
    str | None,
    Argument(help="The number of the change; without one, the last.", metavar="CHANGE", show_default=False),
]


class NothingToUndo(Problem):
    """Every change is undone already, or there is none."""


def run(desk: Desk, write: WriteFlags, change: _Change = None) -> None:
    """Take back the last change that is not undone, or the one named; an undo can be undone.

    On a terminal what it would write is shown first.
    """
    number = _number(change) if change is not None else _last(desk)
    undone = desk.ledger.change(number)
    what = f" ({undone.action})" if undone else ""
    if undone and may_ask(write) and not (write.yes or write.dry_run):
        from dealtrack.view.log import undo_plan  # noqa: PLC0415 - drawing is loaded by what draws

        desk.ledger.refuse_impossible_undo(number)
        desk.show(undo_plan(undone, desk.ledger.writings(number), desk.screen))
        desk.let_go()
        make_sure(f"Undo change {number}?", write)
    with desk.recording(write, f"undo {number}{what}", undoes=number) as work:
        undo(work.ledger, number)
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
