"""The pictures of the terminal that the README shows: what dealtrack shows now, and nothing from elsewhere."""

import os
import re
import shlex
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from console import environment
from pictures.terminal import picture

from dealtrack import __version__
from dealtrack.cli.commands.report import REPORTS

HERE = Path(__file__).parent
COLUMNS = 100

# Each picture with its command; the day is the same for all, and is not part of what is shown as typed.
PICTURES = {
    "timeline-deal": "dealtrack timeline openai-stoke-space-2025",
    "timeline-company": "dealtrack timeline --company rocket-lab",
    "timeline-target": "dealtrack timeline --target hispasat",
    "timeline-quarters": "dealtrack timeline --sector launch --first-seen 2025 --by quarter",
    "summary": "dealtrack report summary --by year --first-seen 2018.. --table periods",
    "pipeline": "dealtrack report pipeline --sector launch -n 8",
    "stale": "dealtrack report stale -n 12",
    "league": "dealtrack report league --role buyers -n 12",
    "durations": "dealtrack report durations --table closed_by",
    "outcomes": "dealtrack report outcomes --table by_kind",
    "conflicts": "dealtrack report conflicts --table disputes",
    "sources": "dealtrack report sources --table outlets -n 12",
    "links": "dealtrack report links",
    "stakes": "dealtrack report stakes --target hispasat",
    "company": "dealtrack report company rocket-lab",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a ledger of the bundled deals."""
    made = tmp_path_factory.mktemp("pictures")
    words = ["dealtrack", "import", "--sample", "-l", "deals.db", "--create"]
    subprocess.run(words, env=environment(made), cwd=made, check=True, capture_output=True)
    return made


def drawn(command: str, folder: Path) -> str:
    env = environment(folder, COLUMNS=str(COLUMNS), DEALTRACK_LEDGER="deals.db")
    del env["NO_COLOR"]
    words = [*shlex.split(command), "-O", "table", "--color", "always", "--today", "2026-07-01"]
    if words[1] == "timeline":
        words.remove("-O")
        words.remove("table")
    shown = subprocess.run(words, env=env, cwd=folder, check=True, capture_output=True, text=True, encoding="utf-8")
    return picture(command, shown.stdout, COLUMNS)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_of_what_is_shown_now(name: str, folder: Path) -> None:
    """DEALTRACK_GOLDEN=write in the environment draws the pictures anew."""
    path, made = HERE / f"{name}.svg", drawn(PICTURES[name], folder)
    if os.environ.get("DEALTRACK_GOLDEN") == "write":
        path.write_text(made, encoding="utf-8")
    kept = re.sub(r"dealtrack \d+\.\d+\.\d+\w*", f"dealtrack {__version__}", path.read_text(encoding="utf-8"))
    assert kept.splitlines() == made.splitlines()


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_needs_nothing_from_elsewhere(name: str) -> None:
    root = ET.fromstring((HERE / f"{name}.svg").read_text(encoding="utf-8"))
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags <= {"svg", "rect", "circle", "g", "text"}
    for element in root.iter():
        assert not [value for value in element.attrib.values() if "url(" in value or "://" in value]
    width = float(root.get("width", 0))
    for text in root.iter("{http://www.w3.org/2000/svg}text"):
        assert float(text.get("x", 0)) + float(text.get("textLength", 0)) <= width


def test_there_are_no_other_pictures() -> None:
    assert {path.stem for path in HERE.glob("*.svg")} == set(PICTURES)


def test_every_report_has_its_picture_and_the_readme_leads_to_each() -> None:
    assert {report.name for report in REPORTS} <= set(PICTURES)
    readme = (HERE.parent.parent / "README.md").read_text(encoding="utf-8")
    assert [name for name in PICTURES if f"(tests/pictures/{name}.svg)" not in readme] == []
