"""Golden files: what awkward deals are in every format, under its real suffix."""

import difflib
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from dealtrack.domain.columns import TABLES, Table
from dealtrack.domain.query import Query
from dealtrack.exchange.formats import FORMATS, Contents, Format, for_excel, named
from dealtrack.ledger.writing import WritableLedger
from dealtrack.report.stale import reviewed

GOLDEN = Path(__file__).parent / "golden"
BY_ID = Query(sort=(("id", False),))
TODAY = date(2026, 3, 20)

TEXTS = [format_ for format_ in FORMATS if format_.write]


def agrees(path: Path, made: bytes) -> None:
    """The kept file holds what is made; DEALTRACK_GOLDEN=write in the environment writes it anew."""
    if os.environ.get("DEALTRACK_GOLDEN") == "write":
        path.write_bytes(made)
    kept = path.read_bytes()
    if made != kept:
        old, new = (repr(text.decode()).replace("\\n", "\n").splitlines() for text in (kept, made))
        pytest.fail("\n".join(difflib.unified_diff(old, new, path.name, "written", lineterm="")), pytrace=False)


def written(ledger: WritableLedger, format_: Format, table: Table = "deals", columns: list[str] | None = None) -> bytes:
    assert format_.write is not None
    rows = reviewed(ledger.select(BY_ID), TODAY) if format_.name == "ics" else ledger.table(table, BY_ID)
    return "".join(format_.write(rows, columns, table)).encode()


@pytest.mark.parametrize("format_", TEXTS, ids=lambda one: one.name)
def test_awkward_deals_are_written_as_in_the_golden_file(awkward: WritableLedger, format_: Format) -> None:
    agrees(GOLDEN / f"awkward{format_.suffix}", written(awkward, format_))


@pytest.mark.parametrize("table", [table for table in TABLES if table != "deals"])
def test_every_other_table_is_written_as_in_its_golden_file(awkward: WritableLedger, table: Table) -> None:
    agrees(GOLDEN / f"awkward-{table}.csv", written(awkward, named("csv"), table))


def test_a_file_for_excel_has_its_mark_and_its_line_ends(awkward: WritableLedger) -> None:
    agrees(GOLDEN / "awkward-excel.csv", written(awkward, for_excel(named("csv"))))


def test_spans_stand_beside_their_dates(awkward: WritableLedger) -> None:
    names = ["slug", "first_seen", "first_seen_earliest", "first_seen_latest"]
    agrees(GOLDEN / "awkward-spans.csv", written(awkward, named("csv"), columns=names))


def workbook(ledger: WritableLedger, path: Path) -> Path:
    save = named("xlsx").save
    assert save is not None
    about = (("Deals", "7 of 7"), ("Ledger", "=awkward.db"))
    assert save(path, Contents(lambda table: ledger.table(table, BY_ID), about=about)) == []
    return path


def cells(path: Path) -> dict[str, list[list[Any]]]:
    """Every cell of every sheet that is not empty: where it is, its type, its format and what it holds."""
    book = load_workbook(path)
    return {
        sheet.title: [
            [cell.coordinate, cell.data_type, cell.number_format, cell.value, cell.hyperlink and cell.hyperlink.target]
            for row in sheet
            for cell in row
            if cell.value is not None
        ]
        for sheet in book
    }


def test_a_workbook_holds_what_the_golden_one_holds(awkward: WritableLedger, tmp_path: Path) -> None:
    made, kept = workbook(awkward, tmp_path / "made.xlsx"), GOLDEN / "awkward.xlsx"
    if os.environ.get("DEALTRACK_GOLDEN") == "write":
        kept.write_bytes(made.read_bytes())
    assert cells(made) == cells(kept)


def test_the_same_deals_make_the_same_workbook_to_the_byte(awkward: WritableLedger, tmp_path: Path) -> None:
    first, again = (workbook(awkward, tmp_path / f"{name}.xlsx").read_bytes() for name in ("first", "again"))
    assert first == again


def test_every_format_has_a_golden_file() -> None:
    files = {format_.suffix for format_ in FORMATS if format_.write or format_.save}
    assert files <= {path.suffix for path in GOLDEN.iterdir()}
