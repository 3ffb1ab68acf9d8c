"""Publishers: what rests on them follows when they are graded or found to be one, and comes back by undo."""

from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ledger.conftest import Bundle, amount, bring_in, change, draft, dump, event, faults, source, undo

from dealtrack.domain.problem import Misuse
from dealtrack.domain.publisher import Publisher
from dealtrack.domain.source import Source
from dealtrack.ledger.ledger import Ledger
from dealtrack.ledger.past import Past
from dealtrack.ledger.publishing import keep_publisher, take_in_publishers
from dealtrack.ledger.sources import publisher_row, source_named
from dealtrack.ledger.writing import WritableLedger

LATER = "2026-04-15T12:00:00Z"
JOURNAL = Publisher("The Wall Street Journal", aliases=("WSJ",))


def ungraded(publisher: str, **rest: Any) -> Source:
    """A page without a grade of its own."""
    told = source(publisher=publisher, reliability="F", title=f"{publisher} {rest}", **rest)
    return told._replace(reliability_derived=True)


@pytest.fixture
def told(ledger: WritableLedger) -> WritableLedger:
    """Two outlets put one deal at different values on one day; the Journal's report comes by two ways."""
    with change(ledger, "history"):
        ledger.add_deal(
            draft(
                ("geost", "target"),
                events=[
                    event("2026-01-05", "agreed", value=amount(100), source=ungraded("Daily8")),
                    event("2026-01-05", "agreed", value=amount(200), source=ungraded("Courier")),
                    event("2026-01-06", source=ungraded("Blog", via="WSJ")),
                    event("2026-01-07", source=ungraded("Digest", via="Wall Street Journal")),
                ],
            )
        )
    return ledger


def value(ledger: Ledger) -> int | None:
    return ledger.connection.execute("SELECT value_low / 100 FROM deal").fetchone()[0]  # type: ignore[no-any-return]  # of one cell


def register(ledger: WritableLedger, publisher: Publisher, known: Publisher | None = None, at: str = LATER) -> set[int]:
    with change(ledger, "source grade", at=at):
        return keep_publisher(ledger, publisher, known)


def test_a_grade_is_that_of_the_pages_without_one_and_facts_follow(told: WritableLedger) -> None:
    assert value(told) == 200  # of two that are as good, the one recorded last
    assert register(told, Publisher("Daily8", "B")) == {1}
    assert value(told) == 100
    assert source_named(told, "s-0001").reliability == "B"
    with change(told, "a page of its own grade"):
        told.edit_source(source_named(told, "s-0001").graded("E"))
        told.edit_source(source_named(told, "s-0002").graded("D"))
    assert value(told) == 200
    register(told, Publisher("Daily8", "A"), Publisher("Daily8", "B"))
    assert source_named(told, "s-0001").reliability == "E"
    assert faults(told) == []


def test_a_page_that_comes_later_has_its_publishers_grade_under_any_name(told: WritableLedger) -> None:
    register(told, JOURNAL._replace(reliability="A"))
    with change(told, "source add"):
        kept = told.keep_source(ungraded("wsj"))
        unknown = told.keep_source(ungraded("Nobody"))
    assert (kept.reliability, kept.reliability_derived) == ("A", True)
    assert unknown.reliability == "F"


def test_two_spellings_are_one_origin_once_they_are_one_publisher(told: WritableLedger) -> None:
    before = told.get(1).facts.origin_names
    assert before == ("Courier", "Daily8", "WSJ", "Wall Street Journal")
    register(told, JOURNAL)
    assert told.get(1).facts.origin_names == ("Courier", "Daily8", "The Wall Street Journal")
    assert told.connection.execute("SELECT origins FROM deal").fetchone()[0] == 3
    assert publisher_row(told, JOURNAL)["relays"] == 2
    assert faults(told) == []


def test_it_is_undone_with_all_that_followed(told: WritableLedger) -> None:
    before = dump(told)
    register(told, Publisher("Daily8", "B", aliases=("WSJ",)))
    undo(told, 3)
    assert dump(told) == before
    register(told, JOURNAL)
    registered = dump(told)
    register(told, JOURNAL._replace(name="WSJ", aliases=()), JOURNAL)
    assert len(told.get(1).facts.origin_names) == 4
    undo(told, 6)
    assert dump(told) == registered
    undo(told, 5)
    assert dump(told) == before
    assert faults(told) == []


def test_check_tells_of_a_grade_that_is_not_the_publishers(told: WritableLedger) -> None:
    register(told, Publisher("Blog", "C"))
    told.connection.execute("UPDATE source SET reliability = 'B' WHERE key = 's-0003'")
    assert "grade: s-0003: it is graded B, and its publisher C" in faults(told)


def test_a_page_keeps_its_grade_where_its_publisher_comes_to_have_none(told: WritableLedger) -> None:
    register(told, Publisher("Daily8", "B"))
    with change(told, "source edit"):
        told.edit_source(source_named(told, "s-0001")._replace(publisher="Daily 8 of elsewhere"))
    assert source_named(told, "s-0001").reliability == "B"
    register(told, Publisher("Daily8"), Publisher("Daily8", "B"))
    assert source_named(told, "s-0001").reliability == "B"
    assert faults(told) == []


def test_it_was_not_yet_so_in_the_past(told: WritableLedger, path: Path) -> None:
    register(told, Publisher("Daily8", "B"))
    register(told, JOURNAL)
    with closing(Ledger(path, Past(known_on=date(2026, 3, 31)))) as then:
        assert value(then) == 200
        assert then.outlets.all() == []
        assert len(then.get(1).facts.origin_names) == 4
    with closing(Ledger(path, Past(as_of=date(2026, 1, 6)))) as then:
        then.look_up_the_past()
        assert value(then) == 100
        assert then.connection.execute("SELECT origins FROM deal").fetchone()[0] == 3


def test_one_name_must_not_mean_two(told: WritableLedger) -> None:
    register(told, JOURNAL)
    with pytest.raises(Misuse, match="is a name of The Wall Street Journal already"):
        register(told, Publisher("Wisconsin State Journal", aliases=("wsj",)))
    with pytest.raises(Misuse, match="is a name of The Wall Street Journal already"):
        register(told, Publisher("Daily8", aliases=("WSJ",)))
    register(told, Publisher("Daily8"))
    with pytest.raises(Misuse, match="is a name of The Wall Street Journal already"):
        register(told, Publisher("Daily8", aliases=("WSJ",)), Publisher("Daily8"))


def test_a_data_set_adds_publishers_and_leaves_those_that_are_known(told: WritableLedger) -> None:
    register(told, JOURNAL)
    with change(told, "import"):
        take_in_publishers(told, [Publisher("WSJ", "E"), Publisher("Daily8", "B", 2)])
    assert told.outlets.all() == [Publisher("Daily8", "B", 2), JOURNAL]
    assert value(told) == 100


def test_what_a_data_set_says_of_a_page_is_weighed_by_the_ledgers_own_grade(told: WritableLedger) -> None:
    register(told, Publisher("Courier", "A"))
    page = ungraded("Courier", url="https://courier.example")._replace(key="s-0001", reliability="E")
    event_ = event("2026-02", "talks", n=1, source=page)
    outcome = bring_in(
        told, Bundle(of_sources=[page], of_deals=[draft(("geost", "target"), events=[event_], slug="x", title="X")])
    )
    assert outcome.kept["sources"] == ["s-0005"]
    assert told.get(2).events[0].grade == "A3"
    assert faults(told) == []
