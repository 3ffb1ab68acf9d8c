"""A ledger of the bundled deals, and dealtrack run in a process of its own."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from console import environment

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the bundled deals, made once."""
    folder = tmp_path_factory.mktemp("sample")
    env = environment(folder)
    command = ["dealtrack", "import", "--sample", "-l", "deals.db", "--create"]
    subprocess.run(command, env=env, cwd=folder, check=True, capture_output=True)
    return folder / "deals.db"


@pytest.fixture
def desk(sample: Path, tmp_path: Path) -> Path:
    """A folder with a ledger of the bundled deals."""
    folder = tmp_path / "desk"
    folder.mkdir()
    shutil.copy(sample, folder / "deals.db")
    return folder


@pytest.fixture
def run(desk: Path, tmp_path: Path) -> Run:
    """Run dealtrack in the folder, off a terminal; the words of its command line are the arguments."""

    def run(*words: str, stdin: str = "", **env: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            ["dealtrack", *words],
            env=environment(tmp_path, DEALTRACK_LEDGER="deals.db", **env),
            cwd=desk,
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    return run
