"""Layouts: what the columns of files that others make mean."""

from collections.abc import Mapping
from typing import NamedTuple

from dealtrack.domain.kind import Kind
from dealtrack.domain.party import Role
from dealtrack.text.marked import Order

# The steps that a date of a row can be of; a status is dated by one of them.
STEPS = ("rumored", "announced", "completed", "assumed", "ended", "last", "expected")

# Cells that must hold one of these words (all in lower case) for something to count.
When = tuple[tuple[str, frozenset[str]], ...]


class Fact(NamedTuple):
    """Where a fact stands: the columns that may hold it, the first that is filled winning, or one `constant`.

    `words` says in our words what stands there; words that it does not have are `otherwise`, or a mistake.
    """

    columns: tuple[str, ...] = ()
    constant: str = ""
    words: Mapping[str, str] | None = None
    otherwise: str | None = None


class Parties(NamedTuple):
    """Who stands in which column as what; `parted` is what stands between several names in one cell."""

    role: Role
    fact: Fact
    parted: tuple[str, ...] = ()
    when: When = ()
    kinds: frozenset[Kind] = frozenset()


class Amount(NamedTuple):
    """Where an amount stands, in which currency and times what (`unit`: k, M or bn); `about` when it is a guess."""

    fact: Fact
    currency: Fact
    unit: str = ""
    basis: str = ""
    about: When = ()


class Meaning(NamedTuple):
    """What a foreign status means: a status and milestone of ours, how far it is believed, which date it is of.

    `announced` is what the announcement was that came before it.
    """

    status: str = ""
    milestone: str = ""
    credibility: str = ""
    dated: str = "last"
    announced: str = "agreed"
    meaning: str = ""


class Layout(NamedTuple):
    """A file's columns, by what they tell. `adds_to` names the layout whose deals the rows add parties to."""

    name: str
    title: str
    family: str
    needs: tuple[str, ...]
    seen: tuple[str, ...] = ()
    adds_to: str = ""
    regroup: bool = False
    empty: frozenset[str] = frozenset()
    order: Order | None = None
    century: int | None = None
    decimal: str = "."
    thousands: str = ","
    identity: Fact | None = None
    type: Fact | None = None
    texts: Mapping[str, Fact] = {}
    parties: tuple[Parties, ...] = ()
    status: Fact | None = None
    meanings: Mapping[str, Meaning] = {}
    dates: Mapping[str, Fact] = {}
    values: tuple[Amount, ...] = ()
    stake: Fact | None = None
    stake_basis: str = ""
    source: Mapping[str, Fact] = {}

    def facts(self) -> list[Fact]:
        """Every fact that the columns tell."""
        told = [self.identity, self.type, self.status, self.stake, *self.texts.values(), *self.dates.values(),
                *self.source.values(), *(party.fact for party in self.parties),
                *(one for amount in self.values for one in (amount.fact, amount.currency))]  # fmt: skip
        return [fact for fact in told if fact]

    def columns(self) -> set[str]:
        """Every column that is read, be it only to know whether another counts."""
        whens = [party.when for party in self.parties] + [amount.about for amount in self.values]
        tested = {column for when in whens for column, _ in when}
        return tested.union(*(fact.columns for fact in self.facts()))


def folded(name: str) -> str:
    """A column's name or a word of a file, so that case, blanks, line breaks and a byte order mark do not matter."""
    return " ".join(name.replace("\ufeff", "").split()).casefold()
