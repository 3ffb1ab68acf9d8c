"""The verbs of `company` that record what is known of one, and correct it."""

from collections.abc import Sequence
from typing import Annotated, Any, cast

from typer import Argument, Option

from dealtrack.cli import words
from dealtrack.cli.desk import Desk, Work
from dealtrack.cli.options import WriteFlags
from dealtrack.cli.telling import text
from dealtrack.domain.company import (
    ALIAS_KINDS,
    COMPANY_KINDS,
    IDENTIFIER_KINDS,
    Alias,
    AliasKind,
    Company,
    CompanyKind,
    Identifier,
    IdentifierKind,
    Parent,
)
from dealtrack.domain.name import plain, slug_of
from dealtrack.domain.problem import Misuse
from dealtrack.ledger import companies as kept
from dealtrack.ledger.sources import source_named
from dealtrack.text.identifiers import read_identifier
from dealtrack.text.validity import read_validity, say_validity

_Name = Annotated[list[str], Argument(help="Its name.", metavar="NAME")]
_Company = Annotated[str, Argument(help="A slug, name, alias, ticker or identifier.", metavar="COMPANY")]
_Others = Annotated[list[str], Argument(help="The other names.", metavar="NAME")]
_Owner = Annotated[str, Argument(help="The company that it belongs or belonged to.", metavar="PARENT")]


def _option(*names: str, metavar: str, about: str) -> Any:
    return Option(*names, help=about, metavar=metavar, show_default=False)


_KINDS = "company (the usual one), person, government, fund or consortium."
_Kind = Annotated[str | None, _option("-k", "--kind", metavar="KIND", about=_KINDS)]
_Sort = "short (the usual one), legal, former, brand, subsidiary-brand."
_AliasKind = Annotated[str | None, _option("-k", "--kind", metavar="KIND", about=_Sort)]
_Country = Annotated[str | None, _option("--country", metavar="CC", about="ISO 3166 alpha-2: US, LU.")]
_Sector = Annotated[list[str] | None, _option("--sector", metavar="SECTOR", about="Its sectors.")]
_Ticker = Annotated[str | None, _option("--ticker", metavar="TICKER", about="EXCHANGE:SYMBOL.")]
_Note = Annotated[str | None, _option("--note", metavar="TEXT", about="A note.")]
_Registers = "lei:..., cik:..., wikidata:Q..., opencorporates:..., domain:..., crunchbase:...; not: takes one out."
_Identifier = Annotated[list[str] | None, _option("--identifier", metavar="KIND:ID", about=_Registers)]
_Source = Annotated[
    str | None, _option("--source", metavar="KEY", about="Which source says so, by its key or address.")
]
_NewName = Annotated[
    str | None, _option("--name", metavar="NAME", about="Its new name; the old one is kept as a former one.")
]
_Since = Annotated[str | None, _option("--since", metavar="DATE", about="Since when it goes by the new name.")]
_Mistyped = Annotated[bool, Option("--mistyped", help="The old name was a slip: nothing is kept of it.")]
_From = Annotated[str | None, _option("--from", metavar="DATE", about="Since when.")]
_Until = Annotated[str | None, _option("--until", metavar="DATE", about="Until when.")]
_Remove = Annotated[bool, Option("--remove", help="Take it away again.")]


def add(
    desk: Desk, name: _Name, write: WriteFlags, kind: _Kind = None, country: _Country = None, sector: _Sector = None,
    ticker: _Ticker = None, note: _Note = None, identifier: _Identifier = None, source: _Source = None,
) -> None:  # fmt: skip
    """Record a company before any deal of it."""
    shown = text(" ".join(name))
    if shown is None:
        raise Misuse("a company needs a name", 'write it in quotes: dealtrack company add "Stoke Space"')
    company = Company(
        slug=slug_of(shown),
        name=shown,
        kind=_kind(kind or "company"),
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
        _identify(work, slug, identifier, source)
        work.tell(f"Added {slug}  {shown}")


def edit(
    desk: Desk, company: _Company, write: WriteFlags, name: _NewName = None, since: _Since = None,
    mistyped: _Mistyped = False, kind: _Kind = None, country: _Country = None, sector: _Sector = None,
    ticker: _Ticker = None, note: _Note = None, identifier: _Identifier = None, source: _Source = None,
) -> None:  # fmt: skip
    """Correct what is known of a company, or record its new name. `none` empties a fact.

    A list (--sector) is set anew; +WORD adds one, not:WORD takes one out.
    """
    told = (name, kind, country, sector, ticker, note, identifier)
    if all(word is None for word in told):
        raise Misuse("nothing is said to be corrected", "add --name, --country ... (dealtrack company edit --help)")
    if name is None and (since or mistyped):
        raise Misuse("--since and --mistyped go with a new name", 'add --name "New Name"')
    with desk.recording(write, "company edit") as work:
        slug = work.ledger.company_slug(company)
        work.ledger.describe(f"company edit {slug}")
        kept.edit_company(work.ledger, slug, _cells(work, slug, kind, country, sector, ticker, note))
        if name is not None:
            _rename(work, slug, name, since, desk, mistyped=mistyped)
        _identify(work, slug, identifier, source)
        work.tell(f"Edited {slug}  {work.ledger.company(slug).name}")


def _cells(
    work: Work, slug: str, kind: str | None, country: str | None, sector: list[str] | None, ticker: str | None,
    note: str | None,
) -> dict[str, Any]:  # fmt: skip
    """The columns of the company's row that are to be others."""
    before = work.ledger.company_as_entered(slug)
    cells: dict[str, Any] = {"kind": _kind(kind) if kind else before.kind}
    if country is not None:
        cells["country"] = None if words.is_none(country) else _country(country)
    if sector is not None:
        cells["sectors"] = ";".join(words.revised(sector, before.sectors))
    if ticker is not None:
        cells["ticker"] = None if words.is_none(ticker) else text(ticker.upper())
    if note is not None:
        cells["note"] = None if words.is_none(note) else text(note)
    return cells


def _rename(work: Work, slug: str, name: str, since: str | None, desk: Desk, *, mistyped: bool) -> None:
    shown, old = text(name), work.ledger.company_as_entered(slug).name
    if shown is None:
        raise Misuse("a company needs a name", f'dealtrack company edit {slug} --name "New Name"')
    _refuse_taken(work, slug, shown)
    if mistyped:
        kept.correct_name(work.ledger, slug, shown)
        return
    if shown == old:
        return
    kept.rename(work.ledger, slug, shown)
    kept.remove_alias(work.ledger, slug, shown)
    if plain(old) != plain(shown):
        kept.keep_alias(work.ledger, slug, Alias(old, "former", read_validity(None, since, desk.today)))


def alias(
    desk: Desk, company: _Company, others: _Others, write: WriteFlags, kind: _AliasKind = None, begin: _From = None,
    until: _Until = None, remove: _Remove = False,
) -> None:  # fmt: skip
    """Give a company other names, by which it is found too; say when it went by them, or take them away."""
    sort = cast("AliasKind", words.one_of(kind or "short", ALIAS_KINDS, "kind of alias"))
    valid = read_validity(begin, until, desk.today)
    with desk.recording(write, "company alias") as work:
        slug = work.ledger.company_slug(company)
        work.ledger.describe(f"company alias {slug}")
        for other in others:
            shown = text(other)
            if shown is None:
                raise Misuse("an alias needs a name", f'dealtrack company alias {slug} "Other Name"')
            if remove:
                _forget(work, slug, shown)
                continue
            _refuse_taken(work, slug, shown)
            had = next((known for known in work.ledger.company_as_entered(slug).aliases if known.alias == shown), None)
            # What is not said of a name that is known stays as it is.
            told = Alias(shown, sort if kind or had is None else had.kind, valid or (had.valid if had else None))
            if kept.keep_alias(work.ledger, slug, told):
                period = f"  {say_validity(told.valid)}" if told.valid else ""
                work.tell(f"{slug}  also known as {shown}{period}")


def _refuse_taken(work: Work, slug: str, name: str) -> None:
    meant = [other for other in work.ledger.company_slugs(name) if other != slug]
    if meant:
        hint = f"one name must not mean two companies; if they are one: dealtrack company merge {slug} {meant[0]}"
        raise Misuse(f'"{name}" is a name of {meant[0]} already', hint)


def _forget(work: Work, slug: str, name: str) -> None:
    """Take a name away from the company, or from one that is judged to be the same."""
    for one in (work.ledger.company_as_entered(slug), *work.ledger.merged_into(slug)):
        for known in one.aliases:
            if plain(known.alias) == plain(name):
                kept.remove_alias(work.ledger, one.slug, known.alias)
                work.tell(f"{slug}  no longer known as {known.alias}")
                return
    raise Misuse(f'"{name}" is no other name of {slug}', f"see its names: dealtrack company show {slug}")


def parent(
    desk: Desk, company: _Company, owner: _Owner, write: WriteFlags, begin: _From = None, until: _Until = None,
    remove: _Remove = False,
) -> None:  # fmt: skip
    """Record that a company belongs to another, and since or until when."""
    with desk.recording(write, "company parent") as work:
        slug, above = work.ledger.company_slug(company), work.ledger.company_slug(owner)
        work.ledger.describe(f"company parent {slug} {above}")
        if slug == above:
            raise Misuse(f"{slug} cannot belong to itself", "name two companies")
        name = work.ledger.company(above).name
        if remove:
            if not kept.remove_parent(work.ledger, slug, above):
                raise Misuse(f"{slug} is not recorded as part of {above}", f"dealtrack company show {slug}")
            work.tell(f"{slug}  not part of {name}")
            return
        valid = read_validity(begin, until, desk.today)
        if kept.keep_parent(work.ledger, Parent(slug, above, valid)):
            work.tell(f"{slug}  part of {name}" + (f"  {say_validity(valid)}" if valid else ""))


def _identify(work: Work, slug: str, given: Sequence[str] | None, source: str | None) -> None:
    """Keep, or after `not:` take away, what registers call a company."""
    key = source_named(work.ledger, source).key if source else None
    if source and not given:
        raise Misuse("--source says where an identifier was read, and there is none", "add --identifier KIND:ID")
    for word in given or ():
        bare = word.removeprefix("not:")
        told = Identifier(slug, *_identifier(bare), key)
        if bare != word:
            if not kept.remove_identifier(work.ledger, told):
                raise Misuse(f"{slug} has no {told.kind} {told.value}", f"see them: dealtrack company show {slug}")
            continue
        meant = [other for other in work.ledger.company_slugs(f"{told.kind}:{told.value}") if other != slug]
        if meant:
            hint = f"one of them is wrong, or they are one: dealtrack company merge {slug} {meant[0]}"
            raise Misuse(f"{told.kind} {told.value} is that of {meant[0]} already", hint)
        kept.keep_identifier(work.ledger, told)


def _identifier(word: str) -> tuple[IdentifierKind, str]:
    kind, colon, value = word.partition(":")
    if not colon or not value.strip():
        raise Misuse(
            f'"{word}" does not say whose identifier it is', "write lei:..., cik:..., wikidata:Q... or domain:..."
        )
    sort = cast("IdentifierKind", words.one_of(kind, IDENTIFIER_KINDS, "kind of identifier"))
    return sort, read_identifier(sort, value)


def _kind(word: str) -> CompanyKind:
    return cast("CompanyKind", words.one_of(word, COMPANY_KINDS, "kind of company"))


def _country(word: str | None) -> str | None:
    if word is None:
        return None
    code = word.strip().upper()
    if len(code) != 2 or not code.isascii() or not code.isalpha():
        raise Misuse(f'"{word}" is no country code', "write two letters, such as US, GB or LU")
    return code
