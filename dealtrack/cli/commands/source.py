"""`source`: the pages and documents that events were read in, how far each is believed, and what rests on it."""

from itertools import islice
from typing import Annotated

from typer import Argument, Option

from dealtrack.cli import sourcing
from dealtrack.cli.desk import Desk
from dealtrack.cli.narrowing import narrowed, narrowed_publishers, sorted_by
from dealtrack.cli.options import Clocks, Shape, SourceFilters
from dealtrack.cli.output import FIRST_ROWS, columns_of, format_of, put_text
from dealtrack.cli.querying import limit_of
from dealtrack.domain.columns import Table
from dealtrack.domain.figures import DealRow
from dealtrack.domain.publisher import Publisher
from dealtrack.exchange.escaping import as_json
from dealtrack.exchange.formats import FORMATS, named
from dealtrack.text.counts import counted

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
    format_ = format_of(desk, shape, _FORMATS)
    most = limit_of(shape.limit) if shape.limit is not None else None
    if shape.ids:
        put_text(desk, shape, (f"{row['name' if filters.publishers else 'key']}\n" for row in islice(found, most)))
    elif format_ != "table":
        write = named(format_).write
        if write is not None:
            put_text(desk, shape, write(islice(found, most), columns, table))
    else:
        usual = FIRST_ROWS if desk.screen.terminal else None
        _table(desk, found, most if shape.limit is not None else usual, columns, table)


def _table(desk: Desk, found: list[DealRow], most: int | None, columns: list[str] | None, what: Table) -> None:
    from dealtrack.view.source import source_table  # noqa: PLC0415 - drawing is loaded by what draws

    if not found:
        desk.say(f"No {what} match.")
        return
    table = source_table(found[:most], columns, desk.screen, what)
    desk.show(table.renderable)
    desk.screen.show(counted(len(found), what.removesuffix("s")))
    if table.hidden:
        names = ", ".join(table.hidden)
        desk.say(f"hidden at {desk.screen.width} columns: {names} (widen the terminal, or name --columns)")
    if most is not None and len(found) > most:
        desk.say(f"the first {most:,} of {len(found):,} {what}; -n 0 shows all")


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
