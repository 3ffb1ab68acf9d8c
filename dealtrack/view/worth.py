"""What a deal is worth in the currency that was asked for, with the rate, its day and where the rate is from."""

import json

from dealtrack.domain.figures import DealRow
from dealtrack.view.lines import Line
from dealtrack.view.safe import safe
from dealtrack.view.table import COLUMNS
from dealtrack.view.theme import QUIET


def worth_line(row: DealRow) -> Line:
    """The worth as a listing says it, then how it was come by; that there is no rate, where there is none."""
    if row["value_currency"] is None:
        return []
    own, asked = row["value_currency"], row["worth_currency"]
    if row["worth_low"] is None and row["worth_high"] is None:
        return [(safe(f"not known: no rate from {own} to {asked}"), QUIET)]
    if own == asked or not row["worth_rate"]:
        return [*COLUMNS["worth"].cell(row), (" as told", QUIET)]
    rate, day, origin = json.loads(row["worth_rate"])
    return [*COLUMNS["worth"].cell(row), (safe(f" (at {rate}, {origin} {day})"), QUIET)]
