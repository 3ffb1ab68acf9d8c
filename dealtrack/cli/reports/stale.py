"""`report stale`: open deals to verify."""

from dealtrack.cli.desk import Desk
from dealtrack.cli.options import Clocks, Filters, PartyFlags, ReportShape
from dealtrack.cli.reporting import Asked, put_report
from dealtrack.cli.silence import Others, Rumored, limits_of
from dealtrack.exchange.record import parties_of
from dealtrack.report.stale import rules, stale, stale_report


def run(
    desk: Desk, filters: Filters, parties: PartyFlags, clocks: Clocks, shape: ReportShape, rumored: Rumored = None,
    others: Others = None,
) -> None:  # fmt: skip
    """List open deals to verify: long silent, or past their expected closing, the most urgent first.

    Silence ends with any event, publication, or `update REF --checked`.
    """
    asked = Asked(desk, filters, parties, clocks, shape)
    limits = limits_of(rumored, others)
    rows = ({**row, "parties": parties_of(row)} for row in desk.listing.select(asked.query))
    entries = stale(rows, desk.today, limits)
    put_report(asked, stale_report(entries, asked.basis(rules(limits))))
