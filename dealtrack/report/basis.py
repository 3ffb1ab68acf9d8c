"""What a report rests on, as far as the report itself decides it: which dates, values, rates and deals count."""

from typing import NamedTuple

from dealtrack.domain.contents import Basis
from dealtrack.text.counts import counted

FIRST_SEEN = "first seen, as precisely as that is known"
VALUES = "in {currency}: what is known of each deal, as a range where it is one; undisclosed is in no total"
REFERENCE_RATES = "as stated by the source, else the European Central Bank's of the day the terms became known"
NO_VALUES, NO_RATES = "none", "none"
EVERY_DEAL = "every deal that matches"


class Rules(NamedTuple):
    """The dates a report goes by, the values it adds up, the rates behind them, and which deals it is of.

    In the values `{currency}` stands for the one that they are counted in.
    """

    dates: str = FIRST_SEEN
    values: str = VALUES
    rates: str = REFERENCE_RATES
    rule: str = EVERY_DEAL


def covers(basis: Basis) -> str:
    """How much of the ledger it covers, and by whom it was made."""
    return f"{basis.deals:,} of {counted(basis.of, 'deal')}"


def basis_lines(basis: Basis) -> list[tuple[str, str]]:
    """Every part of the basis that says anything, named."""
    named = (
        ("Ledger", basis.ledger),
        ("Filters", basis.filters),
        ("Clock", basis.clock),
        ("Dates", basis.dates),
        ("Values", basis.values),
        ("Exchange rates", basis.rates),
        ("Which deals", basis.rule),
        ("Covers", covers(basis)),
        ("dealtrack", basis.version),
    )
    return [(term, told) for term, told in named if told]
