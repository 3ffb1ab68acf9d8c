"""The facts of a flat row, or of a deal, as the words of one cell."""

import json
from collections.abc import Iterable
from datetime import date

from dealtrack.domain.date import from_edtf
from dealtrack.domain.figures import DealRow, Tally
from dealtrack.domain.fold import Ruling
from dealtrack.domain.money import Money
from dealtrack.domain.party import Role, headline
from dealtrack.domain.stake import Stake
from dealtrack.domain.status import Status
from dealtrack.text.counts import rounded
from dealtrack.text.dates import say_date
from dealtrack.text.money import say_money_short
from dealtrack.text.stakes import say_stake_short
from dealtrack.view.lines import BLANK, Line, Piece
from dealtrack.view.safe import safe
from dealtrack.view.theme import DOUBT, QUIET, legend, mark_of, style_of


def date_words(edtf: str | None) -> str:
    """A stored date in words."""
    return say_date(from_edtf(edtf)) if edtf else ""


def parties_of(row: DealRow) -> list[tuple[str, str, Role]]:
    """The parties of a flat row as (slug, name, role), in order."""
    return [(slug, name, role) for slug, name, role, _ in json.loads(row["parties"] or "[]")]


def headline_of(row: DealRow) -> str:
    """The deal named by its parties, else by its title; safe to show."""
    return safe(headline([(name, role) for _, name, role in parties_of(row)]) or row["title"] or row["slug"])


def money_cell(amount: Money | None) -> Line:
    """An amount, short; what is undisclosed stands back."""
    if amount is None:
        return BLANK
    return [(say_money_short(amount), QUIET if amount.qualifier == "undisclosed" else "")]


def stake_cell(share: Stake | None) -> Line:
    """A stake, short."""
    return [(say_stake_short(share), "")] if share else BLANK


def status_cell(status: Status | None, *, disputed: bool = False) -> Line:
    """A status with its mark, and whether believable accounts deny it."""
    if status is None:
        return BLANK
    mark, style = mark_of(status)
    line = [(f"{mark} ", style), (status, style_of(status))]
    return [*line, (" (disputed)", DOUBT)] if disputed else line


def state_of(ruling: Ruling, day: date | None) -> Line:
    """Whether a fact is disputed, or on that day may still be confirmed by somebody else."""
    if ruling.disputed:
        return [("(disputed)", DOUBT)]
    if day and ruling.pending and ruling.waits_on(day):
        return [(f"(awaiting confirmation until {ruling.pending})", DOUBT)]
    return BLANK


def status_of(row: DealRow) -> Line:
    """The status of a flat row."""
    return status_cell(row["status"], disputed=_is_disputed(row))


def status_mark(row: DealRow) -> Line:
    """The mark of that alone, and whether it is disputed, where there is no room for words."""
    return [*([mark_of(row["status"])] if row["status"] else BLANK), *([("!", DOUBT)] if _is_disputed(row) else BLANK)]


def legend_of(rows: Iterable[DealRow]) -> list[Piece]:
    """What the marks of rows stand for."""
    listed = list(rows)
    disputed = [("! disputed", DOUBT)] if any(map(_is_disputed, listed)) else []
    return [*legend(row["status"] for row in listed if row["status"]), *disputed]


def _is_disputed(row: DealRow) -> bool:
    return "status" in (row["disputed"] or "").split(";")


def total_words(tally: Tally) -> str:
    """What a tally comes to, and of how many: `USD 4.3bn disclosed (12 of 19)`."""
    if not tally.valued:
        return f"no value known in {tally.currency} (0 of {tally.deals:,})"
    return f"{_interval(tally)} disclosed ({tally.valued:,} of {tally.deals:,})"


def total_short(tally: Tally) -> str:
    """What a tally comes to, in the fewest words; nothing when no value is known."""
    return _interval(tally) if tally.valued else ""


def _interval(tally: Tally) -> str:
    return interval_words(tally.low, tally.high, tally.currency)


def interval_words(least: int | None, most: int | None, currency: str) -> str:
    """Bounds in hundredths of a currency, to three digits: `USD 4.3-4.75bn`."""
    low, high = rounded(least or 0), None if most is None else rounded(most)
    if high is None:
        return f"{currency} {low} or more"
    if low == high:
        return f"{currency} {low}"
    if not least:
        return f"up to {currency} {high}"
    unit = high.lstrip("0123456789.")
    return f"{currency} {low.removesuffix(unit) if unit else low}-{high}"
