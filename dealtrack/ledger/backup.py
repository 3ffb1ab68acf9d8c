"""Copies of a ledger: made through SQLite while others write, verified, kept a few of, and put back."""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from dealtrack.domain.problem import Problem
from dealtrack.ledger.file import connect, identify
from dealtrack.ledger.holder import holder
from dealtrack.ledger.identity import Busy, CannotWrite

# How many copies are kept of those that are made unasked.
KEPT = 5


class BadBackup(Problem):
    """A copy cannot be made, or is not whole."""


def copy_to(connection: sqlite3.Connection, target: Path) -> None:
    """Copy the ledger that the connection reads; the copy has its name only once it is whole. Raises BadBackup."""
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        beside.unlink(missing_ok=True)
        with closing(sqlite3.connect(beside, isolation_level=None)) as copy:
            connection.backup(copy)
        verify(beside)
        beside.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise BadBackup(f'cannot copy the ledger to "{target}": {error}', "check free space and permissions") from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def verify(path: Path) -> None:
    """Make sure that a file is a whole ledger. Raises NotALedger, NewerLedger or BadBackup."""
    with closing(connect(path)) as copy:
        identify(copy, path)
        (found,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        raise BadBackup(f'"{path}" is damaged: {found}', "restore from another copy")


def kept_unasked(ledger: Path) -> list[Path]:
    """The copies that were made unasked, the oldest first."""
    return sorted(ledger.parent.glob(f"{ledger.name}.before-*.backup"))


def keep_unasked(connection: sqlite3.Connection, ledger: Path, at: str, occasion: str) -> Path:
    """Copy the ledger beside it before a large change; only the latest few are kept. Raises BadBackup."""
    stamp = at.replace(":", "").replace("-", "")
    target = ledger.with_name(f"{ledger.name}.before-{stamp}-{occasion}.backup")
    copy_to(connection, target)
    for old in kept_unasked(ledger)[:-KEPT]:
        with suppress(OSError):
            old.unlink()
    return target


def restore(backup: Path, ledger: Path, at: str) -> Path | None:
    """Put a copy in the ledger's place, and return where the replaced file is kept (None: there was none).

    Raises what `verify` does, Busy while another program writes, CannotWrite when the files cannot be moved.
    """
    verify(backup)
    beside = ledger.with_name(f".{ledger.name}.{os.getpid()}.part")
    replaced = None
    try:
        with closing(connect(backup)) as whole, closing(sqlite3.connect(beside, isolation_level=None)) as copy:
            whole.backup(copy)
        verify(beside)
        if ledger.exists():
            replaced = _set_aside(ledger, at)
        beside.replace(ledger)
    except OSError as error:
        raise CannotWrite(str(ledger), error.strerror or str(error)) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
    return replaced


def _set_aside(ledger: Path, at: str) -> Path:
    """Keep the present file under another name, once nobody is writing to it; a damaged one is not asked."""
    aside = ledger.with_name(f"{ledger.name}.replaced-{at.replace(':', '').replace('-', '')}")
    try:
        with closing(connect(ledger)) as present:
            present.execute("BEGIN EXCLUSIVE")
            os.link(ledger, aside)
    except sqlite3.OperationalError as error:
        raise Busy(str(ledger), holder(ledger)) from error
    except sqlite3.DatabaseError:
        os.link(ledger, aside)
    return aside
