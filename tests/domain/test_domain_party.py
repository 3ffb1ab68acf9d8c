"""Parties: how a deal is named by those who take part."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dealtrack.domain.party import ACTING, ROLES, Role, headline

BUYER: tuple[str, Role] = ("Rocket Lab", "buyer")
TARGET: tuple[str, Role] = ("Geost", "target")


def many(role: Role, names: str) -> list[tuple[str, Role]]:
    return [(name, role) for name in names]


@pytest.mark.parametrize(
    ("parties", "line"),
    [
        ([BUYER, TARGET], "Rocket Lab -> Geost"),
        ([TARGET, BUYER], "Rocket Lab -> Geost"),
        ([("OpenAI", "investor"), ("Stoke Space", "target"), ("Sam Altman", "principal")], "OpenAI -> Stoke Space"),
        ([("Amazon", "partner"), ("Arianespace", "partner")], "Amazon + Arianespace"),
        (many("partner", "ABC"), "A + B + C"),
        (many("partner", "ABCDE"), "A + B + C + 2 more"),
        ([*many("investor", "AB"), ("T", "target")], "A, B -> T"),
        ([*many("investor", "ABCDE"), ("T", "target")], "A, B + 3 more -> T"),
        ([BUYER, *many("target", "ABC")], "Rocket Lab -> A, B + 1 more"),
        ([*many("investor", "AB"), ("L", "lead-investor"), ("T", "target")], "L -> T"),
        ([("L", "lead-investor"), BUYER, TARGET], "Rocket Lab -> Geost"),
        ([BUYER, TARGET, ("AEI", "seller")], "Rocket Lab -> Geost"),
        ([("EQT", "buyer"), ("Eutelsat", "seller")], "EQT <- Eutelsat"),
        ([("Boeing", "seller")], "? <- Boeing"),
        ([("Airbus", "partner"), ("OneWeb", "target")], "Airbus -> OneWeb"),
        ([("Crew", "sponsor"), ("T", "target")], "Crew -> T"),
        ([BUYER], "Rocket Lab"),
        ([TARGET], "Geost"),
        ([("Sam Altman", "principal")], "Sam Altman"),
        ([("Goldman", "adviser"), ("FCC", "regulator")], "Goldman, FCC"),
    ],
)
def test_a_headline(parties: list[tuple[str, Role]], line: str) -> None:
    assert headline(parties) == line


def test_who_acts_is_a_buyer_before_any_investor() -> None:
    assert ACTING == ("buyer", "lead-investor", "investor")
    assert set(ACTING) < set(ROLES)


@given(st.lists(st.tuples(st.sampled_from(("A", "B", "C", "D")), st.sampled_from(ROLES)), min_size=1, max_size=8))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_whoever_takes_part_there_is_a_headline_of_their_names(parties: list[tuple[str, Role]]) -> None:
    line = headline(parties)
    assert line
    names = {word for word in line.replace(",", " ").split() if word.isupper()}
    assert names <= {name for name, _ in parties}
    assert names
