"""The ledger as it was: temporary views that stand in front of the tables, so that every reader reads the past.

Two clocks, which may be combined. *Known on* a day is what this ledger had recorded by its end (UTC), from the
change log alone: rows created since are left out, and rows altered since are read from the images kept of them.
*As of* a day is what had happened and was public by then: events dated and published by it, folded afresh; an event
whose source has no date of publication counts from its own; what may have been on any day up to one counts, there,
from that one. Nothing in the file is touched.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dealtrack.domain.date import UncertainDate, from_edtf
from dealtrack.domain.event import Event
from dealtrack.domain.fold import fold
from dealtrack.domain.source import Source
from dealtrack.ledger import rows, sameness, searching, selecting
from dealtrack.ledger.journal import TABLES
from dealtrack.ledger.outlets import outlets_of

# Deals are folded afresh this many at a time.
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Past:
    """The day of each clock; None is now. `change` is the last one that is read of, whatever day it was made."""

    as_of: date | None = None
    known_on: date | None = None
    change: int | None = None

    def step_back(self, connection: sqlite3.Connection) -> None:
        """Let every reader of the connection read what was recorded on the day."""
        connection.execute("CREATE TEMP TABLE reworded (id INTEGER PRIMARY KEY)")
        connection.execute(searching.table("temp.text_then"))
        if self.known_on or self.change is not None:
            step_back(connection, self._last_change(connection))

    def _last_change(self, connection: sqlite3.Connection) -> int:
        """The last change that is read of."""
        before = f"{self.known_on}T24" if self.known_on else "9999"
        made = connection.execute("SELECT coalesce(max(id), 0) FROM change WHERE at < ?", (before,)).fetchone()[0]
        return int(made) if self.change is None else min(int(made), self.change)

    def fold_back(self, connection: sqlite3.Connection, deals: Iterable[int] | None = None) -> None:
        """Let readers read the facts of the day, of those deals alone or of all. May be asked for again, of others."""
        if self.as_of:
            fold_back(connection, self.as_of, None if deals is None else tuple(deals))

    def index_words(self, connection: sqlite3.Connection) -> None:
        """Let words be found that deals had then; to be asked for again when the facts of others are folded back."""
        index_words(connection)

    def told(self, events: tuple[Event, ...]) -> tuple[Event, ...]:
        """The events of a deal that count on the day."""
        return tuple(event for event in events if self.as_of is None or counts_by(event, self.as_of))


def counts_by(event: Event, day: date) -> bool:
    """Whether the event was dated and public by that day."""
    published = event.source.published if event.source else None
    if published is None:
        return _by(event.date, day)
    return (event.date.earliest is None or event.date.earliest <= day) and _by(published, day)


def _by(when: UncertainDate, day: date) -> bool:
    """Whether it may have been by the day; what may have been on any day up to one is not taken to have ever been."""
    first = when.earliest or when.latest
    return first is None or first <= day


# --- known on -----------------------------------------------------------------------------------


def step_back(connection: sqlite3.Connection, last_change: int) -> None:
    """Put the tables as that change left them in front of the present ones."""
    last_event = connection.execute(
        "SELECT coalesce(max(last_id), 0) FROM change_created WHERE of_table = 'event' AND change_id <= ?",
        (last_change,),
    ).fetchone()[0]
    for table in TABLES:
        _hide(connection, table, last_change)
    _mark_reworded(connection, _reworded(last_change, int(last_event)))
    sameness.step_back(connection)
    _mark_reworded(connection, sameness.RENAMED)


def _hide(connection: sqlite3.Connection, table: str, last_change: int) -> None:
    """Put a view in front of one table, if anything in it was altered since."""
    last_id, newest = connection.execute(
        "SELECT coalesce(max(iif(change_id <= ?1, last_id, 0)), 0), coalesce(max(last_id), 0) "
        "FROM change_created WHERE of_table = ?2",
        (last_change, table),
    ).fetchone()
    columns = [str(name) for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))]
    connection.execute(
        f"CREATE TEMP TABLE altered_{table} AS SELECT row_id, before, min(change_id) AS change_id "
        "FROM main.change_altered WHERE of_table = ? AND change_id > ? AND row_id <= ? GROUP BY row_id",
        (table, last_change, last_id),
    )
    altered = connection.execute(f"SELECT count(*) FROM temp.altered_{table}").fetchone()[0]
    if not altered and last_id == newest:
        return
    values = ", ".join(f"json_extract(before, '$.{name}') AS {name}" for name in columns)
    connection.execute(
        f"CREATE TEMP TABLE was_{table} AS SELECT {values} FROM temp.altered_{table} WHERE before IS NOT NULL"
    )
    connection.execute(f"CREATE UNIQUE INDEX temp.altered_{table}_row ON altered_{table} (row_id)")
    connection.execute(f"CREATE UNIQUE INDEX temp.was_{table}_id ON was_{table} (id)")
    if "deal_id" in columns:
        connection.execute(f"CREATE INDEX temp.was_{table}_deal ON was_{table} (deal_id)")
    # The second name stays below when the facts of a day are put in front.
    for name in (table, f"known_{table}"):
        connection.execute(
            f"CREATE TEMP VIEW {name} AS SELECT {', '.join(columns)} FROM main.{table} WHERE id <= {last_id} "
            f"AND id NOT IN (SELECT row_id FROM temp.altered_{table}) "
            f"UNION ALL SELECT {', '.join(columns)} FROM temp.was_{table}"
        )


def _reworded(last_change: int, last_event: int) -> str:
    """The SQL that yields the deals whose words in the full-text index may differ from what they were."""
    return f"""
        SELECT row_id FROM main.change_altered WHERE of_table = 'deal' AND change_id > {last_change}
        UNION SELECT coalesce(json_extract(c.before, '$.deal_id'), e.deal_id)
          FROM main.change_altered c LEFT JOIN main.event e ON e.id = c.row_id
         WHERE c.of_table = 'event' AND c.change_id > {last_change}
        UNION SELECT coalesce(json_extract(c.before, '$.deal_id'), p.deal_id)
          FROM main.change_altered c LEFT JOIN main.party p ON p.id = c.row_id
         WHERE c.of_table = 'party' AND c.change_id > {last_change}
        UNION SELECT deal_id FROM main.event WHERE id > {last_event}
        UNION SELECT p.deal_id FROM main.party p
         WHERE p.company_id IN (
           SELECT row_id FROM main.change_altered WHERE of_table = 'company' AND change_id > {last_change}
           UNION SELECT company_id FROM main.alias WHERE id > (
             SELECT coalesce(max(last_id), 0) FROM main.change_created
              WHERE of_table = 'alias' AND change_id <= {last_change})
           UNION SELECT coalesce(json_extract(c.before, '$.company_id'), a.company_id)
              FROM main.change_altered c LEFT JOIN main.alias a ON a.id = c.row_id
              WHERE c.of_table = 'alias' AND c.change_id > {last_change})
    """


# --- as of --------------------------------------------------------------------------------------


def fold_back(connection: sqlite3.Connection, day: date, deals: Sequence[int] | None) -> None:
    """Put the facts folded from the events dated and published by the day in front of the present ones.

    Of those deals alone, which is a thousand times less work, or (None) of all.
    """
    under = {table: _below(connection, table) for table in ("event", "deal", "look")}
    for table in under:
        connection.execute(f"DROP VIEW IF EXISTS temp.{table}")
    _find_late(connection, day, deals)
    connection.execute(
        f"CREATE TEMP VIEW event AS SELECT * FROM {under['event']} WHERE id NOT IN (SELECT id FROM temp.late_event)"
    )
    _fold_late_deals(connection, under["deal"])
    columns = ", ".join(_deal_columns(connection))
    connection.execute(
        f"CREATE TEMP VIEW deal AS SELECT {columns} FROM {under['deal']} WHERE id NOT IN temp.late_deal "
        f"UNION ALL SELECT {columns} FROM temp.deal_then"
    )
    connection.execute(f"CREATE TEMP VIEW look AS SELECT * FROM {under['look']} WHERE day <= '{day.isoformat()}'")
    _mark_reworded(connection, "SELECT id FROM temp.late_deal")


def _below(connection: sqlite3.Connection, table: str) -> str:
    """The name under which a table is read where no facts of a day stand in front of it."""
    known = connection.execute("SELECT 1 FROM temp.sqlite_schema WHERE name = ?", (f"known_{table}",)).fetchone()
    return f"temp.known_{table}" if known else f"main.{table}"


def _find_late(connection: sqlite3.Connection, day: date, deals: Sequence[int] | None) -> None:
    """The events that do not count by the day, and their deals."""
    for name, columns in (
        ("late_source", "id INTEGER PRIMARY KEY"),
        ("late_event", "id INTEGER PRIMARY KEY, deal_id INTEGER"),
        ("late_deal", "id INTEGER PRIMARY KEY"),
    ):
        connection.execute(f"DROP TABLE IF EXISTS temp.{name}")
        connection.execute(f"CREATE TEMP TABLE {name} ({columns})")
    event, source = _below(connection, "event"), _below(connection, "source")
    these = "1" if deals is None else f"deal_id IN ({', '.join(map(str, deals))})"
    told = "1" if deals is None else f"id IN (SELECT source_id FROM {event} WHERE {these})"
    # A whole day is compared as it is written; of a month, a season or a span the first day has to be worked out.
    exact = f"published GLOB '{selecting.ISO_DAY}'"
    connection.execute(
        f"INSERT INTO temp.late_source SELECT id FROM {source} WHERE {exact} AND published > ? AND {told}",
        (day.isoformat(),),
    )
    dated = connection.execute(f"SELECT id, published FROM {source} WHERE NOT {exact} AND {told}")
    late = [(row["id"],) for row in dated.fetchall() if not _by(from_edtf(row["published"]), day)]
    connection.executemany("INSERT INTO temp.late_source VALUES (?)", late)
    undated = f"NOT EXISTS (SELECT 1 FROM {source} s WHERE s.id = source_id AND s.published IS NOT NULL)"
    first = f"coalesce(date_earliest, CASE WHEN {undated} THEN date_latest END)"
    connection.execute(
        f"INSERT INTO temp.late_event SELECT id, deal_id FROM {event} "
        f"WHERE ({first} > ? OR source_id IN (SELECT id FROM temp.late_source)) AND {these}",
        (day.isoformat(),),
    )
    connection.execute("INSERT INTO temp.late_deal SELECT DISTINCT deal_id FROM temp.late_event")


def _deal_columns(connection: sqlite3.Connection) -> list[str]:
    return [str(name) for (name,) in connection.execute("SELECT name FROM pragma_table_info('deal', 'main')")]


def _fold_late_deals(connection: sqlite3.Connection, deals: str) -> None:
    """The late deals that had been heard of by then, with their facts of then."""
    connection.execute("DROP TABLE IF EXISTS temp.deal_then")
    connection.execute(f"CREATE TEMP TABLE deal_then AS SELECT * FROM {deals} WHERE 0")
    connection.execute("CREATE UNIQUE INDEX temp.deal_then_id ON deal_then (id)")
    facts = ", ".join(f"{name} = ?" for name in rows.FACT_COLUMNS)
    ids = [int(row["id"]) for row in connection.execute("SELECT id FROM temp.late_deal ORDER BY id")]
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        folded = list(_folded(connection, batch))
        marks = ", ".join(str(deal_id) for _, deal_id in folded)
        connection.execute(f"INSERT INTO temp.deal_then SELECT * FROM {deals} WHERE id IN ({marks})")
        connection.executemany(
            f"UPDATE temp.deal_then SET {facts} WHERE id = ?", [(*cells, deal_id) for cells, deal_id in folded]
        )


def _folded(connection: sqlite3.Connection, ids: Sequence[int]) -> Iterator[tuple[tuple[object, ...], int]]:
    marks = ", ".join(map(str, ids))
    events: dict[int, list[Event]] = {}
    for row in connection.execute(f"SELECT * FROM event WHERE deal_id IN ({marks}) ORDER BY deal_id, n").fetchall():
        events.setdefault(row["deal_id"], []).append(rows.event_of(row, _source(connection, row["source_id"])))
    pins: dict[int, dict[str, int]] = {}
    for row in connection.execute(f"SELECT deal_id, field, n FROM pin WHERE deal_id IN ({marks})"):
        pins.setdefault(row["deal_id"], {})[row["field"]] = row["n"]
    outlets = outlets_of(connection)
    for deal_id, told in events.items():
        yield rows.fact_cells(fold(told, pins.get(deal_id), outlets)), deal_id  # type: ignore[arg-type]  # fields by the schema


def _source(connection: sqlite3.Connection, source_id: int | None) -> Source | None:
    if source_id is None:
        return None
    return rows.source_of(connection.execute("SELECT * FROM source WHERE id = ?", (source_id,)).fetchone())


# --- full text ----------------------------------------------------------------------------------


def _mark_reworded(connection: sqlite3.Connection, deals: str) -> None:
    """Note of which deals the words may have been others then; of them the present index is not asked."""
    connection.execute(f"INSERT OR IGNORE INTO temp.reworded SELECT * FROM ({deals}) WHERE 1 IS NOT NULL")


def index_words(connection: sqlite3.Connection) -> None:
    """Index the words that those deals had then: only where words are looked for."""
    connection.execute("DELETE FROM temp.text_then")
    connection.execute(
        "INSERT INTO temp.text_then (rowid, title, parties, summaries, notes) "
        f"SELECT id, title, parties, summaries, notes FROM ({searching.WORDS}) WHERE id IN temp.reworded"
    )
