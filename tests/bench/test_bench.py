"""The benchmark runs end to end, on a package that is the same each time it is made."""

import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def python(script: str, *words: str) -> str:
    return subprocess.run(
        [sys.executable, str(HERE / script), *words], check=True, capture_output=True, text=True, encoding="utf-8"
    ).stdout


def made(folder: Path, seed: int) -> dict[str, bytes]:
    python("generate.py", str(folder), "--deals", "30", "--seed", str(seed))
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_one_seed_makes_one_package_and_another_seed_another(tmp_path: Path) -> None:
    first = made(tmp_path / "first", seed=7)
    assert first == made(tmp_path / "again", seed=7)
    assert first["events.csv"] != made(tmp_path / "other", seed=8)["events.csv"]
    assert first["deals.csv"].count(b"\n") == 31


def test_every_measured_command_has_a_ratio_to_its_peer() -> None:
    printed = python("bench.py", "--rounds", "1", "--deals", "30")
    environment, *tables = printed.split("\n\n")
    assert re.match(r"Python \d.*, SQLite \d.*, typer \d.*, rich \d.*, \d+ CPUs", environment)
    (startup, imports, flat, listing, exports, past, history, size, counting, pages, doubles, memory) = [
        table.splitlines() for table in tables
    ]
    trials = (startup, imports, flat, listing, exports, past, history, counting, doubles)
    for header, *lines in trials:
        assert re.search(r" +seconds +peer +seconds +ratio +cpu ratio +budget +rounds$", header)
        for line in lines:
            assert re.search(r"  \d+\.\d{3}  .*  \d+\.\d{3}  +\d+\.\d\d +\d+\.\d\d .* 1$", line), line
    assert [len(table) - 1 for table in (*trials, memory)] == [9, 2, 3, 4, 2, 12, 1, 4, 3, 4]
    assert any(re.search(r"import --sample .* 1\.5 ", line) for line in imports)
    assert re.search(r"^ledger +\d+\.\d MiB +\d+\.\d MiB +1\.\d{3}$", size[1])
    figures = r"(\d+\.\d\d|no Chromium)"
    assert re.search(rf"30 deals +\d+\.\d\d +0\.\d\d +{figures} +{figures} +{figures} +1$", pages[1])
    for line in memory[1:]:
        assert re.search(r"  \d+\.\d MiB +\d+\.\d MiB +\d+\.\d\d +1 +1$", line), line
