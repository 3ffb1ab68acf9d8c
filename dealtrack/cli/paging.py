"""What the pages of a timeline are made of: read from the ledger, with what they rest on."""

from dealtrack.cli.reporting import Asked
from dealtrack.domain.contents import Report
from dealtrack.domain.contest import contest
from dealtrack.domain.figures import Step
from dealtrack.domain.related import related_to
from dealtrack.exchange.record import parties_of
from dealtrack.report.basis import Rules
from dealtrack.report.bids import target_report
from dealtrack.report.timelines import company_report, deal_report, period_report

_ITS_OWN = Rules(
    dates="each event at any day on which it can have happened",
    values="as the events say, in their own currencies",
    rates="none",
)


def deal_page(asked: Asked, deal_id: int) -> Report:
    """One deal along time."""
    asked.of_one(deal_id)
    rules = _ITS_OWN._replace(rule="all events; those of credibility 5 and 6 apart")
    ledger = asked.desk.ledger
    deal = ledger.get(deal_id)
    return deal_report(deal, related_to(deal, ledger.get), asked.basis(rules), asked.desk.today)


def company_page(asked: Asked, name: str) -> Report:
    """One company along time, by its deals."""
    ledger = asked.desk.ledger
    deals = [ledger.get(deal_id) for deal_id in ledger.ids(asked.query)]
    return company_report(ledger.company(name).name, deals, asked.basis(_ITS_OWN), asked.desk.today)


def target_page(asked: Asked, name: str) -> Report:
    """The bids for one company, side by side."""
    ledger = asked.desk.ledger
    company = ledger.company(name)
    deals = [ledger.get(deal_id) for deal_id in ledger.ids(asked.query)]
    return target_report(company.name, contest(deals, company.slug), asked.basis(_ITS_OWN), asked.desk.today)


def period_page(asked: Asked, step: Step) -> Report:
    """All that match along time, by period."""
    rows = ({**row, "parties": parties_of(row)} for row in asked.desk.listing.select(asked.query))
    return period_report(rows, step, asked.query.worth.currency, asked.basis(Rules()), asked.desk.today)
