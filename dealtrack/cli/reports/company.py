"""`report company`: one company in full."""

from dealtrack.cli.desk import Desk
from dealtrack.cli.options import Clocks, Filters, PartyFlags, ReportShape
from dealtrack.cli.reporting import Asked, put_report
from dealtrack.domain.problem import Misuse
from dealtrack.ledger.whole import whole_deals
from dealtrack.report.company import RULES, company_report


def run(desk: Desk, filters: Filters, parties: PartyFlags, clocks: Clocks, shape: ReportShape) -> None:
    """Tell of one company, named by the WORDS: its names, deals on each side, stakes and timeline."""
    name = " ".join(filters.words or ())
    if not name:
        raise Misuse("of which company?", 'name it: dealtrack report company "Rocket Lab"')
    asked = Asked(desk, filters.but(words=None, company=[name, *(filters.company or ())]), parties, clocks, shape)
    deals = list(whole_deals(desk.ledger, asked.query))
    put_report(asked, company_report(desk.ledger.company(name), deals, asked.basis(RULES), desk.today))
