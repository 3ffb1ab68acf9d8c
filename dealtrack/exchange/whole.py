"""A deal as one whole object of the JSON contract, with its events, sources and links."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dealtrack.domain.deal import Deal, Link
from dealtrack.domain.event import Event
from dealtrack.domain.figures import DealRow
from dealtrack.domain.money import Money, decimal_string
from dealtrack.domain.source import Source
from dealtrack.domain.stake import percent_string
from dealtrack.exchange.escaping import as_json
from dealtrack.exchange.record import CENTS, as_object

# What a link says of the deal at its other end.
_OF_THE_OTHER = ("title", "first_seen", "status", "value")


def deals_in_full(deals: Sequence[Deal], rows: Mapping[int, DealRow], *, lines: bool) -> Iterator[str]:
    """Deals with their events, sources and links: one object alone, several in an array, or one a line.

    `rows` holds their rows by their ids, and those of the deals that they are linked to.
    """
    wholes = [in_full(rows[deal.id], deal, rows) for deal in deals]
    if lines:
        yield from (as_json(whole) + "\n" for whole in wholes)
    else:
        yield as_json(wholes[0] if len(wholes) == 1 else wholes, indent=2) + "\n"


def in_full(row: DealRow, deal: Deal, rows: Mapping[int, DealRow]) -> dict[str, Any]:
    """The same object with the deal's events, sources and links."""
    sources = {event.source.key: event.source for event in deal.events if event.source}
    return as_object(row) | {
        "events": [_event_object(event) for event in deal.events],
        "sources": [source_object(source) for _, source in sorted(sources.items())],
        "links": [_link_object(link, as_object(rows[link.other_id])) for link in deal.links],
    }


def _link_object(link: Link, other: Mapping[str, Any]) -> dict[str, Any]:
    named = {"relation": link.relation, "deal": link.other, "id": link.other_id, "outward": link.outward}
    return named | {name: other[name] for name in _OF_THE_OTHER}


def _event_object(event: Event) -> dict[str, Any]:
    dollars = event.dollars
    return {
        "n": event.n,
        "date": event.date.edtf,
        "earliest": event.date.earliest.isoformat() if event.date.earliest else None,
        "latest": event.date.latest.isoformat() if event.date.latest else None,
        "status": event.status,
        "milestone": event.milestone,
        "summary": event.summary,
        "value": _money_object(event.value)
        | {
            "usd_low": decimal_string(dollars.low, CENTS) if dollars else None,
            "usd_high": decimal_string(dollars.high, CENTS) if dollars else None,
            "usd_origin": dollars.origin if dollars else None,
            "usd_rate": dollars.rate if dollars else None,
            "usd_rate_date": dollars.rate_date.isoformat() if dollars and dollars.rate_date else None,
        }
        if event.value
        else None,
        "stake": {
            "text": event.stake.text,
            "low": percent_string(event.stake.low),
            "high": percent_string(event.stake.high),
            "controlling": event.stake.controlling,
            "worded": event.stake.worded,
            "basis": event.stake.basis,
        }
        if event.stake
        else None,
        "expected": event.expected.edtf if event.expected else None,
        "source": event.source.key if event.source else None,
        "credibility": event.credibility,
        "flags": list(event.flags),
    }


def _money_object(money: Money) -> dict[str, Any]:
    return {
        "text": money.text,
        "currency": money.currency,
        "low": decimal_string(money.low, money.digits),
        "high": decimal_string(money.high, money.digits),
        "qualifier": money.qualifier,
        "basis": money.basis,
    }


def source_object(source: Source) -> dict[str, Any]:
    return {
        "id": source.key,
        "url": source.url,
        "title": source.title,
        "publisher": source.publisher,
        "published": source.published.edtf if source.published else None,
        "kind": source.kind,
        "via": source.via,
        "reliability": source.reliability,
    }
