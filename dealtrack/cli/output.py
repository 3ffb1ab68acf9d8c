"""Where found deals go: the screen as a table, or a pipe or file in a format."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import IO, Protocol

from dealtrack.cli import words
from dealtrack.cli.desk import Desk
from dealtrack.cli.files import new_file
from dealtrack.cli.options import Output, Shape
from dealtrack.domain.columns import TABLES, Table
from dealtrack.domain.problem import Misuse, NoRoom
from dealtrack.domain.query import Query, Worth
from dealtrack.exchange.formats import FORMATS, Format, named
from dealtrack.exchange.record import EXPANDS, known
from dealtrack.view.safe import harmless

DEFAULT_COLUMNS = ("id", "since", "deal", "kind", "value", "status")

# What a terminal shows at most unless asked for more: a table costs half a millisecond a row to draw.
FIRST_ROWS = 50


class Written(Protocol):
    """A format as far as its name and suffixes."""

    @property
    def name(self) -> str:
        """What it is asked for by."""

    @property
    def suffix(self) -> str:
        """What the names of its files end in."""


def format_of(desk: Desk, shape: Output, offered: Sequence[Written] = FORMATS) -> str:
    """The format asked for; else the file's suffix; else a table on a terminal and TSV in a pipe."""
    asked = "json" if shape.json else shape.format
    if asked:
        named_ = words.one_of(asked, (*(one.name for one in offered), "table"), "format")
        if named_ == "table" and in_file(shape):
            raise Misuse(
                "a table is drawn on the screen, not into a file", "name csv, tsv, json or ndjson, or use > FILE"
            )
        return named_
    if shape.output and in_file(shape):
        suffix = Path(shape.output).suffix.casefold()
        for one in offered:
            if suffix in (one.suffix, *getattr(one, "also", ())):
                return one.name
        other = next((one.name for one in FORMATS if suffix in (one.suffix, *getattr(one, "also", ()))), None)
        if other:
            hint = f"end it in {', '.join(one.suffix for one in offered)}; or deals: dealtrack list -o {shape.output}"
            raise Misuse(f"this is not written as {other}", hint)
        hint = f"end its name in {', '.join(one.suffix for one in offered)}, or name a format with -O"
        raise Misuse(f'the name "{shape.output}" does not say which format is meant', hint)
    return "table" if desk.screen.terminal else "tsv"


def in_file(shape: Output) -> bool:
    """Whether output goes into a file; `-` is standard output."""
    return shape.output not in (None, "-")


def columns_of(shape: Shape, table: Table = "deals", usual: Sequence[str] | None = None) -> list[str] | None:
    """The columns asked for, None when none were; `+NAME` adds to the usual ones."""
    if not shape.columns:
        return None
    if usual is None:
        usual = DEFAULT_COLUMNS if table == "deals" else tuple(column.name for column in TABLES[table])
    names = (*known(table), *EXPANDS) if table == "deals" else tuple(known(table))
    chosen: list[str] = []
    for word in shape.columns.split(","):
        bare = word.strip().lstrip("+").replace("-", "_")
        if not bare:
            continue
        if word.strip().startswith("+") and not chosen:
            chosen += usual
        chosen.append(_column(bare, names))
    return list(dict.fromkeys(chosen))


def _column(word: str, names: Sequence[str]) -> str:
    return word if word in names else words.one_of(word, tuple(names), "column").replace("-", "_")


def put_deals(desk: Desk, query: Query, shape: Shape, default_columns: Sequence[str] | None) -> None:
    """Put the matching deals out in the shape asked for."""
    if shape.ids:
        _remark_on_nothing(desk, query)
        put_text(desk, shape, (f"{deal_id}\n" for deal_id in desk.listing.ids(query)))
        return
    format_ = format_of(desk, shape)
    if format_ == "table":
        _table(desk, query, shape, columns_of(shape, usual=_usual(query)))
        return
    columns = columns_of(shape)
    _remark_on_nothing(desk, query)
    put_rows(desk, query, shape, named(format_), columns or usual_columns(query, format_, default_columns))


def usual_columns(query: Query, format_: str, columns: Sequence[str] | None) -> Sequence[str] | None:
    """The columns that deals have in a file unless others are named; None for all that the format has.

    Objects are whole; elsewhere values counted in another money come beside those columns.
    """
    if format_ in ("json", "ndjson"):
        return None
    if query.worth == Worth():
        return columns
    all_of_them = DEFAULT_COLUMNS if format_ in ("md", "html") else tuple(column.name for column in TABLES["deals"])
    return [*(columns or all_of_them), "worth"]


def put_rows(
    desk: Desk, query: Query, shape: Shape, format_: Format, columns: Sequence[str] | None, only: Table | None = None
) -> None:
    """Put the matching deals out, or the rows of another table that belong to them, in a format for files."""
    table = only or "deals"
    if format_.write is None:
        # Loaded by what saves files of several tables.
        from dealtrack.cli.saving import save  # noqa: PLC0415

        save(desk, query, shape, format_, columns, only)
        return
    joined = format_.joined(desk.listing.joined, query, columns) if format_.joined and table == "deals" else None
    if joined is not None:
        put_text(desk, shape, joined)
        return
    rows = desk.listing.table(table, query)
    if format_.name == "ics":
        from dealtrack.report.stale import reviewed  # noqa: PLC0415 - calendars alone tell of it

        rows = reviewed(rows, desk.today)
    put_text(desk, shape, format_.write(rows, columns, table))


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
    say_hidden(desk, ", ".join(table.hidden), f"--columns +{',+'.join(table.hidden)}")
    if query.limit is not None and tally.deals > query.limit:
        desk.say(f"the first {query.limit:,} of {tally.deals:,} deals; -n 0 shows all")


def say_hidden(desk: Desk, hidden: str, typed: str) -> None:
    """Say which columns had no room, if any, and what is typed to see them without a wider terminal."""
    if hidden:
        desk.note(f"hidden at {desk.screen.width} columns: {hidden} (widen the terminal, or {whole(typed)})")


def whole(typed: str) -> str:
    """What is to be typed, in one piece: it is not broken where a line ends."""
    return typed.replace(" ", "\N{NO-BREAK SPACE}")


def _usual(query: Query) -> list[str]:
    """The usual columns; where values are counted in another money, they say so beside the value as it was told."""
    columns = list(DEFAULT_COLUMNS)
    if query.worth != Worth():
        columns.insert(columns.index("value") + 1, "worth")
    return columns


def _remark_on_nothing(desk: Desk, query: Query) -> None:
    """Say beside a file or pipe, which are empty then, that free words may be mistyped; other words are read."""
    free = query.words or query.sector.any_of or query.tag.any_of
    if free and next(iter(desk.listing.ids(query._replace(limit=1))), None) is None:
        desk.say(nothing_found(desk, query))


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
    if shape.output is None or not in_file(shape):
        _pour(desk, pieces)
        return
    path = Path(shape.output)
    seen = desk.screen.watched(pieces, lambda size: f"Writing {path}: {size / 1_000_000:,.1f} MB", len)
    with new_file(path, force=shape.force) as temporary, temporary.open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(seen)
    desk.say(f"Wrote {path}")


def _pour(desk: Desk, pieces: Iterable[str]) -> None:
    """Read everything, let go of the ledger, then write: a pager that is not read on must not hold up writers."""
    rest = iter(pieces)
    held = list(_at_first(rest))
    spool = _spooled(rest)
    desk.let_go()
    for piece in chain(held, spool):
        desk.screen.write(harmless(piece.replace("\r\n", "\n")) if desk.screen.terminal else piece)


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
