"""The views: flat tables under names an analyst would expect, in whole units and percent."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from ledger.conftest import amount, change, draft, event, source

from dealtrack.domain.company import Company
from dealtrack.domain.money import money
from dealtrack.domain.stake import majority, stake
from dealtrack.ledger.writing import WritableLedger

FACTS = [
    *("status", "phase", "disputed", "began_as_rumor", "origins"),
    *("first_seen", "agreed", "completed", "ended", "expected", "last_heard", "checked"),
]
VALUE = [f"value_{what}" for what in ("text", "currency", "low", "high", "qualifier", "basis")]
DOLLARS = [f"value_usd_{what}" for what in ("low", "high", "origin")]
STAKE = [f"stake_{what}" for what in ("text", "low", "high", "controlling", "basis")]
NAMES = ["buyer", "lead_investor", "investor", "target", "seller", "partner", "principal"]
DEAL = ["id", "slug", "title", "kind", "form", "sectors", "core_space", "tags", "note", "created", "updated"]
EVENT = [
    *("id", "deal", "deal_id", "n", "date", "date_earliest", "date_latest", "status", "milestone", "summary"),
    *("value_usd_rate", "value_usd_rate_date", "expected", "credibility", "flags"),
    *("source", "url", "source_title", "publisher", "published", "via", "reliability"),
]
PARTY = ["id", "deal", "deal_id", "role", "company", "name", "kind", "country", "as_reported"]


@pytest.fixture
def raw(ledger: WritableLedger, path: Path) -> Iterator[sqlite3.Connection]:
    """Any SQLite tool that looks at a ledger of three deals."""
    told = source(url="https://example.com/pr", published="2025-05-27", publisher="SpaceNews", reliability="A")
    with change(ledger):
        ledger.add_company(Company("", "Amazon", country="US"))
        ledger.add_deal(
            draft(
                *(("rheinmetall", "buyer"), ("amazon", "buyer"), ("mynaric", "target")),
                events=[
                    event("2025-05", "agreed", value=amount(45, "EUR"), stake=stake(896_800, 896_800), source=told),
                    event("2025-35", "completed", summary="closed", source=told, credibility=2),
                ],
                sectors=("lasers", "components"),
                note="as read",
            )
        )
        yen = money(5_000, 7_000, "JPY", 0, "range", basis="round-size", text="JPY 5,000-7,000")
        ledger.add_deal(
            draft(
                ("amazon", "lead-investor"),
                ("geost", "target"),
                kind="equity-stake",
                events=[event("2025-06-02", "talks", value=yen, stake=majority("control", "sought"))],
            )
        )
        unknown = money(None, None, None, 2, "undisclosed", text="undisclosed")
        ledger.add_deal(draft(("geost", "target"), events=[event("2026", "rumored", value=unknown)]))
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def rows(raw: sqlite3.Connection, view: str, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in raw.execute(f"SELECT {', '.join(columns)} FROM {view} ORDER BY id")]


@pytest.mark.parametrize(
    ("view", "columns"),
    [
        ("deals_flat", [*DEAL, *FACTS, *NAMES, *VALUE, *DOLLARS, *STAKE]),
        ("events_flat", [*EVENT, *VALUE, *DOLLARS, *STAKE]),
        ("parties_flat", PARTY),
    ],
)
def test_a_view_has_the_columns_it_promises_and_no_others(
    raw: sqlite3.Connection, view: str, columns: list[str]
) -> None:
    assert sorted(found["name"] for found in raw.execute(f"PRAGMA table_info({view})")) == sorted(columns)


def test_amounts_are_in_whole_units_of_their_currency(raw: sqlite3.Connection) -> None:
    amounts = [("EUR", 45.0, 45.0), ("JPY", 5000.0, 7000.0), (None, None, None)]
    assert rows(raw, "deals_flat", "value_currency", "value_low", "value_high") == amounts
    on_events = rows(raw, "events_flat WHERE value_qualifier IS NOT NULL", "value_currency", "value_low", "value_high")
    assert on_events == amounts


def test_dollars_are_whole_dollars(raw: sqlite3.Connection) -> None:
    ((low, high, origin), *_) = rows(raw, "deals_flat", "value_usd_low", "value_usd_high", "value_usd_origin")
    ((rate, day), *_) = rows(raw, "events_flat", "value_usd_rate", "value_usd_rate_date")
    assert (origin, day, low) == ("ECB", "2025-05-27", high)
    assert low == pytest.approx(45 * float(rate), abs=0.005)


def test_stakes_are_in_percent(raw: sqlite3.Connection) -> None:
    columns = ("stake_text", "stake_low", "stake_high", "stake_controlling", "stake_basis")
    assert rows(raw, "deals_flat", *columns) == [
        ("", 89.68, 89.68, None, None),
        ("control", 50.0, 100.0, 1, "sought"),
        (None, None, None, None, None),
    ]


def test_a_deal_shows_its_facts_beside_its_parties(raw: sqlite3.Connection) -> None:
    found = rows(raw, "deals_flat", "buyer", "lead_investor", "target", "status", "phase", "agreed", "completed")
    assert found == [
        ("Rheinmetall; Amazon", None, "Mynaric", "completed", "done", "2025-05", "2025-35"),
        (None, "Amazon", "Geost", "talks", "open", None, None),
        (None, None, "Geost", "rumored", "open", None, None),
    ]


def test_an_event_shows_its_deal_and_its_source(raw: sqlite3.Connection) -> None:
    found = rows(raw, "events_flat", "deal", "n", "date_earliest", "date_latest", "source", "publisher", "reliability")
    assert found == [
        ("rheinmetall-mynaric-2025", 1, "2025-05-01", "2025-05-31", "s-0001", "SpaceNews", "A"),
        ("rheinmetall-mynaric-2025", 2, "2025-07-01", "2025-09-30", "s-0001", "SpaceNews", "A"),
        ("amazon-geost-2025", 1, "2025-06-02", "2025-06-02", None, None, None),
        ("geost-2026", 1, "2026-01-01", "2026-12-31", None, None, None),
    ]


def test_a_party_shows_its_role_and_where_it_is_from(raw: sqlite3.Connection) -> None:
    assert rows(raw, "parties_flat", "deal", "role", "company", "name", "country") == [
        ("rheinmetall-mynaric-2025", "buyer", "rheinmetall", "Rheinmetall", None),
        ("rheinmetall-mynaric-2025", "buyer", "amazon", "Amazon", "US"),
        ("rheinmetall-mynaric-2025", "target", "mynaric", "Mynaric", None),
        ("amazon-geost-2025", "lead-investor", "amazon", "Amazon", "US"),
        ("amazon-geost-2025", "target", "geost", "Geost", None),
        ("geost-2026", "target", "geost", "Geost", None),
    ]
