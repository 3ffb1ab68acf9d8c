"""`add`: record a deal with its first event."""

from dataclasses import replace
from typing import Annotated, cast

from typer import Argument

from dealtrack.cli import words
from dealtrack.cli.desk import Desk
from dealtrack.cli.options import DealFlags, DealWriteFlags, EventFlags, PartyFlags, SourceFlags
from dealtrack.cli.telling import agreeing, company_named, event_of, named_parties, note_rate, source_of, text
from dealtrack.domain.deal import Deal
from dealtrack.domain.draft import Draft
from dealtrack.domain.kind import ALL_FORMS, Kind
from dealtrack.domain.problem import Misuse
from dealtrack.text.dates import say_date
from dealtrack.text.money import say_money_short

_Title = Annotated[
    list[str] | None,
    Argument(help="The title; without one it is made of the parties.", metavar="TITLE", show_default=False),
]


def run(
    desk: Desk, deal: DealFlags, parties: PartyFlags, event: EventFlags, source: SourceFlags, write: DealWriteFlags,
    title: _Title = None,
) -> None:  # fmt: skip
    """Record a deal: its kind, its parties and its first event."""
    draft = _draft(desk, deal, event, source, title)
    with desk.recording(write, "add") as work:
        named = [(company_named(work, name, may_found=deal.new_company), role) for name, role in named_parties(parties)]
        (first,) = draft.events
        first = replace(first, source=agreeing(work.ledger, first.source, source))
        deal_id = work.ledger.add_deal(replace(draft, parties=tuple(named), events=(first,)))
        work.ledger.bring_in_step()
        added = work.ledger.get(deal_id)
        work.ledger.describe(f"add {added.id} {added.slug}")
        note_rate(desk, added.events[0])
        work.tell(str(added.id) if write.ids else f"Added {line(added)}")


def _draft(desk: Desk, deal: DealFlags, flags: EventFlags, source: SourceFlags, title: list[str] | None) -> Draft:
    """The draft as far as the flags tell it; whatever is missing is said before the ledger is opened."""
    if deal.kind is None:
        raise Misuse("a deal needs a kind", "add -k acquisition, -k equity-stake or -k partnership")
    kind = cast("Kind", words.kind_of_deal(deal.kind))
    if flags.status is None:
        raise Misuse("a deal begins with a state", "add --status rumored, talks, proposed, agreed or completed")
    event = event_of(flags, desk.today, None)
    return Draft(
        kind=kind,
        form=words.one_of(deal.form, ALL_FORMS, "form") if deal.form else None,
        events=(replace(event, source=source_of(source, desk.today, None)),),
        title=text(" ".join(title)) if title else None,
        sectors=tuple(words.listed(deal.sector)),
        core_space=words.yes(deal.core_space) if deal.core_space else True,
        tags=tuple(words.listed(deal.tag)),
        note=text(deal.note) if deal.note else None,
    )


def line(deal: Deal) -> str:
    """One deal in a line: `321  2025-05-27  acquisition  Rocket Lab -> Geost  USD 275M  agreed`."""
    facts = deal.facts
    value = facts.value.event.value if facts.value else None
    status = facts.status.event.status if facts.status else None
    parts = (
        str(deal.id),
        say_date(facts.first_seen) if facts.first_seen else None,
        deal.kind,
        deal.headline,
        say_money_short(value) if value else None,
        status,
    )
    return "  ".join(part for part in parts if part)
