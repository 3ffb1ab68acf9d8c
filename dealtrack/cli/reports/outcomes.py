"""`report outcomes`: what became of deals."""

from dealtrack.cli.desk import Desk
from dealtrack.cli.options import Clocks, Filters, PartyFlags, ReportShape
from dealtrack.cli.reporting import Asked, put_report
from dealtrack.ledger.whole import whole_deals
from dealtrack.report.outcomes import RULES, outcomes_report


def run(desk: Desk, filters: Filters, parties: PartyFlags, clocks: Clocks, shape: ReportShape) -> None:
    """Tell how many deals closed of those that ended, how the others died, and which came back."""
    asked = Asked(desk, filters, parties, clocks, shape)
    put_report(asked, outcomes_report(whole_deals(desk.ledger, asked.query), asked.basis(RULES)))
