"""Who publishes: the names an outlet goes by, how far it is usually believed, and how soon it usually tells."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from dealtrack.domain.name import plain
from dealtrack.domain.problem import Misuse
from dealtrack.domain.source import Reliability, SourceKind

# Longer than ten years nobody waits for a confirmation.
LONGEST_LAG = 3_650


class Publisher(NamedTuple):
    """An outlet of the registry: `lag` is in how many days it usually tells of what others have told.

    `kind` and `reliability` are what a page of it has that is told without its own.
    """

    name: str
    kind: SourceKind | None = None
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

    def refuse_rival(self, publisher: Publisher) -> None:
        """One name must not mean two publishers. Raises Misuse."""
        for name in publisher.names:
            other = self.get(name)
            if other is not None and spelled(other.name) != spelled(publisher.name):
                raise Misuse(f'"{name}" is a name of {other.name} already', "one name must not mean two publishers")


UNREGISTERED = Outlets()
