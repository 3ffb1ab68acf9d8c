"""How the flags that tell of an event, a source or a party become their values."""

import sys
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import cast

from dealtrack.cli import words
from dealtrack.cli.desk import Desk, Work
from dealtrack.cli.options import EventFlags, PartyFlags, SourceFlags
from dealtrack.domain.company import Company
from dealtrack.domain.date import UncertainDate
from dealtrack.domain.event import Event
from dealtrack.domain.milestone import MILESTONES
from dealtrack.domain.money import BASES, Basis
from dealtrack.domain.name import bare, plain, slug_of
from dealtrack.domain.near import Beside, did_you_mean
from dealtrack.domain.party import ROLES, Role
from dealtrack.domain.problem import Misuse
from dealtrack.domain.source import RELIABILITIES, SOURCE_KINDS, Reliability, Source, SourceKind
from dealtrack.domain.stake import STAKE_BASES, StakeBasis
from dealtrack.domain.status import STATUSES, Status
from dealtrack.ledger.identity import NoSuchCompany
from dealtrack.ledger.ledger import Ledger
from dealtrack.ledger.writing import WritableLedger
from dealtrack.text.bare import refuse_bare
from dealtrack.text.dates import read_date
from dealtrack.text.money import read_money
from dealtrack.text.sources import read_source, site_of
from dealtrack.text.stakes import read_stake

# The longest text an analyst may type or paste; a longer one is a mistake of the shell.
LONGEST_TEXT = 2_000_000


def event_of(flags: EventFlags, today: date, usual: Event | None) -> Event:
    """The event that the flags describe; what they leave out is as in `usual`, if there is one."""
    if flags.on is None and usual is None:
        raise Misuse("an event needs a date", "add --on 2025-12-03, or --on today")
    event = usual or Event(n=1, date=read_date(cast("str", flags.on), today))
    if flags.on is not None:
        event = event._replace(date=read_date(flags.on, today))
    _refuse_future(event, flags, today)
    if flags.status is not None:
        event = event._replace(status=cast("Status | None", _or_none(flags.status, STATUSES, "status")))
    if flags.milestone is not None:
        event = event._replace(milestone=_or_none(flags.milestone, MILESTONES, "milestone"))
    if flags.summary is not None:
        event = event._replace(summary=_text(flags.summary))
    if flags.expected is not None:
        event = event._replace(expected=None if words.is_none(flags.expected) else read_date(flags.expected, today))
    if flags.credibility is not None:
        event = event._replace(
            credibility=int(words.one_of(flags.credibility, ("1", "2", "3", "4", "5", "6"), "credibility"))
        )
    return _with_stake(_with_value(event, flags), flags)


def _refuse_future(event: Event, flags: EventFlags, today: date) -> None:
    first = event.date.earliest or event.date.latest
    if flags.on is not None and first is not None and first > today:
        hint = f"an event has happened; what is awaited is --expected {event.date.edtf}"
        raise Misuse(f'date "{flags.on}" lies in the future (today is {today})', hint)


def _with_value(event: Event, flags: EventFlags) -> Event:
    basis = cast("Basis", words.one_of(flags.basis, BASES, "basis")) if flags.basis else None
    if flags.value is not None:
        if words.is_none(flags.value):
            return event._replace(value=None, dollars=None)
        usual = event.value.basis if event.value else None
        told = read_money(flags.value, basis, usual or "consideration")
        return event._replace(value=refuse_bare(told), dollars=None)
    if basis is None:
        return event
    if event.value is None:
        raise Misuse("--basis says what a value is of, and there is no value", "add --value 275M")
    return event._replace(value=event.value._replace(basis=basis))


def _with_stake(event: Event, flags: EventFlags) -> Event:
    basis = (
        cast("StakeBasis", words.one_of(flags.stake_basis, STAKE_BASES, "stake basis")) if flags.stake_basis else None
    )
    if flags.stake is not None:
        if words.is_none(flags.stake):
            return event._replace(stake=None)
        usual = event.stake.basis if event.stake else None
        return event._replace(stake=read_stake(flags.stake, basis or usual or _stake_basis(event.status)))
    if basis is None:
        return event
    if event.stake is None:
        raise Misuse("--stake-basis says which stake is meant, and there is none", "add --stake 51")
    return event._replace(stake=event.stake._replace(basis=basis))


def _stake_basis(status: Status | None) -> StakeBasis:
    """Before a signature a stake can only be sought."""
    return "acquired" if status in ("agreed", "completed") else "sought"


def source_of(flags: SourceFlags, today: date, usual: Source | None) -> Source | None:
    """The source that the flags describe; what they leave out is as in `usual`, or not known."""
    told = (flags.publisher, flags.published, flags.via, flags.reliability, flags.source_kind, flags.source_title)
    if flags.source is not None and words.is_none(flags.source):
        return None
    if flags.source is None and usual is None:
        if any(word is not None for word in told):
            raise Misuse("a source is described, but not named", "add --source URL (or a title in words)")
        return None
    source = _named(flags.source) if flags.source is not None else cast("Source", usual)
    return _graded(source, flags, today)


def agreeing(ledger: WritableLedger, told: Source | None, flags: SourceFlags) -> Source | None:
    """The source as it is kept, with what was not known of it filled in; what contradicts it is refused."""
    known = ledger.same_source(told) if told else None
    if told is None or known is None:
        return told
    filled = known
    for flag, name in _OF_A_SOURCE.items():
        if getattr(flags, flag) is None:
            continue
        new, old = getattr(told, name), getattr(known, name)
        if old not in (None, new, _untold(known, name)):
            what = f'"{told.url or told.title}" is known already, with {name} {getattr(old, "edtf", old)}'
            typed = f"--{flag.replace('_', '-')}"
            hint = f"leave {typed} out; to correct it wherever it was read: dealtrack edit DEAL --event N {typed} ..."
            raise Misuse(what, hint)
        filled = filled._replace(**{name: new})
        if name == "reliability":
            filled = filled.graded(told.reliability)
    if filled != known:
        ledger.edit_source(filled)
    return filled


def _untold(source: Source, name: str) -> object:
    """What is kept of a source where nobody has said."""
    return {"reliability": "F", "kind": "news", "publisher": site_of(source.url) if source.url else None}.get(name)


_OF_A_SOURCE = {
    "publisher": "publisher",
    "published": "published",
    "via": "via",
    "reliability": "reliability",
    "source_kind": "kind",
    "source_title": "title",
}


def _named(word: str) -> Source:
    return read_source(word if "://" in word else text(word) or "")


def _graded(source: Source, flags: SourceFlags, today: date) -> Source:
    if flags.publisher is not None:
        source = source._replace(publisher=_text(flags.publisher))
    if flags.published is not None:
        source = source._replace(published=published_on(flags.published, today))
    if flags.via is not None:
        source = source._replace(via=_text(flags.via))
    if flags.source_title is not None:
        source = source._replace(title=_text(flags.source_title))
    if flags.reliability is not None:
        grade = words.one_of(flags.reliability, RELIABILITIES, "reliability")
        source = source.graded(cast("Reliability", grade))
    if flags.source_kind is not None:
        kind = cast("SourceKind", words.one_of(flags.source_kind, SOURCE_KINDS, "source kind"))
        source = source._replace(kind=kind)
    return source


def published_on(word: str, today: date) -> UncertainDate | None:
    """When a page was published, which is not still to come; `none` takes the day away. Raises Misuse."""
    when = None if words.is_none(word) else read_date(word, today)
    first = when and (when.earliest or when.latest)
    if first and first > today:
        raise Misuse(f'--published "{word}" lies in the future (today is {today})', "say when it was published")
    return when


def named_parties(flags: PartyFlags) -> Iterator[tuple[str, Role]]:
    """The names given by role, in the order of the roles; semicolons part several, as in a cell."""
    for role in ROLES:
        for word in getattr(flags, role.replace("-", "_")) or ():
            yield from ((name, role) for name in words.names_in(word))


def note_rate(desk: Desk, event: Event | None) -> None:
    """Say when an amount has no value in dollars because no rate is known."""
    amount = event.value if event else None
    if event and amount and amount.currency not in (None, "USD") and event.dollars is None:
        desk.say(f"No rate is known for {amount.currency} on {event.date.edtf}: totals in USD leave the amount out.")


def remark_on_sectors(work: Work, sectors: Iterable[str]) -> None:
    """Say of a sector that no deal has yet which it looks like; to be asked before it is kept."""
    known = work.ledger.words_of("sectors")
    for new in (sector for sector in sectors if sector and sector not in known):
        # Loaded where a sector is new.
        from difflib import get_close_matches  # noqa: PLC0415

        for near in get_close_matches(new, known, n=1, cutoff=_MISTYPED):
            work.remark(f'No deal had the sector "{new}" until now; there is {near}')


# As much alike as this are words of which one may be mistyped.
_MISTYPED = 0.8


def company_named(work: Work, name: str, beside: Beside, *, may_found: bool) -> tuple[str, str | None]:
    """The slug of the company meant, which is founded when that is allowed, and its name in the source if another.

    Raises NoSuchCompany.
    """
    ledger = work.ledger
    if ledger.company_slugs(name):
        slug = ledger.company_slug(name)
        return slug, ledger.as_reported(name, slug)
    several = several_by_commas(ledger, name)
    if several and (not may_found or all(ledger.company_slugs(one) for one in several)):
        raise several_named(name, several)
    if not may_found:
        near = did_you_mean(ledger.nearest_companies(name, beside))
        raise NoSuchCompany(f'no company is known as "{name}"', f"{near}add --new-company to found it")
    shown = text(name)
    if shown is None:
        raise NoSuchCompany("a company needs a name", 'write it in quotes: --target "Stoke Space"')
    slug = ledger.add_company(Company(slug=slug_of(shown), name=shown))
    work.remark(f"Founded {slug}  {shown}" + (", as one company: semicolons part several" if several else ""))
    return slug, None


def several_named(name: str, several: Iterable[str]) -> NoSuchCompany:
    """What is said where commas seem to part names."""
    what = f'no company is known as "{name}"'
    return NoSuchCompany(
        what, f'semicolons part several: "{"; ".join(several)}"; one of that name: dealtrack company add "{name}"'
    )


def several_by_commas(ledger: Ledger | None, name: str) -> list[str]:
    """The names that commas may part: two or more, one of them known or none of them a legal form ("Acme, Inc.")."""
    parts = [part.strip() for part in name.split(",")]
    if len(parts) < 2 or not all(map(plain, parts)) or any(bare(f"{_ANY} {part}") == _ANY for part in parts):
        return []
    known = ledger is not None and any(ledger.company_slugs(part) for part in parts)
    return parts if known or all(" " in part for part in parts) else []


# Some name to see whether what follows is a legal form.
_ANY = "some"


def text(word: str) -> str | None:
    """Free text as it is kept: without blanks around it or NUL bytes, None when nothing is left.

    `-` stands for what is on standard input, since a command line holds no long text.
    """
    if word == "-":
        word = _from_stdin()
    if "\0" in word:
        raise Misuse("the text holds a NUL byte", "leave it out")
    if len(word) > LONGEST_TEXT:
        raise Misuse(f"the text has {len(word):,} characters", f"keep it under {LONGEST_TEXT:,}")
    return word.strip() or None


@cache
def _from_stdin() -> str:
    """What is on standard input: it is there once, and may be asked for of several deals, and after a rehearsal."""
    return sys.stdin.read(LONGEST_TEXT + 1)


def _text(word: str) -> str | None:
    """Free text, which `none` takes away."""
    return None if words.is_none(word) else text(word)


def _or_none(word: str, allowed: tuple[str, ...], what: str) -> str | None:
    return None if words.is_none(word) else words.one_of(word, allowed, what)
