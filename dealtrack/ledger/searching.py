"""Full text: what people type becomes a safe search, and the index keeps step with the deals."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3


def as_match(words: Iterable[str]) -> str:
    """The FTS5 expression for plain words: every word must occur; `stok*` matches beginnings.

    Each word is quoted, so that `foo-bar` and `O'Neil` are text and never syntax.
    """
    terms = [term for word in words for term in word.split()]
    quoted = (f'"{term.rstrip("*").replace(chr(34), " ")}"' + ("*" if term.endswith("*") else "") for term in terms)
    return " ".join(term for term in quoted if any(c.isalnum() for c in term)) or '""'


def refresh(connection: "sqlite3.Connection", deal_ids: Sequence[int]) -> None:
    """Index these deals afresh, or drop them when they are gone."""
    marks = [(deal_id,) for deal_id in deal_ids]
    connection.executemany("DELETE FROM deal_text WHERE rowid = ?", marks)
    connection.executemany(
        "INSERT INTO deal_text (rowid, title, parties, summaries, notes) "
        "SELECT id, title, parties, summaries, notes FROM deal_words WHERE id = ?",
        marks,
    )


def add_range(connection: "sqlite3.Connection", first: int, last: int) -> None:
    """Index the new deals of a range of ids."""
    connection.execute(
        "INSERT INTO deal_text (rowid, title, parties, summaries, notes) "
        "SELECT id, title, parties, summaries, notes FROM deal_words WHERE id BETWEEN ? AND ?",
        (first, last),
    )


def drop_range(connection: "sqlite3.Connection", first: int, last: int) -> None:
    """Take the deals of a range of ids out of the index."""
    connection.execute("DELETE FROM deal_text WHERE rowid BETWEEN ? AND ?", (first, last))
