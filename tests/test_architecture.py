"""The code is what the rules of the house ask for: typed, linted, formatted, and its imports point one way."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SCRIPTS = Path(sys.executable).parent


@pytest.mark.parametrize(
    "command",
    [("mypy",), ("ruff", "check"), ("ruff", "format", "--check"), ("lint-imports",)],
    ids=" ".join,
)
def test_the_tool_finds_nothing(command: tuple[str, ...]) -> None:
    tool, *words = command
    went = subprocess.run([SCRIPTS / tool, *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert went.returncode == 0, went.stdout + went.stderr


def test_every_module_opens_with_a_sentence() -> None:
    for path in (ROOT / "dealtrack").rglob("*.py"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith('"""'), path
        assert first.removesuffix('"""').endswith((".", "?", "!")), path


def test_every_ignore_says_why() -> None:
    for path in [*(ROOT / "dealtrack").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for mark in ("# noqa: ", "# type: ignore["):
                if mark in line and '"' not in line.partition(mark)[2]:
                    reason = line.partition(mark)[2].partition(" - " if "noqa" in mark else "  # ")[2]
                    above = path.read_text(encoding="utf-8").splitlines()[number - 2].strip()
                    assert reason or above.startswith("#"), f"{path}:{number}"
