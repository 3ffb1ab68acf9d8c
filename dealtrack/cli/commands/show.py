"""`show`: one deal in full."""

from typing import Annotated

from typer import Argument, Option

from dealtrack.cli.desk import Desk
from dealtrack.cli.meant import put_in_full, references
from dealtrack.cli.options import Clocks, Shape
from dealtrack.cli.output import format_of, put_deals, put_text
from dealtrack.cli.worth import worth_of
from dealtrack.domain.query import Query
from dealtrack.domain.related import related_to
from dealtrack.exchange.formats import FORMATS
from dealtrack.ledger.identity import NoSuchDeal
from dealtrack.view.deal import deal_page

_References = Annotated[
    list[str], Argument(help="Ids, slugs, `last`, words that match one deal, or - for stdin.", metavar="DEAL")
]


# What is told of a fact is no row.
_OBJECTS = tuple(one for one in FORMATS if one.name in ("json", "ndjson"))
_Why = Annotated[bool, Option("--why", help="Why each fact is as it is: what decided it, what is against it.")]


def run(desk: Desk, deals: _References, clocks: Clocks, shape: Shape, why: _Why = False) -> None:
    """Show deals in full: facts with the footnote of what decided them, events, sources, links."""
    desk.look_back(clocks)
    if why:
        _why(desk, deals, shape)
        return
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
            related = related_to(deal, desk.ledger.get)
            desk.show(deal_page(deal, desk.screen, related, desk.day_looked_at, worth_of(desk, deal_id)))


def _why(desk: Desk, deals: list[str], shape: Shape) -> None:
    """Say why the facts of deals are as they are, on the screen or as objects."""
    from dealtrack.exchange.cited import whys_in_full  # noqa: PLC0415 - few that show a deal ask why
    from dealtrack.view.why import why_page  # noqa: PLC0415 - as above

    ids = references(desk, deals) if "-" in deals or len(deals) == 1 else _several(desk, deals)
    format_ = format_of(desk, shape, _OBJECTS) if shape.given() else "table"
    if format_ != "table":
        found = [desk.ledger.get(deal_id) for deal_id in ids]
        put_text(desk, shape, whys_in_full(found, lines=format_ == "ndjson"))
        return
    for at, deal_id in enumerate(ids):
        if at:
            desk.screen.write("\n")
        desk.show(why_page(desk.ledger.get(deal_id), desk.screen, desk.day_looked_at))


def _several(desk: Desk, deals: list[str]) -> list[int]:
    """Several words are one reference when together they name a deal, else a reference each."""
    try:
        return [desk.ledger.find(word) for word in deals]
    except NoSuchDeal as failure:
        try:
            return [desk.ledger.find(" ".join(deals))]
        except NoSuchDeal:
            raise failure from None
