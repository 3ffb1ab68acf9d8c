"""What a command may load: its start is most of what a person waits for."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from console import environment

# Each with what it is for; a path that does without the one does not load the other.
HEAVY = {
    "pydantic": "reads command lines for Typer",
    "rich": "draws",
    "sqlite3": "reads a ledger",
    "sqlite_utils": "makes and migrates a ledger",
    "dateutil": "counts days back",
    "currency_converter": "knows rates",
    "iso4217": "knows currencies",
    "importlib.metadata": "looks for versions",
    "dealtrack.domain.deal": "holds one deal whole",
    "dealtrack.text.dates": "reads and says dates",
    "dealtrack.view.table": "draws tables",
    "rapidfuzz": "compares names",
    "typer": "reads the command line",
}
READING = {"typer", "sqlite3", "dealtrack.text.dates"}
LOOK = (
    "import os, sys\nos._exit = sys.exit\nfrom dealtrack.__main__ import main\ntry: main()\nexcept SystemExit: pass\n"
)
LOOK += "import json; sys.stderr.write('\\n' + json.dumps(sorted(set(sys.modules) & set(json.loads(sys.argv[-1])))))"


def loaded(folder: Path, home: Path, *words: str) -> set[str]:
    """Which of the heavy modules a command loads."""
    # The last argument is read by the look alone: main sees the words before it.
    look = f"import sys\nnames = sys.argv.pop()\n{LOOK.replace('sys.argv[-1]', 'names')}"
    went = subprocess.run(
        [sys.executable, "-c", look, *words, json.dumps(list(HEAVY))],
        env=environment(home, DEALTRACK_LEDGER="deals.db"),
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[str] = json.loads(went.stderr.splitlines()[-1])
    return set(found)


@pytest.mark.parametrize(
    ("words", "allowed"),
    [
        (("--version",), set()),
        (("completion", "zsh", "--", "dealtrack list --st"), set()),
        (("completion", "bash", "--", "dealtrack show op"), {"sqlite3"}),
        (("completion", "fish", "--", "dealtrack show op"), {"sqlite3"}),
        (("--help",), {"typer"}),
        (("lsit",), {"typer"}),
        (("list", "--statsu", "open"), {"typer"}),
        (("list", "--help"), {"typer"}),
        (("list", "--json"), {"typer", "sqlite3"}),
        (("list", "--status", "open", "--on", "2025", "--value", "100M..", "-O", "csv"), READING),
        (("list", "--company", "rocket-lab", "--ids"), READING),
        (("export", "csv", "launch"), READING),
        (("list", "-O", "table"), READING | {"rich", "dealtrack.view.table"}),
        (("show", "206"), READING | {"rich", "dealtrack.domain.deal"}),
        (("timeline", "206"), READING | {"rich", "dealtrack.domain.deal"}),
    ],
    ids=lambda part: " ".join(sorted(part) if isinstance(part, set) else part),
)
def test_a_command_loads_no_more_than_it_needs(
    words: tuple[str, ...], allowed: set[str], desk: Path, tmp_path: Path
) -> None:
    assert loaded(desk, tmp_path, *words) <= allowed


def test_names_are_compared_only_where_that_is_asked_for(desk: Path, tmp_path: Path) -> None:
    assert "rapidfuzz" not in loaded(desk, tmp_path, "company", "list", "-O", "csv")
    assert "rapidfuzz" in loaded(desk, tmp_path, "company", "duplicates", "-O", "csv")


def test_writing_loads_no_pydantic_and_no_rich(desk: Path, tmp_path: Path) -> None:
    heavy = loaded(desk, tmp_path, "update", "206", "--on", "2026-01", "--milestone", "statement")
    assert not heavy & {"pydantic", "rich"}
    assert "sqlite_utils" in heavy


@pytest.mark.parametrize(
    "words",
    [
        ("list", "--sector", "launch", "--sector", "satcom", "-n", "4", "--json"),
        ("list", "-n", "3", "--disputed", "-q"),
        ("show", "206", "205", "--ids"),
        ("timeline", "--company", "rocket-lab", "--today", "2026-07-01", "--ascii"),
        ("undo", "1", "2"),
        ("company", "show", "spacex"),
        ("list", "--help"),
    ],
    ids=" ".join,
)
def test_stock_typer_says_the_same(words: tuple[str, ...], desk: Path, tmp_path: Path) -> None:
    """Where Typer's inside has changed its names, nothing is put in its way: it reads the words itself."""
    env = environment(tmp_path, DEALTRACK_LEDGER="deals.db")
    light = "import sys; from dealtrack.cli.app import run; sys.exit(run(sys.argv[1:]))"
    stock = f"from dealtrack.cli import coercion; coercion.SLOT = 'renamed'\n{light}"
    said = [
        subprocess.run(
            [sys.executable, "-c", code, *words], env=env, cwd=desk, capture_output=True, text=True, check=False
        )
        for code in (light, stock)
    ]
    assert [(one.returncode, one.stdout, one.stderr) for one in said[:1]] == [
        (one.returncode, one.stdout, one.stderr) for one in said[1:]
    ]
