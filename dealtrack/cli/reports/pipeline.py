"""`report pipeline`: open deals, when they may close, and what changed."""

from contextlib import closing
from datetime import date, timedelta
from typing import Annotated, Any

from typer import Option

from dealtrack.cli.desk import Desk, default_path
from dealtrack.cli.options import Clocks, Filters, PartyFlags, ReportShape
from dealtrack.cli.remembered import Moment, Remembered
from dealtrack.cli.reporting import Asked, put_report
from dealtrack.cli.silence import Others, Rumored, Within, days, limits_of
from dealtrack.domain.figures import DealRow, Pair
from dealtrack.domain.problem import Misuse
from dealtrack.exchange.record import parties_of
from dealtrack.ledger.comparing import pairs
from dealtrack.ledger.listing import Listing
from dealtrack.ledger.past import Past
from dealtrack.report.moves import Since
from dealtrack.report.pipeline import Asked as Counted
from dealtrack.report.pipeline import pipeline, rules
from dealtrack.text.dates import read_date

LAST_REPORT = "last-report"

_Since = Annotated[
    str | None,
    Option(
        "--since",
        help=f"And what changed from that day on, or since the {LAST_REPORT} asked for so.",
        metavar="DATE",
        show_default=False,
    ),
]


def run(
    desk: Desk, filters: Filters, parties: PartyFlags, clocks: Clocks, shape: ReportShape, since: _Since = None,
    within: Within = None, rumored: Rumored = None, others: Others = None,
) -> None:  # fmt: skip
    """Tell of open deals: by status and age, when they may close, which are overdue, silent, or changed.

    With --since DATE against what had happened and was public before that day; with --since last-report against
    the ledger as it was at your last such report with the same filters.
    """
    asked = Asked(desk, filters, parties, clocks, shape)
    counted = Counted(desk.today, limits_of(rumored, others), days("--within", within, 30), asked.query.worth.currency)
    if since is None and shape.table == "changed":
        raise Misuse("what changed is told since a day", f"add --since 2026-01-01, or --since {LAST_REPORT}")
    told, now = None, None
    remembered = Remembered.beside(default_path(), desk.say) if since == LAST_REPORT else None
    if remembered is not None:
        if clocks.as_of or clocks.known_on:
            raise Misuse(f"--since {LAST_REPORT} is asked of the present", "leave out --as-of and --known-on")
        now = Moment(desk.listing.state()[0], desk.today)
        told = _since_last_report(asked, remembered, now)
    elif since is not None:
        told = _since_day(asked, _first_day(desk, since))
    rows = map(_parted, desk.listing.select(asked.query))
    put_report(asked, pipeline(rows, told, counted, asked.basis(rules(counted, told))))
    if remembered is not None and now is not None:
        remembered.remember(desk.path, asked.filters, now)


def _first_day(desk: Desk, since: str) -> date:
    day = read_date(since, desk.today).earliest
    if day is None or day > desk.today:
        raise Misuse(f'--since "{since}" is no day up to today, {desk.today}', "write a day, or a month or year")
    return day


def _since_day(asked: Asked, day: date) -> Since:
    change, _ = asked.desk.listing.state()
    then = Past(as_of=day - timedelta(1), change=change)
    return Since(str(day), "what had happened and was public before it", day, _pairs(asked, then))


def _since_last_report(asked: Asked, remembered: Remembered, now: Moment) -> Since:
    entry = remembered.last(asked.desk.path, asked.filters)
    before = entry.compared_with(now) if entry else None
    if before is None:
        return Since(LAST_REPORT, "No earlier report with these filters is remembered; this one is.", now.day, None)
    if before.change > now.change:
        gone = f"The last report was at change {before.change}, later than all in this file."
        return Since(LAST_REPORT, gone, now.day, None)
    said = f"the ledger as it was then, at change {before.change}"
    return Since(f"the report of {before.day}", said, before.day, _pairs(asked, Past(change=before.change)))


def _pairs(asked: Asked, past: Past) -> list[Pair]:
    with closing(Listing(asked.desk.path, past)) as then:
        return [
            pair._replace(then=pair.then and _parted(pair.then), now=pair.now and _parted(pair.now))
            for pair in pairs(then, asked.desk.listing, asked.query)
        ]


def _parted(row: DealRow) -> dict[str, Any]:
    """The row with its parties apart."""
    return {**row, "parties": parties_of(row)}
