"""`fx`: the exchange rates that values are converted by."""

from pathlib import Path
from typing import Annotated

from typer import Argument, Exit, Option

from dealtrack.cli.desk import Desk
from dealtrack.cli.failures import FOUND
from dealtrack.cli.options import WriteFlags
from dealtrack.cli.telling import text
from dealtrack.domain.problem import Misuse
from dealtrack.text.counts import counted

_File = Annotated[str, Argument(help="CSV: date, currency, usd (or per_usd), and origin if you like.", metavar="FILE")]
_Origin = Annotated[
    str | None,
    Option("--origin", help="Who says so, where the file does not.", metavar="TEXT", show_default=False),
]
_Currency = Annotated[str, Argument(help="A currency: AED.", metavar="CURRENCY")]
_On = Annotated[str | None, Option("-d", "--on", help="On which day; today.", metavar="DATE", show_default=False)]
_In = Annotated[str | None, Option("--in", help="In which currency; USD.", metavar="CURRENCY", show_default=False)]


def import_(desk: Desk, file: _File, write: WriteFlags, origin: _Origin = None) -> None:
    """Keep rates of currencies that the European Central Bank does not publish; where it does, its rate counts.

    Values that had no rate count in dollars from then on; those that had keep the rate that they came about by.
    """
    from dealtrack.exchange.ratefile import read_rates  # noqa: PLC0415 - other verbs of the group read no file
    from dealtrack.ledger.ownrates import keep_rates  # noqa: PLC0415 - only writers load what writes

    rates = read_rates(Path(file))
    named = text(origin) if origin else Path(file).name
    if named is None:
        raise Misuse("--origin says nothing", 'name who says so: --origin "Central Bank of the UAE"')
    with desk.recording(write, f"fx import {Path(file).name}") as work:
        kept = keep_rates(work.ledger, ((r.currency, r.day, r.usd, r.origin or named) for r in rates))
        known = f"; {counted(kept.same, 'rate')} known already" if kept.same else ""
        work.sum_up(f"Kept {counted(kept.new, 'new rate')}{known}")
        if kept.values:
            work.tell(f"{counted(kept.values, 'value')} without a rate until now came to dollars")
    if kept.otherwise:
        some = ", ".join(kept.otherwise[:3]) + (" ..." if len(kept.otherwise) > 3 else "")
        desk.say(f"Left as they are here, though the file differs: {counted(len(kept.otherwise), 'rate')} ({some})")
        raise Exit(FOUND)


def list_(desk: Desk) -> None:
    """List the ledger's own rates: currency, how many, first and last day, origin."""
    found = list(desk.ledger.own_rates())
    for currency, count, first, last, origins in found:
        desk.tell([f"{currency}  {counted(count, 'rate')}  {first} to {last}  {origins}"])
    if not found:
        desk.say("No rates of its own: the European Central Bank's are built in.")


def show(desk: Desk, currency: _Currency, on: _On = None, target: _In = None) -> None:
    """Show what one unit of a currency came to on a day, of which day that is and who says so."""
    from dealtrack.text.money import read_currency  # noqa: PLC0415 - as above

    own, wanted = read_currency(currency)[0], read_currency(target or "USD")[0]
    day = desk.day(on, "on") if on is not None else desk.today
    rate = desk.ledger.rate_between(own, wanted, day)
    desk.tell([f"{own} 1 = {wanted} {rate.rate.normalize():f}  {rate.on}  {rate.origin}"])


verbs = {"import": import_, "list": list_, "show": show}
