"""Imports in the process of the test: what comes of them, and what the ledger holds afterwards."""

import io
import json
import os
from collections.abc import Iterable, Mapping
from contextlib import chdir, closing, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from dealtrack.cli.app import run
from dealtrack.ledger.journal import TABLES
from dealtrack.ledger.ledger import Ledger

TODAY = "2026-07-01"


class Told(NamedTuple):
    """What a command printed, and its exit code."""

    out: str
    err: str
    code: int

    @property
    def plan(self) -> dict[str, Any]:
        """The plan of `import --json`."""
        return dict(json.loads(self.out))


def deal_track(folder: Path, *words: str) -> Told:
    """Run a command on the ledger of the folder, off a terminal."""
    out, err = io.StringIO(), io.StringIO()
    with chdir(folder), redirect_stdout(out), redirect_stderr(err), patch.dict(os.environ):
        os.environ.pop("COLUMNS", None)
        code = run([words[0], *words[1:], "-l", "deals.db", "--today", TODAY])
    return Told(out.getvalue(), err.getvalue(), code)


def bring(folder: Path, *words: str) -> dict[str, Any]:
    """Import files for good, unknown companies among them; the plan."""
    told = deal_track(folder, "import", *words, "--yes", "--create", "--new-company", "--json")
    assert told.code in (0, 4), told
    return told.plan


def counts(plan: Mapping[str, Any]) -> dict[str, int]:
    """How many rows have which verdict, those that none has left out."""
    return {verdict: number for verdict, number in plan["counts"].items() if number}


def dump(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row that the ledger holds, history left out."""
    with closing(Ledger(folder / "deals.db")) as ledger:
        return {
            table: [tuple(row) for row in ledger.connection.execute(f"SELECT * FROM {table} ORDER BY id")]
            for table in TABLES
        }


def csv_file(folder: Path, name: str, header: str, rows: Iterable[str]) -> str:
    """A file of a header and rows; its name."""
    (folder / name).write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return name
