"""A company, person, government or fund, and the names it goes by."""

import unicodedata
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


def plain(name: str) -> str:
    """Fold case, accents and punctuation away, so that two spellings of one name meet: `SES S.A.` -> `ses s a`.

    A name in another script, or of symbols only, keeps its letters rather than becoming empty.
    """
    decomposed = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c))
    return " ".join(letters.split()) or name.strip().casefold()


def slug_of(name: str) -> str:
    """The readable id made of a name: `Stoke Space` -> `stoke-space`; never empty."""
    ascii_words = "".join(c if c.isascii() else " " for c in plain(name)).split()
    return "-".join(ascii_words) or "x" + "-".join(f"{ord(c):x}" for c in plain(name)[:8])
