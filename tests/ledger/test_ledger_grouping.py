"""Deals counted by SQL: the same as counted one by one."""

from collections import Counter
from contextlib import closing
from pathlib import Path
from statistics import median as plain_median

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger.conftest import EXAMPLES, make

from dealtrack.domain.figures import OPEN, STEPS, Tally, median, period_of, place_of
from dealtrack.domain.query import Choice, Query
from dealtrack.ledger.listing import Listing
from dealtrack.ledger.writing import WritableLedger

DATES = st.sampled_from(("2025-05-27", "2025-05-28", "2025-04~", "2025-35", "2025-21", "2024", "../2019", "2024/2026"))
AMOUNTS = st.one_of(st.integers(0, 10**6), st.integers(2**61, 2**62 - 1))
BOUNDS = st.one_of(
    st.just((None, None)),
    AMOUNTS.map(lambda low: (low, low)),
    AMOUNTS.map(lambda low: (low, None)),
    AMOUNTS.map(lambda high: (None, high)),
    st.tuples(AMOUNTS, AMOUNTS).map(lambda pair: (min(pair), max(pair))),
)
Deal = tuple[str | None, str, tuple[int | None, int | None]]
DEALS = st.lists(st.tuples(st.none() | DATES, st.sampled_from(("acquisition", "partnership")), BOUNDS), max_size=30)


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("counted") / "deals.db"
    make(path)
    return path


def filled(path: Path, deals: list[Deal]) -> Listing:
    """The ledger with these deals, as far as counting asks for them."""
    listing = Listing(path)
    listing.connection.execute("PRAGMA query_only = OFF")
    listing.connection.executemany(
        "INSERT INTO deal (slug, title, kind, created, updated, first_seen, value_usd_low, value_usd_high) "
        "VALUES (?, 'a deal', ?, '', '', ?, ?, ?)",
        [(f"deal-{number}", kind, when, *bounds) for number, (when, kind, bounds) in enumerate(deals)],
    )
    return listing


@EXAMPLES
@given(deals=DEALS)
def test_tallies_are_what_counting_one_by_one_comes_to(counted: Path, deals: list[Deal]) -> None:
    tallies: dict[str | None, Tally] = {}
    for when, _, (low, high) in deals:
        tallies.setdefault(when, Tally()).add(low, high)
    with closing(filled(counted, deals)) as listing:
        assert dict(listing.tallies(Query(), "first_seen")) == tallies


@EXAMPLES
@given(deals=DEALS)
def test_groups_are_what_counting_one_by_one_comes_to(counted: Path, deals: list[Deal]) -> None:
    with closing(filled(counted, deals)) as listing:
        groups = list(listing.grouped(Query(), "first_seen", ("kind",)))
    assert {(group.when, group.facts): group.deals for group in groups} == Counter(
        (when, (kind,)) for when, kind, _ in deals
    )
    bounds = Counter(pair for group in groups for pair in (*((one, one) for one in group.exact), *group.ranges))
    known = [pair for *_, pair in deals if pair != (None, None)]
    assert bounds == Counter((low or 0, OPEN if high is None else high) for low, high in known)


@EXAMPLES
@given(deals=DEALS)
def test_a_filter_counts_what_it_lists(counted: Path, deals: list[Deal]) -> None:
    query = Query(kind=Choice(("acquisition",)))
    with closing(filled(counted, deals)) as listing:
        whole = Tally()
        for _, tally in listing.tallies(query, "first_seen"):
            whole.merge(tally)
        assert whole == listing.tally(query)
        assert whole.deals == listing.count(query) == sum(kind == "acquisition" for _, kind, _ in deals)


@EXAMPLES
@given(pairs=st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)), min_size=1))
def test_a_median_of_ranges_reaches_from_the_median_of_the_lows_to_that_of_the_highs(
    pairs: list[tuple[int, int]],
) -> None:
    lows, highs = [min(pair) for pair in pairs], [max(pair) for pair in pairs]
    assert median(lows, highs) == (int(plain_median(lows)), int(plain_median(highs)))
    for chosen in (lows, highs, [(low + high) // 2 for low, high in zip(lows, highs, strict=True)]):
        assert int(plain_median(lows)) <= int(plain_median(chosen)) <= int(plain_median(highs))


def test_a_median_is_open_where_the_middle_amounts_are() -> None:
    assert median([1, 5, 9], [1, OPEN, OPEN]) == (5, None)
    assert median([1, 5], [1, OPEN]) == (3, None)
    assert median([1, 5, 9], [1, 5, OPEN]) == (5, 5)
    assert median([], []) is None


@EXAMPLES
@given(when=st.none() | DATES, step=st.sampled_from(STEPS))
def test_a_period_holds_every_day_of_its_dates_or_is_vague(when: str | None, step: str) -> None:
    period = period_of(when, step)  # type: ignore[arg-type]  # one of STEPS
    assert period.vague or (period.when is not None and when is not None)
    assert period_of("2025-05-27", "quarter").when is not None
    assert place_of(period) >= place_of(period_of("1900-01-01", "year"))


def test_looking_back_counts_what_was_known_then(bundled: WritableLedger) -> None:
    by_date = {when: tally.deals for when, tally in bundled.tallies(Query(), "first_seen")}
    listed = Counter(row["first_seen"] for row in bundled.select(Query()))
    assert by_date == listed


def test_buyings_name_each_buyer_of_each_deal_and_its_first(bundled: WritableLedger) -> None:
    query = Query(kind=Choice(("acquisition",)))
    buyings = list(bundled.buyings(query, "first_seen"))
    firsts = Counter(buyer for buyer, _, first in bundled.buyings(Query(), "first_seen") if first)
    assert set(firsts.values()) == {1}
    assert {buyer for buyer, *_ in buyings} <= set(firsts)


def test_the_largest_are_those_that_a_listing_by_value_begins_with(bundled: WritableLedger) -> None:
    query = Query()
    listed = [row["id"] for row in bundled.select(query._replace(sort=(("value", True),), limit=10))]
    assert [row["id"] for row in bundled.largest(query, 10)] == listed
