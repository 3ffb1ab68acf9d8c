"""Ledgers at the edges of what a deal can be, each of them whole and small, for whoever draws them.

`python tests/edges.py FOLDER` leaves a ledger of each there, to be looked at.
"""

import sys
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

from dealtrack.domain.company import Company
from dealtrack.domain.date import from_edtf
from dealtrack.domain.draft import Draft
from dealtrack.domain.event import Event
from dealtrack.domain.party import Role
from dealtrack.domain.source import Source
from dealtrack.domain.status import Status
from dealtrack.ledger.writing import WritableLedger
from dealtrack.text.money import read_money

AT = "2026-03-15T12:00:00Z"

# Two hundred characters: many words, and one word without an end.
LONG = (
    "International Consortium for the Development of Reusable Launch Vehicles, In-Space Transportation and Orbital " * 2
)
LONG = LONG[:200]
ENDLESS = "Raumfahrtbeteiligungsgesellschaft" * 6 + "AG"
# Written from right to left, and beside each other in letters twice as wide.
ARABIC, HEBREW, CHINESE = "شركة الفضاء العربية للاتصالات", "חברת החלל הישראלית", "中国航天科技集团有限公司"
SCRIPT = "<script>alert('x')</script>"

# Forty currencies, some without a rate of the European Central Bank, some without or with three decimals.
CURRENCIES = (
    "AED", "ARS", "AUD", "BHD", "BRL", "CAD", "CHF", "CLP", "CNY", "COP",
    "CZK", "DKK", "EGP", "EUR", "GBP", "HKD", "HUF", "IDR", "ILS", "INR",
    "ISK", "JOD", "JPY", "KRW", "KWD", "MAD", "MXN", "MYR", "NGN", "NOK",
    "NZD", "PHP", "PLN", "RON", "SAR", "SEK", "SGD", "THB", "TRY", "TWD",
)  # fmt: skip

_PAGE = Source("s-0001", "https://example.com/news", "A page", "SpaceNews", from_edtf("2025-03-03"), "news", None, "B")


def _event(when: str, status: Status | None = None, value: str | None = None, summary: str | None = None) -> Event:
    money = read_money(value, "consideration") if value else None
    milestone = None if status else "filing"
    return Event(0, from_edtf(when), status, milestone=milestone, value=money, summary=summary, source=_PAGE)


def _deal(
    ledger: WritableLedger, parties: Iterable[tuple[str, Role]], *events: Event, title: str | None = None
) -> None:
    named = []
    for name, role in parties:
        known = {company["name"]: company["slug"] for company in ledger.companies()}
        named.append((known.get(name) or ledger.add_company(Company("", name)), role))
    numbered = tuple(event._replace(n=n) for n, event in enumerate(events, 1))
    ledger.add_deal(Draft("acquisition", parties=tuple(named), events=numbered, title=title, sectors=("launch",)))


def _undisclosed(ledger: WritableLedger) -> None:
    _deal(ledger, [("Acme", "buyer"), ("Borealis", "target")], _event("2025-03-02", "completed", "undisclosed"))


def _open_date(ledger: WritableLedger) -> None:
    _deal(ledger, [("Acme", "buyer"), ("Borealis", "target")], _event("../2019", "talks"))


def _one_day(ledger: WritableLedger) -> None:
    events = (_event("2025-03-02", summary=f"Filing {n} of that day") for n in range(1, 300))
    parties: list[tuple[str, Role]] = [("Acme", "buyer"), ("Borealis", "target")]
    _deal(ledger, parties, _event("2025-03-02", "agreed", "USD 10M"), *events)


def _long_names(ledger: WritableLedger) -> None:
    _deal(ledger, [(LONG, "buyer"), (ENDLESS, "target")], _event("2025-03-02", "agreed", "USD 1.2bn"), title=LONG)
    _deal(ledger, [("Acme", "buyer"), (LONG, "seller"), (ENDLESS, "target")], _event("2025", "completed"))


def _scripts(ledger: WritableLedger) -> None:
    _deal(ledger, [(ARABIC, "buyer"), (HEBREW, "target")], _event("2025-03-02", "agreed", "USD 40M", ARABIC))
    _deal(ledger, [("Acme", "buyer"), (ARABIC, "target")], _event("2025-06", "completed", "USD 250M..275M", HEBREW))
    _deal(ledger, [(CHINESE, "buyer"), ("Borealis", "target")], _event("2024", "talks", "CNY 5bn", CHINESE))


def _currencies(ledger: WritableLedger) -> None:
    for at, currency in enumerate(CURRENCIES):
        told = _event(f"2025-{at % 12 + 1:02d}-03", "agreed", f"{currency} {at + 1}0M")
        _deal(ledger, [("Acme", "buyer"), (f"Target in {currency}", "target")], told)


def _script(ledger: WritableLedger) -> None:
    _deal(
        ledger, [(SCRIPT, "buyer"), ("Borealis", "target")], _event("2025-03-02", "agreed", None, SCRIPT), title=SCRIPT
    )


# Each with the words that draw it along time, of one deal or of all.
EDGES: dict[str, tuple[Callable[[WritableLedger], None], tuple[str, ...]]] = {
    "empty": (_undisclosed, ("timeline", "--sector", "satcom")),
    "undisclosed": (_undisclosed, ("timeline", "1")),
    "open-date": (_open_date, ("timeline", "1")),
    "one-day": (_one_day, ("timeline", "1")),
    "long-names": (_long_names, ("timeline", "--by", "quarter")),
    "scripts": (_scripts, ("timeline", "--by", "quarter")),
    "currencies": (_currencies, ("timeline", "--by", "quarter")),
    "script": (_script, ("timeline", "1")),
}


def make(name: str, path: Path) -> None:
    """Make the ledger of that edge."""
    fill, _ = EDGES[name]
    with (
        closing(WritableLedger(path, create=True)) as ledger,
        ledger.recording(by="ada", at=AT, command="dealtrack add", action="add", undoes=None),
    ):
        fill(ledger)


if __name__ == "__main__":
    for edge in EDGES:
        make(edge, Path(sys.argv[1]) / f"{edge}.db")
