"""`report durations`: how long deals take."""

from dealtrack.cli.desk import Desk
from dealtrack.cli.options import Clocks, Filters, PartyFlags, ReportShape
from dealtrack.cli.reporting import Asked, put_report
from dealtrack.ledger.whole import whole_deals
from dealtrack.report.durations import RULES, durations_report


def run(desk: Desk, filters: Filters, parties: PartyFlags, clocks: Clocks, shape: ReportShape) -> None:
    """Tell how long deals take from the first trace to signing to closing, open ones counted too."""
    asked = Asked(desk, filters, parties, clocks, shape)
    put_report(asked, durations_report(whole_deals(desk.ledger, asked.query), asked.basis(RULES)))
