"""Where found deals go: the screen as a table, or a pipe or file in a format."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import IO, Protocol

from dealtrack.cli import words
from dealtrack.cli.desk import Desk
from dealtrack.cli.options import Output, Shape
from dealtrack.domain.problem import Misuse, NoRoom, Problem
from dealtrack.domain.query import Query, Worth
from dealtrack.exchange.formats import FORMATS, NAMES, named
from dealtrack.exchange.record import EXPANDS, FIELDS, USUAL
from dealtrack.view.safe import harmless

DEFAULT_COLUMNS = ("id", "since", "deal", "kind", "value", "status")

# What a terminal shows at most unless asked for more: a table costs half a millisecond a row to draw.
FIRST_ROWS = 50


class FileExists(Problem):
    """A file is there already and is not written over."""

    exit_code = 2

    def __init__(self, path: Path) -> None:
        super().__init__(f'"{path}" is there already', "add --force to write over it, or name another file")


class FileNotWritten(Problem):
    """A file cannot be written, and is what it was before."""

    def __init__(self, path: Path, error: OSError) -> None:
        why = (error.strerror or str(error)).lower()
        super().__init__(f'cannot write "{path}": {why}', "check the path, its permissions and free space")


class Written(Protocol):
    """A format as far as its name and suffix."""

    @property
    def name(self) -> str:
        """What it is asked for by."""

    @property
    def suffix(self) -> str:
        """What the names of its files end in."""


def format_of(desk: Desk, shape: Output, more: Sequence[Written] = ()) -> str:
    """The format asked for; else the file's suffix; else a table on a terminal and TSV in a pipe.

    There are those of deals, and `more` of a report.
    """
    asked = "json" if shape.json else shape.format
    if asked:
        named_ = words.one_of(asked, (*NAMES, *(format_.name for format_ in more), "table"), "format")
        if named_ == "table" and shape.output:
            raise Misuse(
                "a table is drawn on the screen, not into a file", "name csv, tsv, json or ndjson, or use > FILE"
            )
        return named_
    if shape.output:
        suffix = Path(shape.output).suffix.casefold()
        known: list[Written] = [*FORMATS, *more]
        for format_ in known:
            if format_.suffix == suffix:
                return format_.name
        hint = f"end its name in {', '.join(f.suffix for f in known)}, or name a format with -O"
        raise Misuse(f'the name "{shape.output}" does not say which format is meant', hint)
    return "table" if desk.screen.terminal else "tsv"


def columns_of(shape: Shape) -> list[str] | None:
    """The columns asked for, None when none were; `+NAME` adds to the usual ones."""
    if not shape.columns:
        return None
    known = (*FIELDS, *EXPANDS)
    chosen: list[str] = []
    for word in shape.columns.split(","):
        bare = word.strip().lstrip("+").replace("-", "_")
        if not bare:
            continue
        if word.strip().startswith("+") and not chosen:
            chosen += DEFAULT_COLUMNS
        chosen.append(_column(bare, known))
    return list(dict.fromkeys(chosen))


def _column(word: str, known: Sequence[str]) -> str:
    return word if word in known else words.one_of(word, tuple(known), "column").replace("-", "_")


def put_deals(desk: Desk, query: Query, shape: Shape, default_columns: Sequence[str] | None) -> None:
    """Put the matching deals out in the shape asked for."""
    if shape.ids:
        put_text(desk, shape, (f"{deal_id}\n" for deal_id in desk.listing.ids(query)))
        return
    format_ = format_of(desk, shape)
    columns = columns_of(shape)
    if format_ == "table":
        _table(desk, query, shape, columns)
        return
    # Objects are whole unless columns are named; a flat file in a pipe has the columns of the screen.
    wanted = columns if columns or format_ in ("json", "ndjson") else default_columns
    if columns is None and query.worth != Worth() and format_ not in ("json", "ndjson"):
        wanted = [*(wanted or USUAL), "worth"]
    put_text(desk, shape, named(format_).write(desk.listing.select(query), wanted))


def _table(desk: Desk, query: Query, shape: Shape, named_columns: list[str] | None) -> None:
    # Drawing is loaded by what draws: files and pipes do without Rich.
    from dealtrack.view.table import COLUMNS, deals_table, total_line  # noqa: PLC0415

    columns = named_columns or _usual(query)
    for column in columns:
        words.one_of(column, tuple(COLUMNS), "column of a table")
    tally = desk.listing.tally(query)
    if shape.limit is None and desk.screen.terminal:
        query = query._replace(limit=FIRST_ROWS)
    table = deals_table(desk.listing.select(query), columns, desk.screen, all_of_them=bool(named_columns))
    if tally.deals == 0:
        desk.say(nothing_found(desk, query))
        return
    desk.show(table.renderable)
    desk.screen.show(total_line(tally))
    if table.hidden:
        names = ", ".join(table.hidden)
        desk.say(f"hidden at {desk.screen.width} columns: {names} (widen the terminal, or name --columns)")
    if query.limit is not None and tally.deals > query.limit:
        desk.say(f"the first {query.limit:,} of {tally.deals:,} deals; -n 0 shows all")


def _usual(query: Query) -> list[str]:
    """The usual columns; where values are counted in another money, they say so beside the value as it was told."""
    columns = list(DEFAULT_COLUMNS)
    if query.worth != Worth():
        columns.insert(columns.index("value") + 1, "worth")
    return columns


def nothing_found(desk: Desk, query: Query) -> str:
    """That no deals match, and which free word may be why."""
    # Met only where nothing is found, so that no listing pays for it.
    from difflib import get_close_matches  # noqa: PLC0415

    lines = ["No deals match.", *([desk.clock] if desk.clock else [])]
    for what, column, choice in (("sector", "sectors", query.sector), ("tag", "tags", query.tag)):
        known = desk.listing.words_of(column) if choice else []
        for word in choice.any_of:
            if word not in known:
                near = get_close_matches(word, known, n=2, cutoff=0.5)
                meant = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(known[:12])} ..."
                lines.append(f'No deal has the {what} "{word}": {meant}')
    beginnings = tuple(f"{word}*" for word in query.words)
    if beginnings and desk.listing.tally(query._replace(words=beginnings)).deals:
        lines.append(f"Words match whole words; for beginnings: {' '.join(beginnings)}")
    return "\n".join(lines)


def put_text(desk: Desk, shape: Output, pieces: Iterable[str]) -> None:
    """Put text out: to standard output, or into the file asked for, which is whole or not there."""
    if desk.clock:
        desk.say(desk.clock)
    if shape.output is None:
        _pour(desk, pieces)
        return
    path = Path(shape.output)
    with new_file(path, force=shape.force) as temporary, temporary.open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(pieces)
    desk.say(f"Wrote {path}")


def _pour(desk: Desk, pieces: Iterable[str]) -> None:
    """Read everything, let go of the ledger, then write: a pager that is not read on must not hold up writers."""
    rest = iter(pieces)
    held = list(_at_first(rest))
    spool = _spooled(rest)
    desk.let_go()
    for piece in chain(held, spool):
        desk.screen.write(harmless(piece) if desk.screen.terminal else piece)


# What is poured out waits in memory up to this many characters, and above it in a file.
_IN_MEMORY = 8 * 1024 * 1024
_AT_A_TIME = 1024 * 1024


def _at_first(pieces: Iterator[str]) -> Iterator[str]:
    size = 0
    for piece in pieces:
        yield piece
        size += len(piece)
        if size > _IN_MEMORY:
            return


def _spooled(pieces: Iterator[str]) -> Iterator[str]:
    first = next(pieces, None)
    if first is None:
        return iter(())
    # Few listings are so long, and the module takes a while to load.
    from tempfile import TemporaryFile  # noqa: PLC0415

    with ExitStack() as opened:
        try:
            spool = opened.enter_context(TemporaryFile("w+", encoding="utf-8", errors="surrogatepass", newline=""))
            spool.write(first)
            spool.writelines(pieces)
            spool.seek(0)
        except OSError as error:
            raise NoRoom(error.strerror) from error
        return _read(spool, opened.pop_all())


def _read(spool: IO[str], opened: ExitStack) -> Iterator[str]:
    with opened:
        yield from iter(lambda: spool.read(_AT_A_TIME), "")


@contextmanager
def new_file(path: Path, *, force: bool) -> Iterator[Path]:
    """A file written beside its place under a name of its own, and moved there only when it is whole.

    A pipe or device, which has no other place, is written through; a link is followed to what it means.
    """
    if path.exists() and not force:
        raise FileExists(path)
    place = path.resolve()
    if not place.parent.is_dir():
        raise Misuse(f'there is no folder "{path.parent}"', "make the folder first, or name another file")
    with telling_of(path):
        if place.exists() and not place.is_file():
            yield place
            return
        # Made here and by nobody else: a file or link that somebody put there is no place to write to.
        temporary = place.with_name(f".{place.name}.{os.getpid()}.part")
        temporary.unlink(missing_ok=True)
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _ORDINARY))
        try:
            yield temporary
            if force:
                temporary.replace(place)
            else:
                # Unlike a move, this fails where another program has made the file meanwhile.
                os.link(temporary, place)
        except FileExistsError as error:
            raise FileExists(path) from error
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


@contextmanager
def telling_of(path: Path) -> Iterator[None]:
    """Whatever the system says of files on the way, it is this one that cannot be written."""
    try:
        yield
    except OSError as error:
        raise FileNotWritten(path, error) from error


# The permissions of a new file, before the umask.
_ORDINARY = 0o666
