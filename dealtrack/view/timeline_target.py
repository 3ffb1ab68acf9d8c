"""The deals for one company side by side: who came first, how each went, who beat whom, who won."""

from collections.abc import Iterator, Sequence
from datetime import date

from dealtrack.domain.contest import Bid
from dealtrack.domain.figures import Tally
from dealtrack.domain.stake import Stake
from dealtrack.text.contest import say_outcome, say_ties, say_verdict
from dealtrack.text.counts import counted
from dealtrack.view.cells import money_cell, stake_cell, total_words
from dealtrack.view.lanes import DROPPED, WIDEST, Lane, Lanes
from dealtrack.view.lines import BLANK, Block, Line, Lines, Piece, beside, flow, indented, paragraph, words_of
from dealtrack.view.screen import Screen
from dealtrack.view.theme import DOT, HEADING, QUIET, style_of

_GAP = 2
# The number is what the words below name a deal by.
_DROPPED = tuple(name for name in DROPPED if name != "word")


def target_timeline(company_name: str, bids: Sequence[Bid], tally: Tally, screen: Screen, today: date) -> Lines:
    """The deals for the company by the date they were first seen, then how each of them went."""
    width = min(screen.width, WIDEST)
    lanes = Lanes(
        [Lane(f"#{bid.deal.id}", bid.bidders, bid.deal) for bid in bids], width, today, stakes=True, dropped=_DROPPED
    )
    lines = [
        *paragraph(f"Bids for {company_name}", width, HEADING),
        *paragraph(f"{counted(tally.deals, 'deal')} {DOT} {total_words(tally)}", width),
        *paragraph(say_verdict(bids), width),
        BLANK,
        *lanes.lines(),
        BLANK,
        [("How each went", HEADING)],
        *_told(bids, width),
    ]
    return Lines.of(screen, lines)


def _told(bids: Sequence[Bid], width: int) -> Iterator[Line]:
    number = max(len(str(bid.deal.id)) for bid in bids) + 1
    room = width - number - 2 * _GAP
    for bid in bids:
        left: list[Line] = [[(f"#{bid.deal.id}", QUIET)]]
        right = [*flow(_outcome(bid), room), *paragraph(_why(bid), room, QUIET)]
        yield from indented(beside([Block(left, number, right=True), Block(right, 0)], _GAP), _GAP)


def _outcome(bid: Bid) -> Iterator[Piece]:
    """Who, what came of it and when, for how much of the company, and what the links say; in pieces to be wrapped."""
    facts = bid.facts
    status = facts.status.event.status if facts.status else None
    yield from words_of(bid.bidders)
    parts: list[Line] = [
        [(say_outcome(bid), style_of(status) if status else "")],
        money_cell(facts.value.event.value) if facts.value else BLANK,
        _stake(facts.stake.event.stake) if facts.stake else BLANK,
        *([(words, "")] for words in say_ties(bid)),
    ]
    for part in filter(None, parts):
        yield from ((DOT, QUIET), *part)


def _stake(share: Stake | None) -> Line:
    return [*stake_cell(share), *([(share.basis.replace("-", " "), "")] if share and share.basis else [])]


def _why(bid: Bid) -> str:
    """What was said of the event that decided its status."""
    return (bid.facts.status.event.summary or "") if bid.facts.status else ""
