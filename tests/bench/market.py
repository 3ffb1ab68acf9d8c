"""The made-up market: the names there are, and how often each sort of deal, life, figure and date comes up."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Weighted(Generic[T]):
    """Choices that come up as often as they weigh."""

    def __init__(self, weights: dict[T, int]) -> None:
        self._choices = list(weights)
        self._cumulated = list(accumulate(weights.values()))

    def pick(self, random: Random) -> T:
        return random.choices(self._choices, cum_weights=self._cumulated)[0]


FIRST = (
    "Amber", "Apsis", "Aurora", "Beacon", "Boreal", "Cirrus", "Cobalt", "Copper", "Corvid", "Crest", "Dawn", "Delta",
    "Ember", "Falcon", "Fjord", "Granite", "Harbor", "Helio", "Indigo", "Juniper", "Kestrel", "Lumen", "Marble",
    "Meridian", "Northern", "Onyx", "Perigee", "Quartz", "Saffron", "Talon", "Umbra", "Zenith",
)  # fmt: skip
SECOND = (
    "Launch", "Orbital", "Space", "Satellite", "Propulsion", "Imaging", "Robotics", "Antenna", "Optics", "Ground",
    "Lunar", "Signal", "Payload", "Materials", "Capital", "Ventures", "Holdings", "Telecom", "Avionics", "Analytics",
)  # fmt: skip
THIRD = ("", "Systems", "Labs", "Group", "Industries", "International", "Partners", "Works")
PUBLISHERS = (
    "Orbit Courier", "Launch Gazette", "The Apogee", "Satellite Ledger", "Daily Meridian", "Capital Wire",
    "Harbor Financial", "Space Review Weekly", "Northern Business", "Ground Station News", "The Exchange Observer",
)  # fmt: skip
SECTORS = (
    "launch", "spacecraft", "components", "propulsion", "satcom", "spectrum", "ground-segment", "earth-observation",
    "in-space-services", "space-stations", "lunar", "defense-space",
)  # fmt: skip
MILESTONES = ("regulatory-approval", "statement", "shareholder-approval", "financing", "delay", "court-ruling")
FORMS = {
    "acquisition": ("acquisition", "merger", "take-private", "divestiture", "spac-merger"),
    "equity-stake": ("funding-round", "minority-stake", "controlling-stake"),
    "partnership": ("commercial-agreement", "joint-venture", "launch-contract"),
}
BASES = {"acquisition": "consideration", "equity-stake": "round-size", "partnership": "contract-value"}
ROLES = {
    "acquisition": Weighted(
        {("buyer", "target"): 4, ("buyer", "target", "seller"): 5, ("buyer", "target", "seller", "regulator"): 2}
    ),
    "equity-stake": Weighted(
        {("investor", "target"): 2, ("lead-investor", "target", "investor"): 4, ("investor", "target", "principal"): 2}
    ),
    "partnership": Weighted({("partner", "partner"): 3, ("partner", "partner", "partner"): 1}),
}
# The states that deals go through; a step without one is a milestone.
LIVES = Weighted(
    {
        ("agreed", "", "completed"): 24,
        ("agreed", "completed"): 14,
        ("rumored", "talks", "agreed", "", "completed"): 10,
        ("proposed", "agreed", "completed", ""): 9,
        ("agreed", "", "terminated"): 7,
        ("rumored", "talks", "stalled"): 6,
        ("completed",): 6,
        ("agreed",): 4,
        ("proposed", "withdrawn"): 4,
        ("rumored", "talks"): 4,
        ("rumored", "denied"): 3,
        ("proposed", "", ""): 3,
        ("talks", "stalled", "talks"): 3,
        ("proposed", "rejected", "proposed", "agreed"): 3,
    }
)
KINDS = Weighted({"acquisition": 53, "equity-stake": 34, "partnership": 13})
QUALIFIERS = Weighted({"": 42, "exact": 38, "about": 9, "undisclosed": 4, "at-least": 3, "range": 2, "up-to": 2})
CURRENCIES = Weighted({"USD": 77, "EUR": 15, "GBP": 8})
# A day, month, about a month, quarter, year, some weeks, half a year.
PRECISIONS: Weighted[Callable[[date], str]] = Weighted(
    {
        date.isoformat: 73,
        lambda day: f"{day:%Y-%m}": 9,
        lambda day: f"{day:%Y-%m}~": 6,
        lambda day: f"{day.year}-{33 + (day.month - 1) // 3}": 5,
        lambda day: f"{day.year}": 3,
        lambda day: f"{day}/{day + timedelta(days=40)}": 3,
        lambda day: f"{day.year}-{40 + (day.month > 6)}": 1,
    }
)
CREDIBILITIES = Weighted({1: 28, 2: 45, 3: 21, 4: 3, 5: 3})
RELIABILITIES = Weighted({"A": 4, "B": 33, "C": 32, "D": 29, "F": 2})
COMPANY_KINDS = Weighted({"company": 62, "fund": 21, "person": 9, "government": 7, "consortium": 1})
TAGS = Weighted({"": 6, "cross-border": 3, "megadeal": 1, "distress;cross-border": 1})

BEGIN, DAYS = date(2012, 1, 1), 4500


def company_name(number: int) -> str:
    """Each number's own name; when all combinations of words are used up, a figure tells the next ones apart."""
    rest, first = divmod(number, len(FIRST))
    rest, second = divmod(rest, len(SECOND))
    rest, third = divmod(rest, len(THIRD))
    words = (FIRST[first], SECOND[second], THIRD[third], str(rest + 1) if rest else "")
    return " ".join(word for word in words if word)


def company_slug(number: int) -> str:
    return company_name(number).lower().replace(" ", "-")
