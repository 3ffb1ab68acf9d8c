"""Checks: each rule with deals that it finds and deals that it leaves alone."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from dealtrack.domain.checks import RULES, Finding, Severity, examine
from dealtrack.domain.date import from_edtf
from dealtrack.domain.deal import Deal
from dealtrack.domain.event import Dollars, Event
from dealtrack.domain.kind import Kind
from dealtrack.domain.money import Basis, Money
from dealtrack.domain.party import Party, Role
from dealtrack.domain.source import Source
from dealtrack.domain.status import Status

PAGE = Source("s-1", "https://example.com/1", None, None, None, "news", None, "B")


TODAY = date(2026, 11, 1)


def told(when: str, status: Status | None = "agreed", *, credibility: int = 3, published: str | None = None) -> Event:
    page = PAGE._replace(published=from_edtf(published)) if published else PAGE
    return Event(0, from_edtf(when), status, source=page, credibility=credibility)


def unsourced(when: str, status: Status | None = "agreed") -> Event:
    return Event(0, from_edtf(when), status)


def worth(
    when: str, low: int, currency: str = "USD", *, high: int | None = None, basis: Basis = "consideration"
) -> Event:
    digits = 0 if currency == "JPY" else 2
    figure = Money(low, high or low, currency, digits, "range" if high else "exact", basis, "")
    return told(when)._replace(value=figure)


def deal(*events: Event, roles: Sequence[Role] = ("buyer", "target"), kind: Kind = "acquisition") -> Deal:
    parties = tuple(Party(f"company-{n}", f"Company {n}", role) for n, role in enumerate(roles))
    recorded = tuple(event._replace(n=n) for n, event in enumerate(events, start=1))
    return Deal(1, "a-deal-2025", "A deal", kind, None, (), True, (), None, parties, recorded)


def found(severity: Severity, code: str, sentence: str) -> Finding:
    return Finding(severity, code, "a-deal-2025", sentence)


@pytest.mark.parametrize(
    ("faulty", "finding"),
    [
        (deal(unsourced("2025")), found("doubt", "no-source", "none of its events names a source")),
        (deal(told("2025", None)), found("fault", "no-status", "none of its events asserts a status")),
        (
            deal(told("2025"), roles=["buyer"]),
            found("fault", "no-target", "it is an acquisition without a target or a seller"),
        ),
        (
            deal(told("2025"), roles=["investor", "principal"], kind="equity-stake"),
            found("fault", "no-target", "it is an equity-stake without a target or a seller"),
        ),
        (
            deal(told("2025"), roles=["partner"]),
            found("fault", "no-target", "it is an acquisition without a target or a seller"),
        ),
        (
            deal(told("2025"), roles=["partner"], kind="partnership"),
            found("doubt", "one-partner", "it is a partnership of one"),
        ),
        (
            deal(told("2024", "completed"), told("2025", "talks")),
            found("doubt", "unusual-move", "it went from completed to talks"),
        ),
        (
            deal(told("2025", "rumored"), told("2024", "agreed")),
            found("doubt", "unusual-move", "it went from agreed to rumored"),
        ),
        (
            deal(told("2025-08-12", "completed"), told("2025-08-13"), told("2025-08-14", "completed")),
            found("doubt", "unusual-move", "it went from completed to agreed"),
        ),
        (
            deal(told("2025-06-03", published="2025-06-02")),
            found("doubt", "told-early", "event 1 of 2025-06-03 was read in a source of 2025-06-02"),
        ),
        (
            deal(told("2025-05"), told("2025-35", "completed", published="2025-06")),
            found("doubt", "told-early", "event 2 of 2025-35 was read in a source of 2025-06"),
        ),
        (
            deal(told("2025"), kind="partnership"),
            found("doubt", "odd-roles", "it is a partnership without a partner: buyer, target"),
        ),
        (
            deal(told("2025"), roles=["lead-investor", "target"]),
            found("doubt", "odd-roles", "it is an acquisition with a lead-investor, without a buyer"),
        ),
        (
            deal(told("2025"), worth("2026", 950)),
            found("doubt", "small-value", "event 2 tells a value of USD 9.5: is a multiplier missing?"),
        ),
        (
            deal(worth("2025", 10_000, "JPY")._replace(dollars=Dollars(6_600, 6_600, "European Central Bank"))),
            found("doubt", "small-value", "event 1 tells a value of JPY 10000: is a multiplier missing?"),
        ),
        (
            deal(told("2025"), told("2026-03")._replace(expected=from_edtf("2026-02"))),
            found("doubt", "expected-early", "event 2 of 2026-03 expects a closing 2026-02, past by then"),
        ),
    ],
    ids=lambda part: part.sentence if isinstance(part, Finding) else "",
)
def test_what_is_wrong_is_found_and_nothing_else(faulty: Deal, finding: Finding) -> None:
    assert examine(faulty, TODAY) == [finding]


def test_a_closing_before_its_signing_is_a_fault() -> None:
    early = deal(told("2024-12-31", "completed"), told("2025-05"))
    sentence = "event 1, completed 2024-12-31, lies before agreed 2025-05"
    assert found("fault", "date-order", sentence) in examine(early, TODAY)
    mended = deal(told("2024-12-31", "completed"), told("2025-05"), told("2025-06", "completed"))
    assert all(finding.code != "date-order" for finding in examine(mended, TODAY))


@pytest.mark.parametrize(
    "sound",
    [
        deal(told("2025-05-27"), told("2025-08-12", "completed")),
        deal(told("2025"), unsourced("2026", None)),
        deal(told("2025"), told("2026", None)),
        deal(told("2025"), roles=["buyer", "seller"]),
        deal(told("2025"), roles=["seller"]),
        deal(told("2025"), roles=["target"]),
        deal(told("2025"), roles=["partner", "partner", "principal"]),
        deal(told("2025"), roles=["partner", "partner"], kind="partnership"),
        deal(told("2025"), roles=["buyer", "partner"], kind="partnership"),
        deal(told("2024", "completed"), told("2025", "talks", credibility=5)),
        deal(told("2024", "rejected"), told("2025", "proposed"), told("2026", "agreed")),
        deal(told("2025"), told("2025", "completed")),
        deal(told("2025-06", published="2025-06-02")),
        deal(told("2025-06-03", published="2025-06-03")),
        deal(told("2025-05"), told("2025-09", None, published="2025-06-02")),
        deal(told("2025-08", "terminated"), told("2025-05", "agreed")),
        deal(told("2025"), roles=["lead-investor", "buyer", "target"]),
        deal(worth("2025", 1_000_000)),
        deal(worth("2025", 950, basis="per-share")),
        deal(worth("2025", 100)),
        deal(worth("2025", 1_000, "JPY")),
        deal(worth("2025", 0, high=1_000_000)),
        deal(told("2026-03")._replace(expected=from_edtf("2026-03"))),
        deal(told("2026-03")._replace(expected=from_edtf("../2026"))),
    ],
    ids=[
        "signed and closed",
        "one event has a source",
        "one event has a status",
        "bought from a seller",
        "sold to nobody yet",
        "bought by nobody yet",
        "a merger of equals",
        "a partnership of two",
        "a partnership of buyer and partner",
        "an improbable way back",
        "an offer raised after a no",
        "signed and closed in one year",
        "told in the month it happened",
        "told on the day",
        "a meeting announced ahead",
        "recorded late",
        "bought with others",
        "ten thousand dollars",
        "a price for each share",
        "a symbolic dollar",
        "yen without a rate",
        "up to ten thousand",
        "expected in its month",
        "expected by a day",
    ],
)
def test_what_is_sound_is_left_alone(sound: Deal) -> None:
    assert examine(sound, TODAY) == []


@pytest.mark.parametrize(
    ("vague", "exact"),
    [
        (told("2020-12", "rumored"), told("2020-12-16")),
        (told("2024", "talks"), told("2024-04-30")),
        (told("2023-08", "proposed"), told("2023-08-07")),
    ],
    ids=["a rumor of the month", "talks of the year", "an offer of the month"],
)
def test_a_step_of_uncertain_date_is_not_put_after_the_signing(vague: Event, exact: Event) -> None:
    assert examine(deal(vague, exact), TODAY) == []
    assert examine(deal(exact, vague), TODAY) == []


def test_several_findings_come_in_the_order_of_the_rules() -> None:
    nothing = deal(unsourced("2025", None), roles=["buyer"])
    assert [finding.code for finding in examine(nothing, TODAY)] == ["no-source", "no-status", "no-target"]
    assert examine(nothing, TODAY) == [finding for rule in RULES for finding in rule(nothing, TODAY)]


def test_the_improbable_alone_makes_no_unusual_move() -> None:
    hearsay = deal(told("2024", "completed", credibility=5), told("2025", "talks", credibility=6))
    assert examine(hearsay, TODAY) == []


def test_what_is_still_to_come_has_not_happened() -> None:
    early = deal(told("2025-05-27"), told("2027", "completed"))
    assert found("fault", "future", "event 2 is dated 2027, still to come") in examine(early, TODAY)
    assert examine(early, date(2027, 1, 1)) == []


def test_a_buyer_of_itself_is_a_doubt() -> None:
    twice = replace(deal(told("2025")), parties=(Party("ses", "SES", "buyer"), Party("ses", "SES", "target")))
    assert examine(twice, TODAY) == [found("doubt", "with-itself", "ses is on both sides of it")]
