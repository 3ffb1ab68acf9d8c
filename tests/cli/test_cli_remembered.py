"""The last report: remembered whole or not at all, by ledger and filters, and a broken file is no obstacle."""

import json
import subprocess
from datetime import date
from pathlib import Path

import pytest
from console import environment

from dealtrack.cli.remembered import NAME, Moment, Remembered

FIRST, SECOND, THIRD = (Moment(change, date(2026, 7, day)) for change, day in ((3, 1), (4, 1), (4, 2)))


def no_remark(line: str) -> None:
    pytest.fail(line)


def compared(folder: Path, now: Moment, filters: str = "none", ledger: str = "deals.db") -> Moment | None:
    """What a report made now is compared with, when it is remembered."""
    path = folder / ledger
    entry = Remembered.beside(folder / "deals.db", no_remark).last(path, filters)
    Remembered.beside(folder / "deals.db", no_remark).remember(path, filters, now)
    return entry.compared_with(now) if entry else None


def test_each_report_is_compared_with_the_one_before_and_the_same_one_with_the_same(tmp_path: Path) -> None:
    told = [compared(tmp_path, now) for now in (FIRST, FIRST, SECOND, SECOND, SECOND, THIRD, THIRD)]
    assert told == [None, None, FIRST, FIRST, FIRST, SECOND, SECOND]


def test_filters_and_ledgers_are_told_apart(tmp_path: Path) -> None:
    compared(tmp_path, FIRST)
    assert compared(tmp_path, SECOND, "--kind acquisition") is None
    assert compared(tmp_path, SECOND, ledger="other.db") is None
    assert compared(tmp_path, SECOND) == FIRST


def test_the_folder_is_made_where_there_is_none(tmp_path: Path) -> None:
    Remembered(tmp_path / "a" / "b" / NAME, no_remark).remember(tmp_path / "x.db", "none", FIRST)
    assert [path.name for path in (tmp_path / "a" / "b").iterdir()] == [NAME]


ENTRY = '{{"x": {{"none": {{"last": {}, "before": null}}}}}}'
BROKEN = (
    "", "{", "[]", "7", '{"x": 1}', '{"x": {"none": 1}}', '{"x": {"none": {"last": null}}}', "\x00\x01", "[" * 100_000,
    *map(ENTRY.format, ("null", "3", '{"change": 1, "day": "soon"}', '{"change": "1", "day": "2026-07-01"}')),
)  # fmt: skip


@pytest.mark.parametrize("text", BROKEN, ids=range(len(BROKEN)))
def test_a_broken_file_is_one_remark_and_is_written_anew(text: str, tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_text(text, encoding="utf-8")
    remarks: list[str] = []
    remembered = Remembered(path, remarks.append)
    assert remarks == [f'"{path}" cannot be read, so no earlier report is known; it is written anew']
    remembered.remember(tmp_path / "deals.db", "none", FIRST)
    assert compared(tmp_path, SECOND) == FIRST


def test_what_cannot_be_written_is_said_and_the_report_is_there(sample: Path, tmp_path: Path) -> None:
    env = environment(tmp_path, DEALTRACK_LEDGER=str(sample))
    folder = tmp_path / "no folder"
    folder.write_text("", encoding="utf-8")
    command = ["dealtrack", "report", "pipeline", "--since", "last-report", "--json", "--today", "2026-07-01"]
    went = subprocess.run(
        command, env=env | {"XDG_DATA_HOME": str(folder)}, capture_output=True, text=True, check=False
    )
    assert json.loads(went.stdout)["report"] == "pipeline"
    assert (went.returncode, went.stderr.splitlines()[0][:20]) == (1, "error: cannot write ")
