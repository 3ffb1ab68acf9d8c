"""What a report rests on, as far as the report itself decides it: which dates, values, rates and deals count."""

from typing import NamedTuple

FIRST_SEEN = "first seen, as precisely as that is known"
DOLLARS = "US dollars: what is known of each deal, as a range where it is one; undisclosed is in no total"
REFERENCE_RATES = "as stated by the source, else the European Central Bank's of the day the terms became known"
NO_VALUES, NO_RATES = "none", "none"
EVERY_DEAL = "every deal that matches"


class Rules(NamedTuple):
    """The dates a report goes by, the values it adds up, the rates behind them, and which deals it is of."""

    dates: str = FIRST_SEEN
    values: str = DOLLARS
    rates: str = REFERENCE_RATES
    rule: str = EVERY_DEAL
