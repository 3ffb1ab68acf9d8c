"""What can be wrong with a deal: a tuple of rules, each returning what it finds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from dealtrack.domain.date import wholly_before
from dealtrack.domain.deal import Deal
from dealtrack.domain.fold import states
from dealtrack.domain.money import decimal_string
from dealtrack.domain.party import ACTING, ROLES
from dealtrack.domain.status import is_usual

Severity = Literal["fault", "doubt"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault is wrong; a doubt is unusual and wants a look. `subject` is a deal's slug or a part of the file."""

    severity: Severity
    code: str
    subject: str
    sentence: str


Rule = Callable[[Deal, date], Iterator[Finding]]


def _without_source(deal: Deal, _today: date) -> Iterator[Finding]:
    if not any(event.source for event in deal.events):
        yield Finding("doubt", "no-source", deal.slug, "none of its events names a source")


def _without_status(deal: Deal, _today: date) -> Iterator[Finding]:
    if not any(event.status for event in deal.events):
        yield Finding("fault", "no-status", deal.slug, "none of its events asserts a status")


def _without_other_side(deal: Deal, _today: date) -> Iterator[Finding]:
    roles = [party.role for party in deal.parties]
    among_equals = deal.kind == "acquisition" and roles.count("partner") > 1  # a merger
    if deal.kind != "partnership" and not among_equals and not {"target", "seller"} & set(roles):
        yield Finding("fault", "no-target", deal.slug, f"it is an {deal.kind} without a target or a seller")
    if deal.kind == "partnership" and len({party.company for party in deal.parties}) < 2:
        yield Finding("doubt", "one-partner", deal.slug, "it is a partnership of one")


def _unusual_moves(deal: Deal, _today: date) -> Iterator[Finding]:
    believed = [event for event in deal.events if event.credibility < 5]
    for before, after in pairwise(states(believed)):
        if not is_usual(before, after):
            yield Finding("doubt", "unusual-move", deal.slug, f"it went from {before} to {after}")


def _dates_out_of_order(deal: Deal, _today: date) -> Iterator[Finding]:
    """A closing before the signing is a slip of the year, unless another closing follows it."""
    agreed = deal.facts.agreed
    closings = [event for event in deal.events if event.status == "completed" and event.credibility < 5]
    if agreed and closings and all(wholly_before(event.date, agreed) for event in closings):
        sentence = f"event {closings[0].n}, completed {closings[0].date.edtf}, lies before agreed {agreed.edtf}"
        yield Finding("fault", "date-order", deal.slug, sentence)


def _told_too_early(deal: Deal, _today: date) -> Iterator[Finding]:
    for event in deal.events:
        published = event.source.published if event.source else None
        if published and event.status and wholly_before(published, event.date):
            sentence = f"event {event.n} of {event.date.edtf} was read in a source of {published.edtf}"
            yield Finding("doubt", "told-early", deal.slug, sentence)


def _still_to_come(deal: Deal, today: date) -> Iterator[Finding]:
    for event in deal.events:
        if event.date.earliest is not None and event.date.earliest > today:
            yield Finding("fault", "future", deal.slug, f"event {event.n} is dated {event.date.edtf}, still to come")


def _with_itself(deal: Deal, _today: date) -> Iterator[Finding]:
    acting = {party.company for party in deal.parties if party.role in ACTING}
    for party in deal.parties:
        if party.role == "target" and party.company in acting:
            yield Finding("doubt", "with-itself", deal.slug, f"{party.company} is on both sides of it")


def _roles_of_another_kind(deal: Deal, _today: date) -> Iterator[Finding]:
    """What is left where a kind is corrected and the parties are not."""
    roles = {party.role for party in deal.parties}
    if deal.kind == "partnership" and "partner" not in roles:
        said = ", ".join(role for role in ROLES if role in roles)
        yield Finding("doubt", "odd-roles", deal.slug, f"it is a partnership without a partner: {said}")
    if deal.kind == "acquisition" and "lead-investor" in roles and not roles & {"buyer", "partner"}:
        yield Finding("doubt", "odd-roles", deal.slug, "it is an acquisition with a lead-investor, without a buyer")


# No deal is worth less in cents of a dollar, but for a symbolic price of one dollar, pound or euro.
_LEAST = 10_000 * 100


def _without_its_multiplier(deal: Deal, _today: date) -> Iterator[Finding]:
    for event in deal.events:
        value, dollars = event.value, event.dollars
        if value is None or value.basis == "per-share" or value.low == value.high == 10**value.digits:
            continue
        bounds = (dollars.low, dollars.high) if dollars else (value.low, value.high) if value.currency == "USD" else ()
        most = max((bound for bound in bounds if bound is not None), default=0)
        if 0 < most < _LEAST:
            figure = decimal_string(value.low if value.high is None else value.high, value.digits)
            sentence = f"event {event.n} tells a value of {value.currency} {figure}: is a multiplier missing?"
            yield Finding("doubt", "small-value", deal.slug, sentence)


def _expected_too_early(deal: Deal, _today: date) -> Iterator[Finding]:
    for event in deal.events:
        if event.expected and wholly_before(event.expected, event.date):
            sentence = f"event {event.n} of {event.date.edtf} expects a closing {event.expected.edtf}, past by then"
            yield Finding("doubt", "expected-early", deal.slug, sentence)


RULES: tuple[Rule, ...] = (
    _without_source,
    _without_status,
    _without_other_side,
    _unusual_moves,
    _dates_out_of_order,
    _told_too_early,
    _still_to_come,
    _with_itself,
    _roles_of_another_kind,
    _without_its_multiplier,
    _expected_too_early,
)


def examine(deal: Deal, today: date) -> list[Finding]:
    """Everything the rules find in a deal on that day."""
    return [finding for rule in RULES for finding in rule(deal, today)]
