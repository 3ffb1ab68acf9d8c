"""The walk through companies that may be one: two side by side, a question, and a judgement for each answer."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from dealtrack.cli.asking import Back, ask, one_of
from dealtrack.cli.desk import Desk, now, user
from dealtrack.cli.failures import report
from dealtrack.cli.options import WriteFlags
from dealtrack.cli.telling import text
from dealtrack.domain.judgement import VERBS, Judgement, Verdict
from dealtrack.domain.problem import Problem
from dealtrack.ledger.doubles import Near, as_it_stands
from dealtrack.ledger.evidence import doubles
from dealtrack.text.counts import counted

if TYPE_CHECKING:
    from dealtrack.domain.double import Double

_ANSWERS = ("same", "different", "unsure", "skip", "quit")
_QUESTION = "Same, different, unsure, skip or quit (s, d, u, Enter, q):"
_MANNERS = (
    "Two that are the same go by the first name from then on.\n"
    "Each answer is a change of its own, which undo takes back; < goes back."
)
_ACTIONS: dict[Verdict, str] = {"same": "merge", "different": "distinct", "unsure": "unsure"}


def walk(desk: Desk, near: Sequence[Near], write: WriteFlags) -> None:
    """Ask of each pair whether it is one company. Raises Abort at the end of input."""
    desk.say(_MANNERS)
    at, judged = 0, 0
    while 0 <= at < len(near):
        # What was judged meanwhile may have settled this pair, or given one of the two another name.
        found = as_it_stands(desk.ledger.connection, near[at])
        if found is None:
            at += 1
            continue
        (double,) = doubles(desk.ledger.connection, [found])
        _show(desk, double, f"{at + 1:,} of {counted(len(near), 'pair')}")
        try:
            answer = _answer()
            if answer == "quit":
                break
            if answer != "skip":
                _judge(desk, double, cast("Verdict", answer), write)
                judged += 1
        except Back:
            at = max(at - 1, 0)
        except Problem as problem:
            report(problem.what, problem.hint)
        else:
            at += 1
    desk.say(f"Judged {judged:,} of {counted(len(near), 'pair')}.")


def _show(desk: Desk, double: "Double", place: str) -> None:
    from dealtrack.view.pairs import comparison  # noqa: PLC0415 - drawing is loaded by what draws

    desk.screen.write("\n")
    desk.show(comparison(double, place, desk.screen))
    desk.screen.write("\n")


def _answer() -> str:
    """One of the answers; Enter skips. Raises Back, Abort."""
    while True:
        word = ask(_QUESTION, one_of(_ANSWERS)).casefold() or "skip"
        found = next((answer for answer in _ANSWERS if word in (answer, answer[0])), None)
        if found:
            return found
        report(f'"{word}" is none of the answers', f"type one of {', '.join(_ANSWERS)}")


def _judge(desk: Desk, double: "Double", verdict: Verdict, write: WriteFlags) -> None:
    """Keep the verdict, with its reason if one is given. Raises Back, Contradiction."""
    from dealtrack.ledger.judging import judge  # noqa: PLC0415 - only writers pay for it

    why = text(ask("Why (if any):"))
    told = Judgement(double.one.slug, double.other.slug, verdict, user(), now(), why)
    words = ("company", _ACTIONS[verdict], told.company, told.other)
    said = ("--why", why) if why else ()
    with desk.recording(write, " ".join(words), words=(*words, *said)) as work:
        if judge(work.ledger, told):
            work.tell(f"Judged: {told.company} and {told.other} {VERBS[verdict]}")
