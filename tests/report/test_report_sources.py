"""Which outlets to believe, as a report."""

from typing import Any

from deals import deal, page, told
from report.test_report_durations import BASIS, cells

from dealtrack.domain.contents import Interval, Report
from dealtrack.domain.deal import Deal
from dealtrack.report.sources import sources_report


def report(*deals: Deal) -> Report:
    return sources_report(deals, BASIS)


def rumored(outlet: str, end: Any, day: str = "2024-03-01") -> Deal:
    later = [told("2024-04-10", end, page("SpaceNews", "2024-04-10"))] if end else []
    return deal(told(day, "rumored", page(outlet, day)), *later)


def test_an_outlet_is_judged_by_what_came_of_its_rumors() -> None:
    found = report(
        rumored("Bloomberg", "agreed"), rumored("Bloomberg", "agreed", "2024-04-08"), rumored("Bloomberg", "denied"),
        rumored("Bloomberg", None), rumored("Bloomberg", "stalled"), rumored("Reuters", "denied"),
    )  # fmt: skip
    columns = ("outlet", "rumors", "came_true", "fell_through", "went_quiet", "open", "rate", "early", "firsts")
    assert cells(found, "outlets", *columns) == [
        ("Bloomberg", 5, 2, 1, 1, 1, Interval(667_000, 667_000), Interval(21, 21), 5),
        ("Reuters", 1, 0, 1, 0, 0, Interval(0, 0), None, 1),
        ("SpaceNews", 0, 0, 0, 0, 0, None, None, 0),
    ]
    assert len(cells(found, "rumors", "outlet")) == 6


def test_a_fact_that_one_origin_tells_on_two_pages_rests_on_one() -> None:
    relayed = deal(
        told("2024-01-01", "talks", page("TRT World", via="Bloomberg")),
        told("2024-01-01", "talks", page("Economic Times", via="Bloomberg")),
    )
    assert cells(report(relayed), "single", "fact", "origins", "pages") == [("status", ("Bloomberg",), 2)]
    borne_out = deal(told("2024-01-01", "talks", page("TRT World")), told("2024-01-01", "talks", page("Reuters")))
    assert cells(report(borne_out), "single", "fact") == []


def test_one_page_that_relays_two_outlets_is_one_page() -> None:
    relayed = deal(told("2024-01-01", "talks", page("TRT World", via="Bloomberg / Reuters")))
    assert cells(report(relayed), "single", "origins", "pages") == [(("Bloomberg", "Reuters"), 1)]


def test_a_fact_without_a_source_rests_on_none() -> None:
    bare = deal(told("2024-01-01", "agreed")._replace(source=None))
    assert cells(report(bare), "single", "origins", "pages") == [((), 0)]
    assert cells(report(bare), "weak", "why") == [(("no source",),)]


def test_what_is_graded_low_says_why() -> None:
    blog = told("2024-01-01", "agreed", page("Blog", reliability="D"), credibility=4)
    assert cells(report(deal(blog)), "weak", "why") == [
        (("the page is graded D", "the statement is graded 4", "one origin"),)
    ]
    assert cells(report(deal(blog, told("2024-01-01", "agreed", page("B")))), "weak", "why") == []


def test_what_a_party_confirmed_needs_nobody_else() -> None:
    assert cells(report(deal(told("2024-01-01", "agreed", credibility=1))), "weak", "why") == []


def test_every_figure_has_its_page() -> None:
    one = deal(told("2024-01-01", "agreed", page("One"), usd=10_000_000), told("2024-02-01", "completed", page("Two")))
    rows = cells(report(one, deal(told("2024", "agreed"))), "figures", "usd", "source", "url", "event")
    assert [(usd, source.shown, url, event) for usd, source, url, event in rows] == [
        (Interval(10**9, 10**9), "One", "https://s-one-none.example", 1)
    ]


def test_an_empty_selection_is_empty() -> None:
    assert [table.rows for table in report().tables] == [()] * 5
