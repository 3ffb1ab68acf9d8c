"""Copies of a ledger: made through SQLite while others write, verified, kept a few of, and put back."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from dealtrack.domain.problem import Problem
from dealtrack.ledger.file import connect, discard, identify
from dealtrack.ledger.holder import holder
from dealtrack.ledger.identity import Busy

# How many copies are kept of those that are made unasked.
KEPT = 5


class BadBackup(Problem):
    """A copy cannot be made, or is not whole."""


def copy_to(connection: sqlite3.Connection, target: Path) -> None:
    """Copy the ledger that the connection reads; the copy has its name only once it is whole. Raises BadBackup."""
    with _copied_beside(connection, target) as beside:
        beside.replace(target)


@contextmanager
def _copied_beside(connection: sqlite3.Connection, target: Path) -> Iterator[Path]:
    """A verified copy beside its place, to be moved there; one that is not, goes. Raises BadBackup."""
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        beside.unlink(missing_ok=True)
        with closing(sqlite3.connect(beside, isolation_level=None)) as copy:
            connection.backup(copy)
        verify(beside, "the copy", "see what is wrong: dealtrack check")
        yield beside
    except (OSError, sqlite3.Error) as error:
        why = getattr(error, "strerror", None) or error
        raise BadBackup(f'cannot copy the ledger to "{target}": {why}', "check free space and permissions") from error
    finally:
        discard(beside)


def verify(path: Path, called: str = "", hint: str = "restore from another copy") -> None:
    """Make sure that a file is a whole ledger. Raises NotALedger, NewerLedger or BadBackup."""
    with closing(connect(path)) as copy:
        identify(copy, path)
        try:
            (found,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
        except sqlite3.DatabaseError as error:
            found = error
    if found != "ok":
        raise BadBackup(f"{called or path} is damaged: {found}", hint)


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

    Raises what `verify` does, BadBackup when the copy cannot be put there, Busy while another program writes.
    """
    verify(backup)
    with closing(connect(backup)) as whole, _copied_beside(whole, ledger) as beside:
        replaced = _set_aside(ledger, at) if ledger.exists() else None
        try:
            beside.replace(ledger)
        except OSError:
            if replaced:
                replaced.unlink()
            raise
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
