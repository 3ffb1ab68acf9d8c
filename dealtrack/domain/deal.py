"""A deal: its parties plus a sequence of events."""

from dataclasses import dataclass, field
from datetime import date

from dealtrack.domain.event import Event
from dealtrack.domain.fold import Facts, Field, fold
from dealtrack.domain.kind import Kind, Relation
from dealtrack.domain.party import Party, headline


@dataclass(frozen=True, slots=True)
class Link:
    """A relation to another deal, read in the direction of the sentence "this deal RELATION other"."""

    relation: Relation
    other: str
    other_id: int
    other_title: str
    outward: bool = True


@dataclass(frozen=True, slots=True)
class Deal:
    """Its parties plus a sequence of events; everything else about it is `facts`.

    `looks` are the days on which somebody looked and found nothing new, in order.
    """

    id: int
    slug: str
    title: str
    kind: Kind
    form: str | None
    sectors: tuple[str, ...]
    core_space: bool
    tags: tuple[str, ...]
    note: str | None
    parties: tuple[Party, ...]
    events: tuple[Event, ...]
    pins: dict[Field, int] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    looks: tuple[date, ...] = ()
    created: str = ""
    updated: str = ""

    @property
    def facts(self) -> Facts:
        """The fold over all events."""
        return fold(self.events, self.pins)

    @property
    def checked(self) -> date | None:
        """The last day on which somebody looked and found nothing new."""
        return self.looks[-1] if self.looks else None

    @property
    def headline(self) -> str:
        """The deal named by its parties: `OpenAI -> Stoke Space`."""
        return headline([(party.name, party.role) for party in self.parties])

    def event(self, n: int) -> Event | None:
        """The event of that number, if the deal has one."""
        return next((event for event in self.events if event.n == n), None)
