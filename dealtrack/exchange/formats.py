"""Which file formats there are: a name, a suffix and a writer each."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from dealtrack.domain.figures import DealRow
from dealtrack.domain.problem import Misuse
from dealtrack.exchange.delimited import lines
from dealtrack.exchange.record import FIELDS, as_object, file_columns, flat


class UnknownFormat(Misuse):
    """A file is asked for in a format that is not written."""


Writer = Callable[[Iterable[DealRow], Sequence[str] | None], Iterator[str]]


class Format(NamedTuple):
    """`write` turns rows and the wanted columns (None: all) into pieces of text."""

    name: str
    suffix: str
    write: Writer


def _delimited(delimiter: str) -> Writer:
    def write(rows: Iterable[DealRow], columns: Sequence[str] | None) -> Iterator[str]:
        names = file_columns(columns) if columns is not None else list(FIELDS)
        return lines((flat(row, names) for row in rows), names, delimiter)

    return write


# The keys of an object that hold what a column of the screen or of a flat file shows.
_KEYS = {"since": "first_seen", "heard": "last_heard", "usd": "value", "deal": "parties"}


def objects(rows: Iterable[DealRow], columns: Sequence[str] | None) -> Iterator[dict[str, Any]]:
    """The rows as objects of the JSON contract, with the wanted keys only."""
    for row in rows:
        whole = as_object(row)
        if columns is None:
            yield whole
        else:
            wanted = [_KEYS.get(name, name) for name in columns]
            yield {name: whole[name] if name in whole else FIELDS[name](row) for name in wanted}


# What JSON may hold as it is, and a terminal would act on.
_ACTING = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def as_json(value: Any, indent: int | None = None) -> str:
    """The value as JSON text in which every character that a terminal could act on is escaped."""
    return _ACTING.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False, indent=indent))


def _json(rows: Iterable[DealRow], columns: Sequence[str] | None) -> Iterator[str]:
    yield "["
    between = "\n"
    for whole in objects(rows, columns):
        yield between + as_json(whole)
        between = ",\n"
    yield "\n]\n" if between != "\n" else "]\n"


def _ndjson(rows: Iterable[DealRow], columns: Sequence[str] | None) -> Iterator[str]:
    for whole in objects(rows, columns):
        yield as_json(whole) + "\n"


FORMATS: tuple[Format, ...] = (
    Format("csv", ".csv", _delimited(",")),
    Format("tsv", ".tsv", _delimited("\t")),
    Format("json", ".json", _json),
    Format("ndjson", ".ndjson", _ndjson),
)
NAMES: tuple[str, ...] = tuple(format_.name for format_ in FORMATS)


def named(name: str) -> Format:
    """The format of that name. Raises UnknownFormat."""
    for format_ in FORMATS:
        if format_.name == name:
            return format_
    raise UnknownFormat(f'there is no format "{name}"', f"formats are {', '.join(NAMES)}")
