"""Who won a contest, in a sentence."""

from collections.abc import Sequence

from dealtrack.domain.contest import Bid, winners
from dealtrack.text.dates import say_date


def say_verdict(bids: Sequence[Bid]) -> str:
    """Who won control of the company; else who is still in the race, or that nobody is."""
    for_control = [bid for bid in bids if bid.for_control]
    if not for_control:
        return "Nobody bid for control."
    won = winners(for_control)
    if won:
        return f"Won: {_listed(won)}."
    going_on = [bid for bid in for_control if bid.facts.phase == "open"]
    if going_on:
        return f"Nobody has won. Still open: {_listed(going_on)}."
    return "Nobody won: every bid for control ended or went quiet."


def _listed(bids: Sequence[Bid]) -> str:
    return "; ".join(f"#{bid.deal.id} {bid.bidders}, {say_outcome(bid)}" for bid in bids)


def say_outcome(bid: Bid) -> str:
    """The status with the day on which the deal was over, or was last heard of."""
    status = (bid.facts.status.event.status if bid.facts.status else None) or "nothing known of how it stands"
    if bid.ended is None:
        return status
    over = bid.facts.completed or bid.facts.ended
    return f"{status} {say_date(bid.ended)}" if over else f"{status}, last heard {say_date(bid.ended)}"


def say_ties(bid: Bid) -> list[str]:
    """What its links to the others say: `lost to #20, #31`, `follows #12`."""
    by_word: dict[str, list[str]] = {}
    for word, other in bid.ties:
        by_word.setdefault(word, []).append(f"#{other}")
    return [f"{word} {', '.join(others)}" for word, others in by_word.items()]
