"""A draft: what is filled in, what is refused, and when it says the same as a deal."""

from dataclasses import replace
from typing import Any

import pytest

from dealtrack.domain.date import from_edtf
from dealtrack.domain.deal import Deal
from dealtrack.domain.draft import Draft, Unfinished, finish
from dealtrack.domain.event import Dollars, Event
from dealtrack.domain.kind import FORMS, KINDS, Kind
from dealtrack.domain.party import Party, Role
from dealtrack.domain.source import Source
from dealtrack.text.money import read_money
from dealtrack.text.stakes import read_stake

NAMES = {
    "openai": "OpenAI",
    "stoke": "Stoke Space",
    "altman": "Sam Altman",
    "amazon": "Amazon",
    "ariane": "Arianespace",
    "eutelsat": "Eutelsat",
    "ses": "SES S.A.",
    "mitsubishi": "三菱",
}


def told(when: str, n: int = 1, **rest: Any) -> Event:
    return Event(n, from_edtf(when), **rest)


def drafted(*parties: tuple[str, Role], when: str = "2025-12-03", kind: Kind = "acquisition", **rest: Any) -> Draft:
    return Draft(kind=kind, parties=parties, events=(told(when),), **rest)


@pytest.mark.parametrize(
    ("draft", "slug"),
    [
        (drafted(("openai", "buyer"), ("stoke", "target")), "openai-stoke-space-2025"),
        (drafted(("stoke", "target"), ("openai", "investor")), "openai-stoke-space-2025"),
        (drafted(("altman", "principal"), ("openai", "investor"), ("stoke", "target")), "openai-stoke-space-2025"),
        (drafted(("ses", "investor"), ("openai", "lead-investor"), ("stoke", "target")), "openai-stoke-space-2025"),
        (drafted(("amazon", "partner"), ("ariane", "partner"), kind="partnership"), "amazon-arianespace-2025"),
        (drafted(("eutelsat", "seller"), ("openai", "buyer")), "openai-eutelsat-2025"),
        (drafted(("eutelsat", "seller"), ("openai", "buyer"), ("stoke", "target")), "openai-stoke-space-2025"),
        (drafted(("openai", "buyer"), ("openai", "target")), "openai-2025"),
        (drafted(("stoke", "target")), "stoke-space-2025"),
        (drafted(("ses", "buyer"), ("mitsubishi", "target")), "ses-s-a-x4e09-83f1-2025"),
        (drafted(("openai", "buyer"), ("stoke", "target"), when="2025-24"), "openai-stoke-space-2025"),
        (drafted(("openai", "buyer"), ("stoke", "target"), when="2024/2026"), "openai-stoke-space-2024"),
        (drafted(("openai", "buyer"), ("stoke", "target"), when="../2024-04"), "openai-stoke-space-2024"),
        (drafted(("openai", "buyer"), ("stoke", "target"), slug="the-stoke-affair"), "the-stoke-affair"),
    ],
)
def test_a_slug_is_buyer_target_and_year(draft: Draft, slug: str) -> None:
    assert finish(draft, NAMES).slug == slug


def test_the_year_is_that_of_the_event_recorded_first() -> None:
    draft = drafted(("openai", "buyer"), ("stoke", "target"))
    assert finish(draft._replace(events=(told("2026", 2), told("2025", 1))), NAMES).slug == "openai-stoke-space-2025"


@pytest.mark.parametrize(
    ("draft", "title"),
    [
        (drafted(("openai", "buyer"), ("stoke", "target")), "OpenAI -> Stoke Space (acquisition)"),
        (
            drafted(("openai", "buyer"), ("stoke", "target"), form="take-private"),
            "OpenAI -> Stoke Space (take private)",
        ),
        (drafted(("openai", "buyer"), ("stoke", "target"), form="other"), "OpenAI -> Stoke Space (acquisition)"),
        (
            drafted(("amazon", "partner"), ("ariane", "partner"), kind="partnership", form="launch-contract"),
            "Amazon + Arianespace (launch contract)",
        ),
        (drafted(("stoke", "target"), kind="equity-stake"), "Stoke Space (equity stake)"),
        (drafted(("stoke", "target"), title="OpenAI explores Stoke"), "OpenAI explores Stoke"),
    ],
)
def test_a_title_says_who_and_what(draft: Draft, title: str) -> None:
    assert finish(draft, NAMES).title == title


def test_all_else_is_left_as_drafted_and_a_finished_draft_is_finished() -> None:
    draft = drafted(("openai", "buyer"), ("stoke", "target"), sectors=("launch",), tags=("big",), note="Hm.")
    done = finish(draft, NAMES)
    assert done._replace(title=None, slug=None) == draft
    assert finish(done, {}) == done


@pytest.mark.parametrize(
    ("draft", "what", "hint"),
    [
        (Draft(), "a deal needs a kind", "add -k acquisition, -k equity-stake or -k partnership"),
        (
            drafted(("stoke", "target"), form="ipo"),
            'form "ipo" does not belong to kind "acquisition"',
            f"forms of acquisition: {', '.join(FORMS['acquisition'])}",
        ),
        (
            drafted(("stoke", "target"), kind="partnership", form="pipe"),
            'form "pipe" does not belong to kind "partnership"',
            f"forms of partnership: {', '.join(FORMS['partnership'])}",
        ),
        (drafted(), "a deal needs parties", "add --buyer, --investor, --target, --seller or --partner NAME"),
        (
            drafted(("openai", "buyer"), ("stoke", "target"), ("openai", "buyer")),
            '"openai" is named twice as buyer',
            "name each party once in a role",
        ),
        (
            drafted(("stoke", "target"))._replace(events=()),
            "a deal begins with an event, and an event needs a date",
            "add --on 2025-12-03, or --on today",
        ),
    ],
)
def test_a_draft_that_cannot_be_a_deal_says_what_is_missing(draft: Draft, what: str, hint: str) -> None:
    with pytest.raises(Unfinished) as caught:
        finish(draft, NAMES)
    assert (caught.value.what, caught.value.hint, caught.value.exit_code) == (what, hint, 2)


@pytest.mark.parametrize("kind", KINDS)
def test_every_form_of_a_kind_belongs_to_it(kind: Kind) -> None:
    for form in FORMS[kind]:
        assert finish(drafted(("openai", "partner"), kind=kind, form=form), NAMES).form == form


def test_one_company_may_take_part_in_two_roles() -> None:
    assert finish(drafted(("openai", "buyer"), ("openai", "financier")), NAMES).slug == "openai-2025"


PAGE = Source("s-1", "https://example.com/1", "A page", None, None, "news", None, "B")
SAID = told("2025-12-03", status="talks", value=read_money("$1bn"), stake=read_stake("51"), source=PAGE, summary="Hm.")
DRAFT = finish(drafted(("openai", "buyer"), ("stoke", "target"))._replace(events=(SAID,)), NAMES)


def kept(draft: Draft) -> Deal:
    """The deal that the ledger would hold of it: sources under its own keys, dollars worked out."""
    page = PAGE._replace(key="s-99")
    events = tuple(e._replace(source=e.source and page, dollars=Dollars(1, 1, "same")) for e in draft.events)
    parties = tuple(Party(company, NAMES[company], role) for company, role in reversed(draft.parties))
    assert draft.kind
    what = (draft.kind, draft.form, draft.sectors, draft.core_space, draft.tags, draft.note)
    return Deal(7, "its-slug", draft.title or "", *what, parties, events)


def test_a_draft_says_the_same_as_the_deal_made_of_it() -> None:
    assert DRAFT.same_as(kept(DRAFT))
    two = DRAFT._replace(events=(told("2026", 2), SAID))
    assert two.same_as(replace(kept(two), events=(kept(two).events[1], kept(two).events[0])))


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "equity-stake"},
        {"form": "merger"},
        {"title": "Another"},
        {"sectors": ("launch",)},
        {"core_space": False},
        {"tags": ("big",)},
        {"note": "Hm."},
        {"parties": (("openai", "buyer"),)},
        {"parties": (("openai", "investor"), ("stoke", "target"))},
        {"events": ()},
        {"events": (SAID, told("2026", 2))},
        *(
            {"events": (SAID._replace(**part),)}
            for part in (
                {"n": 2},
                {"date": from_edtf("2025-12")},
                {"status": "agreed"},
                {"milestone": "delay"},
                {"summary": "Oh."},
                {"value": read_money("$2bn")},
                {"value": None},
                {"stake": None},
                {"expected": from_edtf("2026")},
                {"source": None},
                {"source": PAGE._replace(url="https://example.com/2")},
                {"credibility": 4},
                {"flags": ("translated",)},
            )
        ),
    ],
    ids=str,
)
def test_any_difference_is_a_difference(change: dict[str, Any]) -> None:
    assert not DRAFT._replace(**change).same_as(kept(DRAFT))
