"""Which deals may be linked: what speaks for each link, for a person to judge."""

from collections.abc import Iterable

from dealtrack.domain.contents import Basis, Cell, Column, Report, Table
from dealtrack.domain.deal import Deal
from dealtrack.domain.relating import Suggestion, suggestions
from dealtrack.report.basis import NO_RATES, NO_VALUES, Rules
from dealtrack.report.groups import named

RULES = Rules(
    rule="deals that match, with what speaks for linking two of them; none that are linked already",
    dates="from the first trace of a deal to its end",
    values=NO_VALUES,
    rates=NO_RATES,
)
_COLUMNS = (
    Column("id", "ID", "count"),
    Column("deal", "Deal", "deal"),
    Column("relation", "Relation"),
    Column("other_id", "ID", "count"),
    Column("other", "Other deal", "deal"),
    Column("why", "What speaks for it"),
)
_NOTE = "To take one: dealtrack link ID RELATION ID. Nothing is linked by itself."


def links_report(deals: Iterable[Deal], basis: Basis) -> Report:
    """A row for each pair of deals that may be linked, as the words of `link`."""
    rows = tuple(map(_row, suggestions(deals)))
    table = Table("suggested", "Links that may be missing", _COLUMNS, rows, notes=(_NOTE,) if rows else ())
    return Report("links", "Links that may be missing", basis, (table,))


def _row(told: Suggestion) -> tuple[Cell, ...]:
    return told.deal.id, named(told.deal), told.relation, told.other.id, named(told.other), told.why
