"""How a ledger's file is opened, known for what it is, and what its errors mean to a person."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep

from dealtrack.domain.problem import NoRoom
from dealtrack.ledger.identity import APPLICATION_ID, SCHEMA_VERSION, Busy, CannotWrite, NewerLedger, NotALedger

# Without these no file is a ledger, whatever its header says.
_ESSENTIAL = frozenset(("company", "alias", "source", "deal", "party", "event", "pin", "link", "change"))

# How long to wait for another writer, in seconds, before saying that the ledger is busy.
PATIENCE = 15.0

# What may come of reading what dealtrack did not write.
UNREADABLE = (sqlite3.Error, ValueError, TypeError, LookupError, AttributeError, ArithmeticError)

# How often it is asked meanwhile whether the other is done.
_ASKED_EVERY = 0.005


def connect(path: Path) -> sqlite3.Connection:
    """Open an existing file; a journal left by a killed writer is rolled back on the way."""
    try:
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=PATIENCE, isolation_level=None
        )
        return settled(connection)
    except sqlite3.Error as error:
        raise explained(error, path) from error


def settled(connection: sqlite3.Connection) -> sqlite3.Connection:
    """The connection with the settings that every ledger is read and written by."""
    connection.execute("PRAGMA foreign_keys = ON")
    connection.row_factory = sqlite3.Row
    return connection


def begin_writing(connection: sqlite3.Connection) -> None:
    """Become the one who writes, as soon as nobody else does.

    SQLite itself asks the more seldom the longer it waits, so that whoever comes late goes first; here all ask alike.
    """
    deadline = monotonic() + PATIENCE
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() > deadline:
                    raise
                sleep(_ASKED_EVERY)
            else:
                return
    finally:
        connection.execute(f"PRAGMA busy_timeout = {int(PATIENCE * 1000)}")


def identify(connection: sqlite3.Connection, path: Path) -> int:
    """Make sure that the file is a ledger of a schema this dealtrack knows, and return that schema."""
    if path.is_dir():
        raise NotALedger(str(path), "is a folder")
    try:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        tables = {str(name) for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
    except sqlite3.Error as error:
        raise explained(error, path) from error
    if application != APPLICATION_ID:
        why = "is an SQLite file of another program" if tables else "is empty, not a ledger"
        raise NotALedger(str(path), why)
    if _ESSENTIAL - tables:
        raise NotALedger(str(path), "calls itself a ledger, but lacks its tables")
    if version > SCHEMA_VERSION:
        raise NewerLedger(str(path), version)
    return int(version)


def discard(path: Path) -> None:
    """Remove a ledger that never came to have its name, with the journal that a failure may have left."""
    for file in (path, path.with_name(f"{path.name}-journal")):
        with suppress(OSError):
            file.unlink(missing_ok=True)


def explained(error: Exception, path: Path, *, reading: bool = False) -> Exception:
    """The failure of ours that says what an error of SQLite means here; the error itself when it means nothing.

    What only reads an open ledger writes nothing but temporary files.
    """
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return error
    if reading and code & 0xFF in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN):
        return NoRoom(error)
    meaning = _MEANINGS.get(code & 0xFF)
    return meaning(path, error) if meaning else error


def _busy(path: Path, _error: Exception) -> Exception:
    from dealtrack.ledger.holder import holder  # noqa: PLC0415 - met only where a ledger is busy

    return Busy(str(path), holder(path))


def _cannot_open(path: Path, _error: Exception) -> Exception:
    if path.is_dir():
        return NotALedger(str(path), "is a folder")
    if path.exists() and not os.access(path, os.R_OK):
        return NotALedger(str(path), "cannot be opened")
    # It is the journal beside it that cannot be made.
    writable = os.access(path.absolute().parent, os.W_OK)
    return CannotWrite(str(path), "the disk is full or reports an error" if writable else "its folder is read-only")


def _damaged(path: Path, _error: Exception) -> Exception:
    hint = "name another with --ledger FILE, or put a copy back: dealtrack backup --restore FILE"
    return NotALedger(str(path), "is no SQLite file, or is damaged", hint)


# What the primary result codes mean: https://www.sqlite.org/rescode.html
_MEANINGS: dict[int, Callable[[Path, Exception], Exception]] = {
    sqlite3.SQLITE_BUSY: _busy,
    sqlite3.SQLITE_LOCKED: _busy,
    sqlite3.SQLITE_READONLY: lambda path, _: CannotWrite(str(path), "it, or its folder, is read-only"),
    sqlite3.SQLITE_FULL: lambda path, _: CannotWrite(str(path), "the disk is full"),
    sqlite3.SQLITE_IOERR: lambda path, error: CannotWrite(str(path), f"the disk reports an error ({error})"),
    sqlite3.SQLITE_CANTOPEN: _cannot_open,
    sqlite3.SQLITE_NOTADB: _damaged,
    sqlite3.SQLITE_CORRUPT: _damaged,
}
