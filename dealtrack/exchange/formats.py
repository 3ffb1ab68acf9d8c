"""Which file formats there are: a name, a suffix and a writer each."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from dealtrack.domain.figures import DealRow
from dealtrack.domain.problem import Misuse
from dealtrack.exchange.record import FIELDS, USUAL, as_object, file_columns, flat


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
        # What writes objects has no use for it.
        from dealtrack.exchange.delimited import lines  # noqa: PLC0415

        names = file_columns(columns) if columns is not None else list(USUAL)
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


# What JSON may hold as it is, and a terminal would act on; each as JSON may hold it too.
_ACTING = {
    code: f"\\u{code:04x}"
    for codes in ((0x7F, 0x9F), (0x200E, 0x200F), (0x2028, 0x202E), (0x2066, 0x2069))
    for code in range(codes[0], codes[1] + 1)
}


# Made once: `json.dumps` would make it for every deal. Nothing that we write holds itself.
_ONE_LINE = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


def as_json(value: Any, indent: int | None = None) -> str:
    """The value as JSON text in which every character that a terminal could act on is escaped."""
    text = _ONE_LINE(value) if indent is None else json.dumps(value, ensure_ascii=False, indent=indent)
    # That nothing acts is seen far sooner than each character is looked up.
    harmless = (text.isascii() and "\x7f" not in text) or text.isprintable()
    return text if harmless else text.translate(_ACTING)


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
