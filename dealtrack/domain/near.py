"""The known companies that an unknown name may mean, the likeliest first, with what speaks for each."""

from collections.abc import Iterable
from typing import NamedTuple


class Beside(NamedTuple):
    """What an unknown name stands beside: the names of the others in its deal, and the sectors of that."""

    names: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()


class Near(NamedTuple):
    """A known company: its slug, how near its name is (0 to 100), and what it has to do with what stands beside it.

    `deals` counts those in which it met others that are named, `met` are the slugs of these; `sectors` are in common,
    and `of` are all its deals.
    """

    slug: str
    score: int
    deals: int = 0
    met: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    of: int = 0

    @property
    def rank(self) -> tuple[int, int, int, int, str]:
        """What comes first: the nearer name, then more deals and sectors in common, then more deals at all."""
        return -self.score, -self.deals, -len(self.sectors), -self.of, self.slug

    @property
    def said(self) -> str:
        """The company with its evidence: `mynaric (score 92, 1 deal with rocket-lab, lunar)`."""
        deals = f"{self.deals} deal{'' if self.deals == 1 else 's'} with {' and '.join(self.met)}" if self.deals else ""
        return f"{self.slug} ({', '.join(part for part in (f'score {self.score}', deals, *self.sectors) if part)})"


def did_you_mean(near: Iterable[Near]) -> str:
    """`did you mean mynaric (score 92)? or `, to go before what else can be done; nothing where none is near."""
    names = " or ".join(one.said for one in near)
    return f"did you mean {names}? or " if names else ""
