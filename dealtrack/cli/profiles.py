"""How everything that is known of a company is brought together."""

from dealtrack.domain.dealings import dealings, targets_of
from dealtrack.domain.profile import Profile, Relative
from dealtrack.domain.query import PartyTest, Query
from dealtrack.ledger.ledger import Ledger
from dealtrack.ledger.whole import whole_deals


def profile_of(ledger: Ledger, slug: str) -> Profile:
    """The company of that slug, which is the one it is known as."""
    merged = tuple(ledger.merged_into(slug))
    slugs = {slug, *(one.slug for one in merged)}
    deals = list(whole_deals(ledger, Query(parties=(PartyTest((slug,)),))))
    targets = tuple(sorted({*targets_of(slug, deals), slug}))
    around = whole_deals(ledger, Query(parties=(PartyTest(targets, ("target",)),)))
    return Profile(
        company=ledger.company_as_entered(slug),
        merged=merged,
        identifiers=tuple(ledger.identifiers(slug)),
        relatives=tuple(Relative(name, tie) for name, tie in ledger.owners(slug)),
        judgements=tuple(told for told in ledger.judgements() if slugs & {told.company, told.other}),
        dealings=dealings(slug, deals, around),
    )
