"""`report summary`: how many deals, and what they come to."""

from typing import Annotated, Any, cast

from typer import Option

from dealtrack.cli import words
from dealtrack.cli.desk import Desk
from dealtrack.cli.options import Clocks, Filters, PartyFlags, ReportShape
from dealtrack.cli.reporting import Asked, put_report
from dealtrack.domain.figures import STEPS, Step
from dealtrack.domain.problem import Misuse
from dealtrack.exchange.record import parties_of
from dealtrack.report.buyers import Buying
from dealtrack.report.concentration import LISTED, Largest
from dealtrack.report.summary import CLOCKS, PER, rules, summary
from dealtrack.report.summary import Asked as Counted
from dealtrack.text.money import read_amount_range

# Who buys is looked up deal by deal.
_MANY = 100_000


def _word(flag: str, about: str, metavar: str) -> Any:
    return Option(flag, help=about, metavar=metavar, show_default=False)


_By = Annotated[str | None, _word("--by", "By month, quarter (the usual one) or year.", "STEP")]
_Per = Annotated[str | None, _word("--per", "And by kind (the usual one), form, sector or country.", "FACT")]
_Date = Annotated[str | None, _word("--date", "Which date: first-seen (the usual one), agreed or completed.", "WHICH")]
_Mega = Annotated[str | None, _word("--mega", "From what worth on a deal is a megadeal: 1bn.", "AMOUNT")]
_Buyers = Annotated[bool, Option("--buyers", help=f"Who buys, even of more than {_MANY:,} deals.")]


def run(
    desk: Desk, filters: Filters, parties: PartyFlags, clocks: Clocks, shape: ReportShape, by: _By = None,
    per: _Per = None, when: _Date = None, mega: _Mega = None, buyers: _Buyers = False,
) -> None:  # fmt: skip
    """Count deals and add up what is known of their values: by period, kind, form, sector or country.

    The last period beside the same a year before, medians beside means, the weight of the largest deals, and who buys.
    """
    asked = Asked(desk, filters, parties, clocks, shape)
    currency = asked.query.worth.currency
    counted = Counted(
        step=cast("Step", words.one_of(by or "quarter", STEPS, "step")),
        per=words.one_of(per or "kind", tuple(PER), "fact"),
        clock=words.one_of(when or "first-seen", tuple(CLOCKS), "date"),
        today=desk.today,
        currency=currency,
        crossed=per is not None,
    )
    clock = counted.clock.replace("-", "_")
    asked.dated(clock)
    listing, basis = desk.listing, asked.basis(rules(counted))
    groups = list(listing.grouped(asked.query, clock, (counted.per, "qualifier")))
    rows = [{**row, "parties": parties_of(row)} for row in listing.largest(asked.query, LISTED)]
    buying = None
    if basis.deals <= _MANY or buyers:
        by_buyers = listing.grouped(asked.query, None, ("buyer_kind", "buyer_country", "country"))
        buying = Buying(list(by_buyers), list(listing.buyings(asked.query, clock)))
    put_report(asked, summary(groups, Largest(rows, _mega(mega, currency)), buying, counted, basis))


def _mega(word: str | None, currency: str) -> int:
    """From where on a deal is a megadeal, in hundredths."""
    low, high = read_amount_range(word or "1bn", currency)
    if low is None or low != high:
        raise Misuse(f'"{word}" is no amount', "write --mega 500M")
    return low
