"""Off a terminal: data on standard output, talk on standard error, and quiet ends."""

import csv
import io
import json
import os
import pty
import signal
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from console import environment

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def test_a_pipe_gets_every_row_with_tabs_and_a_header(run: Run) -> None:
    went = run("list")
    rows = list(csv.DictReader(io.StringIO(went.stdout), delimiter="\t"))
    assert (len(rows), went.stderr, went.returncode) == (305, "", 0)
    assert rows[0]["first_seen"] == "2026-06-09"
    assert not any("…" in cell for row in rows for cell in row.values())


def test_the_screen_and_every_file_have_the_same_deals_in_the_same_order(run: Run) -> None:
    filters = ("--sector", "launch", "--status", "open,done", "--sort", "-value,since")
    ids = run("list", *filters, "--ids").stdout.split()
    assert len(ids) > 20
    for format_ in ("csv", "tsv"):
        text = run("export", format_, *filters).stdout
        read = csv.DictReader(io.StringIO(text), delimiter="," if format_ == "csv" else "\t")
        assert [row["id"] for row in read] == ids
    assert [str(one["id"]) for one in json.loads(run("list", *filters, "--json").stdout)] == ids
    lines = run("export", "ndjson", *filters).stdout.splitlines()
    assert [str(json.loads(line)["id"]) for line in lines] == ids
    table = run("list", *filters, "-O", "table").stdout.splitlines()
    assert [line.split()[0] for line in table[1:-1]] == ids


def test_talk_goes_to_standard_error_and_quiet_silences_it(run: Run, desk: Path) -> None:
    went = run("export", "csv", "-o", "a.csv")
    assert (went.stdout, went.stderr) == ("", "Wrote a.csv\n")
    went = run("export", "csv", "-o", "b.csv", "-q")
    assert (went.stdout, went.stderr) == ("", "")
    assert (desk / "a.csv").read_bytes() == (desk / "b.csv").read_bytes()


def test_nothing_found_is_no_failure(run: Run) -> None:
    assert run("list", "nosuchword", "--json").stdout == "[]\n"
    assert run("list", "nosuchword", "-O", "ndjson").stdout == ""
    assert run("list", "nosuchword").stdout.count("\n") == 1
    assert run("list", "nosuchword").returncode == 0


def test_a_closed_pipe_ends_quietly(desk: Path, tmp_path: Path) -> None:
    env = environment(tmp_path, DEALTRACK_LEDGER="deals.db")
    command = "set -o pipefail; dealtrack export json | head -c 10 >/dev/null; echo ${PIPESTATUS[0]}"
    went = subprocess.run(["bash", "-c", command], env=env, cwd=desk, capture_output=True, text=True, check=False)
    assert (went.stdout.strip(), went.stderr) == (str(128 + signal.SIGPIPE), "")


def test_color_in_a_pipe_only_when_asked_for(run: Run) -> None:
    assert "\x1b[" not in run("show", "206").stdout
    assert "\x1b[" in run("show", "206", "--color", "always").stdout
    assert "\x1b[" not in run("list", "--color", "always", "--json").stdout


def test_ctrl_c_leaves_nothing_behind(desk: Path, tmp_path: Path) -> None:
    """The import is held at its first write by another writer; interrupted there, it says nothing and exits 130."""
    import sqlite3  # noqa: PLC0415 - the other writer

    before = (desk / "deals.db").read_bytes()
    other = sqlite3.connect(desk / "deals.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    process = started(["dealtrack", "rm", "206"], desk, tmp_path)
    try:
        wait_until_open(process, desk / "deals.db")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert (process.returncode, out, err) == (130, "", "")
    assert (desk / "deals.db").read_bytes() == before


def test_a_busy_ledger_is_said_to_be_busy(desk: Path, tmp_path: Path) -> None:
    import sqlite3  # noqa: PLC0415 - the other writer

    other = sqlite3.connect(desk / "deals.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    process = started(["dealtrack", "rm", "206"], desk, tmp_path)
    reader = started(["dealtrack", "list", "-n", "1", "--ids"], desk, tmp_path)
    try:
        assert reader.communicate(timeout=30)[0] == "182\n"
        out, err = process.communicate(timeout=60)
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert (process.returncode, out) == (5, "")
    assert err.splitlines()[0] == 'error: the ledger "deals.db" is busy: another program is at work on it'


def started(command: list[str], folder: Path, home: Path) -> "subprocess.Popen[str]":
    env = environment(home, DEALTRACK_LEDGER="deals.db")
    return subprocess.Popen(command, env=env, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_until_open(process: "subprocess.Popen[Any]", path: Path) -> None:
    """Until the process holds the file open, which it does from just before its first statement on."""
    while process.poll() is None:
        with suppress(OSError):  # the process may end, or close a file, while we look
            links = list(Path(f"/proc/{process.pid}/fd").iterdir())
            if any(os.path.realpath(link) == str(path) for link in links):
                return


@pytest.mark.parametrize("words", [("list",), ("show", "206"), ("timeline", "--by", "year")], ids=" ".join)
def test_a_terminal_that_is_not_utf8_gets_ascii(words: tuple[str, ...], desk: Path, tmp_path: Path) -> None:
    env = environment(tmp_path, DEALTRACK_LEDGER="deals.db", LANG="C", LC_ALL="C", PYTHONIOENCODING="ascii")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(["dealtrack", *words], env=env, cwd=desk, stdout=theirs, stderr=theirs, stdin=theirs)
    os.close(theirs)
    shown = b""
    while True:
        try:
            shown += os.read(ours, 65536)
        except OSError:
            break
    os.close(ours)
    assert process.wait() == 0
    assert shown.isascii()
    assert b"completed" in shown
