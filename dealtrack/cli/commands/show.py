"""`show`: one deal in full."""

from typing import Annotated

from typer import Argument

from dealtrack.cli.desk import Desk
from dealtrack.cli.meant import put_in_full, references
from dealtrack.cli.options import Clocks, Shape
from dealtrack.cli.output import format_of, put_deals
from dealtrack.domain.query import Query
from dealtrack.domain.related import related_to
from dealtrack.ledger.identity import NoSuchDeal
from dealtrack.view.deal import deal_page

_References = Annotated[
    list[str], Argument(help="Ids, slugs, `last`, words that match one deal, or - for stdin.", metavar="DEAL")
]


def run(desk: Desk, deals: _References, clocks: Clocks, shape: Shape) -> None:
    """Show deals in full: facts with the footnote of what decided them, events, sources, links."""
    desk.look_back(clocks)
    ids = references(desk, deals) if "-" in deals or len(deals) == 1 else _several(desk, deals)
    format_ = format_of(desk, shape) if shape.json or shape.format or shape.output else "table"
    if format_ in ("json", "ndjson") and not shape.ids:
        put_in_full(desk, ids, shape, lines=format_ == "ndjson")
    elif shape.ids or format_ != "table":
        put_deals(desk, Query(ids=tuple(ids), worth=desk.worth), shape, None)
    else:
        for at, deal_id in enumerate(ids):
            if at:
                desk.screen.write("\n")
            deal = desk.ledger.get(deal_id)
            desk.show(deal_page(deal, desk.screen, related_to(deal, desk.ledger.get)))


def _several(desk: Desk, deals: list[str]) -> list[int]:
    """Several words are one reference when together they name a deal, else a reference each."""
    try:
        return [desk.ledger.find(word) for word in deals]
    except NoSuchDeal as failure:
        try:
            return [desk.ledger.find(" ".join(deals))]
        except NoSuchDeal:
            raise failure from None
