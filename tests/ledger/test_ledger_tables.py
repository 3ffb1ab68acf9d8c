"""The tables beside deals: of four times as many deals they take four times as long, not sixteen times."""

from collections.abc import Iterator
from contextlib import closing
from typing import get_args

import pytest
from ledger.conftest import Bundle, bring_in, draft, event, source

from dealtrack.domain.columns import Table
from dealtrack.domain.company import Company
from dealtrack.domain.query import Query
from dealtrack.ledger.writing import WritableLedger

# How many instructions of SQLite are counted as one step.
_STEP = 100


def _many(deals: int) -> Bundle:
    """Deals of one buyer, each of a target of its own, told by a page of its own."""
    data = Bundle(of_companies=[Company("buyer", "Buyer")])
    for n in range(deals):
        told = source(f"s-{n:04}", url=f"https://example.com/{n}")
        data.of_companies.append(Company(f"target-{n}", f"Target {n}"))
        data.of_sources.append(told)
        events = [event("2025", "agreed", n=1, source=told)]
        data.of_deals.append(
            draft(("buyer", "buyer"), (f"target-{n}", "target"), events=events, slug=f"deal-{n}", title="A deal")
        )
    return data


@pytest.fixture(scope="module")
def ledgers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[WritableLedger, WritableLedger]]:
    folder = tmp_path_factory.mktemp("tables")
    with (
        closing(WritableLedger(folder / "few.db", create=True)) as few,
        closing(WritableLedger(folder / "many.db", create=True)) as many,
    ):
        bring_in(few, _many(150))
        bring_in(many, _many(600))
        yield few, many


def _steps(ledger: WritableLedger, table: Table, query: Query) -> int:
    taken = 0

    def step() -> int:
        nonlocal taken
        taken += 1
        return 0

    ledger.connection.set_progress_handler(step, _STEP)
    rows = list(ledger.table(table, query))
    ledger.connection.set_progress_handler(None, 0)
    assert table == "publishers" or len(rows) >= ledger.counts()["deal"]
    return taken


@pytest.mark.parametrize("query", [Query(), Query(words=("target",))], ids=["all", "some"])
@pytest.mark.parametrize("table", get_args(Table))
def test_a_table_grows_with_the_deals_and_no_faster(
    ledgers: tuple[WritableLedger, WritableLedger], table: Table, query: Query
) -> None:
    few, many = (_steps(ledger, table, query) for ledger in ledgers)
    assert many <= 6 * few + 10
