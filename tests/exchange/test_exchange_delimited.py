"""Deals in files for spreadsheets and programs: lines, quotes, guarded formulas, objects."""

import csv
import io
import json
from typing import Any

import pytest

from dealtrack.domain.columns import TABLES
from dealtrack.domain.query import Query
from dealtrack.exchange.delimited import lines
from dealtrack.exchange.formats import FORMATS, NAMES, UnknownFormat, named
from dealtrack.exchange.record import EXPANDS, FIELDS, columns_of
from dealtrack.ledger.writing import WritableLedger

BY_ID = Query(sort=(("id", False),))

USUAL = [column.name for column in TABLES["deals"]]
DELIMITERS = [("csv", ","), ("tsv", "\t")]


def written(ledger: WritableLedger, name: str, columns: list[str] | None = None) -> str:
    write = named(name).write
    assert write is not None
    return "".join(write(ledger.select(BY_ID), columns))


def lined(delimiter: str, **row: Any) -> str:
    """A row with those cells as a file of their columns."""
    names = [name for name in row if name in FIELDS]
    return "".join(lines([row], columns_of("deals", names), delimiter))


def read(text: str, delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


@pytest.mark.parametrize(("name", "delimiter"), DELIMITERS)
def test_every_line_reads_back_with_a_cell_for_every_column(awkward: WritableLedger, name: str, delimiter: str) -> None:
    header, *rows = read(written(awkward, name), delimiter)
    assert header == USUAL
    assert [len(row) for row in rows] == [len(USUAL)] * 7
    assert [row[0] for row in rows] == ["1", "2", "3", "4", "5", "6", "7"]


@pytest.mark.parametrize(("name", "delimiter"), DELIMITERS)
def test_every_deal_of_the_sample_is_one_row(sampled: WritableLedger, name: str, delimiter: str) -> None:
    header, *rows = read(written(sampled, name), delimiter)
    assert {len(row) for row in rows} == {len(header)}
    assert [int(row[0]) for row in rows] == sampled.ids(BY_ID)


def test_a_comma_separated_file_keeps_every_character_of_a_text(awkward: WritableLedger) -> None:
    header, *rows = read(written(awkward, "csv"), ",")
    for row, deal in zip(rows, awkward.select(BY_ID), strict=True):
        for name in ("title", "note", "value_text", "stake_text"):
            cell, kept = row[header.index(name)], deal[name] or ""
            assert cell in (kept, f"'{kept}")


def test_a_tab_separated_file_has_a_line_a_deal_and_no_other_tab(awkward: WritableLedger) -> None:
    text = written(awkward, "tsv")
    assert text.endswith("\n")
    assert "\r" not in text
    assert [line.count("\t") for line in text[:-1].split("\n")] == [len(USUAL) - 1] * 8


@pytest.mark.parametrize(("name", "delimiter"), DELIMITERS)
def test_no_text_begins_like_a_formula(awkward: WritableLedger, name: str, delimiter: str) -> None:
    _, *rows = read(written(awkward, name), delimiter)
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


@pytest.mark.parametrize(
    ("text", "as_csv", "as_tsv"),
    [
        ("=1+1", "'=1+1", "'=1+1"),
        ("+1", "'+1", "'+1"),
        ("-1", "'-1", "'-1"),
        ("@A1", "'@A1", "'@A1"),
        ("'=1", "'=1", "'=1"),
        ("1=1", "1=1", "1=1"),
        ("a-b", "a-b", "a-b"),
        ("\t=1+1", "'\t=1+1", "' =1+1"),
        ("\r=1+1", '"\'\r=1+1"', "' =1+1"),
        ("\n=1+1", '"\'\n=1+1"', "' =1+1"),
        ("=a,b", "\"'=a,b\"", "'=a,b"),
        ('="a"', '"\'=""a"""', '"\'=""a"""'),
    ],
)  # fmt: skip
def test_a_text_that_a_spreadsheet_could_run_begins_with_an_apostrophe(text: str, as_csv: str, as_tsv: str) -> None:
    assert lined(",", id=1, title=text) == f"id,title\n1,{as_csv}\n"
    assert lined("\t", id=1, title=text) == f"id\ttitle\n1\t{as_tsv}\n"


def test_a_number_below_zero_is_a_number_and_not_guarded() -> None:
    made = lined(",", id=-5, value_low=-1250, value_digits=2, title="-12.5")
    assert made == "id,value_low,title\n-5,-12.5,'-12.5\n"


def test_a_lone_carriage_return_is_quoted_as_a_new_line_is() -> None:
    made = lined(",", title="a\rb", note="c\nd")
    assert made == 'title,note\n"a\rb","c\nd"\n'
    assert read(made, ",") == [["title", "note"], ["a\rb", "c\nd"]]


def test_what_is_unknown_is_an_empty_cell() -> None:
    assert lined(",", note=None, origins=0, title="") == "note,origins,title\n,0,\n"


def test_without_deals_there_is_a_header_or_an_empty_list() -> None:
    formats = [format_ for format_ in map(named, ("csv", "tsv", "json", "ndjson", "md")) if format_.write]
    assert {one.name: "".join(one.write([], ["id", "value"])) for one in formats if one.write} == {
        "csv": "id,value_currency,value_low,value_high,value_qualifier\n",
        "tsv": "id\tvalue_currency\tvalue_low\tvalue_high\tvalue_qualifier\n",
        "json": "[]\n",
        "ndjson": "",
        "md": "| id | value |\n| ---: | --- |\n",
    }


def test_the_columns_are_the_wanted_ones_in_their_order_each_once(awkward: WritableLedger) -> None:
    made = written(awkward, "csv", ["value", "value_low", "since", "id"])
    assert made.splitlines()[0] == "value_currency,value_low,value_high,value_qualifier,first_seen,id"
    assert made.splitlines()[4] == "JPY,5000000000,5000000000,exact,2025-05-27,4"


def test_an_object_is_a_line_and_the_same_in_an_array(awkward: WritableLedger) -> None:
    array, ndjson = written(awkward, "json"), written(awkward, "ndjson")
    assert json.loads(array) == [json.loads(line) for line in ndjson.split("\n")[:-1]]
    assert [deal["id"] for deal in json.loads(array)] == [1, 2, 3, 4, 5, 6, 7]


def test_an_object_has_the_wanted_keys_only(awkward: WritableLedger) -> None:
    first = written(awkward, "ndjson", ["id", "since", "deal", "usd", "target"]).split("\n")[0]
    assert list(json.loads(first)) == ["id", "first_seen", "parties", "value", "target"]


def test_a_format_that_is_not_written_is_refused_with_those_that_are() -> None:
    with pytest.raises(UnknownFormat) as refused:
        named("xml")
    assert (refused.value.what, refused.value.hint) == (
        'there is no format "xml"', f"formats are {', '.join(NAMES)}"
    )  # fmt: skip
    # Ledgers have always been called .db.
    assert [format_.suffix for format_ in FORMATS] == [f".{name}".replace(".sqlite", ".db") for name in NAMES]


def test_a_column_of_the_screen_expands_into_columns_of_the_file() -> None:
    assert {name for names in EXPANDS.values() for name in names} <= set(FIELDS)
