"""Many deals whole are what each is alone, at present and in the past."""

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from dealtrack.domain.query import Query
from dealtrack.ledger import whole
from dealtrack.ledger.ledger import Ledger
from dealtrack.ledger.past import Past
from dealtrack.ledger.whole import whole_deals
from dealtrack.ledger.writing import WritableLedger


@pytest.mark.parametrize("past", [None, Past(as_of=date(2021, 6, 30)), Past(known_on=date(2030, 1, 1))])
def test_each_is_what_it_is_alone(
    bundled: WritableLedger, path: Path, past: Past | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole, "_BATCH", 40)
    with closing(Ledger(path, past)) as ledger, closing(Ledger(path, past)) as other:
        found = list(whole_deals(ledger, Query()))
        assert found == [other.get(deal.id) for deal in found]
        assert [deal.id for deal in found] == other.ids(Query())
    assert len(found) > 80
    del bundled


def test_they_come_in_the_order_and_number_asked_for(bundled: WritableLedger) -> None:
    query = Query(sort=(("value", True),), limit=7)
    assert [deal.id for deal in whole_deals(bundled, query)] == bundled.ids(query)


def test_of_nothing_there_is_nothing(bundled: WritableLedger) -> None:
    assert list(whole_deals(bundled, Query(ids=()))) == []
