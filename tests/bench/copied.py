"""Write the rows of a ledger into a new file of the same tables, and nothing more: python copied.py LEDGER NEW.

What an import cannot go below: Python's sqlite3 binds the rows, SQLite checks and indexes them, and the words are made
searchable. No file is read, no word understood, nothing folded, and no digest taken.
"""

import sqlite3
import sys

BATCH = 500
# Parents before children. Full text comes last, from the view that it is made of.
TABLES = ("change", "company", "alias", "source", "deal", "party", "event", "arrival")
WORDS = "INSERT INTO deal_text (rowid, title, parties, summaries, notes) SELECT * FROM deal_words"


def main(ledger: str, new: str) -> None:
    """Copy the tables."""
    source, target = sqlite3.connect(ledger), sqlite3.connect(new, isolation_level=None)
    made = source.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT GLOB 'sqlite_*'")
    # The tables behind a full-text index are made with it.
    target.executescript(";\n".join(sql for (sql,) in made if "'deal_text_" not in sql))
    target.execute("PRAGMA cache_size = -65536")
    target.execute("BEGIN IMMEDIATE")
    for table in TABLES:
        rows = source.execute(f"SELECT * FROM {table}")
        marks = ", ".join("?" * len(rows.description))
        while batch := rows.fetchmany(BATCH):
            target.executemany(f"INSERT INTO {table} VALUES ({marks})", batch)
    target.execute(WORDS)
    target.execute("COMMIT")


if __name__ == "__main__":
    main(*sys.argv[1:])
