"""Deals counted and added up by period and by what they are, and how much a few of them weigh."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from dealtrack.domain.contents import Basis, Chart, Column, Part, Report, Table
from dealtrack.domain.figures import Group, Period, Step, Tally, place_of
from dealtrack.domain.money import QUALIFIERS
from dealtrack.report.basis import EVERY_DEAL, Rules
from dealtrack.report.buyers import Buying, buyer_tables
from dealtrack.report.concentration import Largest, concentration_tables
from dealtrack.report.periods import PERIOD, dated, ordered, period_cells
from dealtrack.report.totals import Total, columns, parted, share, total_of, value_of
from dealtrack.report.windows import compared

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


def summary(groups: Sequence[Group], largest: Largest, buying: Buying | None, asked: Asked, basis: Basis) -> Report:
    """The report; `groups` are by the facts of `asked.per` and then by how the value was told."""
    dates = dated(groups)
    periods = ordered(dates, asked.step)
    by_period = _periods(periods, asked)
    whole = total_of(total for _, total in periods)
    whole.put_in_order()
    mega = parted(whole, largest.mega)
    by_period = by_period._replace(foot=("all", None, *whole.cells()))
    parts: list[Part] = [
        Chart("deals", f"Deals and their value by {asked.step}", "bars", "periods", "period", ("deals", "value")),
        by_period,
        compared(dates, asked.step, asked.today, asked.currency),
        Chart("share", f"Deals by {PER[asked.per].lower()}", "bars", "per", asked.per, ("deals",)),
        _per(groups, whole, asked),
        *_crossed(groups, asked),
        *concentration_tables(whole, largest, mega, asked.currency),
        _told(groups, asked.currency),
        *buyer_tables(buying, asked.step, asked.currency),
    ]
    return Report("summary", "Summary", basis, tuple(parts))


def _periods(periods: Iterable[tuple[Period, Total]], asked: Asked) -> Table:
    rows = tuple((*period_cells(period, asked.step), *total.cells()) for period, total in periods)
    heads = (*PERIOD, *columns(asked.currency))
    return Table("periods", f"By {asked.step}", heads, rows)


def _facts(group: Group) -> list[str]:
    """Each of the facts that a group is parted by."""
    return (group.facts[0] or _UNKNOWN).split(";")


def _parted(groups: Iterable[Group]) -> dict[str, list[Group]]:
    """The groups by fact, the fact of most deals first."""
    parted: dict[str, list[Group]] = {}
    for group in groups:
        for fact in _facts(group):
            parted.setdefault(fact, []).append(group)
    deals = {fact: sum(group.tally.deals for group in of) for fact, of in parted.items()}
    return dict(sorted(parted.items(), key=lambda item: (item[0] == _UNKNOWN, -deals[item[0]], item[0])))


def _per(groups: Sequence[Group], whole: Total, asked: Asked) -> Table:
    rows = []
    for fact, of in _parted(groups).items():
        total = total_of(of)
        rows.append((fact, *total.cells(), share(total.tally.deals, whole.tally.deals)))
    heads = (Column(asked.per, PER[asked.per]), *columns(asked.currency), Column("share", "Of all deals", "percent"))
    return Table("per", f"By {PER[asked.per].lower()}", heads, tuple(rows), notes=_note(groups))


def _crossed(groups: Sequence[Group], asked: Asked) -> tuple[Part, ...]:
    """Each period by the fact that was asked for, if one was."""
    if not asked.crossed:
        return ()
    title = f"Deals by {asked.step} and {PER[asked.per].lower()}"
    chart = Chart("course", title, "stacked", "periods_per", "period", ("deals",), asked.per)
    return chart, _cells(groups, asked)


def _cells(groups: Sequence[Group], asked: Asked) -> Table:
    rows = sorted(
        (
            (place_of(period), rank, (*period_cells(period, asked.step), fact, *total.cells()))
            for rank, (fact, of) in enumerate(_parted(groups).items())
            for period, total in ordered(dated(of), asked.step)
        ),
        key=lambda row: row[:2],
    )
    heads = (*PERIOD, Column(asked.per, PER[asked.per]), *columns(asked.currency))
    title = f"By {asked.step} and {PER[asked.per].lower()}"
    return Table("periods_per", title, heads, tuple(row for _, _, row in rows), notes=_note(groups))


def _note(groups: Iterable[Group]) -> tuple[str, ...]:
    return (_SEVERAL,) if any(";" in (group.facts[0] or "") for group in groups) else ()


_SAID: Mapping[str | None, str] = {
    "exact": "stated",
    "at-least": "at least",
    "up-to": "up to",
    "magnitude": "order of magnitude",
    None: "nothing told",
}


def _told(groups: Sequence[Group], currency: str) -> Table:
    """How much was stated, about, a range or undisclosed, and how much of it is in no total."""
    told: dict[str | None, Tally] = {}
    for group in groups:
        told.setdefault(group.facts[1], Tally()).merge(group.tally)
    whole = sum(tally.deals for tally in told.values())
    rows = []
    for qualifier in (known for known in (*QUALIFIERS, None) if known in told):
        tally = told[qualifier]
        lost = tally.deals - tally.valued if qualifier not in ("undisclosed", None) else 0
        said = _SAID.get(qualifier, qualifier)
        rows.append((said, tally.deals, share(tally.deals, whole), tally.valued, value_of(tally), lost))
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
