"""Deals related to one: those that it is linked to, and what led to those or came of them."""

from deals import deal, told

from dealtrack.domain.deal import Deal, Link
from dealtrack.domain.kind import Relation
from dealtrack.domain.related import related_to


def linked(*links: tuple[int, Relation, int]) -> dict[int, Deal]:
    """Deals by their ids, the later the higher, with links that read from either end."""
    ids = sorted({end for one, _, other in links for end in (one, other)})
    return {own: deal(told(f"{2000 + own}", "talks"), id=own, links=tuple(ends(own, links))) for own in ids}


def ends(own: int, links: tuple[tuple[int, Relation, int], ...]) -> list[Link]:
    out = [Link(relation, f"d{other}", other) for one, relation, other in links if one == own]
    into = [Link(relation, f"d{one}", one, False) for one, relation, other in links if other == own]
    return out + into


def read(deals: dict[int, Deal], own: int) -> list[tuple[int, str]]:
    return [(one.deal.id, one.reads) for one in related_to(deals[own], deals.__getitem__)]


def test_a_chain_is_followed_to_its_first_deal_and_to_its_last() -> None:
    deals = linked((1, "led-to", 2), (2, "led-to", 3))
    assert read(deals, 3) == [(1, "#2 came of"), (2, "came of")]
    assert read(deals, 2) == [(1, "came of"), (3, "led to")]
    assert read(deals, 1) == [(2, "led to"), (3, "#2 led to")]


def test_what_led_to_a_rival_or_came_of_the_same_deal_is_not_related() -> None:
    deals = linked((1, "led-to", 2), (2, "competes-with", 3), (1, "led-to", 4))
    assert read(deals, 3) == [(2, "competes with")]
    assert read(deals, 4) == [(1, "came of")]


def test_a_bid_made_again_stands_in_the_chain_and_a_later_round_does_not() -> None:
    deals = linked((2, "re-announces", 1), (3, "supersedes", 2), (4, "follows", 3), (5, "follows", 4))
    assert read(deals, 3) == [(1, "#2 re-announces"), (2, "supersedes"), (4, "followed by")]
    assert read(deals, 1) == [(2, "announced again as"), (3, "#2 superseded by")]
    assert read(deals, 5) == [(4, "follows")]


def test_a_circle_ends_and_two_relations_to_one_deal_are_said_together() -> None:
    deals = linked((1, "led-to", 2), (2, "led-to", 1), (1, "competes-with", 2), (2, "competes-with", 1))
    assert read(deals, 1) == [(2, "led to, competes with, came of")]
