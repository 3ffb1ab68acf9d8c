"""Off a terminal: data on standard output, talk on standard error, and quiet ends."""

import csv
import io
import json
import os
import pty
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from console import environment

from dealtrack.cli.files import FileExists, new_file

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
    who = f"process {os.getpid()} of .+" if Path("/proc/locks").exists() else "another program"
    assert re.fullmatch(rf'error: the ledger "deals.db" is busy: {who} is at work on it', err.splitlines()[0])


def test_a_reader_that_nobody_reads_on_holds_up_no_writer(desk: Path, tmp_path: Path, run: Run) -> None:
    reader = started(["dealtrack", "export", "json"], desk, tmp_path)
    assert reader.stdout is not None
    assert reader.stdout.read(1) == "["  # it has begun to write, far more than a pipe holds
    assert run("rm", "206").returncode == 0
    assert len(json.loads("[" + reader.stdout.read())) == 305
    assert reader.wait() == 0
    reader.communicate()


def test_what_is_too_long_for_memory_comes_out_the_same(desk: Path, tmp_path: Path, run: Run) -> None:
    env = environment(tmp_path, DEALTRACK_LEDGER="deals.db")
    code = "from dealtrack.cli import app, output; output._IN_MEMORY = 1000; app.run(['export', 'csv'])"
    went = subprocess.run([sys.executable, "-c", code], env=env, cwd=desk, capture_output=True, text=True, check=True)
    assert went.stdout == run("export", "csv").stdout


def test_a_file_made_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    with pytest.raises(FileExists), new_file(path, force=False) as temporary:  # noqa: PT012 - raised at its end
        temporary.write_text("ours")
        path.write_text("theirs")
    assert path.read_text() == "theirs"
    with new_file(path, force=True) as temporary:
        temporary.write_text("ours")
    assert path.read_text() == "ours"
    assert [one.name for one in tmp_path.iterdir()] == ["deals.csv"]


def test_a_link_is_followed_and_a_pipe_written_through(run: Run, desk: Path) -> None:
    (desk / "link.csv").symlink_to("real.csv")
    assert run("export", "-o", "link.csv", "-n", "1").returncode == 0
    assert (desk / "link.csv").is_symlink()
    assert (desk / "real.csv").read_text().count("\n") == 2
    os.mkfifo(desk / "pipe.csv")
    reader = subprocess.Popen(["cat", "pipe.csv"], cwd=desk, stdout=subprocess.PIPE, text=True)
    assert run("export", "-o", "pipe.csv", "-n", "1", "--force").returncode == 0
    assert reader.communicate(timeout=30)[0] == (desk / "real.csv").read_text()


def test_output_that_was_closed_is_no_failure(desk: Path, tmp_path: Path) -> None:
    env = environment(tmp_path, DEALTRACK_LEDGER="deals.db")
    command = "dealtrack edit 206 --note kept >&-; dealtrack show 206 --json | grep '^  .note'"
    went = subprocess.run(["bash", "-c", command], env=env, cwd=desk, capture_output=True, text=True, check=False)
    assert (went.stdout, went.stderr) == ('  "note": "kept",\n', "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_change_that_could_not_be_told_of_is_said_to_be_kept(desk: Path, tmp_path: Path) -> None:
    env = environment(tmp_path, DEALTRACK_LEDGER="deals.db")
    command = "dealtrack edit 206 --note kept >/dev/full; echo $?; dealtrack show 206 --json | grep '^  .note'"
    went = subprocess.run(["bash", "-c", command], env=env, cwd=desk, capture_output=True, text=True, check=False)
    assert went.stdout == '1\n  "note": "kept",\n'
    assert went.stderr.startswith("error: the change is kept, but could not be told of")


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
