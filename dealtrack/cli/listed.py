"""Rows that are no deals - companies, sources, publishers - put out: on the screen, in a pipe, or into a file."""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from dealtrack.cli.desk import Desk
from dealtrack.cli.options import Output, Shape
from dealtrack.cli.output import FIRST_ROWS, format_of, put_text, say_hidden
from dealtrack.cli.querying import limit_of
from dealtrack.domain.columns import Table
from dealtrack.domain.figures import DealRow
from dealtrack.exchange.formats import Format, named
from dealtrack.text.counts import counted

if TYPE_CHECKING:
    from dealtrack.view import table as view

Draw = Callable[[Sequence[DealRow]], "view.Table"]


def put_listed(
    desk: Desk, shape: Output, found: Iterable[DealRow], what: Table, key: str, draw: Draw,
    *, columns: Sequence[str] | None = None, formats: Sequence[Format],
) -> None:  # fmt: skip
    """Put out the rows in one of the formats; `what` they are, and `key` the cell that names one."""
    format_ = format_of(desk, shape, formats)
    most = limit_of(shape.limit) if shape.limit is not None else None
    if shape.ids:
        put_text(desk, shape, (f"{row[key]}\n" for row in islice(found, most)))
    elif format_ != "table":
        write = named(format_).write
        if write is not None:
            put_text(desk, shape, write(islice(found, most), columns, what))
    else:
        usual = FIRST_ROWS if desk.screen.terminal else None
        most = most if shape.limit is not None else usual
        _drawn(desk, list(found), most, what, draw, named=isinstance(shape, Shape))


def _drawn(desk: Desk, found: Sequence[DealRow], most: int | None, what: Table, draw: Draw, *, named: bool) -> None:
    """Draw the rows, so many at most; columns that have no room are told as they are `named` on the command line."""
    if not found:
        desk.say(f"No {what} match.")
        return
    table = draw(found[:most])
    desk.show(table.renderable)
    desk.screen.show(counted(len(found), "company" if what == "companies" else what.removesuffix("s")))
    hidden = ", ".join(table.hidden if named else table.hidden.values())
    say_hidden(desk, hidden, "name --columns" if named else "-O csv")
    if most is not None and len(found) > most:
        desk.say(f"the first {most:,} of {len(found):,} {what}; -n 0 shows all")
