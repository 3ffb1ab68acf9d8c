"""`link`: say how two deals relate."""

from dealtrack.cli.desk import Desk
from dealtrack.cli.options import WriteFlags
from dealtrack.cli.relating import Other, Reference, Sort, related


def run(desk: Desk, deal: Reference, relation: Sort, other: Other, write: WriteFlags) -> None:
    """Link two deals, as in the sentence: DEAL follows OTHER. `report links` suggests some; `undo` takes it back."""
    one, sort, two = related(desk, deal, relation, other)
    with desk.recording(write, f"link {one.id} {sort} {two.id}") as work:
        if work.ledger.add_link(one.id, sort, two.id):
            work.tell(f"Linked {one.id} {one.slug}  {sort}  {two.id} {two.slug}")
