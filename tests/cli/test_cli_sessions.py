"""Sessions at the terminal, kept as files: what is typed, what is shown, and the exit code of what fails."""

import os
import shutil
from pathlib import Path

import pytest
from console import environment, play

SESSIONS = Path(__file__).parent / "sessions"


@pytest.mark.parametrize("name", sorted(path.stem for path in SESSIONS.glob("*.txt")))
def test_a_session_goes_as_it_did(name: str, sample: Path, tmp_path: Path) -> None:
    """DEALTRACK_GOLDEN=write in the environment writes the sessions anew."""
    folder = tmp_path / "desk"
    folder.mkdir()
    if not name.startswith("new-"):
        shutil.copy(sample, folder / "deals.db")
    path = SESSIONS / f"{name}.txt"
    kept = path.read_text(encoding="utf-8")
    went = play(kept, folder, environment(tmp_path, DEALTRACK_LEDGER="deals.db"), codes=True)
    if os.environ.get("DEALTRACK_GOLDEN") == "write":
        path.write_text(went, encoding="utf-8")
    assert went.splitlines() == path.read_text(encoding="utf-8").splitlines()
