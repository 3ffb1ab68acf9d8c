"""Two companies that may be one: how alike their names are, what speaks for it and what against it."""

from typing import NamedTuple

from dealtrack.domain.company import CompanyKind
from dealtrack.domain.judgement import Judgement, sentence


class Side(NamedTuple):
    """One of the two, with those that it is the same as; `registers` are identifiers (kind, value).

    `deals` are the slugs of all its deals, the latest first.
    """

    slug: str
    name: str
    names: tuple[str, ...]
    kind: CompanyKind
    country: str | None
    sectors: tuple[str, ...]
    ticker: str | None
    registers: tuple[tuple[str, str], ...]
    deals: tuple[str, ...]
    note: str | None


class Double(NamedTuple):
    """A pair to be judged: its score from 0 to 100, and the two names (or identifiers) that it rests on.

    `met` are the names of others that took part in deals of both, `tie` says which of the two belongs to the other, and
    `unsure` is what was judged of them before.
    """

    score: int
    alike: tuple[str, str]
    one: Side
    other: Side
    met: tuple[str, ...] = ()
    tie: str | None = None
    unsure: Judgement | None = None

    @property
    def sides(self) -> tuple[Side, Side]:
        """Both."""
        return self.one, self.other

    @property
    def together(self) -> tuple[str, ...]:
        """The slugs of deals in which both took part."""
        return tuple(deal for deal in self.one.deals if deal in self.other.deals)


# So many of a list are named.
_NAMED = 3


def speaks_for(double: Double) -> tuple[str, ...]:
    """What else the two have in common."""
    one, other = double.sides
    said = [f"both {kind} {value}" for kind, value in one.registers if (kind, value) in other.registers]
    if one.ticker and one.ticker == other.ticker:
        said.append(f"both {one.ticker}")
    if double.met:
        said.append(f"both dealt with {_listed(double.met)}")
    sectors = [sector for sector in one.sectors if sector in other.sectors]
    if sectors:
        said.append(f"both in {_listed(sectors)}")
    if one.country and one.country == other.country:
        said.append(f"both of {one.country}")
    return tuple(said)


def speaks_against(double: Double) -> tuple[str, ...]:
    """What tells the two apart."""
    one, other = double.sides
    said = [double.tie] if double.tie else []
    if double.together:
        said.append(f"both in {_listed(double.together)}")
    said += [f"{kind} {mine} and {own}" for kind, mine, own in _other_registers(one, other)]
    for mine, own in ((one.kind, other.kind), (one.country, other.country), (one.ticker, other.ticker)):
        if mine and own and mine != own:
            said.append(f"{mine} and {own}")
    return tuple(said)


def judged(double: Double) -> str | None:
    """That it was judged before that it cannot be told, by whom and why."""
    return sentence(double.unsure) if double.unsure else None


def _other_registers(one: Side, other: Side) -> list[tuple[str, str, str]]:
    """Identifiers of one kind that differ; an internet domain may be one of several."""
    mine, own = dict(one.registers), dict(other.registers)
    kinds = (kind for kind in mine if kind in own and kind != "domain")
    return [(kind, mine[kind], own[kind]) for kind in kinds if mine[kind] != own[kind]]


def _listed(words: tuple[str, ...] | list[str]) -> str:
    more = f" and {len(words) - _NAMED} more" if len(words) > _NAMED else ""
    return f"{', '.join(words[:_NAMED])}{more}"
