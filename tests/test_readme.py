"""The README, run: every example in it prints what it says, every command and file it names is there."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from console import environment, play

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
LEDGERS = {"tour": "tour.db", "story": "story.db"}


def sessions(text: str) -> list[str]:
    return re.findall(r"^```console\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def test_every_example_prints_what_the_readme_says(tmp_path: Path) -> None:
    """DEALTRACK_GOLDEN=write in the environment writes the README's outputs anew."""
    text = README.read_text(encoding="utf-8")
    folder = tmp_path / "analyst"
    folder.mkdir()
    subprocess.run(
        ["dealtrack", "import", "--sample"], env=environment(tmp_path), cwd=folder, check=True, capture_output=True
    )
    went = text
    tour, story = text.split("## The story, entered by hand")
    opening, tour = tour.split("## Two commands")
    for part, ledger in ((opening, None), (tour, "tour.db"), (story, "story.db")):
        env = environment(tmp_path, **({"DEALTRACK_LEDGER": ledger} if ledger else {}))
        for session in sessions(part):
            went = went.replace(session, play(session, folder, env, codes=False))
    if os.environ.get("DEALTRACK_GOLDEN") == "write":
        README.write_text(went, encoding="utf-8")
    assert went.splitlines() == README.read_text(encoding="utf-8").splitlines()


def test_the_readme_holds_two_commands_to_begin_with() -> None:
    begin = README.read_text(encoding="utf-8").split("## Two commands")[1].split("\n## ")[0]
    commands = re.findall(r"^```sh\n(.*?)^```$", begin, re.MULTILINE | re.DOTALL)
    assert [len(command.splitlines()) for command in commands] == [1, 1]
    assert "pytest" in commands[1]


@pytest.mark.parametrize(
    "path", re.findall(r"`((?:dealtrack|data|tests|exchange|cli|domain)/[\w./]*)`", README.read_text())
)
def test_every_place_the_readme_names_is_there(path: str) -> None:
    assert (ROOT / path).exists() or (ROOT / "dealtrack" / path).exists()


@pytest.mark.parametrize("link", re.findall(r"\]\((?!https?:)([^)#]+)\)", README.read_text(encoding="utf-8")))
def test_every_link_within_the_project_leads_somewhere(link: str) -> None:
    assert (ROOT / link).exists()
