"""Ledgers to report on: the bundled deals, and odd ones; and pages kept as files that a reader can open."""

import difflib
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from console import environment

from dealtrack import __version__

GOLDEN = Path(__file__).parent / "golden"

Make = Callable[..., str]


@pytest.fixture(scope="session")
def ledgers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a ledger of the bundled deals."""
    folder = tmp_path_factory.mktemp("ledgers")
    command = ["dealtrack", "import", "--sample", "-l", "deals.db", "--create"]
    subprocess.run(command, env=environment(folder), cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture
def make(ledgers: Path, tmp_path: Path) -> Make:
    """What a command writes to a pipe; its words are the arguments, after the ledger."""

    def made(*words: str, ledger: str = "deals.db", **env: str) -> str:
        went = subprocess.run(
            ["dealtrack", *words, "-l", ledger, "--today", "2026-07-01"],
            env=environment(tmp_path, **env),
            cwd=ledgers,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert went.returncode == 0, went.stderr
        return went.stdout

    return made


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Compares with a golden file; DEALTRACK_GOLDEN=write in the environment writes the files anew.

    The version, and of a page the style and script that all pages share, are left out.
    """

    def same(name: str, text: str) -> None:
        path = GOLDEN / name
        text = re.sub(r"(?s)(<(style|script)>).*?(</\2>)", r"\1...\3", text) if path.suffix == ".html" else text
        text = re.sub(r"sha256-[\w+/=]+", "sha256-...", text).replace(__version__, "VERSION")
        if os.environ.get("DEALTRACK_GOLDEN") == "write":
            path.parent.mkdir(exist_ok=True, parents=True)
            path.write_text(text, encoding="utf-8")
        kept = path.read_text(encoding="utf-8") if path.exists() else ""
        if kept != text:
            diff = difflib.unified_diff(kept.splitlines(), text.splitlines(), f"golden/{name}", "made", lineterm="")
            pytest.fail("\n".join(["made otherwise than kept:", *diff]), pytrace=False)

    return same
