"""`list`: the deals that match."""

from dealtrack.cli.desk import Desk
from dealtrack.cli.options import Clocks, Filters, PartyFlags, Shape
from dealtrack.cli.output import DEFAULT_COLUMNS, put_deals
from dealtrack.cli.querying import query_of


def run(desk: Desk, filters: Filters, parties: PartyFlags, clocks: Clocks, shape: Shape) -> None:
    """List the deals that match, newest first."""
    desk.look_back(clocks)
    put_deals(desk, query_of(desk, filters, parties, shape), shape, DEFAULT_COLUMNS)
