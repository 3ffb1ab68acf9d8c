"""`report league`: who buys, invests, sells and is bought most."""

from typing import Annotated

from typer import Option

from dealtrack.cli import words
from dealtrack.cli.desk import Desk
from dealtrack.cli.options import Clocks, Filters, PartyFlags, ReportShape
from dealtrack.cli.reporting import Asked, put_report
from dealtrack.exchange.record import deal_line, parties_of
from dealtrack.report.league import LEAGUES, USUAL, is_announced, league_report, rules

_Role = Annotated[
    list[str] | None,
    Option("--role", help=f"Which: {', '.join(LEAGUES)}.", metavar="WHO", show_default=False),
]


def run(
    desk: Desk, filters: Filters, parties: PartyFlags, clocks: Clocks, shape: ReportShape, role: _Role = None
) -> None:
    """Rank buyers, investors, targets and sellers by number of deals and what is known of their value.

    Of deals that are agreed or completed, unless --status says which.
    """
    asked = Asked(desk, filters, parties, clocks, shape)
    whatever = bool(filters.status)
    leagues = tuple(dict.fromkeys(words.one_of(word, tuple(LEAGUES), "league") for word in words.apart(role))) or USUAL
    rows = (row for row in desk.listing.select(asked.query) if whatever or is_announced(row))
    told = (({**row, "parties": parties_of(row)}, deal_line(row)) for row in rows)
    put_report(asked, league_report(told, leagues, asked.query.worth.currency, asked.basis(rules(whatever=whatever))))
