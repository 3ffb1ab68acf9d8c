"""What a row proposes, as values: its words read, each fault with the column that it stands in."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from itertools import chain
from typing import Any, NamedTuple, TypeVar, cast

from dealtrack.domain.date import UncertainDate
from dealtrack.domain.event import Dollars, Event
from dealtrack.domain.kind import FORMS, KINDS, Kind
from dealtrack.domain.milestone import MILESTONES
from dealtrack.domain.money import BASES, Basis, Money
from dealtrack.domain.name import plain
from dealtrack.domain.near import Beside
from dealtrack.domain.party import ROLES, Role
from dealtrack.domain.problem import Misuse, Problem
from dealtrack.domain.source import RELIABILITIES, SOURCE_KINDS, Reliability, Source, SourceKind
from dealtrack.domain.stake import STAKE_BASES, Stake, StakeBasis
from dealtrack.domain.status import STATUSES, Status
from dealtrack.exchange.row import Record, RowError, Told
from dealtrack.text.choice import one_of
from dealtrack.text.dates import read_date
from dealtrack.text.money import read_money
from dealtrack.text.sources import read_source
from dealtrack.text.stakes import read_stake

# A file says the same dates, amounts and words in row after row.
_KEPT = 65_536

# What a cell of free text may hold; more is a file that is not what it seems.
_LONGEST_TEXT = 2_000_000

Value = TypeVar("Value")


class Proposal(NamedTuple):
    """A deal as a row proposes it, its companies by the names that the row has for them; None where it says nothing.

    The events have numbers of their own, from 1; `keys` names each of them, the same in every version of the row.
    """

    record: Record
    kind: Kind
    form: str | None
    title: str | None
    parties: tuple[tuple[Role, str], ...]
    events: tuple[Event, ...]
    keys: tuple[str, ...]
    sectors: tuple[str, ...]
    tags: tuple[str, ...]
    core_space: bool | None
    note: str | None

    def beside(self) -> Beside:
        """What each of its companies stands beside."""
        return Beside(tuple(name for _, name in self.parties), self.sectors)


class _Fault(Exception):  # noqa: N818 - it is what is wrong with a cell, on its way to the row's RowError
    def __init__(self, column: str, problem: Problem) -> None:
        super().__init__(problem.what)
        self.column = column
        self.problem = problem


def read_record(record: Record, today: date) -> Proposal | RowError:
    """The values of a record, or what is wrong with it."""
    try:
        return _read(record, today)
    except _Fault as fault:
        return RowError(record.place, fault.column, fault.problem.what, fault.problem.hint)


def _read(record: Record, today: date) -> Proposal:
    if not record.kind:
        raise _fault("kind", "a deal needs a kind", _KINDS)
    kind = cast("Kind", _word("kind", record.kind))
    parties = tuple(dict.fromkeys(_parties(record)))
    if not parties:
        raise _fault("", "a deal needs parties", "fill buyer, investor, target, seller or partner")
    if not record.events:
        raise _fault("", "an event needs a date", "fill on, or one of the columns first_seen, agreed, completed")
    source = _source(record, today)
    events = tuple(_event(n, told, source, today) for n, told in enumerate(record.events, 1))
    return Proposal(
        record=record,
        kind=kind,
        form=_form("form", record.form, kind) if record.form else None,
        title=_text("title", record.title),
        parties=parties,
        events=events,
        keys=tuple(_keys(events)),
        sectors=_listed(record.sectors),
        tags=_listed(record.tags),
        core_space=_word("core_space", record.core_space) == "yes" if record.core_space else None,
        note=_text("note", record.note),
    )


_KINDS = f"kinds are {', '.join(KINDS)}"


def _parties(record: Record) -> Iterator[tuple[Role, str]]:
    for role, name in record.parties:
        found = _text(role, name)
        if found:
            yield cast("Role", _word("role", role)), found


def _keys(events: tuple[Event, ...]) -> Iterator[str]:
    """Each event by the state or step that it tells of, numbered where that is there twice."""
    seen: dict[str, int] = {}
    for event in events:
        key = event.status or event.milestone or "event"
        seen[key] = seen.get(key, 0) + 1
        yield key if seen[key] == 1 else f"{key}-{seen[key]}"


def _event(n: int, told: Told, source: Source | None, today: date) -> Event:
    status = _word("status", told.status) if told.status else None
    if status and not told.on:
        what, hint = f'the status "{status}" needs a date', "fill on, or the column of that date"
        raise _fault("on", what, f"{hint}: first_seen, agreed, completed, ended")
    return Event(
        n=n,
        date=_past("on", told.on, today),
        status=cast("Status | None", status),
        milestone=_word("milestone", told.milestone) if told.milestone else None,
        summary=_text("summary", told.summary),
        value=_amount(told) if told.value else None,
        dollars=_dollars("dollars", told.dollars) if told.dollars else None,
        stake=_share(told, status) if told.stake else None,
        expected=_date("expected", told.expected, today) if told.expected else None,
        source=source,
        credibility=int(_word("credibility", told.credibility)) if told.credibility else 3,
    )


def _amount(told: Told) -> Money:
    basis = cast("Basis", _word("value_basis", told.basis)) if told.basis else None
    money = _money("value", told.value, told.currency, basis)
    return money._replace(text=_text("value_text", told.value_text) or money.text) if told.value_text else money


def _share(told: Told, status: str | None) -> Stake:
    # Before a signature a stake can only be sought.
    usual = "acquired" if status in ("agreed", "completed") else "sought"
    basis = cast("StakeBasis", _word("stake_basis", told.stake_basis) if told.stake_basis else usual)
    share = _stake("stake", told.stake, basis)
    return share._replace(text=_text("stake_text", told.stake_text) or share.text) if told.stake_text else share


def _source(record: Record, today: date) -> Source | None:
    told = _text("source", record.source) or _text("publisher", record.publisher)
    if told is None:
        return None
    source = _page("source", told)
    if record.publisher:
        source = source._replace(publisher=_text("publisher", record.publisher))
    if record.published:
        source = source._replace(published=_past("published", record.published, today))
    if record.reliability:
        grade = _word("reliability", record.reliability)
        source = source.graded(cast("Reliability", grade))
    if record.source_kind:
        kind = cast("SourceKind", _word("source_kind", record.source_kind))
        source = source._replace(kind=kind)
    return source


# --- words to values, each read once ----------------------------------------------------------------


def _once(read: Callable[..., Value]) -> Callable[..., Value]:
    """The reader of a column's words, which reads the same words once; what it finds wrong is told of the column."""

    @lru_cache(_KEPT)
    def of_column(column: str, *words: Any) -> Value:
        try:
            return read(*words)
        except Problem as problem:
            raise _Fault(column, problem) from None

    return of_column


def _fault(column: str, what: str, hint: str) -> _Fault:
    return _Fault(column, Misuse(what, hint))


_date = _once(read_date)


@_once
def _past(words: str, today: date) -> UncertainDate:
    when = read_date(words, today)
    first = when.earliest or when.latest
    if first is not None and first > today:
        what = f'date "{words}" lies in the future (today is {today})'
        raise Misuse(what, "what is told has happened; what is awaited is expected")
    return when


@_once
def _money(words: str, currency: str, basis: Basis | None) -> Money:
    amount = read_money(f"{currency} {words}" if currency and words[:1].isdigit() else words, basis, "consideration")
    return amount._replace(text=words) if currency else amount


@_once
def _dollars(words: str) -> Dollars | None:
    amount = read_money(words)
    if amount.currency != "USD":
        raise Misuse(f'"{words}" is not in US dollars', "leave it out, or write the dollars that the source states")
    return Dollars(amount.low, amount.high, "stated")


_stake = _once(read_stake)
_page = _once(read_source)

# Which words a column may hold.
_WORDS: dict[str, tuple[str, ...]] = {
    "kind": KINDS,
    "role": ROLES,
    "status": STATUSES,
    "milestone": MILESTONES,
    "value_basis": BASES,
    "stake_basis": STAKE_BASES,
    "core_space": ("yes", "no"),
    "credibility": tuple("123456"),
    "reliability": RELIABILITIES,
    "source_kind": SOURCE_KINDS,
}


@lru_cache(_KEPT)
def _word(column: str, word: str) -> str:
    try:
        return one_of(word, _WORDS[column], column)
    except Problem as problem:
        raise _Fault(column, problem) from None


@_once
def _form(word: str, kind: Kind) -> str:
    return one_of(word, FORMS[kind], "form")


def _text(column: str, words: str) -> str | None:
    if len(words) > _LONGEST_TEXT:
        raise _fault(column, f"the text has {len(words):,} characters", f"keep it under {_LONGEST_TEXT:,}")
    return words.strip() or None


@lru_cache(_KEPT)
def _listed(words: str) -> tuple[str, ...]:
    """Free words as they are kept: small letters, hyphens for blanks, each once, in the order given."""
    parts = words.replace(",", ";").split(";")
    return tuple(dict.fromkeys("-".join(part.casefold().split()) for part in parts if part.strip()))


# --- which row it is --------------------------------------------------------------------------------


def key_of(proposal: Proposal) -> str:
    """What the row is known by: its id in its family of files, else a fingerprint of kind, parties and first date."""
    if proposal.record.identity:
        return proposal.record.identity
    parties = sorted(f"{role}:{plain(name)}" for role, name in proposal.parties)
    first = min(proposal.events, key=lambda event: event.date.earliest or date.max).date.edtf
    told = "\n".join((proposal.kind, *parties, first))
    return f"#{blake2b(told.encode(), digest_size=16).hexdigest()}"


def digest_of(record: Record) -> str:
    """A digest of all that the row says, wherever it stands."""
    _, family, identity, kind, form, title, parties, events, *rest, _ = record
    # How many there are of each is told, since words are joined and not tuples of them.
    lengths = f"{identity is None}{len(parties)},{len(events)}"
    words = (lengths, family, identity or "", kind, form, title, *chain(*parties, *events), *rest)
    return blake2b("\0".join(words).encode(errors="surrogatepass"), digest_size=16).hexdigest()
