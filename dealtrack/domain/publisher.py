"""Who publishes: the names an outlet goes by, how far it is usually believed, and how soon it usually tells."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from dealtrack.domain.name import plain
from dealtrack.domain.problem import Misuse
from dealtrack.domain.source import Reliability, Source

# Longer than ten years nobody waits for a confirmation.
LONGEST_LAG = 3_650


class Publisher(NamedTuple):
    """An outlet of the registry: `lag` is in how many days it usually tells of what others have told.

    `reliability` is the grade of its pages that are told without their own.
    """

    name: str
    reliability: Reliability | None = None
    lag: int | None = None
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Its name and its other names."""
        return (self.name, *self.aliases)


@lru_cache(maxsize=2**14)
def spelled(name: str) -> str:
    """What two spellings of one outlet have in common: `The Wall Street Journal` -> `wall street journal`."""
    return plain(name).removeprefix("the ")


class Outlets:
    """The registry of publishers, looked up by any name and spelling."""

    def __init__(self, publishers: Iterable[Publisher] = ()) -> None:
        self._known = {spelled(name): publisher for publisher in publishers for name in publisher.names}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Outlets) and self._known == other._known

    def __hash__(self) -> int:
        return hash(frozenset(self._known.items()))

    def get(self, name: str | None) -> Publisher | None:
        """The publisher that goes by the name, if it is known."""
        return self._known.get(spelled(name)) if name and self._known else None

    def name(self, name: str) -> str:
        """The name by which the outlet is known here; one that is not known has the name it was given."""
        known = self.get(name)
        return known.name if known else name

    def lag(self, name: str) -> int | None:
        """In how many days the outlet usually tells of what others have told, where that is known."""
        known = self.get(name)
        return known.lag if known else None

    def graded(self, source: Source) -> Source:
        """The page with the grade that it has here: its own, or its publisher's usual one where there is one."""
        known = self.get(source.publisher) if source.reliability_derived else None
        return source._replace(reliability=known.reliability) if known and known.reliability else source

    def all(self) -> list[Publisher]:
        """Every publisher, by name."""
        return sorted(set(self._known.values()), key=lambda publisher: spelled(publisher.name))

    def refuse_rival(self, publisher: Publisher) -> None:
        """One name must not mean two publishers. Raises Misuse."""
        for name in publisher.names:
            other = self.get(name)
            if other is not None and spelled(other.name) != spelled(publisher.name):
                raise Misuse(f'"{name}" is a name of {other.name} already', "one name must not mean two publishers")


UNREGISTERED = Outlets()
