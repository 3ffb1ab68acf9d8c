"""The verbs of `company` that say which companies are the same, and which are not."""

from typing import Annotated

from typer import Argument, Option

from dealtrack.cli.desk import Desk, Work, now, user
from dealtrack.cli.options import WriteFlags
from dealtrack.cli.telling import text
from dealtrack.domain.judgement import VERBS, Judgement, Verdict
from dealtrack.domain.party import ACTING, MAIN, Role
from dealtrack.domain.problem import Misuse
from dealtrack.domain.query import PartyTest, Query
from dealtrack.ledger.judging import judge
from dealtrack.ledger.judging import split as split_apart
from dealtrack.ledger.writing import WritableLedger
from dealtrack.text.counts import counted

_Company = Annotated[str, Argument(help="A slug, name, alias, ticker or identifier.", metavar="COMPANY")]
_Kept = Annotated[str, Argument(help="The company whose name both go by from now on.", metavar="COMPANY")]
_Others = Annotated[list[str], Argument(help="What is the same company.", metavar="OTHER")]
_Other = Annotated[str, Argument(help="The other one.", metavar="OTHER")]
_Second = Annotated[str | None, Argument(help="What it is no longer.", metavar="OTHER", show_default=False)]
_Why = Annotated[str | None, Option("--why", help="The reason.", metavar="TEXT", show_default=False)]


def merge(desk: Desk, company: _Kept, others: _Others, write: WriteFlags, why: _Why = None) -> None:
    """Judge that others are the same company.

    They go by its name everywhere, and nothing that was recorded is altered. Their own names and slugs keep meaning it.
    `company split` takes it back, as `undo` does.
    """
    with desk.recording(write, "company merge") as work:
        ledger = work.ledger
        into = ledger.company_slug(company)
        ledger.describe(f"company merge {into}")
        for other in others:
            told = _told(into, ledger.company_slug(other), "same", why)
            if told.company == told.other:
                typed = ledger.slug_as_entered(other)
                raise Misuse(
                    f"{typed} and {into} are the same already", f"see its names: dealtrack company show {into}"
                )
            together = _together(ledger, into, told.other)
            judge(ledger, told)
            work.tell(f"Merged {told.other} into {into}  {ledger.company(into).name}")
            split = f"If they are not the same: dealtrack company split {told.other}"
            both = ledger.ids(Query(parties=(PartyTest((into,), ACTING), PartyTest((into,), ("target",)))))
            for deal_id in both:
                work.remark(f"Deal {deal_id} has {into} on both sides now. {split}")
            for deal_id, role in together:
                work.remark(f"Deal {deal_id} named both as {role}. {split}")


def _together(ledger: WritableLedger, company: str, other: str) -> list[tuple[int, Role]]:
    """The deals that name both in one role: it is told of two there, so that they may well be two."""
    tests = ((role, (PartyTest((company,), (role,)), PartyTest((other,), (role,)))) for role in MAIN)
    return [(deal_id, role) for role, test in tests for deal_id in ledger.ids(Query(parties=test))]


def distinct(desk: Desk, company: _Company, other: _Other, write: WriteFlags, why: _Why = None) -> None:
    """Judge that two are different companies.

    Whatever their names, they are never taken for duplicates again.
    """
    _verdict(desk, company, other, write, "different", why)


def unsure(desk: Desk, company: _Company, other: _Other, write: WriteFlags, why: _Why = None) -> None:
    """Record that it cannot be told whether two are the same."""
    _verdict(desk, company, other, write, "unsure", why)


def _verdict(desk: Desk, company: str, other: str, write: WriteFlags, verdict: Verdict, why: str | None) -> None:
    with desk.recording(write, "company") as work:
        told = _told(work.ledger.slug_as_entered(company), work.ledger.slug_as_entered(other), verdict, why)
        if told.company == told.other:
            raise Misuse(f'"{company}" and "{other}" are one company', "name two")
        verb = "distinct" if verdict == "different" else verdict
        work.ledger.describe(f"company {verb} {told.company} {told.other}")
        if judge(work.ledger, told):
            work.tell(f"Judged: {told.company} and {told.other} {VERBS[verdict]}")


def _told(company: str, other: str, verdict: Verdict, why: str | None) -> Judgement:
    return Judgement(company, other, verdict, user(), now(), text(why) if why else None)


def split(desk: Desk, company: _Company, write: WriteFlags, other: _Second = None) -> None:
    """Take back that a company is another.

    It goes by its own name again.
    """
    with desk.recording(write, "company split") as work:
        slug = work.ledger.slug_as_entered(company)
        work.ledger.describe(f"company split {slug}")
        for told in _verdicts(work, slug, work.ledger.slug_as_entered(other) if other else None):
            split_apart(work.ledger, told)
            deals = next(row["deals"] for row in work.ledger.companies((told.other,)) if row["slug"] == told.other)
            work.tell(f"Split {told.other} from {told.company}  {counted(deals, 'deal')}")


def _verdicts(work: Work, slug: str, other: str | None) -> list[Judgement]:
    """What is to be taken back: that it goes by another's name, or that two are the same. Raises Misuse."""
    same = [told for told in work.ledger.judgements() if told.verdict == "same" and slug in (told.company, told.other)]
    wanted = [told for told in same if (told.other == slug if other is None else other in (told.company, told.other))]
    if wanted:
        return wanted
    if other is None and same:
        names = " or ".join(told.other for told in same)
        raise Misuse(f"{slug} is the name that others go by", f"name what it is not: dealtrack company split {names}")
    known = work.ledger.company_slug(slug)
    what = f"{slug} and {other} are not judged the same" if other else f"{slug} was not merged into another"
    raise Misuse(what, f"see what was judged: dealtrack company show {known}")
