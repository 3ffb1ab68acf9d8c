"""`source`: the pages and documents that events were read in, how far each is believed, and what rests on it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from dealtrack.cli import sourcing
from dealtrack.cli.desk import Desk
from dealtrack.cli.listed import put_listed
from dealtrack.cli.narrowing import narrowed, narrowed_publishers, sorted_by
from dealtrack.cli.options import Clocks, Shape, SourceFilters
from dealtrack.cli.output import columns_of
from dealtrack.domain.columns import Table
from dealtrack.domain.figures import DealRow
from dealtrack.domain.publisher import Publisher
from dealtrack.exchange.escaping import as_json
from dealtrack.exchange.formats import FORMATS

if TYPE_CHECKING:
    from dealtrack.view import table as view

_Source = Annotated[list[str], Argument(help="A key (s-0123), an address, or a publisher.", metavar="SOURCE")]
_Json = Annotated[bool, Option("--json", help="As JSON, with all that rests on it.")]

# Sources are no deals: what is a file of many tables, or of days to come, does not take them.
_FORMATS = tuple(one for one in FORMATS if one.write is not None and one.name != "ics")


def list_(desk: Desk, filters: SourceFilters, shape: Shape, clocks: Clocks) -> None:
    """List sources: who published them, whose reporting they relay, their grade, and how many events rest on them."""
    from dealtrack.ledger.sources import all_sources, publisher_rows  # noqa: PLC0415 - the verbs that write have another door

    desk.look_back(clocks)
    ledger = desk.ledger
    if filters.publishers:
        found = narrowed_publishers(publisher_rows(ledger), filters)
    else:
        found = narrowed(all_sources(ledger), filters, ledger.outlets, desk.today)
    table: Table = "publishers" if filters.publishers else "sources"
    if shape.sort:
        found = sorted_by(found, shape.sort, table)
    columns = columns_of(shape, table)

    def draw(rows: Sequence[DealRow]) -> "view.Table":
        from dealtrack.view.source import source_table  # noqa: PLC0415 - drawing is loaded by what draws

        return source_table(rows, columns, desk.screen, table)

    key = "name" if filters.publishers else "key"
    put_listed(desk, shape, found, table, key, draw, columns=columns, formats=_FORMATS)


def show(desk: Desk, source: _Source, clocks: Clocks, json: _Json = False) -> None:
    """Show a source: its grade, the way its report came, who relays it, and what rests on it; or a publisher."""
    from dealtrack.domain.cited import standing_of  # noqa: PLC0415 - a list holds no deal whole
    from dealtrack.ledger.sources import deals_read_in, meant_by  # noqa: PLC0415 - as above

    desk.look_back(clocks)
    meant = meant_by(desk.ledger, " ".join(source))
    if isinstance(meant, Publisher):
        _show_publisher(desk, meant, json=json)
        return
    standing = standing_of(meant, deals_read_in(desk.ledger, meant))
    if json:
        from dealtrack.exchange.cited import source_in_full  # noqa: PLC0415 - the screen needs no objects

        desk.screen.write(as_json(source_in_full(standing), indent=2) + "\n")
        return
    from dealtrack.view.source import source_page  # noqa: PLC0415 - drawing is loaded by what draws

    desk.show(source_page(standing, desk.screen, desk.ledger.outlets))


def _show_publisher(desk: Desk, meant: Publisher, *, json: bool) -> None:
    from dealtrack.ledger.sources import publisher_row  # noqa: PLC0415 - a list holds no deal whole

    row = publisher_row(desk.ledger, meant)
    if json:
        from dealtrack.exchange.formats import objects  # noqa: PLC0415 - the screen needs no objects

        whole = next(objects([row], None, "publishers"))
        desk.screen.write(as_json(whole | {name: row[name] for name in ("pages", "relays", "deals")}, indent=2) + "\n")
        return
    from dealtrack.view.source import publisher_page  # noqa: PLC0415 - drawing is loaded by what draws

    desk.show(publisher_page(row, desk.screen))


verbs = {"list": list_, "show": show, "add": sourcing.add, "edit": sourcing.edit, "grade": sourcing.grade}
