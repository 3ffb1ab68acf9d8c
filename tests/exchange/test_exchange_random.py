"""Any ledger, exported and taken into an empty one, is the same: companies and their ties, deals, links, rates."""

import os
import string
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dealtrack.domain.company import ALIAS_KINDS, COMPANY_KINDS, Alias, Company, Identifier, IdentifierKind, Parent
from dealtrack.domain.date import from_edtf
from dealtrack.domain.draft import Draft
from dealtrack.domain.event import Dollars, Event
from dealtrack.domain.fold import FIELDS
from dealtrack.domain.judgement import VERDICTS, Judgement
from dealtrack.domain.kind import FORMS, KINDS, RELATIONS
from dealtrack.domain.money import BASES, Money, money
from dealtrack.domain.party import ROLES
from dealtrack.domain.query import Query
from dealtrack.domain.source import RELIABILITIES, SOURCE_KINDS, Source
from dealtrack.domain.stake import STAKE_BASES, majority, minority, stake
from dealtrack.domain.status import STATUSES
from dealtrack.exchange.package import Package, open_package
from dealtrack.ledger.companies import keep_identifier, keep_parent
from dealtrack.ledger.intake import Outcome, Tie
from dealtrack.ledger.judging import judge
from dealtrack.ledger.ownrates import keep_rates
from dealtrack.ledger.writing import WritableLedger

AT = "2026-03-15T12:00:00Z"
EXAMPLES = int(os.environ.get("DEALTRACK_EXAMPLES", "25"))

# What a cell may hold: no blanks around it, since a reader takes them away, and no NUL.
characters = st.characters(codec="utf-8", exclude_characters="\0") | st.sampled_from("\r\n\t\",;'=+-@#")
texts = st.text(characters, min_size=1, max_size=12).map(str.strip).filter(bool)
words = texts.map(lambda text: text.replace(";", ",").strip()).filter(bool)
slugs = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=4)
dates = st.sampled_from(
    ["2025-05-27", "2025-12", "2024", "2025-22~", "2025-35?", "2024/2025", "2025/..", "../2025-12-03", "1900-24%"]
).map(from_edtf)
# A rate would be looked up anew and be the same; a currency without one keeps the search short.
currencies = st.sampled_from([("USD", 2), ("EUR", 2), ("JPY", 0), ("KWD", 3), (None, 2)])


@st.composite
def amounts(draw: st.DrawFn) -> Money:
    low, more = draw(st.integers(0, 10**15)), draw(st.integers(1, 10**15))
    currency, digits = draw(currencies)
    low_, high, qualifier = draw(
        st.sampled_from(
            [(low, low, "exact"), (low, low, "about"), (low, low + more, "range"), (low, None, "at-least"),
             (None, more, "up-to"), (10 ** (9 + digits), None, "magnitude"), (None, None, "undisclosed")]
        )
    )  # fmt: skip
    if qualifier == "undisclosed":
        currency, digits = None, 2
    basis = draw(st.none() | st.sampled_from(BASES))
    return money(low_, high, currency, digits, qualifier, basis=basis, text=draw(texts | st.just("")))


stakes = st.one_of(
    st.builds(
        lambda low, more, **rest: stake(low, low + more, **rest),
        st.integers(0, 300_000), st.integers(0, 100_000), controlling=st.none() | st.booleans(),
        basis=st.none() | st.sampled_from(STAKE_BASES), text=texts,
    ),
    st.builds(majority, st.just("a controlling stake"), st.sampled_from(STAKE_BASES)),
    st.builds(minority, st.just("a minority"), st.none()),
    st.builds(stake, st.none(), st.none(), text=texts),
)  # fmt: skip


@st.composite
def events(draw: st.DrawFn, n: int, sources: list[Source]) -> Event:
    value = draw(st.none() | amounts())
    stated = value is not None and value.currency in ("EUR", "JPY", "KWD") and draw(st.booleans())
    return Event(
        n=n,
        date=draw(dates),
        status=draw(st.none() | st.sampled_from(STATUSES)),
        milestone=draw(st.none() | words),
        summary=draw(st.none() | texts),
        value=value,
        dollars=Dollars(draw(st.integers(0, 10**9)), None, "stated") if stated else None,
        stake=draw(st.none() | stakes),
        expected=draw(st.none() | dates),
        source=draw(st.none() | st.sampled_from(sources)),
        credibility=draw(st.integers(1, 6)),
        flags=tuple(draw(st.lists(words, max_size=2))),
    )


# What ties companies to registers and to each other, and rates of its own, each wherever the ledger has a place for it.
identifiers: st.SearchStrategy[tuple[IdentifierKind, str]] = st.sampled_from(
    [("cik", "0001819994"), ("wikidata", "Q1"), ("domain", "example.com"), ("opencorporates", "us_de/3374421")]
)
verdicts = st.sampled_from(VERDICTS)
rates = st.dictionaries(
    st.tuples(st.sampled_from(["AED", "KWD", "SAR"]), st.dates(date(2024, 1, 1), date(2025, 12, 31))),
    st.tuples(st.decimals("0.000001", "999", places=6), texts),
    max_size=3,
)


@st.composite
def ties(draw: st.DrawFn, slugs: list[str], sources: list[str]) -> list[Tie]:
    """Registers, owners, and verdicts that do not contradict each other."""
    named = [
        Identifier(slug, kind, value, draw(st.none() | st.sampled_from(sources)))
        for slug, (kind, value) in draw(st.dictionaries(st.sampled_from(slugs), identifiers)).items()
    ]
    pairs = [(a, b) for a in slugs for b in slugs if a < b]
    if not pairs:
        return [*named]
    owned = [Parent(*pair, draw(st.none() | dates)) for pair in draw(st.sets(st.sampled_from(pairs), max_size=2))]
    judged = [Judgement(*draw(st.sampled_from(pairs)), draw(verdicts), draw(texts), AT, draw(st.none() | texts))]
    return [*named, *owned, *judged]


class Made(NamedTuple):
    """What a ledger is made of; links are numbers of deals with how they relate."""

    companies: list[Company]
    drafts: list[Draft]
    links: list[tuple[int, int, str]]
    ties: list[Tie]
    rates: dict[tuple[str, date], tuple[Decimal, str]]


@st.composite
def ledgers(draw: st.DrawFn) -> Made:
    companies = [
        Company(
            slug, draw(texts), draw(st.sampled_from(COMPANY_KINDS)), draw(st.sampled_from([None, "US", "LU"])),
            tuple(draw(st.lists(words, max_size=2))), draw(st.none() | texts), draw(st.none() | texts),
            tuple(Alias(name, draw(st.sampled_from(ALIAS_KINDS))) for name in draw(st.sets(texts, max_size=2))),
        )
        for slug in sorted(draw(st.sets(slugs, min_size=1, max_size=3)))
    ]  # fmt: skip
    sources = [
        Source(
            f"s-{n:04}", draw(st.none() | st.just(f"https://example.com/{n}")), draw(st.none() | texts),
            draw(st.none() | texts), draw(st.none() | dates), draw(st.sampled_from(SOURCE_KINDS)),
            draw(st.none() | texts), draw(st.sampled_from(RELIABILITIES)), draw(st.booleans()),
        )
        for n in range(1, 3)
    ]  # fmt: skip
    drafts = []
    for slug in sorted(draw(st.sets(slugs, min_size=1, max_size=3))):
        kind = draw(st.sampled_from(KINDS))
        taking_part = st.tuples(st.sampled_from([company.slug for company in companies]), st.sampled_from(ROLES))
        parties = tuple(draw(st.lists(taking_part, min_size=1, max_size=4, unique=True)))
        told = tuple(draw(events(n, sources)) for n in range(1, draw(st.integers(1, 3)) + 1))
        drafts.append(
            Draft(
                kind, draw(st.none() | st.sampled_from(FORMS[kind])),
                parties, told, slug, draw(texts), tuple(draw(st.lists(words, max_size=2))), draw(st.booleans()),
                tuple(draw(st.lists(words, max_size=2))), draw(st.none() | texts),
                pins=draw(st.dictionaries(st.sampled_from(FIELDS), st.integers(1, len(told)), max_size=2)),
                as_reported=draw(st.dictionaries(st.sampled_from(parties), texts, max_size=2)),
                looks=tuple(sorted(draw(st.sets(st.dates(date(2024, 1, 1), date(2026, 3, 1)), max_size=2)))),
            )
        )  # fmt: skip
    pairs = [(a, b) for a in range(len(drafts)) for b in range(len(drafts)) if a != b]
    links = draw(st.sets(st.tuples(st.sampled_from(pairs), st.sampled_from(RELATIONS)), max_size=3)) if pairs else set()
    return Made(
        companies, drafts, sorted((a, b, relation) for (a, b), relation in links),
        draw(ties([company.slug for company in companies], [source.key for source in sources])), draw(rates),
    )  # fmt: skip


def keep_deal(ledger: WritableLedger, draft: Draft) -> int:
    """As commands keep it, with what is pinned and when it was looked at."""
    deal_id = ledger.add_deal(draft)
    for fact, n in draft.pins.items():
        ledger.set_pin(deal_id, fact, n)
    for day in draft.looks:
        ledger.add_look(deal_id, day)
    return deal_id


def keep_ties(ledger: WritableLedger, ties: list[Tie]) -> None:
    """As commands keep them; a source that no event was read in is in no ledger."""
    for tie in ties:
        match tie:
            case Identifier():
                known = ledger.connection.execute("SELECT 1 FROM source WHERE key = ?", (tie.source,)).fetchone()
                keep_identifier(ledger, tie if known else tie._replace(source=None))
            case Parent():
                keep_parent(ledger, tie)
            case Judgement():
                judge(ledger, tie)


def told(ledger: WritableLedger) -> list[object]:
    """All that a ledger says, but for the numbers that are its own and the order of links."""
    wholes = [ledger.get(deal_id) for deal_id in ledger.ids(Query(sort=(("slug", False),)))]
    deals = [
        replace(deal, id=0, links=tuple(sorted((replace(link, other_id=0) for link in deal.links), key=repr)))
        for deal in wholes
    ]
    taking_part = sorted({party.company for deal in deals for party in deal.parties})
    named = [(ledger.company(slug), ledger.identifiers(slug), ledger.owners(slug)) for slug in taking_part]
    return [deals, named, ledger.judgements(), list(ledger.own_rates())]


@given(ledgers())
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize="DEALTRACK_EXAMPLES" not in os.environ,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_any_ledger_comes_back_as_it_was(
    exported: Callable[..., dict[str, bytes]],
    taken: Callable[[WritableLedger, Package], Outcome],
    made: Made,
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder)
        with (
            closing(WritableLedger(path / "first.db", create=True)) as first,
            closing(WritableLedger(path / "again.db", create=True)) as again,
        ):
            with first.recording(by="ada", at=AT, command="add", action="add"):
                keep_rates(first, ((*of, usd, origin) for of, (usd, origin) in made.rates.items()))
                for company in made.companies:
                    first.add_company(company)
                ids = [keep_deal(first, draft) for draft in made.drafts]
                keep_ties(first, made.ties)
                for a, b, relation in made.links:
                    first.journal.insert("link", {"deal_id": ids[a], "related_id": ids[b], "relation": relation})
            files = exported(first, None, path / "package")
            with closing(open_package(path / "package")) as package:
                taken(again, package)
            assert told(again) == told(first)
            assert exported(again, None, path / "package") == files
