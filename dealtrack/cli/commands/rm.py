"""`rm`: take deals, or one event of a deal, out of view; all of it stays in history."""

from typing import Annotated

from typer import Argument, Option

from dealtrack.cli.desk import MANY, Desk
from dealtrack.cli.meant import references
from dealtrack.cli.options import DealWriteFlags
from dealtrack.cli.words import event_number
from dealtrack.domain.problem import Misuse

_References = Annotated[
    list[str], Argument(help="Ids, slugs, `last`, words in quotes that match one deal, or -.", metavar="DEAL")
]
_Event = Annotated[str | None, Option("--event", help="Only this event of the deal.", metavar="N", show_default=False)]


def run(desk: Desk, deals: _References, write: DealWriteFlags, event: _Event = None) -> None:
    """Take deals out of view; `undo` brings them back."""
    ids = references(desk, deals)
    if event is not None:
        _remove_event(desk, write, ids, event)
        return
    if len(ids) >= MANY and not write.dry_run:
        desk.keep_a_copy("rm")
    with desk.recording(write, f"rm {len(ids)} deals") as work:
        for deal_id in ids:
            slug = work.ledger.get(deal_id).slug
            work.ledger.remove_deal(deal_id)
            work.tell(str(deal_id) if write.ids else f"Removed {deal_id}  {slug}")
            if len(ids) == 1:
                work.ledger.describe(f"rm {deal_id} {slug}")
        if not write.ids:
            them = "it" if len(ids) == 1 else "them"
            work.tell(f"To bring {them} back: dealtrack undo {work.ledger.journal.change_id}")


def _remove_event(desk: Desk, write: DealWriteFlags, ids: list[int], event: str) -> None:
    if len(ids) != 1:
        raise Misuse("--event goes with one deal", "name one deal: dealtrack rm REF --event N")
    n = event_number(event, ids[0])
    with desk.recording(write, f"rm event {n} of {ids[0]}") as work:
        if [e.n for e in work.ledger.get(ids[0]).events] == [n]:
            raise Misuse(f"event {n} is the only one of deal {ids[0]}", f"remove the deal: dealtrack rm {ids[0]}")
        work.ledger.remove_event(ids[0], n)
        work.tell(str(ids[0]) if write.ids else f"Removed event {n} of {ids[0]}")
