"""`report`: what the ledger says of many deals at once."""

from typing import Annotated, Any

from typer import Option

from dealtrack.cli.desk import Desk
from dealtrack.cli.options import Clocks, Filters, Output, PartyFlags, Shape
from dealtrack.cli.output import FIRST_ROWS, format_of, nothing_found, put_text
from dealtrack.cli.querying import limit_of, query_of
from dealtrack.domain.problem import Misuse
from dealtrack.exchange.entries import written
from dealtrack.exchange.record import parties_of
from dealtrack.report.stale import FIELDS, Limits, stale
from dealtrack.view.stale import stale_list


def _days(flag: str, about: str) -> Any:
    return Option(flag, help=about, metavar="DAYS", show_default=False)


_Rumored = Annotated[str | None, _days("--rumored-after", "When a rumor is stale: 90 days, unless said otherwise.")]
_Others = Annotated[str | None, _days("--after", "When any other open deal is: 180 days.")]


def stale_(
    desk: Desk, filters: Filters, parties: PartyFlags, clocks: Clocks, output: Output, rumored: _Rumored = None,
    others: _Others = None,
) -> None:  # fmt: skip
    """List open deals to verify: long silent, or past their expected closing, the most urgent first.

    Silence ends with any event, publication, or `update REF --checked`.
    """
    desk.look_back(clocks)
    usual = Limits()
    limits = Limits(_number("--rumored-after", rumored, usual.rumored), _number("--after", others, usual.others))
    query = query_of(desk, filters, parties, Shape())
    rows = ({**row, "parties": parties_of(row)} for row in desk.listing.select(query))
    entries = stale(rows, desk.today, limits)
    most = limit_of(output.limit) if output.limit is not None else None
    if output.ids:
        put_text(desk, output, (f"{entry['id']}\n" for entry in entries[:most]))
    elif (format_ := format_of(desk, output)) != "table":
        put_text(desk, output, written(entries[:most], FIELDS, format_))
    elif entries:
        most = FIRST_ROWS if output.limit is None else most
        desk.show(stale_list(entries, most, desk.screen))
        if most is not None and len(entries) > most:
            desk.say(f"the first {most:,} of {len(entries):,} deals; -n 0 shows all")
    elif desk.listing.tally(query).deals:
        desk.say("Nothing is stale.")
    else:
        desk.say(nothing_found(desk, query))


def _number(flag: str, word: str | None, usual: int) -> int:
    if word is None:
        return usual
    if not (word.isascii() and word.isdigit()) or len(word) > 6:
        raise Misuse(f'"{word}" is no number of days', f"write {flag} {usual}")
    return int(word)


verbs = {"stale": stale_}
