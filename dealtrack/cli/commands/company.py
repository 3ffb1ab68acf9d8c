"""`company`: the companies, people, governments and funds that take part in deals."""

from typing import Annotated, cast

from typer import Argument, Option

from dealtrack.cli import words
from dealtrack.cli.desk import Desk
from dealtrack.cli.options import DeskFlags, WriteFlags
from dealtrack.cli.telling import text
from dealtrack.domain.company import ALIAS_KINDS, COMPANY_KINDS, Alias, AliasKind, Company, CompanyKind, slug_of
from dealtrack.domain.problem import Misuse
from dealtrack.domain.query import PartyTest, Query

_Words = Annotated[list[str] | None, Argument(help="Words that occur in a name or alias.", show_default=False)]
_Name = Annotated[list[str], Argument(help="A slug, name, alias or ticker.")]
_OneName = Annotated[str, Argument(help="The company: a slug, name, alias or ticker.")]
_Others = Annotated[list[str], Argument(help="The other names.")]
_Kind = Annotated[str, Option("--kind", help="company, person, government, fund or consortium.", metavar="KIND")]
_AliasKind = Annotated[str, Option("--kind", help="short, legal, former, brand or subsidiary-brand.", metavar="KIND")]
_Country = Annotated[str | None, Option("--country", help="ISO 3166 alpha-2: US, LU.", metavar="CC", show_default=False)]
_Sector = Annotated[list[str] | None, Option("--sector", help="Its sectors.", metavar="SECTOR", show_default=False)]
_Ticker = Annotated[str | None, Option("--ticker", help="EXCHANGE:SYMBOL.", metavar="TICKER", show_default=False)]
_Note = Annotated[str | None, Option("--note", help="A note.", metavar="TEXT", show_default=False)]


def list_(flags: DeskFlags, names: _Words = None) -> None:
    """List companies with their other names and number of deals."""
    from dealtrack.view.company import company_table  # noqa: PLC0415 - drawing is loaded by what draws

    desk = Desk(flags)
    found = list(desk.ledger.companies(names or ()))
    if found:
        desk.screen.show(company_table(found, desk.screen))
    else:
        desk.say("No companies match.")


def show(name: _Name, flags: DeskFlags) -> None:
    """Show a company with its names and its deals."""
    from dealtrack.view.company import company_page  # noqa: PLC0415 - as above

    desk = Desk(flags)
    company = desk.ledger.company(" ".join(name))
    query = Query(parties=(PartyTest((company.slug,)),))
    desk.screen.show(company_page(company, list(desk.ledger.select(query)), desk.screen))


def add(
    name: _Name, flags: DeskFlags, write: WriteFlags, kind: _Kind = "company", country: _Country = None,
    sector: _Sector = None, ticker: _Ticker = None, note: _Note = None,
) -> None:  # fmt: skip
    """Record a company before any deal of it."""
    desk = Desk(flags)
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
        work.tell(slug if write.ids else f"Added {slug}  {shown}")


def alias(company: _OneName, others: _Others, flags: DeskFlags, write: WriteFlags, kind: _AliasKind = "short") -> None:
    """Give a company other names, by which its deals are found from now on."""
    desk = Desk(flags)
    sort = cast("AliasKind", words.one_of(kind, ALIAS_KINDS, "kind of alias"))
    found = desk.ledger.company(company)
    with desk.recording(write, f"company alias {found.slug}") as work:
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


verbs = {"list": list_, "show": show, "add": add, "alias": alias}
