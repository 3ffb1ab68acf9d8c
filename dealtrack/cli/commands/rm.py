"""`rm`: take deals, or one event of a deal, out of view; all of it stays in history."""

from typing import Annotated

from typer import Argument, Option

from dealtrack.cli.desk import Desk
from dealtrack.cli.options import DeskFlags, WriteFlags
from dealtrack.cli.output import references
from dealtrack.domain.problem import Misuse

_References = Annotated[list[str], Argument(help="Ids, slugs, `last`, words in quotes that match one deal, or -.")]
_Event = Annotated[
    str | None, Option("--event", help="Only this event of the deal.", metavar="N", show_default=False)
]


def run(deals: _References, flags: DeskFlags, write: WriteFlags, event: _Event = None) -> None:
    """Take deals out of view; `undo` brings them back."""
    desk = Desk(flags)
    ids = references(desk, deals)
    if event is not None:
        _remove_event(desk, write, ids, event)
        return
    slugs = [desk.ledger.get(deal_id).slug for deal_id in ids]
    action = f"rm {ids[0]} {slugs[0]}" if len(ids) == 1 else f"rm {len(ids)} deals"
    with desk.recording(write, action) as work:
        for deal_id, slug in zip(ids, slugs, strict=True):
            work.ledger.remove_deal(deal_id)
            work.tell(str(deal_id) if write.ids else f"Removed {deal_id}  {slug}")
        if not write.ids:
            them = "it" if len(ids) == 1 else "them"
            work.tell(f"To bring {them} back: dealtrack undo {work.ledger.journal.change_id}")


def _remove_event(desk: Desk, write: WriteFlags, ids: list[int], event: str) -> None:
    if len(ids) != 1:
        raise Misuse("--event goes with one deal", "name one deal: dealtrack rm REF --event N")
    if not (event.isascii() and event.isdigit()) or len(event) > 9:
        raise Misuse(f'"{event}" is no number of an event', f"see the events: dealtrack show {ids[0]}")
    with desk.recording(write, f"rm event {event} of {ids[0]}") as work:
        if [e.n for e in work.ledger.get(ids[0]).events] == [int(event)]:
            raise Misuse(f"event {event} is the only one of deal {ids[0]}", f"remove the deal: dealtrack rm {ids[0]}")
        work.ledger.remove_event(ids[0], int(event))
        work.tell(f"Removed event {event} of {ids[0]}")
