"""A part of a ledger as a ledger: all of its deals and nothing else, sound, and with one change of its own."""

import json
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from console import environment

WORDS = ("--sector", "launch", "--status", "completed")


Run = Callable[..., "subprocess.CompletedProcess[str]"]


def done(run: Run, *words: str) -> str:
    """What a command prints that succeeds."""
    went = run(*words)
    assert went.returncode == 0, went.stderr
    return went.stdout


def packed(run: Run, desk: Path, name: str, *words: str) -> dict[str, str]:
    done(run, "export", "package", *words, "-o", name)
    return {file.name: file.read_text(encoding="utf-8") for file in (desk / name).iterdir()}


@pytest.mark.parametrize("words", [(), WORDS, ("--as-of", "2025-12-31", "--company", "redwire")], ids=" ".join)
def test_a_part_holds_what_a_package_of_the_same_deals_holds(words: tuple[str, ...], run: Run, desk: Path) -> None:
    done(run, "export", "sqlite", *words, "-o", "part.db")
    assert packed(run, desk, "there", "--ledger", "part.db") == packed(run, desk, "here", *words)


def test_a_part_is_a_sound_ledger_with_one_change_of_its_own(run: Run) -> None:
    done(run, "export", *WORDS, "-o", "part.db")
    assert " 0 faults, " in run("check", "-l", "part.db").stdout
    _, change = done(run, "log", "-l", "part.db").splitlines()
    assert change.endswith("dealtrack export --sector launch --status completed -o part.db")
    titles = [json.loads(done(run, "list", *where, "--json")) for where in (("-l", "part.db"), WORDS)]
    assert sorted(deal["slug"] for deal in titles[0]) == sorted(deal["slug"] for deal in titles[1]) != []
    done(run, "edit", titles[0][0]["slug"], "-l", "part.db", "--note", "mine")


def test_it_goes_into_a_pipe_and_by_other_suffixes(run: Run, desk: Path, tmp_path: Path) -> None:
    done(run, "list", *WORDS, "-o", "part.sqlite3")
    with (desk / "piped.db").open("wb") as stream:
        subprocess.run(
            ["dealtrack", "export", "sqlite", *WORDS],
            cwd=desk, env=environment(tmp_path, DEALTRACK_LEDGER="deals.db"), stdout=stream, check=True,
        )  # fmt: skip
    counts = []
    for name in ("part.sqlite3", "piped.db"):
        with closing(sqlite3.connect(desk / name)) as ledger:
            counts.append(ledger.execute("SELECT count(*) FROM deal").fetchone()[0])
    assert counts[0] == counts[1] > 0


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("nowhere",), 1, "error: no deals match: there is nothing to make a ledger of\nhint:  see: dealtrack list\n"),
        (("--columns", "id"), 2, "error: a ledger has all its columns\nhint:  leave --columns out, or name csv\n"),
        (("--events",), 2, "error: --events is not for a ledger\nhint:  leave --events out, or name csv\n"),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else "",
)
def test_what_cannot_be_leaves_an_older_file_as_it_was(
    words: tuple[str, ...], code: int, told: str, run: Run, desk: Path
) -> None:
    older = desk / "part.db"
    older.write_text("mine", encoding="utf-8")
    refused = run("export", "sqlite", *WORDS, "-o", "part.db")
    assert (refused.returncode, refused.stderr.splitlines()[0]) == (2, 'error: "part.db" is there already')
    went = run("export", "sqlite", *words, "-o", "part.db", "--force")
    assert (went.returncode, went.stdout, went.stderr) == (code, "", told)
    assert older.read_text(encoding="utf-8") == "mine"
    assert sorted(path.name for path in desk.iterdir()) == ["deals.db", "part.db"]


def test_it_takes_the_place_of_an_older_file_when_told(run: Run, desk: Path) -> None:
    (desk / "part.db").write_text("mine", encoding="utf-8")
    done(run, "export", "sqlite", *WORDS, "-o", "part.db", "--force")
    assert "deals" in done(run, "status", "-l", "part.db")


def test_the_ledgers_own_rates_go_along(run: Run, desk: Path) -> None:
    (desk / "rates.csv").write_text("date,currency,usd\n2023-12-18,AED,0.272294\n", encoding="utf-8")
    done(run, "fx", "import", "rates.csv", "--origin", "CBUAE")
    done(run, "export", "sqlite", "-o", "part.db")
    assert done(run, "fx", "list", "-l", "part.db") == "AED  1 rate  2023-12-18 to 2023-12-18  CBUAE\n"
