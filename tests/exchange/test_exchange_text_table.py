"""Text files as tables: whatever country saved them, and whatever is broken in them."""

from pathlib import Path

import pytest

from dealtrack.domain.problem import Misuse
from dealtrack.exchange.row import RawRow, RowError
from dealtrack.exchange.tables import BadFile, Table
from dealtrack.exchange.text_table import text_table


def table(folder: Path, text: str | bytes, encoding: str | None = None) -> Table:
    path = folder / "a.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return text_table(path, "a.csv", encoding)


def rows(folder: Path, text: str | bytes, encoding: str | None = None) -> list[tuple[int, dict[str, str] | str]]:
    found = table(folder, text, encoding).rows
    return [(row.place.line, row.cells if isinstance(row, RawRow) else row.what) for row in found]


class TestWhateverCountry:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    def test_the_header_tells_what_parts_cells(self, tmp_path: Path, delimiter: str) -> None:
        text = f'a{delimiter}"b, c; d|"\r\n1{delimiter}"2,3;4|5"\r\n'
        assert rows(tmp_path, text) == [(2, {"a": "1", "b, c; d|": "2,3;4|5"})]

    @pytest.mark.parametrize("said", ["sep=;", "sep=\t", "SEP=|"])
    def test_or_a_first_line_of_excel_says_it(self, tmp_path: Path, said: str) -> None:
        mark = said[-1]
        assert rows(tmp_path, f"{said}\na, b{mark}c\n1{mark}2\n") == [(3, {"a, b": "1", "c": "2"})]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    def test_with_or_without_a_byte_order_mark(self, tmp_path: Path, encoding: str) -> None:
        assert rows(tmp_path, "näme;b\nÆ;✓\n".encode(encoding)) == [(2, {"näme": "Æ", "b": "✓"})]

    def test_any_other_encoding_is_asked_for(self, tmp_path: Path) -> None:
        text = "a,b\nx,y\nCafé,1\n".encode("cp1252")
        with pytest.raises(BadFile, match=r"a\.csv:3: not UTF-8 text") as told:
            rows(tmp_path, text)
        assert "--encoding cp1252" in told.value.hint
        assert rows(tmp_path, text, "cp1252")[1] == (3, {"a": "Café", "b": "1"})
        assert rows(tmp_path, "a,b\nx,y\n".encode("utf-16-le"), "utf-16-le") == [(2, {"a": "x", "b": "y"})]

    def test_an_encoding_that_there_is_not_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(Misuse, match='no encoding is called "klingon"'):
            table(tmp_path, "a,b\n", "klingon")


class TestBroken:
    def test_rows_may_be_short_or_have_empty_cells_too_many(self, tmp_path: Path) -> None:
        text = "a,b,c\n1\n1,2,3,,\n,,\n\n   \n1,2,3,4\n"
        assert rows(tmp_path, text) == [
            (2, {"a": "1", "b": "", "c": ""}),
            (3, {"a": "1", "b": "2", "c": "3"}),
            (6, {"a": "   ", "b": "", "c": ""}),
            (7, "4 cells where 3 are expected"),
        ]

    def test_a_cell_below_no_name_is_told(self, tmp_path: Path) -> None:
        text = "a,,b\n1,,2\n1,x,2\n"
        assert rows(tmp_path, text) == [(2, {"a": "1", "b": "2"}), (3, "cell 2 stands in a column without a name")]

    def test_lines_are_counted_as_an_editor_counts_them(self, tmp_path: Path) -> None:
        assert rows(tmp_path, 'a,b\n"one\ntwo",2\n3,4\n') == [
            (2, {"a": "one\ntwo", "b": "2"}),
            (4, {"a": "3", "b": "4"}),
        ]

    @pytest.mark.parametrize(
        ("text", "what"),
        [
            (b"", "a.csv:1: there is no header"),
            (b"\n\n", "a.csv:1: there is no header"),
            (b"a,b,a\n", 'a.csv:1: column "a" occurs twice'),
            (b'a,b\n1,"2\n3,4\n', "a.csv:2: unexpected end of data"),
            (b'a,b\n1,2\n"x"y,2\n', "a.csv:3: ',' expected after '\"'"),
            (b"a,b\n" + b"1," * 2_000 + b"\n", "a.csv:2: more than 1,000 cells"),
            (b"a,b\n" + b" " * 2_000 + b"\n1,2\0\n", "a.csv:3: the line holds a NUL byte"),
            (b"a,b\n1,\0\n", '"a.csv" is no text'),
        ],
    )
    def test_what_cannot_be_read_names_its_line(self, tmp_path: Path, text: bytes, what: str) -> None:
        with pytest.raises(BadFile) as told:
            rows(tmp_path, text)
        assert what in told.value.what

    def test_an_endless_cell_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(BadFile, match="field larger than field limit"):
            rows(tmp_path, b'a,b\n1,"' + b"x" * (17 * 1024**2))

    def test_what_is_left_of_a_row_error_is_the_row(self, tmp_path: Path) -> None:
        (row,) = table(tmp_path, "a,b\n1,2,3\n").rows
        assert isinstance(row, RowError)
        assert row.cells == ("1", "2", "3")
