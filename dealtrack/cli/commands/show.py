"""`show`: one deal in full."""

from collections.abc import Iterator
from typing import Annotated, Any

from typer import Argument

from dealtrack.cli.desk import Desk
from dealtrack.cli.options import DeskFlags, Shape
from dealtrack.cli.output import put_deals, references
from dealtrack.domain.query import Query

_References = Annotated[list[str], Argument(help="Ids, slugs, `last`, words that match one deal, or - for stdin.")]


def run(deals: _References, shape: Shape, flags: DeskFlags) -> None:
    """Show deals in full: facts with the footnote of what decided them, events, sources, links."""
    desk = Desk(flags)
    ids = references(desk, deals) if "-" in deals or len(deals) == 1 else _several(desk, deals)
    if shape.json or shape.format in ("json", "ndjson"):
        _objects(desk, ids, lines=shape.format == "ndjson")
    elif shape.format in (None, "table") and not shape.ids and not shape.output:
        _pages(desk, ids)
    else:
        put_deals(desk, Query(ids=tuple(ids)), shape, None)


def _several(desk: Desk, deals: list[str]) -> list[int]:
    """Several words are one reference when together they name a deal, else a reference each."""
    from dealtrack.ledger.identity import NoSuchDeal  # noqa: PLC0415 - met only when words are many

    try:
        return [desk.ledger.find(word) for word in deals]
    except NoSuchDeal as failure:
        try:
            return [desk.ledger.find(" ".join(deals))]
        except NoSuchDeal:
            raise failure from None


def _pages(desk: Desk, ids: list[int]) -> None:
    from dealtrack.view.deal import deal_page  # noqa: PLC0415 - drawing is loaded by what draws

    for deal_id in ids:
        desk.screen.show(deal_page(desk.ledger.get(deal_id), desk.screen))


def _objects(desk: Desk, ids: list[int], *, lines: bool) -> None:
    import json  # noqa: PLC0415 - a page on the screen needs none

    wholes = list(_wholes(desk, ids))
    if lines:
        for whole in wholes:
            desk.screen.write(json.dumps(whole, ensure_ascii=False) + "\n")
    else:
        answer = wholes[0] if len(wholes) == 1 else wholes
        desk.screen.write(json.dumps(answer, ensure_ascii=False, indent=2) + "\n")


def _wholes(desk: Desk, ids: list[int]) -> Iterator[dict[str, Any]]:
    from dealtrack.exchange.record import in_full  # noqa: PLC0415 - as above

    for deal_id in ids:
        (row,) = desk.ledger.select(Query(ids=(deal_id,)))
        yield in_full(row, desk.ledger.get(deal_id))
