"""`report conflicts`: where sources disagree."""

from dealtrack.cli.desk import Desk
from dealtrack.cli.options import Clocks, Filters, PartyFlags, ReportShape
from dealtrack.cli.reporting import Asked, put_report
from dealtrack.ledger.whole import whole_deals
from dealtrack.report.conflicts import RULES, conflicts_report


def run(desk: Desk, filters: Filters, parties: PartyFlags, clocks: Clocks, shape: ReportShape) -> None:
    """Tell where sources disagree, which is believed and why, and how belief changed."""
    asked = Asked(desk, filters, parties, clocks, shape)
    put_report(asked, conflicts_report(whole_deals(desk.ledger, asked.query), asked.basis(RULES), desk.today))
