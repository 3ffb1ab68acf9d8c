"""One company: its names, its deals on each side, the stakes it holds and that others hold of it, and its timeline."""

from collections.abc import Sequence
from datetime import date

from dealtrack.domain.company import Company
from dealtrack.domain.contents import Basis, Cell, Column, Interval, Part, Prose, Report, Table
from dealtrack.domain.deal import Deal
from dealtrack.domain.holding import Register
from dealtrack.domain.party import ROLES
from dealtrack.report.basis import FIRST_SEEN, REFERENCE_RATES, VALUES, Rules
from dealtrack.report.facts import addresses
from dealtrack.report.groups import grouped, named
from dealtrack.report.stakes import holdings
from dealtrack.report.timelines import company_report as timeline

RULES = Rules(
    dates=FIRST_SEEN,
    values=VALUES.format(currency="US dollars"),
    rates=REFERENCE_RATES,
    rule="every deal that it takes part in, under any name",
)


def company_report(company: Company, deals: Sequence[Deal], basis: Basis, today: date) -> Report:
    """Everything that the ledger holds of the company."""
    along_time = timeline(company.name, deals, basis, today)
    parts: tuple[Part, ...] = (
        Prose("Profile", _profile(company)),
        _deals(company, deals),
        _sides(company, deals),
        _names(company),
        holdings(Register(deals)),
        *along_time.parts,
    )
    return Report("company", company.name, basis, parts, addresses(deals, parts))


def _profile(company: Company) -> tuple[str, ...]:
    told = (company.kind, company.country, ", ".join(company.sectors), company.ticker)
    return tuple(filter(None, (" · ".join(word for word in told if word), company.note)))


def _names(company: Company) -> Table:
    columns = (Column("name", "Name"), Column("sort", "Sort of name"), Column("valid", "When", "date", spare=1))
    rows = ((company.name, "present", None), *((alias.alias, alias.kind, alias.valid) for alias in company.aliases))
    return Table("names", "Names", columns, rows)


def _roles(company: Company, deal: Deal) -> tuple[str, ...]:
    mine = {party.role for party in deal.parties if party.company == company.slug}
    return tuple(role for role in ROLES if role in mine)


def _deals(company: Company, deals: Sequence[Deal]) -> Table:
    columns = (
        Column("id", "ID", "count"),
        Column("deal", "Deal", "deal"),
        Column("role", "As", "words"),
        Column("kind", "Kind", spare=2),
        Column("since", "Since", "date", main=True),
        Column("status", "Status", main=True),
        Column("value", "Value", "amount", main=True),
        Column("usd", "Counted as", "money", unit="USD", spare=1),
    )
    return Table("deals", "Deals", columns, tuple(_deal(company, deal) for deal in deals))


def _deal(company: Company, deal: Deal) -> tuple[Cell, ...]:
    facts = deal.facts
    event = facts.value.event if facts.value else None
    return (
        deal.id, named(deal), _roles(company, deal), deal.kind, facts.first_seen,
        facts.status.event.status if facts.status else None, event.value if event else None,
        Interval(event.dollars.low, event.dollars.high) if event and event.dollars else None,
    )  # fmt: skip


def _sides(company: Company, deals: Sequence[Deal]) -> Table:
    """How often it stood on which side, and what came of that."""
    columns = (
        Column("role", "As"),
        Column("deals", "Deals", "count"),
        Column("completed", "Completed", "count"),
        Column("open", "Open", "count"),
        Column("died", "Died", "count"),
    )
    by_role = dict(grouped(deals, lambda deal: _roles(company, deal)))
    phases = {role: [deal.facts.phase for deal in by_role[role]] for role in ROLES if role in by_role}
    rows = tuple(
        (role, len(found), found.count("done"), found.count("open"), found.count("dead"))
        for role, found in phases.items()
    )
    return Table("sides", "On which side", columns, rows)
