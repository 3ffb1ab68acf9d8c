"""Famous conflicts of the bundled data: which account is believed and why, held against what the pages say."""

from dataclasses import replace
from typing import NamedTuple

import pytest

from dealtrack.domain.belief import other_days
from dealtrack.domain.cited import Fate, accounts, standing_of
from dealtrack.domain.deal import Deal
from dealtrack.domain.event import Event
from dealtrack.domain.fold import Field, Reason, fold
from dealtrack.domain.origin import origins_of
from dealtrack.domain.party import Party
from dealtrack.ledger.sources import source_named
from dealtrack.ledger.writing import WritableLedger


def words(deal: Deal, n: int) -> str:
    """What was taken down of a page, figures as they were printed and all."""
    event = deal.event(n)
    assert event
    said = (event.summary, event.value.text if event.value else "", event.stake.text if event.stake else "")
    return " | ".join(word for word in said if word)


class Conflict(NamedTuple):
    """A fact of a deal: which event decides it and by which rule, what became of others, and what the pages say."""

    slug: str
    field: Field
    winner: int
    reason: Reason
    fates: dict[int, Fate]
    told: dict[int, str]


CONFLICTS = [
    # The amount. The company's amendment says to the dollar what one retelling rounds up to "over $1.1 billion".
    Conflict("redwire-edge-autonomy-2024", "value", 4, "narrower", {5: "disputes", 3: "latest", 2: "latest"},
        {4: "$925 million", 5: "over $1.1 billion", 2: "$925 million", 3: "$925 million"}),
    # The stake. More than a third in 2022; diluted to 28.3% by March 2024.
    Conflict("lockheed-martin-terran-orbital-2017", "stake", 4, "latest", {2: "latest"},
        {4: "Another account puts Lockheed's holding at 28.3%", 2: "more than 33%"}),
    # The outcome. Eutelsat canceled for conditions that were not met; the minister says that it was he who refused.
    Conflict("eqt-eutelsat-ground-2024", "status", 9, "recorded", {7: "disputes", 8: "recorded", 5: "latest"},
        {7: "French finance minister said he refused it", 5: "Eutelsat canceled", 8: "caused cancellation"}),
    # The buyer. One later article has it the wrong way round, and is not believed; the group's own filing is.
    Conflict("mda-digitalglobe-2017", "status", 6, "reliability", {5: "doubted", 7: "reliability"},
        {5: "reversing buyer and target", 6: "the parent takes the name Maxar", 2: "MDA announced purchase"}),
    # What became of it. Stalled, says the last of the retellings; two contradict it, and are dated earlier.
    Conflict("openai-stoke-space-2025", "status", 12, "latest", {7: "disputes", 9: "disputes", 1: "doubted"},
        {12: "Talks since stalled", 7: "ended without agreement", 9: "talks off and on", 10: "no longer active"}),
]  # fmt: skip


@pytest.mark.parametrize("conflict", CONFLICTS, ids=[f"{row.slug}-{row.field}" for row in CONFLICTS])
def test_the_right_account_is_believed_for_the_right_reason(conflict: Conflict, bundled: WritableLedger) -> None:
    deal = bundled.get(bundled.find(conflict.slug))
    account = next(account for account in accounts(deal) if account.field == conflict.field)
    assert (account.ruling.event.n, account.ruling.reason) == (conflict.winner, conflict.reason)
    found = {event.n: fate for event, fate in account.others}
    assert conflict.fates.items() <= found.items()
    assert {n for n, fate in found.items() if fate == "disputes"} == {event.n for event in account.ruling.against}
    for n, said in conflict.told.items():
        assert said in words(deal, n)


def test_the_buyer_is_the_one_of_the_filing_and_not_of_the_article_that_has_it_the_wrong_way_round(
    bundled: WritableLedger,
) -> None:
    deal = bundled.get(bundled.find("mda-digitalglobe-2017"))
    assert deal.parties == (
        Party("maxar-technologies", "Maxar Technologies", "buyer", "MacDonald, Dettwiler and Associates"),
        Party("digitalglobe", "DigitalGlobe", "target", None),
    )
    reversed_, filing = deal.event(5), deal.event(6)
    assert reversed_
    assert filing
    assert (reversed_.credibility, reversed_.flags) == (5, ("outlier",))
    assert (filing.grade, filing.source and filing.source.publisher) == ("A1", "SEC")


def test_of_two_days_the_one_of_the_notice_is_believed(bundled: WritableLedger) -> None:
    """DirecTV gave notice on the 21st of November 2024, effective on the 22nd, which others tell."""
    deal = bundled.get(bundled.find("directv-dish-dbs-2024"))
    assert deal.facts.ended
    assert deal.facts.ended.edtf == "2024-11-21"
    assert "notice ending the purchase agreement effective November 22" in words(deal, 3)
    assert {(one.step, one.event.n, one.event.date.edtf) for one in other_days(deal, deal.facts)} == {
        ("ended", 5, "2024-11-22"), ("ended", 6, "2024-11-22")
    }  # fmt: skip


# --- one report, and the account that dissents ----------------------------------------------------


def test_behind_all_relays_of_the_stoke_space_story_is_one_report(bundled: WritableLedger) -> None:
    deal = bundled.get(bundled.find("openai-stoke-space-2025"))
    pages = list(dict.fromkeys(event.source for event in deal.events if event.source))
    assert len(pages) == 11
    assert len({page.publisher for page in pages}) == 11
    assert {page.via for page in pages} == {"The Wall Street Journal"}
    assert set(origins_of(pages, deal.outlets).values()) == {("The Wall Street Journal",)}
    assert deal.facts.origin_names == ("The Wall Street Journal",)
    assert all(account.ruling.origins == ("The Wall Street Journal",) for account in accounts(deal))
    assert "Every account retells one Wall Street Journal report" in (deal.note or "")


def test_the_dissenting_account_is_one_of_its_own_beside_it(bundled: WritableLedger) -> None:
    """Relayed with the rest, it is told apart: it contradicts what is believed, and bears out nothing."""
    deal = bundled.get(bundled.find("openai-stoke-space-2025"))
    standing = standing_of(source_named(bundled, "s-0716"), [deal])
    assert standing.source.publisher == "TRT World"
    assert [(claim.event.n, claim.field, claim.fate) for claim in standing.claims] == [(9, "status", "disputes")]
    assert words(deal, 9).startswith("Dissenting account: people close to OpenAI")
    # Had somebody else told it, two origins would tell of the deal, and still one of its status.
    own = _told_by_itself(deal)
    facts = fold(own.events, own.pins, own.outlets)
    assert facts.origin_names == ("TRT World", "The Wall Street Journal")
    assert facts.status
    assert facts.status.origins == ("The Wall Street Journal",)


def _told_by_itself(deal: Deal) -> Deal:
    def alone(event: Event) -> Event:
        return event._replace(source=event.source._replace(via=None)) if event.n == 9 and event.source else event

    return replace(deal, events=tuple(map(alone, deal.events)))
