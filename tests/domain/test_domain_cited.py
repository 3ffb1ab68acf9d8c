"""What rests on a page: what became of all that it says, where its report came from and who passed it on."""

import pytest
from deals import deal, page, told

from dealtrack.domain.cited import Fate, fate_of, standing_of
from dealtrack.domain.event import Event
from dealtrack.domain.fold import Field

WSJ, BLOG = page("The Wall Street Journal", "2024-03-01"), page("Blog", "2024-03-02", via="Wall Street Journal")
DIGEST = page("Digest", "2024-03-03", via="Blog")


def fates(*events: Event, field: Field = "value", pin: int | None = None) -> list[Fate]:
    one = deal(*events, pins={field: pin} if pin else {})
    ruling = getattr(one.facts, field)
    return [fate_of(event, ruling) for event in one.events]


def value(when: str, words: str, publisher: str = "A", **rest: object) -> Event:
    return told(when, None, page(publisher), value=words, **rest)


CASES: list[tuple[str, list[Event], list[Fate]]] = [
    ("one is decisive alone", [value("2024", "$5M")], ["decides"]),
    ("earlier", [value("2024-01", "$5M"), value("2024-02", "$6M")], ["latest", "decides"]),
    ("contradicted", [value("2024-01", "$5M", "A", credibility=2), value("2024-01", "$6M", "B")],
        ["decides", "disputes"]),
    ("less credible, and true beside it", [value("2024-01", "$5M", credibility=2), value("2024-01", "~$5M")],
        ["decides", "credibility"]),
    ("not told", [value("2024-01", "$5M"), value("2024-02", "undisclosed")], ["decides", "stated"]),
    ("not believed", [value("2024-01", "$5M"), value("2024-02", "$6M", credibility=5)], ["decides", "doubted"]),
    ("of something else", [value("2024-01", "$5M"), value("2024-02", "$6M", basis="valuation")],
        ["decides", "apart"]),
]  # fmt: skip


@pytest.mark.parametrize(("_sentence", "events", "expected"), CASES, ids=[case[0] for case in CASES])
def test_an_account_comes_to(_sentence: str, events: list[Event], expected: list[Fate]) -> None:
    assert fates(*events) == expected


def test_all_give_way_to_one_that_is_pinned() -> None:
    assert fates(value("2024-01", "$5M"), value("2024-02", "$6M"), pin=1) == ["decides", "pinned"]


def test_a_page_stands_with_its_deals_its_origin_and_who_relays_it() -> None:
    one = deal(told("2024-03", "talks", WSJ), told("2024-04", "agreed", BLOG), told("2024-05", "completed", DIGEST))
    other = deal(told("2024-03", "talks", page("SpaceNews")))
    standing = standing_of(BLOG, [one, other])
    assert standing.deals == (one,)
    assert standing.origins == ("The Wall Street Journal",)
    assert [relay.source for relay in standing.relayed] == [DIGEST]
    assert [(claim.event.n, claim.field, claim.fate) for claim in standing.claims] == [(2, "status", "latest")]
    assert standing.decides == 0
    assert standing_of(DIGEST, [one]).decides == 1
    # Spelled with its article or without, it is one outlet.
    assert [relay.source for relay in standing_of(WSJ, [one]).relayed] == [BLOG]


def test_what_nobody_tells_of_rests_on_nothing() -> None:
    assert standing_of(BLOG, []) == (BLOG, (), (), (), ())
