"""The door for judgements: what is said of two companies, refused where it contradicts what was said before."""

from dealtrack.domain.judgement import Judgement, contradicted, sentence
from dealtrack.domain.problem import Misuse
from dealtrack.ledger.writing import WritableLedger


class Contradiction(Misuse):
    """A judgement that cannot be, given those that were made before."""


def judge(ledger: WritableLedger, told: Judgement) -> bool:
    """Keep a verdict on two companies; whether it was not kept already. Raises Contradiction."""
    _refuse_contradiction(ledger, told)
    ids = ledger.company_id(told.company), ledger.company_id(told.other)
    row = {"company_id": ids[0], "other_id": ids[1], "verdict": told.verdict, "why": told.why}
    known = ledger.connection.execute(
        "SELECT company_id, other_id, verdict, why, id FROM judgement "
        "WHERE (company_id = ?1 AND other_id = ?2) OR (company_id = ?2 AND other_id = ?1)",
        ids,
    ).fetchone()
    if known is not None and tuple(known)[:4] == tuple(row.values()):
        return False
    row |= {"by": told.by, "at": told.at}
    if known is None:
        ledger.journal.insert("judgement", row)
    else:
        ledger.journal.update("judgement", int(known["id"]), row)
    ledger.bring_names_in_step()
    return True


def split(ledger: WritableLedger, told: Judgement) -> None:
    """Take back that two companies are the same, as if it had never been said."""
    pair = ledger.company_id(told.company), ledger.company_id(told.other)
    found = ledger.connection.execute("SELECT id FROM judgement WHERE company_id = ? AND other_id = ?", pair)
    ledger.journal.delete("judgement", int(found.fetchone()[0]))
    ledger.bring_names_in_step()


def _refuse_contradiction(ledger: WritableLedger, told: Judgement) -> None:
    before = ledger.judgements()
    new = set(contradicted([*before, told])) - set(contradicted(before))
    if told in new:
        what = f"{told.company} and {told.other} are the same by what was judged before"
        hint = f"if that was wrong: dealtrack company split {told.other} (see dealtrack company show {told.other})"
        raise Contradiction(what, hint)
    if new:
        said = min(new)
        hint = f"if that was wrong: dealtrack company unsure {said.company} {said.other}"
        if {said.company, said.other} == {told.company, told.other}:
            raise Contradiction(f"it was judged that {sentence(said)}", hint)
        raise Contradiction(f"{told.company} and {told.other} cannot be the same: {sentence(said)}", hint)
