"""Timelines and reports as pages and pictures: kept as golden files, the same tomorrow, harmless whatever the names."""

import base64
import hashlib
import re
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from console import environment
from pages import HOSTILE, SHAPES, hostile, written

from dealtrack.report.pages import PAGES

Make = Callable[..., str]

TEXTS = tuple(page for page in PAGES if page.name != "png")

RUN = "from dealtrack.cli.app import run; sys.exit(run(sys.argv[1:]))"


class Elements(HTMLParser):
    """Which elements a page has, and their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def elements(page: str) -> list[tuple[str, dict[str, str | None]]]:
    reader = Elements()
    reader.feed(page)
    return reader.found


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("page", TEXTS, ids=lambda page: page.name)
def test_it_is_as_it_was(shape: str, page: object, make: Make, golden: Callable[[str, str], None]) -> None:
    name = str(getattr(page, "name", ""))
    golden(f"timeline-{shape}.{name}", make(*SHAPES[shape], "-O", name))


@pytest.mark.parametrize("name", ["html", "md", "svg"])
def test_the_same_basis_gives_the_same_bytes(name: str, make: Make) -> None:
    words = (*SHAPES["quarters"], "-O", name)
    assert make(*words, PYTHONHASHSEED="1") == make(*words, PYTHONHASHSEED="2", TZ="Asia/Tokyo", LC_ALL="C")


def test_a_picture_in_points_is_the_same_twice(ledgers: Path, tmp_path: Path) -> None:
    pictures = []
    for at in (1, 2):
        path = tmp_path / f"{at}.png"
        subprocess.run(
            ["dealtrack", *SHAPES["company"], "-l", "deals.db", "--today", "2026-07-01", "-o", str(path)],
            env=environment(tmp_path), cwd=ledgers, check=True, capture_output=True,
        )  # fmt: skip
        pictures.append(path.read_bytes())
    assert pictures[0].startswith(b"\x89PNG\r\n")
    assert pictures[0] == pictures[1]


def test_a_picture_in_points_needs_a_file(ledgers: Path, tmp_path: Path) -> None:
    went = subprocess.run(
        ["dealtrack", "timeline", "207", "-l", "deals.db", "-O", "png"],
        env=environment(tmp_path), cwd=ledgers, check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert (went.returncode, went.stdout) == (2, "")
    assert "-o report.png" in went.stderr


def test_a_page_lets_in_its_own_style_and_script_and_nothing_else() -> None:
    page = written("html", hostile())
    policy = next(attrs["content"] or "" for tag, attrs in elements(page) if attrs.get("http-equiv"))
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        (inside,) = re.findall(rf"(?s)<{tag}>(.*?)</{tag}>", page)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_no_name_becomes_an_element_an_address_or_a_style() -> None:
    found = elements(written("html", hostile()))
    tags = [tag for tag, _ in found]
    assert (tags.count("script"), tags.count("style"), tags.count("img"), tags.count("iframe")) == (1, 1, 0, 0)
    for tag, attrs in found:
        assert not [name for name in attrs if name.startswith("on") or name == "style"], (tag, attrs)
        assert not attrs.get("src"), (tag, attrs)
        address = attrs.get("href") or "#"
        assert address.startswith(("#", "https://example.com/")), address
        if address.startswith("https:"):
            assert attrs["rel"] == "noopener noreferrer"


def test_no_name_turns_the_words_around_it_or_acts_on_a_terminal() -> None:
    for name in ("html", "md", "svg"):
        made = written(name, hostile())
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]", made), name


def test_a_picture_is_well_formed_and_refers_to_nothing_elsewhere() -> None:
    drawn = written("svg", hostile())
    root = ET.fromstring(drawn)
    for element in root.iter():
        for name, value in element.attrib.items():
            if name.endswith("href") or "url(" in value:
                assert value.removeprefix("url(").startswith("#"), (name, value)
    assert "alert(1)" in "".join(root.itertext())
    assert "@import" not in drawn
    assert "@font-face" not in drawn


def test_every_row_of_markdown_has_every_cell() -> None:
    lines = written("md", hostile()).splitlines()
    cells = [len(re.findall(r"(?<!\\)\|", line)) for line in lines if line.startswith("|")]
    assert len(cells) == len(HOSTILE) + 3
    assert set(cells) == {6}
    assert not [line for line in lines if "<script>" in line.replace("\\<", "") and not line.startswith("    ")]


def test_mermaid_is_given_names_that_end_nothing() -> None:
    fenced = written("md", hostile()).split("```mermaid\n")[1].split("```")[0]
    tasks = [line.strip() for line in fenced.splitlines()[4:] if not line.strip().startswith("section ")]
    assert len(tasks) == len(HOSTILE)
    for task in tasks:
        assert task.count(":") == 1
        assert not re.match(r"(title|click|section|%%|excludes|dateFormat)", task)
        assert re.search(r":(\w+, )?m\d+, \d{4}-\d\d-\d\d, (\d{4}-\d\d-\d\d|0d)$", task), task
        assert not set(task) & set(';#<>`"')


@pytest.mark.parametrize(
    ("name", "library", "installed"),
    [
        ("html", "jinja2", "jinja2"),
        ("svg", "vl_convert", "vl-convert-python"),
        ("png", "vl_convert", "vl-convert-python"),
    ],
)
def test_a_missing_library_is_named_with_what_to_type(
    name: str, library: str, installed: str, ledgers: Path, tmp_path: Path
) -> None:
    hide = (
        f"import sys; sys.modules[{library!r}] = None; from dealtrack.cli.app import run; sys.exit(run(sys.argv[1:]))"
    )
    words = (*SHAPES["quarters"], "-l", "deals.db", "-o", f"page.{name}")
    went = subprocess.run(
        [sys.executable, "-c", hide, *words],
        env=environment(tmp_path), cwd=ledgers, check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert went.returncode == 1
    assert went.stderr.splitlines() == [
        f"error: {name} needs {installed}, which is not installed",
        "hint:  pip install 'dealtrack[pages]'",
    ]
    assert not (ledgers / f"page.{name}").exists()


def test_a_timeline_of_one_deal_is_drawn_without_any_library(ledgers: Path, tmp_path: Path) -> None:
    hide = f"import sys; sys.modules['vl_convert'] = sys.modules['jinja2'] = None; {RUN}"
    for name in ("svg", "md"):
        subprocess.run(
            [sys.executable, "-c", hide, "timeline", "207", "-l", "deals.db", "-O", name],
            env=environment(tmp_path), cwd=ledgers, check=True, capture_output=True,
        )  # fmt: skip


def test_a_report_without_charts_is_no_picture(ledgers: Path, tmp_path: Path) -> None:
    went = subprocess.run(
        ["dealtrack", "report", "stale", "-l", "deals.db", "-O", "svg"],
        env=environment(tmp_path), cwd=ledgers, check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert (went.returncode, went.stdout) == (2, "")
    assert went.stderr.startswith("error: stale has no charts to draw\n")
