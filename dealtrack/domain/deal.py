"""A deal: its parties plus a sequence of events."""

from dataclasses import dataclass, field
from datetime import date

from dealtrack.domain.event import Event
from dealtrack.domain.fold import Facts, Field, fold
from dealtrack.domain.kind import INVERSE, READS, Kind, Relation
from dealtrack.domain.party import MAIN, Party, headline
from dealtrack.domain.publisher import UNREGISTERED, Outlets


@dataclass(frozen=True, slots=True)
class Link:
    """A relation to another deal, read in the direction of the sentence "this deal RELATION other"."""

    relation: Relation
    other: str
    other_id: int
    outward: bool = True

    @property
    def reads(self) -> str:
        """The relation in words, as it reads from this deal."""
        return READS[self.relation] if self.outward else INVERSE[self.relation]


@dataclass(frozen=True, slots=True)
class Deal:
    """Its parties plus a sequence of events; everything else about it is `facts`.

    `looks` are the days on which somebody looked and found nothing new, in order; `outlets` tell the publishers' names.
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
    outlets: Outlets = UNREGISTERED

    @property
    def facts(self) -> Facts:
        """The fold over all events."""
        return fold(self.events, self.pins, self.outlets)

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

    @property
    def steps(self) -> list[Event]:
        """The believed events that brought another status, in order."""
        believed = [event for event in self.events if event.status and event.credibility < 5]
        claims = believed or [event for event in self.events if event.status]
        ruling = self.facts.status
        last = ruling.event if ruling else None
        steps: list[Event] = []
        # What decided the status comes last, whatever else is dated beside it.
        for event in sorted(
            claims, key=lambda e: (e is last, e.date.latest or date.max, e.date.earliest or date.min, e.n)
        ):
            if not steps or steps[-1].status != event.status:
                steps.append(event)
        return steps

    @property
    def since(self) -> tuple[date, date, int]:
        """Its place among deals in the order in which they were first seen; those never dated come last."""
        seen = self.facts.first_seen
        if seen is None:
            return date.max, date.max, self.id
        return seen.earliest or seen.latest or date.min, seen.latest or date.max, self.id

    def role_of(self, name: str) -> str:
        """As what a company takes part; nothing where it does not."""
        own = self._party(name)
        return own.role.replace("-", " ") if own else ""

    def others(self, name: str) -> str:
        """Who else is in the deal, two by name; the deal's title when the company is alone in it."""
        own = self._party(name)
        if own is None or own.role not in MAIN:
            return self.headline
        names = [party.name for party in self.parties if party.name != name and party.role in MAIN]
        if not names:
            return self.title
        return ", ".join(names[:2]) + (f" + {len(names) - 2} more" if len(names) > 2 else "")

    def _party(self, name: str) -> Party | None:
        return next((party for party in self.parties if party.name == name), None)
