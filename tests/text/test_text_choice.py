"""Words that are one of a list: what is not is answered with what it may mean."""

import pytest

from dealtrack.domain.kind import KINDS
from dealtrack.domain.milestone import MILESTONES
from dealtrack.domain.status import PHASES, STATUSES
from dealtrack.text.choice import UnknownWord, one_of


def hinted(word: str, allowed: tuple[str, ...]) -> str:
    with pytest.raises(UnknownWord) as refused:
        one_of(word, allowed, "word")
    return refused.value.hint.partition(" word: ")[0]


@pytest.mark.parametrize(
    ("word", "ours"),
    [
        ("signed", "agreed"), ("announced", "agreed"), ("closed", "completed"),
        ("cancelled", "withdrawn or terminated"),
        ("Abandoned", "withdrawn or terminated"), ("lapsed", "withdrawn or terminated"), ("MoU", "proposed"),
        ("expired", "terminated or withdrawn"), ("LOI", "proposed"), ("letter of intent", "proposed"),
        ("rumoured", "rumored"), ("pending", "agreed"), ("done", "completed"), ("agred", "agreed or stalled"),
        ("comp", "completed"),
    ],
)  # fmt: skip
def test_a_state_as_the_trade_says_it_is_answered_with_ours(word: str, ours: str) -> None:
    assert hinted(word, STATUSES) == f"did you mean {ours}?"


def test_a_phase_is_offered_where_one_is_taken() -> None:
    assert hinted("pending", (*STATUSES, *PHASES)) == "did you mean agreed or open?"
    assert one_of("done", (*STATUSES, *PHASES), "word") == "done"


@pytest.mark.parametrize(
    ("begun", "meant"),
    [("acq", "acquisition"), ("part", "partnership"), ("equ", "equity-stake"), ("EQ", "equity-stake")],
)
def test_the_beginning_of_a_word_is_answered_with_it(begun: str, meant: str) -> None:
    assert hinted(begun, KINDS) == f"did you mean {meant}?"


def test_a_list_that_is_hardly_longer_than_what_is_shown_is_shown_whole() -> None:
    with pytest.raises(UnknownWord, match="unknown word") as refused:
        one_of("x", (*STATUSES, *PHASES), "word")
    assert refused.value.hint == f"word: {', '.join((*STATUSES, *PHASES))}"
    with pytest.raises(UnknownWord) as long:
        one_of("x", MILESTONES, "word")
    assert long.value.hint.endswith(" ...")
