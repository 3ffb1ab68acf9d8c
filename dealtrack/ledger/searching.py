"""Full text: what people type becomes a safe search, and the index keeps step with the deals."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3


_ALIASES = "coalesce((SELECT ' ' || group_concat(a.alias, ' ') FROM alias a WHERE a.company_id = {0}.id), '')"
_WORDS = """
SELECT d.id, d.title || ' ' || d.slug AS title,
  coalesce((SELECT group_concat({names}, ' ')
    FROM party p JOIN company c ON c.id = p.company_id WHERE p.deal_id = d.id), '') AS parties,
  coalesce((SELECT group_concat(e.summary, ' ') FROM event e WHERE e.deal_id = d.id), '') AS summaries,
  coalesce(d.note, '') AS notes
FROM deal d"""
_NAMES = f"c.name || {_ALIASES.format('c')}"
# A deal of a company is found by the names of all that it was judged to be the same as.
_KNOWN = "coalesce((SELECT s.canonical_id FROM known_as s WHERE s.company_id = c.id), c.id)"
_OTHERS = f"""coalesce((SELECT ' ' || group_concat(o.name || {_ALIASES.format("o")}, ' ') FROM company o
      WHERE o.id <> c.id AND (o.id = {_KNOWN}
        OR o.id IN (SELECT m.company_id FROM known_as m WHERE m.canonical_id = {_KNOWN}))), '')"""
_REPORTED = "coalesce(' ' || p.as_reported, '')"

# What the full-text index holds of each deal, in the first ledgers and today.
FIRST_WORDS = _WORDS.format(names=_NAMES)
WORDS = _WORDS.format(names=f"{_NAMES} || {_REPORTED} || {_OTHERS}")


def table(name: str) -> str:
    """The SQL that makes a full-text index of that name."""
    tokenizer = "unicode61 remove_diacritics 2"
    return f'CREATE VIRTUAL TABLE {name} USING fts5 (title, parties, summaries, notes, tokenize = "{tokenizer}")'


def as_match(words: Iterable[str]) -> str:
    """The FTS5 expression for plain words: every word must occur; `stok*` matches beginnings.

    Each word is quoted, so that `foo-bar` and `O'Neil` are text and never syntax.
    """
    terms = [term for word in words for term in sayable(word).split()]
    quoted = (f'"{term.rstrip("*").replace(chr(34), " ")}"' + ("*" if term.endswith("*") else "") for term in terms)
    return " ".join(term for term in quoted if any(c.isalnum() for c in term)) or '""'


def sayable(words: str) -> str:
    """The words without what SQLite cannot take: NUL, and halves of characters."""
    return "".join(" " if c == "\0" or "\ud800" <= c <= "\udfff" else c for c in words)


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
