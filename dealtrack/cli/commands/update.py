"""`update`: record a development, a new dated, sourced event of a deal."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from typer import Argument, Option

from dealtrack.cli.asking import MANNERS, Interview, Question, may_ask
from dealtrack.cli.becoming import development
from dealtrack.cli.desk import Desk, Work
from dealtrack.cli.meant import references
from dealtrack.cli.options import DealWriteFlags, EventFlags, SourceFlags
from dealtrack.cli.prompts import Slugs, event_questions, source_questions
from dealtrack.cli.telling import agreeing, event_of, note_rate, source_of
from dealtrack.domain.date import UncertainDate, days_between, wholly_before
from dealtrack.domain.deal import Deal
from dealtrack.domain.event import Event
from dealtrack.domain.problem import Misuse
from dealtrack.text.dates import say_date, say_days

_Reference = Annotated[
    list[str] | None,
    Argument(help="An id, a slug, `last`, or words that match one deal.", metavar="DEAL", show_default=False),
]


_Checked = Annotated[
    bool, Option("--checked", help="Somebody looked (--on DATE, else today), and nothing was new.", show_default=False)
]

# So many days before the first trace of a deal an event is worth a remark.
_YEAR = 365


def run(
    desk: Desk, event: EventFlags, source: SourceFlags, write: DealWriteFlags, deal: _Reference = None,
    checked: _Checked = False,
) -> None:  # fmt: skip
    """Record a development of a deal; what came before stays as it was recorded.

    On a terminal what is missing is asked for. With --checked record instead that nothing was new; - takes deals from
    standard input, as `report stale --ids` gives them.
    """
    if checked:
        _check(desk, deal, event, source, write)
        return
    if deal and "-" in deal:
        raise Misuse("news is told of one deal", "- goes with --checked")
    told = _Told(desk, " ".join(deal) if deal else None, event, source)
    if may_ask(write):
        _ask_for_missing(told, write)
    told.settle()
    with desk.recording(write, "update") as work:
        deal_id, line = told.record(work)
        note_rate(desk, work.ledger.get(deal_id).events[-1])
        work.tell(str(deal_id) if write.ids else line)


def _check(desk: Desk, deal: list[str] | None, event: EventFlags, source: SourceFlags, write: DealWriteFlags) -> None:
    """Record that somebody looked at deals and found nothing new."""
    other = [name for name in (*event.given(), *source.given()) if name != "on"]
    if other:
        flag = f"--{other[0].replace('_', '-')}"
        raise Misuse(f"--checked says that nothing was new, and {flag} tells news", "give one of the two")
    if not deal:
        raise Misuse("no deal is named", "dealtrack update DEAL --checked (see dealtrack report stale)")
    day = _day(desk, event)
    ids = references(desk, deal) if "-" in deal else [desk.ledger.find(" ".join(deal))]
    with desk.recording(write, f"check {ids[0]}" if len(ids) == 1 else f"check {len(ids)} deals") as work:
        for deal_id in ids:
            found = work.ledger.get(deal_id)
            first = found.facts.first_seen
            if first and first.earliest and day < first.earliest:
                raise Misuse(
                    f"deal {deal_id} was not heard of by {day}",
                    f"it was first seen {say_date(first)}: give a later --on",
                )
            if work.ledger.add_look(deal_id, day):
                work.tell(str(deal_id) if write.ids else f"Checked {deal_id}  {day}  {_silence(found, day)}")


def _day(desk: Desk, event: EventFlags) -> date:
    """The day on which somebody looked."""
    told = event_of(event.but(on=event.on or "today"), desk.today, None).date
    if told.earliest is None or told.earliest != told.latest:
        raise Misuse(f'"{event.on}" is no day', "somebody looked on a day: --on 2025-12-03")
    return told.earliest


def _silence(deal: Deal, day: date) -> str:
    """How long nothing was heard: `nothing new since 2025-08-20 (106 days)`."""
    heard = deal.facts.last_heard
    first = (heard.earliest or heard.latest) if heard else None
    if heard is None or first is None:
        return "nothing new"
    days = (day - first).days
    return f"nothing new since {say_date(heard)}" + (f" ({say_days(days, days)})" if days > 0 else "")


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
        told = told._replace(source=source_of(self.source, self.desk.today, None))
        if not told.says_something:
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
        told = self.draft._replace(source=agreeing(work.ledger, self.draft.source, self.source))
        for event in work.ledger.get(deal_id).events:
            if told.status and _gist(event) == _gist(told):
                work.remark(f"Event {event.n} says the same of that day already: {told.status} {say_date(told.date)}")
        n = work.ledger.add_event(deal_id, told)
        _remark_if_long_before(work, before.first_seen, told.date)
        work.ledger.bring_in_step()
        return deal_id, f"Updated {deal_id}  {development(before, work.ledger.get(deal_id), n)}"


def _remark_if_long_before(work: Work, first: UncertainDate | None, when: UncertainDate) -> None:
    """Years before the first trace of a deal a date may be mistyped."""
    if first is not None and wholly_before(when, first) and (days_between(when, first)[0] or 0) > _YEAR:
        work.remark(f"It was first seen {say_date(first)} until now, and is first seen {say_date(when)} by this event")


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
        _ = told.desk.ledger  # where there is none, nothing is asked
        told.desk.say(MANNERS)
        interview.finish(lambda: _show(told, write), write)
        told.desk.answered = interview.as_typed()


def _given(flags: EventFlags) -> bool:
    return any(name not in ("on", "credibility") for name in flags.given())


def _show(told: _Told, write: DealWriteFlags) -> tuple[str, bool]:
    """Show what would be recorded; the question to ask, to which yes is usual."""
    from dealtrack.view.log import change_plan  # noqa: PLC0415 - drawing is loaded by what draws

    told.draft = None
    told.settle()
    with told.desk.rehearsing(write) as work:
        told.record(work)
        plan = work.ledger.plan()
    told.desk.screen.write("\n")
    told.desk.show(change_plan(plan, told.desk.screen))
    for line in work.remarks:
        told.desk.say(line)
    return "Record it?", True


def _gist(event: Event) -> tuple[object, ...]:
    """The day, the state and the figure of an event, whatever words they were read in."""
    value = event.value
    return event.date, event.status, (value.low, value.high, value.currency) if value else None
