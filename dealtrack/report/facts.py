"""On which page an event was read, as cells of a report, and where those pages are."""

from collections.abc import Iterable

from dealtrack.domain.contents import Part, Reference, Table
from dealtrack.domain.deal import Deal
from dealtrack.domain.event import Event


def page(event: Event | None) -> Reference | None:
    """Where the event was read."""
    source = event.source if event else None
    return Reference(source.key, source.publisher or source.title or source.key) if source else None


def addresses(deals: Iterable[Deal], parts: Iterable[Part]) -> tuple[tuple[str, str], ...]:
    """The addresses of the pages that the tables name, for a page of its own to link to."""
    named = {
        cell.slug
        for table in parts
        if isinstance(table, Table)
        for at, column in enumerate(table.columns)
        if column.sort == "source"
        for row in table.rows
        if isinstance(cell := row[at], Reference)
    }
    pages = (event.source for deal in deals for event in deal.events if event.source)
    found = {page.key: page.url for page in pages if page.url and page.key in named}
    return tuple(sorted(found.items()))
