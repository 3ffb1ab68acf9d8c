"""Totals, medians, rates and ranks against the same worked out in plain Python, with none of the code of reports.

On the bundled deals from the rows of a listing, and on ledgers made up at random.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from deals import deal, told
from hypothesis import given
from hypothesis import strategies as st
from ledger.conftest import EXAMPLES
from ledger.conftest import make as make_ledger

from dealtrack.domain.contents import Basis, Interval, Report
from dealtrack.domain.money import decimal_string
from dealtrack.domain.query import Query
from dealtrack.ledger.listing import Listing
from dealtrack.report.concentration import Largest
from dealtrack.report.durations import durations_report
from dealtrack.report.league import league_report
from dealtrack.report.outcomes import outcomes_report
from dealtrack.report.summary import Asked, summary

Make = Callable[..., str]
Bounds = tuple[int | None, int | None]
Told = tuple[str | None, str, Bounds]

BASIS = Basis("deals.db", "none", "today", "", "", "", "", 1, 1, "0")
TODAY = date(2026, 7, 1)

# Dates with the year and the quarter that hold the whole of them, as a person reads them.
PLACED: dict[str | None, tuple[str | None, str | None]] = {
    "2025-05-27": ("2025", "2025-34"),
    "2025-06-30": ("2025", "2025-34"),
    "2025-07-01": ("2025", "2025-35"),
    "2025-04~": ("2025", "2025-34"),
    "2025-35": ("2025", "2025-35"),
    "2025-21": ("2025", "2025"),
    "2025": ("2025", "2025"),
    "2024-12-31/2025-01-01": (None, None),
    "../2019": (None, None),
    "2024": ("2024", "2024"),
    None: (None, None),
}


# --- plain sums -----------------------------------------------------------------------------------


def rounded(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal(1), ROUND_HALF_UP)


def plain(bounds: list[Bounds]) -> dict[str, Any]:
    """What amounts between these bounds come to, each in hundredths."""
    known = [(low, high) for low, high in bounds if low is not None or high is not None]
    lows = [low or 0 for low, _ in known]
    highs: list[float] = [float("inf") if high is None else high for _, high in known]
    least, most = (int(median(lows)), median(highs)) if known else (None, 0.0)
    is_open = any(high is None for _, high in known)
    whole = None if is_open else sum(high or 0 for _, high in known)
    return {
        "deals": len(bounds),
        "disclosed": len(known),
        "value": (sum(lows), whole) if known else (None, None),
        "median": (least, None if most == float("inf") else int(most)) if known else (None, None),
        "mean": (
            (int(rounded(Decimal(sum(lows)) / len(known))), whole and int(rounded(Decimal(whole) / len(known))))
            if known
            else (None, None)
        ),
    }


def as_row(sums: dict[str, Any]) -> dict[str, Any]:
    """The sums as a report's row has them in a file."""
    row: dict[str, Any] = {"deals": sums["deals"], "disclosed": sums["disclosed"]}
    for name in ("value", "median", "mean"):
        low, high = sums[name]
        row |= {f"{name}_low": decimal_string(low, 2), f"{name}_high": decimal_string(high, 2)}
    return row


def within(row: dict[str, Any], sums: dict[str, Any]) -> dict[str, Any]:
    """Those fields of a row that the sums have."""
    return {name: row[name] for name in as_row(sums)}


# --- the bundled deals ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def listed(ledgers: Path) -> list[dict[str, Any]]:
    """The rows of every bundled deal, by SQL of the test's own."""
    with closing(Listing(ledgers / "deals.db")) as listing:
        return [dict(row) for row in listing.connection.execute("SELECT * FROM deal")]


def table(make: Make, key: str, *words: str) -> list[dict[str, Any]]:
    parts = json.loads(make("report", *words, "--json"))["parts"]
    (rows,) = [part["rows"] for part in parts if part["part"] == "table" and part["key"] == key]
    return list(rows)


def dollars(row: dict[str, Any]) -> Bounds:
    return row["value_usd_low"], row["value_usd_high"]


def year_of(row: dict[str, Any]) -> str | None:
    """The year that every possible day of the first trace lies in."""
    first, last = row["first_seen_earliest"], row["first_seen_latest"]
    return str(first)[:4] if first and last and first[:4] == last[:4] else None


def test_years_of_the_bundled_deals_come_to_what_sql_and_python_make_of_them(
    make: Make, listed: list[dict[str, Any]]
) -> None:
    years: dict[str | None, list[Bounds]] = defaultdict(list)
    for row in listed:
        years[year_of(row)].append(dollars(row))
    found = table(make, "periods", "summary", "--by", "year")
    assert {row["period"]: within(row, plain(years[row["period"]])) for row in found} == {
        year: as_row(plain(bounds)) for year, bounds in years.items()
    }
    assert len(found) > 10


@pytest.mark.parametrize(("fact", "column"), [("kind", "kind"), ("form", "form"), ("sector", "sectors")])
def test_facts_of_the_bundled_deals_do_too(make: Make, listed: list[dict[str, Any]], fact: str, column: str) -> None:
    facts: dict[str, list[Bounds]] = defaultdict(list)
    for row in listed:
        for word in (row[column] or "not known").split(";"):
            facts[word].append(dollars(row))
    found = table(make, "per", "summary", "--per", fact)
    assert {row[fact]: within(row, plain(facts[row[fact]])) for row in found} == {
        word: as_row(plain(bounds)) for word, bounds in facts.items()
    }
    for row in found:
        tenths = rounded(Decimal(1000 * row["deals"]) / len(listed))
        assert Decimal(row["share_low"]) * 10 == tenths


def test_countries_of_targets_do_too(make: Make, ledgers: Path) -> None:
    with closing(Listing(ledgers / "deals.db")) as listing:
        told = listing.connection.execute(
            "SELECT DISTINCT d.id, c.country FROM deal d JOIN party p ON p.deal_id = d.id AND p.role = 'target' "
            "LEFT JOIN known_as s ON s.company_id = p.company_id "
            "JOIN company c ON c.id = coalesce(s.canonical_id, p.company_id) WHERE c.country IS NOT NULL"
        ).fetchall()
    counted = Counter(country for _, country in told)
    found = {row["country"]: row["deals"] for row in table(make, "per", "summary", "--per", "country")}
    assert found.pop("not known") == 305 - len({deal_id for deal_id, _ in told})
    assert found == counted


def test_rates_of_completion_of_the_bundled_deals(make: Make, listed: list[dict[str, Any]]) -> None:
    for row in table(make, "by_kind", "outcomes"):
        phases = Counter(one["phase"] for one in listed if one["kind"] == row["kind"])
        assert [row[key] for key in ("completed", "died", "open", "dormant")] == [
            phases[phase] for phase in ("done", "dead", "open", "dormant")
        ]
        ended = phases["done"] + phases["dead"]
        share = rounded(Decimal(1000 * phases["done"]) / ended)
        assert Decimal(row["rate_low"]) * 10 == share


def test_days_from_signing_to_closing_of_the_bundled_deals(make: Make, listed: list[dict[str, Any]]) -> None:
    """Of completed deals with both dates: the fewest and the most days, and the medians of either."""
    fewest, most = [], []
    for row in listed:
        days = [row[f"{name}_{end}"] for name in ("agreed", "completed") for end in ("earliest", "latest")]
        if row["phase"] == "done" and all(days):
            begin, begun, end, ended = map(date.fromisoformat, days)
            if ended >= begin:
                fewest.append(max((end - begun).days, 0))
                most.append((ended - begin).days)
    (row,) = [row for row in table(make, "steps", "durations") if row["step"] == "signing to closing"]
    assert row["taken"] == len(fewest)
    assert (row["median_low"], row["median_high"]) == (int(median(fewest)), int(median(most)))


# --- ledgers at random ----------------------------------------------------------------------------

AMOUNTS = st.integers(0, 10**13)
BOUNDS = st.one_of(
    st.just((None, None)),
    AMOUNTS.map(lambda low: (low, low)),
    AMOUNTS.map(lambda low: (low, None)),
    AMOUNTS.map(lambda high: (None, high)),
    st.tuples(AMOUNTS, AMOUNTS).map(lambda pair: (min(pair), max(pair))),
)
KINDS = ("acquisition", "partnership", "equity-stake")
LEDGERS = st.lists(st.tuples(st.sampled_from(list(PLACED)), st.sampled_from(KINDS), BOUNDS), max_size=40)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("agreement") / "deals.db"
    make_ledger(path)
    return path


def summed(path: Path, deals: list[Told], step: Any) -> Report:
    """The summary of a ledger of these deals."""
    with closing(Listing(path)) as listing:
        listing.connection.execute("PRAGMA query_only = OFF")
        listing.connection.executemany(
            "INSERT INTO deal (slug, title, kind, created, updated, first_seen, value_usd_low, value_usd_high) "
            "VALUES (?, 'a deal', ?, '', '', ?, ?, ?)",
            [(f"deal-{number}", kind, when, *bounds) for number, (when, kind, bounds) in enumerate(deals)],
        )
        groups = list(listing.grouped(Query(), "first_seen", ("kind", "qualifier")))
        return summary(groups, Largest([], 10**11), None, Asked(step, "kind", "first-seen", TODAY), BASIS)


def rows(report: Report, key: str) -> Iterator[dict[str, Any]]:
    """The rows of a table by the keys of its columns; intervals as pairs."""
    (found,) = [one for one in report.tables if one.key == key]
    for cells in (*found.rows, *([found.foot] if found.foot else [])):
        named = zip((column.key for column in found.columns), cells, strict=True)
        yield {name: tuple(cell) if isinstance(cell, Interval) else cell for name, cell in named}


def sums(row: dict[str, Any]) -> dict[str, Any]:
    """The sums of a row, an unknown one as a pair of nothing."""
    named = {name: row[name] for name in ("deals", "disclosed", "value", "median", "mean")}
    return {name: (None, None) if cell is None else cell for name, cell in named.items()}


@EXAMPLES
@given(deals=LEDGERS, at=st.sampled_from((0, 1)))
def test_periods_of_any_ledger_are_plain_sums(empty: Path, deals: list[Told], at: int) -> None:
    report = summed(empty, deals, ("year", "quarter")[at])
    placed: dict[str | None, list[Bounds]] = defaultdict(list)
    for when, _, bounds in deals:
        placed[PLACED[when][at]].append(bounds)
    *found, foot = rows(report, "periods")
    assert [sums(row) for row in found] == [
        plain(placed[row["period"].edtf if row["period"] else None]) for row in found
    ]
    assert len(found) == len(placed)
    assert sums(foot) == plain([bounds for *_, bounds in deals])


@EXAMPLES
@given(deals=LEDGERS)
def test_kinds_of_any_ledger_are_plain_sums(empty: Path, deals: list[Told]) -> None:
    kinds: dict[str, list[Bounds]] = defaultdict(list)
    for _, kind, bounds in deals:
        kinds[kind].append(bounds)
    found = {row["kind"]: sums(row) for row in rows(summed(empty, deals, "year"), "per")}
    assert found == {kind: plain(bounds) for kind, bounds in kinds.items()}


@EXAMPLES
@given(deals=LEDGERS, values=st.randoms(use_true_random=False))
def test_whatever_the_values_really_are_the_totals_hold_them(empty: Path, deals: list[Told], values: Any) -> None:
    """Amounts drawn between the bounds come to a sum, median and mean between those that are told."""
    real = [
        values.randint(low or 0, (low or 0) + 10**13 if high is None else high)
        for *_, (low, high) in deals
        if (low, high) != (None, None)
    ]
    *_, foot = rows(summed(empty, deals, "year"), "periods")
    if not real:
        assert foot["value"] is None
        return
    for name, is_really in (("value", sum(real)), ("median", int(median(real))), ("mean", sum(real) / len(real))):
        low, high = foot[name]
        assert low - 1 <= is_really
        assert high is None or is_really <= high + 1


PARTIES = st.lists(
    st.tuples(st.sampled_from(("Acme", "Bravo", "Charlie", "Delta")), st.sampled_from(("buyer", "target", "seller"))),
    unique=True,
)
LEAGUE = st.lists(st.tuples(PARTIES, BOUNDS, st.booleans()), max_size=15)


@EXAMPLES
@given(deals=LEAGUE)
def test_a_league_of_any_deals_is_plain_counting(deals: list[Any]) -> None:
    told = [
        (
            {
                "slug": f"deal-{number}", "phase": "done" if done else "open", "sectors": "",
                "worth_low": bounds[0], "worth_high": bounds[1],
                "parties": [(name.lower(), name, role) for name, role in parties],
            },
            f"Deal {number}",
        )
        for number, (parties, bounds, done) in enumerate(deals)
    ]  # fmt: skip
    report = league_report(told, ("buyers",), "USD", BASIS)
    mine: dict[str, list[Any]] = defaultdict(list)
    for parties, bounds, done in deals:
        for name in {name for name, role in parties if role == "buyer"}:
            mine[name].append((bounds, done))
    found = list(rows(report, "buyers"))
    assert {row["company"].shown for row in found} == set(mine)
    for row in found:
        of = mine[row["company"].shown]
        come_to = plain([bounds for bounds, _ in of])
        assert (row["deals"], row["completed"]) == (len(of), sum(done for _, done in of))
        assert (row["disclosed"], row["value"] or (None, None)) == (come_to["disclosed"], come_to["value"])
    places = [(-row["deals"], -(row["value"] or (0,))[0]) for row in found]
    assert places == sorted(places)
    assert [row["rank"] for row in found] == [1 + sum(other < place for other in places) for place in places]


ENDS = ("completed", "terminated", "withdrawn", "stalled", None)
COURSES = st.lists(
    st.tuples(st.integers(0, 900), st.integers(0, 900), st.sampled_from(ENDS), st.sampled_from(KINDS)), max_size=12
)


@EXAMPLES
@given(courses=COURSES)
def test_rates_and_days_of_any_deals_are_plain_counting(courses: list[Any]) -> None:
    """Deals that are signed on a day and end, if they do, so many days later."""
    begin, made = date(2020, 1, 1), []
    for start, days, end, kind in courses:
        signed = begin + timedelta(start)
        ends = [told(str(signed + timedelta(days)), end)] if end else []
        made.append(deal(told(str(signed), "agreed"), *ends, kind=kind, buyer="Acme", target="Geost"))
    outcomes = {row["kind"]: row for row in rows(outcomes_report(made, BASIS), "by_kind") if row["kind"] != "all"}
    lengths = {row["kind"]: row for row in rows(durations_report(made, BASIS), "by_kind")}
    assert outcomes.keys() == {kind for *_, kind in courses}
    for kind, row in outcomes.items():
        of = [(days, end) for _, days, end, its in courses if its == kind]
        ends_of = Counter(end for _, end in of)
        completed, died = ends_of["completed"], ends_of["terminated"] + ends_of["withdrawn"]
        assert (row["deals"], row["completed"], row["died"]) == (len(of), completed, died)
        assert (row["open"], row["dormant"]) == (ends_of[None], ends_of["stalled"])
        taken = [days for days, end in of if end == "completed"]
        middle = int(median(taken)) if taken else None
        assert lengths[kind]["closed"] == completed
        assert lengths[kind]["to_closing"] == (None if middle is None else (middle, middle))
