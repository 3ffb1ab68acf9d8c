"""Judgements: what follows from them does not depend on the order in which they were made."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dealtrack.domain.judgement import Judgement, Verdict, canonicals, clusters, contradicted, sentence

lawful = settings(max_examples=200, deadline=None, derandomize=True)
COMPANIES = "abcdefgh"


def said(company: str, other: str, verdict: Verdict = "same", **rest: Any) -> Judgement:
    return Judgement(company, other, verdict, "ada", "2026-03-15T12:00:00Z", **rest)


def known(*pairs: str) -> dict[str, str]:
    """What each is known as, given `ab` for "b is a"."""
    return canonicals([(pair[0], pair[1]) for pair in pairs], {name: name for name in COMPANIES})


PAIRS = st.lists(
    st.tuples(st.sampled_from(COMPANIES), st.sampled_from(COMPANIES)).filter(lambda pair: pair[0] != pair[1]),
    max_size=10,
)
VERDICTS = st.lists(
    st.builds(
        lambda pair, verdict: said(pair[0], pair[1], verdict),
        st.permutations(COMPANIES).map(lambda names: (names[0], names[1])),
        st.sampled_from(("same", "different", "unsure")),
    ),
    max_size=10,
)


@pytest.mark.parametrize(
    ("pairs", "meant"),
    [
        ((), {}),
        (("ab",), {"b": "a"}),
        (("ba",), {"a": "b"}),
        (("ab", "ac"), {"b": "a", "c": "a"}),
        (("ab", "bc"), {"b": "a", "c": "a"}),
        (("ab", "ca"), {"a": "c", "b": "c"}),
        (("ab", "cd"), {"b": "a", "d": "c"}),
        (("cb", "ab"), {"b": "a", "c": "a"}),  # neither was put second
        (("ab", "bc", "ca"), {"b": "a", "c": "a"}),  # each was
    ],
)
def test_the_first_that_was_named_gives_the_name(pairs: tuple[str, ...], meant: dict[str, str]) -> None:
    assert known(*pairs) == meant


def test_what_is_the_same_as_the_same_is_the_same() -> None:
    assert sorted(map(sorted, clusters([("a", "b"), ("c", "d"), ("b", "c"), ("e", "f")]))) == [
        ["a", "b", "c", "d"],
        ["e", "f"],
    ]


def test_two_that_follow_to_be_the_same_cannot_be_different() -> None:
    told = [said("a", "b"), said("a", "c"), said("b", "c", "different"), said("a", "d", "different")]
    assert contradicted(told) == [told[2]]
    assert contradicted([said("a", "b", "unsure"), said("a", "b", "different")]) == []


def test_a_verdict_in_words() -> None:
    assert sentence(said("a", "b", "different", why="sold")) == "a and b are different (ada, 2026-03-15: sold)"
    assert sentence(said("a", "b", "unsure")) == "a and b may be the same (ada, 2026-03-15)"


@given(PAIRS, st.randoms(use_true_random=False))
@lawful
def test_judgements_may_be_made_in_any_order(pairs: list[tuple[str, str]], random: Any) -> None:
    shuffled = random.sample(pairs, len(pairs))
    names = {name: name for name in COMPANIES}
    assert canonicals(shuffled, names) == canonicals(pairs, names)
    assert set(clusters(shuffled)) == set(clusters(pairs))


@given(VERDICTS, st.randoms(use_true_random=False))
@lawful
def test_so_may_those_that_contradict_each_other(told: list[Judgement], random: Any) -> None:
    assert set(contradicted(random.sample(told, len(told)))) == set(contradicted(told))


@given(PAIRS)
@lawful
def test_whoever_gives_the_name_goes_by_its_own(pairs: list[tuple[str, str]]) -> None:
    found = canonicals(pairs, {name: name for name in COMPANIES})
    assert not set(found) & set(found.values())
    for one, other in pairs:
        assert found.get(one, one) == found.get(other, other)
