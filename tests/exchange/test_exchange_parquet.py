"""Parquet, read back by pyarrow: the rows and cells of CSV, in proper types."""

import csv
import io
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from console import environment
from pyarrow.parquet import ParquetFile, read_table

from dealtrack.cli.app import run
from dealtrack.domain.columns import TABLES, Table
from dealtrack.domain.query import Query, Worth
from dealtrack.exchange import parquet
from dealtrack.exchange.formats import Contents, named
from dealtrack.exchange.record import columns_of, records, spanned
from dealtrack.ledger.writing import WritableLedger

GOLDEN = Path(__file__).parent / "golden" / "awkward.parquet"
BY_ID = Query(sort=(("id", False),))


def saved(
    ledger: WritableLedger, path: Path, table: Table = "deals", columns: Sequence[str] | None = None,
    query: Query = BY_ID,
) -> Path:  # fmt: skip
    save = named("parquet").save
    assert save is not None
    about = (("Deals", "7 of 7"), ("Ledger", "=awkward.db"))
    assert save(path, Contents(lambda table: ledger.table(table, query), table, columns, about)) == []
    return path


def as_flat(cell: Any) -> Any:
    """What a flat file has in the place of a typed cell; decimals are compared as numbers."""
    match cell:
        case bool():
            return "yes" if cell else "no"
        case list():
            return "; ".join(cell) or None
        case datetime():
            return cell.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        case date():
            return cell.isoformat()
        case _:
            return cell


def test_awkward_deals_are_written_as_in_the_golden_file(awkward: WritableLedger, tmp_path: Path) -> None:
    made = saved(awkward, tmp_path / "made.parquet")
    if os.environ.get("DEALTRACK_GOLDEN") == "write":
        GOLDEN.write_bytes(made.read_bytes())
    ours, kept = read_table(made), read_table(GOLDEN)
    assert ours.schema.equals(kept.schema, check_metadata=True)
    assert ours.to_pylist() == kept.to_pylist()


@pytest.mark.parametrize("table", TABLES)
def test_every_cell_says_what_the_flat_file_says(
    table: Table, awkward: WritableLedger, sampled: WritableLedger, tmp_path: Path
) -> None:
    for ledger in (awkward, sampled):
        columns = columns_of(table, spanned(table, None))
        flat = list(records(ledger.table(table, BY_ID), columns))
        found = read_table(saved(ledger, tmp_path / "made.parquet", table)).to_pylist()
        assert len(found) == len(flat) > 0
        for typed, cells in zip(found, flat, strict=True):
            assert list(typed) == [column.name for column in columns]
            for ours, theirs in zip(map(as_flat, typed.values()), cells, strict=True):
                assert ours == (Decimal(theirs) if isinstance(ours, Decimal) and isinstance(theirs, str) else theirs)


def test_cells_have_proper_types(awkward: WritableLedger, tmp_path: Path) -> None:
    schema = read_table(saved(awkward, tmp_path / "made.parquet")).schema
    expected = {
        "id": pa.int64(), "title": pa.string(), "began_as_rumor": pa.bool_(), "sectors": pa.list_(pa.string()),
        "buyer": pa.list_(pa.string()), "first_seen": pa.string(), "first_seen_earliest": pa.date32(),
        "first_seen_latest": pa.date32(), "value_low": pa.decimal128(23, 4), "value_usd_high": pa.decimal128(21, 2),
        "stake_low": pa.decimal128(9, 4), "created": pa.timestamp("ms", tz="UTC"),
    }  # fmt: skip
    assert {name: schema.field(name).type for name in expected} == {
        name: pa.list_(pa.field("element", pa.string())) if pa.types.is_list(kind) else kind
        for name, kind in expected.items()
    }


def test_amounts_are_in_units_of_their_currency_whatever_its_digits(awkward: WritableLedger, tmp_path: Path) -> None:
    rows = read_table(saved(awkward, tmp_path / "made.parquet")).to_pylist()
    amounts = {row["slug"]: (row["value_low"], row["value_high"]) for row in rows}
    assert amounts["mitsubishi-astra-2025"] == (Decimal(5_000_000_000), Decimal(5_000_000_000))
    assert amounts["plus-astra-2026"] == (Decimal("5.125"), Decimal("5.125"))
    assert amounts["arabsat-astra-2025"] == (Decimal("100000000.50"), None)


def test_values_in_another_money_come_with_rate_and_day(awkward: WritableLedger, tmp_path: Path) -> None:
    columns = ["slug", "value_in_currency", "value_in_low", "value_in_rate", "value_in_rate_date"]
    made = saved(awkward, tmp_path / "made.parquet", columns=columns, query=BY_ID._replace(worth=Worth("EUR")))
    (one,) = [row for row in read_table(made).to_pylist() if row["slug"] == "quote-astra-2025"]
    assert one["value_in_currency"] == "EUR"
    assert isinstance(one["value_in_low"], Decimal)
    assert one["value_in_rate_date"] == date(2025, 5, 27)


def test_rows_are_written_in_groups(sampled: WritableLedger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_GROUP", 100)
    with ParquetFile(saved(sampled, tmp_path / "made.parquet")) as file:
        groups = [file.metadata.row_group(at).num_rows for at in range(file.metadata.num_row_groups)]
        assert groups == [100, 100, 100, 5]


def test_nothing_found_is_a_file_of_columns_only(awkward: WritableLedger, tmp_path: Path) -> None:
    found = read_table(saved(awkward, tmp_path / "made.parquet", query=Query(words=("nowhere",))))
    assert (found.num_rows, found.column_names[0]) == (0, "id")


@pytest.fixture
def exporting(sampled: WritableLedger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """The command in a folder of its own, on the sample."""
    monkeypatch.chdir(tmp_path)
    return lambda *words: run([*words, "-l", str(sampled.path)])


def read_csv(path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(Path(path).read_text(encoding="utf-8"))))


def test_the_command_finds_the_same_deals_in_the_same_order(exporting: Callable[..., int]) -> None:
    words = ("--sector", "launch", "--sort", "-value", "--columns", "slug,since,value,sectors", "--spans")
    assert exporting("export", *words, "-o", "deals.csv") == 0
    assert exporting("list", *words[:-1], "-o", "deals.parquet") == 0
    found, flat = read_table("deals.parquet"), read_csv("deals.csv")
    assert found.column_names == list(flat[0])
    assert found.column("slug").to_pylist() == [row["slug"] for row in flat]
    assert found.schema.metadata[b"Filters"].startswith(b"sector")


def test_the_command_writes_the_other_tables_and_refuses_what_is_for_text(
    exporting: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert exporting("export", "parquet", "--events", "--status", "agreed", "-o", "events.parquet") == 0
    assert exporting("export", "csv", "--events", "--status", "agreed", "-o", "events.csv") == 0
    assert read_table("events.parquet").num_rows == len(read_csv("events.csv")) > 0
    capsys.readouterr()
    assert exporting("export", "parquet", "--excel", "-o", "excel.parquet") == 2
    assert capsys.readouterr().err == (
        "error: --excel is for csv and tsv, not for parquet\nhint:  leave it out, or name csv\n"
    )
    assert exporting("export", "parquet", "-o", "events.parquet") == 2
    assert "is there already" in capsys.readouterr().err


def test_a_missing_library_is_named_with_what_to_type(sampled: WritableLedger, tmp_path: Path) -> None:
    hide = "import sys; sys.modules['pyarrow'] = None; from dealtrack.cli.app import run; sys.exit(run(sys.argv[1:]))"
    words = ("export", "parquet", "-l", str(sampled.path), "-o", "deals.parquet")
    went = subprocess.run(
        [sys.executable, "-c", hide, *words],
        env=environment(tmp_path), cwd=tmp_path, check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert went.returncode == 1
    assert went.stderr.splitlines() == [
        "error: parquet needs pyarrow, which is not installed",
        "hint:  pip install 'dealtrack[parquet]'",
    ]
    assert not list(tmp_path.glob("*parquet*"))
