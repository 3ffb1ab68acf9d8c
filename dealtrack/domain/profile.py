"""Everything that is known of one company, to be shown."""

from typing import NamedTuple

from dealtrack.domain.company import Company, Identifier, Parent
from dealtrack.domain.dealings import Dealings
from dealtrack.domain.judgement import Judgement


class Relative(NamedTuple):
    """A company that another belongs to, or that belongs to it, by its name."""

    name: str
    tie: Parent


class Profile(NamedTuple):
    """A company, those that are judged to be the same, and what it is tied to and did."""

    company: Company
    merged: tuple[Company, ...]
    identifiers: tuple[Identifier, ...]
    relatives: tuple[Relative, ...]
    judgements: tuple[Judgement, ...]
    dealings: Dealings

    @property
    def slugs(self) -> frozenset[str]:
        """All slugs that it is found by."""
        return frozenset((self.company.slug, *(one.slug for one in self.merged)))

    @property
    def parents(self) -> tuple[Relative, ...]:
        """What it belongs to."""
        return tuple(relative for relative in self.relatives if relative.tie.company in self.slugs)

    @property
    def subsidiaries(self) -> tuple[Relative, ...]:
        """What belongs to it."""
        return tuple(relative for relative in self.relatives if relative.tie.company not in self.slugs)
