"""`backup`: copy the ledger safely, or put a copy back."""

from pathlib import Path
from shlex import quote
from typing import Annotated

from typer import Argument, Option

from dealtrack.cli.desk import Desk, now
from dealtrack.cli.files import FileExists
from dealtrack.domain.problem import Misuse
from dealtrack.ledger.backup import copy_to, kept_unasked, restore

_File = Annotated[str | None, Argument(help="Where to; beside the ledger, with the time, if left out.", metavar="FILE")]
_Restore = Annotated[
    str | None, Option("--restore", help="Put this copy in the ledger's place.", metavar="FILE", show_default=False)
]
_Force = Annotated[bool, Option("--force", help="Write over an existing file.", show_default=False)]
_List = Annotated[bool, Option("--list", help="List the copies made unasked, before large changes.")]


def run(
    desk: Desk, file: _File = None, restored: _Restore = None, force: _Force = False, listed: _List = False
) -> None:
    """Copy the ledger to a file, while others may go on writing; the copy is verified.

    With --restore the present file is kept beside the ledger, under a name that is told.
    """
    if restored is not None:
        if file is not None:
            raise Misuse("a copy is either made or put back", "dealtrack backup --restore FILE")
        _restore(desk, Path(restored))
    elif listed:
        for path in kept_unasked(desk.path):
            desk.screen.write(f"{path}\n")
    else:
        target = Path(file) if file else desk.path.with_name(f"{desk.path.name}.{now().replace(':', '')}.backup")
        if target.exists() and not force:
            raise FileExists(target)
        copy_to(desk.ledger.connection, target)
        desk.tell([f"Copied {desk.path} to {target}"], "the copy is made", f"dealtrack status -l {quote(str(target))}")


def _restore(desk: Desk, backup: Path) -> None:
    if not backup.exists():
        raise Misuse(f'there is no copy at "{backup}"', "see the copies made unasked: dealtrack backup --list")
    replaced = restore(backup, desk.path, now())
    told = [f"Restored {desk.path} from {backup}", *([f"The replaced file is kept: {replaced}"] if replaced else ())]
    desk.tell(told, "the copy is put back", "dealtrack status")
