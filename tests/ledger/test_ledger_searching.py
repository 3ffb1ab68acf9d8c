"""Searching: whatever is typed is words to look for, and a reference means one deal or says why not."""

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger.conftest import EXAMPLES, change, draft, event

from dealtrack.domain.company import Alias, Company
from dealtrack.domain.query import Query
from dealtrack.ledger.identity import AmbiguousDeal, NoSuchDeal
from dealtrack.ledger.searching import as_match
from dealtrack.ledger.writing import WritableLedger

HOSTILE = [
    *('"', '""', "'", "AND", "OR", "NOT", "NEAR", "NEAR(a b, 2)", "(", ")", "()", "*", "**", "-", "--", "+", "^", ":"),
    *("title:geost", "{title}:geost", "-geost", "^geost", "a AND", "AND AND", "a OR", '"geost', 'geost"', "ge*st"),
    *(
        "*geost",
        "geost;",
        "DROP TABLE deal",
        "%",
        "_",
        "\\",
        "\n",
        "\t",
        "\0",
        "geost\0",
        "ge\0ost",
        "\ud800",
        "geost\ud800",
        "\x1b[31m",
    ),
    *(
        "🚀",
        "🚀*",
        "é",
        "e\u0301",
        "ß",
        "İ",
        "中文",
        "\u202e",
        "²",
        "٣",
        "x" * 10_000,
        "a " * 2000,
        "1" * 30,
        "1" * 5000,
    ),
]


@pytest.fixture
def told(ledger: WritableLedger) -> WritableLedger:
    """Four deals: Geost, Mynaric twice, and one with words of every sort."""
    with change(ledger):
        ledger.add_company(Company("", "Isar Aerospace", aliases=(Alias("O'Neil & Sons", "former"),)))
        ledger.add_deal(draft(("rocket-lab", "buyer"), ("geost", "target"), events=[event("2025", "rumored")]))
        ledger.add_deal(draft(("rheinmetall", "buyer"), ("mynaric", "target"), events=[event("2025", "rumored")]))
        ledger.add_deal(draft(("rocket-lab", "buyer"), ("mynaric", "target"), events=[event("2025", "agreed")]))
        words = event("2024", "talks", summary='fizzled "AND" then near-term talks for Société Générale 🚀 NOT')
        ledger.add_deal(draft(("isar-aerospace", "target"), events=[words], note="a foo-bar of 中文"))
    return ledger


def found(ledger: WritableLedger, *words: str) -> list[int]:
    return ledger.ids(Query(words=words, sort=(("id", False),)))


@pytest.mark.parametrize("typed", HOSTILE)
def test_nothing_that_can_be_typed_breaks_a_search(told: WritableLedger, typed: str) -> None:
    assert set(found(told, typed)) <= {1, 2, 3, 4}
    assert set(found(told, "geost", typed)) <= {1}


@pytest.mark.parametrize("typed", HOSTILE)
def test_nothing_that_can_be_typed_breaks_a_reference(told: WritableLedger, typed: str) -> None:
    try:
        assert told.find(typed) in (1, 2, 3, 4)
    except NoSuchDeal as unknown:
        assert unknown.exit_code == 3  # noqa: PT017 - some of them do mean a deal


@EXAMPLES
@given(
    st.lists(st.text(max_size=12) | st.sampled_from([typed for typed in HOSTILE if "\ud800" not in typed]), max_size=4)
)
def test_no_words_at_all_break_the_full_text_search(words: list[str]) -> None:
    with closing(sqlite3.connect(":memory:")) as memory:
        memory.execute("CREATE VIRTUAL TABLE said USING fts5 (words)")
        memory.execute("INSERT INTO said VALUES (?)", (" ".join(words),))
        found = memory.execute("SELECT count(*) FROM said WHERE said MATCH ?", (as_match(words),)).fetchone()[0]
    assert found in (0, 1)


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (("geost",), [1]),
        (("GEOST",), [1]),
        (("Rocket", "Lab"), [1, 3]),
        (("rocket lab",), [1, 3]),
        (("rocket-lab",), [1, 3]),
        (("lab rocket",), [1, 3]),
        (("lab-rocket",), []),
        (("mynaric", "rheinmetall"), [2]),
        (("myn*",), [2, 3]),
        (("myn",), []),
        (("AND",), [4]),
        (("NOT",), [4]),
        (("NEAR",), [4]),
        (("near-term",), [4]),
        (("-fizzled",), [4]),
        (("(fizzled)",), [4]),
        (("o'neil",), [4]),
        (("O'Neil & Sons",), [4]),
        (("foo-bar",), [4]),
        (("societe generale",), [4]),
        (("中文",), [4]),
        (("2025",), [1, 2, 3]),
        (("fizzled", "geost"), []),
        (("🚀 geost",), [1]),
    ],
)
def test_words_match_as_words(told: WritableLedger, words: tuple[str, ...], ids: list[int]) -> None:
    assert found(told, *words) == ids


@pytest.mark.parametrize(
    ("reference", "deal"),
    [
        ("2", 2),
        (" 2 ", 2),
        ("002", 2),
        ("rheinmetall-mynaric-2025", 2),
        ("Rheinmetall-Mynaric-2025", 2),
        ("last", 4),
        ("geost", 1),
        ("Rheinmetall Mynaric", 2),
        ("o'neil", 4),
        ("isar*", 4),
    ],
)
def test_a_reference_is_an_id_a_slug_last_or_words(told: WritableLedger, reference: str, deal: int) -> None:
    assert told.find(reference) == deal


@pytest.mark.parametrize(
    "reference", ["", " ", "spacex", "9", "0", "9" * 25, "-1", "2.0", "fizzled", "foo-bar", "\u0662"]
)
def test_what_means_no_deal_says_so(told: WritableLedger, reference: str) -> None:
    with pytest.raises(NoSuchDeal, match=r"^no deal (matches|has the id) ") as unknown:
        told.find(reference)
    assert not isinstance(unknown.value, AmbiguousDeal)
    assert unknown.value.hint.endswith("list deals: dealtrack list")


def test_what_means_several_deals_names_them(told: WritableLedger) -> None:
    with pytest.raises(AmbiguousDeal) as several:
        told.find("mynaric")
    assert several.value.what == ('"mynaric" matches 2 deals: 2 rheinmetall-mynaric-2025; 3 rocket-lab-mynaric-2025')
    assert several.value.exit_code == 3


def test_a_slug_mistyped_is_answered_with_the_nearest(told: WritableLedger) -> None:
    with pytest.raises(NoSuchDeal) as unknown:
        told.find("rheinmetal-mynarik-2025")
    assert unknown.value.hint.startswith("did you mean rheinmetall-mynaric-2025")


def test_last_is_the_deal_touched_last_that_is_still_there(told: WritableLedger) -> None:
    with change(told, at="2026-03-16T12:00:00Z"):
        told.add_event(2, event("2026", "agreed"))
    assert told.find("last") == 2
    with change(told, at="2026-03-16T12:00:01Z"):
        told.remove_deal(2)
    assert told.find("last") == 4


def test_an_empty_ledger_has_no_last_deal(ledger: WritableLedger) -> None:
    with pytest.raises(NoSuchDeal, match="the ledger holds no deal yet"):
        ledger.find("last")
