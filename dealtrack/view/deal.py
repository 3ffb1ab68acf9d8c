"""One deal in full: each fact with the footnote of the event that decided it, then parties, events, sources, links."""

from collections.abc import Iterator, Sequence
from datetime import date

from dealtrack.domain.date import UncertainDate, days_between
from dealtrack.domain.deal import Deal
from dealtrack.domain.event import Event, by_date
from dealtrack.domain.figures import Counted
from dealtrack.domain.fold import Facts, Ruling
from dealtrack.domain.money import Money
from dealtrack.domain.party import ROLES, Party
from dealtrack.domain.related import Related
from dealtrack.domain.stake import HALF, Stake
from dealtrack.text.dates import say_date, say_days
from dealtrack.text.money import say_counted, say_money, say_money_short
from dealtrack.text.reasons import WHY
from dealtrack.text.stakes import is_about, say_stake, say_stake_short
from dealtrack.view.cells import money_cell, state_of, status_cell
from dealtrack.view.events import DOUBTED, asserted
from dealtrack.view.footnotes import Footnotes
from dealtrack.view.heading import heading
from dealtrack.view.lines import (
    BLANK,
    Block,
    Line,
    Lines,
    Piece,
    beside,
    flow,
    indented,
    paragraph,
    words_of,
)
from dealtrack.view.safe import safe
from dealtrack.view.screen import Screen
from dealtrack.view.theme import DOT, HEADING, QUIET, VALUE

_WIDEST = 140
_LABEL = 11
_GAP = 2
_LONGEST_DATE = 14
# `$275M` and `51 percent` say no more than the exact figure beside them.
_FEW_WORDS = 2


def deal_page(
    deal: Deal, screen: Screen, related: Sequence[Related] = (), day: date | None = None, worth: Line = BLANK
) -> Lines:
    """Everything that is known of the deal, and how those related to it stand.

    On the `day` whose state is looked at a fact may still be awaiting confirmation. `worth` is what its value comes to
    in the currency that was asked for, if one was.
    """
    believed, doubted = by_date(deal.events)
    notes = Footnotes([*believed, *doubted], deal.outlets)
    page = _Page(deal, notes, related, min(screen.width, _WIDEST), bounded=screen.bounded)
    page.day, page.worth = day, worth
    lines: list[Line] = [
        *page.heading(),
        BLANK,
        *page.facts(),
        *page.parties(),
        *page.events(believed, doubted),
        *page.sources(),
        *page.links(),
    ]
    while not lines[-1]:
        lines.pop()
    return Lines.of(screen, lines)


def value_words(amount: Money) -> str:
    """An amount in full; orders of magnitude as their lower bound."""
    return say_money(amount._replace(qualifier="at-least") if amount.qualifier == "magnitude" else amount)


def stake_words(share: Stake) -> str:
    """A stake in full, a worded one by its bound."""
    if not share.worded:
        return say_stake(share)
    return "over 50%" if share.low == HALF else "under 50%"


class _Page:
    """One deal laid out on so many cells."""

    def __init__(self, deal: Deal, notes: Footnotes, related: Sequence[Related], width: int, *, bounded: bool) -> None:
        self.deal, self.notes, self.related, self.width = deal, notes, related, width
        self.bounded = bounded
        self.day: date | None = None
        self.worth: Line = BLANK
        self.known: Facts = deal.facts

    def heading(self) -> list[Line]:
        """Names, kind, slug."""
        deal = self.deal
        form = [] if deal.form in (None, "other", deal.kind) else [deal.form]
        what = [deal.kind, *form, deal.slug] + ([] if deal.core_space else ["not core space"])
        return heading(deal, self.width) + paragraph(f" {DOT} ".join(map(str, what)), self.width, QUIET)

    # --- facts --------------------------------------------------------------------------------

    def facts(self) -> Iterator[Line]:
        """Each fact with the footnote and grade of the event that decided it."""
        known = self.known
        if known.status and known.status.event.status:
            yield from self._ruled("status", known.status, status_cell(known.status.event.status))
        if known.value and known.value.event.value:
            yield from self._ruled("value", known.value, _value(known.value.event))
        if self.worth:
            yield from self._labelled("worth", flow(_wordwise(self.worth), self._room))
        if known.stake and known.stake.event.stake:
            yield from self._ruled("stake", known.stake, _stake(known.stake.event.stake))
        for label, when in self._dates():
            yield from self._dated(label, when)
        yield from self._origins()
        for label, words in self._particulars():
            yield from self._labelled(label, paragraph(words, self._room))
        yield BLANK

    @property
    def _room(self) -> int:
        return self.width - _LABEL - _GAP

    def _labelled(self, label: str, lines: list[Line]) -> list[Line]:
        name: list[Line] = [[(label, QUIET)]]
        return beside([Block(name, _LABEL), Block(lines, 0)], _GAP)

    def _ruled(self, label: str, ruling: Ruling, said: Line) -> list[Line]:
        lines = flow([*_wordwise(said), *state_of(ruling, self.day), self._note(ruling.event)], self._room)
        return self._labelled(label, lines + list(self._why(label, ruling)))

    def _why(self, label: str, ruling: Ruling) -> list[Line]:
        """Why it is so, in words, where it was contested."""
        if not ruling.against and ruling.reason != "pinned":
            return []
        words = f"decided by event {ruling.event.n}, {WHY[ruling.reason]}"
        if ruling.against:
            words += "; against it " + ", ".join(self._contrary(label, event) for event in ruling.against)
        return paragraph(words, self._room, QUIET)

    def _contrary(self, label: str, event: Event) -> str:
        said = {
            "status": event.status or "",
            "value": say_money_short(event.value) if event.value else "",
            "stake": say_stake_short(event.stake) if event.stake else "",
        }
        return f"{said[label]} (event {event.n} {self.notes.mark(event)} {event.grade})"

    def _note(self, event: Event) -> Piece:
        return f" {self.notes.mark(event)} {event.grade}", QUIET

    def _dates(self) -> list[tuple[str, UncertainDate]]:
        known = self.known
        named = (
            ("first seen", known.first_seen),
            ("agreed", known.agreed),
            ("completed", known.completed),
            ("ended", known.ended),
            ("expected", known.expected),
            ("last heard", known.last_heard),
        )
        return [(label, when) for label, when in named if when]

    def _dated(self, label: str, when: UncertainDate) -> list[Line]:
        """A date, with how long after the one before it where that was a step of the deal."""
        known = self.known
        before: tuple[str, UncertainDate | None] = ("", None)
        if label in ("completed", "ended") and known.agreed and known.agreed != when:
            before = ("agreed", known.agreed)
        elif label in ("agreed", "completed", "ended") and known.first_seen != when:
            before = ("first seen", known.first_seen)
        pieces: list[Piece] = [(say_date(when), "")]
        if before[1]:
            pieces.append((f"{say_days(*days_between(before[1], when))} after {before[0]}", QUIET))
        if label == "first seen" and known.began_as_rumor:
            pieces.append(("began as a rumor", QUIET))
        teller = next((event for event in self.deal.events if _tells(event, label, when)), None)
        if teller:
            pieces.append((f"{self.notes.mark(teller)} {teller.grade}", QUIET))
        return self._labelled(label, flow(pieces, self._room, gap="  "))

    def _origins(self) -> list[Line]:
        names = self.known.origin_names
        if not names:
            return []
        listed = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
        return self._labelled("origins", paragraph(f"{self.known.origins}: {listed}", self._room))

    def _particulars(self) -> list[tuple[str, str]]:
        deal = self.deal
        named = (
            ("checked", f"{deal.checked}, and nothing was new" if deal.checked else ""),
            ("sectors", ", ".join(deal.sectors)),
            ("tags", ", ".join(deal.tags)),
            ("note", deal.note or ""),
        )
        return [(label, words) for label, words in named if words]

    # --- lists --------------------------------------------------------------------------------

    def parties(self) -> Iterator[Line]:
        """Who takes part, by role."""
        yield [("Parties", HEADING)]
        roles = [role for role in ROLES if any(party.role == role for party in self.deal.parties)]
        label = max((len(role) for role in roles), default=0)
        for role in roles:
            names: list[Piece] = []
            for party in self.deal.parties:
                if party.role == role:
                    names += [*words_of(party.name), *_reported(party), (DOT, QUIET)]
            left: list[Line] = [[(role.replace("-", " "), QUIET)]]
            right = flow(names[:-1], self.width - label - 2 * _GAP)
            yield from indented(beside([Block(left, label), Block(right, 0)], _GAP), _GAP)
        yield BLANK

    def events(self, believed: list[Event], doubted: list[Event]) -> Iterator[Line]:
        """The events in order of date, each with its number, by which it is edited or pinned."""
        yield [("Events", HEADING)]
        for event in believed:
            yield from self._event(event)
        if doubted:
            yield from indented(paragraph(DOUBTED, self.width - _GAP, QUIET), _GAP)
            for event in doubted:
                yield from self._event(event)
        yield BLANK

    def _event(self, event: Event) -> list[Line]:
        number = max(len(str(len(self.deal.events))), 2)
        dates = min(max(len(say_date(other.date)) for other in self.deal.events), _LONGEST_DATE)
        room = self.width - number - dates - 3 * _GAP
        note = f"{self.notes.mark(event)} {event.grade}"
        flags: list[Piece] = [(safe(", ".join(event.flags)), QUIET)] if event.flags else []
        said = flow([*asserted(event), *flags, (note, QUIET)], room, gap="  ")
        left: list[Line] = [[(str(event.n), QUIET)]]
        blocks = [
            Block(left, number, right=True),
            Block(paragraph(say_date(event.date), dates), dates),
            Block([*said, *paragraph(event.summary or "", room)], 0),
        ]
        return indented(beside(blocks, _GAP), _GAP)

    def sources(self) -> Iterator[Line]:
        """The pages that the footnotes stand for."""
        if self.notes.sources:
            yield from flow(self.notes.heading(), self.width, gap="")
            yield from indented(self.notes.listed(self.width - _GAP, in_full=True, whole=not self.bounded), _GAP)
            yield BLANK

    def links(self) -> Iterator[Line]:
        """Deals that this one is related to, as a sentence that begins with this deal."""
        if not self.related:
            return
        yield [("Links", HEADING)]
        reads = max(len(one.reads) for one in self.related)
        number = max(len(str(one.deal.id)) for one in self.related) + 1
        room = self.width - reads - number - 3 * _GAP
        for one in self.related:
            left: list[Line] = [[(one.reads, QUIET)]]
            right = [*paragraph(one.deal.headline or one.deal.title, room), *flow(_stands(one.deal), room, gap="")]
            blocks = [Block(left, reads), Block([[(f"#{one.deal.id}", "")]], number, right=True), Block(right, 0)]
            yield from indented(beside(blocks, _GAP), _GAP)
        yield BLANK


def _stands(deal: Deal) -> Line:
    """How a deal stands, since when it is known of, and what it is worth."""
    facts = deal.facts
    status = facts.status.event.status if facts.status else None
    since: Line = [(f"since {say_date(facts.first_seen)}", QUIET)] if facts.first_seen else BLANK
    worth = money_cell(facts.value.event.value) if facts.value else BLANK
    parts = [part for part in (status_cell(status), since, worth) if part]
    return [piece for at, part in enumerate(parts) for piece in ([(f" {DOT} ", QUIET)] if at else []) + part]


def _tells(event: Event, label: str, when: UncertainDate) -> bool:
    """Whether the date of that fact is the one that this event gives."""
    if label == "expected":
        return event.expected == when
    if label == "last heard":
        return event.date == when or (event.source is not None and event.source.published == when)
    if event.date != when or event.credibility >= 5:
        return False
    return label == "first seen" or (event.status is not None and _LABELS.get(event.status, "ended") == label)


_LABELS = {"agreed": "agreed", "completed": "completed", "rumored": "", "talks": "", "proposed": "", "stalled": ""}


def _wordwise(line: Line) -> Iterator[Piece]:
    for words, style in line:
        yield from ((word, style) for word in words.split())


def _as_reported(said: str, text: str, *, exact: bool) -> list[Piece]:
    """The words a figure was read in, where they say more than the figure."""
    if not text or text.casefold() == said.casefold() or (exact and len(text.split()) <= _FEW_WORDS):
        return []
    return [(safe(f" (as reported: {text})"), "")]


def _value(event: Event) -> Line:
    amount = event.value
    if amount is None:
        return BLANK
    said = value_words(amount)
    line: Line = [(said, VALUE), (f" {(amount.basis or '').replace('-', ' ')}", QUIET)]
    return [*line, *_as_reported(said, amount.text, exact=amount.qualifier == "exact"), *_in_dollars(event)]


def _in_dollars(event: Event) -> Line:
    """What an amount in another currency comes to, at which rate."""
    amount, dollars = event.value, event.dollars
    if amount is None or dollars is None or dollars.origin == "same":
        return BLANK
    # With its rate beside it an exact amount is told to the cent.
    full = dollars.origin == "stated" or amount.qualifier == "exact"
    worth = say_counted(amount, Counted(dollars.low, dollars.high, "USD", full))
    how = "stated by the source" if dollars.origin == "stated" else f"at {dollars.rate}, {dollars.origin}"
    day = f" {dollars.rate_date}" if dollars.rate_date else ""
    return [(safe(f" = {worth} ({how}{day})"), QUIET)]


def _stake(share: Stake) -> Line:
    said = stake_words(share)
    exact = share.low == share.high and not is_about(share)
    basis = (share.basis or "").replace("-", " ")
    return [(said, VALUE), (f" {basis}", QUIET), *_as_reported(said, share.text, exact=exact)]


def _reported(party: Party) -> Iterator[Piece]:
    """The name that the source had for it, where it is another."""
    return words_of(f"(reported as {party.as_reported})", QUIET) if party.as_reported else iter(())
