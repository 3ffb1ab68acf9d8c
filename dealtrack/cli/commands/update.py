"""`update`: record a development, a new dated, sourced event of a deal."""

from dataclasses import dataclass, replace
from typing import Annotated

from typer import Argument

from dealtrack.cli.asking import MANNERS, Interview, Question, may_ask
from dealtrack.cli.desk import Desk, Work
from dealtrack.cli.options import DealWriteFlags, EventFlags, SourceFlags
from dealtrack.cli.prompts import Slugs, event_questions, source_questions
from dealtrack.cli.telling import agreeing, event_of, note_rate, source_of
from dealtrack.domain.date import days_between
from dealtrack.domain.deal import Deal
from dealtrack.domain.event import Event
from dealtrack.domain.fold import Facts
from dealtrack.domain.problem import Misuse
from dealtrack.text.dates import say_date, say_days

_Reference = Annotated[
    list[str] | None,
    Argument(help="An id, a slug, `last`, or words that match one deal.", metavar="DEAL", show_default=False),
]


def run(desk: Desk, event: EventFlags, source: SourceFlags, write: DealWriteFlags, deal: _Reference = None) -> None:
    """Record a development of a deal; what came before stays as it was recorded.

    On a terminal what is missing is asked for.
    """
    told = _Told(desk, " ".join(deal) if deal else None, event, source)
    if may_ask(write):
        _ask_for_missing(told, write)
    told.settle()
    with desk.recording(write, "update") as work:
        deal_id, line = told.record(work)
        note_rate(desk, work.ledger.get(deal_id).events[-1])
        work.tell(str(deal_id) if write.ids else line)


@dataclass(slots=True)
class _Told:
    """What is told of a development, by flags and by answers."""

    desk: Desk
    deal: str | None
    event: EventFlags
    source: SourceFlags
    draft: Event | None = None

    def settle(self) -> None:
        """Read what is told, once. Raises Misuse."""
        if self.draft is not None:
            return
        if self.deal is None:
            raise Misuse("no deal is named", "dealtrack update DEAL --status ... (see dealtrack list)")
        told = event_of(self.event, self.desk.today, None)
        told = replace(told, source=source_of(self.source, self.desk.today, None))
        if not _says_something(told):
            raise Misuse(
                "the event says nothing", "add --status, --milestone, --value, --stake, --expected or --summary"
            )
        self.draft = told

    def record(self, work: Work) -> tuple[int, str]:
        """Add the event as part of a change; the deal's id, and what it came to."""
        if self.deal is None or self.draft is None:
            msg = "an event is settled before it is recorded"
            raise RuntimeError(msg)
        deal_id = work.ledger.find(self.deal)
        work.ledger.describe(f"update {deal_id}")
        before = work.ledger.get(deal_id).facts
        told = replace(self.draft, source=agreeing(work.ledger, self.draft.source, self.source))
        n = work.ledger.add_event(deal_id, told)
        work.ledger.bring_in_step()
        return deal_id, f"Updated {deal_id}  {development(before, work.ledger.get(deal_id), n)}"


def _ask_for_missing(told: _Told, write: DealWriteFlags) -> None:
    """Ask for what the command cannot do without, and show what comes of it. Raises Declined."""
    slugs = Slugs(told.desk)
    interview = Interview(
        [
            Question("Deal", told, "deal", slugs.check, slugs.complete, required=lambda: True),
            *event_questions(told.event, told.desk.today, begins=False),
            *source_questions(told.source, told.desk.today),
        ]
    )
    if interview.is_needed() or not _given(told.event):
        told.desk.say(MANNERS)
        interview.finish(lambda: _show(told, write), write)
        told.desk.answered = interview.as_typed()


def _given(flags: EventFlags) -> bool:
    return any(name not in ("on", "credibility") for name in flags.given())


def _show(told: _Told, write: DealWriteFlags) -> str:
    told.draft = None
    told.settle()
    with told.desk.rehearsing(write) as work:
        _, line = told.record(work)
    told.desk.show(f"\n{line}\n")
    return "Record it?"


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
