"""`company`: the companies, people, governments and funds that take part in deals, and who is who among them."""

from itertools import islice
from typing import Annotated

from typer import Argument, Option

from dealtrack.cli import companies, judging, pairs
from dealtrack.cli.desk import Desk
from dealtrack.cli.options import Clocks, Output
from dealtrack.cli.output import FIRST_ROWS, format_of, put_text
from dealtrack.cli.querying import limit_of
from dealtrack.domain.figures import DealRow
from dealtrack.domain.query import PartyTest, Query
from dealtrack.exchange.escaping import as_json
from dealtrack.exchange.formats import FORMATS, named

_Words = Annotated[
    list[str] | None,
    Argument(help="Words that occur in a name or alias.", metavar="WORDS", show_default=False),
]
_Name = Annotated[list[str], Argument(help="A slug, name, alias, ticker or identifier.", metavar="COMPANY")]
_Json = Annotated[bool, Option("--json", help="As JSON, with its deals.")]

# Companies are no deals: what draws or dates those does not take them.
_FORMATS = tuple(one for one in FORMATS if one.name in ("csv", "tsv", "json", "ndjson"))


def list_(desk: Desk, output: Output, clocks: Clocks, names: _Words = None) -> None:
    """List companies with their other names and number of deals; those that are one make one row."""
    desk.look_back(clocks)
    found = desk.ledger.companies(names or ())
    usual = FIRST_ROWS if desk.screen.terminal else None
    format_ = format_of(desk, output, _FORMATS)
    most = limit_of(output.limit) if output.limit is not None else None
    if output.ids:
        put_text(desk, output, (f"{row['slug']}\n" for row in islice(found, most)))
    elif format_ != "table":
        write = named(format_).write
        if write is not None:
            put_text(desk, output, write(islice(found, most), None, "companies"))
    else:
        _table(desk, list(found), most if output.limit is not None else usual)


def _table(desk: Desk, found: list[DealRow], most: int | None) -> None:
    from dealtrack.view.company import company_table  # noqa: PLC0415 - drawing is loaded by what draws

    if not found:
        desk.say("No companies match.")
        return
    table = company_table(found[:most], desk.screen)
    desk.show(table.renderable)
    if table.hidden:
        desk.say(f"hidden at {desk.screen.width} columns: {', '.join(table.hidden)} (widen the terminal)")
    if most is not None and len(found) > most:
        desk.say(f"the first {most:,} of {len(found):,} companies; -n 0 shows all")


def show(desk: Desk, name: _Name, clocks: Clocks, json: _Json = False) -> None:
    """Show a company: its names over time, what it is tied to, its deals, stakes, partners and rivals."""
    from dealtrack.cli.profiles import profile_of  # noqa: PLC0415 - listing needs no whole deal

    desk.look_back(clocks)
    slug = desk.ledger.company_slug(" ".join(name))
    profile, rows = profile_of(desk.ledger, slug), list(desk.ledger.select(Query(parties=(PartyTest((slug,)),))))
    if json:
        from dealtrack.exchange.formats import objects  # noqa: PLC0415 - the screen needs no objects
        from dealtrack.exchange.profile import company_object  # noqa: PLC0415 - as above

        desk.screen.write(as_json(company_object(profile, list(objects(rows, None))), indent=2) + "\n")
        return
    from dealtrack.view.company import company_page  # noqa: PLC0415 - drawing is loaded by what draws

    desk.show(company_page(profile, rows, desk.screen))


verbs = {
    "list": list_, "show": show, "add": companies.add, "edit": companies.edit, "alias": companies.alias,
    "parent": companies.parent, "merge": judging.merge, "split": judging.split, "distinct": judging.distinct,
    "unsure": judging.unsure, "duplicates": pairs.duplicates,
}  # fmt: skip
