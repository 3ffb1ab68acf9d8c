"""Which deals a command means, and those put out whole."""

import sys
from collections.abc import Iterable, Sequence

from dealtrack.cli.desk import Desk
from dealtrack.cli.options import Shape
from dealtrack.cli.output import put_text
from dealtrack.domain.query import Query
from dealtrack.exchange.whole import deals_in_full


def references(desk: Desk, given: Iterable[str]) -> list[int]:
    """The ids of the deals meant; `-` takes references from standard input, one a line."""
    named_ = [word for word in given if word != "-"]
    if "-" in given:
        named_ += [line.strip() for line in sys.stdin if line.strip()]
    return list(dict.fromkeys(desk.ledger.find(word) for word in named_))


def put_in_full(desk: Desk, ids: Sequence[int], shape: Shape, *, lines: bool = False) -> None:
    """Put deals out as objects with their events, sources and links: one alone, several in an array, or a line each."""
    deals = [desk.ledger.get(deal_id) for deal_id in ids]
    linked = (link.other_id for deal in deals for link in deal.links)
    wanted = tuple(dict.fromkeys((*ids, *linked)))
    rows = {row["id"]: row for row in desk.ledger.select(Query(ids=wanted, worth=desk.worth))}
    put_text(desk, shape, deals_in_full(deals, rows, lines=lines))
