"""Deals counted and added up by period and by what they are, and how much a few of them weigh."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache, partial
from typing import NamedTuple

from dealtrack.domain.contents import Basis, Chart, Column, Part, Report, Table
from dealtrack.domain.figures import Group, Period, Step, place_of
from dealtrack.domain.money import QUALIFIERS
from dealtrack.report.basis import EVERY_DEAL, Rules
from dealtrack.report.buyers import Buying, buyer_tables
from dealtrack.report.concentration import Largest, concentration_tables
from dealtrack.report.periods import PERIOD, in_order, period_cells
from dealtrack.report.totals import Total, above, added_up, columns, share, together, totals
from dealtrack.report.windows import Place, Window, compared, placed, windows

CLOCKS: dict[str, str] = {"first-seen": "first seen", "agreed": "agreed", "completed": "completed"}
# What a summary can be parted by, each with its heading.
PER: dict[str, str] = {"kind": "Kind", "form": "Form", "sector": "Sector", "country": "Country of the target"}

_SEVERAL = "A deal of several counts in each: the rows add up to more than all deals."
_UNKNOWN = "not known"


class Asked(NamedTuple):
    """By which step and fact, and as of which day deals are counted, in which currency; `crossed`: by both at once."""

    step: Step
    per: str
    clock: str
    today: date
    currency: str = "USD"
    crossed: bool = False


def rules(asked: Asked) -> Rules:
    """What the report goes by."""
    return Rules(
        dates=f"{CLOCKS[asked.clock]}; a deal whose {asked.step} is not known is in none",
        rule=EVERY_DEAL if asked.clock == "first-seen" else f"{EVERY_DEAL} and was {CLOCKS[asked.clock]}",
    )


class _Batch(NamedTuple):
    """Deals whose dates lie in one place, which are alike in what they are parted by, and whose values are told alike.

    Where they have several facts, `facts` are all of them.
    """

    place: Place
    facts: Sequence[str]
    told: str | None
    total: Total


def _batches(groups: Iterable[Group], among: Sequence[Window], asked: Asked) -> list[_Batch]:
    """The groups of all dates of one place together: where deals are many, these are a hundredth of those."""
    place = cache(partial(placed, step=asked.step, among=among))
    found = totals(((place(group.when), group.facts), group) for group in groups)
    return [
        _Batch(place, (facts or _UNKNOWN).split(";"), told, total) for (place, (facts, told)), total in found.items()
    ]


def summary(groups: Sequence[Group], largest: Largest, buying: Buying | None, asked: Asked, basis: Basis) -> Report:
    """The report; `groups` are by the facts of `asked.per` and then by how the value was told."""
    among = windows(asked.step, asked.today)
    batches = _batches(groups, among, asked)
    periods = in_order(added_up((batch.place.period, batch.total) for batch in batches))
    whole = together(total for _, total in periods)
    facts = _by_fact(batches)
    parts: list[Part] = [
        Chart("deals", f"Deals and their value by {asked.step}", "bars", "periods", "period", ("deals", "value")),
        _periods(periods, whole, asked),
        compared([(batch.place, batch.total) for batch in batches], asked.step, among, asked.currency),
        Chart("share", f"Deals by {PER[asked.per].lower()}", "bars", "per", asked.per, ("deals",)),
        _per(facts, whole, asked, _note(batches)),
        *_crossed(batches, list(facts), asked),
        *concentration_tables(whole, largest, above(groups, largest.mega), asked.currency),
        _told(batches, asked.currency),
        *buyer_tables(buying, asked.step, asked.currency),
    ]
    return Report("summary", "Summary", basis, tuple(parts))


def _periods(periods: Iterable[tuple[Period, Total]], whole: Total, asked: Asked) -> Table:
    rows = tuple((*period_cells(period, asked.step), *total.cells()) for period, total in periods)
    heads = (*PERIOD, *columns(asked.currency))
    return Table("periods", f"By {asked.step}", heads, rows, ("all", None, *whole.cells()))


def _by_fact(batches: Iterable[_Batch]) -> dict[str, Total]:
    """The deals of each fact, that of most deals first."""
    found = added_up((fact, batch.total) for batch in batches for fact in batch.facts)
    return dict(sorted(found.items(), key=lambda item: (item[0] == _UNKNOWN, -item[1].deals, item[0])))


def _per(facts: Mapping[str, Total], whole: Total, asked: Asked, notes: tuple[str, ...]) -> Table:
    rows = tuple((fact, *total.cells(), share(total.deals, whole.deals)) for fact, total in facts.items())
    heads = (Column(asked.per, PER[asked.per]), *columns(asked.currency), Column("share", "Of all deals", "percent"))
    return Table("per", f"By {PER[asked.per].lower()}", heads, rows, notes=notes)


def _crossed(batches: Sequence[_Batch], facts: Sequence[str], asked: Asked) -> tuple[Part, ...]:
    """Each period by the fact that was asked for, if one was."""
    if not asked.crossed:
        return ()
    title = f"Deals by {asked.step} and {PER[asked.per].lower()}"
    chart = Chart("course", title, "stacked", "periods_per", "period", ("deals",), asked.per)
    return chart, _cells(batches, facts, asked)


def _cells(batches: Sequence[_Batch], facts: Sequence[str], asked: Asked) -> Table:
    found = added_up(((batch.place.period, fact), batch.total) for batch in batches for fact in batch.facts)
    rows = (
        (*period_cells(period, asked.step), fact, *total.cells())
        for (period, fact), total in sorted(
            found.items(), key=lambda item: (place_of(item[0][0]), facts.index(item[0][1]))
        )
    )
    heads = (*PERIOD, Column(asked.per, PER[asked.per]), *columns(asked.currency))
    title = f"By {asked.step} and {PER[asked.per].lower()}"
    return Table("periods_per", title, heads, tuple(rows), notes=_note(batches))


def _note(batches: Iterable[_Batch]) -> tuple[str, ...]:
    return (_SEVERAL,) if any(len(batch.facts) > 1 for batch in batches) else ()


_SAID: Mapping[str | None, str] = {
    "exact": "stated",
    "at-least": "at least",
    "up-to": "up to",
    "magnitude": "order of magnitude",
    None: "nothing told",
}


def _told(batches: Iterable[_Batch], currency: str) -> Table:
    """How much was stated, about, a range or undisclosed, and how much of it is in no total."""
    told = added_up((batch.told, batch.total) for batch in batches)
    whole = sum(total.deals for total in told.values())
    rows = []
    for qualifier in (known for known in (*QUALIFIERS, None) if known in told):
        total = told[qualifier]
        lost = total.deals - total.valued if qualifier not in ("undisclosed", None) else 0
        said = _SAID.get(qualifier, qualifier)
        rows.append((said, total.deals, share(total.deals, whole), total.valued, total.value, lost))
    heads = (
        Column("told", "How the value is told"),
        Column("deals", "Deals", "count"),
        Column("share", "Of all deals", "percent"),
        Column("disclosed", "Disclosed", "count"),
        Column("value", "Value", "money", currency),
        Column("without_rate", "Without a rate", "count"),
    )
    note = f"Without a rate: told in a currency that cannot be counted in {currency}, and in no total."
    return Table("told", "How values are told", heads, tuple(rows), notes=(note,) if any(r[-1] for r in rows) else ())
