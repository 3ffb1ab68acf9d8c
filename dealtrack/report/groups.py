"""What deals are grouped by, and in which order the groups come."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from dealtrack.domain.contents import Interval, Reference
from dealtrack.domain.deal import Deal
from dealtrack.domain.kind import ALL_FORMS, KINDS
from dealtrack.domain.size import SIZES
from dealtrack.domain.stake import WHOLE
from dealtrack.domain.status import STATUSES

Entry = TypeVar("Entry")

# The groups that a deal is in, by the key and title of their table.
BY: tuple[tuple[str, str, Callable[[Deal], tuple[str, ...]]], ...] = (
    ("kind", "By kind", lambda deal: (deal.kind,)),
    ("form", "By form", lambda deal: (deal.form or "not said",)),
    ("sector", "By sector (a deal of several counts in each)", lambda deal: deal.sectors or ("none",)),
)

# Kinds, forms, sizes and states come in the order in which they are told of elsewhere, all others by name.
_ORDER = {name: at for at, name in enumerate((*KINDS, *ALL_FORMS, *SIZES, *STATUSES))}


def grouped(entries: Iterable[Entry], names: Callable[[Entry], tuple[str, ...]]) -> list[tuple[str, list[Entry]]]:
    """The entries by each name that they go under, in order."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        for name in names(entry):
            groups.setdefault(name, []).append(entry)
    return sorted(groups.items(), key=lambda group: (_ORDER.get(group[0], 0), group[0]))


def share_of(part: int, whole: int) -> Interval | None:
    """So many of how many, to a tenth of a percent: no sample here tells more."""
    if not whole:
        return None
    share = round(part * 1000 / whole) * (WHOLE // 1000)
    return Interval(share, share)


def named(deal: Deal) -> Reference:
    """The deal as a cell."""
    return Reference(deal.slug, deal.headline)
