"""Sources and the facts that rest on them as whole objects: what came of each account, and why."""

from collections.abc import Iterator, Sequence
from typing import Any

from dealtrack.domain.cited import Account, Standing, accounts, lost_by
from dealtrack.domain.deal import Deal
from dealtrack.exchange.escaping import as_json
from dealtrack.exchange.whole import source_object


def source_in_full(standing: Standing) -> dict[str, Any]:
    """The source with its origins, the pages that relay it, and its claims. Keys are always there."""
    return source_object(standing.source) | {
        "reliability_derived": standing.source.reliability_derived,
        "origins": list(standing.origins),
        "relayed_by": [
            {"source": relay.source.key, "publisher": relay.source.publisher, "deal": relay.deal.slug}
            for relay in standing.relayed
        ],
        "deals": [
            {
                "id": deal.id,
                "slug": deal.slug,
                "title": deal.title,
                "claims": [
                    {"event": claim.event.n, "fact": claim.field, "grade": claim.event.grade, "fate": claim.fate}
                    for claim in standing.claims
                    if claim.deal is deal
                ],
            }
            for deal in standing.deals
        ],
    }


def whys_in_full(deals: Sequence[Deal], *, lines: bool) -> Iterator[str]:
    """Why the facts of deals are as they are: one object alone, several in an array, or one a line."""
    wholes = [
        {"id": deal.id, "slug": deal.slug, "title": deal.title, "facts": [_account(one) for one in accounts(deal)]}
        for deal in deals
    ]
    if lines:
        yield from (as_json(whole) + "\n" for whole in wholes)
    else:
        yield as_json(wholes[0] if len(wholes) == 1 else wholes, indent=2) + "\n"


def _account(account: Account) -> dict[str, Any]:
    ruling = account.ruling
    return {
        "fact": account.field,
        "event": ruling.event.n,
        "source": ruling.event.source.key if ruling.event.source else None,
        "grade": ruling.event.grade,
        "reason": ruling.reason,
        "origins": list(ruling.origins),
        "disputed": ruling.disputed,
        "confirmation_until": ruling.pending.isoformat() if ruling.pending else None,
        "others": [
            {
                "event": event.n,
                "source": event.source.key if event.source else None,
                "grade": event.grade,
                "fate": fate,
                "lost_by": lost_by(event, ruling),
            }
            for event, fate in account.others
        ],
    }
