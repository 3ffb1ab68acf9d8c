"""Whose reporting pages come down to: twenty relays of one report, however long the way, are one origin."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from dealtrack.domain.publisher import UNREGISTERED, Outlets, spelled
from dealtrack.domain.source import Source

# How several outlets are written where one is asked for: relayed side by side, and one relaying the next.
_BESIDE, _ONWARD = " / ", " via "

# Which outlets each one relays; those that report themselves relay none.
_Relays = dict[str, set[str]]


def origins_of(sources: Iterable[Source], outlets: Outlets = UNREGISTERED) -> dict[Source, tuple[str, ...]]:
    """The outlets that each page of one story comes down to.

    A page that relays nobody is its publisher's own report. What is relayed is followed on: an outlet all of whose
    pages in the story relay others passes on what those report. Outlets that relay each other in a circle are one.
    """
    told = [(source, _chains(source, outlets)) for source in dict.fromkeys(sources)]
    if len(told) == 1 and told[0][0].via is None:
        return {source: tuple(chains[0]) for source, chains in told}
    names: dict[str, str] = {}
    for outlet in (outlet for _, chains in told for chain in chains for outlet in chain):
        known = names.setdefault(spelled(outlet), outlet)
        # Of two spellings that nobody registered the same one is shown, whichever was read first.
        names[spelled(outlet)] = min(known, outlet)
    paths = [[[spelled(outlet) for outlet in chain] for chain in chains] for _, chains in told]
    relays = _relays(path for several in paths for path in several)
    return {
        source: tuple(sorted({names[end] for path in several for end in _ends(path[-1], relays)}))
        for (source, _), several in zip(told, paths, strict=True)
    }


def relaying(source: Source, sources: Iterable[Source], outlets: Outlets = UNREGISTERED) -> list[Source]:
    """The pages of one story that pass on what the publisher of a page tells."""
    own = spelled(_chains(source, outlets)[0][0])
    told = ((other, _chains(other, outlets)) for other in dict.fromkeys(sources) if other != source)
    return [
        other
        for other, chains in told
        if spelled(chains[0][0]) != own and any(own in map(spelled, chain[1:]) for chain in chains)
    ]


def ways_of(source: Source, outlets: Outlets = UNREGISTERED) -> list[list[str]]:
    """The outlets by which a report came to the page, from its publisher on; several ways where it names several."""
    return _chains(source, outlets)


def _chains(source: Source, outlets: Outlets) -> list[list[str]]:
    """The ways that the report came to the page, from its publisher to the last outlet named."""
    own = outlets.name(source.publisher or source.title or source.url or source.key)
    if source.via is None:
        return [[own]]
    beside = [source.via] if outlets.get(source.via) else source.via.split(_BESIDE)
    return [[own, *(outlets.name(hop.strip()) for hop in way.split(_ONWARD) if hop.strip())] for way in beside]


def _relays(paths: Iterable[list[str]]) -> _Relays:
    """Who relays whom; an outlet with a report of its own in the story stands for itself."""
    found: _Relays = {}
    own: set[str] = set()
    for path in paths:
        if len(set(path)) == 1:
            own.add(path[0])
        for outlet, relayed in pairwise(path):
            found.setdefault(outlet, set()).add(relayed)
    return {outlet: relayed - {outlet} for outlet, relayed in found.items() if outlet not in own}


def _ends(outlet: str, relays: _Relays) -> Iterator[str]:
    """Where following on comes to an end: outlets that relay nobody, or one for a circle that nothing leads out of."""
    for reached in _reached(outlet, relays):
        circle = _reached(reached, relays)
        if all(reached in _reached(other, relays) for other in circle):
            yield min(circle)


def _reached(outlet: str, relays: _Relays) -> set[str]:
    """The outlet, and all that following on from it leads to."""
    reached: set[str] = set()
    ahead = [outlet]
    while ahead:
        here = ahead.pop()
        if here not in reached:
            reached.add(here)
            ahead += relays.get(here, ())
    return reached
