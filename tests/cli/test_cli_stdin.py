"""What is on standard input: texts, references, or nothing at all."""

import json
import subprocess
from pathlib import Path

import pytest
from cli.conftest import Run
from console import environment


def shown(run: Run, *deals: str) -> list[dict[str, object]]:
    return [json.loads(run("show", deal, "--json").stdout) for deal in deals]


def test_a_text_on_standard_input_is_the_same_for_every_deal(run: Run) -> None:
    assert run("edit", "10", "11", "--note", "-", stdin="a long\nstory\n").returncode == 0
    assert [deal["note"] for deal in shown(run, "10", "11")] == ["a long\nstory"] * 2


@pytest.mark.parametrize(
    "words",
    [
        ["undo"],
        ["update", "206", "--on", "2026-01", "--status", "stalled"],
        ["add", "-k", "acquisition", "--buyer", "ses", "--target", "geost", "--on", "2026-01", "--status", "talks"],
        ["edit", "206", "--note", "-"],
        ["list", "-n", "1"],
    ],
)
def test_nobody_is_asked_where_standard_input_is_closed(desk: Path, tmp_path: Path, words: list[str]) -> None:
    went = subprocess.run(
        ["bash", "-c", 'exec "$@" <&-', "-", "dealtrack", *words],
        env=environment(tmp_path, DEALTRACK_LEDGER="deals.db"), cwd=desk, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (went.returncode, "Traceback" in went.stderr) == (0, False), went.stderr


def test_a_look_is_not_recorded_before_anything_was_heard(run: Run) -> None:
    went = run("update", "206", "--checked", "--on", "2020-01-01")
    assert went.returncode == 2
    assert went.stderr.startswith("error: deal 206 was not heard of by 2020-01-01\n")


def test_what_was_not_recorded_by_a_day_is_not_said_to_be_removed(run: Run) -> None:
    went = run("show", "206", "--known-on", "2020-01-01")
    assert went.returncode == 3
    assert "undo" not in went.stderr
    assert "later day" in went.stderr


def test_news_is_told_of_one_deal(run: Run) -> None:
    assert run("update", "-", "--on", "today", "--status", "talks", stdin="206\n").returncode == 2
