"""`company`: the companies, people, governments and funds that take part in deals, and who is who among them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from dealtrack.cli import companies, judging, pairs
from dealtrack.cli.desk import Desk
from dealtrack.cli.listed import put_listed
from dealtrack.cli.options import Clocks, Output
from dealtrack.domain.figures import DealRow
from dealtrack.domain.query import PartyTest, Query
from dealtrack.exchange.escaping import as_json
from dealtrack.exchange.formats import FORMATS

if TYPE_CHECKING:
    from dealtrack.view import table as view

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

    def draw(rows: Sequence[DealRow]) -> "view.Table":
        from dealtrack.view.company import company_table  # noqa: PLC0415 - drawing is loaded by what draws

        return company_table(rows, desk.screen)

    put_listed(desk, output, found, "companies", "slug", draw, formats=_FORMATS)


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
