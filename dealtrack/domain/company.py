"""A company, person, government or fund, and the names it goes by."""

from dataclasses import dataclass
from typing import Literal, get_args

CompanyKind = Literal["company", "person", "government", "fund", "consortium"]
AliasKind = Literal["short", "legal", "former", "brand", "subsidiary-brand"]

COMPANY_KINDS: tuple[CompanyKind, ...] = get_args(CompanyKind)
ALIAS_KINDS: tuple[AliasKind, ...] = get_args(AliasKind)


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of a company, and which sort of name it is."""

    alias: str
    kind: AliasKind


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
