"""Taking a change back: everything that it touched becomes what it was before."""

import json
import sqlite3
from collections.abc import Mapping

from dealtrack.domain.publisher import spelled
from dealtrack.ledger import journal, outlets, rows, searching
from dealtrack.ledger.journal import TABLES
from dealtrack.ledger.writing import WritableLedger

# The rows that a change altered or removed: the table, the id, and the image from before.
_Altered = list[tuple[str, int, str | None]]
# The ids that a change created, by table.
_Created = Mapping[str, tuple[int, int]]


def undo(ledger: WritableLedger, change_id: int) -> None:
    """Take a change back, inside the one under way. Raises NoSuchChange when that is not possible."""
    ledger.refuse_impossible_undo(change_id, under_way=ledger.journal.change_id)
    created = journal.created_by(ledger.connection, change_id)
    altered = [
        (table, row_id, before)
        for table in TABLES
        for row_id, before in journal.altered_by(ledger.connection, change_id, table)
    ]
    deals = _deals_of(ledger, created, altered)
    # All goes before anything comes back: a row taken out and let in again within the change finds its place.
    for table in reversed(TABLES):
        if table in created:
            ledger.journal.remove_range(table, *created[table])
    for table, row_id, _ in reversed(altered):
        ledger.journal.delete(table, row_id)
    for table, _, before in altered:
        if before is not None:
            _put_back(ledger, change_id, table, before)
    _refuse_orphans(ledger, change_id)
    ledger.bring_names_in_step()
    ledger.forget_outlets()
    # Facts and words follow from the rows, and are not left to be right: within one second a later change may
    # have altered what a deal says without altering the deal's own row.
    affected = sorted(deals | _deals_of(ledger, {}, altered))
    for deal_id in affected:
        ledger.refold(deal_id, touch=False)
    if "deal" in created:
        searching.drop_range(ledger.connection, *created["deal"])
    searching.refresh(ledger.connection, affected)
    for company_id in _renamed(ledger):
        ledger.reindex(company_id)


def _deals_of(ledger: WritableLedger, created: _Created, altered: _Altered) -> set[int]:
    """The deals whose facts or words may rest on the rows: their own, and those read in a source among them."""
    found = {row_id for table, row_id, _ in altered if table == "deal"}
    for table, row_id, before in altered:
        if table in ("event", "pin", "party"):
            found |= ledger.numbers(f"SELECT deal_id FROM {table} WHERE id = ?", row_id)
            found |= {int(json.loads(before)["deal_id"])} if before else set()
        elif table == "source":
            found |= ledger.numbers("SELECT deal_id FROM event WHERE source_id = ?", row_id)
    names = _outlets_among(ledger, created, altered)
    if names:
        found |= outlets.deals_naming(ledger.connection, names)
    for table in ("party", "event", "pin"):
        if table in created:
            found |= ledger.numbers(f"SELECT DISTINCT deal_id FROM {table} WHERE id BETWEEN ? AND ?", *created[table])
    return found


def _outlets_among(ledger: WritableLedger, created: _Created, altered: _Altered) -> set[str]:
    """The spellings of the publishers among the rows, as they are and as they were."""
    ids = {row_id for table, row_id, _ in altered if table == "publisher"}
    first, last = created.get("publisher", (0, -1))
    ids |= set(range(first, last + 1))
    there = ledger.connection.execute(f"SELECT * FROM publisher WHERE id IN ({', '.join(map(str, ids))})")
    were = [json.loads(before) for table, _, before in altered if table == "publisher" and before]
    return {spelled(name) for row in (*there, *were) for name in rows.publisher_of(row).names}


def _put_back(ledger: WritableLedger, change_id: int, table: str, before: str) -> None:
    try:
        ledger.journal.put_back(table, before)
    except sqlite3.IntegrityError:
        other = journal.in_its_place(ledger.connection, table, before)
        later = journal.who_touched(ledger.connection, table, other, change_id) if other else None
        if later is None:
            raise
        raise ledger.in_the_way(change_id, later) from None


def _refuse_orphans(ledger: WritableLedger, change_id: int) -> None:
    """A row left without its parent: name the later change that removed the parent, or that made the row."""
    orphan = ledger.connection.execute("PRAGMA foreign_key_check").fetchone()
    if orphan is None:
        return
    table, row_id, parent = str(orphan["table"]), int(orphan["rowid"]), str(orphan["parent"])
    later = journal.who_touched(ledger.connection, parent, _missing(ledger, orphan), change_id)
    if later in (None, ledger.journal.change_id):
        later = journal.who_touched(ledger.connection, table, row_id, change_id)
    raise ledger.in_the_way(change_id, later if later is not None else change_id)


def _missing(ledger: WritableLedger, orphan: rows.Row) -> int:
    """The id of the parent that a row found by `PRAGMA foreign_key_check` is left without; it was there once."""
    table, parent = orphan["table"], orphan["parent"]
    ask = ledger.connection.execute
    keys = ask('SELECT "from", "to" FROM pragma_foreign_key_list(?) WHERE id = ?', (table, orphan["fkid"])).fetchall()
    row = ask(f"SELECT * FROM {table} WHERE id = ?", (orphan["rowid"],)).fetchone()
    if [key["to"] for key in keys] == ["id"]:
        return int(row[keys[0]["from"]])
    tests = " AND ".join(f"json_extract(before, '$.{key['to']}') = ?" for key in keys)
    sql = f"SELECT row_id FROM change_altered WHERE of_table = ? AND {tests} ORDER BY change_id DESC LIMIT 1"
    return int(ask(sql, (parent, *(row[key["from"]] for key in keys))).fetchone()[0])


def _renamed(ledger: WritableLedger) -> list[int]:
    """The companies whose names this undo altered, gave or took away."""
    found = ledger.connection.execute(
        """
        SELECT row_id FROM change_altered WHERE change_id = ?1 AND of_table = 'company'
        UNION SELECT coalesce(json_extract(before, '$.company_id'),
                              (SELECT company_id FROM alias WHERE id = row_id))
          FROM change_altered WHERE change_id = ?1 AND of_table = 'alias'
        """,
        (ledger.journal.change_id,),
    )
    return [int(company_id) for (company_id,) in found.fetchall() if company_id is not None]
