"""Rows of files and what they become: the plan, what is known again, what is kept, and what is left out."""

from pathlib import Path

import pytest
from imports import bring, counts, csv_file, deal_track, dump

from dealtrack.ledger.intake import BATCH

HEADER = "kind,buyer,target,on,status,value,source"
GEOST = "acquisition,Rocket Lab,Geost,2025-05-27,agreed,275M,https://example.com/geost"
ACME = "acquisition,Rocket Lab,Acme Optics,2025-06,rumored,~40M,"
ORBEX = "acquisition,The Exploration Company,Orbex,2025-12,terminated,,"


class TestKnownAgain:
    def test_a_second_time_changes_nothing(self, tmp_path: Path) -> None:
        file = csv_file(tmp_path, "deals.csv", HEADER, (GEOST, ACME))
        assert counts(bring(tmp_path, file)) == {"new": 2}
        before = dump(tmp_path)
        assert counts(bring(tmp_path, file)) == {"unchanged": 2}
        assert dump(tmp_path) == before

    def test_under_another_name_in_another_order_and_with_late_rows(self, tmp_path: Path) -> None:
        bring(tmp_path, csv_file(tmp_path, "deals.csv", HEADER, (GEOST, ACME)))
        later = csv_file(tmp_path, "later.csv", HEADER, (ORBEX, ACME, GEOST))
        assert counts(bring(tmp_path, later)) == {"new": 1, "unchanged": 2}

    def test_with_columns_in_another_order_and_another_delimiter(self, tmp_path: Path) -> None:
        bring(tmp_path, csv_file(tmp_path, "deals.csv", HEADER, (GEOST,)))
        row = "275M;Geost;Rocket Lab;acquisition;agreed;2025-05-27;https://example.com/geost"
        turned = csv_file(tmp_path, "turned.csv", "value;target;buyer;kind;status;on;source", (row,))
        assert counts(bring(tmp_path, turned)) == {"unchanged": 1}

    def test_a_row_that_says_otherwise_is_changed_field_by_field(self, tmp_path: Path) -> None:
        bring(tmp_path, csv_file(tmp_path, "deals.csv", HEADER, (GEOST,)))
        plan = bring(tmp_path, csv_file(tmp_path, "deals.csv", HEADER, (GEOST.replace("275M", "280M"),)))
        (step,) = plan["steps"]
        assert step["verdict"] == "changed"
        assert step["differences"] == [
            {"field": "agreed value", "before": "USD 275M", "after": "USD 280M", "kept": False}
        ]

    def test_a_row_with_a_slug_that_says_otherwise_is_changed_too(self, tmp_path: Path) -> None:
        bring(tmp_path, csv_file(tmp_path, "deals.csv", f"slug,{HEADER}", (f"geost,{GEOST}",)))
        rows = (f"geost,{GEOST.replace('275M', '280M')}",)
        (step,) = bring(tmp_path, csv_file(tmp_path, "deals.csv", f"slug,{HEADER}", rows))["steps"]
        assert step["differences"] == [
            {"field": "agreed value", "before": "USD 275M", "after": "USD 280M", "kept": False}
        ]

    def test_lines_that_contradict_each_other_do_not_take_turns(self, tmp_path: Path) -> None:
        other = GEOST.replace("275M", "280M")
        file = csv_file(tmp_path, "deals.csv", HEADER, (GEOST, other, GEOST))
        assert counts(bring(tmp_path, file)) == {"new": 1, "unchanged": 1, "error": 1}
        before = dump(tmp_path)
        assert counts(bring(tmp_path, file)) == {"unchanged": 2, "error": 1}
        assert dump(tmp_path) == before
        turned = csv_file(tmp_path, "turned.csv", HEADER, (other, GEOST, other))
        assert counts(bring(tmp_path, turned)) == {"changed": 1, "unchanged": 1, "error": 1}

    @pytest.mark.parametrize("named", ["", "slug"])
    @pytest.mark.parametrize("known", [False, True])
    def test_files_that_contradict_each_other_are_told(self, tmp_path: Path, named: str, known: bool) -> None:
        header, first = (f"slug,{HEADER}", f"geost,{GEOST}") if named else (HEADER, GEOST)
        other = first.replace("275M", "280M")
        one, two = csv_file(tmp_path, "one.csv", header, (first,)), csv_file(tmp_path, "two.csv", header, (other,))
        if known:
            bring(tmp_path, one)
        for verdict in ("unchanged",) if known else ("new", "unchanged"):
            plan = bring(tmp_path, one, two)
            assert counts(plan) == {verdict: 1, "error": 1}
            (step,) = (step for step in plan["steps"] if step["verdict"] == "error")
            assert (step["file"], step["line"]) == (two, 2)
            assert "an earlier line says otherwise of the same deal" in step["reason"]
            assert step["reason"].endswith(': agreed value "USD 275M", here "USD 280M"')
        assert counts(bring(tmp_path, two)) == {"changed": 1}

    @pytest.mark.parametrize("known", [False, True])
    def test_files_of_one_import_complete_each_other(self, tmp_path: Path, known: bool) -> None:
        one = csv_file(tmp_path, "one.csv", HEADER, (GEOST,))
        stake = "acquisition,Rocket Lab,Geost,2025-05-27,agreed,51"
        two = csv_file(tmp_path, "two.csv", "kind,buyer,target,on,status,stake", (stake,))
        if known:
            bring(tmp_path, one)
        assert counts(bring(tmp_path, one, two)) == {"unchanged" if known else "new": 1, "changed": 1}
        before = dump(tmp_path)
        assert counts(bring(tmp_path, one, two)) == {"unchanged": 2}
        assert dump(tmp_path) == before
        assert "275M" in deal_track(tmp_path, "export", "csv").out

    def test_lines_repeat_what_is_kept_as_often_as_they_like(self, tmp_path: Path) -> None:
        bring(tmp_path, csv_file(tmp_path, "deals.csv", HEADER, (GEOST,)))
        deal_track(tmp_path, "edit", "1", "--event", "1", "--value", "300M")
        other = GEOST.replace("275M", "280M")
        file = csv_file(tmp_path, "deals.csv", HEADER, (other, other, GEOST))
        assert counts(bring(tmp_path, file)) == {"kept": 2, "error": 1}

    def test_a_line_is_known_again_however_many_stand_between(self, tmp_path: Path) -> None:
        rows = [f"deal-{at},acquisition,Rocket Lab,Target {at},completed,2025-05-27," for at in range(BATCH + 1)]
        file = csv_file(tmp_path, "deals.csv", "slug,kind,buyer,target,status,completed,note", [*rows, f"{rows[0]}so"])
        assert counts(bring(tmp_path, file)) == {"new": BATCH + 1, "error": 1}

    def test_taken_back_it_is_as_if_nothing_had_been_imported(self, tmp_path: Path) -> None:
        bring(tmp_path, csv_file(tmp_path, "deals.csv", HEADER, (GEOST,)))
        before = dump(tmp_path)
        bring(tmp_path, csv_file(tmp_path, "deals.csv", HEADER, (GEOST.replace("275M", "280M"), ACME)))
        assert deal_track(tmp_path, "undo").code == 0
        assert dump(tmp_path) == before
        assert counts(bring(tmp_path, "deals.csv")) == {"new": 1, "changed": 1}
        assert "0 faults" in deal_track(tmp_path, "check").out


def test_columns_are_ours_in_any_case_and_others_are_told_of(tmp_path: Path) -> None:
    header = "Kind,Lead investor,Target,Status,First Seen,My comment"
    row = 'equity-stake,"Acme\nBolt",Geost,talks,2025-05-27,hello'
    plan = bring(tmp_path, csv_file(tmp_path, "deals.csv", header, (row.replace("\n", "; "),)))
    assert counts(plan) == {"new": 1}
    assert plan["remarks"] == ["deals.csv: passed over columns that no deal has: my_comment"]
    assert "Acme; Bolt" in deal_track(tmp_path, "export", "csv", "--columns", "lead_investor").out
    assert counts(bring(tmp_path, csv_file(tmp_path, "lines.csv", header, (row,)))) == {"unchanged": 1}


def test_dates_tell_the_status_of_a_row_and_the_last_of_them_the_value(tmp_path: Path) -> None:
    header = "kind,buyer,target,agreed,completed,value"
    bring(
        tmp_path, csv_file(tmp_path, "deals.csv", header, ("acquisition,Rocket Lab,Geost,2025-05-27,2025-08-12,275M",))
    )
    assert "completed,done,,no" in deal_track(tmp_path, "export", "csv").out
    assert ",275M,USD,275000000," in deal_track(tmp_path, "export", "csv").out


class TestKept:
    def test_what_was_changed_by_hand_is_never_written_over(self, tmp_path: Path) -> None:
        bring(tmp_path, csv_file(tmp_path, "deals.csv", HEADER, (GEOST,)))
        deal_track(tmp_path, "edit", "1", "--event", "1", "--value", "300M")
        for value, status in (("280M", "agreed"), ("285M", "completed"), ("290M", "completed")):
            row = GEOST.replace("275M", value).replace("agreed", status)
            (step,) = bring(tmp_path, csv_file(tmp_path, "deals.csv", HEADER, (row,)))["steps"]
            if status == "agreed":
                assert step["verdict"] == "kept"
            assert ",300M,USD,300000000," in deal_track(tmp_path, "export", "csv").out

    def test_a_deal_that_was_removed_stays_removed(self, tmp_path: Path) -> None:
        bring(tmp_path, csv_file(tmp_path, "deals.csv", HEADER, (GEOST,)))
        deal_track(tmp_path, "rm", "1", "--yes")
        (step,) = bring(tmp_path, "deals.csv")["steps"]
        assert (step["verdict"], step["reason"]) == (
            "kept",
            "its deal was removed here; to bring it back: dealtrack undo 2",
        )


class TestLeftOut:
    def test_what_may_be_a_deal_that_is_here_is_shown_and_not_taken(self, tmp_path: Path) -> None:
        deal_track(
            tmp_path, "add", "-k", "acquisition", "--buyer", "Rocket Lab", "--target", "Geost", "--on", "2025-05-20",
            "--status", "talks", "--new-company", "--create",
        )  # fmt: skip
        file = csv_file(tmp_path, "deals.csv", HEADER, (GEOST, ACME))
        (first, _) = bring(tmp_path, file)["steps"]
        assert (first["verdict"], first["deal"]) == ("duplicate", 1)
        rejected = tmp_path / "deals.csv.rejected.csv"
        text = rejected.read_text(encoding="utf-8")
        assert text.startswith("reason,same_as,kind,buyer,")
        mended = text.replace(",,acquisition", ",1,acquisition", 1)
        rejected.write_text(mended, encoding="utf-8")
        assert counts(bring(tmp_path, rejected.name)) == {"changed": 1}
        assert counts(bring(tmp_path, file)) == {"unchanged": 2}
        assert "280M" not in deal_track(tmp_path, "export", "csv").out

    def test_a_row_may_say_which_deal_it_is_in_any_file(self, tmp_path: Path) -> None:
        bring(tmp_path, csv_file(tmp_path, "deals.csv", HEADER, (GEOST,)))
        row = f"{GEOST.replace('agreed', 'completed').replace('2025-05-27', '2025-08-12')},1"
        file = csv_file(tmp_path, "news.csv", f"{HEADER},same_as", (row, f"{ACME},"))
        assert counts(bring(tmp_path, file)) == {"changed": 1, "new": 1}
        listed = deal_track(tmp_path, "list", "-O", "csv", "--columns", "id,phase", "--sort", "id").out
        assert listed.split() == ["id,phase", "1,done", "2,open"]
        assert counts(bring(tmp_path, file)) == {"unchanged": 2}

    def test_a_row_with_the_slug_of_a_deal_from_elsewhere_may_be_that_deal(self, tmp_path: Path) -> None:
        bring(tmp_path, csv_file(tmp_path, "deals.csv", HEADER, (GEOST,)))
        deal_track(
            tmp_path, "add", "-k", "acquisition", "--buyer", "KKR", "--target", "OHB", "--on", "2023-08-07",
            "--status", "agreed", "--new-company",
        )  # fmt: skip
        row = "kkr-ohb-2023,acquisition,KKR,OHB,2024-11-01,completed,,"
        (step,) = bring(tmp_path, csv_file(tmp_path, "news.csv", f"slug,{HEADER}", (row,)))["steps"]
        assert (step["verdict"], step["deal"]) == ("duplicate", 2)

    def test_a_row_that_comes_twice_is_matched_once_and_added_once(self, tmp_path: Path) -> None:
        deal_track(
            tmp_path, "add", "-k", "acquisition", "--buyer", "Rocket Lab", "--target", "Geost", "--on", "2025-05-27",
            "--status", "agreed", "--value", "275M", "--new-company", "--create",
        )  # fmt: skip
        later = GEOST.replace("05-27", "05-29")
        file = csv_file(tmp_path, "deals.csv", HEADER, (GEOST, later, later, later.replace("275M", "275M..290M")))
        expected = {"duplicate": 1, "unchanged": 1, "error": 1}
        assert counts(bring(tmp_path, file)) == {**expected, "new": 1}
        assert counts(bring(tmp_path, file)) == {**expected, "unchanged": 2}
        assert len(dump(tmp_path)["deal"]) == 2

    @pytest.mark.parametrize("status", ["", "agreed", "completed"])
    def test_a_date_of_an_end_without_a_status_that_is_one_is_no_row(self, tmp_path: Path, status: str) -> None:
        header = "kind,buyer,target,agreed,status,ended"
        row = f"acquisition,Rocket Lab,Geost,2025-05-27,{status},2025-08-12"
        (step,) = bring(tmp_path, csv_file(tmp_path, "deals.csv", header, (row,)))["steps"]
        assert (step["verdict"], step["column"], step["reason"]) == ("error", "status", 'unknown status "ended"')
        assert "terminated" in step["hint"]

    def test_a_status_without_a_date_is_no_row(self, tmp_path: Path) -> None:
        header = "kind,buyer,target,agreed,status,value"
        row = "acquisition,Rocket Lab,Geost,2025-05-27,terminated,275M"
        (step,) = bring(tmp_path, csv_file(tmp_path, "deals.csv", header, (row,)))["steps"]
        assert step["reason"] == 'the status "terminated" needs a date'

    def test_a_date_with_two_readings_shows_both(self, tmp_path: Path) -> None:
        file = csv_file(tmp_path, "deals.csv", HEADER, (GEOST.replace("2025-05-27", "03/04/2025"), ACME))
        told = deal_track(tmp_path, "import", file, "--yes", "--create", "--new-company")
        assert told.code == 4
        assert "1 deal new" in told.out
        rejected = (tmp_path / "deals.csv.rejected.csv").read_text(encoding="utf-8")
        assert "could be 3 April or 4 March 2025" in rejected

    def test_nothing_is_imported_off_a_terminal_without_yes(self, tmp_path: Path) -> None:
        file = csv_file(tmp_path, "deals.csv", HEADER, (GEOST,))
        told = deal_track(tmp_path, "import", file, "--new-company", "--create")
        assert told.code == 2
        assert "+ 1 new" in told.out
        assert not (tmp_path / "deals.db").exists()

    def test_unknown_companies_are_founded_only_where_that_is_allowed(self, tmp_path: Path) -> None:
        bring(tmp_path, csv_file(tmp_path, "deals.csv", HEADER, (GEOST,)))
        file = csv_file(tmp_path, "more.csv", HEADER, (ACME.replace("Rocket Lab", "Rocket Labs"),))
        told = deal_track(tmp_path, "import", file, "--yes", "--json")
        (step,) = told.plan["steps"]
        assert step["reason"] == 'no company is known as "Rocket Labs"'
        assert step["hint"] == "did you mean rocket-lab (score 85)? or add --new-company to found it"
