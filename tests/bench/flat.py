"""A made-up file of flat rows of any length, as an analyst keeps them: the same for the same seed."""

import csv
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

import market
from generate import as_told, day_in

HEADER = (
    "kind", "form", "buyer", "target", "seller", "first_seen", "agreed", "completed", "status", "value", "stake",
    "sectors", "summary", "source", "publisher",
)  # fmt: skip
_STATUSES = ("rumored", "talks", "agreed", "completed")
_WAYS = {
    "": "", "undisclosed": "undisclosed", "about": "~{0}M", "at-least": "at least {0}M", "up-to": "up to {0}M",
    "range": "{0}M..{1}M", "exact": "{2} {0}M",
}  # fmt: skip


def flat_file(path: Path, rows: int, seed: int = 1) -> None:
    """Write so many deals, with a company for every 20 of them and a source for every five."""
    random = Random(seed)
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(HEADER)
        table.writerows(_row(number, max(20, rows // 20), random) for number in range(rows))


def _row(number: int, companies: int, random: Random) -> Iterator[str]:
    buyer, target, seller = map(market.company_name, random.sample(range(companies), 3))
    day, status = day_in(random), random.choice(_STATUSES)
    millions = round(10 ** random.uniform(0.3, 3.7))
    value = _WAYS[market.QUALIFIERS.pick(random)].format(millions, millions * 2, market.CURRENCIES.pick(random))
    yield from ("acquisition", random.choice(market.FORMS["acquisition"]), buyer, target)
    yield seller if random.random() < 0.3 else ""
    yield as_told(day, random)
    yield (day + timedelta(days=60)).isoformat() if status in ("agreed", "completed") else ""
    yield (day + timedelta(days=200)).isoformat() if status == "completed" else ""
    yield from (status, value, str(random.randint(2, 95)) if random.random() < 0.3 else "")
    yield ";".join(random.sample(market.SECTORS, 2))
    yield f"Deal {number + 1}: the parties spoke of it in a short statement."
    yield f"https://news.example/{number // 5:07d}-what-became-known.html"
    yield market.PUBLISHERS[number // 5 % len(market.PUBLISHERS)]
