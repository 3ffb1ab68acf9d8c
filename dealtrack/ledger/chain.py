"""The chain over the changes: a digest of what each one wrote, and of the digest before it.

Whoever alters a row or a change past dealtrack breaks the chain from there on, and `check` says where. It does not
protect against somebody who works out the whole chain anew: for that, keep the latest digest (`status` shows it)
where they cannot reach it.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from hashlib import sha256

from dealtrack.ledger.journal import TABLES, altered_by, created_by

# What the first change follows on.
GENESIS = ""
_META = ("id", "at", "by", "command", "action", "undoes")
# Columns that tables came to have later. They count where they hold something, so that what was written before them has
# the digest that it was given.
_LATER: dict[str, tuple[str, ...]] = {
    "alias": ("valid",),
    "party": ("as_reported",),
    "source": ("reliability_derived",),
}
_BATCH = 1_000


def digest_of(connection: sqlite3.Connection, change_id: int, previous: str) -> str:
    """The digest of a change whose rows are at present as it left them: SHA-256, in hexadecimal.

    It covers who, when and what; every row that was created; and every row that was altered or removed, as it was
    before and as it is after, in the order of the tables and the ids.
    """
    # Rows are hashed as JSON that SQLite writes: our integers, texts and nulls come out the same in every version.
    cursor = connection.cursor()
    cursor.row_factory = None
    found = sha256(previous.encode())
    cursor.execute(f"SELECT json_array({', '.join(_META)}) FROM change WHERE id = ?", (change_id,))
    found.update(cursor.fetchone()[0].encode())
    created = created_by(connection, change_id)
    for table in TABLES:
        if table in created:
            image = _as_json(connection, table)
            cursor.execute(f"SELECT {image} FROM {table} WHERE id BETWEEN ? AND ? ORDER BY id", created[table])
            while rows := cursor.fetchmany(_BATCH):
                found.update("\n".join(row for (row,) in rows).encode())
    for table in TABLES:
        image = _as_json(connection, table)
        for row_id, before in altered_by(connection, change_id, table):
            cursor.execute(
                f"SELECT json_array(?1, ?2, ?3, (SELECT {image} FROM {table} WHERE id = ?2))", (table, row_id, before)
            )
            found.update(cursor.fetchone()[0].encode())
    return found.hexdigest()


def agrees(connection: sqlite3.Connection, change_id: int, previous: str, digest: str) -> bool:
    """Whether a change has the digest it was given, by the rule of today or by that of the first ledgers."""
    return digest == digest_of(connection, change_id, previous) or digest == _at_first(connection, change_id, previous)


def _at_first(connection: sqlite3.Connection, change_id: int, previous: str) -> str:
    """The digest as ledgers of schema 1 have it: rows as Python writes tuples of integers, texts and None.

    It was given up because Python writes some characters otherwise from one version to the next.
    """
    cursor = connection.cursor()
    cursor.row_factory = None
    found = sha256(previous.encode())
    found.update(
        repr(cursor.execute(f"SELECT {', '.join(_META)} FROM change WHERE id = ?", (change_id,)).fetchone()).encode()
    )
    created = created_by(connection, change_id)
    for table in (table for table in TABLES if table in created):
        columns = ", ".join(_first_names(connection, table))
        rows = cursor.execute(f"SELECT {columns} FROM {table} WHERE id BETWEEN ? AND ? ORDER BY id", created[table])
        # They were joined a thousand at a time.
        while some := rows.fetchmany(_BATCH):
            found.update("\n".join(map(repr, some)).encode("utf-8", "surrogatepass"))
    for table in TABLES:
        for row_id, before in altered_by(connection, change_id, table):
            columns = ", ".join(_first_names(connection, table))
            after = cursor.execute(f"SELECT {columns} FROM {table} WHERE id = ?", (row_id,)).fetchone()
            found.update(repr((table, row_id, before, after)).encode("utf-8", "surrogatepass"))
    return found.hexdigest()


def head(connection: sqlite3.Connection) -> str:
    """The digest of the latest change."""
    row = connection.execute("SELECT digest FROM change WHERE digest <> '' ORDER BY id DESC LIMIT 1").fetchone()
    return str(row[0]) if row else GENESIS


def step_back(connection: sqlite3.Connection, change_id: int) -> None:
    """Make the tables what they were before a change, given that they are as it left them. For a copy of a ledger."""
    for table, (first, last) in _children_first(created_by(connection, change_id)):
        connection.execute(f"DELETE FROM {table} WHERE id BETWEEN ? AND ?", (first, last))
    for table in TABLES:
        for row_id, before in altered_by(connection, change_id, table):
            connection.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,))
            if before is not None:
                connection.execute(
                    f"INSERT INTO {table} SELECT {_columns(connection, table)} FROM (SELECT ? AS image)", (before,)
                )


def _children_first(ranges: Mapping[str, tuple[int, int]]) -> Iterable[tuple[str, tuple[int, int]]]:
    return ((table, ranges[table]) for table in reversed(TABLES) if table in ranges)


def _columns(connection: sqlite3.Connection, table: str) -> str:
    return ", ".join(f"json_extract(image, '$.{name}')" for name in _names(connection, table))


def _as_json(connection: sqlite3.Connection, table: str) -> str:
    first = ", ".join(_first_names(connection, table))
    later = _LATER.get(table, ())
    if not later:
        return f"json_array({first})"
    image = ", ".join(f"'{name}', {name}" for name in later)
    empty = " AND ".join(f"{name} IS NULL" for name in later)
    return f"iif({empty}, json_array({first}), json_array({first}, json_object({image})))"


def _first_names(connection: sqlite3.Connection, table: str) -> list[str]:
    """The columns that a table has had from its beginning."""
    return [name for name in _names(connection, table) if name not in _LATER.get(table, ())]


def _names(connection: sqlite3.Connection, table: str) -> list[str]:
    return [str(row[0]) for row in connection.execute("SELECT name FROM pragma_table_info(?) ORDER BY cid", (table,))]
