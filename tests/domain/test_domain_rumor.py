"""Which outlet told of a deal first, and what came of its rumors."""

from typing import Any

from deals import deal, page, told

from dealtrack.domain.contents import Interval
from dealtrack.domain.deal import Deal
from dealtrack.domain.rumor import reporting, rumors

SIGNED = told("2024-03-10", "agreed", page("SpaceNews", "2024-03-11"))


def rumor(outlet: str = "Bloomberg", published: str | None = "2024-03-01", status: Any = "rumored", **rest: Any) -> Any:
    return told("2024-02", status, page(outlet, published, rest.pop("via", None)), **rest)


def found(one: Deal) -> list[tuple[str, str, Interval | None]]:
    return [(told.outlet, told.outcome, told.early) for told in rumors(one, one.facts, reporting(one))]


def test_a_rumor_came_true_when_the_deal_was_signed() -> None:
    assert found(deal(rumor(), SIGNED)) == [("Bloomberg", "came true", Interval(9, 9))]
    assert found(deal(rumor(), SIGNED, told("2024-06-01", "terminated"))) == [
        ("Bloomberg", "came true", Interval(9, 9))
    ]


def test_without_a_day_of_the_page_what_it_tells_of_counts() -> None:
    assert found(deal(rumor(published=None), SIGNED)) == [("Bloomberg", "came true", Interval(10, 38))]


def test_what_else_may_come_of_it() -> None:
    assert found(deal(rumor(), told("2024-05-01", "denied"))) == [("Bloomberg", "fell through", None)]
    assert found(deal(rumor(), told("2024-05-01", "stalled"))) == [("Bloomberg", "went quiet", None)]
    assert found(deal(rumor())) == [("Bloomberg", "open", None)]


def test_what_is_told_after_the_signing_is_no_rumor() -> None:
    assert found(deal(rumor(published="2024-04-01"), SIGNED)) == []


def test_an_offer_is_no_rumor_and_talks_are() -> None:
    assert found(deal(rumor(status="proposed"), SIGNED)) == []
    assert len(found(deal(rumor(status="talks"), SIGNED))) == 1


def test_what_is_not_believed_is_no_rumor() -> None:
    assert found(deal(rumor(credibility=5), SIGNED)) == []


def test_each_outlet_counts_once_and_by_its_first_word() -> None:
    twice = deal(rumor(published="2024-03-05"), rumor(published="2024-02-20"), SIGNED)
    assert found(twice) == [("Bloomberg", "came true", Interval(19, 19))]


def test_a_relay_is_a_rumor_of_the_outlet_that_it_relays() -> None:
    one = deal(rumor("TRT World", via="Bloomberg"), rumor("Economic Times", "2024-03-02", via="Bloomberg"), SIGNED)
    assert [outlet for outlet, *_ in found(one)] == ["Bloomberg"]


def test_who_had_the_first_word() -> None:
    assert reporting(deal(rumor(), SIGNED)).first == "Bloomberg"
    assert reporting(deal(rumor(), rumor("Reuters"))).first is None
    assert reporting(deal(told("2024/..", "rumored", page("A")))).first is None
    assert reporting(deal()).first is None
