"""`timeline`: events along time, of one deal, one company, or all that match."""

from typing import Annotated, cast

from typer import Option

from dealtrack.cli import words
from dealtrack.cli.desk import Desk
from dealtrack.cli.meant import put_in_full
from dealtrack.cli.options import Clocks, Filters, PartyFlags, ReportShape, Shape
from dealtrack.cli.output import format_of, nothing_found, put_deals
from dealtrack.cli.querying import query_of
from dealtrack.cli.reporting import Asked, put_page
from dealtrack.cli.worth import worth_of
from dealtrack.domain.contest import contest
from dealtrack.domain.figures import STEPS, Step
from dealtrack.domain.problem import Misuse
from dealtrack.domain.query import Query
from dealtrack.domain.related import related_to
from dealtrack.exchange.formats import FORMATS
from dealtrack.ledger.identity import NoSuchDeal
from dealtrack.report.pages import PAGES, Page
from dealtrack.view.timeline import company_timeline, counted_timeline, deal_timeline, period_timeline, target_timeline

_By = Annotated[str | None, Option("--by", help="Group by month, quarter or year.", metavar="STEP", show_default=False)]

# So many deals are listed under their periods unasked.
MANY = 1_000
_Deals = Annotated[bool, Option("--deals", help=f"List the deals of each period, even more than {MANY:,}.")]


def run(
    desk: Desk, filters: Filters, parties: PartyFlags, clocks: Clocks, shape: Shape, by: _By = None,
    deals: _Deals = False,
) -> None:  # fmt: skip
    """Draw along time: a deal (`timeline REF`), a company (`-c X`), its bidders (`--target X`), or all that match."""
    page = _page(desk, shape)
    rows = shape.json or shape.output or shape.ids or shape.format not in (None, "table")
    if page or not rows:
        _refuse_rows(shape)
    if page:
        _timeline_page(Asked(desk, filters, parties, clocks, ReportShape()), filters, parties, by, page, shape)
        return
    # Lanes and periods tell each value in its own currency.
    desk.look_back(clocks, "values" if rows or (by is None and _only_words(filters)) else "totals")
    one = _one_deal(desk, filters)
    query = query_of(desk, filters, parties, shape) if one is None else Query(ids=(one,), worth=desk.worth)
    if shape.json and one is not None:
        put_in_full(desk, [one], shape)
    elif rows:
        put_deals(desk, query, shape, None)
    elif one is not None and by is None:
        deal = desk.ledger.get(one)
        related = related_to(deal, desk.ledger.get)
        desk.show(deal_timeline(deal, desk.screen, desk.today, related, worth_of(desk, one)))
    elif (number := desk.listing.count(query)) == 0:
        desk.say(nothing_found(desk, query))
    elif by is None and (name := _alone(filters.company)):
        _company(desk, name, query)
    elif by is None and (name := _alone(parties.target)):
        _target(desk, name, query)
    else:
        step = cast("Step", words.one_of(by or "quarter", STEPS, "step"))
        _periods(desk, query, step, number if number > MANY and not deals else None)


def _periods(desk: Desk, query: Query, step: Step, too_many: int | None) -> None:
    """The periods with their deals, or of too many deals the periods alone."""
    if too_many is None:
        desk.show(period_timeline(desk.ledger.select(query), step, desk.screen, query.worth.currency))
        return
    tallies = desk.listing.tallies(query, "first_seen")
    desk.show(counted_timeline(tallies, step, desk.screen, query.worth.currency))
    desk.say(f"{too_many:,} deals are counted; up to {MANY:,} are listed too, and more with --deals")


def _refuse_rows(shape: Shape) -> None:
    """Say that a timeline is drawn whole, where flags were given that only rows have. Raises Misuse."""
    given = [f"--{name}" for name in ("columns", "sort", "limit") if name in shape.given()]
    if given:
        hint = "narrow it by filters, or ask for rows: dealtrack list, or -O csv, tsv, json or xlsx"
        raise Misuse(f"a timeline is drawn whole, without {' and '.join(given)}", hint)


def _only_words(filters: Filters) -> bool:
    return bool(filters.words) and filters.given() == ["words"]


def _one_deal(desk: Desk, filters: Filters) -> int | None:
    """The one deal that the words mean, when nothing but words was given; several, or none, are a selection."""
    if not _only_words(filters):
        return None
    reference = " ".join(filters.words or ())
    try:
        return desk.ledger.find(reference)
    except NoSuchDeal:
        if reference.isdigit():
            raise
        return None


def _page(desk: Desk, shape: Shape) -> Page | None:
    """The page that is asked for, if it is one: other formats hold rows."""
    if shape.json or shape.ids or not (shape.format or shape.output):
        return None
    pages = tuple(page.name for page in PAGES)
    format_ = format_of(desk, shape, (*PAGES, *(other for other in FORMATS if other.name not in pages)))
    return next((page for page in PAGES if page.name == format_), None)


def _timeline_page(
    asked: Asked, filters: Filters, parties: PartyFlags, by: str | None, page: Page, shape: Shape
) -> None:
    from dealtrack.cli.paging import (  # noqa: PLC0415 - the screen needs no page
        company_page,
        deal_page,
        period_page,
        target_page,
    )

    one = _one_deal(asked.desk, filters)
    if one is not None and by is not None:
        asked.of_one(one)
    if one is not None and by is None:
        report = deal_page(asked, one)
    elif by is None and (name := _alone(filters.company)):
        report = company_page(asked, name)
    elif by is None and (name := _alone(parties.target)):
        report = target_page(asked, name)
    else:
        report = period_page(asked, cast("Step", words.one_of(by or "quarter", STEPS, "step")))
    # The basis tells of the clock.
    asked.desk.clock = None
    put_page(asked.desk, page, report, shape)


def _alone(names: list[str] | None) -> str | None:
    """The one name that is asked for; several, or what is not one, are a selection."""
    several = [name for word in names or () for name in word.split(",")]
    return several[0] if len(several) == 1 and not several[0].startswith("not:") else None


def _company(desk: Desk, name: str, query: Query) -> None:
    company = desk.ledger.company(name)
    deals = [desk.ledger.get(deal_id) for deal_id in desk.ledger.ids(query)]
    desk.show(company_timeline(company.name, deals, desk.ledger.tally(query), desk.screen, desk.today))


def _target(desk: Desk, name: str, query: Query) -> None:
    company = desk.ledger.company(name)
    bids = contest(map(desk.ledger.get, desk.ledger.ids(query)), company.slug)
    desk.show(target_timeline(company.name, bids, desk.ledger.tally(query), desk.screen, desk.today))
