"""Origins: whose reporting the pages of a story come down to, along chains and round circles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealtrack.domain.origin import origins_of
from dealtrack.domain.problem import Misuse
from dealtrack.domain.publisher import Outlets, Publisher
from dealtrack.domain.source import Source


def page(told: str) -> Source:
    """A page by publisher and what it relays: `Reuters`, `Reuters < WSJ`."""
    publisher, relays, via = told.partition(" < ")
    return Source(told, None, None, publisher, None, "news", via if relays else None, "C")


def origins(told: str, outlets: Outlets | None = None) -> list[str]:
    """The origins of several pages together: `A < B; B < C`"""
    found = origins_of(map(page, told.split("; ")), outlets or Outlets())
    return sorted({origin for several in found.values() for origin in several})


KNOWN = Outlets([Publisher("The Wall Street Journal", aliases=("WSJ", "wsj.com")), Publisher("A / B", aliases=("AB",))])

ROWS = [
    ("a report is its publisher's", "Reuters", ["Reuters"]),
    ("a relay is the outlet's that it relays", "Daily8 < Reuters", ["Reuters"]),
    ("relays of one report are one", "Daily8 < Reuters; EconoTimes < Reuters; Reuters", ["Reuters"]),
    ("a chain is followed to its end", "C < B; B < A; A", ["A"]),
    ("also where the end itself was not read", "D < C; C < B; B < A", ["A"]),
    ("an outlet with a report of its own stands for itself", "C < B; B < A; B", ["A", "B"]),
    ("a chain may be written out", "Blog < Reuters via WSJ", ["WSJ"]),
    ("and tells of the outlet between", "Blog < Reuters via WSJ; Daily8 < Reuters", ["WSJ"]),
    ("a page may relay two outlets", "Blog < WSJ / Bloomberg; Daily8 < WSJ", ["Bloomberg", "WSJ"]),
    ("each of them with a chain", "Blog < Reuters via WSJ / Bloomberg", ["Bloomberg", "WSJ"]),
    ("an outlet's name may begin like a chain", "Blog < Via Satellite; Paper < SpaceNews via Via Satellite",
        ["Via Satellite"]),
    ("a circle is one origin", "A < B; B < C; C < A", ["A"]),
    ("what relays a circle adds none", "D < B; A < B; B < A", ["A"]),
    ("a circle with a way out is what it leads to", "A < B; B < A; B < C", ["C"]),
    ("an outlet that relays itself reports itself", "A < A; B < A", ["A"]),
    ("spellings of one name are one", "The Wall Street Journal; Blog < Wall Street Journal; wall street-journal",
        ["The Wall Street Journal"]),
]  # fmt: skip


@pytest.mark.parametrize(("_sentence", "told", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_pages_come_down_to(_sentence: str, told: str, expected: list[str]) -> None:
    assert origins(told) == expected


def test_an_outlet_of_several_registered_names_counts_once() -> None:
    told = "WSJ; Blog < wsj.com; Daily8 < The Wall Street Journal; Paper < Wall Street Journal"
    assert origins(told) == ["The Wall Street Journal", "WSJ", "wsj.com"]
    assert origins(told, KNOWN) == ["The Wall Street Journal"]


def test_a_registered_name_is_never_taken_apart() -> None:
    assert origins("Blog < A / B; Paper < AB", KNOWN) == ["A / B"]


def test_a_page_without_publisher_stands_for_itself() -> None:
    assert origins_of([Source("s-1", None, "A letter", None, None, "other", None, "C")]) == {
        Source("s-1", None, "A letter", None, None, "other", None, "C"): ("A letter",)
    }


def test_one_name_never_means_two_publishers() -> None:
    with pytest.raises(Misuse, match='"wsj" is a name of The Wall Street Journal already'):
        KNOWN.refuse_rival(Publisher("Wisconsin State Journal", aliases=("wsj",)))
    KNOWN.refuse_rival(Publisher("Wall Street Journal", aliases=("WSJ", "wsj.com", "Dow Jones")))


outlets = st.sampled_from("ABCDEFGH")
graphs = st.lists(
    st.builds(lambda own, via: f"{own} < {via}" if via else own, outlets, st.none() | outlets), min_size=1, max_size=12
)


@given(graphs)
def test_there_is_an_origin_for_every_page_and_never_more_than_pages(told: list[str]) -> None:
    found = origins_of(map(page, told))
    assert all(found.values())
    assert 1 <= len({origin for several in found.values() for origin in several}) <= len(found)


@given(graphs.flatmap(lambda told: st.tuples(st.just(told), st.permutations(told))))
def test_the_order_of_the_pages_does_not_matter(orders: tuple[list[str], list[str]]) -> None:
    assert origins_of(map(page, orders[0])) == origins_of(map(page, orders[1]))


@given(graphs, st.data())
def test_another_relay_of_an_outlet_that_is_there_adds_no_origin(told: list[str], data: st.DataObject) -> None:
    there = sorted({name for one in told for name in one.split(" < ")})
    relay = f"Z < {data.draw(st.sampled_from(there))}"
    assert set(origins("; ".join([*told, relay]))) == set(origins("; ".join(told)))


@given(graphs)
def test_who_reports_is_an_origin(told: list[str]) -> None:
    own = {one for one in told if " < " not in one}
    assert own <= set(origins("; ".join(told)))
