"""Any ledger, exported and taken into an empty one, is the same ledger: companies, deals, events, sources and links."""

import os
import string
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dealtrack.domain.company import ALIAS_KINDS, COMPANY_KINDS, Alias, Company
from dealtrack.domain.date import from_edtf
from dealtrack.domain.draft import Draft
from dealtrack.domain.event import Dollars, Event
from dealtrack.domain.kind import FORMS, KINDS, RELATIONS
from dealtrack.domain.money import BASES, Money, money
from dealtrack.domain.party import ROLES
from dealtrack.domain.query import Query
from dealtrack.domain.source import RELIABILITIES, SOURCE_KINDS, Source
from dealtrack.domain.stake import STAKE_BASES, majority, minority, stake
from dealtrack.domain.status import STATUSES
from dealtrack.exchange.package import Package, open_package
from dealtrack.ledger.intake import Outcome
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


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[list[Company], list[Draft], list[tuple[int, int, str]]]:
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
        drafts.append(
            Draft(
                kind, draw(st.none() | st.sampled_from(FORMS[kind])),
                tuple(draw(st.lists(taking_part, min_size=1, max_size=4, unique=True))),
                tuple(draw(events(n, sources)) for n in range(1, draw(st.integers(1, 3)) + 1)),
                slug, draw(texts), tuple(draw(st.lists(words, max_size=2))), draw(st.booleans()),
                tuple(draw(st.lists(words, max_size=2))), draw(st.none() | texts),
            )
        )  # fmt: skip
    pairs = [(a, b) for a in range(len(drafts)) for b in range(len(drafts)) if a != b]
    links = draw(st.sets(st.tuples(st.sampled_from(pairs), st.sampled_from(RELATIONS)), max_size=3)) if pairs else set()
    return companies, drafts, sorted((a, b, relation) for (a, b), relation in links)


def told(ledger: WritableLedger) -> list[object]:
    """All that a ledger says, but for the numbers that are its own and the order of links."""
    wholes = [ledger.get(deal_id) for deal_id in ledger.ids(Query(sort=(("slug", False),)))]
    deals = [
        replace(deal, id=0, links=tuple(sorted((replace(link, other_id=0) for link in deal.links), key=repr)))
        for deal in wholes
    ]
    taking_part = sorted({party.company for deal in deals for party in deal.parties})
    return [deals, [ledger.company(slug) for slug in taking_part]]


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
    made: tuple[list[Company], list[Draft], list[tuple[int, int, str]]],
) -> None:
    companies, drafts, links = made
    with TemporaryDirectory() as folder:
        path = Path(folder)
        with (
            closing(WritableLedger(path / "first.db", create=True)) as first,
            closing(WritableLedger(path / "again.db", create=True)) as again,
        ):
            with first.recording(by="ada", at=AT, command="add", action="add"):
                for company in companies:
                    first.add_company(company)
                ids = [first.add_deal(draft) for draft in drafts]
                for a, b, relation in links:
                    first.journal.insert("link", {"deal_id": ids[a], "related_id": ids[b], "relation": relation})
            files = exported(first, None, path / "package")
            with closing(open_package(path / "package")) as package:
                taken(again, package)
            assert told(again) == told(first)
            assert exported(again, None, path / "package") == files
