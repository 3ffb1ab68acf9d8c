"""Names that would do harm in a shell, were they read as anything else."""

import sqlite3
from contextlib import closing
from pathlib import Path

HOSTILE = (
    "N01 $(touch pwned) Ltd",
    "N02 `touch pwned` Ltd",
    "N03 'one' \"two\" Ltd",
    "N04; touch pwned",
    "N05 && touch pwned | tee pwned > pwned",
    "N06: colon:and=equals@at",
    "N07 back\\slash\\",
    "N08 *?[a-z]{a,b}~#!$HOME ${HOME}",
    "N09 Société Générale 日本 😀",
    "N10 %s %n \\n \\e[2J",
)
UNFIT = ("-N11 --force", "N12 two\nlines", "N13 \x1b[2J", "N14\ttab")


def put_in(ledger: Path) -> None:
    """Name companies and deals of a ledger so: past the command line, which lets in none of the unfit ones."""
    with closing(sqlite3.connect(ledger)) as connection, connection:
        for n, name in enumerate((*HOSTILE, *UNFIT)):
            values = (f"h-{n}", name, name)
            connection.execute("INSERT INTO company (slug, name, plain, kind) VALUES (?, ?, ?, 'company')", values)
        for n, name in enumerate(UNFIT):
            connection.execute("UPDATE deal SET slug = ? WHERE id = ?", (name, n + 1))
