"""In which way a value was revised."""

import pytest
from deals import deal, page, told

from dealtrack.report.revisions import revisions, way
from dealtrack.text.money import read_money


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("USD 10M", "USD 12M", "up"),
        ("USD 10M..11M", "USD 9M", "down"),
        ("USD 10M..12M", "USD 11M", "restated"),
        ("USD 10M", "over USD 10M", "restated"),
        ("USD 10M", "over USD 11M", "up"),
        ("over USD 10M", "USD 9M", "down"),
        ("USD 10M", "EUR 12M", "another currency"),
        ("undisclosed", "USD 1M", "disclosed"),
        ("USD 1M", "undisclosed", "no longer told"),
    ],
)
def test_it_went_up_or_down_when_the_ranges_do_not_meet(before: str, after: str, expected: str) -> None:
    assert way(read_money(before, "consideration"), read_money(after, "consideration")) == expected


def test_another_basis_is_no_revision_up_or_down() -> None:
    assert way(read_money("USD 1M", "consideration"), read_money("USD 2M", "enterprise-value")) == "another basis"


def test_a_revision_has_the_day_and_page_that_moved_it() -> None:
    one = deal(
        told("2024-01-01", "proposed", page("One"), value="USD 10M"),
        told("2024-02-01", "agreed", page("Two", "2024-02-03"), value="USD 12M"),
        told("2024-03-01", "completed", page("Three"), value="USD 12M"),
    )
    ((_, _, day, before, after, revised, source),) = revisions([one]).rows
    assert [str(getattr(cell, "text", cell)) for cell in (before, after, revised)] == ["USD 10M", "USD 12M", "up"]
    assert getattr(day, "edtf", None) == "2024-02-03"
    assert getattr(source, "shown", None) == "Two"
