"""A table of the ledger as a Parquet file: cells of proper types, written in row groups of bounded size."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
from pyarrow.parquet import ParquetWriter

from dealtrack.domain.columns import Column, Sort
from dealtrack.domain.figures import DealRow
from dealtrack.exchange.formats import Contents
from dealtrack.exchange.record import columns_of, parties_of, reader, spanned, typed

# So many rows are held in memory.
_GROUP = 10_000


class _Kind(NamedTuple):
    """The type of a column's cells, and how a cell is read off a row."""

    type: Any
    read: Callable[[Column], Callable[[DealRow], Any]]


def _read_as(make: Callable[[Any], Any]) -> Callable[[Column], Callable[[DealRow], Any]]:
    """Reads the cells of a flat file, and makes what is known of them."""

    def reads(column: Column) -> Callable[[DealRow], Any]:
        read = reader(column)
        return lambda row: None if (cell := read(row)) is None else make(cell)

    return reads


def _names(column: Column) -> Callable[[DealRow], list[str]]:
    return lambda row: [name for _, name, role in parties_of(row) if role == column.reads]


_TEXT = _Kind(pa.string(), reader)
# An amount is told in units of its currency: no currency has more than four digits (ISO 4217), and a ledger counts
# minor units in 64 bits.
_AMOUNT = _Kind(pa.decimal128(23, 4), _read_as(Decimal))
_HUNDREDTHS = _Kind(pa.decimal128(21, 2), _read_as(Decimal))
_DAY = _Kind(pa.date32(), _read_as(date.fromisoformat))
_SEVERAL = pa.list_(pa.string())
_KINDS: dict[Sort, _Kind] = {
    "number": _Kind(pa.int64(), reader),
    "flag": _Kind(pa.bool_(), typed),
    "words": _Kind(_SEVERAL, typed),
    "labels": _Kind(_SEVERAL, typed),
    "names": _Kind(_SEVERAL, _names),
    "day": _DAY,
    "time": _Kind(pa.timestamp("ms", tz="UTC"), _read_as(lambda time: datetime.fromisoformat(time).astimezone(UTC))),
    "money": _AMOUNT,
    "cents": _HUNDREDTHS,
    "worth": _HUNDREDTHS,
    "percent": _Kind(pa.decimal128(9, 4), _read_as(Decimal)),
}
# The day of a rate stands among other facts of it, which are words.
_RATE_DAY = "value_in_rate_date"


def save(path: Path, contents: Contents) -> list[str]:
    """Write the file; what it is made of is told in its metadata.

    Amounts and percentages are exact decimals, several words a list, times UTC. A date that may be uncertain stays
    text (EDTF), with the earliest and the latest day that it may mean beside it as days.
    """
    table = contents.only or "deals"
    columns = columns_of(table, spanned(table, contents.columns))
    kinds = [_DAY if column.name == _RATE_DAY else _KINDS.get(column.sort, _TEXT) for column in columns]
    schema = pa.schema(
        [(column.name, kind.type) for column, kind in zip(columns, kinds, strict=True)], dict(contents.about)
    )
    reads = [kind.read(column) for column, kind in zip(columns, kinds, strict=True)]
    with path.open("wb") as stream, ParquetWriter(stream, schema, compression="zstd") as writer:
        rows = iter(contents.rows(table))
        while group := list(islice(rows, _GROUP)):
            writer.write_batch(_batch(group, schema, reads))
    return []


def _batch(rows: Sequence[DealRow], schema: Any, reads: Sequence[Callable[[DealRow], Any]]) -> Any:
    cells = [pa.array([read(row) for row in rows], kind) for read, kind in zip(reads, schema.types, strict=True)]
    return pa.record_batch(cells, schema=schema)
