"""The verbs of `source` that record what is known of one, correct it, and say how far it is believed."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, cast

from typer import Argument, Option

from dealtrack.cli import words
from dealtrack.cli.desk import Desk, Work
from dealtrack.cli.options import WriteFlags
from dealtrack.cli.telling import published_on, text
from dealtrack.domain.belief import said
from dealtrack.domain.deal import Deal
from dealtrack.domain.fold import FIELDS
from dealtrack.domain.problem import Misuse
from dealtrack.domain.publisher import LONGEST_LAG, Publisher, spelled
from dealtrack.domain.source import RELIABILITIES, RELIABILITY_MEANING, SOURCE_KINDS, Reliability, Source, SourceKind
from dealtrack.ledger.outlets import deals_naming
from dealtrack.ledger.publishing import keep_publisher
from dealtrack.ledger.sources import deals_read_in, meant_by
from dealtrack.text.claims import say_claim
from dealtrack.text.counts import counted
from dealtrack.text.sources import read_source

_New = Annotated[list[str], Argument(help="Its address, or the title of what has none.", metavar="URL|TITLE")]
_Meant = Annotated[str, Argument(help="A key (s-0123), an address, or a publisher.", metavar="SOURCE")]
_Grade = Annotated[
    str, Argument(help="A (completely reliable) to F (cannot be judged); none: no grade of its own.", metavar="A-F")
]


def _option(*names: str, metavar: str, about: str) -> Any:
    return Option(*names, help=about, metavar=metavar, show_default=False)


_Url = Annotated[str | None, _option("--url", metavar="URL", about="Its address.")]
_Title = Annotated[str | None, _option("--title", metavar="TEXT", about="The page's title.")]
_Publisher = Annotated[str | None, _option("--publisher", metavar="NAME", about="Who published it.")]
_Published = Annotated[str | None, _option("--published", metavar="DATE", about="When.")]
_Via = Annotated[str | None, _option("--via", metavar="OUTLET", about="Whose reporting it relays.")]
_KINDS = "news, press-release, filing, analysis, interview, dataset, other."
_Kind = Annotated[str | None, _option("-k", "--kind", metavar="KIND", about=_KINDS)]
_Reliability = Annotated[str | None, _option("--reliability", metavar="A-F", about="A (best) to F (cannot be judged).")]


_Lag = Annotated[
    str | None, _option("--lag", metavar="DAYS", about="Of a publisher: how many days after others it usually tells.")
]
_Alias = Annotated[
    list[str] | None, _option("--alias", metavar="NAME", about="Of a publisher: another name; not: takes one away.")
]
_Name = Annotated[
    str | None, _option("--name", metavar="NAME", about="Of a publisher: its new name; the old one is kept as another.")
]


def add(
    desk: Desk, source: _New, write: WriteFlags, title: _Title = None, publisher: _Publisher = None,
    published: _Published = None, via: _Via = None, kind: _Kind = None, reliability: _Reliability = None,
) -> None:  # fmt: skip
    """Record a source before any event that was read there."""
    named = " ".join(source)
    told = read_source(named if "://" in named else text(named) or _nameless())
    told = _corrected(desk, told, title, publisher, published, via, kind, reliability)
    with desk.recording(write, "source add") as work:
        known = work.ledger.same_source(told)
        if known is not None:
            raise Misuse(f'"{named}" is known already, as {known.key}', f"see it: dealtrack source show {known.key}")
        kept = work.ledger.keep_source(told)
        work.ledger.describe(f"source add {kept.key}")
        work.tell(f"Added {_line(kept)}")


def edit(
    desk: Desk, source: _Meant, write: WriteFlags, url: _Url = None, title: _Title = None,
    publisher: _Publisher = None, published: _Published = None, via: _Via = None, kind: _Kind = None,
    reliability: _Reliability = None, lag: _Lag = None, alias: _Alias = None, name: _Name = None,
) -> None:  # fmt: skip
    """Correct what is known of a source, for every event that was read there, or of a publisher.

    `none` empties a fact.
    """
    of_a_page = {"url": url, "title": title, "publisher": publisher, "published": published, "via": via, "kind": kind}
    of_an_outlet = {"lag": lag, "alias": alias, "name": name}
    if all(word is None for word in (*of_a_page.values(), *of_an_outlet.values(), reliability)):
        raise Misuse(
            "nothing is said to be corrected", "add --publisher, --published ... (dealtrack source edit --help)"
        )
    with desk.recording(write, "source edit") as work:
        known = meant_by(work.ledger, source)
        if isinstance(known, Publisher):
            _refuse(of_a_page, f"{known.name} is a publisher", "name a page by its key: dealtrack source list")
            work.ledger.describe(f"source edit {known.name}")
            _keep_publisher(work, known, _described(known, reliability, lag, alias, name))
            return
        _refuse(of_an_outlet, f"{known.key} is a page", f"name its publisher: {known.publisher or 'not known'}")
        work.ledger.describe(f"source edit {known.key}")
        told = _corrected(desk, known, title, publisher, published, via, kind, reliability)
        if url is not None:
            told = told._replace(url=None if words.is_none(url) else _address(work, known, url))
        if told.url is None and told.title is None:
            raise Misuse(f"{known.key} would have neither address nor title", "leave it one of them")
        _keep(work, known, told)


def grade(desk: Desk, source: _Meant, reliability: _Grade, write: WriteFlags) -> None:
    """Say how far a page is believed, or the pages of a publisher that have no grade of their own.

    Every fact that rests on them is weighed anew.
    """
    with desk.recording(write, "source grade") as work:
        known = meant_by(work.ledger, source)
        if isinstance(known, Publisher):
            work.ledger.describe(f"source grade {known.name}")
            _keep_publisher(work, known, _described(known, reliability))
            return
        work.ledger.describe(f"source grade {known.key}")
        _keep(work, known, _with_grade(known, reliability))


def _with_grade(source: Source, word: str) -> Source:
    return (
        source._replace(reliability="F", reliability_derived=True)
        if words.is_none(word)
        else source.graded(_graded(word))
    )


def _keep(work: Work, known: Source, told: Source) -> None:
    """Keep a source as it is told now, and say which facts came out otherwise."""
    told = work.ledger.outlets.graded(told)
    if told == known:
        return
    before = list(deals_read_in(work.ledger, known))
    work.ledger.edit_source(told)
    work.tell(f"Edited {_line(told)}  {RELIABILITY_MEANING[told.reliability]}")
    _tell_of(work, before)


def _keep_publisher(work: Work, known: Publisher, told: Publisher) -> None:
    """Keep a publisher as it is told now, registered or not before, and say which facts came out otherwise."""
    ledger = work.ledger
    registered = ledger.outlets.get(known.name)
    if registered == told:
        return
    names = {spelled(name) for one in (known, told) for name in one.names}
    before = [ledger.get(deal_id) for deal_id in sorted(deals_naming(ledger.connection, names))]
    keep_publisher(ledger, told, registered)
    usual = f"  {told.reliability} {RELIABILITY_MEANING[told.reliability]}" if told.reliability else ""
    lag = f"  usually {counted(told.lag, 'day')} after others" if told.lag is not None else ""
    work.tell(f"{'Edited' if registered else 'Registered'} {told.name}{usual}{lag}")
    _tell_of(work, before)


def _tell_of(work: Work, before: Iterable[Deal]) -> None:
    """Say which facts of deals came out otherwise than they were before."""
    for deal in before:
        was, now = deal.facts, work.ledger.get(deal.id).facts
        for field in FIELDS:
            old, new = (ruling.event if (ruling := getattr(facts, field)) else None for facts in (was, now))
            if said(old, field) != said(new, field):
                work.tell(f"  {deal.id} {deal.slug}  {field}: {say_claim(old, field)} -> {say_claim(new, field)}")


def _described(
    known: Publisher, reliability: str | None, lag: str | None = None, alias: Iterable[str] | None = None,
    name: str | None = None,
) -> Publisher:  # fmt: skip
    """The publisher with what the flags say of it. Raises Misuse."""
    if reliability is not None:
        known = known._replace(reliability=None if words.is_none(reliability) else _graded(reliability))
    if lag is not None:
        known = known._replace(lag=None if words.is_none(lag) else _days(lag))
    for word in alias or ():
        bare = _outlet(word.removeprefix("not:"))
        rest = tuple(other for other in known.aliases if spelled(other) != spelled(bare))
        if bare == word:
            known = known._replace(aliases=known.aliases if bare in known.names else (*rest, bare))
        elif rest == known.aliases:
            raise Misuse(f'"{bare}" is no other name of {known.name}', f"see them: dealtrack source show {known.name}")
        else:
            known = known._replace(aliases=rest)
    if name is not None:
        new = _outlet(name)
        others = (*(other for other in known.aliases if spelled(other) != spelled(new)), known.name)
        known = known._replace(name=new, aliases=others if new != known.name else known.aliases)
    return known


def _days(word: str) -> int:
    if not (word.isascii() and word.isdigit()) or len(word) > 9 or int(word) > LONGEST_LAG:
        raise Misuse(f'"{word}" is no number of days', f"write --lag 3, at most {LONGEST_LAG:,}, or none")
    return int(word)


def _outlet(word: str) -> str:
    name = text(word)
    if name is None or ";" in name:
        raise Misuse(f'"{word}" is no name of a publisher', "write a name without semicolons")
    return name


def _refuse(flags: Mapping[str, object], what: str, hint: str) -> None:
    """Raise Misuse where a flag is given that says nothing of what is meant."""
    given = next((name for name, word in flags.items() if word is not None), None)
    if given is not None:
        raise Misuse(f"{what}, and has no --{given}", hint)


def _line(source: Source) -> str:
    """A source in a line: `s-0739  SpaceNews  B`."""
    via = f" via {source.via}" if source.via else ""
    return f"{source.key}  {source.publisher or source.title or source.url}{via}  {source.reliability}"


def _corrected(
    desk: Desk, source: Source, title: str | None, publisher: str | None, published: str | None, via: str | None,
    kind: str | None, reliability: str | None,
) -> Source:  # fmt: skip
    """The source with what the flags say of it. Raises Misuse."""
    if title is not None:
        source = source._replace(title=_free(title), title_derived=False)
    if publisher is not None:
        source = source._replace(publisher=_free(publisher))
    if published is not None:
        source = source._replace(published=published_on(published, desk.today))
    if via is not None:
        source = source._replace(via=_free(via))
    if (publisher or via) and source.via and source.publisher and spelled(source.via) == spelled(source.publisher):
        hint = "a page that reports itself relays nobody: --via none"
        raise Misuse(f'"{source.publisher}" cannot relay itself', hint)
    if kind is not None:
        source = source._replace(kind=cast("SourceKind", words.one_of(kind, SOURCE_KINDS, "source kind")))
    return source if reliability is None else _with_grade(source, reliability)


def _graded(word: str) -> Reliability:
    return cast("Reliability", words.one_of(word, RELIABILITIES, "reliability"))


def _address(work: Work, known: Source, url: str) -> str | None:
    """Another address for a source. Raises Misuse where it is none, or that of another source."""
    address = url.strip()
    if "://" not in address:
        raise Misuse(f'"{url}" is no address', "write it whole: https://example.com/page")
    other = work.ledger.same_source(read_source(address))
    if other is not None and other.key != known.key:
        raise Misuse(f"that is the address of {other.key} already", f"see it: dealtrack source show {other.key}")
    return address


def _free(word: str) -> str | None:
    """Free text, which `none` takes away."""
    return None if words.is_none(word) else text(word)


def _nameless() -> str:
    raise Misuse("a source needs an address or a title", "dealtrack source add https://example.com/page")
