"""Ledgers at the edges on the terminal, as pages and as pictures: nothing cut without a sign, nothing off the sheet."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import edges as odd
import pytest
from edges import ARABIC, CURRENCIES, EDGES, ENDLESS, HEBREW, LONG, SCRIPT
from report.test_report_charts import words

Make = Callable[..., str]
Golden = Callable[[str, str], None]

WIDTHS = (80, 120, 200)
# Three hundred lines that say the same are held by a rule instead.
KEPT = [edge for edge in EDGES if edge != "one-day"]


@pytest.fixture(scope="session")
def edges(ledgers: Path) -> Path:
    """A ledger of each, beside that of the bundled deals."""
    for edge in EDGES:
        odd.make(edge, ledgers / f"{edge}.db")
    return ledgers


@pytest.fixture
def drawn(edges: Path, make: Make) -> Make:
    """What the timeline of an edge is in a format."""
    assert edges.is_dir()

    def made(edge: str, format_: str, **env: str) -> str:
        return make(*EDGES[edge][1], "-O", format_, ledger=f"{edge}.db", **env)

    return made


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("edge", KEPT)
def test_the_terminal_shows_it_as_it_was(edge: str, width: int, drawn: Make, golden: Golden) -> None:
    golden(f"edges/{edge}-{width}.txt", drawn(edge, "table", COLUMNS=str(width)))


@pytest.mark.parametrize("edge", KEPT)
def test_markdown_is_as_it_was(edge: str, drawn: Make, golden: Golden) -> None:
    golden(f"edges/{edge}.md", drawn(edge, "md"))


@pytest.mark.parametrize("edge", EDGES)
def test_no_word_of_a_picture_is_off_the_sheet(edge: str, drawn: Make) -> None:
    root = ET.fromstring(drawn(edge, "svg"))
    width, height = float(root.get("width", 0)), float(root.get("height", 0))
    told = list(words(root))
    assert told
    for word in told:
        assert word.left >= 0, word
        assert word.right <= width, word
        assert 0 < word.y < height, word


def test_a_name_of_two_hundred_characters_is_whole_in_every_shape(drawn: Make) -> None:
    told = "".join(word.said for word in words(ET.fromstring(drawn("long-names", "svg"))))
    for name in (LONG, ENDLESS):
        assert name.replace(" ", "") in told.replace(" ", "")
        assert name in drawn("long-names", "html")
        assert name in drawn("long-names", "md")
    for width in WIDTHS:
        shown = drawn("long-names", "table", COLUMNS=str(width))
        assert "…" not in shown
        assert max(map(len, shown.splitlines())) <= width


def test_three_hundred_events_of_one_day_are_all_there(drawn: Make) -> None:
    shown = drawn("one-day", "table", COLUMNS="80").splitlines()
    assert max(map(len, shown)) <= 80
    assert len([line for line in shown if "2025-03-02" in line]) == 300
    root = ET.fromstring(drawn("one-day", "svg"))
    told = list(words(root))
    assert len([word for word in told if word.said == "2025-03-02"]) == 300
    rows = sorted(word.y for word in told if word.said.startswith("Filing"))
    assert len(rows) == 299
    assert min(later - earlier for earlier, later in pairwise(rows)) > 13
    assert "300 dates are too many for a chart of this sort" in drawn("one-day", "md")


def test_every_currency_is_shown_and_what_has_no_rate_is_told(drawn: Make) -> None:
    told = drawn("currencies", "table", COLUMNS="80")
    for at, currency in enumerate(CURRENCIES):
        assert f"{currency} {at + 1}0M" in told
    assert "unknown is not zero" in told


def test_an_arrow_between_names_from_right_to_left_points_from_left_to_right(drawn: Make) -> None:
    for format_ in ("html", "md"):
        assert f"{ARABIC}\u200e → \u200e{HEBREW}" in drawn("scripts", format_)
    assert "\u200e" not in drawn("long-names", "html")


def test_a_deal_named_like_a_script_stays_a_name(drawn: Make) -> None:
    assert SCRIPT in drawn("script", "table", COLUMNS="80")
    for format_ in ("html", "svg"):
        assert "<script>alert" not in drawn("script", format_)
    assert "&lt;script&gt;alert" in drawn("script", "svg")


def test_what_is_open_to_the_left_fades_and_nothing_found_says_so(drawn: Make) -> None:
    assert 'mask="url(#fade-left)"' in drawn("open-date", "svg")
    assert "No deals match." in drawn("empty", "svg")
