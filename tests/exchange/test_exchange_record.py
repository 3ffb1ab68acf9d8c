"""A deal as a flat record and as an object: the same facts under names that never change."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from dealtrack.domain.columns import FREE, TABLES
from dealtrack.domain.deal import Deal
from dealtrack.domain.figures import DealRow
from dealtrack.domain.party import ROLES
from dealtrack.domain.query import Query, Worth
from dealtrack.exchange.record import EXPANDS, FIELDS, WORTH, as_object, file_columns
from dealtrack.exchange.whole import in_full
from dealtrack.ledger.writing import WritableLedger

# Names may be added at the end or in between; none of these may go, or come before one that it follows.
NAMES = [
    "id", "slug", "title", "deal", "kind", "form", "status", "phase", "disputed", "began_as_rumor",
    "buyer", "lead_investor", "investor", "target", "seller", "partner",
    "principal", "sponsor", "financier", "adviser", "regulator",
    "first_seen", "agreed", "completed", "ended", "expected", "last_heard", "checked",
    "value_text", "value_currency", "value_low", "value_high", "value_qualifier",
    "value_basis", "value_usd_low", "value_usd_high", "value_usd_origin",
    "stake_text", "stake_low", "stake_high", "stake_controlling", "stake_basis",
    "sectors", "core_space", "tags", "note", "origins", "events", "created", "updated",
]  # fmt: skip

SCREEN = {
    "since": ("first_seen",),
    "heard": ("last_heard",),
    "value": ("value_currency", "value_low", "value_high", "value_qualifier"),
    "usd": ("value_usd_low", "value_usd_high", "value_usd_origin"),
    "stake": ("stake_low", "stake_high", "stake_controlling"),
    "status": ("status", "disputed"),
}

SAME = ("id", "slug", "title", "kind", "form", "status", "phase", "first_seen", "agreed", "completed", "ended",
        "expected", "last_heard", "checked", "note", "origins", "created", "updated")  # fmt: skip


def yes(flag: bool | None) -> str | None:
    return None if flag is None else ("yes" if flag else "no")


def joined(words: list[str]) -> str | None:
    return "; ".join(words) or None


def flattened(whole: dict[str, Any]) -> dict[str, Any]:
    """The cells that a flat record of the object has, but for the two that only a row tells."""
    value, stake = whole["value"] or {}, whole["stake"] or {}
    roles = {name: [p["name"] for p in whole["parties"] if p["role"].replace("-", "_") == name] for name in NAMES}
    return {
        **{name: joined(names) for name, names in roles.items() if NAMES.index(name) in range(10, 21)},
        **{name: whole[name] for name in SAME},
        **{name: joined(whole[name]) for name in ("disputed", "sectors", "tags")},
        **{name: yes(whole[name]) for name in ("began_as_rumor", "core_space")},
        **{name: value.get(name.removeprefix("value_")) for name in NAMES if name.startswith("value_")},
        **{name: stake.get(name.removeprefix("stake_")) for name in NAMES if name.startswith("stake_")},
        **{name: (value.get("in") or {}).get(name.removeprefix("value_in_")) for name in WORTH},
        "stake_controlling": yes(stake.get("controlling")),
    }


def whole_of(both: list[tuple[DealRow, Deal]]) -> Iterator[tuple[DealRow, Deal, dict[str, Any]]]:
    """Each with the whole object."""
    rows = {row["slug"]: row for row, _ in both}
    for row, deal in both:
        yield row, deal, in_full(row, deal, {link.other_id: rows[link.other] for link in deal.links})


@pytest.fixture
def both(sampled: WritableLedger, awkward: WritableLedger) -> list[tuple[DealRow, Deal]]:
    """Every deal of the sample and of the awkward ledger, in dollars and in euros, as a row and as an object."""
    return [
        (row, ledger.get(row["id"]))
        for ledger in (sampled, awkward)
        for worth in (Worth(), Worth("EUR"))
        for row in ledger.select(Query(worth=worth))
    ]


def test_the_columns_of_a_file_are_never_removed_or_moved() -> None:
    assert [name for name in FIELDS if name in NAMES] == NAMES


def test_the_columns_of_the_screen_are_what_they_always_were_in_a_file() -> None:
    assert {name: EXPANDS[name] for name in SCREEN} == SCREEN


def test_a_record_and_an_object_say_the_same_of_every_deal(both: list[tuple[DealRow, Deal]]) -> None:
    assert len(both) == 624
    for row, deal in both:
        cells = {name: read(row) for name, read in FIELDS.items()}
        assert (cells.pop("deal"), cells.pop("events")) == (deal.headline, len(deal.events))
        if row["worth_currency"] == "USD":
            # An object tells of dollars once, with its value.
            bounds = ("low", "high")
            assert [cells[f"value_in_{end}"] for end in bounds] == [cells[f"value_usd_{end}"] for end in bounds]
            cells |= dict.fromkeys(WORTH)
        assert cells == flattened(as_object(row))


def test_a_value_or_stake_of_a_deal_is_that_of_the_event_it_names(both: list[tuple[DealRow, Deal]]) -> None:
    for _, _, whole in whole_of(both):
        events = {event["n"]: event for event in whole["events"]}
        for fact in ("value", "stake"):
            if whole[fact]:
                told = events[whole[fact]["event"]][fact]
                of_the_deal = {key: fact_of for key, fact_of in whole[fact].items() if key not in ("event", "in")}
                assert {key: told[key] for key in of_the_deal} == of_the_deal


def test_an_object_in_full_has_a_source_for_every_event_that_names_one(both: list[tuple[DealRow, Deal]]) -> None:
    for _, deal, whole in whole_of(both):
        assert [source["id"] for source in whole["sources"]] == sorted(
            {event["source"] for event in whole["events"] if event["source"]}
        )
        assert [event["n"] for event in whole["events"]] == sorted({event.n for event in deal.events})


def test_an_object_in_full_has_the_keys_of_one_in_a_listing(both: list[tuple[DealRow, Deal]]) -> None:
    filled = ("events", "sources", "links")
    for row, _, whole in whole_of(both):
        listed = as_object(row)
        assert list(whole) == list(listed)
        assert {key: whole[key] for key in whole if key not in filled} == {
            key: listed[key] for key in listed if key not in filled
        }


@pytest.mark.parametrize(
    ("slug", "cells"),
    [
        ("mitsubishi-astra-2025", {"value_currency": "JPY", "value_low": "5000000000", "value_high": "5000000000"}),
        ("arabsat-astra-2025", {"value_currency": "EUR", "value_low": "100000000.5", "value_high": None}),
        ("arabsat-astra-2025", {"value_usd_low": "113390000.57", "value_usd_high": None, "value_usd_origin": "ECB"}),
        ("plus-astra-2025", {"value_currency": None, "value_low": None, "value_high": "460000000.01"}),
        ("plus-astra-2026", {"value_currency": "KWD", "value_low": "5.125", "value_usd_low": None}),
        ("formula-plus-2024", {"value_qualifier": "undisclosed", "value_low": None, "value_usd_high": None}),
        ("formula-plus-2024", {"stake_low": "10.5", "stake_high": "49.5", "stake_controlling": None}),
        ("quote-astra-2025", {"stake_low": "50", "stake_high": "100", "stake_controlling": "yes"}),
        ("quote-astra-2025", {"lead_investor": "+SUM(A1:A9); =1+1", "tags": "a,b; c"}),
    ],
)  # fmt: skip
def test_money_and_stakes_are_exact_decimals(awkward: WritableLedger, slug: str, cells: dict[str, str | None]) -> None:
    (row,) = awkward.select(Query(ids=(awkward.find(slug),)))
    assert {name: FIELDS[name](row) for name in cells} == cells


def test_a_file_has_each_wanted_column_once_in_the_order_of_the_screen() -> None:
    wanted = ["id", "value_high", "value", "since", "first_seen", "status"]
    assert file_columns(wanted) == [
        "id", "value_high", "value_currency", "value_low", "value_qualifier", "first_seen", "status", "disputed"
    ]  # fmt: skip


def test_every_column_that_holds_words_of_others_is_guarded(awkward: WritableLedger) -> None:
    """In a row whose every word is a formula, whatever comes out as it was written is a guarded text."""
    (row,) = awkward.select(Query(ids=(awkward.find("quote-astra-2025"),)))
    free = ("title", "form", "value_text", "stake_text", "sectors", "tags", "note")
    parties = json.dumps([["slug", "=1", role, "=1"] for role in ROLES])
    formulas = dict(row) | dict.fromkeys(free, "=1") | {"parties": parties}
    cells = {name: read(formulas) for name, read in FIELDS.items()}
    guarded = {column.name for column in TABLES["deals"] if column.sort in FREE}
    assert {name for name, cell in cells.items() if str(cell).startswith("=1")} == guarded - {"slug"}


def test_a_link_tells_of_the_deal_at_its_other_end(sampled: WritableLedger) -> None:
    rows = {row["id"]: row for row in sampled.select(Query())}
    found = sampled.find("lockheed-martin-terran-orbital-2024")
    earlier, offer = in_full(rows[found], sampled.get(found), rows)["links"]
    assert (earlier["relation"], earlier["outward"]) == ("led-to", False)
    assert (offer["relation"], offer["outward"], offer["title"]) == (
        "re-announces", True, "Lockheed Martin offers $1 a share for Terran Orbital, then withdraws",
    )  # fmt: skip
    assert (offer["first_seen"], offer["status"], offer["value"]["low"]) == ("2024-02-14", "withdrawn", "300000000")
