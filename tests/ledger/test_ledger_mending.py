"""What is derived can be made anew from what was entered; what was entered is never altered."""

import sqlite3
from contextlib import closing

import pytest
from ledger.conftest import change, dump, faults

from dealtrack.ledger.writing import NothingChanged, WritableLedger


def spoil(ledger: WritableLedger, *statements: str) -> None:
    with closing(sqlite3.connect(ledger.path)) as other:
        for statement in statements:
            assert other.execute(statement).rowcount > 0
        other.commit()


def test_facts_and_index_are_mended(bundled: WritableLedger) -> None:
    whole = dump(bundled)
    spoil(
        bundled,
        "UPDATE deal SET status = 'talks', value_usd_low = 1 WHERE id IN (5, 6)",
        "DELETE FROM deal_text WHERE rowid < 20",
        "UPDATE deal_text SET title = 'nonsense' WHERE rowid = 40",
    )
    assert dump(bundled) != whole
    with change(bundled, "check --fix"):
        assert bundled.mend_facts() == 2
    bundled.mend_index()
    assert dump(bundled) == whole


def test_mending_a_sound_ledger_is_no_change(bundled: WritableLedger) -> None:
    before = (dump(bundled), bundled.log(1))
    with pytest.raises(NothingChanged), change(bundled, "check --fix"):
        assert bundled.mend_facts() == 0
    bundled.mend_index()
    assert (dump(bundled), bundled.log(1)) == before
    assert faults(bundled) == []
