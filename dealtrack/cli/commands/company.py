"""`company`: the companies, people, governments and funds that take part in deals."""

from typing import Annotated, Any, cast

from typer import Argument, Option

from dealtrack.cli import judging, words
from dealtrack.cli.desk import Desk
from dealtrack.cli.options import WriteFlags
from dealtrack.cli.telling import text
from dealtrack.domain.company import ALIAS_KINDS, COMPANY_KINDS, Alias, AliasKind, Company, CompanyKind
from dealtrack.domain.name import slug_of
from dealtrack.domain.problem import Misuse
from dealtrack.domain.query import PartyTest, Query

_Words = Annotated[
    list[str] | None,
    Argument(help="Words that occur in a name or alias.", metavar="WORDS", show_default=False),
]
_Name = Annotated[list[str], Argument(help="A slug, name, alias or ticker.", metavar="COMPANY")]
_OneName = Annotated[str, Argument(help="The company: a slug, name, alias or ticker.", metavar="COMPANY")]
_Others = Annotated[list[str], Argument(help="The other names.", metavar="NAME")]


def _option(name: str, metavar: str, about: str) -> Any:
    return Option(name, help=about, metavar=metavar, show_default=False)


_Kind = Annotated[str, _option("--kind", "KIND", "company (the usual one), person, government, fund or consortium.")]
_AliasKind = Annotated[str, _option("--kind", "KIND", "short (the usual one), legal, former, brand, subsidiary-brand.")]
_Country = Annotated[str | None, _option("--country", "CC", "ISO 3166 alpha-2: US, LU.")]
_Sector = Annotated[list[str] | None, _option("--sector", "SECTOR", "Its sectors.")]
_Ticker = Annotated[str | None, _option("--ticker", "TICKER", "EXCHANGE:SYMBOL.")]
_Note = Annotated[str | None, _option("--note", "TEXT", "A note.")]


def list_(desk: Desk, names: _Words = None) -> None:
    """List companies with their other names and number of deals."""
    from dealtrack.view.company import company_table  # noqa: PLC0415 - drawing is loaded by what draws

    found = list(desk.ledger.companies(names or ()))
    if found:
        table = company_table(found, desk.screen)
        desk.screen.show(table.renderable)
        if table.hidden:
            desk.say(f"hidden at {desk.screen.width} columns: {', '.join(table.hidden)} (widen the terminal)")
    else:
        desk.say("No companies match.")


def show(desk: Desk, name: _Name) -> None:
    """Show a company with its names and its deals."""
    from dealtrack.view.company import company_page  # noqa: PLC0415 - as above

    company = desk.ledger.company(" ".join(name))
    query = Query(parties=(PartyTest((company.slug,)),))
    desk.screen.show(company_page(company, list(desk.ledger.select(query)), desk.screen))


def add(
    desk: Desk, name: _Name, write: WriteFlags, kind: _Kind = "company", country: _Country = None,
    sector: _Sector = None, ticker: _Ticker = None, note: _Note = None,
) -> None:  # fmt: skip
    """Record a company before any deal of it."""
    shown = text(" ".join(name))
    if shown is None:
        raise Misuse("a company needs a name", 'write it in quotes: dealtrack company add "Stoke Space"')
    company = Company(
        slug=slug_of(shown),
        name=shown,
        kind=cast("CompanyKind", words.one_of(kind, COMPANY_KINDS, "kind of company")),
        country=_country(country),
        sectors=tuple(words.listed(sector)),
        ticker=text(ticker.upper()) if ticker else None,
        note=text(note) if note else None,
    )
    with desk.recording(write, f"company add {company.slug}") as work:
        known = work.ledger.company_slugs(shown)
        if known:
            raise Misuse(f'"{shown}" is known already, as {known[0]}', f"see it: dealtrack company show {known[0]}")
        slug = work.ledger.add_company(company)
        work.tell(f"Added {slug}  {shown}")


def alias(desk: Desk, company: _OneName, others: _Others, write: WriteFlags, kind: _AliasKind = "short") -> None:
    """Give a company other names, by which it is found too."""
    sort = cast("AliasKind", words.one_of(kind, ALIAS_KINDS, "kind of alias"))
    with desk.recording(write, "company alias") as work:
        found = work.ledger.company(company)
        work.ledger.describe(f"company alias {found.slug}")
        for other in others:
            shown = text(other)
            if shown is None:
                raise Misuse("an alias needs a name", f'dealtrack company alias {found.slug} "Other Name"')
            meant = [slug for slug in work.ledger.company_slugs(shown) if slug != found.slug]
            if meant:
                raise Misuse(f'"{shown}" is a name of {meant[0]} already', "one name must not mean two companies")
            work.ledger.add_alias(found.slug, Alias(shown, sort))
            work.tell(f"{found.slug}  also known as {shown}")


def _country(word: str | None) -> str | None:
    if word is None:
        return None
    code = word.strip().upper()
    if len(code) != 2 or not code.isascii() or not code.isalpha():
        raise Misuse(f'"{word}" is no country code', "write two letters, such as US, GB or LU")
    return code


verbs = {
    "list": list_, "show": show, "add": add, "alias": alias, "merge": judging.merge, "split": judging.split,
    "distinct": judging.distinct, "unsure": judging.unsure,
}  # fmt: skip
