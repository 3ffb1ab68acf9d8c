"""Rows as a table in Markdown, in which no text is anything but text."""

import re
from collections.abc import Iterable, Iterator, Sequence

from dealtrack.domain.columns import Table
from dealtrack.domain.figures import DealRow
from dealtrack.exchange.spoken import spoken

# What Markdown, or HTML within it, could take for more than a character of a text.
_SIGNS = re.compile(r"([\\`*_\[\]<>|&~])")


def write(rows: Iterable[DealRow], columns: Sequence[str] | None, table: Table = "deals") -> Iterator[str]:
    """A heading, a rule, and a line for each row."""
    chosen = spoken(table, columns)
    yield _line(column.heading for column in chosen)
    yield _line("---:" if column.right else "---" for column in chosen)
    for row in rows:
        yield _line(escaped(column.say(row)) for column in chosen)


def escaped(text: str) -> str:
    """A text on one line, as Markdown reads it back; what cannot be seen is a replacement character."""
    shown = "".join(c if c.isprintable() else (" " if c.isspace() else "\ufffd") for c in text)
    return _SIGNS.sub(r"\\\1", shown).strip()


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"
