"""`report links`: deals that may belong together and are not linked."""

from dealtrack.cli.desk import Desk
from dealtrack.cli.options import Clocks, Filters, PartyFlags, ReportShape
from dealtrack.cli.reporting import Asked, put_report
from dealtrack.ledger.whole import whole_deals
from dealtrack.report.links import RULES, links_report


def run(desk: Desk, filters: Filters, parties: PartyFlags, clocks: Clocks, shape: ReportShape) -> None:
    """Suggest links: rival bids, bids made again, later rounds, what led to a takeover. Nothing is linked by it."""
    asked = Asked(desk, filters, parties, clocks, shape)
    put_report(asked, links_report(whole_deals(desk.ledger, asked.query), asked.basis(RULES)))
