"""Corrections of what was recorded, whether told by flags or on a sheet, and how they are made."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from dealtrack.cli import words
from dealtrack.cli.desk import Work
from dealtrack.cli.options import DealFlags, EventFlags, PartyFlags, SourceFlags
from dealtrack.cli.telling import agreeing, company_named, event_of, named_parties, remark_on_sectors, source_of, text
from dealtrack.domain.deal import Deal
from dealtrack.domain.fold import FIELDS, Field
from dealtrack.domain.kind import ALL_FORMS, FORMS, Kind
from dealtrack.domain.near import Beside
from dealtrack.domain.party import Role
from dealtrack.domain.problem import Misuse
from dealtrack.text.counts import counted


@dataclass(frozen=True, slots=True)
class Correction:
    """What is to be corrected of a deal, and (with `n`) of one of its events, in the words that the flags take."""

    deal_id: int
    deal: DealFlags = field(default_factory=DealFlags)
    title: str | None = None
    parties: PartyFlags = field(default_factory=PartyFlags)
    without: Sequence[str] = ()
    n: int | None = None
    event: EventFlags = field(default_factory=EventFlags)
    source: SourceFlags = field(default_factory=SourceFlags)
    pins: Sequence[str] = ()

    @property
    def subject(self) -> str:
        """What is corrected: `deal 206`, `event 2 of deal 206`."""
        return f"deal {self.deal_id}" if self.n is None else f"event {self.n} of deal {self.deal_id}"


def correct(work: Work, told: Correction, today: date, *, may_found: bool) -> Deal:
    """Make the correction as part of a change; the deal as it was before. Raises Misuse."""
    before = work.ledger.get(told.deal_id)
    cells = _cells(told.deal, told.title, before)
    if "sectors" in cells:
        remark_on_sectors(work, cells["sectors"].split(";"))
    work.ledger.edit_deal(before.id, cells)
    _edit_parties(work, before.id, told.parties, told.without, may_found=may_found)
    if told.n is not None:
        _edit_event(work, before, told.n, told, today)
    _edit_pins(work, before.id, told.pins)
    return before


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
        cells["note"] = None if words.is_none(flags.note) else text(flags.note)
    if flags.core_space is not None:
        cells["core_space"] = int(words.yes(flags.core_space))
    for name, given, had in (("sectors", flags.sector, before.sectors), ("tags", flags.tag, before.tags)):
        if given is not None:
            cells[name] = ";".join(words.revised(given, had))
    return cells


def _form(word: str) -> str | None:
    return None if words.is_none(word) else words.one_of(word, ALL_FORMS, "form")


def _edit_parties(work: Work, deal_id: int, flags: PartyFlags, without: Iterable[str], *, may_found: bool) -> None:
    deal = work.ledger.get(deal_id)
    there = {(party.company, party.role) for party in deal.parties}
    beside = Beside(tuple(company for company, _ in sorted(there)), deal.sectors)
    for name, role in named_parties(flags):
        company, reported = company_named(work, name, beside, may_found=may_found)
        if (company, role) in there:
            raise Misuse(f'"{name}" is {role} of deal {deal_id} already', "each party is named once in a role")
        work.ledger.add_party(deal_id, company, role, reported)
        there.add((company, role))
    for word in without:
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


def _edit_pins(work: Work, deal_id: int, pins: Iterable[str]) -> None:
    for word in pins:
        fact, colon, number = word.partition(":")
        if not colon:
            raise Misuse(
                f'"{word}" does not say which event decides what', "write --pin status:3, or --pin status:none"
            )
        fact = words.one_of(fact, FIELDS, "fact")
        n = None if words.is_none(number) else words.event_number(number, deal_id)
        event = work.ledger.get(deal_id).event(n) if n is not None else None
        if event is not None and getattr(event, fact) is None:
            raise Misuse(f"event {n} says nothing of the {fact}", f"see the events: dealtrack show {deal_id}")
        work.ledger.set_pin(deal_id, cast("Field", fact), n)


def _edit_event(work: Work, before: Deal, n: int, told: Correction, today: date) -> None:
    where = told.source
    had = before.event(n)
    if had is None:
        raise Misuse(f"deal {before.id} has no event {n}", f"see its events: dealtrack show {before.id}")
    source = source_of(where, today, had.source)
    if source is not None and had.source is not None and source.key == had.source.key:
        work.ledger.edit_source(source)
        others = work.ledger.read_elsewhere(source.key, before.id) if where.given() else 0
        if others:
            work.tell(f"Its source was read for {counted(others, 'other deal')} too: corrected there as well")
    elif source is not None:
        source = agreeing(work.ledger, source, where)
    work.ledger.edit_event(before.id, event_of(told.event, today, had)._replace(source=source))
