"""What dealtrack costs beside its peers: prints a table, judges nothing.

    python tests/bench/bench.py [startup] [import] [rows] [list] [export] [past] [history] [reports] [pages]
        [companies] [memory] [--rounds N] [--deals N]

Run it with the interpreter of the environment that dealtrack is installed in. Each command runs in turn with its peer
(A B A B ...), after a round that is not counted; a ratio is the median of the ratios of the rounds.

The ratio by the clock depends on the disk: sqlite-utils waits for it after every hundred rows, an import of ours once,
so that a slow or busy disk flatters us. The ratio of processor time (cpu ratio) does not; name a folder in memory by
TMPDIR to leave the disk out altogether.
"""

import argparse
import os
import platform
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import NamedTuple

from flat import flat_file
from generate import DATA, HEADERS, generate
from names import fill
from running import DEALTRACK, PYTHON, SQLITE_UTILS, Cost, run, run_on_terminal

STOKE = "openai-stoke-space-2025"
# The equivalent of a listing with nothing but the standard library.
SELECT = "import csv, sqlite3, sys; csv.writer(sys.stdout).writerows(sqlite3.connect(sys.argv[1]).execute(sys.argv[2]))"

OBJECTS = (
    "import json, sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.row_factory = sqlite3.Row; "
    "sys.stdout.writelines(json.dumps(dict(row)) + '\\n' for row in c.execute(sys.argv[2]))"
)
# SQLite's own shell, where there is one.
SQLITE3 = shutil.which("sqlite3") or ""

# dealtrack, but that what is recorded leaves no trace of having been.
WITHOUT_HISTORY = (
    "from dealtrack.ledger import chain, journal; chain.digest_of = lambda *_: ''; "
    "journal.Journal.close = lambda _: True; from dealtrack.__main__ import main; main()"
)

Measure = Callable[[], Cost]


class Trial(NamedTuple):
    """A command to measure, the peer that it is held against, and how many times its peer's time it may take."""

    name: str
    measure: Measure
    peer_name: str
    peer: Measure
    budget: float | None = None


class Place:
    """The folder for one run of the benchmark, with the packages and ledgers made in it, each once."""

    def __init__(self, folder: Path, deals: int) -> None:
        self.folder = folder
        self.deals = deals
        self.package = cache(self._package)
        self.ledger = cache(self._ledger)
        self.flat = cache(self._flat)

    def _package(self, deals: int) -> Path:
        folder = self.folder / f"package-{deals}"
        generate(folder, deals)
        return folder

    def _flat(self, rows: int) -> str:
        path = self.folder / f"flat-{rows}.csv"
        flat_file(path, rows)
        return str(path)

    def _ledger(self, deals: int | None) -> str:
        """The ledger of so many made-up deals, or (None) of the bundled ones."""
        path = str(self.folder / f"ledger-{deals or 'sample'}.db")
        what = "--sample" if deals is None else str(self.package(deals))
        run([DEALTRACK, "import", what, "--create", "--ledger", path])
        return path

    def fresh(self) -> str:
        """The path of a file that is not there."""
        path = self.folder / "fresh.db"
        for found in self.folder.glob("fresh.db*"):
            found.unlink()
        return str(path)


# --- what is measured ---------------------------------------------------------------------------


def startup(place: Place, rounds: int) -> None:
    """How soon the bundled deals are on the screen, beside an interpreter that does nothing."""
    ledger = place.ledger(None)
    at = ("--ledger", ledger)
    nothing = ("python -c pass", partial(run, [PYTHON, "-c", "pass"]))
    commands: list[tuple[str, Sequence[str], float | None]] = [
        ("dealtrack --version", [DEALTRACK, "--version"], 6),
        ("dealtrack --help", [DEALTRACK, "--help"], 6),
        (
            "a slug completed at Tab",
            [DEALTRACK, "completion", "bash", "--", f"dealtrack show -l {ledger} {STOKE[:9]}"],
            4,
        ),
        ("dealtrack list --json", [DEALTRACK, "list", "--json", *at], 7),
        (f"dealtrack show {STOKE}", [DEALTRACK, "show", STOKE, *at], None),
        (f"dealtrack timeline {STOKE}", [DEALTRACK, "timeline", STOKE, *at], None),
        ("python -c 'import typer'", [PYTHON, "-c", "import typer"], None),
        ("sqlite-utils rows LEDGER deals_flat", [SQLITE_UTILS, "rows", ledger, "deals_flat"], None),
    ]
    trials = [Trial(name, partial(run, command), *nothing, budget) for name, command, budget in commands]
    drawn = partial(run_on_terminal, [DEALTRACK, "list", *at])
    trials.insert(4, Trial("dealtrack list, 50 rows on a terminal", drawn, *nothing, 12))
    show_trials("startup", trials, rounds)


def import_(place: Place, rounds: int) -> None:
    """Importing a data package, beside sqlite-utils inserting the same seven files one by one."""
    made = place.package(place.deals)
    trials = [
        Trial(
            f"dealtrack import {shown} --create",
            partial(imported, place, what),
            "sqlite-utils insert, seven files",
            partial(inserted, place, folder),
            1.5,
        )
        for shown, what, folder in (
            ("--sample", "--sample", DATA),
            (f"PACKAGE of {place.deals:,} deals", str(made), made),
        )
    ]
    show_trials("import", trials, rounds)


def rows(place: Place, rounds: int) -> None:
    """Importing a file of flat rows, beside sqlite-utils inserting it as it is; and the same file again."""
    file, known = place.flat(place.deals), str(place.folder / "known.db")

    def first() -> Cost:
        return imported(place, file, *_AS_TOLD)

    def inserted() -> Cost:
        return run([SQLITE_UTILS, "insert", place.fresh(), "deals", file, "--csv", "--no-detect-types"])

    run([DEALTRACK, "import", file, "--create", *_AS_TOLD, "--ledger", known])
    again = partial(run, [DEALTRACK, "import", file, *_AS_TOLD, "--ledger", known])

    def copied() -> Cost:
        return run([PYTHON, str(Path(__file__).with_name("copied.py")), known, place.fresh()])

    name = f"dealtrack import FILE of {place.deals:,} rows"
    trials = [
        Trial(name, first, "sqlite-utils insert --csv", inserted, 1),
        Trial(name, first, "the rows it makes, copied", copied),
        Trial(f"{name}, again", again, "the first time", first, 0.5),
    ]
    show_trials("rows", trials, rounds)


# Nobody is asked, and every company is new.
_AS_TOLD = ("--yes", "--new-company")


def imported(place: Place, what: str, *more: str) -> Cost:
    return run([DEALTRACK, "import", what, "--create", *more, "--ledger", place.fresh()])


def inserted(place: Place, folder: Path) -> Cost:
    path = place.fresh()
    how = ("--csv", "--no-detect-types")
    costs = [run([SQLITE_UTILS, "insert", path, table, str(folder / f"{table}.csv"), *how]) for table in HEADERS]
    seconds, cpu, peaks = zip(*costs, strict=True)
    return Cost(sum(seconds), sum(cpu), max(peaks))


def list_(place: Place, rounds: int) -> None:
    """Reading a large ledger, beside the standard library writing the like of it as CSV."""
    ledger = place.ledger(place.deals)
    flat = "SELECT * FROM deals_flat"
    pairs = [
        ("list -n 50 -O json", f"{flat} WHERE id IN (SELECT id FROM deal ORDER BY first_seen_earliest DESC LIMIT 50)"),
        (
            "list --status open --sector launch -O csv",
            f"{flat} WHERE phase = 'open' AND instr(';' || sectors || ';', ';launch;') > 0",
        ),
        ("export csv", flat),
        ("show 5", "SELECT * FROM events_flat WHERE deal_id = 5"),
    ]
    trials = [
        Trial(
            f"dealtrack {words}",
            partial(run, [DEALTRACK, *words.split(), "--ledger", ledger]),
            "sqlite3 and csv, the same rows",
            partial(run, [PYTHON, "-c", SELECT, ledger, sql]),
        )
        for words, sql in pairs
    ]
    show_trials(f"list, {place.deals:,} deals", trials, rounds)


# What an analyst would type for the columns of an export: the view has most of them.
ALIKE = (
    "SELECT f.*, "
    + ", ".join(
        "(SELECT group_concat(c.name, '; ') FROM party p JOIN company c ON c.id = p.company_id "
        f"WHERE p.deal_id = f.id AND p.role = '{role}') AS {role}"
        for role in ("sponsor", "financier", "adviser", "regulator")
    )
    + ", (SELECT count(*) FROM event e WHERE e.deal_id = f.id) AS events "
    "FROM deals_flat f JOIN deal d ON d.id = f.id ORDER BY d.first_seen_earliest DESC, d.id DESC"
)


def export(place: Place, rounds: int) -> None:
    """Writing every deal, formulas guarded and amounts exact, beside SQLite's own shell writing the like of it."""
    ledger = place.ledger(place.deals)
    trials = []
    for format_, budget in (("csv", 1.3), ("ndjson", 1.2)):
        how = "json" if format_ == "ndjson" else format_
        shell = [SQLITE3, f"-{how}", "-header", ledger, ALIKE]
        if not SQLITE3:
            shell = [PYTHON, "-c", OBJECTS if how == "json" else SELECT, ledger, ALIKE]
        own = partial(run, [DEALTRACK, "export", format_, "--ledger", ledger])
        name = f"sqlite3 -{how}, the like of it" if SQLITE3 else f"sqlite3 and {how}, the like of it"
        trials.append(Trial(f"dealtrack export {format_}", own, name, partial(run, shell), budget))
    show_trials(f"export, {place.deals:,} deals", trials, rounds)


def past(place: Place, rounds: int) -> None:
    """What looking back costs, beside the same command at present: a thousand deals were altered since the import."""
    ledger = place.ledger(place.deals)
    altered = [str(number) for number in range(1, min(place.deals, 1_000) + 1)]
    run([DEALTRACK, "edit", *altered, "--tag", "+altered", "--ledger", ledger])
    with sqlite3.connect(ledger) as other:
        # As if the import had been long ago: reading does not ask the chain, which this breaks.
        other.execute("UPDATE change SET at = '2020-01-01T00:00:00Z' WHERE id = 1")
    trials = []
    for words in ("show 5", "list -n 50 -O json", "list --status open --sector launch -O csv", "export csv"):
        at = [*words.split(), "--ledger", ledger]
        for clock in ("--known-on 2020-06-01", "--as-of 2022-01-01", "--as-of 2022-01-01 --known-on 2020-06-01"):
            measure = partial(run, [DEALTRACK, *at, *clock.split()])
            trials.append(Trial(f"{words} {clock}", measure, "at present", partial(run, [DEALTRACK, *at])))
    show_trials(f"looking back, {place.deals:,} deals", trials, rounds)


def history(place: Place, rounds: int) -> None:
    """What an import's history costs, in time and on the disk: the same one without journal and digests beside it."""
    package = str(place.package(place.deals))

    def without() -> Cost:
        return run([PYTHON, "-c", WITHOUT_HISTORY, "import", package, "--create", "--ledger", place.fresh()])

    trial = Trial("dealtrack import PACKAGE --create", partial(imported, place, package), "without history", without)
    show_trials(f"history, {place.deals:,} deals", [trial], rounds)
    sizes = []
    for measure in (trial.measure, trial.peer):
        measure()
        sizes.append((place.folder / "fresh.db").stat().st_size)
    line = ("ledger", *(f"{size / 2**20:.1f} MiB" for size in sizes), f"{sizes[0] / sizes[1]:.3f}")
    show_table(("size on the disk", "with history", "without", "ratio"), [line])


# How a person groups by quarter with nothing but SQL: counts and sums, and with medians too.
_QUARTER = "substr(first_seen_earliest, 1, 4) || '-Q' || ((CAST(substr(first_seen_earliest, 6, 2) AS INT) + 2) / 3)"
COUNTED = (
    f"SELECT {_QUARTER}, count(*), count(value_usd_low), sum(value_usd_low / 100.0), sum(value_usd_high / 100.0) "
    "FROM deal GROUP BY 1"
)


def _with_medians(key: str) -> str:
    """The sums and medians of the deals of each key, which SQLite has no function for."""
    return f"""WITH v AS (SELECT {key} AS key, value_usd_low AS low, value_usd_high AS high FROM deal),
  least AS (SELECT key, avg(low) AS middle FROM (SELECT key, low, count(*) OVER (PARTITION BY key) AS n,
    row_number() OVER (PARTITION BY key ORDER BY low) AS nth FROM v WHERE low IS NOT NULL)
    WHERE nth IN ((n + 1) / 2, (n + 2) / 2) GROUP BY key),
  most AS (SELECT key, avg(high) AS middle FROM (SELECT key, high, count(*) OVER (PARTITION BY key) AS n,
    row_number() OVER (PARTITION BY key ORDER BY high) AS nth FROM v WHERE high IS NOT NULL)
    WHERE nth IN ((n + 1) / 2, (n + 2) / 2) GROUP BY key)
SELECT key, count(*), count(low), sum(low / 100.0), sum(high / 100.0), least.middle, most.middle
  FROM v LEFT JOIN least USING (key) LEFT JOIN most USING (key) GROUP BY key"""


WITH_MEDIANS = _with_medians(_QUARTER)
# What three of the tables of a summary hold: by quarter, by kind, all of them. It has five more.
OF_TABLES = " UNION ALL ".join(f"SELECT * FROM ({_with_medians(key)})" for key in (_QUARTER, "kind", "'all'"))


def reports(place: Place, rounds: int) -> None:
    """Counting by quarter, beside the sqlite3 shell (where there is none, Python's sqlite3) grouping the same rows."""
    ledger = place.ledger(place.deals)
    shell = shutil.which("sqlite3")
    peer = "the sqlite3 shell" if shell else "Python's sqlite3"
    at = ("--ledger", ledger, "--today", "2026-07-01")
    trials = [
        Trial(
            f"dealtrack {words}",
            partial(run, [DEALTRACK, *words.split(), *at]),
            f"{peer}, {what}",
            partial(run, [shell, ledger, sql] if shell else [PYTHON, "-c", SELECT, ledger, sql]),
            budget,
        )
        for words, what, sql, budget in (
            ("timeline --by quarter", "counts and sums", COUNTED, 0.5),
            ("report summary -O table", "counts and sums", COUNTED, None),
            ("report summary -O table", "and medians", WITH_MEDIANS, 0.5),
            ("report summary -O table", "and medians, by kind and of all, too", OF_TABLES, 0.5),
        )
    ]
    show_trials(f"reports, {place.deals:,} deals", trials, rounds)


# A page is of no more deals than somebody can read.
_READABLE = 5_000


def pages(place: Place, rounds: int) -> None:
    """How long a page of many deals takes to write, how large it is, and how soon it is read in Chromium."""
    # Only this one needs a browser's driver.
    from browsing import read  # noqa: PLC0415

    deals = min(place.deals, _READABLE)
    ledger, path = place.ledger(deals), place.folder / "page.html"
    command = [DEALTRACK, "timeline", "--by", "quarter", "--ledger", ledger, "--force", "-o", str(path)]
    costs, looks = zip(*((run(command), read(path)) for _ in range(rounds)), strict=True)
    found = [look for look in looks if look is not None]
    in_browser = [f"{median(times):.2f}" for times in zip(*found, strict=True)] or ["no Chromium"] * 3
    written = (f"{median(cost.seconds for cost in costs):.2f}", f"{path.stat().st_size / 1e6:.2f}")
    header = ("page", "seconds to write", "MB", "to load", "to sort", "to filter", "rounds")
    show_table(header, [(f"timeline --by quarter, {deals:,} deals", *written, *in_browser, str(rounds))])


# rapidfuzz alone: so many of the companies' names each with each. All would take as often as long as there are more of
# them, squared: a hundred times for ten times as many.
_EACH_WITH_EACH = 10_000
CDIST = (
    "import sqlite3, sys; from rapidfuzz import fuzz, process, utils; "
    "rows = sqlite3.connect(sys.argv[1]).execute('SELECT plain FROM company LIMIT ?', sys.argv[2:]); "
    "names = [name for (name,) in rows]; "
    "near = process.cdist(names, names, scorer=fuzz.ratio, score_cutoff=80, dtype='uint8', workers=1); "
    "print(int((near > 0).sum() - len(names)) // 2)"
)
BY_ALIAS = (
    "SELECT * FROM deals_flat WHERE id IN (SELECT deal_id FROM party WHERE company_id IN "
    "(SELECT company_id FROM alias WHERE alias = '{}')) ORDER BY first_seen DESC"
)
OFTEN_MET = (
    "SELECT alias FROM alias a ORDER BY (SELECT count(*) FROM party p WHERE p.company_id = a.company_id) DESC LIMIT 1"
)


def companies(place: Place, rounds: int) -> None:
    """Doubles among as many companies, beside rapidfuzz's cdist of 10,000; and a listing by alias, beside plain SQL."""
    many = place.folder / "companies.db"
    fill(many, place.deals)
    few = min(place.deals, _EACH_WITH_EACH)
    cdist = (f"cdist of {few:,}", partial(run, [PYTHON, "-c", CDIST, str(many), str(few)]))
    ledger = place.ledger(place.deals)
    with sqlite3.connect(ledger) as reader:
        (alias,) = reader.execute(OFTEN_MET).fetchone()
    sql = BY_ALIAS.format(alias)
    shell = [SQLITE3, "-csv", ledger, sql] if SQLITE3 else [PYTHON, "-c", SELECT, ledger, sql]
    duplicates = [DEALTRACK, "company", "duplicates", "-O", "csv", "--ledger", str(many)]
    listed = [DEALTRACK, "list", "--company", alias, "-O", "csv", "--ledger", ledger]
    trials = [
        Trial("dealtrack company duplicates -O csv -n 50", partial(run, [*duplicates, "-n", "50"]), *cdist),
        Trial("dealtrack company duplicates -O csv", partial(run, duplicates), *cdist),
        Trial(
            "dealtrack list --company ALIAS -O csv", partial(run, listed), "sqlite3, the same rows", partial(run, shell)
        ),
    ]
    show_trials(f"companies, {place.deals:,}", trials, rounds)


def memory(place: Place, rounds: int) -> None:
    """Whether the peak of memory stays the same when there are ten times as many deals."""
    sizes = (max(1, place.deals // 10), place.deals)

    def importing(deals: int) -> Cost:
        return imported(place, str(place.package(deals)))

    def importing_rows(deals: int) -> Cost:
        return imported(place, place.flat(deals), *_AS_TOLD)

    def reading(*words: str) -> Callable[[int], Cost]:
        return lambda deals: run([DEALTRACK, *words, "--ledger", place.ledger(deals)])

    lines = []
    for name, measure in (
        ("dealtrack import PACKAGE --create", importing),
        ("dealtrack import FILE of rows --create", importing_rows),
        ("dealtrack export csv", reading("export", "csv")),
        ("dealtrack list --json", reading("list", "--json")),
    ):
        few, many = (median(measure(deals).peak for _ in range(rounds)) for deals in sizes)
        lines.append((name, f"{few / 2**20:.1f} MiB", f"{many / 2**20:.1f} MiB", f"{many / few:.2f}", "1", str(rounds)))
    show_table(("memory at its peak", *(f"{deals:,} deals" for deals in sizes), "growth", "target", "rounds"), lines)


# --- measuring and showing ----------------------------------------------------------------------


def show_trials(title: str, trials: Iterable[Trial], rounds: int) -> None:
    header = (title, "seconds", "peer", "seconds", "ratio", "cpu ratio", "budget", "rounds")
    show_table(header, [_line(trial, rounds) for trial in trials])


def _line(trial: Trial, rounds: int) -> tuple[str, ...]:
    taken = [(trial.peer(), trial.measure()) for _ in range(rounds + 1)][1:]
    return (
        trial.name,
        f"{median(own.seconds for _, own in taken):.3f}",
        trial.peer_name,
        f"{median(peer.seconds for peer, _ in taken):.3f}",
        f"{median(own.seconds / peer.seconds for peer, own in taken):.2f}",
        f"{median(own.cpu / peer.cpu for peer, own in taken):.2f}",
        "" if trial.budget is None else f"{trial.budget:g}",
        str(rounds),
    )


def show_table(header: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
    widths = [max(map(len, column)) for column in zip(header, *lines, strict=True)]
    print()
    for line in (header, *lines):
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip(), flush=True)


# Each benchmark with the rounds it takes unless told otherwise: the longer one lasts, the fewer.
BENCHMARKS: dict[str, tuple[Callable[[Place, int], None], int]] = {
    "startup": (startup, 15),
    "import": (import_, 3),
    "rows": (rows, 3),
    "list": (list_, 5),
    "export": (export, 5),
    "past": (past, 3),
    "history": (history, 3),
    "reports": (reports, 3),
    "pages": (pages, 3),
    "companies": (companies, 3),
    "memory": (memory, 1),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("benchmarks", nargs="*", metavar="BENCHMARK", help=f"{', '.join(BENCHMARKS)}; all, if none")
    parser.add_argument("--rounds", type=int, help="how often each command is measured")
    parser.add_argument("--deals", type=int, default=100_000, help="how many deals the made-up package has")
    given = parser.parse_args()
    unknown = set(given.benchmarks) - set(BENCHMARKS)
    if unknown:
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    packages = ", ".join(f"{name} {version(name)}" for name in ("dealtrack", "typer", "rich", "sqlite-utils"))
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {packages}, {os.cpu_count()} CPUs")
    with tempfile.TemporaryDirectory(prefix="dealtrack-bench-") as folder:
        place = Place(Path(folder), given.deals)
        for name in given.benchmarks or BENCHMARKS:
            benchmark, usual = BENCHMARKS[name]
            benchmark(place, given.rounds or usual)


if __name__ == "__main__":
    main()
