"""`update`: record a development, a new dated, sourced event of a deal."""

from dataclasses import replace
from typing import Annotated

from typer import Argument

from dealtrack.cli.desk import Desk
from dealtrack.cli.options import DealWriteFlags, EventFlags, SourceFlags
from dealtrack.cli.telling import agreeing, event_of, note_rate, source_of
from dealtrack.domain.date import days_between
from dealtrack.domain.deal import Deal
from dealtrack.domain.event import Event
from dealtrack.domain.fold import Facts
from dealtrack.domain.problem import Misuse
from dealtrack.text.dates import say_date, say_days

_Reference = Annotated[list[str], Argument(help="An id, a slug, `last`, or words that match one deal.", metavar="DEAL")]


def run(desk: Desk, deal: _Reference, event: EventFlags, source: SourceFlags, write: DealWriteFlags) -> None:
    """Record a development of a deal; what came before stays as it was recorded."""
    told = replace(event_of(event, desk.today, None), source=source_of(source, desk.today, None))
    if not _says_something(told):
        raise Misuse("the event says nothing", "add --status, --milestone, --value, --stake, --expected or --summary")
    with desk.recording(write, "update") as work:
        deal_id = work.ledger.find(" ".join(deal))
        work.ledger.describe(f"update {deal_id}")
        before = work.ledger.get(deal_id).facts
        told = replace(told, source=agreeing(work.ledger, told.source, source))
        n = work.ledger.add_event(deal_id, told)
        note_rate(desk, work.ledger.get(deal_id).event(n))
        work.ledger.bring_in_step()
        line = f"Updated {deal_id}  {development(before, work.ledger.get(deal_id), n)}"
        work.tell(str(deal_id) if write.ids else line)


def _says_something(event: Event) -> bool:
    return any((event.status, event.milestone, event.value, event.stake, event.expected, event.summary))


def development(before: Facts, deal: Deal, n: int) -> str:
    """What the event changed: `agreed 2025-05-27 -> completed 2025-08-12 (77 days)`."""
    event = deal.event(n)
    if event is None:
        return deal.slug
    now = deal.facts.status
    what = f"{event.status or event.milestone or 'event'} {say_date(event.date)}"
    if event.status and now and now.event.n != n and now.event.status != event.status:
        return f"{what} recorded as event {n}; status stays {now.event.status}{' (disputed)' if now.disputed else ''}"
    if before.status is None or event.status is None or before.status.event.status == event.status:
        return f"{what} recorded as event {n}"
    low, high = days_between(before.status.event.date, event.date)
    days = f" ({say_days(low, high)})" if low is not None and low >= 0 else ""
    return f"{before.status.event.status} {say_date(before.status.event.date)} -> {what}{days}"
