"""Which deals may belong together: each rule by an example, and what none of them says."""

from dataclasses import replace
from itertools import permutations
from typing import Any

from deals import deal, told

from dealtrack.domain.deal import Deal, Link
from dealtrack.domain.relating import suggestions


def said(*deals: Deal) -> list[tuple[int, str, int]]:
    return [(found.deal.id, found.relation, found.other.id) for found in suggestions(deals)]


def bid(number: int, buyer: str, *events: Any, **rest: Any) -> Deal:
    return deal(*events, id=number, buyer=buyer, target="Inmarsat", **rest)


def test_two_bids_for_one_company_at_the_same_time_compete() -> None:
    first = bid(1, "EchoStar", told("2018-06-08", "proposed"), told("2018-07-06", "withdrawn"))
    later = bid(2, "Eutelsat", told("2018-06-25", "rumored"), told("2018-06-26", "denied"))
    assert said(first, later) == [(2, "competes-with", 1)]
    assert suggestions([first, later])[0].why == "both for Inmarsat, at the same time"


def test_bids_one_after_the_other_do_not() -> None:
    first = bid(1, "EchoStar", told("2018-06-08", "proposed"), told("2018-07-06", "withdrawn"))
    assert said(first, bid(2, "Viasat", told("2021-11-08", "agreed"))) == []


def test_an_open_bid_of_which_nothing_was_heard_for_two_years_is_over() -> None:
    silent = bid(1, "EchoStar", told("2018-06-08", "proposed"))
    assert said(silent, bid(2, "Viasat", told("2020-06-06", "agreed"))) == [(2, "competes-with", 1)]
    assert said(silent, bid(2, "Viasat", told("2020-06-10", "agreed"))) == []


def test_investors_of_two_rounds_are_no_rivals() -> None:
    rounds = [
        deal(told(when, "completed"), id=n, investor=name, target="Astra", kind="equity-stake", form="funding-round")
        for n, (when, name) in enumerate((("2020-01", "Acme"), ("2021-05", "Bravo"), ("2022", "Acme")), start=1)
    ]
    assert said(*rounds) == [(2, "follows", 1), (3, "follows", 2)]


def test_rounds_whose_order_is_not_known_do_not_follow_each_other() -> None:
    rounds = [
        deal(told(when, "completed"), id=n, investor="Acme", target="Astra", kind="equity-stake", form="funding-round")
        for n, when in enumerate(("2021", "2021-05"), start=1)
    ]
    assert said(*rounds) == []


def test_a_bidder_that_comes_back_announces_it_again() -> None:
    first = bid(1, "Viasat", told("2019-06", "talks"), told("2019-09", "terminated"))
    later = bid(2, "Viasat", told("2021-11-08", "agreed"))
    assert said(first, later) == [(2, "re-announces", 1)]
    assert suggestions([first, later])[0].why == "Viasat for Inmarsat again, after the first was terminated"
    quiet = bid(1, "Viasat", told("2019-06", "talks"), told("2019-09", "stalled"))
    assert suggestions([quiet, later])[0].why == "Viasat for Inmarsat again, after the first went quiet"
    still_open = bid(1, "Viasat", told("2019-06", "talks"))
    assert said(still_open, later) == []


def test_a_stake_or_a_partnership_led_to_a_takeover() -> None:
    partners = deal(told("2016-05", "agreed"), id=1, partner=["Lockheed", "Terran"], kind="partnership")
    stake = deal(told("2017-06", "completed"), id=2, investor="Lockheed", target="Terran", kind="equity-stake")
    takeover = deal(told("2024-08", "agreed"), id=3, buyer="Lockheed", target="Terran")
    assert said(takeover, stake, partners) == [(1, "led-to", 2), (1, "led-to", 3), (2, "led-to", 3)]
    assert said(stake, deal(told("2024-08", "agreed"), id=3, buyer="Boeing", target="Terran")) == []


def test_what_is_linked_already_is_not_suggested_in_either_direction() -> None:
    first = bid(1, "EchoStar", told("2018-06-08", "proposed"))
    later = bid(2, "Eutelsat", told("2018-06-25", "rumored"))
    for one, other in ((first, later), (later, first)):
        linked = replace(one, links=(Link("counter-to", other.slug, other.id),))
        assert said(linked, other) == []


def test_the_order_in_which_deals_come_makes_no_difference() -> None:
    deals = [
        bid(1, "EchoStar", told("2018-06-08", "proposed"), told("2018-07-06", "withdrawn")),
        bid(2, "Eutelsat", told("2018-06-25", "rumored"), told("2018-06-26", "denied")),
        bid(3, "EchoStar", told("2018-09", "proposed")),
        bid(4, "Apax", told("2018-09-20", "agreed")),
    ]
    wanted = said(*deals)
    assert len(wanted) == 3
    assert all(said(*others) == wanted for others in permutations(deals))


def test_a_pair_is_suggested_once_however_many_targets_it_has() -> None:
    both = [
        deal(told("2020", "agreed"), id=n, buyer=name, target=["Acme", "Bravo"])
        for n, name in ((1, "Charlie"), (2, "Delta"))
    ]
    assert said(*both) == [(2, "competes-with", 1)]


def test_a_round_that_follows_by_way_of_another_need_not_be_linked_to_it() -> None:
    first, other, later = (
        deal(told(f"202{n}", "completed"), id=n, investor="Acme", target="Astra", kind="equity-stake", form=form)
        for n, form in enumerate(("funding-round", "minority-stake", "funding-round"), start=1)
    )
    assert said(first, other, later) == [(3, "follows", 1)]
    linked = replace(other, links=(follows(1),)), replace(later, links=(follows(2),))
    assert said(first, *linked) == []
    assert said(first, linked[0], later) == [(3, "follows", 1)]


def follows(number: int) -> Link:
    return Link("follows", f"deal-{number}", number)
