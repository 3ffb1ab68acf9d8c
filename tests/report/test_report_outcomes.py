"""What became of deals, as a report."""

from typing import Any

from deals import deal, page, told
from report.test_report_durations import BASIS, cells, table

from dealtrack.domain.contents import Interval, Report
from dealtrack.domain.deal import Deal, Link
from dealtrack.report.outcomes import outcomes_report


def report(*deals: Deal) -> Report:
    return outcomes_report(deals, BASIS)


def one(*states: Any, year: int = 2024, **rest: Any) -> Deal:
    """A deal that goes through the states, one a month."""
    events = (told(f"{year}-{month:02}-01", state) for month, state in enumerate(states, start=1))
    return deal(*events, **({"buyer": "Acme", "target": "Geost"} | rest))


def percent(low: float, high: float | None = None) -> Interval:
    return Interval(round(low * 10_000), round((low if high is None else high) * 10_000))


def test_open_and_quiet_deals_are_no_failures() -> None:
    found = report(one("completed"), one("completed"), one("withdrawn"), one("agreed"), one("stalled"))
    columns = ("deals", "completed", "died", "open", "dormant", "rate", "range")
    assert cells(found, "by_kind", *columns) == [(5, 2, 1, 1, 1, percent(66.7), percent(40, 80))]
    assert table(found, "by_kind").foot == ("all", 5, 2, 1, 1, 1, percent(66.7), percent(40, 80))


def test_where_nothing_ended_there_is_no_rate() -> None:
    assert cells(report(one("agreed")), "by_kind", "rate", "range") == [(None, percent(0, 100))]
    assert cells(report(), "by_kind", "rate") == []


def test_a_deal_with_several_regulators_counts_with_each_and_one_without_with_none() -> None:
    found = report(one("completed", regulator=["FCC", "CMA"]), one("rejected", regulator="CMA"), one("completed"))
    assert cells(found, "by_regulator", "regulator", "completed", "died") == [("CMA", 1, 1), ("FCC", 1, 0)]


def test_rates_are_told_apart_by_how_a_deal_was_first_heard_of() -> None:
    found = report(one("rumored", "denied"), one("agreed", "completed"), one("completed"))
    columns = ("first_state", "completed", "died")
    assert cells(found, "by_first_state", *columns) == [("rumored", 0, 1), ("agreed", 1, 0), ("completed", 1, 0)]


def test_ways_of_dying_tell_how_far_a_deal_got_and_after_which_trouble() -> None:
    challenged = deal(
        told("2024-01-01", "agreed"), told("2024-02-01", milestone="regulatory-challenge"),
        told("2024-03-01", "terminated"),
    )  # fmt: skip
    found = report(challenged, one("agreed", "terminated"), one("withdrawn"), one("completed"))
    assert cells(found, "ways", "status", "stage", "deals", "obstacles") == [
        ("withdrawn", "not told", 1, ()),
        ("terminated", "agreed", 2, ("regulatory-challenge 1",)),
    ]


def test_paths_are_counted_the_most_usual_first() -> None:
    found = report(one("agreed", "completed"), one("completed"), one("completed"))
    assert cells(found, "paths", "path", "deals") == [("completed", 2), ("agreed > completed", 1)]


def test_a_deal_that_died_lost_to_a_rival_that_closed() -> None:
    won = one("completed", slug="won")
    lost = one("proposed", "withdrawn", links=(Link("competes-with", "won", won.id),))
    undecided = one("rejected", links=(Link("competes-with", "still-open", 99),))
    open_one = one("talks", slug="still-open")
    rivals = [
        rival.slug if rival else None
        for (rival,) in cells(report(won, lost, undecided, open_one), "endings", "lost_to")
    ]
    assert rivals == ["won", None]


# --- again --------------------------------------------------------------------------------------


def again(*deals: Deal) -> list[tuple[Any, ...]]:
    return [
        (was.slug, now.slug if now else None, known)
        for was, now, known in cells(report(*deals), "again", "deal", "again", "known")
    ]


def test_the_same_parties_that_come_back_after_an_end() -> None:
    first, second = one("agreed", "terminated", slug="first"), one("agreed", year=2025, slug="second")
    assert again(first, second) == [("first", "second", "the same parties")]
    assert again(second, first) == [("first", "second", "the same parties")]


def test_what_came_before_or_is_of_another_sort_or_of_others_is_not_again() -> None:
    dead = one("agreed", "terminated", slug="first")
    assert again(dead, one("completed", year=2023)) == []
    assert again(dead, one("completed", year=2025, buyer="Bravo")) == []
    assert again(dead, one("completed", year=2025, kind="equity-stake")) == []
    assert again(one("agreed"), one("completed", year=2025)) == []


def test_a_link_says_that_it_is_announced_again() -> None:
    said = Link("re-announces", "second", 2, outward=False)
    dead = one("agreed", "terminated", slug="first", links=(said,))
    assert again(dead, one("agreed", year=2025, buyer="Bravo", slug="second")) == [("first", "second", "a link")]


def test_a_deal_may_come_back_by_its_own_events() -> None:
    back = one("rumored", "denied", "agreed", slug="back")
    assert again(back) == [("back", "back", "its own events")]
    ((ended, since, after),) = cells(report(back), "again", "ended", "since", "after")
    assert [ended, since] == [event.date for event in back.events[1:]]
    assert after == Interval((since.earliest - ended.earliest).days, (since.latest - ended.latest).days)


# --- assumed ------------------------------------------------------------------------------------


def assumed(*events: Any) -> list[tuple[str, ...]]:
    return [why for (why,) in cells(report(deal(*events)), "assumed", "why")]


def test_a_closing_is_assumed_when_its_day_was_worked_out_or_one_doubtful_page_tells_of_it() -> None:
    assert assumed(told("2024", "completed", flags=("date-inferred",))) == [("the day was worked out",)]
    blog = told("2024", "completed", page("Blog", reliability="D"), credibility=4)
    assert assumed(blog) == [("the page is graded D", "the statement is graded 4")]
    assert assumed(told("2024", "completed")._replace(source=None)) == [("no source",)]


def test_a_closing_that_another_page_dates_or_bears_out_is_not() -> None:
    assert assumed(told("2024", "completed", flags=("date-inferred",)), told("2024", "completed", page("B"))) == []
    blog = told("2024", "completed", page("Blog", reliability="D"), credibility=3)
    assert assumed(blog, told("2024", "completed", page("Journal", reliability="D"))) == []
    assert assumed(told("2024", "agreed", flags=("date-inferred",))) == []
