"""`timeline`: events along time, of one deal, one company, or all that match."""

from typing import Annotated

from typer import Option

from dealtrack.cli import words
from dealtrack.cli.desk import Desk
from dealtrack.cli.options import DeskFlags, Filters, PartyFlags, Shape
from dealtrack.cli.output import put_deals
from dealtrack.cli.querying import query_of
from dealtrack.domain.figures import STEPS
from dealtrack.ledger.identity import AmbiguousDeal
from dealtrack.view.timeline import company_timeline, deal_timeline, period_timeline

_By = Annotated[
    str | None, Option("--by", help="Group by month, quarter or year.", metavar="STEP", show_default=False)
]


def run(filters: Filters, parties: PartyFlags, shape: Shape, flags: DeskFlags, by: _By = None) -> None:
    """Draw along time: one deal (`timeline REF`), one company (`--company X`), or what matches (`--by quarter`)."""
    desk = Desk(flags)
    if shape.json or shape.output or shape.ids or shape.format not in (None, "table"):
        put_deals(desk, query_of(desk, filters, parties, shape), shape, None)
    elif by is None and filters.words and _one_deal(desk, filters):
        return
    elif by is None and _is_one_company(filters):
        _company(desk, filters, parties, shape)
    else:
        step = words.one_of(by or "quarter", STEPS, "step")
        query = query_of(desk, filters, parties, shape)
        desk.screen.show(period_timeline(desk.ledger.select(query), step, desk.screen))


def _one_deal(desk: Desk, filters: Filters) -> bool:
    """Draw the one deal that the words mean; False when they match several, which are then grouped."""
    if filters != Filters(words=filters.words):
        return False
    try:
        deal_id = desk.ledger.find(" ".join(filters.words or ()))
    except AmbiguousDeal:
        return False
    desk.screen.show(deal_timeline(desk.ledger.get(deal_id), desk.screen, desk.today))
    return True


def _is_one_company(filters: Filters) -> bool:
    return len(filters.company or ()) == 1


def _company(desk: Desk, filters: Filters, parties: PartyFlags, shape: Shape) -> None:
    company = desk.ledger.company((filters.company or [""])[0])
    ids = desk.ledger.ids(query_of(desk, filters, parties, shape))
    deals = [desk.ledger.get(deal_id) for deal_id in ids]
    if deals:
        desk.screen.show(company_timeline(company.name, deals, desk.screen, desk.today))
    else:
        desk.say("No deals match.")
