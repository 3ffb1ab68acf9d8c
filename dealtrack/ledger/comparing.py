"""The same deals at two moments, side by side: what a report on changes is made of."""

from collections.abc import Iterator

from dealtrack.domain.figures import DealRow, Pair
from dealtrack.domain.query import Query
from dealtrack.ledger.listing import Listing


def pairs(then: Listing, now: Listing, query: Query) -> Iterator[Pair]:
    """Every deal that matches the query then or now, by id: how it stood and stands, whether it matches or not."""
    before, after = _by_id(then, query), _by_id(now, query)
    were, are = _others(then, query, after.keys() - before.keys()), _others(now, query, before.keys() - after.keys())
    for deal_id in sorted(before.keys() | after.keys()):
        yield Pair(
            before.get(deal_id) or were.get(deal_id),
            after.get(deal_id) or are.get(deal_id),
            deal_id in before,
            deal_id in after,
        )


def _by_id(listing: Listing, query: Query) -> dict[int, DealRow]:
    return {row["id"]: row for row in listing.select(query)}


def _others(listing: Listing, query: Query, ids: set[int]) -> dict[int, DealRow]:
    """Deals that do not match, as far as they are there."""
    return _by_id(listing, Query(ids=tuple(sorted(ids)), worth=query.worth)) if ids else {}
