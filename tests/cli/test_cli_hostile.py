"""Names and notes that would like to be more than names, through the command line and out again."""

import csv
import io
import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import subprocess

Run = Callable[..., "subprocess.CompletedProcess[str]"]

HOSTILE = {
    "markup": "[/x] [bold]Acme[/bold]",
    "emoji code": ":satellite: Crew",
    "escape": "\x1b[31mred\x1b]0;title\x07",
    "formula": "=cmd|' /C calc'!A0",
    "quotes": 'O\'Neil "Quoted" `ls` $(id)',
    "newline": "two\nlines",
    "override": "\u202egnol",
    "wide": "北京天兵科技有限公司",
    "joined": "👩\u200d🚀 Crew",
    "accents": "Zażółć Gęślą",
    "sql": "x'); DROP TABLE deal; --",
    "path": "../../etc/passwd",
    "long": "x" * 2000,
}


def added(run: Run, name: str) -> str:
    went = run(
        "add", "-k", "acquisition", "--buyer", "spacex", "--target", name, "--new-company", "--status", "talks",
        "--on", "2026", "--summary", name, "--note", name, "--source", name, "--publisher", name, "--ids",
    )  # fmt: skip
    assert went.returncode == 0, went.stderr
    return went.stdout.strip()


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_it_is_kept_as_it_is_and_shown_without_acting(name: str, run: Run) -> None:
    deal_id = added(run, name)
    whole = json.loads(run("show", deal_id, "--json").stdout)
    assert whole["parties"][1]["name"] == name.strip()
    assert whole["note"] == name.strip()
    for words in (
        ("show", deal_id),
        ("timeline", deal_id),
        ("list", "-n", "1"),
        ("list", "-n", "1", "-O", "table"),
        ("company", "list", "spacex"),
        ("company", "show", whole["parties"][1]["company"]),
        ("log", "-n", "1"),
    ):
        went = run(*words)
        assert went.returncode == 0, went.stderr
        assert not {"\x1b", "\x07", "\u202e", "\0"} & set(went.stdout + went.stderr), words


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_a_spreadsheet_gets_text_and_one_row(name: str, run: Run) -> None:
    deal_id = added(run, name)
    text = run("export", "csv", "--sort", "-id", "-n", "1").stdout
    (row,) = csv.DictReader(io.StringIO(text), strict=True)
    assert row["id"] == deal_id
    guarded = f"'{name.strip()}" if name.startswith("=") else name.strip()
    assert row["target"] == guarded
    assert row["note"] == guarded


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_an_unknown_name_is_answered_in_two_lines(name: str, run: Run) -> None:
    for words in (("show", name), ("list", "--company", name), ("company", "show", name), ("list", "-s", name)):
        went = run(*words)
        assert went.returncode in (2, 3), words
        assert [line.partition(":")[0] for line in went.stderr.splitlines()] == ["error", "hint"]
        assert went.stdout == ""


def test_a_note_of_a_megabyte_is_kept_and_shown(run: Run) -> None:
    note = "word " * 200_000
    assert run("edit", "206", "--note", note[:120_000]).returncode == 0
    assert json.loads(run("show", "206", "--json").stdout)["note"] == note[:120_000].strip()
    assert run("show", "206").returncode == 0


def test_what_cannot_be_text_is_refused(run: Run) -> None:
    went = run("edit", "206", "--note", "a\ud800b".encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape"))
    assert went.returncode == 2
    assert went.stderr.startswith("error: ")
    assert len(went.stderr.splitlines()) == 2
