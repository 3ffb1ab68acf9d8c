"""Who buys: companies or funds, at home or across a border, and for the first time or again."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from dealtrack.domain.contents import Cell, Column, Table
from dealtrack.domain.figures import Group, Period, Step, period_of, place_of
from dealtrack.report.periods import PERIOD, period_cells
from dealtrack.report.totals import columns, share, totals

_ALL = "buyers, lead investors and investors"


class Buying(NamedTuple):
    """Deals by kinds of buyers, countries of buyers and countries of targets; each buying with its date."""

    groups: Sequence[Group]
    buyings: Sequence[tuple[int, str | None, bool]]


def buyer_tables(buying: Buying | None, step: Step, currency: str) -> tuple[Table, ...]:
    """Strategic and financial buyers, deals across a border, first-time buyers by period; none where not asked for."""
    if buying is None:
        return ()
    notes = f"Buyers are {_ALL}: strategic if companies, financial if funds, both where a deal has both."
    border = "Across a border: a buyer is of another country than the target, by the countries of the companies."
    kinds, borders = (_parted(buying.groups, sort) for sort in (sort_of_buyer, border_of))
    heads = (*columns(currency), Column("share", "Of all deals", "percent"))
    return (
        Table("buyers", "Strategic and financial buyers", (Column("buyers", "Buyers"), *heads), kinds, notes=(notes,)),
        Table("borders", "Across borders", (Column("border", "Border"), *heads), borders, notes=(border,)),
        _first_time(buying.buyings, step),
    )


def sort_of_buyer(group: Group) -> str:
    """What the buyers of some deals are, by their kinds."""
    kinds = set((group.facts[0] or "").split(";")) - {""}
    if not kinds:
        return "no buyer known"
    if kinds >= {"fund", "company"}:
        return "both"
    return "financial" if "fund" in kinds else "strategic" if "company" in kinds else "others"


def border_of(group: Group) -> str:
    """Whether some deals cross a border, as far as countries are known."""
    buyers, targets = ((group.facts[at] or "").split(";") for at in (1, 2))
    if buyers == [""] or targets == [""]:
        return "not known"
    return "across a border" if any(buyer not in targets for buyer in buyers) else "within one country"


def _parted(groups: Iterable[Group], sort: Callable[[Group], str]) -> tuple[tuple[Cell, ...], ...]:
    """What the deals of each sort come to, and their share of all."""
    found = totals((sort(group), group) for group in groups)
    whole = sum(total.deals for total in found.values())
    most = sorted(found.items(), key=lambda item: (-item[1].deals, item[0]))
    return tuple((said, *total.cells(), share(total.deals, whole)) for said, total in most)


def _first_time(buyings: Iterable[tuple[int, str | None, bool]], step: Step) -> Table:
    buyers: dict[Period, set[int]] = {}
    first: dict[Period, set[int]] = {}
    periods: dict[str | None, Period] = {}
    for buyer, when, is_first in buyings:
        period = periods.get(when) or periods.setdefault(when, period_of(when, step))
        buyers.setdefault(period, set()).add(buyer)
        if is_first:
            first.setdefault(period, set()).add(buyer)
    rows = []
    for period in sorted(buyers, key=place_of):
        new, of = len(first.get(period, ())), len(buyers[period])
        rows.append((*period_cells(period, step), of, new, share(new, of)))
    heads = (
        *PERIOD,
        Column("buyers", "Buyers", "count"),
        Column("first_time", "For the first time", "count"),
        Column("share", "Of all buyers", "percent"),
    )
    note = "For the first time: in its first deal of all in the ledger, by the earliest day that can have been."
    return Table("first_time", "First-time buyers", heads, tuple(rows), notes=(note,))
