"""The verbs of `source` that record what is known of one, correct it, and say how far it is believed."""

from typing import Annotated, Any, cast

from typer import Argument, Option

from dealtrack.cli import words
from dealtrack.cli.desk import Desk, Work
from dealtrack.cli.options import WriteFlags
from dealtrack.cli.telling import text
from dealtrack.domain.problem import Misuse
from dealtrack.domain.publisher import spelled
from dealtrack.domain.source import RELIABILITIES, RELIABILITY_MEANING, SOURCE_KINDS, Reliability, Source, SourceKind
from dealtrack.ledger.sources import source_named
from dealtrack.text.counts import counted
from dealtrack.text.dates import read_date
from dealtrack.text.sources import read_source

_New = Annotated[list[str], Argument(help="Its address, or the title of what has none.", metavar="URL|TITLE")]
_Source = Annotated[str, Argument(help="Its key (s-0123) or address.", metavar="SOURCE")]
_Grade = Annotated[str, Argument(help="A (completely reliable) to F (cannot be judged).", metavar="A-F")]


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
    desk: Desk, source: _Source, write: WriteFlags, url: _Url = None, title: _Title = None,
    publisher: _Publisher = None, published: _Published = None, via: _Via = None, kind: _Kind = None,
    reliability: _Reliability = None,
) -> None:  # fmt: skip
    """Correct what is known of a source, for every event that was read there. `none` empties a fact."""
    if all(word is None for word in (url, title, publisher, published, via, kind, reliability)):
        raise Misuse(
            "nothing is said to be corrected", "add --publisher, --published ... (dealtrack source edit --help)"
        )
    with desk.recording(write, "source edit") as work:
        known = source_named(work.ledger, source)
        work.ledger.describe(f"source edit {known.key}")
        told = _corrected(desk, known, title, publisher, published, via, kind, reliability)
        if url is not None:
            told = told._replace(url=None if words.is_none(url) else _address(work, known, url))
        if told.url is None and told.title is None:
            raise Misuse(f"{known.key} would have neither address nor title", "leave it one of them")
        _keep(work, known, told)


def grade(desk: Desk, source: _Source, reliability: _Grade, write: WriteFlags) -> None:
    """Say how far a source is believed; every fact that rests on it is weighed anew."""
    with desk.recording(write, "source grade") as work:
        known = source_named(work.ledger, source)
        told = known._replace(reliability=_graded(reliability))
        work.ledger.describe(f"source grade {known.key} {told.reliability}")
        _keep(work, known, told)


def _keep(work: Work, known: Source, told: Source) -> None:
    """Keep a source as it is told now, and say which deals' facts came out otherwise."""
    if told == known:
        return
    altered = work.ledger.edit_source(told)
    meaning = f"  {RELIABILITY_MEANING[told.reliability]}" if told.reliability != known.reliability else ""
    work.tell(f"Edited {_line(told)}{meaning}")
    if altered:
        work.tell(f"Weighed anew: {counted(altered, 'deal')}")


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
        source = source._replace(published=None)
        when = None if words.is_none(published) else read_date(published, desk.today)
        if when and when.earliest and when.earliest > desk.today:
            raise Misuse(f'"{published}" lies in the future (today is {desk.today})', "say when it was published")
        source = source._replace(published=when)
    if via is not None:
        source = source._replace(via=_free(via))
    if (publisher or via) and source.via and source.publisher and spelled(source.via) == spelled(source.publisher):
        hint = "a page that reports itself relays nobody: --via none"
        raise Misuse(f'"{source.publisher}" cannot relay itself', hint)
    if kind is not None:
        source = source._replace(kind=cast("SourceKind", words.one_of(kind, SOURCE_KINDS, "source kind")))
    return source if reliability is None else source._replace(reliability=_graded(reliability))


def _graded(word: str) -> Reliability:
    grade = words.one_of(word, tuple(one.casefold() for one in RELIABILITIES), "reliability")
    return cast("Reliability", grade.upper())


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
