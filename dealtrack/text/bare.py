"""A figure with nothing beside it: where values are told, 9.5 may be of millions, of billions, or as it stands."""

import re

from dealtrack.domain.money import Money, decimal_string
from dealtrack.text.money import UnreadableMoney
from dealtrack.text.words import qualified, sides, tidy

# From a thousand on a figure is hardly one of millions.
_FEW = 1_000


def refuse_bare(amount: Money) -> Money:
    """The amount itself, unless it has more readings than one. Raises UnreadableMoney with them.

    A price for each share is a bare figure as a rule; nothing at all has one reading.
    """
    bounds = [bound for bound in (amount.low, amount.high) if bound]
    if amount.basis == "per-share" or not bounds or max(bounds) >= _FEW * 10**amount.digits:
        return amount
    plain = qualified(tidy(amount.text).lower())[1]
    if any(re.search(r"[^\d., ]", side) for side in sides(plain) or (plain,)):
        return amount
    figure = decimal_string(bounds[-1], amount.digits)
    raise UnreadableMoney(
        f'amount "{amount.text}" could be {figure}M, {figure}bn or USD {figure}',
        f"write {figure}M or {figure}bn, USD {figure} for so few dollars, or add --basis per-share",
    )
