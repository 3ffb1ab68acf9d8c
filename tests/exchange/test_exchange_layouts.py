"""Files of other publishers: each layout is recognised by its header, and its example gives the deals that it tells."""

import csv
import json
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dealtrack.domain.kind import FORMS, KINDS
from dealtrack.domain.milestone import MILESTONES
from dealtrack.domain.status import STATUSES
from dealtrack.exchange.layout import Layout
from dealtrack.exchange.layouts import all_arrived
from dealtrack.exchange.mapping import mapped
from dealtrack.exchange.nested import entries, flattened
from dealtrack.exchange.recognising import recognise, shipped
from dealtrack.exchange.row import Place, RawRow, Record, RowError, Told
from dealtrack.exchange.tables import BadFile, Table
from dealtrack.text.dates import read_date
from dealtrack.text.money import read_money

EXAMPLES = Path(__file__).parent / "layouts"
BY_NAME = {layout.name: layout for layout in shipped()}
# The layouts that give deals by themselves.
WHOLE = [layout for layout in shipped() if not layout.adds_to]


def example(name: str) -> Path:
    """The example of a layout, or of a further form of it (`sdc-platinum` of `sdc`)."""
    return next(path for path in sorted(EXAMPLES.glob(f"{name}.*")) if path.suffix in (".csv", ".dat", ".json"))


def rows_of(path: Path) -> list[RawRow]:
    if path.suffix == ".json":
        found = entries(json.loads(path.read_text(encoding="utf-8"))) or []
        return [RawRow(Place(path.name, n), flattened(entry)) for n, entry in enumerate(found, 1)]
    text = path.read_text(encoding="utf-8")
    delimiter = max(",;|", key=text.partition("\n")[0].count)
    reader = csv.DictReader(text.splitlines(keepends=True), delimiter=delimiter)
    return [RawRow(Place(path.name, n), dict(cells)) for n, cells in enumerate(reader, 2)]


def beside(layout: Layout) -> list[tuple[list[RawRow], Layout]]:
    """The rows of every file that adds to the deals of this one."""
    return [(rows_of(example(side.name)), side) for side in shipped() if side.adds_to == layout.name]


def told(found: Record | RowError) -> str:
    """A record as text, a line for each thing that it says."""
    if isinstance(found, RowError):
        return f"{found}\n    hint: {found.hint}"
    lines = [f"{found.place} {found.family} {found.identity}"]
    skipped = ("place", "family", "identity", "events", "parties", "lines")
    lines += [f"    {key}: {value}" for key, value in found._asdict().items() if value and key not in skipped]
    lines += [f"    {role}: {name}" for role, name in found.parties]
    for event in found.events:
        said = [f"{key} {value}" for key, value in event._asdict().items() if value and key != "on"]
        lines.append(f"    {event.on}: {', '.join(said)}")
    return "\n".join(lines)


@pytest.mark.parametrize("name", [*(layout.name for layout in WHOLE), "sdc-platinum"])
def test_an_example_gives_the_deals_that_it_tells(name: str) -> None:
    """DEALTRACK_GOLDEN=write in the environment writes the records anew."""
    rows = rows_of(example(name))
    layout = recognise(rows[0].cells)
    assert layout is not None
    found = "\n".join(told(one) for one in mapped(rows, layout, beside(layout))) + "\n"
    golden = EXAMPLES / f"{name}.records"
    if os.environ.get("DEALTRACK_GOLDEN") == "write":
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("layout", shipped(), ids=lambda layout: layout.name)
def test_a_header_is_recognised_whatever_its_order_case_and_blanks(layout: Layout) -> None:
    for header in ([*rows_of(example(layout.name))[0].cells], list(layout.needs)):
        for spelled in (header, header[::-1], [name.upper() for name in header], [f" {name}\n" for name in header]):
            assert recognise(spelled) == layout
        assert recognise([f"\ufeff{header[0]}", *header[1:], "a column that they added"]) == layout


def test_no_header_is_of_two_layouts() -> None:
    for layout in shipped():
        others = [other for other in shipped() if set(other.needs) >= set(layout.needs) and other != layout]
        assert not others


@pytest.mark.parametrize(
    "header", [[], [""], ["a"], ["id", "slug", "title", "kind", "buyer", "target"], ["Deal Number"], ["uuid", "name"]]
)
def test_other_headers_are_not_recognised(header: list[str]) -> None:
    assert recognise(header) is None


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
@pytest.mark.parametrize("layout", WHOLE, ids=lambda layout: layout.name)
def test_the_order_of_columns_and_of_deals_does_not_matter(layout: Layout, data: st.DataObject) -> None:
    rows = rows_of(example(layout.name))
    columns = data.draw(st.permutations(sorted({name for row in rows for name in row.cells})))
    turned = [row._replace(cells={name: row.cells.get(name, "") for name in columns}) for row in rows]
    if not layout.regroup:
        turned = data.draw(st.permutations(turned))
    extra = data.draw(st.dictionaries(st.text(max_size=9).map("of theirs: {}".format), st.text(max_size=9), max_size=2))
    turned = [row._replace(cells=extra | row.cells) for row in turned]
    was, now = mapped(rows, layout, beside(layout)), mapped(turned, layout, beside(layout))
    assert sorted(map(told, was)) == sorted(map(told, now))


@pytest.mark.parametrize("layout", shipped(), ids=lambda layout: layout.name)
def test_every_word_of_a_layout_means_something_of_ours(layout: Layout) -> None:
    for meaning in layout.meanings.values():
        assert meaning.status in ("", *STATUSES)
        assert meaning.milestone in ("", *MILESTONES)
        assert meaning.status or meaning.milestone
        assert meaning.credibility in ("", *"123456")
    if layout.type:
        for word in (layout.type.constant, layout.type.otherwise, *(layout.type.words or {}).values()):
            if word:
                kind, _, form = word.partition("/")
                assert kind in KINDS
                assert form in FORMS[kind]


@pytest.mark.parametrize(
    ("layout", "word", "status", "milestone", "credibility"),
    [
        ("sdc", "C", "completed", "", ""),
        ("sdc", "P", "agreed", "", ""),
        ("sdc", "Pending Reg.", "agreed", "regulatory-review", ""),
        ("sdc", "PC", "agreed", "payment", ""),
        ("sdc", "Part Comp", "agreed", "payment", ""),
        ("sdc", "U", "agreed", "tender-result", ""),
        ("sdc", "I", "proposed", "", ""),
        ("sdc", "Intent W", "withdrawn", "", ""),
        ("sdc", "L", "stalled", "", "4"),
        ("sdc", "R", "rumored", "", ""),
        ("sdc", "DR", "denied", "", ""),
        ("sdc", "S", "proposed", "sale-process", ""),
        ("sdc", "SW", "withdrawn", "sale-process", ""),
        ("sdc", "W", "withdrawn", "", ""),
        ("sdc", "NA", "", "statement", ""),
        ("zephyr", "Completed", "completed", "", ""),
        ("zephyr", "Completed Assumed", "completed", "", "4"),
        ("zephyr", "Rumour - Expired", "stalled", "", ""),
        ("zephyr", "Rumour \u2013 Withdrawn", "withdrawn", "", ""),
        ("zephyr", "Postponed", "stalled", "delay", ""),
        ("pitchbook", "Announced/In Progress", "agreed", "", ""),
        ("pitchbook", "Failed/Cancelled", "terminated", "", ""),
    ],
)
def test_a_foreign_status_is_one_of_ours(layout: str, word: str, status: str, milestone: str, credibility: str) -> None:
    now = events_of(layout, word)[-1]
    assert (now.status, now.milestone, now.credibility) == (status, milestone, credibility)


# A row of each, all dates filled.
ROWS = {
    "sdc": {
        "Date Announced": "05/27/2025", "Date Effective": "08/12/2025", "Date Withdrawn": "06/01/2025",
        "Target Name": "Geost", "Acquiror Name": "Rocket Lab", "Status": "C", "Value of Transaction ($mil)": "275.0",
    },
    "zephyr": {
        "Deal Number": "1", "Acquiror name": "SES", "Target name": "Intelsat", "Deal status": "Completed",
        "Rumour date": "27/03/2024", "Announced date": "30/04/2024", "Completed date": "17/07/2025",
        "Withdrawn date": "01/05/2024", "Assumed completion date": "01/11/2024", "Last deal status date": "01/06/2025",
    },
    "pitchbook": {
        "Deal ID": "1-1T", "Companies": "Stoke Space", "Deal Date": "10/08/2025", "Announced Date": "10/07/2025",
        "Deal Type": "Later Stage VC", "Deal Size": "510", "Deal Status": "Completed", "Deal Size Status": "Actual",
    },
}  # fmt: skip
_STATUS = {"sdc": "Status", "zephyr": "Deal status", "pitchbook": "Deal Status"}


def one(layout: str, **cells: str) -> Record | RowError:
    """What a row gives, some of its cells changed (blanks of a name as underscores)."""
    changed = ROWS[layout] | {name.replace("_", " "): cell for name, cell in cells.items()}
    (found,) = mapped([RawRow(Place("deals.csv", 7), changed)], BY_NAME[layout])
    return found


def events_of(layout: str, status: str, **cells: str) -> tuple[Told, ...]:
    found = one(layout, **{_STATUS[layout].replace(" ", "_"): status}, **cells)
    assert isinstance(found, Record), found
    return found.events


def test_an_assumed_completion_has_its_own_date_and_is_doubted() -> None:
    now = events_of("zephyr", "Completed Assumed")[-1]
    assert (now.on, now.status, now.credibility) == ("2024-11-01", "completed", "4")


def test_a_state_without_a_date_is_of_some_day_since_the_last_that_is_known() -> None:
    now = events_of("sdc", "W", Date_Withdrawn="")[-1]
    assert (now.on, now.status) == ("2025-05-27/..", "withdrawn")


def test_an_estimated_size_is_about_so_much() -> None:
    values = [
        event.value
        for how in ("Actual", "Estimated", "")
        for event in events_of("pitchbook", "Completed", Deal_Size_Status=how)
        if event.value
    ]
    assert values == ["USD 510M", "~USD 510M", "USD 510M"]


@pytest.mark.parametrize(
    ("layout", "column", "cell", "what"),
    [
        ("sdc", "Date Announced", "27/05/2025", 'date "27/05/2025" is not month/day/year, as the map says'),
        ("sdc", "Date Announced", "02/30/2025", 'date "02/30/2025": February 2025 has 28 days'),
        ("sdc", "Date Announced", "soon", 'date "soon" names no year'),
        ("zephyr", "Deal status", "Gone", 'status "Gone" is not in the map "zephyr"'),
        ("zephyr", "Deal status", "", "the row does not say how the deal stands"),
        ("pitchbook", "Deal Type", "Grant", '"Grant" is not in the map "pitchbook"'),
        ("pitchbook", "Deal Size", "1.234,5", 'number "1.234,5" is not written with "."'),
        ("pitchbook", "Deal Size", "lots", 'amount "lots" cannot be read'),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(layout: str, column: str, cell: str, what: str) -> None:
    found = one(layout, **{column.replace(" ", "_"): cell})
    assert isinstance(found, RowError)
    assert (found.place, found.column) == (Place("deals.csv", 7), column)
    assert found.what.startswith(what)
    assert found.hint


def test_rows_of_one_deal_that_differ_are_left_out_all_of_them() -> None:
    second = ROWS["zephyr"] | {"Acquiror name": "Intelsat", "Announced date": "01/05/2024"}
    rows = [RawRow(Place("deals.csv", 2), ROWS["zephyr"]), RawRow(Place("deals.csv", 3), second)]
    assert [str(found) for found in mapped(rows, BY_NAME["zephyr"])] == [
        'deals.csv:2, column Announced date: rows of one deal differ: "30/04/2024" in line 2, "01/05/2024" in line 3',
        "deals.csv:3: it is of one deal with line 2, which is left out",
    ]


def test_a_row_that_fills_other_columns_only_is_told_of_and_an_empty_one_is_not() -> None:
    cells = dict.fromkeys(ROWS["sdc"], "")
    rows = [RawRow(Place("deals.csv", 2), cells | {"Remark": "see above"}), RawRow(Place("deals.csv", 3), cells)]
    (found,) = mapped(rows, BY_NAME["sdc"])
    assert isinstance(found, RowError)
    assert found.place.line == 2


HOSTILE = st.text(max_size=60) | st.sampled_from(
    [
        "=1+1",
        "\x1b[31m",
        "[/bold]",
        "9" * 400,
        "-5",
        "1e400",
        "NaN",
        "\x00",
        "../..",
        "{x}",
        "'",
        '"',
        "01/01/0001",
        "99/99/99",
    ]
)


@settings(max_examples=150, deadline=None)
@given(data=st.data(), layout=st.sampled_from(sorted(ROWS)))
def test_whatever_stands_in_a_cell_it_is_read_or_told_of(data: st.DataObject, layout: str) -> None:
    column = data.draw(st.sampled_from(sorted(ROWS[layout])))
    rows = [RawRow(Place("deals.csv", 2), ROWS[layout] | {column: data.draw(HOSTILE)})]
    for found in mapped(rows, BY_NAME[layout]):
        if isinstance(found, RowError):
            assert found.what
            assert found.hint
            continue
        for event in found.events:
            assert read_date(event.on, date(2026, 1, 1)).edtf == event.on
            if event.value:
                read_money(event.value)


def sheet(name: str, *header: str, why_not: str = "") -> Table:
    return Table(f"deals.xlsx, sheet {name}", header, iter(()), name, why_not)


def refusal(*sheets: Table) -> str:
    with pytest.raises(BadFile) as refused:
        list(all_arrived(sheets, None, []))
    return refused.value.what


def test_of_a_workbook_without_deals_the_first_sheet_with_columns_is_named() -> None:
    empty, first, second = sheet("Empty", why_not="it is empty"), sheet("First", "A", "B"), sheet("Second", "C", "D")
    assert refusal(empty, first, second) == "deals.xlsx, sheet First: no layout has these columns: A, B"
    assert refusal(empty) == "deals.xlsx, sheet Empty: it is empty"


def test_a_title_above_the_names_of_the_columns_is_told_as_one() -> None:
    assert (
        refusal(sheet("First", "Deal tracker")) == 'deals.xlsx, sheet First: its first line is one cell, "Deal tracker"'
    )
