"""An export is edited in a spreadsheet and imported: exactly the edited cells change, whatever else the program did."""

import csv
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from imports import bring, counts, csv_file, deal_track, dump

from dealtrack.exchange.own import EXTRA

HEADER = "kind,buyer,target,first_seen,agreed,completed,status,value,began_as_rumor,source"
ROWS = (
    "acquisition,Rocket Lab,Geost,2025-05-27,2025-05-27,,agreed,275M,no,https://example.com/geost",
    "acquisition,Redwire,Edge Autonomy,2024-09,2025-01-20,2025-06-13,completed,925M,yes,https://example.com/edge",
    'equity-stake,,"=Acme; Bolt",2025-22,,,talks,"EUR 40.5M",no,',
)
Cells = dict[str, str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    bring(tmp_path, csv_file(tmp_path, "deals.csv", HEADER, ROWS))
    return tmp_path


def exported(folder: Path, *words: str) -> list[Cells]:
    told = deal_track(folder, "export", "csv", *words)
    return list(csv.DictReader(told.out.splitlines(keepends=True)))


def saved(folder: Path, rows: list[Cells], delimiter: str = ",", encoding: str = "utf-8") -> str:
    path = folder / "edited.csv"
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path.name


def edit(rows: list[Cells], of: str, **cells: str) -> list[Cells]:
    return [row | cells if row["slug"] == of else row for row in rows]


def shown(folder: Path, file: str) -> list[tuple[str, str, str]]:
    """Every cell that the plan would change."""
    steps = deal_track(folder, "import", file, "--dry-run", "--json").plan["steps"]
    assert {step["verdict"] for step in steps} <= {"changed", "unchanged"}, steps
    return [(one["field"], one["before"], one["after"]) for step in steps for one in step["differences"]]


GEOST = "rocket-lab-geost-2025"


class TestNothingTouched:
    def test_changes_nothing(self, folder: Path) -> None:
        file = saved(folder, exported(folder))
        before = dump(folder)
        assert counts(bring(folder, file)) == {"unchanged": 3}
        assert dump(folder) == before

    def test_a_second_time_after_edits_in_other_words_than_are_kept(self, folder: Path) -> None:
        cells = {"tags": "Foo, Bar", "sectors": "Launch; Ground Segment", "status": "Completed"}
        file = saved(folder, edit(exported(folder), GEOST, **cells, completed="12 August 2025"))
        # In the second in which the row was handed out, it is as fresh as the deal.
        time.sleep(1.1)
        assert counts(bring(folder, file)) == {"changed": 1, "unchanged": 2}
        before = dump(folder)
        assert counts(bring(folder, file)) == {"unchanged": 3}
        assert dump(folder) == before

    @pytest.mark.parametrize(("delimiter", "encoding"), [(";", "utf-8-sig"), ("\t", "utf-16"), (",", "utf-8-sig")])
    def test_whatever_the_program_saves_it_as(self, folder: Path, delimiter: str, encoding: str) -> None:
        assert counts(bring(folder, saved(folder, exported(folder), delimiter, encoding))) == {"unchanged": 3}

    def test_with_columns_moved_and_left_out_and_rows_turned_round(self, folder: Path) -> None:
        rows = [
            {name: row[name] for name in reversed(list(row)) if not name.startswith(("stake", "value_usd", "created"))}
            for row in reversed(exported(folder))
        ]
        assert counts(bring(folder, saved(folder, rows))) == {"unchanged": 3}

    def test_with_empty_rows_and_columns_at_the_end(self, folder: Path) -> None:
        file = saved(folder, exported(folder))
        lines = (folder / file).read_text(encoding="utf-8").splitlines()
        (folder / file).write_text("\n".join(f"{line},," for line in lines) + "\n,,,\n\n" + "," * 60 + "\n")
        assert counts(bring(folder, file)) == {"unchanged": 3}


def as_excel_in(country: str) -> Callable[[str], str]:
    """What Excel makes of dates and figures when it opens and saves a file."""

    def turned(cell: str) -> str:
        day = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", cell)
        month = re.fullmatch(r"(\d{4})-(0\d|1[0-2])", cell)
        if day:
            y, m, d = day.groups()
            return {"US": f"{int(m)}/{int(d)}/{y}", "DE": f"{d}.{m}.{y}"}.get(country, f"{d}/{m}/{y}")
        if month:
            return {"US": "Sep-24", "UK": "01/09/2024", "DE": "Sep 24", "FR": "sept-24", "IT": "set-24"}[country]
        comma = country in ("DE", "FR", "IT")
        if re.fullmatch(r"\d{9,}", cell) and country != "UK":
            return f"{float(cell):.2E}".replace(".", "," if comma else ".")
        return cell.replace(".", ",") if comma and re.fullmatch(r"\d+\.\d+", cell) else cell

    return turned


class TestExactlyTheEditedCells:
    @pytest.mark.parametrize("country", ["US", "UK", "DE", "FR", "IT"])
    def test_in_a_file_that_the_program_has_turned(self, folder: Path, country: str) -> None:
        turned = as_excel_in(country)
        rows = [{name: turned(cell) for name, cell in row.items()} for row in exported(folder)]
        assert shown(folder, saved(folder, rows)) == []
        edited = edit(rows, GEOST, agreed=turned("2025-06-05"), first_seen=turned("2025-06-05"))
        assert shown(folder, saved(folder, edited)) == [
            ("first_seen", "2025-05-27", "2025-06-05"),
            ("agreed", "2025-05-27", "2025-06-05"),
        ]

    @pytest.mark.parametrize(
        ("cells", "expected"),
        [
            ({"title": "Geost for Rocket Lab"}, {"title": "Geost for Rocket Lab"}),
            ({"note": "+1 to watch", "tags": "Lunar; drones"}, {"note": "'+1 to watch", "tags": "lunar; drones"}),
            ({"form": "asset-purchase"}, {"form": "asset-purchase"}),
            ({"value_text": "USD 280M"}, {"value_text": "USD 280M", "value_low": "280000000"}),
            (
                {"value_low": "280000000", "value_high": "280000000"},
                {"value_text": "USD 280M", "value_high": "280000000"},
            ),
            ({"value_basis": "enterprise-value"}, {"value_basis": "enterprise-value", "value_low": "275000000"}),
            ({"expected": "2026-35"}, {"expected": "2026-35", "status": "agreed"}),
            ({"stake_text": "51"}, {"stake_low": "51", "stake_controlling": "yes"}),
            ({"status": "proposed", "agreed": "2025-05-27"}, {"status": "proposed", "agreed": ""}),
            ({"completed": "2025-08-12", "status": "completed"}, {"status": "completed", "agreed": "2025-05-27"}),
            ({"seller": "Redwire", "target": "Edge Autonomy"}, {"seller": "Redwire", "target": "Edge Autonomy"}),
        ],
    )
    def test_are_corrected_and_read_so_afterwards(self, folder: Path, cells: Cells, expected: Cells) -> None:
        before = exported(folder)
        old = dump(folder)
        plan = bring(folder, saved(folder, edit(before, GEOST, **cells)))
        assert counts(plan) == {"changed": 1, "unchanged": 2}
        now = next(row for row in exported(folder) if row["slug"] == GEOST)
        assert {name: now[name] for name in expected} == expected
        others = [row for row in exported(folder) if row["slug"] != GEOST]
        assert others == [row for row in before if row["slug"] != GEOST]
        assert deal_track(folder, "undo").code == 0
        assert dump(folder) == old


class TestLeftOut:
    @pytest.mark.parametrize(
        ("cells", "column", "what"),
        [
            ({"phase": "done"}, "phase", "the cell is worked out, and cannot be edited"),
            ({"id": "1", "slug": "geost"}, "slug", "the cell is worked out, and cannot be edited"),
            ({"agreed": "2025-05-20"}, "agreed", "the same event tells first_seen, which stays 2025-05-27 in the file"),
            ({"agreed": "03/04/2025"}, "agreed", 'date "03/04/2025" could be 2025-03-04 or 2025-04-03'),
            ({"agreed": ""}, "agreed", "a date cannot be emptied"),
            ({"value_low": "280,000"}, "value_low", '"280,000" could be 280000 or 280.000'),
            ({"value_low": "1"}, "value_low", 'amount "1..275000000" has bounds that do not fit exact'),
            ({"status": "agred"}, "status", 'unknown status "agred"'),
            ({"kind": "partnership", "form": "merger"}, "kind", 'unknown form "merger"'),
            ({"completed": "2027-01-01"}, "completed", "lies in the future"),
        ],
    )
    def test_with_the_column_and_the_reason(self, folder: Path, cells: Cells, column: str, what: str) -> None:
        before = dump(folder)
        plan = bring(folder, saved(folder, edit(exported(folder), GEOST, **cells)))
        assert counts(plan) == {"error": 1, "unchanged": 2}
        (step,) = (step for step in plan["steps"] if step["verdict"] == "error")
        assert step["column"] == column
        assert what in step["reason"]
        assert dump(folder) == before

    @pytest.mark.parametrize("column", EXTRA)
    def test_what_somebody_told_in_a_column_that_no_export_has(self, folder: Path, column: str) -> None:
        rows = [{**row, column: ""} for row in exported(folder)]
        assert counts(bring(folder, saved(folder, rows))) == {"unchanged": 3}
        plan = bring(folder, saved(folder, edit(rows, GEOST, **{column: "USD 5M"})))
        assert counts(plan) == {"error": 1, "unchanged": 2}
        (step,) = (step for step in plan["steps"] if step["verdict"] == "error")
        assert (step["column"], step["reason"]) == (column, "an export has no such column")
        assert "dealtrack update 1" in step["hint"]

    @pytest.mark.parametrize("at_once", [True, False])
    @pytest.mark.parametrize("first", ["290M", "275M"])
    def test_a_row_that_an_earlier_one_contradicts(self, folder: Path, first: str, at_once: bool) -> None:
        columns = ("id", "slug", "value_text", "note")
        rows = [{name: row[name] for name in columns} for row in exported(folder) if row["slug"] == GEOST]
        parts = [edit(rows, GEOST, value_text=value) for value in (first, "300M", first)]
        if at_once:
            names = [saved(folder, [row for part in parts for row in part])]
        else:
            names = [(folder / saved(folder, part)).rename(folder / f"{n}.csv").name for n, part in enumerate(parts)]
        for verdict in ("changed", "unchanged") if first == "290M" else ("unchanged",):
            plan = bring(folder, *names)
            assert [step["verdict"] for step in plan["steps"]] == [verdict, "error", "unchanged"]
            told = plan["steps"][1]
            assert (told["column"], told["reason"]) == (
                "value_text", f'an earlier line says otherwise of the same deal: "{first}"',
            )  # fmt: skip

    def test_files_of_one_import_correct_other_columns(self, folder: Path) -> None:
        rows = [row for row in exported(folder) if row["slug"] == GEOST]
        for name, column, cell in (("a.csv", "value_text", "290M"), ("b.csv", "note", "seen")):
            part = [{key: row[key] for key in ("id", "slug", column)} for row in edit(rows, GEOST, **{column: cell})]
            (folder / saved(folder, part)).rename(folder / name)
        assert counts(bring(folder, "a.csv", "b.csv")) == {"changed": 2}
        assert counts(bring(folder, "a.csv", "b.csv")) == {"unchanged": 2}

    def test_a_row_that_was_changed_here_meanwhile_with_both_values(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rows = exported(folder)
        monkeypatch.setattr("dealtrack.cli.desk.now", lambda: "2027-01-01T00:00:00Z")
        deal_track(folder, "edit", GEOST, "--title", "Mine")
        untouched = saved(folder, rows)
        assert counts(bring(folder, untouched)) == {"unchanged": 3}
        plan = bring(folder, saved(folder, edit(rows, GEOST, title="Theirs", note="seen")))
        assert counts(plan) == {"conflict": 1, "unchanged": 2}
        (step,) = (step for step in plan["steps"] if step["verdict"] == "conflict")
        title = {"field": "title", "before": "Mine", "after": "Theirs", "kept": False}
        assert title in step["differences"]
        rejected = (folder / "edited.csv.rejected.csv").read_text(encoding="utf-8")
        assert "title: here Mine, in the file Theirs" in rejected

    def test_within_one_second_too(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("dealtrack.cli.desk.now", lambda: "2027-01-01T00:00:00Z")
        deal_track(folder, "edit", GEOST, "--note", "first")
        rows = exported(folder)
        deal_track(folder, "edit", GEOST, "--title", "Mine")
        assert counts(bring(folder, saved(folder, rows))) == {"unchanged": 3}
        assert next(row for row in exported(folder) if row["slug"] == GEOST)["title"] == "Mine"
