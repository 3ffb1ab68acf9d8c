"""Deals that are alike in all that the fold compares: what one came to is what the next comes to."""

from itertools import product

import pytest
from deals import page, told
from domain.test_domain_fold_laws import events, lawful, pages, recorded
from hypothesis import given
from hypothesis import strategies as st

from dealtrack.domain.alike import Folds
from dealtrack.domain.date import from_edtf
from dealtrack.domain.event import Event
from dealtrack.domain.fold import Facts, fold
from dealtrack.domain.source import Source

# Few of everything, so that of a handful of deals some are alike.
short = st.builds(
    Event,
    n=st.just(0),
    date=st.sampled_from(("2024", "2024-06", "2024-06~", "2024-06-03", "2024-07-01", "2025/..")).map(from_edtf),
    status=st.sampled_from((None, "rumored", "agreed", "completed", "terminated")),
    milestone=st.none() | st.just("background"),
    value=events.map(lambda event: event.value),
    stake=events.map(lambda event: event.stake),
    expected=st.none() | st.just(from_edtf("2025")),
    credibility=st.sampled_from((3, 5)),
)
deals = st.lists(
    st.tuples(st.lists(short, min_size=1, max_size=3).map(recorded), st.none() | pages), min_size=2, max_size=20
)


@given(deals)
@lawful
def test_deals_folded_one_after_the_other_come_to_what_each_comes_to_alone(
    several: list[tuple[list[Event], Source | None]],
) -> None:
    folds = Folds()
    for story, source in several:
        read = [event._replace(source=source) for event in story]
        assert folds.fold(read) == fold(read)


@given(st.lists(st.lists(events, max_size=4).map(recorded), max_size=4))
@lawful
def test_deals_of_several_pages_are_folded_as_ever(stories: list[list[Event]]) -> None:
    folds = Folds()
    assert [folds.fold(story) for story in stories] == [fold(story) for story in stories]


def test_what_two_deals_have_in_common_is_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    folds, folded = Folds(), list[int]()

    def counted(events: list[Event]) -> Facts:
        folded.append(len(events))
        return fold(events)

    monkeypatch.setattr("dealtrack.domain.alike.fold", counted)
    for year, millions in product((2019, 2020, 2021), (5, 80)):
        source = page(published=f"{year}-06-02")
        story = recorded(
            [told(f"{year}-03-05", "rumored", source), told(f"{year}-06-01", "agreed", source, usd=millions * 10**6)]
        )
        assert folds.fold(story) == fold(story)
    assert folded == [2]


def test_one_day_more_between_two_events_may_matter_and_does() -> None:
    folds = Folds()
    source = page()
    for day in ("2024-06-01", "2024-06-02", "2024-06-03", "2024-06"):
        story = recorded([told("2024-06-02", "agreed", source), told(day, "terminated", source)])
        assert folds.fold(story) == fold(story), day


def test_events_without_a_source_may_contradict_each_other_and_those_of_one_page_do_not() -> None:
    folds = Folds()
    for source in (page(), None, page()):
        read = [told("2024-06", "agreed", stake="20"), told("2024", "denied", stake="51")]
        story = recorded([event._replace(source=source) for event in read])
        assert folds.fold(story) == fold(story)
        assert bool(folds.fold(story).disputed) == (source is None)
