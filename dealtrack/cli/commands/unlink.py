"""`unlink`: take back how two deals relate."""

from dealtrack.cli.desk import Desk
from dealtrack.cli.options import WriteFlags
from dealtrack.cli.relating import Other, Reference, Sort, related
from dealtrack.domain.problem import Misuse


def run(desk: Desk, deal: Reference, relation: Sort, other: Other, write: WriteFlags) -> None:
    """Take a link between two deals out of view; `undo` brings it back."""
    one, sort, two = related(desk, deal, relation, other)
    with desk.recording(write, f"unlink {one.id} {sort} {two.id}") as work:
        if not work.ledger.remove_link(one.id, sort, two.id):
            raise Misuse(f"there is no such link: {one.id} {sort} {two.id}", f"see its links: dealtrack show {one.id}")
        work.tell(f"Unlinked {one.id} {one.slug}  {sort}  {two.id} {two.slug}")
