"""Bids for one company: who comes first, who beat whom, who won."""

from typing import Any

from deals import deal, told

from dealtrack.domain.contest import contest, winners
from dealtrack.domain.deal import Deal, Link
from dealtrack.domain.kind import Relation
from dealtrack.domain.status import Status
from dealtrack.text.contest import say_ties, say_verdict


def bid(number: int, when: str, status: Status, *links: tuple[Relation, int], **rest: Any) -> Deal:
    buyer = rest.pop("buyer", f"Buyer {number}")
    tied = tuple(Link(relation, f"deal-{other}", other) for relation, other in links)
    return deal(told(when, status), id=number, buyer=buyer, target="Target", links=tied, **rest)


def ties(*deals: Deal) -> list[list[str]]:
    return [say_ties(one) for one in contest(deals, "target")]


def test_bids_come_in_the_order_in_which_they_were_first_seen_undated_ones_last() -> None:
    found = contest([bid(3, "2025-01", "talks"), bid(2, "2024-22", "talks"), deal(id=1, target="Target")], "target")
    assert [one.deal.id for one in found] == [2, 3, 1]


def test_of_rivals_the_one_that_closed_beat_the_other() -> None:
    lost, won = bid(1, "2024", "withdrawn", ("competes-with", 2)), bid(2, "2024", "completed", ("counter-to", 1))
    assert ties(lost, won) == [["lost to #2"], ["beat #1"]]


def test_of_rivals_that_both_closed_or_both_did_not_nobody_beat_the_other() -> None:
    ended, open_ = bid(1, "2024", "withdrawn", ("competes-with", 2)), bid(2, "2024", "talks", ("competes-with", 1))
    assert ties(ended, open_) == [["competes with #2"], ["competes with #1"]]
    closed = bid(1, "2024", "completed", ("competes-with", 2)), bid(2, "2024", "completed")
    assert ties(*closed) == [["competes with #2"], []]


def test_other_links_read_as_they_do_and_those_to_deals_elsewhere_are_left_out() -> None:
    assert ties(bid(1, "2024", "talks"), bid(2, "2025", "completed", ("follows", 1), ("follows", 9))) == [
        [], ["follows #1"],
    ]  # fmt: skip


def test_winners_come_in_the_order_in_which_they_closed_and_a_stake_wins_nothing() -> None:
    late = bid(1, "2025-03", "completed")
    early = bid(2, "2024-03", "completed", kind="equity-stake", form="controlling-stake")
    stake = bid(3, "2023", "completed", kind="equity-stake", form="minority-stake")
    found = contest([late, early, stake], "target")
    assert [one.deal.id for one in winners(found)] == [2, 1]
    assert say_verdict(found) == "Won: #2 Buyer 2, completed Mar 2024; #1 Buyer 1, completed Mar 2025."


def test_without_a_winner_it_is_said_who_is_still_in_the_race() -> None:
    gone, parked = bid(1, "2024", "withdrawn"), bid(2, "2025", "stalled")
    assert say_verdict(contest([gone, parked], "target")) == "Nobody won: every bid for control ended or went quiet."
    rumor = bid(3, "2025-05-01", "rumored", buyer=["Acme", "Bravo", "Corvus"])
    assert say_verdict(contest([gone, parked, rumor], "target")) == (
        "Nobody has won. Still open: #3 Acme, Bravo + 1 more, rumored, last heard 2025-05-01."
    )
    partners = bid(4, "2025", "completed", kind="partnership")
    assert say_verdict(contest([partners], "target")) == "Nobody bid for control."


def test_a_bid_of_nobody_named_goes_by_its_title() -> None:
    (alone,) = contest([deal(told("2024", "talks"), target="Target", title="Owners look for a buyer")], "target")
    assert alone.bidders == "Owners look for a buyer"
