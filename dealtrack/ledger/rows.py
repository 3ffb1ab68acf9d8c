"""How deals, events, companies and sources become rows and come back."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import Any

from dealtrack.domain.company import Company
from dealtrack.domain.date import UncertainDate, from_edtf
from dealtrack.domain.deal import Deal, Link
from dealtrack.domain.event import Dollars, Event
from dealtrack.domain.fold import Facts, Field
from dealtrack.domain.money import Money
from dealtrack.domain.name import plain
from dealtrack.domain.party import Party
from dealtrack.domain.publisher import Outlets, Publisher
from dealtrack.domain.source import Source
from dealtrack.domain.stake import Stake

Row = Mapping[str, Any]

CLOCKS: tuple[str, ...] = ("first_seen", "agreed", "completed", "ended", "expected", "last_heard")

EVENT_COLUMNS: tuple[str, ...] = (
    "date",
    "date_earliest",
    "date_latest",
    "status",
    "milestone",
    "summary",
    "value_text",
    "value_currency",
    "value_digits",
    "value_low",
    "value_high",
    "value_qualifier",
    "value_basis",
    "value_usd_low",
    "value_usd_high",
    "value_usd_origin",
    "value_usd_rate",
    "value_usd_rate_date",
    "stake_text",
    "stake_low",
    "stake_high",
    "stake_controlling",
    "stake_worded",
    "stake_basis",
    "expected",
    "credibility",
    "flags",
)
_NO_MONEY = (None,) * 7
_NO_DOLLARS = (None,) * 5
_NO_STAKE = (None,) * 6

FACT_COLUMNS: tuple[str, ...] = (
    "status",
    "phase",
    "status_event",
    "disputed",
    "began_as_rumor",
    *(f"{clock}{suffix}" for clock in CLOCKS for suffix in ("", "_earliest", "_latest")),
    "value_text",
    "value_currency",
    "value_digits",
    "value_low",
    "value_high",
    "value_qualifier",
    "value_basis",
    "value_event",
    "value_usd_low",
    "value_usd_high",
    "value_usd_origin",
    "stake_text",
    "stake_low",
    "stake_high",
    "stake_controlling",
    "stake_worded",
    "stake_basis",
    "stake_event",
    "origins",
)


def is_slug(word: str) -> bool:
    """Whether the word may be the slug of a deal or a company."""
    return bool(word) and not set(word) - _OF_A_SLUG and word.strip("-") == word and "--" not in word


_OF_A_SLUG = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")


def joined(words: tuple[str, ...]) -> str:
    """Several words in one cell."""
    return ";".join(words)


def split(cell: str | None) -> tuple[str, ...]:
    """The words of one cell."""
    return tuple(cell.split(";")) if cell else ()


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def date_of(cell: str | None) -> UncertainDate | None:
    """The date that a cell holds."""
    return from_edtf(cell) if cell else None


def _flag(value: bool | None) -> int | None:
    return None if value is None else int(value)


def _money_cells(money: Money) -> tuple[Any, ...]:
    return (money.text, money.currency, money.digits, money.low, money.high, money.qualifier, money.basis)


def _stake_cells(stake: Stake) -> tuple[Any, ...]:
    controlling = _flag(stake.controlling)
    return (stake.text, stake.low, stake.high, controlling, int(stake.worded), stake.basis)


def event_cells(event: Event) -> tuple[Any, ...]:
    """An event as the cells of EVENT_COLUMNS."""
    dollars = event.dollars
    return (
        *_clock_cells(event.date),
        event.status,
        event.milestone,
        event.summary,
        *(_money_cells(event.value) if event.value else _NO_MONEY),
        *(
            (dollars.low, dollars.high, dollars.origin, dollars.rate, _iso(dollars.rate_date))
            if dollars
            else _NO_DOLLARS
        ),
        *(_stake_cells(event.stake) if event.stake else _NO_STAKE),
        event.expected.edtf if event.expected else None,
        event.credibility,
        joined(event.flags),
    )


def event_of(row: Row, source: Source | None) -> Event:
    """The event that a row holds."""
    return Event(
        n=row["n"],
        date=from_edtf(row["date"]),
        status=row["status"],
        milestone=row["milestone"],
        summary=row["summary"],
        value=_money_of(row),
        dollars=_dollars_of(row),
        stake=_stake_of(row),
        expected=from_edtf(row["expected"]) if row["expected"] else None,
        source=source,
        credibility=row["credibility"],
        flags=split(row["flags"]),
    )


def _money_of(row: Row) -> Money | None:
    if row["value_qualifier"] is None:
        return None
    return Money(
        low=row["value_low"],
        high=row["value_high"],
        currency=row["value_currency"],
        digits=row["value_digits"],
        qualifier=row["value_qualifier"],
        basis=row["value_basis"],
        text=row["value_text"] or "",
    )


def _dollars_of(row: Row) -> Dollars | None:
    if row["value_usd_origin"] is None:
        return None
    day = row["value_usd_rate_date"]
    return Dollars(
        low=row["value_usd_low"],
        high=row["value_usd_high"],
        origin=row["value_usd_origin"],
        rate=row["value_usd_rate"],
        rate_date=date.fromisoformat(day) if day else None,
    )


def _stake_of(row: Row) -> Stake | None:
    if row["stake_worded"] is None:
        return None
    return Stake(
        low=row["stake_low"],
        high=row["stake_high"],
        controlling=None if row["stake_controlling"] is None else bool(row["stake_controlling"]),
        basis=row["stake_basis"],
        text=row["stake_text"] or "",
        worded=bool(row["stake_worded"]),
    )


# A file tells of the same days again and again.
@lru_cache(65_536)
def _clock_cells(when: UncertainDate | None) -> tuple[str | None, str | None, str | None]:
    return (when.edtf, _iso(when.earliest), _iso(when.latest)) if when else (None, None, None)


def fact_cells(facts: Facts) -> tuple[Any, ...]:
    """A deal's folded facts as the cells of FACT_COLUMNS."""
    value, stake = facts.value, facts.stake
    clocks = (facts.first_seen, facts.agreed, facts.completed, facts.ended, facts.expected, facts.last_heard)
    dollars = value.event.dollars if value else None
    return (
        facts.status.event.status if facts.status else None,
        facts.phase,
        facts.status.event.n if facts.status else None,
        joined(facts.disputed),
        int(facts.began_as_rumor),
        *chain.from_iterable(map(_clock_cells, clocks)),
        *((*_money_cells(value.event.value), value.event.n) if value and value.event.value else (None,) * 8),
        *((dollars.low, dollars.high, dollars.origin) if dollars else (None,) * 3),
        *((*_stake_cells(stake.event.stake), stake.event.n) if stake and stake.event.stake else (None,) * 7),
        facts.origins,
    )


def deal_of(
    row: Row,
    *,
    parties: tuple[Party, ...],
    events: tuple[Event, ...],
    pins: dict[Field, int],
    links: tuple[Link, ...],
    looks: tuple[date, ...],
    outlets: Outlets,
) -> Deal:
    """The deal that a row holds, with what belongs to it."""
    return Deal(
        id=row["id"],
        slug=row["slug"],
        title=row["title"],
        kind=row["kind"],
        form=row["form"],
        sectors=split(row["sectors"]),
        core_space=bool(row["core_space"]),
        tags=split(row["tags"]),
        note=row["note"],
        parties=parties,
        events=events,
        pins=pins,
        links=links,
        looks=looks,
        created=row["created"],
        updated=row["updated"],
        outlets=outlets,
    )


def source_cells(source: Source) -> dict[str, Any]:
    """A source as a row."""
    return {
        "key": source.key,
        "url": source.url,
        "title": source.title,
        "publisher": source.publisher,
        "published": source.published.edtf if source.published else None,
        "kind": source.kind,
        "via": source.via,
        "reliability": source.reliability,
        "title_derived": int(source.title_derived),
        "reliability_derived": int(source.reliability_derived) or None,
    }


def source_of(row: Row) -> Source:
    """The source that a row holds."""
    return Source(
        key=row["key"],
        url=row["url"],
        title=row["title"],
        publisher=row["publisher"],
        published=from_edtf(row["published"]) if row["published"] else None,
        kind=row["kind"],
        via=row["via"],
        reliability=row["reliability"],
        title_derived=bool(row["title_derived"]),
        reliability_derived=bool(row["reliability_derived"]),
    )


def publisher_cells(publisher: Publisher) -> dict[str, Any]:
    """A publisher as a row."""
    return {
        "name": publisher.name,
        "reliability": publisher.reliability,
        "lag": publisher.lag,
        "aliases": joined(publisher.aliases),
    }


def publisher_of(row: Row) -> Publisher:
    """The publisher that a row holds."""
    return Publisher(row["name"], row["reliability"], row["lag"], split(row["aliases"]))


def company_cells(company: Company) -> dict[str, Any]:
    """A company as a row, its aliases apart."""
    return {
        "slug": company.slug,
        "name": company.name,
        "plain": plain(company.name),
        "kind": company.kind,
        "country": company.country,
        "sectors": joined(company.sectors),
        "ticker": company.ticker,
        "note": company.note,
    }


# What is told of a row in the log: what a person entered, and not what is worked out from it.
_TOLD: dict[str, tuple[str, ...]] = {
    "company": ("name", "kind", "country", "sectors", "ticker", "note"),
    "alias": ("alias", "kind", "valid"),
    "identifier": ("kind", "value", "source_id"),
    "parent": ("valid",),
    "judgement": ("verdict", "why"),
    "publisher": ("name", "reliability", "lag", "aliases"),
    "source": ("url", "title", "publisher", "published", "kind", "via", "reliability"),
    "deal": ("title", "kind", "form", "sectors", "core_space", "tags", "note"),
    "party": ("role", "as_reported"),
    "event": (
        "date", "status", "milestone", "summary", "value_text", "value_currency", "value_basis", "stake_text",
        "stake_basis", "expected", "credibility", "source_id", "flags",
    ),
    "pin": ("field", "n"),
    "link": ("relation",),
    "look": ("day",),
    "rate": ("usd", "origin"),
    "arrival": ("family", "key"),
}  # fmt: skip


def told(table: str, before: Row | None, after: Row | None) -> tuple[tuple[str, str | None, str | None], ...]:
    """The fields of a row that differ, in words, before and after."""
    both = ((name, _word(before, name), _word(after, name)) for name in _TOLD[table])
    return tuple((name, was, now) for name, was, now in both if was != now)


def _word(row: Row | None, name: str) -> str | None:
    # What was kept of a row before it had the column holds none.
    return None if row is None or row.get(name) in (None, "") else str(row[name])


# What a row is of, in words.
_SUBJECTS: dict[str, str] = {
    "deal": "deal {id}",
    "event": "event {n} of deal {deal_id}",
    "pin": "pin of deal {deal_id}",
    "look": "look at deal {deal_id}",
    "link": "link of deals {deal_id} and {related_id}",
    "company": "company {slug}",
    "publisher": "publisher {name}",
    "source": "source {key}",
    "rate": "rate of {currency} on {day}",
    "arrival": "row imported as deal {deal_id}",
}


def subject(table: str, row: Row) -> str:
    """What a row is of: `event 2 of deal 206`."""
    return _SUBJECTS.get(table, f"{table} {{id}}").format(**row)
