"""One company along time: its deals as lanes, from first seen to the end."""

from collections.abc import Sequence
from datetime import date

from dealtrack.domain.deal import Deal
from dealtrack.domain.figures import Tally
from dealtrack.text.counts import counted
from dealtrack.view.cells import total_words
from dealtrack.view.lanes import WIDEST, Lane, Lanes
from dealtrack.view.lines import BLANK, Lines, paragraph
from dealtrack.view.screen import Screen
from dealtrack.view.theme import DOT, HEADING


def company_timeline(company_name: str, deals: Sequence[Deal], tally: Tally, screen: Screen, today: date) -> Lines:
    """The company's deals one below the other by the date they were first seen."""
    width = min(screen.width, WIDEST)
    ordered = sorted(deals, key=lambda deal: deal.since)
    lanes = [Lane(deal.role_of(company_name), deal.others(company_name), deal) for deal in ordered]
    lines = [
        *paragraph(company_name, width, HEADING),
        *paragraph(f"{counted(tally.deals, 'deal')} {DOT} {total_words(tally)}", width),
        BLANK,
        *Lanes(lanes, width, today).lines(),
    ]
    return Lines.of(screen, lines)
