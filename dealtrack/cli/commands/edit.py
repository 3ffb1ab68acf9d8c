"""`edit`: correct what was recorded of a deal, or of one of its events, by flags."""

from dataclasses import replace
from typing import Annotated, Any, cast

from typer import Argument, Option

from dealtrack.cli import words
from dealtrack.cli.desk import Desk, Work
from dealtrack.cli.meant import references
from dealtrack.cli.options import DealFlags, DealWriteFlags, EventFlags, PartyFlags, SourceFlags
from dealtrack.cli.telling import agreeing, company_named, event_of, named_parties, source_of, text
from dealtrack.domain.deal import Deal
from dealtrack.domain.fold import FIELDS, Field
from dealtrack.domain.kind import ALL_FORMS, FORMS, Kind
from dealtrack.domain.party import Role
from dealtrack.domain.problem import Misuse
from dealtrack.text.counts import counted

_References = Annotated[
    list[str], Argument(help="Ids, slugs, `last`, words in quotes that match one deal, or -.", metavar="DEAL")
]
_Event = Annotated[str | None, Option("--event", help="The event to correct.", metavar="N", show_default=False)]
_Title = Annotated[str | None, Option("--title", help="The deal's title.", metavar="TEXT", show_default=False)]
_Without = Annotated[
    list[str] | None, Option("--without", help="Take a party out: ROLE:NAME.", metavar="ROLE:NAME", show_default=False)
]
_Pin = Annotated[
    list[str] | None,
    Option(
        "--pin", help="Let event N decide a fact: status:3; value:none unpins.", metavar="FACT:N", show_default=False
    ),
]


def run(
    desk: Desk, deals: _References, deal: DealFlags, parties: PartyFlags, event: EventFlags, source: SourceFlags,
    write: DealWriteFlags, event_number: _Event = None, title: _Title = None, without: _Without = None,
    pin: _Pin = None,
) -> None:  # fmt: skip
    """Correct what was recorded: of the deal, or with --event N of one of its events. `none` empties a fact.

    A list (--sector, --tag) is set anew; +WORD adds one, not:WORD takes one out. A party is added by its role and
    taken out by --without.
    """
    ids = references(desk, deals)
    if not any((title, without, pin, *deal.given(), *parties.given(), *event.given(), *source.given())):
        raise Misuse("nothing is said to be corrected", "add --title, --value ... (dealtrack edit --help)")
    given = [f"--{name.replace('_', '-')}" for name in (*event.given(), *source.given())]
    n = None if event_number is None else words.event_number(event_number, ids[0])
    _refuse_misplaced(given, n, ids)
    with desk.recording(write, f"edit {ids[0]}" if len(ids) == 1 else f"edit {len(ids)} deals") as work:
        for deal_id in ids:
            before = work.ledger.get(deal_id)
            work.ledger.edit_deal(deal_id, _cells(deal, title, before))
            _edit_parties(work, deal_id, parties, without, may_found=deal.new_company)
            _edit_pins(work, deal_id, pin)
            if n is not None:
                _edit_event(desk, work, before, event, source, n)
            work.tell(str(deal_id) if write.ids else f"Edited {deal_id}  {before.slug}")


def _refuse_misplaced(given: list[str], n: int | None, ids: list[int]) -> None:
    if n is None and given:
        hint = f"name the event: --event N (see dealtrack show {ids[0]}); for news: dealtrack update"
        raise Misuse(f"{given[0]} is a fact of an event, not of the deal", hint)
    if n is not None:
        if len(ids) != 1:
            raise Misuse("--event goes with one deal", "name one deal: dealtrack edit REF --event N ...")
        if not given:
            raise Misuse("nothing is said of the event", "add --on, --status, --value ... (dealtrack edit --help)")


def _cells(flags: DealFlags, title: str | None, before: Deal) -> dict[str, Any]:
    """The columns of the deal's row that the flags set."""
    kind = cast("Kind", words.kind_of_deal(flags.kind)) if flags.kind else before.kind
    form = before.form if flags.form is None else _form(flags.form)
    if form is not None and form not in FORMS[kind]:
        raise Misuse(f'form "{form}" does not belong to kind "{kind}"', f"forms of {kind}: {', '.join(FORMS[kind])}")
    cells: dict[str, Any] = {"kind": kind, "form": form}
    if title is not None:
        cells["title"] = text(title) or before.title
    if flags.note is not None:
        cells["note"] = None if flags.note.strip().casefold() == "none" else text(flags.note)
    if flags.core_space is not None:
        cells["core_space"] = int(words.yes(flags.core_space))
    for name, given, had in (("sectors", flags.sector, before.sectors), ("tags", flags.tag, before.tags)):
        if given is not None:
            cells[name] = ";".join(words.revised(given, had))
    return cells


def _form(word: str) -> str | None:
    return None if word.strip().casefold() == "none" else words.one_of(word, ALL_FORMS, "form")


def _edit_parties(work: Work, deal_id: int, flags: PartyFlags, without: list[str] | None, *, may_found: bool) -> None:
    there = {(party.company, party.role) for party in work.ledger.get(deal_id).parties}
    for name, role in named_parties(flags):
        company = company_named(work, name, may_found=may_found)
        if (company, role) in there:
            raise Misuse(f'"{name}" is {role} of deal {deal_id} already', "each party is named once in a role")
        work.ledger.add_party(deal_id, company, role)
        there.add((company, role))
    for word in without or ():
        role, company = _party_named(work, word)
        if (company, role) not in there:
            raise Misuse(f'"{company}" is not {role} of deal {deal_id}', f"see its parties: dealtrack show {deal_id}")
        there.remove((company, role))
        if not there:
            raise Misuse(f"deal {deal_id} would be left without parties", f"remove it: dealtrack rm {deal_id}")
        work.ledger.remove_party(deal_id, company, role)


def _party_named(work: Work, word: str) -> tuple[Role, str]:
    role, colon, name = word.partition(":")
    if not colon:
        raise Misuse(f'"{word}" does not say in which role', f"write --without investor:{word}")
    found = cast("Role", words.one_of(role, tuple(words.ROLE_GROUPS), "role"))
    return found, work.ledger.company(name).slug


def _edit_pins(work: Work, deal_id: int, pins: list[str] | None) -> None:
    for word in pins or ():
        fact, colon, number = word.partition(":")
        if not colon:
            raise Misuse(
                f'"{word}" does not say which event decides what', "write --pin status:3, or --pin status:none"
            )
        fact = words.one_of(fact, FIELDS, "fact")
        n = None if number == "none" else words.event_number(number, deal_id)
        event = work.ledger.get(deal_id).event(n) if n is not None else None
        if event is not None and getattr(event, fact) is None:
            raise Misuse(f"event {n} says nothing of the {fact}", f"see the events: dealtrack show {deal_id}")
        work.ledger.set_pin(deal_id, cast("Field", fact), n)


def _edit_event(desk: Desk, work: Work, before: Deal, flags: EventFlags, where: SourceFlags, n: int) -> None:
    had = before.event(n)
    if had is None:
        raise Misuse(f"deal {before.id} has no event {n}", f"see its events: dealtrack show {before.id}")
    source = source_of(where, desk.today, had.source)
    if source is not None and had.source is not None and source.key == had.source.key:
        work.ledger.edit_source(source)
        others = work.ledger.read_elsewhere(source.key, before.id) if where.given() else 0
        if others:
            work.tell(f"Its source was read for {counted(others, 'other deal')} too: corrected there as well")
    elif source is not None:
        source = agreeing(work.ledger, source, where)
    work.ledger.edit_event(before.id, replace(event_of(flags, desk.today, had), source=source))
