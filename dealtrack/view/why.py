"""Why a deal's facts are as they are: what decided each, who bears it out, what is against it and why that lost."""

from collections.abc import Iterator
from datetime import date

from dealtrack.domain.belief import other_days, rulings, said
from dealtrack.domain.cited import Account, Fate, accounts, lost_by
from dealtrack.domain.deal import Deal
from dealtrack.domain.event import Event
from dealtrack.domain.fold import Ruling
from dealtrack.domain.source import CREDIBILITY_MEANING, RELIABILITY_MEANING
from dealtrack.text.claims import say_claim
from dealtrack.text.counts import counted
from dealtrack.text.dates import say_date
from dealtrack.text.reasons import FATES, WHY
from dealtrack.view.cells import state_of
from dealtrack.view.heading import heading
from dealtrack.view.lines import BLANK, Line, Lines, Piece, flow, indented, paragraph, words_of
from dealtrack.view.screen import Screen
from dealtrack.view.theme import DOUBT, HEADING, QUIET, VALUE

_WIDEST = 140
_IN = 2


def why_page(deal: Deal, screen: Screen, day: date) -> Lines:
    """Each fact with the event that decided it, in plain words; `day` is that whose state is looked at."""
    width = min(screen.width, _WIDEST)
    lines = heading(deal, width)
    for account in accounts(deal):
        lines += [BLANK, *_account(account, day, width)]
    lines += _days(deal, width)
    if not any(rulings(deal.facts)):
        lines += [BLANK, [("No status, value or stake was told.", QUIET)]]
    return Lines.of(screen, lines)


def _account(account: Account, day: date, width: int) -> Iterator[Line]:
    ruling = account.ruling
    believed = words_of(say_claim(ruling.event, account.field) or "", VALUE)
    yield from flow([(account.field, HEADING), *believed, *state_of(ruling, day)], width)
    for sentence in (_decided(ruling), _borne_out(ruling, day)):
        yield from indented(paragraph(sentence, width - _IN), _IN)
    for event, fate in account.others:
        yield from indented(flow(_other(account, event, fate), width - _IN), _IN)


def _decided(ruling: Ruling) -> str:
    event = ruling.event
    return f"Event {event.n} of {say_date(event.date)} decides it, {WHY[ruling.reason]}. {_read_in(event)}"


def _read_in(event: Event) -> str:
    """Where an event was read, and both its grades in words."""
    source = event.source
    if source is None:
        return f"No source is recorded; {event.grade}: the statement {CREDIBILITY_MEANING[event.credibility]}."
    via = f" via {source.via}" if source.via else ""
    when = f", {say_date(source.published)}" if source.published else ""
    statement = f"the statement {CREDIBILITY_MEANING[event.credibility]}"
    grades = f"the source is {RELIABILITY_MEANING[source.reliability]}, {statement}"
    if source.reliability == "F":
        grades = f"the source cannot be judged, {statement}"
    return f"Read in {source.publisher or source.title or source.key}{via}{when}; {event.grade}: {grades}."


def _borne_out(ruling: Ruling, day: date) -> str:
    """Who tells of the fact, and whether somebody else may still be waited for."""
    if not ruling.origins:
        return "No source tells of it."
    told = f"{counted(len(ruling.origins), 'origin')} {'tells' if len(ruling.origins) == 1 else 'tell'} of it: "
    told += f"{', '.join(ruling.origins)}."
    if ruling.pending and ruling.waits_on(day):
        told += (
            f" Others told something else before, and usually follow by {ruling.pending}: "
            "until then it is awaiting confirmation, and not disputed."
        )
    return told


def _other(account: Account, event: Event, fate: Fate) -> Iterator[Piece]:
    """Another account of the fact, what came of it, and why it lost."""
    style = DOUBT if fate == "disputes" else QUIET
    yield f"event {event.n}", QUIET
    yield say_date(event.date), QUIET
    yield event.grade, QUIET
    yield from words_of(say_claim(event, account.field) or "", "")
    reason = lost_by(event, account.ruling)
    lost = f", but {FATES[reason]}" if fate == "disputes" and reason else ""
    alike = said(event, account.field) == said(account.ruling.event, account.field) and fate != "doubted"
    yield from words_of(f"- {'says the same, and ' if alike else ''}{FATES[fate]}{lost}", style)


def _days(deal: Deal, width: int) -> Iterator[Line]:
    """Which day of a step is believed where accounts differ, and why."""
    told = list(other_days(deal, deal.facts))
    for step, believed in dict.fromkeys((one.step, one.believed) for one in told):
        yield BLANK
        yield from flow([(step, HEADING), *words_of(say_date(believed), VALUE)], width)
        first = next((e for e in deal.events if e.date == believed and e.status and e.credibility < 5), None)
        sentence = f"Event {first.n} decides it: the first day that an account of it gives." if first else ""
        yield from indented(paragraph(f"{sentence} {_read_in(first) if first else ''}", width - _IN), _IN)
        for other in told:
            if other.step == step:
                event = other.event
                words = f"event {event.n} {event.grade} {event.status} {say_date(event.date)} - tells of a later day"
                yield from indented(paragraph(words, width - _IN), _IN)
