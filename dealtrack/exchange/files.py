"""Which files are read as tables: by their suffix, or where that does not tell, by how they begin."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from dealtrack.domain.problem import NoRoom
from dealtrack.exchange.tables import BadFile, IsHeader, Table

# Standard input, as it is named on the command line and in what is said of it.
STDIN = "-"
_SAID = "stdin"

_HINT = "name csv, tsv, xlsx, json or ndjson files, or a data package"


class File(NamedTuple):
    """A file that is there: where it is read, and what it is called."""

    path: Path
    name: str
    encoding: str | None = None

    @property
    def sort(self) -> str:
        """What it is read as: text, json, ndjson, xlsx, zip or folder."""
        if self.path.is_dir():
            return "folder"
        suffix = Path(self.name).suffix.casefold()
        return _SORTS.get(suffix) or self._by_its_beginning()

    def _by_its_beginning(self) -> str:
        with self.path.open("rb") as raw:
            begin = raw.read(4096)
        if begin.startswith(b"PK\x03\x04"):
            return "xlsx" if b"[Content_Types].xml" in begin or b"xl/" in begin else "zip"
        bare = begin.removeprefix(b"\xef\xbb\xbf").lstrip()
        if bare[:1] == b"[":
            return "json"
        if bare[:1] == b"{":
            return "ndjson" if b"}\n{" in begin or bare.rstrip().endswith(b"}") else "json"
        return "text"

    def tables(self, is_header: IsHeader | None = None) -> Iterator[Table]:
        """Its tables: one, or one for each sheet that is to be seen. Raises BadFile.

        A header is the first line that `is_header` knows, else the first of all.
        """
        match self.sort:
            case "text":
                from dealtrack.exchange.text_table import text_table  # noqa: PLC0415 - each reader where it is needed

                yield text_table(self.path, self.name, self.encoding, is_header)
            case "json" | "ndjson":
                from dealtrack.exchange.objects import objects_table  # noqa: PLC0415 - likewise

                yield objects_table(self.path, self.name, self.encoding, lines=self.sort == "ndjson")
            case "xlsx":
                from dealtrack.exchange.sheets import sheets  # noqa: PLC0415 - likewise

                yield from sheets(self.path, self.name, is_header)
            case _:
                raise BadFile(f'"{self.name}" is no table', _HINT)


_SORTS = {
    ".csv": "text", ".tsv": "text", ".txt": "text", ".dat": "text", ".tab": "text", ".json": "json",
    ".ndjson": "ndjson", ".jsonl": "ndjson", ".xlsx": "xlsx", ".xlsm": "xlsx", ".zip": "zip",
}  # fmt: skip


@contextmanager
def found(name: str, encoding: str | None = None) -> Iterator[File]:
    """The file of that name; standard input is kept in a temporary one, since it is read more than once."""
    if name != STDIN:
        if not Path(name).exists():
            raise BadFile(f'"{name}" does not exist', _HINT)
        yield File(Path(name), name, encoding)
        return
    try:
        descriptor, kept = tempfile.mkstemp(prefix="dealtrack-")
        with os.fdopen(descriptor, "wb") as stream:
            shutil.copyfileobj(sys.stdin.buffer, stream)
    except OSError as error:
        raise NoRoom(error.strerror) from error
    try:
        yield File(Path(kept), _SAID, encoding)
    finally:
        Path(kept).unlink(missing_ok=True)
