"""How a report reaches the screen, a pipe or a file, and what of its basis the command line decides."""

import shlex
from collections.abc import Iterator
from pathlib import Path

from dealtrack import __version__
from dealtrack.cli import words
from dealtrack.cli.desk import Desk
from dealtrack.cli.files import new_file
from dealtrack.cli.options import Clocks, Filters, Flags, Output, PartyFlags, ReportShape, Shape
from dealtrack.cli.output import FIRST_ROWS, format_of, in_file, nothing_found, put_text, say_hidden, whole
from dealtrack.cli.querying import limit_of, query_of
from dealtrack.domain.contents import Basis, Chart, Part, Report, Table
from dealtrack.domain.problem import Misuse
from dealtrack.domain.query import Query
from dealtrack.exchange.formats import ROWS
from dealtrack.report.basis import NO_RATES, Rules
from dealtrack.report.pages import PAGES, Page
from dealtrack.text.counts import counted


class Asked:
    """What a report is asked of: the desk, the deals that match, and what was typed for them."""

    def __init__(self, desk: Desk, filters: Filters, parties: PartyFlags, clocks: Clocks, shape: ReportShape) -> None:
        desk.look_back(clocks)
        self.desk, self.shape = desk, shape
        self.query: Query = query_of(desk, filters, parties, Shape())._replace(sort=(("id", False),))
        self._filters = [*_typed(filters), *_typed(parties)]
        self._as_of = clocks.as_of

    @property
    def filters(self) -> str:
        """Which deals are asked for, as it could be typed again."""
        return shlex.join(self._filters) or "none"

    def of_one(self, deal_id: int) -> None:
        """Let it be asked of one deal, however that was named."""
        self.query = Query(ids=(deal_id,), worth=self.query.worth)

    def dated(self, clock: str) -> None:
        """Let it be asked only of deals that have such a date; each was first seen, be it that nobody knows when."""
        if clock != "first_seen":
            self.query = self.query._replace(clocks=(*self.query.clocks, (clock, (True,))))

    def basis(self, rules: Rules) -> Basis:
        """What the report rests on: the same ledger, filters and rules say the same again."""
        change, deals = self.desk.listing.state()
        worth = self.query.worth
        rates = rules.rates if worth.on is None or rules.rates == NO_RATES else f"those of {worth.on}, for every deal"
        day = f"events dated and published by {self.desk.today}" if self._as_of else f"today is {self.desk.today}"
        return Basis(
            ledger=f"{self.desk.path.name} at change {change}",
            filters=self.filters,
            clock=day,
            dates=rules.dates,
            values=rules.values.replace("{currency}", worth.currency),
            rates=rates,
            rule=rules.rule,
            deals=self.desk.listing.count(self.query),
            of=deals,
            version=__version__,
        )


def _typed(flags: Flags) -> Iterator[str]:
    """The flags of a group as they could be typed again."""
    for name in flags.given():
        value, flag = getattr(flags, name), flags.all()[name]
        for word in value if isinstance(value, list) else [value]:
            yield from (*flag.names[-1:], *([] if word is True else [str(word)]))


def put_report(asked: Asked, report: Report) -> None:
    """Put the report out in the shape asked for."""
    desk, shape = asked.desk, asked.shape
    report = report if shape.table is None else _narrowed(report, shape.table)
    most = limit_of(shape.limit) if shape.limit is not None else None
    format_ = "ids" if shape.ids else format_of(desk, shape, (*ROWS, *PAGES))
    # The basis tells of the clock, in a page as on the screen.
    desk.clock = None
    if format_ == "table":
        _show(asked, report, FIRST_ROWS if shape.limit is None and desk.screen.terminal else most)
        return
    report = _shortened(report, most)
    page = next((page for page in PAGES if page.name == format_), None)
    if page is not None:
        put_page(desk, page, report, shape)
    else:
        _put_rows(desk, report, format_, shape)


def _show(asked: Asked, report: Report, most: int | None) -> None:
    desk = asked.desk
    if not report.basis.deals:
        desk.say(nothing_found(desk, asked.query))
        return
    from dealtrack.view.contents import report_page  # noqa: PLC0415 - drawing is loaded by what draws

    page = report_page(report, most, desk.screen)
    desk.let_go()
    desk.show(page.lines)
    say_hidden(desk, page.hidden, "--table KEY -O csv" if len(report.tables) > 1 else "-O csv")
    if page.unshown:
        more = f"{page.unshown:,} more with {whole('-n 0')}"
        desk.note(f"{counted(most or 0, 'row')} of a table at most, in time the last; {more}")


def _narrowed(report: Report, key: str) -> Report:
    """The report with one of its tables, and the charts of it, alone."""
    chosen = words.one_of(key, tuple(table.key for table in report.tables), "table of this report")

    def belongs(part: Part) -> bool:
        return (isinstance(part, Table) and part.key == chosen) or (isinstance(part, Chart) and part.table == chosen)

    return report._replace(parts=tuple(part for part in report.parts if belongs(part)))


def _shortened(report: Report, most: int | None) -> Report:
    """The report with so many rows of each table at most."""
    parts = (part.short(most) if isinstance(part, Table) else part for part in report.parts)
    return report._replace(parts=tuple(parts))


def _put_rows(desk: Desk, report: Report, format_: str, shape: ReportShape) -> None:
    """The whole report as an object; as lines, or ids, its main table alone, and what that leaves out is said."""
    from dealtrack.exchange.contents import record, written  # noqa: PLC0415 - a screen or page has no use for it

    table = report.tables[0]
    if format_ == "ids":
        if "id" not in (column.key for column in table.columns):
            tables = [t.key for t in report.tables if "id" in (column.key for column in t.columns)]
            hint = f"its tables of deals: --table {' or '.join(tables)}" if tables else "see its tables: -O table"
            raise Misuse(f'the table "{table.key}" of this report has no deals', hint)
        ids = dict.fromkeys(record(table, row)["id"] for row in table.rows)
        put_text(desk, shape, (f"{deal_id}\n" for deal_id in ids))
        return
    put_text(desk, shape, written(report, format_, table))
    if format_ != "json":
        left = [other.key for other in report.tables[1:]]
        more = f"; left out: {', '.join(left)} (--table KEY, or -O json)" if left else ""
        basis = report.basis
        desk.say(f"{table.key}: {basis.deals:,} of {basis.of:,} deals of {basis.ledger}, {basis.clock}{more}")


def put_page(desk: Desk, page: Page, report: Report, shape: Output) -> None:
    """A page goes where text goes; a picture of bytes into a file only."""
    made = page.write(report)
    if isinstance(made, str):
        put_text(desk, shape, [made])
        return
    if shape.output is None or not in_file(shape):
        raise Misuse(f"{page.name} is no text for the screen", f"say where: -o report{page.suffix}")
    path = Path(shape.output)
    with new_file(path, force=shape.force) as temporary:
        temporary.write_bytes(made)
    desk.say(f"Wrote {path}")
