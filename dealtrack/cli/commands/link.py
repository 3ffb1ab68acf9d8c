"""`link`: say how two deals relate."""

from typing import Annotated

from typer import Option

from dealtrack.cli.desk import Desk
from dealtrack.cli.options import WriteFlags
from dealtrack.cli.relating import Other, Reference, Sort, related
from dealtrack.domain.problem import Misuse


def _suggest(wanted: bool) -> None:
    if wanted:
        raise Misuse(
            "links are suggested by a report, and made one by one", "see what may be missing: dealtrack report links"
        )


_Suggest = Annotated[bool, Option("--suggest", hidden=True, is_eager=True, callback=_suggest)]


def run(
    desk: Desk, deal: Reference, relation: Sort, other: Other, write: WriteFlags, suggest: _Suggest = False
) -> None:
    """Link two deals, as in the sentence: DEAL follows OTHER. `report links` suggests some; `undo` takes it back."""
    del suggest  # it only points to the report
    one, sort, two = related(desk, deal, relation, other)
    with desk.recording(write, f"link {one.id} {sort} {two.id}") as work:
        if work.ledger.add_link(one.id, sort, two.id):
            work.tell(f"Linked {one.id} {one.slug}  {sort}  {two.id} {two.slug}")
