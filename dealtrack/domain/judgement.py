"""What people judge of two companies: that they are one, that they are two, or that it cannot be told yet."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple, TypeVar, get_args

Verdict = Literal["same", "different", "unsure"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
VERBS: dict[Verdict, str] = {"same": "are the same", "different": "are different", "unsure": "may be the same"}

K = TypeVar("K", bound=Hashable)


class Judgement(NamedTuple):
    """One verdict on two companies (slugs), by whom, when (UTC) and why.

    If they are the same, `company` is the one whose name they go by.
    """

    company: str
    other: str
    verdict: Verdict
    by: str
    at: str
    why: str | None = None


def clusters(same: Iterable[tuple[K, K]]) -> list[frozenset[K]]:
    """Those that are one and the same, given pairs that are: if A is B and B is C, then A is C."""
    parents: dict[K, K] = {}

    def root(of: K) -> K:
        parents.setdefault(of, of)
        while parents[of] != of:
            # Halving the path keeps long chains of judgements short.
            parents[of] = parents[parents[of]]
            of = parents[of]
        return of

    for one, other in same:
        parents[root(other)] = root(one)
    found: dict[K, set[K]] = {}
    for member in parents:
        found.setdefault(root(member), set()).add(member)
    return [frozenset(members) for members in found.values()]


def canonicals(same: Iterable[tuple[K, K]], names: Mapping[K, str]) -> dict[K, K]:
    """Which company each is known as that is known as another, given pairs of which the first gives the name.

    It is the one that no judgement puts second; of several, or none, the one whose name comes first. So it does not
    depend on the order in which the judgements were made.
    """
    pairs = list(same)
    second = {other for _, other in pairs}
    known: dict[K, K] = {}
    for members in clusters(pairs):
        first = min(members, key=lambda member: (member in second, names[member]))
        known |= {member: first for member in members if member != first}
    return known


def contradicted(judgements: Sequence[Judgement]) -> list[Judgement]:
    """The verdicts "different" on companies of which it follows that they are the same."""
    same = ((told.company, told.other) for told in judgements if told.verdict == "same")
    cluster_of = {member: members for members in clusters(same) for member in members}
    return [
        told for told in judgements if told.verdict == "different" and told.other in cluster_of.get(told.company, ())
    ]


def sentence(told: Judgement) -> str:
    """A verdict in words: `mda and maxar are different (ada, 2026-11-22: MDA was sold)`."""
    why = f": {told.why}" if told.why else ""
    return f"{told.company} and {told.other} {VERBS[told.verdict]} ({told.by}, {told.at[:10]}{why})"
