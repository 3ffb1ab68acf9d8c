"""A ledger's own rates: which values count in dollars by them, and that all of it can be taken back."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from ledger.conftest import amount, change, draft, event, faults, kept, undo

from dealtrack.domain.company import Company
from dealtrack.domain.event import Dollars
from dealtrack.domain.query import Query, Worth
from dealtrack.ledger.ledger import Ledger
from dealtrack.ledger.ownrates import Kept, keep_rates
from dealtrack.ledger.past import Past
from dealtrack.ledger.rates import NoRate
from dealtrack.ledger.writing import NothingChanged, WritableLedger

AED = Decimal("0.272294")
DAY = date(2023, 12, 18)


@pytest.fixture
def gulf(path: Path) -> Iterator[WritableLedger]:
    """A ledger with deals in dirhams, one of them with the dollars that its source states, and one in euros."""
    with closing(WritableLedger(path, create=True)) as ledger:
        with change(ledger):
            ledger.add_company(Company("yahsat", "Yahsat"))
            stated = event("2023-12-19", "agreed", value=amount(100, "AED"), dollars=Dollars(3_000, 3_000, "stated"))
            ledger.add_deal(
                draft(("yahsat", "target"), events=[event("2023-12-19", "agreed", value=amount(100, "AED"))])
            )
            ledger.add_deal(draft(("yahsat", "target"), events=[stated]))
            ledger.add_deal(
                draft(("yahsat", "target"), events=[event("2023-12-19", "agreed", value=amount(100, "EUR"))])
            )
            ledger.add_deal(
                draft(("yahsat", "target"), events=[event("2023-12-26", "agreed", value=amount(100, "AED"))])
            )
        yield ledger


def dollars(ledger: Ledger) -> list[int | None]:
    return [row["value_usd_low"] for row in ledger.select(Query(sort=(("id", False),)))]


def test_values_without_a_rate_count_in_dollars_from_then_on(gulf: WritableLedger) -> None:
    before = dollars(gulf)
    with change(gulf, at="2026-03-20T12:00:00Z"):
        assert keep_rates(gulf, [("AED", DAY, AED, "CBUAE")]) == Kept(new=1, values=1)
    # What the source states, and what the bank's rate gives, stays; a rate eight days old is none.
    assert dollars(gulf) == [2_723, *before[1:3], None]
    (told,) = gulf.get(1).events
    assert told.dollars == Dollars(2_723, 2_723, "CBUAE", "0.272294", DAY)
    assert faults(gulf) == []
    with closing(Ledger(gulf.path, Past(known_on=date(2026, 3, 19)))) as then:
        assert dollars(then) == before
        assert list(then.own_rates()) == []


def test_the_rates_and_what_came_of_them_are_undone_and_brought_back(gulf: WritableLedger) -> None:
    empty = kept(gulf)
    with change(gulf):
        keep_rates(gulf, [("AED", DAY, AED, "CBUAE")])
    full = kept(gulf)
    undone = undo(gulf, 2)
    assert kept(gulf) == empty
    undo(gulf, undone)
    assert kept(gulf) == full
    assert faults(gulf) == []


def test_a_rate_is_kept_once_and_another_for_the_same_day_is_told(gulf: WritableLedger) -> None:
    with change(gulf):
        keep_rates(gulf, [("AED", DAY, AED, "CBUAE")])
    with pytest.raises(NothingChanged), change(gulf):
        assert keep_rates(gulf, [("AED", DAY, Decimal("0.2722940"), "x")]) == Kept(same=1)
    with pytest.raises(NothingChanged), change(gulf):
        assert keep_rates(gulf, [("AED", DAY, Decimal("0.3"), "x")]) == Kept(otherwise=["AED on 2023-12-18"])


def test_a_later_event_takes_the_rate_that_is_there(gulf: WritableLedger) -> None:
    with change(gulf):
        keep_rates(gulf, [("AED", DAY, AED, "CBUAE"), ("AED", date(2023, 12, 24), Decimal("0.27"), "CBUAE")])
    with change(gulf):
        gulf.add_event(1, event("2023-12-26", value=amount(200, "AED")))
    assert dollars(gulf)[0] == 5_400


def test_values_are_counted_in_a_currency_of_the_ledgers_own_rates(gulf: WritableLedger) -> None:
    with pytest.raises(NoRate, match="no rate is known for AED"):
        gulf.refuse_without_rate("AED", None)
    with change(gulf):
        keep_rates(gulf, [("AED", DAY, AED, "CBUAE")])
    gulf.refuse_without_rate("AED", DAY)
    with pytest.raises(NoRate, match="no rate of AED is known for 2024-12-18") as refused:
        gulf.refuse_without_rate("AED", date(2024, 12, 18))
    assert "2023-12-18" in refused.value.hint
    rows = list(gulf.select(Query(sort=(("id", False),), worth=Worth("AED"))))
    euro = gulf.rate_between("EUR", "AED", date(2023, 12, 19)).rate
    assert [row["worth_low"] for row in rows] == [10_000, 10_000, round(euro * 10_000), 10_000]


def test_the_banks_rate_counts_where_it_has_one(gulf: WritableLedger) -> None:
    before = dollars(gulf)
    with change(gulf):
        assert keep_rates(gulf, [("EUR", date(2023, 12, 19), Decimal(2), "me")]).values == 0
    assert dollars(gulf) == before
    assert gulf.rate_between("EUR", "USD", date(2023, 12, 19)).origin == "ECB"
