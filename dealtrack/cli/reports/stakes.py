"""`report stakes`: who holds what of whom."""

from dealtrack.cli.desk import Desk
from dealtrack.cli.options import Clocks, Filters, PartyFlags, ReportShape
from dealtrack.cli.reporting import Asked, put_report
from dealtrack.ledger.whole import whole_deals
from dealtrack.report.stakes import RULES, stakes_report


def run(desk: Desk, filters: Filters, parties: PartyFlags, clocks: Clocks, shape: ReportShape) -> None:
    """Tell who holds what of whom on a day, step by step, with what cannot be right."""
    asked = Asked(desk, filters, parties, clocks, shape)
    put_report(asked, stakes_report(whole_deals(desk.ledger, asked.query), asked.basis(RULES)))
