"""`report sources`: which outlets to believe."""

from dealtrack.cli.desk import Desk
from dealtrack.cli.options import Clocks, Filters, PartyFlags, ReportShape
from dealtrack.cli.reporting import Asked, put_report
from dealtrack.ledger.whole import whole_deals
from dealtrack.report.sources import RULES, sources_report


def run(desk: Desk, filters: Filters, parties: PartyFlags, clocks: Clocks, shape: ReportShape) -> None:
    """Tell whose rumors came true and how early, and which facts rest on one page or origin."""
    asked = Asked(desk, filters, parties, clocks, shape)
    put_report(asked, sources_report(whole_deals(desk.ledger, asked.query), asked.basis(RULES)))
