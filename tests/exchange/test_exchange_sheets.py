"""Workbooks and objects as tables: what is read of them, and that hostile ones do no harm."""

import io
import json
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook

from dealtrack.domain.problem import Problem
from dealtrack.exchange.files import found
from dealtrack.exchange.row import Number, RawRow, RowError
from dealtrack.exchange.tables import BadFile, Table

Fill = Callable[[Any, Any], None]


def workbook(path: Path, *fills: Fill) -> Path:
    with Workbook(path) as book:
        for fill in fills:
            fill(book, book.add_worksheet())
    return path


def tables(path: Path) -> list[Table]:
    with found(str(path)) as file:
        return [table._replace(rows=iter(list(table.rows))) for table in file.tables()]


def rows(path: Path) -> list[RawRow | RowError]:
    return list(tables(path)[0].rows)


def cells(path: Path) -> list[dict[str, str]]:
    return [row.cells for row in rows(path) if isinstance(row, RawRow)]


def put(*lines: Iterable[object]) -> Fill:
    def fill(_: Any, sheet: Any) -> None:
        for at, line in enumerate(lines):
            sheet.write_row(at, 0, line)

    return fill


class TestCells:
    def test_days_figures_flags_and_texts_are_read_as_files_have_them(self, tmp_path: Path) -> None:
        def fill(book: Any, sheet: Any) -> None:
            sheet.write_row(0, 0, ["a", "b", "c", "d", "e"])
            sheet.write_number(1, 0, 46_000, book.add_format({"num_format": "dd.mm.yyyy"}))
            sheet.write_number(1, 1, 275_000_000.5)
            sheet.write_boolean(1, 2, True)
            sheet.write_rich_string(1, 3, "Rocket ", book.add_format({"bold": True}), "Lab")
            sheet.write_number(1, 4, 46_000.5, book.add_format({"num_format": 22}))

        expected = {"a": "2025-12-09", "b": "275000000.5", "c": "yes", "d": "Rocket Lab", "e": "2025-12-09T12:00:00"}
        assert cells(workbook(tmp_path / "a.xlsx", fill)) == [expected]

    def test_a_percentage_is_read_as_it_is_shown(self, tmp_path: Path) -> None:
        def fill(book: Any, sheet: Any) -> None:
            formats = (9, 10, "0.0%", "0.00 %;[Red]-0.00 %", '0.00" %"', "0.00")
            for at, num_format in enumerate(formats):
                sheet.write_string(0, at, "abcdef"[at])
                sheet.write_number(1, at, 0.305, book.add_format({"num_format": num_format}))

        (found,) = cells(workbook(tmp_path / "a.xlsx", fill))
        assert list(found.values()) == ["30.5%"] * 4 + ["0.305"] * 2
        assert all(isinstance(cell, Number) for cell in found.values())

    def test_a_formula_is_what_it_came_to_and_says_where_it_never_did(self, tmp_path: Path) -> None:
        def fill(_: Any, sheet: Any) -> None:
            sheet.write_row(0, 0, ["a", "b"])
            sheet.write_formula(1, 0, "=1+1", None, 2)
            sheet.write_formula(2, 0, "=1+1", None, "")
            sheet.write_formula(3, 0, "=1/0", None, "#DIV/0!")

        first, second, third = rows(workbook(tmp_path / "a.xlsx", fill))
        assert isinstance(first, RawRow)
        assert first.cells == {"a": "2", "b": ""}
        assert isinstance(second, RowError)
        assert second.what == "cell 1 holds a formula that was never worked out"
        assert isinstance(third, RowError)
        assert str(third).endswith("a.xlsx, sheet Sheet1:4: cell 1 holds the error #DIV/0!")

    def test_merged_cells_are_refused_row_by_row(self, tmp_path: Path) -> None:
        def fill(_: Any, sheet: Any) -> None:
            sheet.write_row(0, 0, ["a", "b"])
            sheet.merge_range(1, 0, 2, 0, "x")
            sheet.write_row(1, 1, ["1"])
            sheet.write_row(2, 1, ["2"])
            sheet.write_row(3, 0, ["y", "3"])

        first, second, third = rows(workbook(tmp_path / "a.xlsx", fill))
        assert isinstance(first, RowError)
        assert isinstance(second, RowError)
        assert first.what == second.what == "cells A2:A3 are merged"
        assert isinstance(third, RawRow)

    def test_a_hidden_sheet_is_left_out_and_says_so(self, tmp_path: Path) -> None:
        def hidden(_: Any, sheet: Any) -> None:
            sheet.write_row(0, 0, ["a"])
            sheet.hide()

        first, second = tables(workbook(tmp_path / "a.xlsx", put(["a"], ["1"]), hidden))
        assert first.why_not == ""
        assert second.why_not == "it is hidden"
        assert list(second.rows) == []

    def test_rows_far_down_and_gaps_are_nothing(self, tmp_path: Path) -> None:
        def fill(_: Any, sheet: Any) -> None:
            sheet.write_row(2, 1, ["a", "b"])
            sheet.write_row(1_048_575, 1, ["1", "2"])

        (row,) = rows(workbook(tmp_path / "a.xlsx", fill))
        assert row.place.line == 1_048_576

    def test_a_sheet_whose_columns_occur_twice_is_left_out(self, tmp_path: Path) -> None:
        (table,) = tables(workbook(tmp_path / "a.xlsx", put(["a", "a"])))
        assert 'sheet Sheet1:1: column "a" occurs twice' in table.why_not


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
ENTITY = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


class TestHostile:
    def altered(self, path: Path, member: str, change: Callable[[bytes], bytes]) -> Path:
        made = io.BytesIO()
        with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
            for entry in old.infolist():
                text = old.read(entry)
                new.writestr(entry.filename, change(text) if entry.filename == member else text)
        path.write_bytes(made.getvalue())
        return path

    @pytest.mark.parametrize("member", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"])
    @pytest.mark.parametrize("declared", [BOMB, ENTITY])
    def test_what_declares_entities_is_refused(self, tmp_path: Path, member: str, declared: str) -> None:
        path = workbook(tmp_path / "a.xlsx", put(["a"], ["x"]))
        self.altered(path, member, lambda text: text.replace(b"?>", b"?>" + declared.encode(), 1))
        with pytest.raises(BadFile, match="declares a document type"):
            tables(path)

    def test_what_unpacks_to_far_more_than_it_is_is_refused(self, tmp_path: Path) -> None:
        path = workbook(tmp_path / "a.xlsx", put(["a"], ["x"]))
        self.altered(path, "xl/sharedStrings.xml", lambda text: text + b" " * (80 * 1024**2))
        with pytest.raises(BadFile, match="unpacks to"):
            tables(path)

    @pytest.mark.parametrize(
        "change",
        [
            lambda text: text[: len(text) // 2],
            lambda text: text.replace(b"<v>0</v>", b"<v>99</v>"),
            lambda text: text.replace(b'r="A2"', b'r="ZZZ2"'),
            lambda text: text.replace(b"<row ", b"<row r='x' ").replace(b"r='x' r=", b"r='x' q="),
            lambda _: b"",
            lambda _: b"\0\0\0",
        ],
    )
    def test_damage_is_one_line(self, tmp_path: Path, change: Callable[[bytes], bytes]) -> None:
        path = workbook(tmp_path / "a.xlsx", put(["a"], ["x"]))
        self.altered(path, "xl/worksheets/sheet1.xml", change)
        with pytest.raises(BadFile):
            tables(path)

    @pytest.mark.parametrize("damage", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"a,b\n1,2\n"])
    def test_what_is_none_is_told(self, tmp_path: Path, damage: bytes) -> None:
        path = tmp_path / "a.xlsx"
        path.write_bytes(damage)
        with pytest.raises(BadFile, match="no workbook of Excel 2007 or later"):
            tables(path)


class TestObjects:
    def test_keys_are_columns_wherever_they_come_first(self, tmp_path: Path) -> None:
        path = tmp_path / "a.json"
        path.write_text('[\n{"a": 1},\n\n{"b": {"c": true}, "a": null}\n]', encoding="utf-8-sig")
        table = tables(path)[0]
        assert table.header == ("a", "b.c")
        assert [(row.place.line, row.cells) for row in table.rows if isinstance(row, RawRow)] == [
            (2, {"a": "1", "b.c": ""}),
            (4, {"a": "", "b.c": "yes"}),
        ]

    def test_an_object_a_line(self, tmp_path: Path) -> None:
        path = tmp_path / "a.ndjson"
        path.write_text('{"a": 1}\n\n{"a": "x"}\n[2]\n', encoding="utf-8")
        first, second, third = rows(path)
        assert (first.place.line, second.place.line, third.place.line) == (1, 3, 4)
        assert isinstance(third, RowError)

    def test_objects_of_the_contract_have_the_columns_of_flat_files(self, tmp_path: Path) -> None:
        whole = {
            "slug": "a-b-2025", "kind": "acquisition", "sectors": ["launch", "satcom"], "events": [{"n": 1}],
            "value": {"text": "USD 5M", "low": "5000000", "event": 1}, "core_space": True,
            "parties": [{"company": "a", "name": "A", "role": "lead-investor"}, {"name": "B", "role": "lead-investor"}],
        }  # fmt: skip
        path = tmp_path / "a.json"
        path.write_text(json.dumps(whole), encoding="utf-8")
        assert cells(path) == [
            {
                "slug": "a-b-2025", "kind": "acquisition", "sectors": "launch; satcom", "value_text": "USD 5M",
                "value_low": "5000000", "core_space": "yes", "lead_investor": "A; B",
            }
        ]  # fmt: skip

    @pytest.mark.parametrize(
        "text",
        ["[", "[1", "[{}", "[{},]", "[] x", "{", '{"a": 1}}', "[" * 100_000, '[{"a": ' + "9" * 5_000 + "}]", "[]"],
    )
    def test_what_is_none_is_told(self, tmp_path: Path, text: str) -> None:
        path = tmp_path / "a.json"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(Problem):
            tables(path)
