"""How a ledger comes by rates of its own, and which values then count in dollars."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from dealtrack.ledger.rates import Rates
from dealtrack.ledger.writing import WritableLedger


@dataclass(slots=True)
class Kept:
    """What came of it: how many rates are new or were known, which differ, and how many values count now."""

    new: int = 0
    same: int = 0
    otherwise: list[str] = field(default_factory=list)
    values: int = 0


def keep_rates(ledger: WritableLedger, rates: Iterable[tuple[str, date, Decimal, str]]) -> Kept:
    """Keep rates as (currency, day, dollars for one unit, origin); a rate that the ledger has otherwise stays."""
    kept = Kept()
    currencies: set[str] = set()
    for currency, day, usd, origin in rates:
        held = ledger.connection.execute(
            "SELECT usd FROM rate WHERE currency = ? AND day = ?", (currency, day.isoformat())
        ).fetchone()
        if held is None:
            row = {"currency": currency, "day": day.isoformat(), "usd": f"{usd.normalize():f}", "origin": origin}
            ledger.journal.insert("rate", row)
            kept.new += 1
            currencies.add(currency)
        elif Decimal(held[0]) == usd:
            kept.same += 1
        else:
            kept.otherwise.append(f"{currency} on {day}")
    ledger.rates = Rates(ledger.connection)
    kept.values = sum(_count_in_dollars(ledger, currency) for currency in sorted(currencies))
    return kept


def _count_in_dollars(ledger: WritableLedger, currency: str) -> int:
    """Give dollars to the values in a currency that have none yet; those that have keep theirs."""
    found = ledger.connection.execute(
        "SELECT deal_id, n FROM event WHERE value_currency = ? AND value_usd_origin IS NULL "
        "AND value_qualifier <> 'undisclosed' ORDER BY id",
        (currency,),
    ).fetchall()
    events = ((deal_id, ledger.get(deal_id).event(n)) for deal_id, n in found)
    return sum(ledger.edit_event(deal_id, event) for deal_id, event in events if event)
