"""Two deals and the relation between them, as `link` and `unlink` are told them."""

from typing import Annotated, NamedTuple, cast

from typer import Argument

from dealtrack.cli import words
from dealtrack.cli.desk import Desk
from dealtrack.domain.kind import RELATIONS, Relation
from dealtrack.domain.problem import Misuse

Reference = Annotated[str, Argument(help="An id, a slug, `last`, or words in quotes.", metavar="DEAL")]
Sort = Annotated[str, Argument(help=", ".join(RELATIONS), metavar="RELATION")]
Other = Annotated[str, Argument(help="The other deal.", metavar="OTHER")]


class End(NamedTuple):
    """One end of a link."""

    id: int
    slug: str


def related(desk: Desk, deal: str, relation: str, other: str) -> tuple[End, Relation, End]:
    """Both ends, and the relation between them. Raises NoSuchDeal, UnknownWord or Misuse."""
    sort = cast("Relation", words.one_of(relation, RELATIONS, "relation"))
    one, two = (End(deal_id, desk.ledger.get(deal_id).slug) for deal_id in map(desk.ledger.find, (deal, other)))
    if one == two:
        raise Misuse("a deal cannot be linked to itself", "name two deals: dealtrack link 240 competes-with 242")
    return one, sort, two
