"""Two companies side by side, to be judged whether they are one."""

from collections.abc import Iterator

from dealtrack.domain.double import Double, Side, judged, speaks_against, speaks_for
from dealtrack.text.counts import counted
from dealtrack.view.lines import BLANK, Block, Line, Lines, beside, paragraph
from dealtrack.view.screen import Screen
from dealtrack.view.theme import DOT, HEADING, QUIET

_LABEL, _GAP = 9, 2
# So many of a company's deals are named, the latest first.
_DEALS = 3


def comparison(double: Double, place: str, screen: Screen) -> Lines:
    """What is known of each, line by line where there is anything; `place` says how far the walk has come."""
    width = max((screen.width - _LABEL - 2 * _GAP) // 2, 2)
    near = " and ".join(f'"{name}"' for name in dict.fromkeys(double.alike))
    lines: list[Line] = [*paragraph(f"{place} {DOT} score {double.score} {DOT} {near}", screen.width, QUIET), BLANK]
    for label, one, other in _compared(double):
        style = HEADING if not label else ""
        sides = [Block(paragraph(words, width, style), width) for words in (one, other)]
        lines += beside([Block([[(label, QUIET)]], _LABEL), *sides], _GAP)
    told = {
        "for": "; ".join(speaks_for(double)),
        "against": "; ".join(speaks_against(double)),
        "judged": judged(double),
    }
    spoken = {label: words for label, words in told.items() if words}
    lines += [BLANK] * bool(spoken)
    for label, words in spoken.items():
        left: list[Line] = [[(label, QUIET)]]
        lines += beside([Block(left, _LABEL), Block(paragraph(words, screen.width - _LABEL - _GAP), 0)], _GAP)
    return Lines.of(screen, lines)


def _compared(double: Double) -> Iterator[tuple[str, str, str]]:
    rows = [dict(_told(side)) for side in double.sides]
    for label in rows[0]:
        one, other = (row[label] for row in rows)
        if one or other:
            yield label, one, other


def _told(side: Side) -> Iterator[tuple[str, str]]:
    yield "", side.name
    yield "slug", side.slug
    yield "also", ", ".join(side.names)
    yield "what", f" {DOT} ".join(part for part in (side.kind, side.country, side.ticker) if part)
    yield "sectors", ", ".join(side.sectors)
    yield "registers", ", ".join(f"{kind} {value}" for kind, value in side.registers)
    yield "deals", _deals(side)
    yield "note", side.note or ""


def _deals(side: Side) -> str:
    more = f" and {len(side.deals) - _DEALS} more" if len(side.deals) > _DEALS else ""
    return f"{counted(len(side.deals), 'deal')}{': ' if side.deals else ''}{', '.join(side.deals[:_DEALS])}{more}"
