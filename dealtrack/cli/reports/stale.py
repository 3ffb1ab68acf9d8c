"""`report stale`: open deals to verify."""

from typing import Annotated, Any

from typer import Option

from dealtrack.cli.desk import Desk
from dealtrack.cli.options import Clocks, Filters, PartyFlags, ReportShape
from dealtrack.cli.reporting import Asked, put_report
from dealtrack.domain.problem import Misuse
from dealtrack.exchange.record import parties_of
from dealtrack.report.stale import Limits, rules, stale, stale_report


def _days(flag: str, about: str) -> Any:
    return Option(flag, help=about, metavar="DAYS", show_default=False)


_Rumored = Annotated[str | None, _days("--rumored-after", "When a rumor is stale: 90 days, unless said otherwise.")]
_Others = Annotated[str | None, _days("--after", "When any other open deal is: 180 days.")]


def run(
    desk: Desk, filters: Filters, parties: PartyFlags, clocks: Clocks, shape: ReportShape, rumored: _Rumored = None,
    others: _Others = None,
) -> None:  # fmt: skip
    """List open deals to verify: long silent, or past their expected closing, the most urgent first.

    Silence ends with any event, publication, or `update REF --checked`.
    """
    asked = Asked(desk, filters, parties, clocks, shape)
    usual = Limits()
    limits = Limits(_number("--rumored-after", rumored, usual.rumored), _number("--after", others, usual.others))
    rows = ({**row, "parties": parties_of(row)} for row in desk.listing.select(asked.query))
    entries = stale(rows, desk.today, limits)
    put_report(asked, stale_report(entries, asked.basis(rules(limits))))


def _number(flag: str, word: str | None, usual: int) -> int:
    if word is None:
        return usual
    if not (word.isascii() and word.isdigit()) or len(word) > 6:
        raise Misuse(f'"{word}" is no number of days', f"write {flag} {usual}")
    return int(word)
