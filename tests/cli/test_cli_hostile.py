"""Names and notes that would like to be more than names, through the command line and out again."""

import csv
import io
import json
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from ledger.conftest import amount, change, comes_back, draft, event, source
from readers import typed_in

from dealtrack.domain.company import Alias, Company
from dealtrack.domain.stake import majority
from dealtrack.exchange.record import FIELDS
from dealtrack.ledger.ledger import Ledger
from dealtrack.ledger.writing import WritableLedger

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
    # In the flags of a deal a semicolon parts names; a company may have one in its name all the same.
    founded = run("company", "add", name)
    assert founded.returncode == 0, founded.stderr
    slug = founded.stdout.split()[1]
    went = run(
        "add", "-k", "acquisition", "--buyer", "spacex", "--target", slug, "--status", "talks",
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


def test_what_cannot_be_text_is_refused(run: Run) -> None:
    went = run("edit", "206", "--note", "a\ud800b".encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape"))
    assert went.returncode == 2
    assert went.stderr.startswith("error: ")
    assert len(went.stderr.splitlines()) == 2


# --- in a ledger, wherever data can be ----------------------------------------------------------

# As a package brings it: more than the words of a command line can be.
STORED = HOSTILE | {"c1": "\x9b31m \x85", "isolates": "\u2066x\u2069 \u200f"}
MEGABYTE = "word " * 200_000 + "end"
ACTING = {"\x1b", "\x07", "\0", "\x9b", "\x85", "\u200f", "\u202e", "\u2066", "\u2069"}


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a ledger of a deal for each of them, with it wherever there is room for words."""
    folder = tmp_path_factory.mktemp("full")
    with closing(WritableLedger(folder / "deals.db", create=True)) as ledger, change(ledger, "add"):
        for key, words in STORED.items():
            name, listed = words.strip(), (words.replace(";", ",").strip(),)
            slug = ledger.add_company(
                Company(
                    key.replace(" ", "-"), name, sectors=listed, ticker=name, note=name, aliases=(Alias(name, "short"),)
                )
            )
            page = source(url=f"https://example.com/{name}", title=name, publisher=name, via=name)
            told = event(
                "2025-06", "talks", summary=name, value=amount(5)._replace(text=name), stake=majority(name, "sought"),
                source=page, milestone=name, flags=listed,
            )  # fmt: skip
            rest = {"title": name, "note": name, "tags": listed, "sectors": listed}
            ledger.add_deal(draft((slug, "buyer"), (slug, "target"), events=[told], **rest))
        told = event("2025-06", "talks", summary=MEGABYTE)
        ledger.add_deal(draft(("markup", "buyer"), events=[told], title="Giant", note=MEGABYTE))
    return folder


@pytest.mark.parametrize(
    "words",
    [
        *(("list", "-O", format_, "--columns", columns) for format_ in ("json", "ndjson", "tsv")
          for columns in ("id,value,status", ",".join(FIELDS))),
        ("list", "-O", "table"), ("list", "-O", "table", "--ascii", "--columns", "id,slug,title,note,tags"),
        ("list", "--company", "escape", "--sort", "title"), ("list", "word", "--ids"),
        *(("show", str(number)) for number in range(1, len(STORED) + 2)), ("show", "1", "2", "3", "--json"),
        *(("timeline", str(number)) for number in range(1, len(STORED) + 2)), ("timeline", "--by", "year"),
        ("timeline", "--company", "markup"), ("timeline", "--company", "escape", "--ascii"),
        ("company", "list"), *(("company", "show", key.replace(" ", "-")) for key in STORED),
        ("log", "--full"), ("log", "3"), ("check",), ("status",),
        *(("export", format_) for format_ in ("json", "ndjson", "tsv")),
    ],
    ids=lambda words: " ".join(words)[:60],
)  # fmt: skip
def test_no_command_lets_it_act(words: tuple[str, ...], full: Path) -> None:
    code, written, told = typed_in(full, *words)
    assert code in (0, 4), told
    assert written or words[0] == "check"
    assert not ACTING & set(written + told)


def test_a_spreadsheet_of_it_all_has_a_row_for_each_and_no_formula(full: Path) -> None:
    written = io.StringIO(typed_in(full, "export", "csv", "--sort", "id", "-n", str(len(STORED)))[1], newline="")
    for row, words in zip(csv.DictReader(written, strict=True), STORED.values(), strict=True):
        name = words.strip()
        guarded = f"'{name}" if name.startswith("=") else name
        assert [row[column] for column in ("title", "note", "buyer", "target", "value_text")] == [guarded] * 5


def test_a_package_of_it_all_comes_back(full: Path) -> None:
    with closing(Ledger(full / "deals.db")) as ledger:
        comes_back(ledger, full)


FAR = (
    "0000",
    "0000-01-01",
    "0001-01-01",
    "1899-12-31",
    "2200",
    "9999-12-31",
    "9999",
    "10000-01-01",
    "-0001",
    "before 1900",
)


@pytest.mark.parametrize("when", FAR)
def test_a_date_outside_the_years_is_refused(when: str, full: Path) -> None:
    for words in (
        ("add", "-k", "acquisition", "--buyer", "markup", "--target", "escape", f"--on={when}"),
        ("update", "1", f"--on={when}", "--status", "agreed"),
        ("update", "1", "--on=2026", f"--expected={when}"),
        ("update", "1", "--on=2026", "--source", "x", f"--published={when}"),
        ("edit", "1", "--event", "1", f"--on={when}"),
        ("list", f"--on={when}"),
        ("list", f"--agreed={when}"),
        ("list", f"--on=2025..{when}"),
        ("list", f"--today={when}"),
        ("list", f"--as-of={when}"),
        ("show", "1", f"--known-on={when}"),
    ):
        code, written, told = typed_in(full, *words)
        assert (code, written) == (2, ""), (words, told)
        assert [line.partition(":")[0] for line in told.splitlines()] == ["error", "hint"]


def test_the_first_and_the_last_day_there_are_can_be_drawn(full: Path, tmp_path: Path) -> None:
    shutil.copy(full / "deals.db", tmp_path)
    for day in ("1900-01-01", "2199-12-31"):
        code, _, told = typed_in(tmp_path, "update", "1", "--on", day, "--status", "agreed", "--today", day)
        assert code == 0, told
    for words in (("timeline", "1"), ("timeline", "-c", "markup"), ("timeline", "--by", "month"), ("show", "1")):
        for today in ("1900-01-01", "2199-12-31"):
            code, written, told = typed_in(tmp_path, *words, "--today", today)
            assert (code, bool(written)) == (0, True), told
