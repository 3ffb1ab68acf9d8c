"""A company, person, government or fund, and the names it goes by."""

from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from dealtrack.domain.date import UncertainDate

CompanyKind = Literal["company", "person", "government", "fund", "consortium"]
AliasKind = Literal["short", "legal", "former", "brand", "subsidiary-brand"]
IdentifierKind = Literal["lei", "cik", "wikidata", "opencorporates", "domain", "crunchbase"]

COMPANY_KINDS: tuple[CompanyKind, ...] = get_args(CompanyKind)
ALIAS_KINDS: tuple[AliasKind, ...] = get_args(AliasKind)
IDENTIFIER_KINDS: tuple[IdentifierKind, ...] = get_args(IdentifierKind)


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of a company, which sort of name it is, and when it went by it, if that is known."""

    alias: str
    kind: AliasKind
    valid: UncertainDate | None = None


class Identifier(NamedTuple):
    """What a register calls a company, and the key of the source that says so."""

    company: str
    kind: IdentifierKind
    value: str
    source: str | None = None


class Parent(NamedTuple):
    """A company that belongs to another, and when it did, if that is known."""

    company: str
    parent: str
    valid: UncertainDate | None = None


@dataclass(frozen=True, slots=True)
class Company:
    """One party of any sort; `country` is ISO 3166 alpha-2, `ticker` is EXCHANGE:SYMBOL."""

    slug: str
    name: str
    kind: CompanyKind = "company"
    country: str | None = None
    sectors: tuple[str, ...] = ()
    ticker: str | None = None
    note: str | None = None
    aliases: tuple[Alias, ...] = ()
