"""However rows are ordered, parted into files or repeated, the ledger that comes of them is the same."""

import csv
import io
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from imports import bring, counts, csv_file, deal_track
from ledger.conftest import EXAMPLES

# Rows, and the same parted into files.
Parted = tuple[list[str], list[list[str]]]

HEADER = "slug,kind,buyer,target,on,status,value,source"

_NAMES = ("Rocket Lab", "Geost", "Acme Optics", "Redwire", "Ünïted Sätellites", "=cmd")
_ROW = st.tuples(
    st.sampled_from(("acquisition", "equity-stake")),
    st.sampled_from(_NAMES),
    st.sampled_from(_NAMES),
    st.sampled_from(("2024-03-01", "2024-03", "2025-22", "2025")),
    st.sampled_from(("rumored", "agreed", "completed")),
    st.sampled_from(("", "275M", "~EUR 40M", "1bn..2bn", "undisclosed")),
    st.sampled_from(("", "https://example.com/a", "https://example.com/b")),
).filter(lambda row: row[1] != row[2])


@st.composite
def _files(draw: st.DrawFn, *, named: bool) -> Parted:
    """Rows, and the same in another order, parted into files that may overlap."""
    known_by = {"unique_by": lambda row: row[:4]} if not named else {}
    told = draw(st.lists(_ROW, min_size=1, max_size=6, **known_by))  # type: ignore[arg-type]  # what is unique, if anything
    rows = [_line((f"deal-{at}" if named else "", *row)) for at, row in enumerate(told)]
    shuffled = draw(st.permutations(rows))
    cut = draw(st.integers(0, len(rows)))
    again = draw(st.lists(st.sampled_from(rows), max_size=3))
    return rows, [part for part in (shuffled[:cut], shuffled[cut:] + again, again) if part]


def _line(cells: tuple[str, ...]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="").writerow(cells)
    return buffer.getvalue()


_fresh = count()


def _ledger(folder: Path, files: list[list[str]], *, at_once: bool = False) -> list[dict[str, str]]:
    """The deals that come of the files, whatever their numbers are and when they came."""
    desk = folder / str(next(_fresh))
    desk.mkdir()
    names = [csv_file(desk, f"{at}.csv", HEADER, rows) for at, rows in enumerate(files)]
    for some in [names] if at_once else [[name] for name in names]:
        plan = bring(desk, *some)
        assert set(counts(plan)) <= {"new", "unchanged"}, plan
    rows = csv.DictReader(io.StringIO(deal_track(desk, "export", "csv").out))
    untold = ("id", "slug", "created", "updated")
    return sorted(({k: v for k, v in row.items() if k not in untold} for row in rows), key=str)


@EXAMPLES
@given(_files(named=True))
def test_rows_with_an_id(tmp_path_factory: pytest.TempPathFactory, told: Parted) -> None:
    _same_ledger(tmp_path_factory.mktemp("laws"), *told)


@EXAMPLES
@given(_files(named=False))
def test_rows_without_one(tmp_path_factory: pytest.TempPathFactory, told: Parted) -> None:
    _same_ledger(tmp_path_factory.mktemp("laws"), *told)


def _same_ledger(folder: Path, rows: list[str], parted: list[list[str]]) -> None:
    expected = _ledger(folder, [rows])
    assert _ledger(folder, parted) == expected
    assert _ledger(folder, parted, at_once=True) == expected
