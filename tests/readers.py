"""Every reader of dealtrack with what must hold of it: a value or a Problem comes out, and read(say(x)) is x."""

import io
import os
import re
import shlex
import shutil
import signal
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, chdir, closing, contextmanager, redirect_stderr, redirect_stdout
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, Self
from unittest.mock import patch
from zlib import crc32

from exchange.conftest import SMALL, folder_of
from ledger.conftest import bring_in, comes_back, faults

from dealtrack.cli import options
from dealtrack.cli.app import VERBS, run
from dealtrack.cli.options import Flags
from dealtrack.domain.date import SPANS, from_edtf
from dealtrack.domain.money import BASES, QUALIFIERS, decimal_string
from dealtrack.domain.party import ROLES
from dealtrack.domain.stake import STAKE_BASES, percent_string
from dealtrack.domain.status import PHASES, STATUSES
from dealtrack.exchange.formats import NAMES
from dealtrack.exchange.package import open_package, sample
from dealtrack.exchange.packing import descriptor
from dealtrack.ledger.ledger import Ledger
from dealtrack.ledger.writing import WritableLedger
from dealtrack.text import words
from dealtrack.text.dates import read_date, read_period, say_date
from dealtrack.text.money import read_amount_range, read_money, say_money
from dealtrack.text.stakes import read_stake, read_stake_range, say_stake

TODAY = date(2025, 12, 10)


class Reader(NamedTuple):
    """`read` takes an input, or fails; `seeds` are inputs to begin with, `words` what others may be made of.

    An input has so many characters at the longest, and a short one takes so many seconds.
    """

    read: Callable[[str], None]
    seeds: tuple[str, ...]
    words: tuple[str, ...]
    longest: int = 1_000_000
    seconds: float = 2


@contextmanager
def readers() -> Iterator[dict[str, Reader]]:
    """All of them by name, with files of their own for as long as they are wanted."""
    with TemporaryDirectory() as name, ExitStack() as open_until_then:
        home = Path(name)
        commands = open_until_then.enter_context(_Commands(home / "one" / "two" / "desk"))
        yield {
            "date": Reader(_date, DATES, DATE_WORDS),
            "period": Reader(_period, (*DATES, "2024..2025", "30d", "..Q3 2025"), (*DATE_WORDS, "..", "30d")),
            "edtf": Reader(_edtf, DATES[:6], (*SPANS, *"/~?%.-0123456789", "..", "2025")),
            "money": Reader(_money, AMOUNTS, MONEY_WORDS),
            "amount range": Reader(_amounts, ("100M..", "..50M", "100M..1bn", *AMOUNTS), (*MONEY_WORDS, "..")),
            "stake": Reader(_stake, SHARES, STAKE_WORDS),
            "stake range": Reader(_stakes, ("50..", "..10", *SHARES), (*STAKE_WORDS, "..")),
            "package": Reader(_Folder(home / "package").read, _tables(), CELLS),
            "zip": Reader(partial(_zip, home / "package.zip"), (_zipped(),), ZIP_MARKS),
            "command line": Reader(commands.read, COMMANDS, COMMAND_WORDS, LONGEST_WORD, seconds=20),
        }


# --- dates, amounts, stakes ---------------------------------------------------------------------

DATES = ("2025-12-03", "2025-35~", "2024/2025", "2025/..", "../2025-06", "1900-24%", "3 Dec 2025", "early June 2025",
         "between May and June 2025", "about Q3 2025", "winter 2025-26", "3w ago", "last quarter", "before 2025?",
         "first half of 2025", "end of 2025", "03/04/2025", "yesterday")  # fmt: skip
DATE_WORDS = (*words.PERIODS, *words.PARTS, *words.ORDINALS, *words.WEEKDAYS, *words.WEEKDAYS_ELSEWHERE,
              *words.UNITS, *words.NUMBERS,
              *"-/.~?%,' ", " to ", "between ", " and ", "by ", "before ", "after ", "since ", "from ", "the end of ",
              "about ", "ca. ", " ago", "last ", "this ", "next ", "year", "today", "ytd", "2025", "1900", "2199", "..",
              "1st", "31", "\u2013", "\u2014", "\u00a0", "\u0662")  # fmt: skip
AMOUNTS = ("$275M", "EUR 2.8bn", "~450M", "250M..275M", "up to $1.2bn", "at least EUR 100m", "undisclosed", "yen 5",
           "billions of dollars over time", "$250-275M", "1,200,000", "KWD 1.125", "5M (currency not stated)", "C$3 tn",
           "between $1 and 2 crore", "multi-billion-dollar", "1.200.000,50 euros")  # fmt: skip
MONEY_WORDS = (*words.MULTIPLIERS, *words.MAGNITUDES, *words.CURRENCIES, *words.SHARED_CURRENCIES, *words.ABOUT,
               *words.AT_LEAST, *words.UP_TO, *words.OR_MORE, *words.OR_LESS, *words.UNDISCLOSED, *words.DOLLARS,
               *words.UNKNOWN_CURRENCY, *"0123456789-+.,() %", " to ", "several ", "KWD", "XAU", "e9")  # fmt: skip
SHARES = ("51", "45..55", "controlling", "minority stake", "over 50%", "two thirds", "20% (controlling)", "undisclosed",
          "between 5 and 10 percent", "up to 49.9%", "0..100", "at least a third (not controlling)")  # fmt: skip
STAKE_WORDS = (*words.FRACTIONS, *words.ABOUT, *words.AT_LEAST, *words.UP_TO, *words.OR_MORE, *words.UNDISCLOSED,
               *"0123456789%-.,() ", "percent", "majority", " interest", "(controlling)", "(not controlling)",
               "(control unknown)", " to ", "a ", "the ", "100", "0.0001")  # fmt: skip


def _date(text: str) -> None:
    when = read_date(text, TODAY)
    assert read_date(say_date(when), TODAY) == when


def _period(text: str) -> None:
    when = read_period(text, TODAY)
    assert read_period(say_date(when), TODAY) == when


def _edtf(text: str) -> None:
    when = from_edtf(text)
    assert when.edtf == text
    assert read_date(text, TODAY) == when


def _money(text: str) -> None:
    amount = read_money(text, "valuation")
    assert read_money(say_money(amount), "valuation")._replace(text=amount.text) == amount


def _stake(text: str) -> None:
    share = read_stake(text, "sought")
    assert read_stake(say_stake(share), "sought")._replace(text=share.text) == share


def _amounts(text: str) -> None:
    low, high = read_amount_range(text)
    _reads_back(read_amount_range, low, high, decimal_string(low, 2), decimal_string(high, 2))


def _stakes(text: str) -> None:
    low, high = read_stake_range(text)
    _reads_back(read_stake_range, low, high, percent_string(low), percent_string(high))


Bound = int | None


def _reads_back(read: Callable[[str], tuple[Bound, Bound]], low: Bound, high: Bound, *said: str | None) -> None:
    if low is not None or high is not None:
        assert read(said[0] or "" if low == high else "..".join(one or "" for one in said)) == (low, high)


# --- data packages ------------------------------------------------------------------------------

CELLS = (*STATUSES, *QUALIFIERS, *BASES, *STAKE_BASES, *ROLES, *DATES[:6], *",;\"'#\n\r{}[]:", "\r\n", '""', "USD",
         "yes", "no", "s-0001", "ses", "geost", "ses-geost-2024", "#1", "100", "\ufeff", "\0", "\udcff", "null", "path",
         "name", "..", "../", "\u2028")  # fmt: skip
ZIP_MARKS = ("PK\1\2", "PK\3\4", "PK\5\6", "PK\6\6", "\xff\xff\xff\xff", "\x00\x00")


def _tables() -> tuple[str, ...]:
    """Every file of a small package; an input is the name of one and what it holds instead, the others are whole."""
    odd = ("{}", "[]", "3", '{"resources": 3}', '{"resources": [{}]}', '{"resources": [{"name": "deals", "path": 3}]}')
    return (*(f"{file}\n{text}" for file, text in _files().items()), *(f"datapackage.json\n{text}" for text in odd))


def _files() -> dict[str, str]:
    return {"datapackage.json": descriptor(), **SMALL}


class _Folder:
    """A data package as a folder, one file of which is other than it was."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder_of(folder)
        self.files = _files()
        for file, text in self.files.items():
            self.put(file, text)

    def put(self, file: str, text: str) -> None:
        # The last of the halves of characters stands for a byte that is no UTF-8.
        (self.folder / file).write_bytes(text.encode("utf-8", "surrogatepass").replace(b"\xed\xb3\xbf", b"\xff"))

    def read(self, text: str) -> None:
        file, _, held = text.partition("\n")
        if file not in self.files:
            return
        self.put(file, held)
        try:
            _package(self.folder)
            # Ledgers take long to make: few of the packages that can be read go through one.
            if crc32(held.encode("utf-8", "surrogatepass")) % 16 == 0:
                _through_a_ledger(self.folder)
        finally:
            self.put(file, self.files[file])


def _package(path: Path) -> None:
    with closing(open_package(path)) as package:
        for values in (package.companies(), package.sources(), package.deals(), package.links()):
            for _ in values:
                pass


def _through_a_ledger(path: Path) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        with closing(WritableLedger(folder / "deals.db", create=True)) as ledger:
            with closing(open_package(path)) as package:
                bring_in(ledger, package)
            assert faults(ledger) == []
            comes_back(ledger, folder)


def _zipped() -> str:
    """The small package as a zip file, each byte a character."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for file, text in _files().items():
            # Two ways of packing, and no time of day.
            way = zipfile.ZIP_DEFLATED if file == "datapackage.json" else zipfile.ZIP_STORED
            archive.writestr(zipfile.ZipInfo(file), text, way)
    return made.getvalue().decode("latin-1")


def _zip(path: Path, text: str) -> None:
    path.write_bytes(text.encode("latin-1", "replace"))
    _package(path)


# --- the command line ---------------------------------------------------------------------------

COMMANDS = (
    "list --status open --sector launch --first-seen 2025 --sort -value,id -n 5",
    "list --value 100M.. --stake ..50 -d 2024..2025 --json --columns id,value,status",
    "list rocket -O table --color always --as-of 2025-01-01 --known-on today",
    "show 206 205 --json", "show stoke space", "show last --ids", "timeline 206", "timeline -c rocket-lab --by year",
    "timeline --kind acquisition --on 2025 --by quarter --ascii",
    'add -k acquisition --buyer ses --target "New One" --new-company --on "Q3 2025" --status talks -a ~40M --stake 51',
    "update 206 --status agreed --on 2026-10-12 --value 38.5M --expected 2027 --source https://example.com/r --via WSJ",
    'edit 206 --title "A title" --note none --tag +lunar --pin status:1 --without target:geost --core-space no',
    "edit 206 --event 1 --value 35M..45M --credibility 2 --reliability C", "rm 206", "rm 206 --event 1", "undo",
    "undo 2", "import small", "import small.zip --dry-run", "export csv launch -n 3", "export json -o out.json --force",
    "export package --sector launch -o out.zip", "company list rocket", "company show rocket-lab",
    'company add "Acme \U0001f680" --country us --sector launch --ticker nyse:acme --note x', "company alias ses Ses",
    "log --full -n 2", "log 206 --since 2020 --by ada", "check", "check --fix", "backup copy.db", "backup --list",
    "status", "help dates",
)  # fmt: skip
_FLAGS = tuple(
    name
    for group in vars(options).values()
    if isinstance(group, type) and issubclass(group, Flags) and group is not Flags
    for flag in group.all().values()
    for name in flag.names
)
COMMAND_WORDS = tuple(
    f" {word} "
    for word in (
        *(verb.name for verb in VERBS), *_FLAGS, *STATUSES, *PHASES, *ROLES, *NAMES, "206", "last", "-", "--", "=",
        "''", "not:", "+", "any", "none", "2025", "--by", "--since", "--event", "--pin", "--without", "--full",
        "[/x]", ":rocket:", "\x1b[31m", "\x1b]0;t\x07", "\u202e", "\u5317\u4eac", "\U0001f469\u200d\U0001f680",
        "=cmd|'", "\ud800", "0001-01-01", "9999-12-31", "%s", "*", '"', "a OR", "NEAR(", "x" * 300, "-0", "1e9",
    )
)  # fmt: skip

# Where a file would lie outside the folder that the commands are run in.
_ELSEWHERE = re.compile(r"(-\w+|--[\w-]+=)?(/|~\w*/)|(.*\.\./){3}", re.DOTALL)
_CODES = (0, 1, 2, 3, 4, 5)

# What one word of a command line is on Linux at most.
LONGEST_WORD = 120_000
_ROUND = 100


class _Commands:
    """Commands in a folder with a ledger of the bundled deals, which after every hundred is examined and made anew."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ledger = folder / "deals.db"
        self.whole = folder.parent / "whole.db"
        self.count = 0

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True)
        with closing(WritableLedger(self.whole, create=True)) as ledger, closing(sample()) as package:
            bring_in(ledger, package)
        self.begin()
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def begin(self) -> None:
        shutil.copy(self.whole, self.ledger)
        _Folder(self.folder / "small")
        (self.folder / "small.zip").write_bytes(_zipped().encode("latin-1"))

    def end(self) -> None:
        """Whatever was typed, the ledger is sound, if it is still there."""
        with closing(Ledger(self.ledger)) as ledger:
            assert faults(ledger) == []

    def read(self, text: str) -> None:
        try:
            typed = shlex.split(text)
        except ValueError:
            return
        # No system hands on a NUL; a traceback is what --debug is for.
        if any(_ELSEWHERE.match(word) or "\0" in word or word == "--debug" for word in typed):
            return
        self.count += 1
        if self.count % _ROUND == 0:
            self.end()
            folder_of(self.folder)
            self.begin()
        self.went(typed)

    def went(self, typed: list[str]) -> None:
        """Run it, and see what it says: an exit code of ours, and of a failure what is wrong and what to do."""
        code, _, talk = typed_in(self.folder, *typed)
        said = talk.splitlines()
        assert code in _CODES, code
        if code in (1, 2, 3, 5):
            assert [line.partition(":")[0] for line in said[-2:]] == ["error", "hint"], said
        assert "\x1b" not in talk or "always" in typed, said


def typed_in(folder: Path, *typed: str) -> tuple[int, str, str]:
    """What a command in that folder gives, writes and says, without a process of its own."""
    written, told = io.BytesIO(), io.BytesIO()
    out, talk = (io.TextIOWrapper(raw, encoding="utf-8", write_through=True) for raw in (written, told))
    own = {"HOME": str(folder), "DEALTRACK_LEDGER": "deals.db", "DEALTRACK_USER": "ada", "TERM": "xterm"}
    pipe = signal.getsignal(signal.SIGPIPE)
    with (
        chdir(folder), redirect_stdout(out), redirect_stderr(talk), patch.dict(os.environ, own, clear=True),
        patch.object(sys, "argv", ["dealtrack", *typed]), patch.object(sys, "stdin", io.StringIO("206\n")),
    ):  # fmt: skip
        try:
            code = run(typed)
        finally:
            signal.signal(signal.SIGPIPE, pipe)
    return code, written.getvalue().decode(), told.getvalue().decode()
