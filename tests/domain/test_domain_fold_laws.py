"""The fold: what holds for any events whatever."""

import os
from itertools import pairwise

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from dealtrack.domain.date import from_edtf, overlap, wholly_before
from dealtrack.domain.event import Event
from dealtrack.domain.fold import FIELDS, Facts, Field, Ruling, fold, states
from dealtrack.domain.money import BASES
from dealtrack.domain.publisher import Outlets, Publisher
from dealtrack.domain.source import RELIABILITIES, Source
from dealtrack.domain.stake import STAKE_BASES
from dealtrack.domain.status import LEADS_TO, PHASE_OF, STATUSES
from dealtrack.text.money import read_money
from dealtrack.text.stakes import read_stake

settings.register_profile(
    "fold",
    max_examples=int(os.environ.get("DEALTRACK_EXAMPLES", "100")),
    deadline=None,
    derandomize="DEALTRACK_EXAMPLES" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
lawful = settings(settings.get_profile("fold"))

# Few dates, near each other and of every sort, so that most of them overlap.
DATES = (
    "2024", "2024-22", "2024-06", "2024-06~", "2024-06-03", "2024-06-03~", "2024-06-30", "2024-07-01",
    "2024-12-01/2025-02-01", "2025", "2025-01", "2025/..", "../2024-06-30",
)  # fmt: skip
AMOUNTS = ("$275M", "$280M", "~$300M", "$250-290M", "billions of dollars", "undisclosed", "EUR 1bn", "up to $1bn")
SHARES = ("51", "controlling", "minority", "20", "15..25")

dates = st.sampled_from(DATES).map(from_edtf)
pages = st.builds(
    Source,
    key=st.sampled_from(("reuters", "wsj", "blog")),
    url=st.none(),
    title=st.none(),
    publisher=st.sampled_from(("Reuters", "WSJ")),
    published=st.none() | dates,
    kind=st.just("news"),
    via=st.none() | st.just("WSJ"),
    reliability=st.sampled_from(RELIABILITIES),
)
events = st.builds(
    Event,
    n=st.just(0),
    date=dates,
    status=st.none() | st.sampled_from(STATUSES),
    milestone=st.none() | st.sampled_from(("background", "delay")),
    value=st.none() | st.builds(read_money, st.sampled_from(AMOUNTS), st.sampled_from(BASES)),
    stake=st.none() | st.builds(read_stake, st.sampled_from(SHARES), st.sampled_from(STAKE_BASES)),
    expected=st.none() | dates,
    source=st.none() | pages,
    credibility=st.integers(1, 6),
)


def recorded(told: list[Event]) -> list[Event]:
    return [event._replace(n=n) for n, event in enumerate(told, start=1)]


stories = st.lists(events, min_size=1, max_size=6).map(recorded)
believed_stories = stories.filter(lambda story: any(event.credibility < 5 for event in story))


def rulings(facts: Facts) -> dict[Field, Ruling]:
    found = {field: getattr(facts, field) for field in FIELDS}
    return {field: ruling for field, ruling in found.items() if ruling}


def differing(before: Facts, after: Facts) -> set[str]:
    return {name for name in before._fields if getattr(before, name) != getattr(after, name)}


@given(stories.flatmap(lambda story: st.tuples(st.just(story), st.permutations(story))))
@lawful
def test_the_order_in_which_events_are_given_does_not_matter(orders: tuple[list[Event], list[Event]]) -> None:
    recorded_first_to_last, shuffled = orders
    assert fold(shuffled) == fold(recorded_first_to_last)


@given(stories)
@lawful
def test_every_winner_and_every_opponent_is_one_of_the_events(story: list[Event]) -> None:
    for field, ruling in rulings(fold(story)).items():
        assert ruling.event in story
        assert getattr(ruling.event, field) is not None
        assert all(event in story and getattr(event, field) is not None for event in ruling.against)


@given(stories)
@lawful
def test_no_winner_is_against_itself(story: list[Event]) -> None:
    assert all(ruling.event not in ruling.against for ruling in rulings(fold(story)).values())


@given(stories)
@lawful
def test_only_what_is_believed_and_says_something_else_disputes(story: list[Event]) -> None:
    for field, ruling in rulings(fold(story)).items():
        assert all(event.credibility < 5 for event in ruling.against)
        assert all(getattr(event, field) != getattr(ruling.event, field) for event in ruling.against)


@given(stories)
@lawful
def test_a_disputed_amount_or_stake_is_of_one_time_and_basis_and_another_page(story: list[Event]) -> None:
    facts = fold(story)
    for ruling, field in ((facts.value, "value"), (facts.stake, "stake")):
        for event in ruling.against if ruling else ():
            assert ruling
            assert overlap(event.date, ruling.last_said.date)
            assert getattr(event, field).basis == getattr(ruling.event, field).basis
            assert not (event.source and ruling.event.source and event.source.key == ruling.event.source.key)


@given(stories)
@lawful
def test_the_state_that_stands_is_never_wholly_before_a_believed_one(story: list[Event]) -> None:
    facts = fold(story)
    assume(facts.status)
    weighed = [e for e in story if e.credibility < 5] or story
    assert facts.status
    assert not any(e.status and wholly_before(facts.status.event.date, e.date) for e in weighed)


@given(believed_stories, events)
@lawful
def test_what_cannot_be_judged_changes_only_when_the_deal_was_last_heard_of(story: list[Event], late: Event) -> None:
    hearsay = late._replace(n=len(story) + 1, credibility=6)
    assert differing(fold(story), fold([*story, hearsay])) <= {"last_heard"}


@given(believed_stories, events)
@lawful
def test_older_and_lower_graded_news_of_the_same_page_leaves_the_status(story: list[Event], old: Event) -> None:
    ruling = fold(story).status
    assume(ruling)
    assert ruling
    older = old._replace(n=len(story) + 1, source=ruling.event.source, credibility=min(ruling.event.credibility + 1, 4))
    assume(wholly_before(older.date, ruling.event.date))
    after = fold([*story, older]).status
    assert after
    assert after.event == ruling.event


@given(stories)
@lawful
def test_a_deal_is_done_or_over_exactly_when_its_status_says_so(story: list[Event]) -> None:
    facts = fold(story)
    assert facts.phase == (PHASE_OF[facts.status.event.status] if facts.status and facts.status.event.status else None)
    assert (facts.completed is not None) is (facts.phase == "done")
    assert (facts.ended is not None) is (facts.phase == "dead")
    assert facts.expected is None or facts.phase not in ("done", "dead")


@given(stories)
@lawful
def test_pinning_what_wins_changes_the_reason_only(story: list[Event]) -> None:
    plain = fold(story)
    for field, ruling in rulings(plain).items():
        pinned = fold(story, {field: ruling.event.n})
        assert pinned._replace(**{field: ruling}) == plain  # type: ignore[arg-type]  # a field takes its own ruling
        told: Ruling = getattr(pinned, field)
        assert (told.event, told.reason, told.origins) == (ruling.event, "pinned", ruling.origins)
        assert told.against == ruling.against or ruling.reason == "vaguer"


@given(stories, st.sampled_from(FIELDS), st.integers(1, 7))
@lawful
def test_a_pin_wins_where_it_can_and_taking_it_out_leaves_no_trace(story: list[Event], field: Field, n: int) -> None:
    plain = fold(story)
    pins: dict[Field, int] = {field: n}
    pinned = fold(story, pins)
    able = any(event.n == n and getattr(event, field) for event in story)
    assert (rulings(pinned)[field].event.n == n) if able else pinned == plain
    del pins[field]
    assert fold(story, pins) == plain


@given(stories, st.sampled_from(("value", "stake")), st.integers(1, 6))
@lawful
def test_a_pin_on_an_amount_or_stake_touches_nothing_else(story: list[Event], field: Field, n: int) -> None:
    assert differing(fold(story), fold(story, {field: n})) <= {field}


@given(stories)
@lawful
def test_states_are_those_asserted_without_repeats(story: list[Event]) -> None:
    path = states(story)
    assert set(path) == {event.status for event in story if event.status}
    assert all(before != after for before, after in pairwise(path))


def unnumbered(event: Event) -> Event:
    return event._replace(n=0)


@given(stories.flatmap(lambda story: st.tuples(st.just(story), st.permutations(story))))
@lawful
def test_the_order_of_entry_matters_only_where_the_last_recorded_decides(
    orders: tuple[list[Event], list[Event]],
) -> None:
    first, second = (fold(recorded(order)) for order in orders)
    one, other = rulings(first), rulings(second)
    assert one.keys() == other.keys()
    for field, ruling in one.items():
        again = other[field]
        assert (ruling.reason == "recorded") is (again.reason == "recorded")
        if ruling.reason not in ("recorded", "vaguer"):
            assert unnumbered(ruling.event) == unnumbered(again.event)
            assert (ruling.reason, ruling.origins, ruling.pending) == (again.reason, again.origins, again.pending)
            assert set(map(unnumbered, ruling.against)) == set(map(unnumbered, again.against))
        elif ruling.reason == "vaguer" == again.reason:
            assert (ruling.event.date, ruling.event.grade) == (again.event.date, again.event.grade)
    if "status" not in one or one["status"].reason != "recorded":
        assert differing(first, second) <= set(FIELDS)


@given(believed_stories, events, st.sampled_from(FIELDS), st.booleans())
@lawful
def test_lower_graded_news_of_the_same_time_and_thing_never_changes_a_fact(
    story: list[Event], news: Event, field: Field, another_page: bool
) -> None:
    """Of the same time: dated as what the fact stands by. Of the same thing: no further state, the same basis."""
    ruling = rulings(fold(story)).get(field)
    assume(ruling is not None)
    assert ruling
    stands = ruling.last_said
    lower = news._replace(n=len(story) + 1, date=stands.date)
    if another_page and stands.source and stands.source.reliability < "F" and lower.source:
        source = lower.source._replace(reliability=RELIABILITIES[RELIABILITIES.index(stands.source.reliability) + 1])
        lower = lower._replace(credibility=stands.credibility, source=source)
    else:
        lower = lower._replace(credibility=min(stands.credibility + 1, 6))
        assume(lower.credibility > stands.credibility)
    if field == "status":
        assume(stands.status and lower.status not in LEADS_TO[stands.status])
    else:
        told, asserted = getattr(stands, field), getattr(lower, field)
        assume(asserted is not None and getattr(told, "qualifier", "") != "undisclosed")
        lower = lower._replace(**{field: asserted._replace(basis=told.basis), "status": stands.status})
    after = rulings(fold([*story, lower]))[field]
    assert after.event == ruling.event


@given(stories, st.integers(0, 30))
@lawful
def test_what_is_pending_is_not_disputed_and_rests_on_one_origin(story: list[Event], lag: int) -> None:
    known = Outlets([Publisher("Reuters", lag=lag), Publisher("WSJ", lag=7)])
    facts = fold(story, outlets=known)
    for ruling in rulings(facts).values():
        assert set(ruling.origins) <= set(facts.origin_names)
        if ruling.pending:
            assert not ruling.disputed
            assert len(ruling.origins) == 1
            assert len(facts.origin_names) > 1


@given(stories)
@lawful
def test_the_steps_take_every_other_claim_out_once(story: list[Event]) -> None:
    for ruling in rulings(fold(story)).values():
        out = [event for step in ruling.steps if step.reason != "vaguer" for event in step.gave_way]
        assert len(out) == len({event.n for event in out})
        assert ruling.last_said not in out
