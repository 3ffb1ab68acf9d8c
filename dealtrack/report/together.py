"""Who invests together again and again."""

from collections.abc import Iterable
from itertools import combinations

from dealtrack.domain.contents import Column, Reference, Table
from dealtrack.domain.deal import Deal

_INVESTORS = ("lead-investor", "investor")


def together(deals: Iterable[Deal]) -> Table:
    """Each two investors that took part in more than one deal side by side, the most often first."""
    found: dict[tuple[Reference, Reference], list[Deal]] = {}
    for deal in deals:
        investors = {Reference(party.company, party.name) for party in deal.parties if party.role in _INVESTORS}
        for pair in combinations(sorted(investors), 2):
            found.setdefault(pair, []).append(deal)
    again = sorted(((pair, told) for pair, told in found.items() if len(told) > 1), key=lambda e: (-len(e[1]), e[0]))
    columns = (
        Column("investor", "Investor", "company"),
        Column("beside", "Together with", "company"),
        Column("deals", "Deals", "count"),
        Column("names", "Which", "words"),
    )
    rows = tuple((*pair, len(told), tuple(deal.headline for deal in told)) for pair, told in again)
    return Table("together", "Who invests together more than once", columns, rows)
