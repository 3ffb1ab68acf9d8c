"""What came of a deal, and what stood in its way."""

from deals import deal, told

from dealtrack.domain.outcome import Rate, obstacles, pairs, path, rate, revived, stage


def test_deals_are_counted_by_what_became_of_them() -> None:
    found = rate(["done", "done", "dead", "open", "dormant", None])
    assert found == Rate(deals=6, completed=2, died=1, dormant=1)
    assert found.open == 2


def test_the_path_is_of_believed_states() -> None:
    one = deal(told("2024-01", "rumored"), told("2024-02", "denied", credibility=5), told("2024-03", "agreed"))
    assert path(one) == ("rumored", "agreed")
    doubted = deal(told("2024-02", "denied", credibility=6))
    assert path(doubted) == ("denied",)


def test_how_far_it_got() -> None:
    assert stage(("rumored", "agreed", "terminated")) == "agreed"
    assert stage(("proposed", "talks", "rejected")) == "proposed"
    assert stage(("withdrawn",)) is None


def test_trouble_counts_when_it_came_before_the_end() -> None:
    one = deal(
        told("2024-01", "agreed"),
        told("2024-02", milestone="regulatory-challenge"),
        told("2024-02", milestone="regulatory-approval"),
        told("2024-03-05", "terminated"),
        told("2024-03", milestone="litigation"),
        told("2024-06", milestone="bankruptcy"),
        told("2024-02", milestone="financing", credibility=5),
    )
    assert obstacles(one, one.facts) == ("regulatory-challenge", "litigation")


def test_what_came_back_from_the_dead_or_from_silence() -> None:
    assert revived(("rumored", "denied", "agreed"))
    assert revived(("talks", "stalled", "talks"))
    assert not revived(("rumored", "denied"))
    assert not revived(("proposed", "rejected", "withdrawn"))


def test_who_acts_on_whom() -> None:
    bought = deal(told("2024"), buyer=["Acme", "Bravo"], target="Geost", adviser="Bank")
    assert pairs(bought) == {("acme", "geost"), ("bravo", "geost")}
    among = deal(told("2024"), partner=["Charlie", "Acme", "Bravo"])
    assert pairs(among) == {("acme", "bravo"), ("acme", "charlie"), ("bravo", "charlie")}
    assert pairs(deal(told("2024"), buyer="Acme", target="Acme")) == frozenset()
