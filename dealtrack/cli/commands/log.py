"""`log`: what changed, when, by which command."""

from typing import Annotated

from typer import Option

from dealtrack.cli.desk import Desk
from dealtrack.cli.querying import limit_of
from dealtrack.view.log import log_table

_Limit = Annotated[
    str | None, Option("-n", "--limit", help="How many at most; 0 is all.", metavar="N", show_default=False)
]
_FIRST_CHANGES = 20


def run(desk: Desk, limit: _Limit = None) -> None:
    """List the changes, newest first."""
    usual = _FIRST_CHANGES if desk.screen.terminal else None
    changes = desk.ledger.log(limit_of(limit) if limit is not None else usual)
    if changes:
        desk.screen.show(log_table(changes, desk.screen))
    else:
        desk.say("Nothing has been recorded yet.")
