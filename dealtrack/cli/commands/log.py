"""`log`: what changed, when, by which command."""

from dataclasses import asdict
from itertools import islice
from typing import Annotated

from typer import Argument, Option

from dealtrack.cli.desk import Desk
from dealtrack.cli.querying import limit_of
from dealtrack.domain.change import Change, Writing
from dealtrack.exchange.escaping import as_json
from dealtrack.text.dates import read_date
from dealtrack.view.log import MOST_TOLD, log_table

_Deal = Annotated[
    list[str] | None, Argument(help="Only of this deal, with before and after.", metavar="DEAL", show_default=False)
]
_Company = Annotated[
    str | None,
    Option("-c", "--company", help="Only of this company and its deals.", metavar="NAME", show_default=False),
]
_Limit = Annotated[
    str | None, Option("-n", "--limit", help="How many at most; 0 is all.", metavar="N", show_default=False)
]
_Since = Annotated[str | None, Option("--since", help="From that day on (UTC).", metavar="DATE", show_default=False)]
_By = Annotated[str | None, Option("--by", help="Only by this person.", metavar="NAME", show_default=False)]
_Full = Annotated[bool, Option("--full", help="Show what each change wrote, before and after.")]
_Json = Annotated[bool, Option("--json", help="As JSON; with --full or DEAL, also all that each change wrote.")]
_FIRST_CHANGES = 20


def run(
    desk: Desk, deal: _Deal = None, company: _Company = None, limit: _Limit = None, since: _Since = None,
    by: _By = None, full: _Full = False, json: _Json = False,
) -> None:  # fmt: skip
    """List the changes, newest first; of one deal with what each wrote, before and after."""
    one = desk.ledger.find(" ".join(deal)) if deal else None
    usual = _FIRST_CHANGES if desk.screen.terminal and not json else None
    changes = desk.ledger.log(
        limit_of(limit) if limit is not None else usual,
        deal=one,
        company=desk.ledger.company(company).slug if company is not None else None,
        since=str(read_date(since, desk.today).earliest or "") if since else None,
        by=by,
    )
    whole = full or one is not None
    # On the screen, one more than is shown: enough to know that there is more.
    most = None if json else MOST_TOLD + 1
    told = {c.id: list(islice(desk.ledger.writings(c.id, one), most)) for c in changes} if whole else {}
    if json:
        desk.screen.write(as_json([_object(change, told.get(change.id)) for change in changes], indent=2) + "\n")
    elif changes:
        desk.screen.show(log_table(changes, desk.screen, told))
    else:
        desk.say("No change matches." if deal or company or since or by else "Nothing has been recorded yet.")


def _object(change: Change, told: list[Writing] | None) -> dict[str, object]:
    made = asdict(change) | {"touched": dict(change.touched)}
    if told is None:
        return made
    return made | {
        "wrote": [
            {"act": w.act, "subject": w.subject, "fields": {name: [was, now] for name, was, now in w.fields}}
            for w in told
        ]
    }
