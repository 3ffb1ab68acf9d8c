"""What an event says of a fact, and on which page it was read, as cells of a report."""

from collections.abc import Iterable

from dealtrack.domain.contents import Part, Reference, Table
from dealtrack.domain.deal import Deal
from dealtrack.domain.event import Event
from dealtrack.domain.fold import Field
from dealtrack.text.money import say_money_short
from dealtrack.text.stakes import say_stake_short


def words(event: Event | None, field: Field) -> str | None:
    """What the event says of the fact: `completed`, `USD 275M consideration`, `51% acquired`."""
    if event is None:
        return None
    if field == "status":
        return event.status
    figure = event.value if field == "value" else event.stake
    if figure is None:
        return None
    said = say_money_short(event.value) if field == "value" and event.value else ""
    said = say_stake_short(event.stake) if field == "stake" and event.stake else said
    return f"{said} {(figure.basis or '').replace('-', ' ')}".strip()


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
