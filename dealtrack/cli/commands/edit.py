"""`edit`: correct what was recorded of deals and their events, by flags or in an editor."""

from typing import Annotated

from typer import Argument, Option

from dealtrack.cli import sheet, words
from dealtrack.cli.asking import Back, Declined, confirm, may_ask
from dealtrack.cli.correcting import Correction, correct
from dealtrack.cli.desk import Desk, Work
from dealtrack.cli.editor import Paper, new_paper
from dealtrack.cli.meant import references
from dealtrack.cli.options import DealFlags, DealWriteFlags, EventFlags, PartyFlags, SourceFlags
from dealtrack.cli.prompts import Names
from dealtrack.cli.telling import named_parties
from dealtrack.domain.change import Writing
from dealtrack.domain.problem import Misuse, Problem

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
    """Correct what was recorded: of the deal, or with --event N of one of its events. `none` empties a fact, an
    empty --note or --summary that text.

    A list (--sector, --tag) is set anew; +WORD adds one, not:WORD takes one out. A party is added by its role and
    taken out by --without. On a terminal, without any of these, the deals and their events are opened in $VISUAL or
    $EDITOR.
    """
    ids = references(desk, deals)
    told = [name for name in deal.given() if name != "new_company"]
    if not any((title, without, pin, told, parties.given(), event.given(), source.given())):
        if event_number is None and may_ask(write):
            _in_editor(desk, ids, deal, write)
            return
        raise Misuse("nothing is said to be corrected", "add --title, --value ... (dealtrack edit --help)")
    given = [f"--{name.replace('_', '-')}" for name in (*event.given(), *source.given())]
    n = None if event_number is None else words.event_number(event_number, ids[0])
    _refuse_misplaced(given, n, ids)
    told_of = [Correction(i, deal, title, parties, without or (), n, event, source, pin or ()) for i in ids]
    if may_ask(write) and not write.yes:
        _know_names(desk, deal, parties, write)
    with desk.recording(write, _action(ids)) as work:
        _correct_all(desk, work, told_of, deal, write)


def _know_names(desk: Desk, deal: DealFlags, parties: PartyFlags, write: DealWriteFlags) -> None:
    """Ask of each name that nobody knows whether it is to be founded. Raises NoSuchCompany."""
    may_found, names = deal.new_company, Names(desk, write, deal, parties)
    for name, _ in named_parties(parties):
        names.check(name)
    desk.answered = ["--new-company"] if deal.new_company and not may_found else []


def _action(ids: list[int]) -> str:
    return f"edit {ids[0]}" if len(ids) == 1 else f"edit {len(ids)} deals"


def _correct_all(desk: Desk, work: Work, told: list[Correction], deal: DealFlags, write: DealWriteFlags) -> None:
    corrected = {}
    for correction in told:
        try:
            before = correct(work, correction, desk.today, may_found=deal.new_company)
        except Problem as problem:
            # Of several it is said which.
            problem.what = f"{correction.subject}: {problem.what}" if len(told) > 1 else problem.what
            raise
        corrected[before.id] = before.slug
    for deal_id, slug in corrected.items():
        work.tell(str(deal_id) if write.ids else f"Edited {deal_id}  {slug}")


def _refuse_misplaced(given: list[str], n: int | None, ids: list[int]) -> None:
    if n is None and given:
        hint = f"name the event: --event N (see dealtrack show {ids[0]}); for news: dealtrack update"
        raise Misuse(f"{given[0]} is a fact of an event, not of the deal", hint)
    if n is not None:
        if len(ids) != 1:
            raise Misuse("--event goes with one deal", "name one deal: dealtrack edit REF --event N ...")
        if not given:
            raise Misuse("nothing is said of the event", "add --on, --status, --value ... (dealtrack edit --help)")


# --- in an editor -------------------------------------------------------------------------------


class Overtaken(Problem):
    """While a sheet was in the editor, somebody else changed what is on it."""


def _in_editor(desk: Desk, ids: list[int], deal: DealFlags, write: DealWriteFlags) -> None:
    """Open the deals on one sheet until it can be read or is left alone; keep what was typed if it comes to nothing."""
    before = sheet.written([desk.ledger.get(deal_id) for deal_id in ids])
    desk.let_go()
    paper = new_paper()
    try:
        told = _corrected(desk, paper, before, deal, write)
        if told is None:
            desk.say("Nothing changed.")
        else:
            with desk.recording(write, _action(ids)) as work:
                _refuse_overtaken(work, ids, before)
                _correct_all(desk, work, told, deal, write)
    except BaseException as leaving:
        kept = _kept(paper, before)
        if kept and isinstance(leaving, Problem):
            leaving.hint += f"; {kept}"
        elif kept:
            desk.say(f"{kept[:1].upper()}{kept[1:]}")
        raise
    paper.forget()


def _kept(paper: Paper, before: str) -> str | None:
    """Where what was typed is kept; what nobody typed anything on is not."""
    there = paper.path.read_text(encoding="utf-8", errors="replace") if paper.path.exists() else ""
    if _without_comments(there).strip() in ("", before.strip()):
        paper.forget()
        return None
    return f"what you wrote is kept in {paper.path}"


def _corrected(
    desk: Desk, paper: Paper, before: str, deal: DealFlags, write: DealWriteFlags
) -> list[Correction] | None:
    """The corrections that were typed, seen and agreed to; None when nothing was corrected. Raises Problem."""
    from dealtrack.view.log import change_plan  # noqa: PLC0415 - drawing is loaded by what draws

    handed, fault = before, None
    while True:
        top = f"# error: {fault.what}\n# hint:  {fault.hint}\n#\n" if fault else ""
        back = _without_comments(paper.edit(f"{top}{sheet.HEADER}\n{handed}"))
        if not back.strip():
            raise Misuse("the sheet came back empty", "nothing was changed; to remove a deal: dealtrack rm DEAL")
        if fault and back == _without_comments(handed):
            raise fault
        handed = back
        try:
            told = sheet.corrections(before, back)
            plan = _rehearsed(desk, told, before, deal, write)
        except Overtaken:
            raise
        except Problem as problem:
            fault = problem
            continue
        if not plan:
            return None
        desk.show(change_plan(plan, desk.screen))
        try:
            if write.yes or write.dry_run or confirm("Save it?"):
                return told
        except Back:
            fault = None
            continue
        raise Declined


def _without_comments(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if not line.lstrip().startswith("#")).strip("\n") + "\n"


def _rehearsed(
    desk: Desk, told: list[Correction], before: str, deal: DealFlags, write: DealWriteFlags
) -> list[Writing]:
    """What the corrections would write. Raises what is wrong with them."""
    if not told:
        return []
    ids = list(dict.fromkeys(correction.deal_id for correction in told))
    with desk.rehearsing(write) as work:
        _refuse_overtaken(work, ids, before)
        _correct_all(desk, work, told, deal, write)
        return work.ledger.plan()


def _refuse_overtaken(work: Work, ids: list[int], before: str) -> None:
    for deal_id in ids:
        if sheet.written([work.ledger.get(deal_id)]) not in before:
            raise Overtaken(
                f"deal {deal_id} was changed while it was in the editor", f"see how: dealtrack log {deal_id}"
            )
