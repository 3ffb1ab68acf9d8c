"""`list`: the deals that match."""

from dealtrack.cli.desk import Desk
from dealtrack.cli.options import Filters, PartyFlags, Shape
from dealtrack.cli.output import DEFAULT_COLUMNS, put_deals
from dealtrack.cli.querying import query_of


def run(desk: Desk, filters: Filters, parties: PartyFlags, shape: Shape) -> None:
    """List the deals that match, newest first."""
    put_deals(desk, query_of(desk, filters, parties, shape), shape, DEFAULT_COLUMNS)
