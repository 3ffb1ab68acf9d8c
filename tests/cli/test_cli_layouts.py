"""Files of other publishers, imported: each example's plan, what the ledger holds of it, and maps of one's own."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
from imports import bring, counts, csv_file, deal_track, dump
from openpyxl import Workbook

from dealtrack.cli.topics import TOPICS
from dealtrack.exchange.recognising import shipped

EXAMPLES = Path(__file__).parents[1] / "exchange" / "layouts"
# What is imported together, by the name of its plan.
TOGETHER = {
    "crunchbase-acquisitions": ("crunchbase-acquisitions.csv",),
    "crunchbase-rounds": ("crunchbase-investments.csv", "crunchbase-rounds.csv"),
    "crunchbase-web-acquisitions": ("crunchbase-web-acquisitions.csv",),
    "crunchbase-web-rounds": ("crunchbase-web-rounds.csv",),
    "pitchbook": ("pitchbook.csv",),
    "pitchbook-data": ("pitchbook-data.dat", "pitchbook-data-investors.dat", "pitchbook-data-sellers.dat"),
    "sdc": ("sdc.csv",),
    "sdc-platinum": ("sdc-platinum.csv",),
    "zephyr": ("zephyr.csv",),
}


def examples(folder: Path, name: str) -> list[str]:
    for file in TOGETHER[name]:
        shutil.copy(EXAMPLES / file, folder)
    return list(TOGETHER[name])


def begun(folder: Path) -> None:
    """A ledger in the folder that knows one deal, of which several examples tell too."""
    row = "acquisition,Rocket Lab,Geost,2025-05-27,agreed,275M"
    bring(folder, csv_file(folder, "ours.csv", "kind,buyer,target,on,status,value", (row,)))


@pytest.mark.parametrize("name", TOGETHER)
def test_an_example_has_its_plan(name: str, tmp_path: Path) -> None:
    """DEALTRACK_GOLDEN=write in the environment writes the plans anew."""
    begun(tmp_path)
    told = deal_track(tmp_path, "import", *examples(tmp_path, name), "--new-company", "--dry-run")
    plan = told.out + told.err
    golden = EXAMPLES / f"{name}.plan"
    if os.environ.get("DEALTRACK_GOLDEN") == "write":
        golden.write_text(plan, encoding="utf-8")
    assert plan == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", TOGETHER)
def test_a_second_time_changes_nothing_and_check_finds_no_fault(name: str, tmp_path: Path) -> None:
    files = examples(tmp_path, name)
    bring(tmp_path, *files)
    before = dump(tmp_path)
    again = bring(tmp_path, *reversed(files))
    assert set(counts(again)) <= {"unchanged", "error"}
    assert dump(tmp_path) == before
    assert "fault" not in deal_track(tmp_path, "check").out.replace("0 faults", "")


def test_what_is_assumed_is_doubted_and_what_is_estimated_is_about(tmp_path: Path) -> None:
    bring(tmp_path, *examples(tmp_path, "zephyr"))
    assert "completed  [1] F4" in deal_track(tmp_path, "show", "edge-autonomy").out
    bring(tmp_path, *examples(tmp_path, "pitchbook"))
    assert "~USD 150M" in deal_track(tmp_path, "list", "--target", "mynaric", "-O", "table").out


def test_a_map_is_drafted_mended_and_used(tmp_path: Path) -> None:
    begun(tmp_path)
    row = "7,Orbex,The Exploration Company,25/11/2025,Signed,12.5"
    csv_file(tmp_path, "theirs.csv", "Ref,Company,Bidder,Signed on,Stand,Size (EUR mil)", (row,))
    told = deal_track(tmp_path, "import", "theirs.csv", "--dry-run")
    assert told.code == 2
    assert "no layout has these columns" in told.err
    assert "import --suggest FILE > map.toml" in told.err
    drafted = deal_track(tmp_path, "import", "--suggest", "theirs.csv")
    assert drafted.code == 0
    mended = drafted.out.replace("[status.words]", '[status.words]\n"Signed" = "agreed"')
    (tmp_path / "map.toml").write_text(mended, encoding="utf-8")
    plan = bring(tmp_path, "theirs.csv", "--map", "map.toml")
    assert counts(plan) == {"new": 1}
    assert "EUR 12.5M" in deal_track(tmp_path, "list", "-O", "table").out


# What stands above the names of the columns: a title, when it was made, nothing, and what groups of columns are called.
ABOVE = (("Deal-Liste 2025",), ("Stand: 17. Juli 2025",), (), ("Beteiligte", "", "", "Transaktion", "", "Geld"))
GERMAN = (
    ("Lfd. Nr.", "Käufer", "Zielunternehmen", "Datum der Ankündigung", "Status", "Wert (Mio. €)"),
    ("1", "Rocket Lab", "Geost", "27. Mai 2025", "abgeschlossen", "275,5"),
    ("2", "Airbus", "OHB", "3. März 2025", "angekündigt", "1.200,0"),
)
OWN = (
    ("kind", "buyer", "target", "on", "status", "value"),
    ("acquisition", "Rocket Lab", "Geost", "27. Mai 2025", "agreed", "275M"),
    ("acquisition", "Airbus", "OHB", "03/04/2025", "agreed", ""),
)


def _saved(folder: Path, rows: Iterable[tuple[str, ...]], form: str) -> str:
    name = f"list.{form}"
    if form == "csv":
        lines = "".join(";".join((*row, *[""] * (6 - len(row)))) + "\r\n" for row in rows)
        (folder / name).write_text(lines, encoding="utf-8-sig", newline="")
    else:
        book = Workbook()
        sheet = book.create_sheet("Deals", 0)
        for row in rows:
            sheet.append(row)
        sheet.merge_cells("A1:F1")
        sheet.merge_cells("A4:C4")
        book.save(folder / name)
    return name


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_header_is_found_below_a_title_and_names_of_groups(form: str, tmp_path: Path) -> None:
    begun(tmp_path)
    drafted = deal_track(tmp_path, "import", "--suggest", _saved(tmp_path, (*ABOVE, *GERMAN), form))
    (tmp_path / "map.toml").write_text(drafted.out, encoding="utf-8")
    plan = bring(tmp_path, f"list.{form}", "--map", "map.toml")
    assert counts(plan) == {"new": 1, "duplicate": 1}
    assert any(remark.endswith("passed over 3 lines above the header") for remark in plan["remarks"])
    assert "EUR 1.2bn" in deal_track(tmp_path, "list", "-O", "table").out
    assert deal_track(tmp_path, "import", f"list.{form}", "--yes").err.startswith(f"error: list.{form}")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_columns_of_ours_are_found_there_too_and_lines_keep_their_numbers(form: str, tmp_path: Path) -> None:
    plan = bring(tmp_path, _saved(tmp_path, (*ABOVE, *OWN), form))
    assert counts(plan) == {"new": 1, "error": 1}
    assert [step["line"] for step in plan["steps"]] == [6, 7]
    rejected = (tmp_path / f"list.{form}.rejected.csv").read_text(encoding="utf-8")
    assert rejected.startswith("reason,same_as,kind,buyer,target,on,status,value\n")
    assert "could be 3 April or 4 March" in rejected


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("zephyr.csv", "--map", "sdc"), 'zephyr.csv has no column "Date Announced", which the map "sdc" names'),
        (("zephyr.csv", "--map", "zefyr"), 'there is no map called "zefyr"'),
        (("zephyr.csv", "--map", "bad.toml"), 'bad.toml:2: there is no "deals" in a mapping file'),
        (("--suggest",), "nothing is named to be imported"),
        (("zephyr.csv", "zephyr.csv", "--suggest"), "a map is drafted of one file"),
    ],
)
def test_what_cannot_be_mapped_is_told(words: tuple[str, ...], what: str, tmp_path: Path) -> None:
    begun(tmp_path)
    before = dump(tmp_path)
    examples(tmp_path, "zephyr")
    (tmp_path / "bad.toml").write_text('title = "x"\n[deals]\n', encoding="utf-8")
    told = deal_track(tmp_path, "import", *words, "--yes")
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith(f"error: {what}")
    assert dump(tmp_path) == before


def test_what_adds_to_other_files_wants_them(tmp_path: Path) -> None:
    examples(tmp_path, "crunchbase-rounds")
    plan = bring(tmp_path, "crunchbase-investments.csv")
    assert counts(plan) == {"error": 4}
    assert {step["hint"] for step in plan["steps"]} == {
        "import the file of deals (crunchbase-rounds) together with this one"
    }


def test_rows_left_out_are_mended_and_imported(tmp_path: Path) -> None:
    examples(tmp_path, "pitchbook")
    bring(tmp_path, "pitchbook.csv")
    left = (tmp_path / "pitchbook.csv.rejected.csv").read_text(encoding="utf-8")
    assert left.count("\n") == 2
    (tmp_path / "mended.csv").write_text(left.replace(",Grant,", ",PIPE,"), encoding="utf-8")
    assert counts(bring(tmp_path, "mended.csv")) == {"new": 1}


def test_help_names_every_layout() -> None:
    assert all(layout.name in TOPICS["mapping"] for layout in shipped())
