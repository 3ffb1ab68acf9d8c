"""The entries of a report in files: rows of a flat file, or objects."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dealtrack.exchange.delimited import lines
from dealtrack.exchange.formats import as_json

_DELIMITERS = {"csv": ",", "tsv": "\t"}


def written(entries: Sequence[Mapping[str, Any]], fields: Sequence[str], format_: str) -> Iterator[str]:
    """The entries in a format, as pieces of text; several words in one cell are joined by "; "."""
    if format_ in _DELIMITERS:
        yield from lines(([_cell(entry[name]) for name in fields] for entry in entries), fields, _DELIMITERS[format_])
    elif format_ == "ndjson":
        yield from (as_json(dict(entry)) + "\n" for entry in entries)
    else:
        yield as_json([dict(entry) for entry in entries], indent=2) + "\n"


def _cell(value: Any) -> str | int | None:
    return "; ".join(value) or None if isinstance(value, list) else value
