"""Deals by the period that they fall into, the oldest first; those whose period is not known are told apart."""

from collections.abc import Iterable, Mapping

from dealtrack.domain.contents import Cell, Column
from dealtrack.domain.figures import Group, Period, Step, period_of, place_of
from dealtrack.report.totals import Total

# The columns of a period: when it was, and how it is placed where that is not known.
PERIOD: tuple[Column, ...] = (Column("period", "Period", "date"), Column("placed", "Placed", spare=1))


def dated(groups: Iterable[Group]) -> dict[str | None, list[Group]]:
    """The groups of each date, as it is written."""
    dates: dict[str | None, list[Group]] = {}
    for group in groups:
        dates.setdefault(group.when, []).append(group)
    return dates


def ordered(dates: Mapping[str | None, Iterable[Group]], step: Step) -> list[tuple[Period, Total]]:
    """What falls into each period, the oldest first."""
    periods: dict[Period, Total] = {}
    for when, groups in dates.items():
        total = periods.setdefault(period_of(when, step), Total())
        for group in groups:
            total.add(group)
    return sorted(periods.items(), key=lambda item: place_of(item[0]))


def period_cells(period: Period, step: Step) -> tuple[Cell, Cell]:
    """The cells of the columns of a period."""
    vague = f"{step if period.when else 'year'} not known" if period.vague else None
    return period.when, vague
