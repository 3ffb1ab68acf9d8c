"""A made-up data package of any size: the same for the same seed, in the layout and proportions of the real one.

Every company and deal is invented. Rows are streamed, so that a package of millions of deals needs no more memory.
"""

import argparse
import csv
import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import market

DATA = Path(__file__).parents[2] / "data"

Row = tuple[Any, ...]
HEADERS = {
    "companies": "id,name,kind,country,sectors,ticker,note",
    "aliases": "company,alias,kind",
    "sources": "id,url,title,publisher,published,kind,via,reliability,title_derived",
    "deals": "id,title,kind,form,sectors,core_space,tags,note",
    "parties": "deal,company,role",
    "events": "id,deal,date,status,milestone,summary,value_text,value_currency,value_low,value_high,value_qualifier,"
    "value_basis,value_usd_low,value_usd_high,stake_text,stake_low,stake_high,stake_basis,controlling,expected,source,"
    "credibility,flags",
    "links": "deal,related,relation",
}


def source_key(number: int) -> str:
    return f"s-{number + 1:04d}"


def day_in(random: Random) -> date:
    return market.BEGIN + timedelta(days=random.randrange(market.DAYS))


def as_told(day: date, random: Random) -> str:
    """The day as precisely as some source would give it, in EDTF."""
    return market.PRECISIONS.pick(random)(day)


def companies(count: int, random: Random) -> Iterator[Row]:
    for number in range(count):
        country = random.choice(("US", "US", "GB", "DE", "FR", "JP", "IN", ""))
        kind = market.COMPANY_KINDS.pick(random)
        sector = random.choice(market.SECTORS) if kind == "company" else ""
        yield market.company_slug(number), market.company_name(number), kind, country, sector, "", ""


def aliases(count: int, random: Random) -> Iterator[Row]:
    for number in range(count):
        if random.random() < 0.6:
            yield (
                market.company_slug(number),
                f"{market.company_name(number)} {random.choice(('Inc.', 'GmbH', 'Ltd'))}",
                "legal",
            )


def sources(count: int, random: Random) -> Iterator[Row]:
    for number in range(count):
        publisher = random.choice(market.PUBLISHERS)
        published = day_in(random).isoformat() if random.random() < 0.8 else ""
        site = publisher.lower().replace(" ", "-")
        url = f"https://{site}.example/news/{number:07d}-what-became-known.html"
        via = random.choice(market.PUBLISHERS) if random.random() < 0.2 else ""
        title = f"{publisher}: what became known about a deal in space, part {number + 1}"
        yield source_key(number), url, title, publisher, published, "news", via, market.RELIABILITIES.pick(random), "no"


class MadeUpDeal(NamedTuple):
    """One deal with its rows in the other tables."""

    deal: Row
    parties: list[Row]
    events: list[Row]


def made_up_deal(number: int, known_companies: int, known_sources: int, random: Random) -> MadeUpDeal:
    kind = market.KINDS.pick(random)
    roles = market.ROLES[kind].pick(random)
    taking_part = random.sample(range(known_companies), len(roles))
    first, second = taking_part[:2]
    day = day_in(random)
    slug = f"{market.company_slug(first)}-{market.company_slug(second)}-{number + 1}-{day.year}"
    title = f"{market.company_name(first)} and {market.company_name(second)}: deal {number + 1}, of {day.year}"
    sectors = ";".join(random.sample(market.SECTORS, random.choice((1, 1, 2))))
    note = "Terms were given in part only." if random.random() < 0.3 else ""
    core = "yes" if random.random() < 0.95 else "no"
    deal = (slug, title, kind, random.choice(market.FORMS[kind]), sectors, core, market.TAGS.pick(random), note)
    parties = [(slug, market.company_slug(company), role) for company, role in zip(taking_part, roles, strict=True)]
    return MadeUpDeal(deal, parties, list(_events(slug, kind, day, known_sources, random)))


def _events(slug: str, kind: str, day: date, known_sources: int, random: Random) -> Iterator[Row]:
    for n, status in enumerate(market.LIVES.pick(random), start=1):
        yield (
            f"{slug}#{n}",
            slug,
            as_told(day, random),
            status,
            "" if status else random.choice(market.MILESTONES),
            f"Step {n}, read as {status or 'a milestone'}: the parties spoke of it in a short statement.",
            *_figures(kind, random),
            *_share(kind, random),
            (day + timedelta(days=120)).strftime("%Y-%m") if status == "agreed" and random.random() < 0.3 else "",
            source_key(random.randrange(known_sources)),
            market.CREDIBILITIES.pick(random),
            "date-inferred" if random.random() < 0.05 else "",
        )
        day += timedelta(days=random.randint(3, 200))


def _figures(kind: str, random: Random) -> Row:
    """The cells from value_text to value_usd_high."""
    qualifier = market.QUALIFIERS.pick(random)
    if not qualifier:
        return ("",) * 8
    if qualifier == "undisclosed":
        return "undisclosed sum", "", "", "", qualifier, market.BASES[kind], "", ""
    currency, millions = market.CURRENCIES.pick(random), round(10 ** random.uniform(0.3, 3.7))
    low = millions * 1_000_000
    high = low * 2 if qualifier == "range" else low
    bounds = {"at-least": (low, ""), "up-to": ("", high)}.get(qualifier, (low, high))
    return f"{currency} {millions} million", currency, *bounds, qualifier, market.BASES[kind], "", ""


def _share(kind: str, random: Random) -> Row:
    """The cells from stake_text to controlling."""
    if kind != "equity-stake" or random.random() < 0.6:
        return ("",) * 5
    percent = random.randint(2, 95)
    return f"{percent}%", percent, percent, "acquired", "yes" if percent > 50 else "no"


def generate(folder: Path, deals: int, seed: int = 1) -> None:
    """Write a package of so many deals, with a company for every 20 of them and a source for every five."""
    random = Random(seed)
    known_companies, known_sources = max(20, deals // 20), max(20, deals // 5)
    folder.mkdir(parents=True, exist_ok=True)
    described = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    described["resources"] = [made for made in described["resources"] if made["name"] in HEADERS]
    (folder / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    with ExitStack() as stack:
        table = {}
        for name, header in HEADERS.items():
            stream = stack.enter_context((folder / f"{name}.csv").open("w", encoding="utf-8", newline=""))
            stream.write(f"{header}\n")
            table[name] = csv.writer(stream, lineterminator="\n")
        table["companies"].writerows(companies(known_companies, random))
        table["aliases"].writerows(aliases(known_companies, random))
        table["sources"].writerows(sources(known_sources, random))
        before = ""
        for number in range(deals):
            made = made_up_deal(number, known_companies, known_sources, random)
            table["deals"].writerow(made.deal)
            table["parties"].writerows(made.parties)
            table["events"].writerows(made.events)
            if before and random.random() < 0.5:
                table["links"].writerow((made.deal[0], before, "follows"))
            before = made.deal[0]


def main(words: Iterable[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--deals", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(None if words is None else list(words))
    generate(given.folder, given.deals, given.seed)


if __name__ == "__main__":
    main()
