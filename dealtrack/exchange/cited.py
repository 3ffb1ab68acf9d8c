"""A source as one whole object: what is known of it, the way its report came, and what rests on it."""

from typing import Any

from dealtrack.domain.cited import Standing
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
