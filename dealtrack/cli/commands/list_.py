"""`list`: the deals that match."""

from dealtrack.cli.desk import Desk
from dealtrack.cli.options import DeskFlags, Filters, PartyFlags, Shape
from dealtrack.cli.output import DEFAULT_COLUMNS, put_deals
from dealtrack.cli.querying import query_of


def run(filters: Filters, parties: PartyFlags, shape: Shape, flags: DeskFlags) -> None:
    """List the deals that match, newest first."""
    desk = Desk(flags)
    put_deals(desk, query_of(desk, filters, parties, shape), shape, DEFAULT_COLUMNS)
