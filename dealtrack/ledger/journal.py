"""The journal: what each change created, and how what it altered or removed was before."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

# Children after parents: rows are taken out from the end and put back from the front.
TABLES: tuple[str, ...] = (
    "company", "alias", "publisher", "source", "identifier", "parent", "judgement", "deal", "party", "event", "pin",
    "link", "look", "rate", "arrival",
)  # fmt: skip

# Whose rows belong to one deal, named by their deal_id.
OF_A_DEAL: tuple[str, ...] = ("party", "event", "pin", "link", "look", "arrival")

# Whose rows belong to one company, named by their company_id.
OF_A_COMPANY: tuple[str, ...] = ("alias", "identifier", "parent", "judgement")


class Journal:
    """Every row of a ledger that is created, altered or removed goes through here, inside one change."""

    def __init__(self, connection: sqlite3.Connection, change_id: int) -> None:
        self._connection = connection
        self.change_id = change_id
        self._before = self._last_ids()
        self._columns: dict[str, tuple[str, ...]] = {}

    def next_id(self, table: str) -> int:
        """The id that the table's next new row gets; safe because one writer at a time holds the ledger."""
        return self._last_ids()[table] + 1

    def insert(self, table: str, row: Mapping[str, Any]) -> int:
        """Add a row and return its id."""
        cursor = self._connection.execute(
            f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", tuple(row.values())
        )
        return int(cursor.lastrowid or 0)

    def insert_many(
        self,
        table: str,
        columns: Sequence[str],
        rows: Iterable[Sequence[Any]],
        look_up: Mapping[str, str] | None = None,
    ) -> None:
        """Add many rows; `look_up` gives, for a column, the SQL that turns its cell into what is kept."""
        found = look_up or {}
        marks = ", ".join(found.get(name, "?") for name in columns)
        self._connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)

    def update(self, table: str, row_id: int, row: Mapping[str, Any]) -> bool:
        """Alter a row, keeping how it was; return False, and keep nothing, when nothing differs."""
        before = self._connection.execute(f"SELECT {', '.join(row)} FROM {table} WHERE id = ?", (row_id,)).fetchone()
        if before is None or tuple(before) == tuple(row.values()):
            return False
        self._keep(table, row_id)
        assignments = ", ".join(f"{name} = ?" for name in row)
        self._connection.execute(f"UPDATE {table} SET {assignments} WHERE id = ?", (*row.values(), row_id))
        return True

    def delete(self, table: str, row_id: int) -> None:
        """Remove a row, if it is there, keeping how it was."""
        self._keep(table, row_id)
        self._connection.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,))

    def put_back(self, table: str, before: str) -> None:
        """Add a row again as it was kept. Raises sqlite3.IntegrityError where another is in its place."""
        row = json.loads(before)
        self._connection.execute(
            f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", tuple(row.values())
        )

    def remove_range(self, table: str, first: int, last: int) -> None:
        """Remove the rows of a range of ids, keeping how each was."""
        columns = self._column_names(table)
        image = ", ".join(f"'{name}', {name}" for name in columns)
        self._connection.execute(
            "INSERT OR IGNORE INTO change_altered (change_id, of_table, row_id, before) "
            f"SELECT ?, ?, id, json_object({image}) FROM {table} WHERE id BETWEEN ? AND ?",
            (self.change_id, table, first, last),
        )
        self._connection.execute(f"DELETE FROM {table} WHERE id BETWEEN ? AND ?", (first, last))

    def close(self) -> bool:
        """Write down which ids were created; return whether the change did anything at all."""
        after = self._last_ids()
        created = [(self.change_id, t, self._before[t] + 1, after[t]) for t in TABLES if after[t] > self._before[t]]
        self._connection.executemany("INSERT OR REPLACE INTO change_created VALUES (?, ?, ?, ?)", created)
        altered = self._connection.execute(
            "SELECT 1 FROM change_altered WHERE change_id = ? LIMIT 1", (self.change_id,)
        ).fetchone()
        return bool(created or altered)

    def _keep(self, table: str, row_id: int) -> None:
        """Keep a row as it is now, unless this change made it or has kept it already."""
        if row_id > self._before[table]:
            return
        row = self._connection.execute(f"SELECT * FROM {table} WHERE id = ?", (row_id,)).fetchone()
        image = None
        if row is not None:
            names = self._column_names(table)
            image = json.dumps(dict(zip(names, tuple(row), strict=True)), ensure_ascii=False, separators=(",", ":"))
        self._connection.execute(
            "INSERT OR IGNORE INTO change_altered VALUES (?, ?, ?, ?)", (self.change_id, table, row_id, image)
        )

    def _column_names(self, table: str) -> tuple[str, ...]:
        if table not in self._columns:
            found = self._connection.execute("SELECT name FROM pragma_table_info(?) ORDER BY cid", (table,))
            self._columns[table] = tuple(str(name) for (name,) in found)
        return self._columns[table]

    def _last_ids(self) -> dict[str, int]:
        known = {str(name): int(seq) for name, seq in self._connection.execute("SELECT name, seq FROM sqlite_sequence")}
        return {table: known.get(table, 0) for table in TABLES}


def created_by(connection: sqlite3.Connection, change_id: int) -> dict[str, tuple[int, int]]:
    """The range of ids that a change created, by table."""
    rows = connection.execute(
        "SELECT of_table, first_id, last_id FROM change_created WHERE change_id = ?", (change_id,)
    )
    return {str(table): (int(first), int(last)) for table, first, last in rows}


def altered_by(connection: sqlite3.Connection, change_id: int, table: str) -> Iterator[tuple[int, str | None]]:
    """The rows of a table that a change altered or removed, with their images from before."""
    rows = connection.execute(
        "SELECT row_id, before FROM change_altered WHERE change_id = ? AND of_table = ? ORDER BY row_id",
        (change_id, table),
    ).fetchall()
    return ((int(row_id), before) for row_id, before in rows)


Written = tuple[str, dict[str, Any] | None, dict[str, Any] | None]


def written_by(connection: sqlite3.Connection, change_id: int, deal_id: int | None = None) -> Iterator[Written]:
    """The rows that a change wrote, of one deal or all: the table, how each was before and how the change left it."""
    sources = set[int]() if deal_id is None else _sources_of(connection, deal_id)
    for table, (first, last) in created_by(connection, change_id).items():
        for row_id in range(first, last + 1) if deal_id is None else _rows_of(connection, table, first, last, deal_id):
            after = left_as(connection, table, row_id, change_id)
            if after is not None:
                yield table, None, after
    for table in TABLES:
        for row_id, image in altered_by(connection, change_id, table):
            before = json.loads(image) if image else None
            after = left_as(connection, table, row_id, change_id)
            row = after or before
            if row and (deal_id is None or _concerns(row, table, deal_id, sources)):
                yield table, before, after


def _concerns(row: Mapping[str, Any], table: str, deal_id: int, sources: set[int]) -> bool:
    """Whether a row is of a deal, a link to it, or a source that something of it was read in."""
    if table in ("deal", "source"):
        return row["id"] in ({deal_id} if table == "deal" else sources)
    return deal_id in (row.get("deal_id"), row.get("related_id"))


def _sources_of(connection: sqlite3.Connection, deal_id: int) -> set[int]:
    return {int(row_id) for (row_id,) in connection.execute(_READ_IN, {"id": deal_id}) if row_id is not None}


# The sources that events of a deal are or were read in.
_READ_IN = (
    "SELECT source_id FROM event WHERE deal_id = :id UNION SELECT json_extract(before, '$.source_id') "
    "FROM change_altered WHERE of_table = 'event' AND json_extract(before, '$.deal_id') = :id"
)


def _rows_of(connection: sqlite3.Connection, table: str, first: int, last: int, deal_id: int) -> list[int]:
    """The rows in a range of ids that are a deal's, those that are gone among them."""
    if table not in ("deal", *OF_A_DEAL):
        return []
    keys = ("id",) if table == "deal" else ("deal_id", "related_id") if table == "link" else ("deal_id",)
    rows = " UNION ".join(
        f"""
        SELECT id FROM {table} WHERE {key} = :deal AND id BETWEEN :first AND :last
        UNION SELECT row_id FROM change_altered WHERE of_table = '{table}' AND row_id BETWEEN :first AND :last
          AND json_extract(before, '$.{key}') = :deal
        """
        for key in keys
    )
    found = connection.execute(rows, {"deal": deal_id, "first": first, "last": last})
    return sorted(int(row_id) for (row_id,) in found)


def left_as(connection: sqlite3.Connection, table: str, row_id: int, change_id: int) -> dict[str, Any] | None:
    """A row as a change left it: the image that the next change to alter it kept, else as it is at present."""
    later = connection.execute(
        "SELECT before FROM change_altered WHERE of_table = ? AND row_id = ? AND change_id > ? "
        "ORDER BY change_id LIMIT 1",
        (table, row_id, change_id),
    ).fetchone()
    if later is not None:
        return json.loads(later[0]) if later[0] else None
    row = connection.execute(f"SELECT * FROM {table} WHERE id = ?", (row_id,)).fetchone()
    return dict(row) if row is not None else None


def changes_of_deal(connection: sqlite3.Connection, deal_id: int) -> set[int]:
    """The changes that wrote to a deal or to anything of it."""
    rows = f"SELECT 'deal', :id UNION {_belonging('deal_id', '= :id', OF_A_DEAL)}"
    rows += f" UNION {_belonging('related_id', '= :id', ('link',))}"
    # That a source was corrected is told of every deal that was read in it; that it came in, of the deal it came with.
    corrected = f"SELECT change_id FROM change_altered WHERE of_table = 'source' AND row_id IN ({_READ_IN})"
    found = connection.execute(corrected, {"id": deal_id})
    return _writing(connection, rows, deal_id) | {int(change_id) for (change_id,) in found}


def changes_of_company(connection: sqlite3.Connection, company_id: int) -> set[int]:
    """The changes that wrote to a company, its names, or to a deal that it is or was a party of."""
    deals = (
        "SELECT deal_id FROM party WHERE company_id = :id UNION "
        "SELECT json_extract(before, '$.deal_id') FROM change_altered "
        "WHERE of_table = 'party' AND json_extract(before, '$.company_id') = :id"
    )
    rows = (
        f"SELECT 'company', :id UNION {_belonging('company_id', '= :id', OF_A_COMPANY)} "
        f"UNION {_belonging('parent_id', '= :id', ('parent',))} "
        f"UNION {_belonging('other_id', '= :id', ('judgement',))} "
        f"UNION SELECT 'deal', deal_id FROM ({deals}) "
        f"UNION {_belonging('deal_id', f'IN ({deals})', OF_A_DEAL)}"
    )
    return _writing(connection, rows, company_id)


def _belonging(key: str, test: str, tables: Iterable[str]) -> str:
    """The SQL that yields the rows, by table and id, whose column is or was what the test asks for."""
    return " UNION ".join(
        f"SELECT '{table}', id FROM {table} WHERE {key} {test} UNION SELECT of_table, row_id FROM change_altered "
        f"WHERE of_table = '{table}' AND json_extract(before, '$.{key}') {test}"
        for table in tables
    )


def _writing(connection: sqlite3.Connection, rows: str, row_id: int) -> set[int]:
    """The changes that created, altered or removed any of the rows."""
    found = connection.execute(
        f"""
        WITH mine (of_table, row_id) AS ({rows})
        SELECT change_id FROM mine JOIN change_created USING (of_table) WHERE row_id BETWEEN first_id AND last_id
        UNION SELECT change_id FROM mine JOIN change_altered USING (of_table, row_id)
        """,
        {"id": row_id},
    )
    return {int(change_id) for (change_id,) in found}


def undone(connection: sqlite3.Connection) -> dict[int, int]:
    """Each change that is taken back at present, with the change that took it back."""
    pairs = connection.execute("SELECT id, undoes FROM change WHERE undoes IS NOT NULL ORDER BY id DESC").fetchall()
    taken_back: dict[int, int] = {}
    for change_id, target in pairs:
        # Newest first: whether an undo is itself undone is known before its target is looked at.
        if change_id not in taken_back:
            taken_back[int(target)] = int(change_id)
    return taken_back


def standing_in_the_way(connection: sqlite3.Connection, change_id: int) -> int | None:
    """The latest change in force after this one that touched a row which this one touched, if any."""
    rows = connection.execute(
        """
        SELECT DISTINCT later.change_id FROM change_created mine
          JOIN change_altered later ON later.of_table = mine.of_table
           AND later.row_id BETWEEN mine.first_id AND mine.last_id AND later.change_id > mine.change_id
         WHERE mine.change_id = :id
        UNION
        SELECT DISTINCT later.change_id FROM change_altered mine
          JOIN change_altered later ON later.of_table = mine.of_table AND later.row_id = mine.row_id
           AND later.change_id > mine.change_id
         WHERE mine.change_id = :id
        """,
        {"id": change_id},
    )
    return _latest_in_force(connection, change_id, rows)


def resting_on(connection: sqlite3.Connection, change_id: int) -> int | None:
    """A later change in force that made rows which refer to rows that this one created, if any."""
    created = created_by(connection, change_id)
    for child in TABLES:
        keys = connection.execute('SELECT "table", "from", "to" FROM pragma_foreign_key_list(?)', (child,)).fetchall()
        first, last = created.get(child, (0, -1))
        for parent, column in ((parent, column) for parent, column, to in keys if to == "id" and parent in created):
            found = connection.execute(
                f"SELECT id FROM {child} WHERE {column} BETWEEN ? AND ? AND id NOT BETWEEN ? AND ? LIMIT 1",
                (*created[parent], first, last),
            ).fetchone()
            later = who_touched(connection, child, int(found[0]), change_id) if found else None
            if later is not None:
                return later
    return None


def who_touched(connection: sqlite3.Connection, table: str, row_id: int, after: int = 0) -> int | None:
    """The latest change in force after another that created, altered or removed a row."""
    rows = connection.execute(
        """
        SELECT change_id FROM change_created WHERE of_table = :t AND :id BETWEEN first_id AND last_id
        UNION SELECT change_id FROM change_altered WHERE of_table = :t AND row_id = :id
        """,
        {"t": table, "id": row_id},
    )
    return _latest_in_force(connection, after, rows)


def _latest_in_force(connection: sqlite3.Connection, after: int, rows: Iterable[Sequence[int]]) -> int | None:
    """The latest of some changes; two after the one asked about that cancel each other out do not count."""
    cancelled = {c for pair in undone(connection).items() if min(pair) > after for c in pair}
    return max((int(c) for (c,) in rows if c > after and c not in cancelled), default=None)


# What no two rows of a table may share, besides their ids.
UNIQUE: dict[str, tuple[tuple[str, ...], ...]] = {
    "company": (("slug",),),
    "alias": (("company_id", "alias"),),
    "publisher": (("name",),),
    "source": (("key",), ("url",)),
    "identifier": (("company_id", "kind", "value"),),
    "parent": (("company_id", "parent_id"),),
    "judgement": (("company_id", "other_id"),),
    "deal": (("slug",),),
    "party": (("deal_id", "role", "company_id"),),
    "event": (("deal_id", "n"),),
    "pin": (("deal_id", "field"),),
    "link": (("deal_id", "related_id", "relation"),),
    "look": (("deal_id", "day"),),
    "arrival": (("family", "key"),),
}


def in_its_place(connection: sqlite3.Connection, table: str, before: str) -> int | None:
    """The row that has what only one may have, and that the image has too."""
    row = json.loads(before)
    for names in UNIQUE[table]:
        tests = " AND ".join(f"{name} = ?" for name in names)
        values = [row[name] for name in names]
        found = connection.execute(f"SELECT id FROM {table} WHERE {tests} AND id <> ?", (*values, row["id"])).fetchone()
        if found is not None:
            return int(found[0])
    return None


def removed_slugs(connection: sqlite3.Connection) -> dict[str, int]:
    """The slug of each deal that was removed by hand and is gone at present, with the change that removed it last.

    A deal that went because its entry was undone does not count: it may come in again.
    """
    rows = connection.execute(
        """
        SELECT json_extract(a.before, '$.slug'), a.change_id FROM change_altered a
         WHERE a.of_table = 'deal' AND a.before IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM deal d WHERE d.id = a.row_id OR d.slug = json_extract(a.before, '$.slug'))
           AND a.change_id = (
             SELECT max(change_id) FROM change_altered l WHERE l.of_table = 'deal' AND l.row_id = a.row_id)
        """
    ).fetchall()
    undoes = dict(connection.execute("SELECT id, undoes FROM change WHERE undoes IS NOT NULL").fetchall())
    return {str(slug): int(change_id) for slug, change_id in rows if by_hand(int(change_id), undoes)}


def by_hand(change_id: int, undoes: Mapping[int, int]) -> bool:
    """Whether a change, or what it brings back by undoing an undo, was a command of its own."""
    even = True
    while change_id in undoes:
        change_id, even = undoes[change_id], not even
    return even
