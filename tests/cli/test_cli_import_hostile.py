"""Files that mean harm, or are broken: the ledger is what it was, and what is told is one line and a hint."""

import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import run

import pytest
from console import environment
from imports import bring, counts, csv_file, deal_track, dump

HEADER = "kind,buyer,target,on,status,value"
GOOD = "acquisition,Rocket Lab,Geost,2025-05-27,agreed,275M"

WHOLE = {
    "header only.csv": HEADER.encode(),
    "no header.csv": b"",
    "twice.csv": b"kind,kind,buyer\n",
    "open quote.csv": f'{HEADER}\n{GOOD}\nacquisition,"Rocket'.encode(),
    "nul.csv": f"{HEADER}\n{GOOD}\n\0".encode(),
    "latin.csv": f"{HEADER}\n{GOOD}\nacquisition,Caf\xe9,Geost,2025,agreed,1M\n".encode("latin-1"),
    "picture.csv": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "broken.xlsx": b"PK\x03\x04 and no more",
    "old.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2_000,
    "deep.json": b"[" * 50_000,
    "open.json": b'[{"kind": "acquisition"',
    "number.json": b"17",
    "broken.ndjson": b'{"kind": "acquisition"}\n{"kind": \n',
    "other.csv": b"name,phone\nAda,555\n",
}

ROWS = {
    "formula": ("acquisition,=cmd|'/c calc'!A1,@SUM(1),2025-05-27,agreed,1M", None),
    "escape": ("acquisition,\x1b[31mRed,\u202eGeost,2025-05-27,agreed,1M", None),
    "markup": ("acquisition,[/x] :rocket:,<script>,2025-05-27,agreed,1M", None),
    "sql": ("acquisition,'); DROP TABLE deal;--,Geost,2025-05-27,agreed,1M", None),
    "no kind": (",Rocket Lab,Geost,2025-05-27,agreed,1M", "a deal needs a kind"),
    "no party": ("acquisition,,,2025-05-27,agreed,1M", "a deal needs parties"),
    "no date": ("acquisition,A,B,,agreed,1M", "needs a date"),
    "two readings": ("acquisition,A,B,03/04/2025,agreed,1M", "could be 3 April or 4 March 2025"),
    "future": ("acquisition,A,B,2031,agreed,1M", "lies in the future"),
    "year": ("acquisition,A,B,0001-01-01,agreed,1M", "0001-01-01"),
    "amount": ("acquisition,A,B,2025,agreed,-5M", "is below zero"),
    "digits": (f"acquisition,A,B,2025,agreed,{'9' * 5_000}", "too long to be read"),
    "status": ("acquisition,A,B,2025,agred,1M", 'unknown status "agred"'),
    "long": (f"acquisition,{'A' * 3_000_000},B,2025,agreed,1M", "the text has 3,000,000 characters"),
    "same twice": ("acquisition,A;A,B,2025,agreed,1M", None),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    bring(tmp_path, csv_file(tmp_path, "good.csv", HEADER, (GOOD,)))
    return tmp_path


@pytest.mark.parametrize("name", WHOLE)
def test_a_broken_file_leaves_the_ledger_as_it_was(folder: Path, name: str) -> None:
    (folder / name).write_bytes(WHOLE[name])
    before = dump(folder)
    told = deal_track(folder, "import", name, "--yes", "--new-company")
    assert dump(folder) == before
    if name != "header only.csv":
        assert told.code == 2
        error, hint = told.err.splitlines()
        assert error.startswith("error: ")
        assert hint.startswith("hint:  ")
        assert name in error


@pytest.mark.parametrize("name", ROWS)
def test_a_row_is_right_or_left_out_with_its_reason(folder: Path, name: str) -> None:
    row, what = ROWS[name]
    plan = bring(folder, csv_file(folder, "rows.csv", HEADER, (row, GOOD)))
    if what is None:
        assert counts(plan) == {"new": 1, "unchanged": 1}
    else:
        assert counts(plan) == {"error": 1, "unchanged": 1}
        assert what in next(step["reason"] for step in plan["steps"] if step["verdict"] == "error")
        assert (folder / "rows.csv.rejected.csv").read_text(encoding="utf-8").count("\n") >= 2
    shown = deal_track(folder, "import", "rows.csv", "--dry-run").out + deal_track(folder, "export", "csv").out
    assert "\x1b" not in shown.replace("\x1b[31mRed", "")
    assert not any(cell.startswith(("=", "@")) for cell in shown.split(","))
    assert "0 faults" in deal_track(folder, "check").out


def test_half_of_a_character_is_no_name(folder: Path) -> None:
    row = (
        '{"kind": "acquisition", "buyer": "A", "target": "\\ud800", "on": "2025", "status": "agreed", "\\udfff": ""}\n'
    )
    (folder / "torn.ndjson").write_text(row * 2, encoding="ascii")
    plan = bring(folder, "torn.ndjson")
    assert counts(plan) == {"error": 2}
    assert {(step["column"], step["reason"]) for step in plan["steps"]} == {
        ("target", "the cell holds half of a character")
    }
    assert "acquisition,A,?,2025" in (folder / "torn.ndjson.rejected.csv").read_text(encoding="utf-8")


def test_a_zip_bomb_and_a_folder_of_nothing_are_told(folder: Path) -> None:
    with zipfile.ZipFile(folder / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * (100 * 1024**2))
    told = deal_track(folder, "import", "bomb.xlsx", "--yes")
    assert (told.code, told.out) == (2, "")
    assert "unpacks to" in told.err


def test_two_importers_at_once_both_come_to_an_end(folder: Path) -> None:
    rows = [f"acquisition,Rocket Lab,Target {at},2025-05-27,agreed,{at + 1}M" for at in range(200)]
    names = [csv_file(folder, f"{at}.csv", HEADER, rows[at * 50 : at * 50 + 100]) for at in range(3)]

    def bring_in(name: str) -> int:
        words = [sys.executable, "-m", "dealtrack", "import", name, "--yes", "--new-company", "-l", "deals.db"]
        return run(words, cwd=folder, env=environment(folder), check=False, capture_output=True).returncode

    with ThreadPoolExecutor() as pool:
        assert list(pool.map(bring_in, names)) == [0, 0, 0]
    assert len(dump(folder)["deal"]) == 201
    assert "0 faults" in deal_track(folder, "check").out
