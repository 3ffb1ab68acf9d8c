"""Completion: every command and flag, every sort of value, from the ledger that is meant, whatever that holds."""

import hashlib
import os
import re
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import completing
import pytest
from console import environment
from harmful import HOSTILE, put_in
from sqlite_utils import Database

from dealtrack.cli.completing.line import Line
from dealtrack.cli.completing.shells import answer
from dealtrack.ledger.schema import migrations
from dealtrack.text.dates import read_date, read_period

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Look = Callable[[str], dict[str, str]]

# What bash takes for the end of a word, unless its user says otherwise.
BREAKS = " \t\n\"'@><=;|&(:"


def words_of(told: str) -> dict[str, str]:
    """The words of an answer, each with what it is."""
    return dict(line.partition("\t")[::2] for line in told.splitlines()[1:])


@pytest.fixture
def look(sample: Path, monkeypatch: pytest.MonkeyPatch) -> Look:
    """What may stand at the end of a line."""
    monkeypatch.setenv("DEALTRACK_LEDGER", str(sample))
    return lambda line: words_of(answer("fish", f"dealtrack {line}"))


def test_the_table_is_that_of_the_commands(sample: Path, tmp_path: Path) -> None:
    """DEALTRACK_GOLDEN=write in the environment writes it anew."""
    made = completing.table(completing.tables_of(sample, tmp_path))
    if os.environ.get("DEALTRACK_GOLDEN") == "write":
        completing.PATH.write_text(made, encoding="utf-8")
    assert completing.PATH.read_text(encoding="utf-8") == made


COMMANDS = [path for path, _, _ in completing.commands()]


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_and_every_flag_that_help_shows_is_completed(path: str, look: Look, run: Run) -> None:
    above, _, name = path.rpartition(" ")
    assert name in look(f"{above} {name[:2]}")
    shown = run(*path.split(), "--help").stdout
    if {one.rpartition(" ")[0] for one in COMMANDS} & {path}:
        assert set(look(f"{path} ")) == set(re.findall(r"^  (\w+)  ", shown, re.MULTILINE))
        return
    flags = {
        flag
        for line in re.findall(r"^  (-.*?)(?:  |$)", shown, re.MULTILINE)
        for flag in re.findall(r"(?:^|, )(-[\w-]+)", line)
    }
    assert set(look(f"{path} -")) == flags


@pytest.mark.parametrize(
    ("line", "some", "none"),
    [
        ("li", "list link", "show"),
        ("report ", "summary stakes", "list"),
        ("company me", "merge", "show"),
        ("show rocket-lab-g", "rocket-lab-geost-2025", "rocket-lab-mynaric-2025"),
        ("show geost", "rocket-lab-geost-2025", ""),
        ("show 20", "20 200 209", "2 21 120"),
        ("show 206 20", "20 205", ""),
        ("show la", "last", ""),
        ("timeline openai", "openai-stoke-space-2025", ""),
        ("link 206 com", "competes-with", "follows"),
        ("link 206 follows rocket-lab-g", "rocket-lab-geost-2025", ""),
        ("list --buyer rocket-l", "rocket-lab", "rocket-factory-augsburg"),
        ('list --buyer "Rocket L', "Rocket_Lab", "rocket-lab"),
        ('list --buyer "rocket l', "Rocket_Lab", ""),
        ("list -crocket-l", "-crocket-lab", ""),
        ("list --company spacex,rocket-l", "spacex,rocket-lab", "rocket-lab"),
        ("list --company not:rocket-l", "not:rocket-lab", "rocket-lab"),
        ("report company rocket-l", "rocket-lab", ""),
        ("company show rocket-l", "rocket-lab", ""),
        ("list --status a", "agreed", "completed"),
        ("list --status=agreed,", "--status=agreed,open --status=agreed,completed", "--status=agreed,agreed"),
        ("list -s not:", "not:agreed not:done", "agreed"),
        ("list -s n", "not:", ""),
        ("add -s ", "agreed", "open not:agreed"),
        ("add -k acquisition --form ", "merger take-private", "ipo joint-venture"),
        ("add --form ", "merger ipo joint-venture", ""),
        ("add --kind ", "acquisition", "news"),
        ("add --source-kind ", "news filing", "acquisition"),
        ("company add --kind ", "person fund", "acquisition"),
        ("source list --kind ", "news", "acquisition"),
        ("list --sector la", "launch", "satcom"),
        ("list --tag mega", "megadeal", ""),
        ("list --milestone regulatory-a", "regulatory-approval", ""),
        ("list --basis ", "consideration debt", "not:"),
        ("list --in E", "EUR", "USD"),
        ("add --reliability ", "A F", "1"),
        ("add --credibility ", "1 6", "A"),
        ("list --columns id,sl", "id,slug", "slug"),
        ("list --columns id,", "id,slug id,deal", "id,id"),
        ("list --columns +co", "+completed", "completed"),
        ("export --events --columns n", "n", "note"),
        ("source list --publishers --columns ", "lag", "url"),
        ("list -S -va", "-value", "value"),
        ("list --sort -value,si", "-value,since", ""),
        ("list -O ", "csv xlsx table", "png"),
        ("timeline -O ", "png csv", ""),
        ("report league -O ", "png json", "xlsx"),
        ("company list -O ", "csv", "xlsx png"),
        ("export ", "csv package", ""),
        ("report summary --table ", "periods megadeals", "silent"),
        ("report pipeline --table ", "silent", "megadeals"),
        ("report summary --per ", "sector", ""),
        ("report summary --by ", "month year", ""),
        ("report league --role ", "buyers", "buyer"),
        ("update 206 --publisher Space", "SpaceNews Space_Daily", "Reuters"),
        ("source list --via ", "any", ""),
        ("source show s-001", "s-0010 s-0019", "s-0020"),
        ("list --source ", "any s-0738", ""),
        ("company edit spacex --source s-002", "s-0020", ""),
        ("edit 206 --event ", "1 3", "4"),
        ("edit rocket-lab-geost-2025 --event ", "1 3", "4"),
        ("edit 206 --without b", "buyer:", "seller:"),
        ("edit 206 --without buyer:rocket-l", "buyer:rocket-lab", ""),
        ("edit 206 --pin ", "status:", ""),
        ("undo ", "1", "2"),
        ("log --by ", "ada", ""),
        ("import --map cr", "crunchbase-rounds", "pitchbook statuses"),
        ("list --color ", "always", ""),
        ("add --core-space ", "yes no", ""),
        ("list --completed last", "last-year last-quarter", ""),
        ("help da", "dates", "amounts"),
        ("help ex", "exit-codes export", ""),
        ("help company me", "merge", "list"),
        ("help statuses ", "", "dates"),
        ("completion ", "bash zsh fish", ""),
        ("ls --status ", "agreed", ""),
        ("list ", "--status --json", "-s"),
        ("list --json --", "--status", "--json"),
        ("list --status agreed --", "--status", ""),
        ("list -- --", "", "--status"),
        ("list --exclude 20", "200", ""),
        ("", "add help", "--version"),
        ("-", "--version --help", "add"),
        ("nothing ", "", "add"),
        ("add --summary ", "", "agreed --status"),
        ("show $(id -u) 178 openai", "openai-stoke-space-2025", ""),
    ],
)  # fmt: skip
def test_a_value_of_each_sort(line: str, some: str, none: str, look: Look) -> None:
    """A blank of a value is written `_`."""
    found = {word.replace(" ", "_") for word in look(line)}
    assert set(some.split()) <= found
    assert not set(none.split()) & found
    assert len(found) <= 202


@pytest.mark.parametrize(
    "line",
    [
        "list -o ",
        "list --output=",
        "import ",
        "list -l ",
        "backup ",
        "backup --restore x",
        "list > ",
        "list 2>&1 >",
        "import --map x",
    ],
)
def test_files_where_files_are_wanted(line: str, look: Look) -> None:
    look("")
    assert answer("fish", f"dealtrack {line}") == "files\n"


def test_what_a_word_is_stands_beside_it(look: Look) -> None:
    assert look("show openai-s")["openai-stoke-space-2025"] == "#178 OpenAI -> Stoke Space"
    assert look("show 178")["178"] == "OpenAI -> Stoke Space"
    assert look("list --sta")["--status"].startswith("agreed,completed")
    assert look("list -s ag")["agreed"] == "signed, definitive or board-approved, not closed"
    assert look("list --buyer rocket-l")["rocket-lab"] == "Rocket Lab"
    assert look("li")["list"] == "deals that match (alias ls)"
    listed = answer("bash", "dealtrack show 17", BREAKS, "63").splitlines()
    assert "178  OpenAI -> Stoke Space" in listed


@pytest.mark.parametrize(
    ("command", "flag", "values"),
    [
        (("list",), "--kind", "kinds"),
        (("list",), "--form", "forms"),
        (("list",), "--status", "states"),
        (("list",), "--basis", "bases"),
        (("list",), "--milestone", "milestones"),
        (("list",), "--columns", "columns"),
        (("list",), "--sort", "sorts"),
        (("export", "--events"), "--columns", "columns @ --events"),
        (("source", "list"), "--columns", "columns @ source"),
        (("source", "list"), "--sort", "sorts @ source"),
        (("source", "list", "--publishers"), "--sort", "sorts @ --publishers"),
        (("source", "list"), "--kind", "kinds @ source"),
        (("source", "list"), "--reliability", "grades"),
        (("report", "league"), "--role", "leagues"),
    ],
)  # fmt: skip
def test_the_command_takes_all_that_is_offered(command: tuple[str, ...], flag: str, values: str, run: Run) -> None:
    words = [word for word, _ in completing.words({})[values]]
    went = run(*command, flag, ",".join(words), "-n", "1")
    assert went.returncode == 0, went.stderr


@pytest.mark.parametrize(
    "command",
    [("list",), ("timeline",), ("report", "summary"), ("company", "list"), ("source", "list"), ("export",)],
    ids=" ".join,
)
def test_the_command_takes_all_formats_that_are_offered(command: tuple[str, ...], run: Run, look: Look) -> None:
    offered = set(look(f"{' '.join(command)} -O "))
    told = run(*command, "-O", "nonsense").stderr.rpartition("format: ")[2]
    taken = set(told.strip().removesuffix(" ...").split(", "))
    assert taken <= offered
    # A refusal names no more than twelve.
    for name in offered - taken - {"table"}:
        went = run(*command, "-O", name, "-o", f"made.{name}")
        assert went.returncode == 0, went.stderr


def test_days_and_periods_that_are_offered_are_read(look: Look) -> None:
    today = date(2026, 7, 1)
    for word in look("list --on "):
        read_period(word, today)
    for word in look("update 206 --on "):
        read_date(word, today)


# --- the line as it is typed ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words", "typed"),
    [
        ("a b", ["a"], "b"),
        ("a  b ", ["a", "b"], ""),
        ("a 'b c' \"d e", ["a", "b c"], "d e"),
        (r"a b\ c\"d", ["a"], 'b c"d'),
        (r'a "b\"c\d', ["a"], r'b"c\d'),
        ("a '' ", ["a", ""], ""),
        ("a 2>/dev/null b", ["a"], "b"),
        ("a >f b >&2 c", ["a", "b"], "c"),
        ("a --b='c d", ["a"], "--b=c d"),
        ("a b\nc", ["a", "b"], "c"),
    ],
)
def test_a_line_is_read_as_the_shell_reads_it(text: str, words: list[str], typed: str) -> None:
    line = Line(text)
    assert (line.words, line.typed) == (words, typed)


@pytest.mark.parametrize("typed", ["$HO", "$(touch pwned)", "`touch pwned`", '"$HO', "a$b"])
def test_what_the_shell_would_compute_is_left_to_it(typed: str, look: Look) -> None:
    look("")
    assert not answer("bash", f"dealtrack show {typed}", BREAKS)


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("list --status not:agr", ["agreed"]),
        ("list --status=agr", ["agreed"]),
        ("list --status=not:agr", ["agreed"]),
        ("list -s not", ["not:"]),
        ("list --buyer Rocket\\ L", [r"Rocket\ Lab", r"Rocket\ Lab\ Corporation", r"Rocket\ Lab\ USA"]),
        ('list --buyer "Rocket L', ["Rocket Lab", "Rocket Lab Corporation", "Rocket Lab USA"]),
        ("list --buyer 'Rocket L", ["Rocket Lab", "Rocket Lab Corporation", "Rocket Lab USA"]),
        ("edit 206 --without buyer:rocket-l", ["rocket-lab"]),
        ("show geost", ["rocket-lab-geost-2025"]),
    ],
)  # fmt: skip
def test_bash_is_given_what_follows_the_last_break(typed: str, completed: list[str], look: Look) -> None:
    look("")
    assert answer("bash", f"dealtrack {typed}", BREAKS, "9").splitlines()[1:] == completed


# --- the ledger that is meant, and how it is left -------------------------------------------------


def traces(folder: Path) -> dict[str, str]:
    """All files of a folder by their contents."""
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def test_the_ledger_is_that_of_the_command(desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEALTRACK_LEDGER", str(tmp_path / "none.db"))
    line = "show openai"
    assert not words_of(answer("fish", f"dealtrack {line}"))
    for flag in (f"-l {desk}/deals.db", f"--ledger={desk}/deals.db", f"-l{desk}/deals.db"):
        assert words_of(answer("zsh", f"dealtrack show {flag} openai")), flag
    assert words_of(answer("fish", f"DEALTRACK_LEDGER={desk}/deals.db dealtrack {line}"))
    monkeypatch.delenv("DEALTRACK_LEDGER")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(desk))
    assert words_of(answer("zsh", f"dealtrack {line} -l ~/deals.db")) == {}
    assert words_of(answer("zsh", "dealtrack show -l ~/deals.db openai"))
    (tmp_path / "dealtrack").mkdir()
    shutil.copy(desk / "deals.db", tmp_path / "dealtrack" / "deals.db")
    assert words_of(answer("fish", f"dealtrack {line}"))


def _missing(path: Path) -> None:
    path.unlink()


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def _noise(path: Path) -> None:
    path.write_bytes(os.urandom(5000))


def _foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE deal (id)")


def _older(path: Path) -> None:
    path.unlink()
    older = Database(path)
    migrations.apply(older, stop_before="looks")
    older.conn.close()


@pytest.mark.parametrize("harm", [_missing, _folder, _cut, _noise, _foreign, _older])
def test_a_ledger_that_cannot_be_read_completes_nothing_and_stays_as_it_is(
    harm: Callable[[Path], None], desk: Path, tmp_path: Path
) -> None:
    harm(desk / "deals.db")
    before = traces(desk)
    for line in (
        "show ",
        "show op",
        "show 2",
        "list --buyer R",
        "list --sector ",
        "source show ",
        "undo ",
        "edit 2 --event ",
    ):
        went = asked(desk, tmp_path, "fish", f"dealtrack {line}")
        assert (went.returncode, words_of(went.stdout), went.stderr) == (0, {}, ""), line
    assert traces(desk) == before


def asked(folder: Path, home: Path, shell: str, *told: str) -> "subprocess.CompletedProcess[str]":
    """What a process of its own answers."""
    return subprocess.run(
        ["dealtrack", "completion", shell, "--", *told],
        env=environment(home, DEALTRACK_LEDGER="deals.db"),
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_nothing_waits_for_another_writer(desk: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(desk / "deals.db", isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        assert words_of(asked(desk, tmp_path, "fish", "dealtrack show openai").stdout)
        writer.execute("COMMIT")
        writer.execute("BEGIN EXCLUSIVE")
        began = time.monotonic()
        assert not words_of(asked(desk, tmp_path, "fish", "dealtrack show openai").stdout)
        assert time.monotonic() - began < 5


def test_reading_leaves_no_trace(desk: Path, tmp_path: Path) -> None:
    (desk / "deals.db").chmod(0o444)
    before = traces(tmp_path)
    for line in ("show openai", "show ", "list --sector ", "list --buyer Rocket"):
        assert words_of(asked(desk, tmp_path, "zsh", f"dealtrack {line}").stdout)
    assert traces(tmp_path) == before


@pytest.mark.parametrize(
    "words", [["ksh", "--", "dealtrack "], ["bash", "--"], ["fish", "--", "x" * 100_000], ["zsh", "--", "'"]]
)
def test_no_error_is_ever_printed(words: list[str], desk: Path, tmp_path: Path) -> None:
    went = asked(desk, tmp_path, words[0], *words[2:])
    assert (went.returncode, went.stderr) == (0, "")


# --- names that would do harm --------------------------------------------------------------------


@pytest.fixture(scope="module")
def hostile(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a ledger of companies whose names would do harm, were they read as anything else."""
    folder = tmp_path_factory.mktemp("hostile")
    shutil.copy(sample, folder / "deals.db")
    put_in(folder / "deals.db")
    return folder


def test_what_fits_in_no_word_is_not_offered(hostile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEALTRACK_LEDGER", str(hostile / "deals.db"))
    found = [set(words_of(answer("fish", f"dealtrack list --buyer {typed}"))) for typed in ("N0", "N1")]
    assert found == [set(HOSTILE[:-1]), set(HOSTILE[-1:])]
    for line in ("list --buyer -N", "list --buyer=-N", "show N", "show -N", "show ''-N"):
        assert not words_of(answer("fish", f"dealtrack {line}")), line


@pytest.mark.parametrize("quote", ["", "'", '"'])
@pytest.mark.parametrize("name", HOSTILE)
def test_bash_reads_back_a_hostile_name(name: str, quote: str, hostile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEALTRACK_LEDGER", str(hostile / "deals.db"))
    words = answer("bash", f"dealtrack list --buyer {quote}{name[:3]}", BREAKS, "9").splitlines()[1:]
    if not words:
        # Between double quotes bash would look for it in its history.
        assert "!" in name
        assert quote == '"'
        return
    said = subprocess.run(
        ["bash", "-c", f"printf %s {quote}{words[0]}{quote}"],
        cwd=hostile,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    ).stdout
    assert said == name
    assert not (hostile / "pwned").exists()
