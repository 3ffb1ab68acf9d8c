"""Which deal each row of an imported file became, so that it is known again wherever it comes from next."""

import json
import sqlite3
from array import array
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from dealtrack.domain.deal import Deal
from dealtrack.domain.figures import DealRow
from dealtrack.domain.party import Party
from dealtrack.ledger import rows
from dealtrack.ledger.intake import BATCH
from dealtrack.ledger.journal import by_hand, changes_of_deal, left_as
from dealtrack.ledger.ledger import Ledger
from dealtrack.ledger.writing import WritableLedger


class Arrival(NamedTuple):
    """A row that was imported: what it said last, as a digest, and which events of the deal tell of it, by their keys.

    `change_id` is the change that wrote what the row says: what differs now was changed since by hand. `mine` names the
    fields of which it is known already that they were.
    """

    id: int
    deal_id: int
    digest: str
    events: dict[str, int]
    mine: frozenset[str]
    change_id: int


class Arrivals:
    """The rows of one family of files. New ones are gathered; before they are written, `written` writes their deals."""

    def __init__(self, ledger: WritableLedger, family: str, written: Callable[[], None]) -> None:
        self._connection = ledger.connection
        self._journal = ledger.journal
        self._family = family
        # What is met from here on came with this import, or this table of it.
        self.first = self._of_table = ledger.journal.next_id("arrival")
        self.removed = _removed(ledger.connection, family)
        self._written = written
        self._gathered: dict[str, tuple[Any, ...]] = {}
        # Of the rows of before: which table told of them first, and what it said where that is not what is noted.
        self._met = array("L", bytes(array("L").itemsize * self.first))
        self._table = 0
        self._otherwise: dict[int, str] = {}

    def known(self, key: str) -> Arrival | None:
        """What became of a row, if it was imported before and its deal is there."""
        if key in self._gathered:
            self.flush()
        found = self._connection.execute(_KNOWN, (self._family, key)).fetchone()
        if found is None:
            return None
        row_id, deal_id, digest, events, mine, change_id = found
        numbers = {str(name): int(n) for name, n in json.loads(events).items()}
        return Arrival(row_id, deal_id, digest, numbers, frozenset(mine.split(_BETWEEN)) - {""}, change_id)

    def agrees(self, arrival: Arrival, digest: str) -> bool:
        """Whether a line says what the first line that told of the deal did; it may be that first line."""
        if arrival.id >= self.first or self._met[arrival.id]:
            return digest == self._otherwise.get(arrival.id, arrival.digest)
        self._met[arrival.id] = self._table
        if digest != arrival.digest:
            self._otherwise[arrival.id] = digest
        return True

    def next_table(self) -> None:
        """What is met from here on stands in another table."""
        self._table += 1
        self._of_table = self._journal.next_id("arrival")

    def is_of_this_table(self, arrival: Arrival) -> bool:
        """Whether the first line that told of a deal stands in the table that is being read."""
        if arrival.id >= self.first:
            return arrival.id >= self._of_table
        return self._met[arrival.id] == self._table

    def note(
        self, key: str, deal_id: int, digest: str, events: Mapping[str, int], mine: Iterable[str] = ()
    ) -> None:  # fmt: skip
        """Keep in mind that a row became the deal, and that the change under way wrote what it says."""
        self._gathered[key] = (deal_id, self._family, key, *self._cells(digest, events, mine))
        if len(self._gathered) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what is gathered."""
        self._written()
        self._journal.insert_many("arrival", ("deal_id", "family", "key", *_CELLS), self._gathered.values())
        self._gathered = {}

    def note_again(self, arrival: Arrival, digest: str, events: Mapping[str, int], mine: Iterable[str]) -> None:
        """The same of a row that says something else now."""
        cells = zip(_CELLS, self._cells(digest, events, mine), strict=True)
        self._journal.update("arrival", arrival.id, dict(cells))
        self._otherwise.pop(arrival.id, None)

    def _cells(self, digest: str, events: Mapping[str, int], mine: Iterable[str]) -> tuple[Any, ...]:
        return digest, _as_json(tuple(events.items())), _BETWEEN.join(sorted(mine)), self._journal.change_id

    def all_deals(self) -> bool:
        """Whether every deal of the ledger came from the family."""
        found = self._connection.execute(
            "SELECT 1 FROM deal d WHERE NOT EXISTS ("
            "SELECT 1 FROM arrival a WHERE a.deal_id = d.id AND a.family = ?) LIMIT 1",
            (self._family,),
        ).fetchone()
        return found is None

    def has(self, deal_id: int) -> bool:
        """Whether a deal came from the family."""
        if self._gathered:
            self.flush()
        found = self._connection.execute(
            "SELECT 1 FROM arrival WHERE deal_id = ? AND family = ?", (deal_id, self._family)
        ).fetchone()
        return found is not None


_KNOWN = "SELECT id, deal_id, digest, events, mine, change_id FROM arrival WHERE family = ? AND key = ?"
_CELLS = ("digest", "events", "mine", "change_id")
_BETWEEN = ";"


@lru_cache
def _as_json(events: tuple[tuple[str, int], ...]) -> str:
    return json.dumps(dict(events), separators=(",", ":"))


def _removed(connection: sqlite3.Connection, family: str) -> dict[str, int]:
    """The key of each row whose deal was removed by hand and is gone, with the change that removed it."""
    found = connection.execute(
        """
        SELECT json_extract(a.before, '$.key'), a.change_id FROM change_altered a
         WHERE a.of_table = 'arrival' AND a.before IS NOT NULL AND json_extract(a.before, '$.family') = ?
           AND NOT EXISTS (SELECT 1 FROM arrival r WHERE r.family = json_extract(a.before, '$.family')
                                                     AND r.key = json_extract(a.before, '$.key'))
           AND a.change_id = (
             SELECT max(change_id) FROM change_altered l WHERE l.of_table = 'arrival' AND l.row_id = a.row_id)
        """,
        (family,),
    ).fetchall()
    undoes = dict(connection.execute("SELECT id, undoes FROM change WHERE undoes IS NOT NULL").fetchall())
    return {str(key): int(change_id) for key, change_id in found if by_hand(int(change_id), undoes)}


# --- how a deal was ---------------------------------------------------------------------------------


def as_left(connection: sqlite3.Connection, change_id: int, deal_id: int) -> dict[str, list[dict[str, Any]]]:
    """The rows of a deal as a change left them, by table: the deal's own, its parties and its events."""
    return {table: list(_as_left(connection, table, change_id, deal_id)) for table in ("deal", "party", "event")}


def _as_left(connection: sqlite3.Connection, table: str, change_id: int, deal_id: int) -> list[dict[str, Any]]:
    key = "id" if table == "deal" else "deal_id"
    last = connection.execute(
        "SELECT coalesce(max(last_id), 0) FROM change_created WHERE of_table = ? AND change_id <= ?", (table, change_id)
    ).fetchone()[0]
    ids = connection.execute(
        f"SELECT id FROM {table} WHERE {key} = ?1 AND id <= ?2 UNION SELECT row_id FROM change_altered "
        f"WHERE of_table = '{table}' AND row_id <= ?2 AND json_extract(before, '$.{key}') = ?1 ORDER BY 1",
        (deal_id, last),
    ).fetchall()
    found = (left_as(connection, table, int(row_id), change_id) for (row_id,) in ids)
    return [row for row in found if row is not None]


def deal_as_left(ledger: Ledger, change_id: int, deal_id: int) -> Deal:
    """The deal as a change left it, its companies and sources by the names that they have now."""
    found = as_left(ledger.connection, change_id, deal_id)
    (row,) = found["deal"]
    names = _names(ledger, found["party"])
    return Deal(
        id=row["id"],
        slug=row["slug"],
        title=row["title"],
        kind=row["kind"],
        form=row["form"],
        sectors=rows.split(row["sectors"]),
        core_space=bool(row["core_space"]),
        tags=rows.split(row["tags"]),
        note=row["note"],
        parties=tuple(Party(*names[p["company_id"]], p["role"]) for p in found["party"] if p["company_id"] in names),
        events=tuple(rows.event_of(event, ledger.source_of_row(event["source_id"])) for event in found["event"]),
        created=row["created"],
        updated=row["updated"],
    )


def flat_as_left(ledger: Ledger, change_id: int, present: DealRow) -> DealRow:
    """The row that a listing gives of a deal, as a change left it; `present` is as it is now."""
    found = as_left(ledger.connection, change_id, present["id"])
    if not found["deal"]:
        return present
    names = _names(ledger, found["party"])
    told_of = (party for party in found["party"] if party["company_id"] in names)
    parties = {(*names[party["company_id"]], party["role"]): party["as_reported"] for party in told_of}
    told = {
        "parties": json.dumps([[*key, reported] for key, reported in parties.items()], ensure_ascii=False),
        "events": len(found["event"]),
    }
    return {**present, **found["deal"][0], **told}


def changes_at(connection: sqlite3.Connection, deal_id: int) -> list[tuple[int, str]]:
    """The changes that wrote to a deal, each with its moment, in order."""
    ids = ", ".join(map(str, changes_of_deal(connection, deal_id)))
    found = connection.execute(f"SELECT id, at FROM change WHERE id IN ({ids}) ORDER BY id")
    return [(int(change_id), str(at)) for change_id, at in found]


def _names(ledger: Ledger, parties: Iterable[Mapping[str, Any]]) -> dict[int, tuple[str, str]]:
    """The slug and the name that each company is known by now."""
    ids = ", ".join(str(party["company_id"]) for party in parties)
    found = ledger.connection.execute(
        "SELECT c.id, k.slug, k.name FROM company c LEFT JOIN known_as s ON s.company_id = c.id "
        f"JOIN company k ON k.id = coalesce(s.canonical_id, c.id) WHERE c.id IN ({ids})"
    )
    return {int(company): (str(slug), str(name)) for company, slug, name in found}
