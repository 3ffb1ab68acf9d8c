"""How belief about a deal changed, and which accounts of a step name another day."""

from typing import Any

from deals import deal, page, told
from hypothesis import given
from hypothesis import strategies as st

from dealtrack.domain.belief import other_days, public_since, said, turns
from dealtrack.domain.deal import Deal
from dealtrack.domain.fold import FIELDS, fold
from dealtrack.domain.status import STATUSES


def beliefs(one: Deal) -> list[tuple[str | None, str, Any, Any, int]]:
    return [
        (
            turn.day.isoformat() if turn.day else None, turn.field, said(turn.before, turn.field),
            said(turn.after, turn.field), turn.moved_by.n,
        )
        for turn in turns(one)
    ]  # fmt: skip


def test_belief_changes_on_the_day_on_which_it_was_public() -> None:
    one = deal(
        told("2024-03-01", "agreed", page("A", "2024-03-04")),
        told("2024-02-01", "talks", page("B", "2024-02-02")),
        told("2024-05", "completed", page("C", "2024-07-01")),
    )
    assert beliefs(one) == [
        ("2024-02-02", "status", None, "talks", 2),
        ("2024-03-04", "status", "talks", "agreed", 1),
        ("2024-07-01", "status", "agreed", "completed", 3),
    ]


def test_what_moves_nothing_is_no_turn() -> None:
    one = deal(told("2024-03-01", "agreed", page("A")), told("2024-03-02", "agreed", page("B")))
    assert beliefs(one) == [("2024-03-01", "status", None, "agreed", 1)]


def test_every_fact_has_turns_of_its_own() -> None:
    one = deal(
        told("2024-01-01", "proposed", value="USD 10M", stake="20", basis=None),
        told("2024-02-01", "agreed", page("B"), value="USD 12M"),
    )
    assert [(day, field) for day, field, *_ in beliefs(one)] == [
        ("2024-01-01", "status"), ("2024-01-01", "value"), ("2024-01-01", "stake"),
        ("2024-02-01", "status"), ("2024-02-01", "value"),
    ]  # fmt: skip


def test_what_was_public_from_the_beginning_has_no_day() -> None:
    assert beliefs(deal(told("../2019", "completed"))) == [(None, "status", None, "completed", 1)]
    assert public_since(told("../2019")) is None


def test_a_belief_may_be_moved_by_what_only_contradicts() -> None:
    """A fact of credibility 5 decides as long as it is alone; a better one takes its place."""
    one = deal(told("2024-01-01", "agreed", credibility=5), told("2024-02-01", milestone="statement"))
    assert beliefs(one) == [
        ("2024-01-01", "status", None, "agreed", 1),
        ("2024-02-01", "status", "agreed", None, 2),
    ]


DAYS = st.sampled_from(("2024-01-01", "2024-01", "2024-02-10", "2024", "../2024-03"))
EVENTS = st.lists(
    st.builds(
        lambda when, status, published, grade: told(when, status, page("P", published), credibility=grade),
        DAYS, st.sampled_from((*STATUSES, None)), st.sampled_from((None, "2024-02-01", "2024-04")), st.integers(1, 6),
    ),
    min_size=1, max_size=6,
)  # fmt: skip


@given(EVENTS)
def test_the_turns_lead_to_what_is_believed_now(events: Any) -> None:
    one = deal(*events)
    now: dict[str, Any] = dict.fromkeys(FIELDS)
    for turn in turns(one):
        assert said(turn.before, turn.field) == now[turn.field] != said(turn.after, turn.field)
        now[turn.field] = said(turn.after, turn.field)
    facts = fold(one.events)
    assert now["status"] == (facts.status.event.status if facts.status else None)


# --- other days ---------------------------------------------------------------------------------


def contrary(*events: Any) -> list[tuple[str, str]]:
    one = deal(*events)
    return [(other.step, other.event.date.edtf) for other in other_days(one, one.facts)]


def test_another_day_told_elsewhere_is_contrary() -> None:
    signed = told("2024-03-01", "agreed", page("A"))
    assert contrary(signed, told("2024-03-05", "agreed", page("B"))) == [("agreed", "2024-03-05")]
    assert contrary(told("2024-05-01", "completed", page("A")), told("2024-06", "completed", page("B"))) == [
        ("completed", "2024-06")
    ]
    assert contrary(told("2024-05-01", "rejected", page("A")), told("2024-06", "rejected", page("B"))) == [
        ("ended", "2024-06")
    ]


def test_a_day_within_the_other_or_of_the_same_page_or_doubted_is_not() -> None:
    signed = told("2024-03-01", "agreed", page("A"))
    assert contrary(signed, told("2024-03", "agreed", page("B"))) == []
    assert contrary(signed, told("2024-03-05", "agreed", page("A"))) == []
    assert contrary(signed, told("2024-03-05", "agreed", page("B"), credibility=5)) == []
    assert contrary(signed, told("2024-03-05", "agreed", page("B"), milestone="tender-result")) == []
    assert contrary(told("2024-05-01", "rejected", page("A")), told("2024-06", "withdrawn", page("B"))) == []
