"""Tables in files of JSON: an object a row, of an array or one a line; a value in an object is a column of its own."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dealtrack.exchange.nested import entries, flattened
from dealtrack.exchange.row import Place, RawRow, RowError
from dealtrack.exchange.tables import LONGEST_CELL, MEND, BadFile, Table
from dealtrack.exchange.text_table import encoding_of

# What a file that has to be read at once may hold.
_LARGEST = 1024**3

_Entries = Iterator[tuple[int, Any]]


def objects_table(path: Path, file: str, encoding: str | None, *, lines: bool) -> Table:
    """The table in a file of JSON: its columns are the keys of all its objects. Raises BadFile."""
    code = encoding_of(path, file, encoding)
    header = dict[str, None]()
    for _, entry in _entries(path, file, code, lines=lines):
        if isinstance(entry, dict):
            header |= dict.fromkeys(_cells(entry))
    if not header:
        raise BadFile(f"{file}: there is no object in it", "write an array of objects, or an object a line")
    return Table(file, tuple(header), _rows(_entries(path, file, code, lines=lines), file, tuple(header)))


def _rows(found: _Entries, file: str, header: tuple[str, ...]) -> Iterator[RawRow | RowError]:
    for line, entry in found:
        place = Place(file, line)
        if not isinstance(entry, dict):
            yield RowError(place, "", "it is no object", "write {...}", (json.dumps(entry),))
            continue
        cells = _cells(entry)
        torn = next((name for name, cell in cells.items() if _whole(cell) != cell), None)
        if torn is not None:
            what, hint = "the cell holds half of a character", "write the whole of it"
            yield RowError(place, torn, what, hint, tuple(_whole(cells.get(name, "")) for name in header))
        elif any(cells.values()):
            yield RawRow(place, {name: cells.get(name, "") for name in header})


def _whole(text: str) -> str:
    """The text with a question mark for each half of a character: JSON can name one alone, and nothing can write it."""
    return text if text.isascii() else text.encode(errors="replace").decode()


def _entries(path: Path, file: str, encoding: str, *, lines: bool) -> _Entries:
    line = 1
    try:
        if lines:
            with path.open(encoding=encoding) as stream:
                for line, text in enumerate(iter(lambda: stream.readline(LONGEST_CELL + 1), ""), 1):
                    if len(text) > LONGEST_CELL:
                        raise BadFile(f"{file}:{line}: the line is longer than {LONGEST_CELL:,} characters", MEND)
                    if text.strip():
                        yield line, json.loads(text)
        else:
            yield from _of_one(path, file, encoding)
    except json.JSONDecodeError as error:
        raise BadFile(f"{file}:{line if lines else error.lineno}: {error.msg}", MEND) from error
    except UnicodeError as error:
        raise BadFile(f"{file}: not {encoding.upper()} text", "say which encoding it is: --encoding NAME") from error
    except (RecursionError, ValueError) as error:
        raise BadFile(f"{file}:{line}: {str(error) or 'it is nested too deep'}", MEND) from error


def _of_one(path: Path, file: str, encoding: str) -> _Entries:
    """The objects of an array, each with the line that it begins in."""
    if path.stat().st_size > _LARGEST:
        raise BadFile(f"{file} is larger than {_LARGEST:,} bytes", "write an object a line, and call it .ndjson")
    text = path.read_text(encoding=encoding)
    begin = len(text) - len(text.lstrip())
    if text[begin : begin + 1] != "[":
        answer = json.loads(text)
        yield from ((1, entry) for entry in (entries(answer) or [answer]))
        return
    decoder, at, line, counted = json.JSONDecoder(), _after(text, begin + 1), 1, 0
    while text[at : at + 1] != "]":
        line, counted = line + text.count("\n", counted, at), at
        entry, end = decoder.raw_decode(text, at)
        yield line, entry
        at = _after(text, end)
        if text[at : at + 1] == ",":
            at = _after(text, at + 1)
        elif text[at : at + 1] != "]":
            raise json.JSONDecodeError("Expecting ',' delimiter", text, at)
    if text[at + 1 :].strip():
        raise json.JSONDecodeError("Extra data", text, at + 1)


def _after(text: str, at: int) -> int:
    while text[at : at + 1].isspace():
        at += 1
    return at


def _cells(entry: dict[str, Any]) -> dict[str, str]:
    """The cells of an object; one of our own contract has the columns of our flat files."""
    parties = entry.get("parties")
    if not (isinstance(parties, list) and "slug" in entry and "kind" in entry):
        return {_whole(name): cell for name, cell in flattened(entry).items()}
    own = {key: value for key, value in entry.items() if key not in _NOT_FLAT}
    cells = flattened(
        {key: "; ".join(map(str, value)) if isinstance(value, list) else value for key, value in own.items()}
    )
    for party in parties:
        role = str(party.get("role", "")).replace("-", "_")
        cells[role] = f"{cells[role]}; {party.get('name')}" if role in cells else str(party.get("name"))
    return {name.replace(".", "_"): cell for name, cell in cells.items() if name not in _UNKNOWN}


def _joined(value: Any) -> Any:
    return "; ".join(map(str, value)) if isinstance(value, list) else value


# Keys of the contract that no flat file has, or has as several columns.
_NOT_FLAT = frozenset(("parties", "events", "sources", "links"))
_UNKNOWN = frozenset(("value.event", "stake.event", "stake.worded", "value", "stake"))
