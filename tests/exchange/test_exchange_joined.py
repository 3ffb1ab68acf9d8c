"""Deals that SQLite joins into lines and objects come out as those that are read cell by cell, to the byte."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dealtrack.domain.columns import TABLES, spans
from dealtrack.domain.date import from_edtf
from dealtrack.domain.party import ROLES
from dealtrack.domain.query import Choice, Query, Worth
from dealtrack.exchange.formats import ROWS, Format, for_excel, named
from dealtrack.ledger.listing import Listing
from dealtrack.ledger.past import Past
from dealtrack.ledger.writing import WritableLedger

FORMATS = (*(one for one in ROWS if one.joined), for_excel(named("csv"))._replace(name="csv for Excel"))
ALL = [column.name for column in (*TABLES["deals"], *spans("deals"))]


def plain(listing: Listing, query: Query, format_: Format, columns: list[str] | None) -> str:
    assert format_.write is not None
    return "".join(format_.write(listing.select(query), columns))


def joined(listing: Listing, query: Query, format_: Format, columns: list[str] | None) -> str | None:
    assert format_.joined is not None
    pieces = format_.joined(listing.joined, query, columns)
    return None if pieces is None else "".join(pieces)


@pytest.fixture
def listing(awkward: WritableLedger) -> Iterator[Listing]:
    with closing(Listing(awkward.path)) as opened:
        yield opened


QUERIES = [
    Query(),
    Query(sort=(("value", True), ("id", False)), limit=3),
    Query(kind=Choice(any_of=("acquisition",)), sort=(("title", False),)),
    Query(words=("astra",)),
    Query(ids=()),
]


@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
@pytest.mark.parametrize("format_", FORMATS, ids=lambda one: one.name)
def test_awkward_deals_come_out_the_same(listing: Listing, format_: Format, query: Query) -> None:
    assert joined(listing, query, format_, None) == plain(listing, query, format_, None)


@pytest.mark.parametrize("format_", FORMATS, ids=lambda one: one.name)
def test_the_sample_comes_out_the_same(sampled: WritableLedger, format_: Format) -> None:
    with closing(Listing(sampled.path)) as listing:
        made = joined(listing, Query(), format_, None)
        assert made == plain(listing, Query(), format_, None)
        assert made
        assert made.count("\n") > 300


@pytest.mark.parametrize(
    "past", [Past(as_of=from_edtf("2025-06-01").earliest), Past(known_on=from_edtf("2030-01-01").latest)]
)
@pytest.mark.parametrize("name", ["csv", "ndjson"])
def test_the_past_comes_out_the_same(sampled: WritableLedger, past: Past, name: str) -> None:
    with closing(Listing(sampled.path, past)) as listing:
        for query in (Query(), Query(words=("rocket",))):
            made = joined(listing, query, named(name), None)
            assert made == plain(listing, query, named(name), None) != ""


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(ALL), min_size=2, max_size=12, unique=True), st.sampled_from([FORMATS[0], FORMATS[-1]]))
def test_any_columns_in_any_order_come_out_the_same(listing: Listing, columns: list[str], format_: Format) -> None:
    assert joined(listing, Query(), format_, columns) == plain(listing, Query(), format_, columns)


def test_what_cannot_be_joined_is_left_to_be_read_cell_by_cell(listing: Listing) -> None:
    assert joined(listing, Query(worth=Worth("EUR")), named("csv"), None) is None
    assert joined(listing, Query(), named("csv"), ["id", "value_in_low"]) is None
    assert joined(listing, Query(), named("csv"), ["note"]) is None
    assert joined(listing, Query(), named("json"), ["id"]) is None


# --- any cells ----------------------------------------------------------------------------------

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12) | st.sampled_from(
    [
        "=1",
        "+1",
        "-1",
        "@a",
        "\t",
        "\r",
        "\n",
        ",",
        '"',
        '=a,"b"',
        "'=",
        "\u2028",
        "\u202e",
        "\x7f",
        "\x1b[2J",
        "\x1e",
        "%s",
    ]
)
LISTS = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0;"), min_size=1, max_size=5), max_size=3)
UNITS = st.none() | st.integers(0, 2**62) | st.integers(0, 20_000).map(lambda n: n * 100)
FLAGS = st.none() | st.booleans().map(int)
DAYS = st.none() | st.sampled_from(["2025-12-03", "2025-22", "2024/2025", "../2025-12-03", "2025~"])
WORDS = st.none() | st.sampled_from(["exact", "about", "at-least"])
CELLS = {
    **dict.fromkeys(("title", "form", "note", "value_text", "stake_text"), TEXTS),
    **{name: LISTS.map(";".join) for name in ("sectors", "tags")},
    **dict.fromkeys(("value_low", "value_high", "value_usd_low", "value_usd_high"), UNITS),
    **dict.fromkeys(("stake_low", "stake_high"), st.none() | st.integers(0, 1_000_000)),
    **dict.fromkeys(("first_seen", "agreed", "expected"), DAYS),
    **dict.fromkeys(("value_qualifier", "value_basis", "value_usd_origin", "stake_basis"), WORDS),
    "value_currency": st.none() | st.sampled_from(["USD", "JPY", "KWD", "CLF"]),
    "value_digits": st.none() | st.sampled_from([0, 2, 3, 4]),
    "value_event": st.none() | st.just(1),
    "stake_event": st.none() | st.just(1),
    "stake_controlling": FLAGS,
    "stake_worded": st.sampled_from([0, 1]),
    "core_space": st.sampled_from([0, 1]),
    "began_as_rumor": st.sampled_from([0, 1]),
    "disputed": st.sampled_from(["", "status", "status;value"]),
    "origins": st.integers(0, 9),
}
PARTIES = st.lists(st.tuples(TEXTS.filter(bool), st.sampled_from(ROLES)), max_size=4)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.fixed_dictionaries(CELLS), PARTIES)
def test_any_deal_comes_out_the_same(
    altered: Callable[[dict[str, object], list[tuple[str, str]]], Listing],
    cells: dict[str, object],
    parties: list[tuple[str, str]],
) -> None:
    listing = altered({**cells, "title": cells["title"] or "t"}, parties)
    for format_ in FORMATS:
        made = joined(listing, Query(ids=(1,)), format_, None)
        assert made == plain(listing, Query(ids=(1,)), format_, None)
    assert [deal["id"] for deal in json.loads(joined(listing, Query(ids=(1,)), named("json"), None) or "")] == [1]


@pytest.fixture
def altered(awkward: WritableLedger) -> Iterator[Callable[[dict[str, object], list[tuple[str, str]]], Listing]]:
    """Gives the first deal any cells and parties, whatever the ledger itself would say of them."""
    listing = Listing(awkward.path)
    awkward.connection.execute("PRAGMA ignore_check_constraints = ON")
    listing.connection.execute("ROLLBACK")

    def alter(cells: dict[str, object], parties: list[tuple[str, str]]) -> Listing:
        writer = awkward.connection
        writer.execute("BEGIN")
        marks = ", ".join(f"{name} = ?" for name in cells)
        writer.execute(f"UPDATE deal SET {marks} WHERE id = 1", tuple(cells.values()))
        writer.execute("DELETE FROM party WHERE deal_id = 1")
        for number, (name, role) in enumerate(parties, start=1):
            writer.execute("UPDATE company SET name = ? WHERE id = ?", (name, number))
            writer.execute("INSERT INTO party (deal_id, company_id, role) VALUES (1, ?, ?)", (number, role))
        writer.execute("COMMIT")
        return listing

    with closing(listing):
        yield alter


def test_a_deal_without_parties_has_an_empty_array(altered: Callable[..., Listing]) -> None:
    listing = altered({"note": None}, [])
    (deal,) = json.loads(joined(listing, Query(ids=(1,)), named("json"), None) or "")
    assert deal["parties"] == []
