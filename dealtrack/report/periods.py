"""Deals by the period that they fall into, the oldest first; those whose period is not known are told apart."""

from collections.abc import Mapping

from dealtrack.domain.contents import Cell, Column
from dealtrack.domain.figures import Period, Step, place_of
from dealtrack.report.totals import Total

# The columns of a period: when it was, and how it is placed where that is not known, lest it be read as a whole year.
PERIOD: tuple[Column, ...] = (Column("period", "Period", "date"), Column("placed", "Placed", spare=-1))


def in_order(periods: Mapping[Period, Total]) -> list[tuple[Period, Total]]:
    """The periods with what falls into each, the oldest first."""
    return sorted(periods.items(), key=lambda item: place_of(item[0]))


def period_cells(period: Period, step: Step) -> tuple[Cell, Cell]:
    """The cells of the columns of a period."""
    vague = f"{step if period.when else 'year'} not known" if period.vague else None
    return period.when, vague
