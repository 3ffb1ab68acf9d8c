"""The first lines of a page about one deal: its name, its number, its title."""

from dealtrack.domain.deal import Deal
from dealtrack.view.lines import Line, padded, paragraph, width_of
from dealtrack.view.theme import HEADING, QUIET

_GAP = 2


def heading(deal: Deal, width: int) -> list[Line]:
    """The deal's name with its id at the right, and its title where that says more than the name."""
    number: Line = [(f"#{deal.id}", QUIET)]
    lines = paragraph(deal.headline or deal.title, width - width_of(number) - _GAP, HEADING) or [[]]
    lines[0] = padded(lines[0], width - width_of(number)) + number
    if deal.title and not deal.title.startswith(deal.headline):
        lines += paragraph(deal.title, width)
    return lines
