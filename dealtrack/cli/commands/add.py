"""`add`: record a deal with its first event."""

from dataclasses import dataclass
from typing import Annotated, cast

from typer import Argument, Option

from dealtrack.cli import words
from dealtrack.cli.asking import MANNERS, Declined, Interview, Question, make_sure, may_ask, one_of
from dealtrack.cli.desk import Desk, Work, command_line
from dealtrack.cli.options import DealFlags, DealWriteFlags, EventFlags, PartyFlags, SourceFlags
from dealtrack.cli.prompts import Names, event_questions, source_questions
from dealtrack.cli.telling import (
    agreeing,
    company_named,
    event_of,
    named_parties,
    note_rate,
    remark_on_sectors,
    source_of,
    text,
)
from dealtrack.domain.deal import Deal
from dealtrack.domain.draft import Draft
from dealtrack.domain.kind import ALL_FORMS, FORMS, KINDS, Kind
from dealtrack.domain.near import Beside
from dealtrack.domain.party import ROLES
from dealtrack.domain.problem import Misuse
from dealtrack.text.dates import say_date
from dealtrack.text.money import say_money_short

_Title = Annotated[
    list[str] | None,
    Argument(help="The title; without one it is made of the parties.", metavar="TITLE", show_default=False),
]

_Titled = Annotated[str | None, Option("--title", help="The same.", metavar="TEXT", show_default=False)]


def run(
    desk: Desk, deal: DealFlags, parties: PartyFlags, event: EventFlags, source: SourceFlags, write: DealWriteFlags,
    title: _Title = None, titled: _Titled = None,
) -> None:  # fmt: skip
    """Record a deal: its kind, its parties and its first event.

    On a terminal what is missing is asked for, and deals that may be the same one are shown, before it is written.
    """
    if title and titled:
        raise Misuse("the title is told twice", f'leave "{" ".join(title)}" or --title out')
    told = _Told(desk, deal, parties, event, source, write, title or ([titled] if titled else None))
    seen = may_ask(write) and _seen_through(told)
    told.settle()
    with desk.recording(write, "add") as work:
        added = told.record(work)
        note_rate(desk, added.events[0])
        work.tell(str(added.id) if write.ids else f"Added {line(added)}")
        if not seen:
            _warn(work, work.ledger.like(added))


def _seen_through(told: "_Told") -> bool:
    """Ask for what is missing and show what comes of it; whether somebody has seen it. Raises Declined."""
    may_found = told.deal.new_company
    interview = Interview(_questions(told))
    if interview.is_needed():
        told.desk.reading(told.write)  # where there is none, and none is to be made, nothing is asked
        told.desk.say(MANNERS)
        try:
            interview.finish(lambda: _show(*told.rehearse(), told.desk), told.write)
        except Declined:
            told.desk.say(f"As it was typed: {command_line(interview.as_typed())}")
            raise
        founds = told.deal.new_company and not may_found
        told.desk.answered = interview.as_typed() + (["--new-company"] if founds else [])
        return not told.write.yes
    if told.write.yes:
        return False
    told.settle()
    interview.check_given()  # an unknown name is asked about
    told.desk.answered = ["--new-company"] if told.deal.new_company and not may_found else []
    added, like = told.rehearse()
    if not like or told.write.dry_run:
        return False
    question, usual = _show(added, like, told.desk)
    make_sure(question, told.write, usual=usual)
    return True


def _show(added: Deal, like: list[Deal], desk: Desk) -> tuple[str, bool | None]:
    """Show the finished deal and those that may be the same one; the question to ask, and whether yes is usual.

    What may be there already takes an answer: Enter would throw away all that was typed, or record it twice.
    """
    from dealtrack.view.deal import deal_page  # noqa: PLC0415 - drawing is loaded by what draws

    desk.screen.write("\n")
    desk.show(deal_page(added, desk.screen))
    desk.screen.write("\n")
    if not like:
        return "Record it?", True
    desk.show("\n".join((*_alike(like), f"News of one of them is recorded by dealtrack update {like[0].id}.")))
    return "Record it all the same?", None


def _warn(work: Work, like: list[Deal]) -> None:
    for said in _alike(like) if like else ():
        work.remark(said)


# So many deals that may be the same one are named.
_SHOWN = 5


def _alike(like: list[Deal]) -> list[str]:
    more = [f"  and {len(like) - _SHOWN} more"] if len(like) > _SHOWN else []
    return ["May be the same as:", *(f"  {line(other)}" for other in like[:_SHOWN]), *more]


@dataclass(slots=True)
class _Told:
    """What is told of a deal to be added, by flags and by answers."""

    desk: Desk
    deal: DealFlags
    parties: PartyFlags
    event: EventFlags
    source: SourceFlags
    write: DealWriteFlags
    title: list[str] | None
    draft: Draft | None = None

    def settle(self) -> None:
        """Read what is told, once. Raises Misuse."""
        self.draft = self.draft or _draft(self.desk, self.deal, self.event, self.source, self.title)

    def rehearse(self) -> tuple[Deal, list[Deal]]:
        """The deal as it would be, and those there that may be the same one."""
        self.draft = None
        self.settle()
        with self.desk.rehearsing(self.write) as work:
            added = self.record(work)
            return added, work.ledger.like(added)

    def record(self, work: Work) -> Deal:
        """Add the deal as part of a change."""
        draft = cast("Draft", self.draft)
        may_found = self.deal.new_company
        parties = list(named_parties(self.parties))
        beside = Beside(tuple(name for name, _ in parties), draft.sectors)
        told = [(*company_named(work, name, beside, may_found=may_found), role) for name, role in parties]
        named = tuple((slug, role) for slug, _, role in told)
        reported = {(slug, role): name for slug, name, role in told if name}
        (first,) = draft.events
        first = first._replace(source=agreeing(work.ledger, first.source, self.source))
        remark_on_sectors(work, draft.sectors)
        deal_id = work.ledger.add_deal(draft._replace(parties=named, as_reported=reported, events=(first,)))
        work.ledger.bring_in_step()
        added = work.ledger.get(deal_id)
        work.ledger.describe(f"add {added.id} {added.slug}")
        return added


_ASKED_FOR = ("buyer", "investor", "seller", "target", "partner")


def _questions(told: _Told) -> list[Question]:
    deal, parties = told.deal, told.parties
    names = Names(told.desk, told.write, deal, parties)

    def kind() -> str | None:
        return words.kind_of_deal(deal.kind) if deal.kind else None

    def forms() -> tuple[str, ...]:
        return FORMS[cast("Kind", kind())]

    def party(label: str, role: str, kinds: tuple[str, ...], *, needed: bool = False) -> Question:
        return Question(
            label, parties, role, names.check, names.complete, several=True, check_all=names.check_each_once,
            required=lambda: needed and not parties.seller, arises=lambda: kind() in kinds,
        )  # fmt: skip

    return [
        Question(
            f"Kind ({', '.join(KINDS)})", deal, "kind", words.kind_of_deal, one_of(KINDS), required=lambda: True
        ),
        Question(
            "Form", deal, "form", lambda word: words.one_of(word, forms(), "form"),
            lambda typed: (form for form in forms() if form.startswith(typed)), arises=lambda: kind() is not None,
        ),
        party("Buyer", "buyer", ("acquisition",)),
        party("Investors", "investor", ("equity-stake",)),
        party("Seller", "seller", ("acquisition",)),
        party("Target", "target", ("acquisition", "equity-stake"), needed=True),
        party("Partners", "partner", ("partnership",), needed=True),
        # In other roles nobody is asked for; who is named in them is known, or agreed to, all the same.
        *(party(role, role.replace("-", "_"), ()) for role in ROLES if role not in _ASKED_FOR),
        *event_questions(told.event, told.desk.today, begins=True),
        *source_questions(told.source, told.desk.today),
    ]  # fmt: skip


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
        events=(event._replace(source=source_of(source, desk.today, None)),),
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
