"""Which layout a table is in, and the deals that its rows propose by it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from dealtrack.domain.problem import Misuse
from dealtrack.exchange import own
from dealtrack.exchange.delimited import unguarded
from dealtrack.exchange.layout import Layout, folded
from dealtrack.exchange.mapping import check_header, mapped
from dealtrack.exchange.recognising import recognise
from dealtrack.exchange.rejected import REASON, SAME_AS, is_rejected
from dealtrack.exchange.row import RawRow, Record, RowError
from dealtrack.exchange.tables import BadFile, Table
from dealtrack.text.counts import counted


class Arrived(NamedTuple):
    """A table whose layout is known: its family, and its deals; where the layout is ours, its rows as they stand.

    `said` fills, by line, with which deal a row is said to be, as the rows are read.
    """

    family: str
    rows: Iterator[Record | RawRow | RowError]
    said: dict[int, str]


class _Laid(NamedTuple):
    """A table and the layout of others that it is in, None where it is in ours."""

    table: Table
    layout: Layout | None
    said: dict[int, str]


def all_arrived(tables: Iterable[Table], layout: Layout | None, remarks: list[str]) -> Iterator[Arrived]:
    """The deals of the tables of one import; `layout` is that of tables which are not known to add to it.

    Sheets that are no tables of deals are left out beside one that is, and told of in `remarks`. Raises BadFile where
    nobody knows what the columns of one mean, UnmappedFile where they are not those of `layout`.
    """
    laid = list(_all_laid(tables, layout, remarks))
    beside = [one for one in laid if one.layout and one.layout.adds_to]
    for one in laid:
        if one.layout is None:
            yield Arrived(own.FAMILY, one.table.rows, one.said)
        elif not one.layout.adds_to:
            # What adds to the deals of several files is met with in the first of them.
            mine = [side for side in beside if side.layout and side.layout.adds_to == one.layout.name]
            beside = [side for side in beside if side not in mine]
            yield _mapped(one, one.layout, mine)
    yield from (
        _mapped(side._replace(table=_nothing_of(side.table)), side.layout, [side]) for side in beside if side.layout
    )


def _mapped(one: _Laid, layout: Layout, beside: list[_Laid]) -> Arrived:
    more = [(side.table.rows, side.layout) for side in beside if side.layout]
    return Arrived(layout.family, mapped(one.table.rows, layout, more), one.said)


def _nothing_of(table: Table) -> Table:
    return table._replace(rows=iter(()))


def _all_laid(tables: Iterable[Table], layout: Layout | None, remarks: list[str]) -> Iterator[_Laid]:
    """The tables with their layouts; of a workbook, those sheets that are of deals. Raises BadFile, UnmappedFile."""
    unknown: dict[str, Misuse] = {}
    empty: dict[str, Misuse] = {}
    known = set[str]()
    for table in tables:
        book = table.file.removesuffix(f", sheet {table.sheet}")
        if table.why_not:
            remarks.append(f"{table.file} is left out: {table.why_not}")
            empty.setdefault(book, BadFile(f"{table.file}: {table.why_not}", "name a file with a sheet of deals"))
            continue
        try:
            laid = _laid(table, layout)
            yield laid
            known.add(book)
            unread = [] if laid.layout else own.unread(laid.table.header)
            if unread:
                remarks.append(f"{table.file}: passed over columns that no deal has: {', '.join(unread)}")
            if table.above:
                remarks.append(f"{table.file}: passed over {counted(table.above, 'line')} above the header")
        except Misuse as problem:
            if not table.sheet:
                raise
            remarks.append(f"{table.file} is left out: its columns are not those of deals")
            unknown.setdefault(book, problem)
    for book, why in (empty | unknown).items():
        if book not in known:
            raise why


def _laid(table: Table, wanted: Layout | None) -> _Laid:
    said: dict[int, str] = {}
    if is_rejected(table.header):
        names = tuple(name for name in table.header if name not in (REASON, SAME_AS))
        table = Table(table.file, names, _without_reasons(table, said))
    if wanted is None and recognise(table.header) is None:
        table = _called_ours(table)
    known = None if wanted is None and own.is_own(table.header) else recognise(table.header)
    if wanted is not None and (known is None or known.adds_to != wanted.name):
        check_header(table.header, wanted, table.file)
        return _Laid(table, wanted, said)
    if known is not None or own.is_own(table.header):
        return _Laid(table, known, said)
    refuse_title(table)
    shown = ", ".join(table.header[:8])
    raise BadFile(
        f"{table.file}: no layout has these columns: {shown}{' ...' if len(table.header) > 8 else ''}",
        "draft a map of them: dealtrack import --suggest FILE > map.toml, then import FILE --map map.toml",
    )


def _called_ours(table: Table) -> Table:
    """The table with our names for its columns, where they are ours but for case and blanks."""
    names = tuple(own.called(name) if name else name for name in table.header)
    if own.is_own(table.header) or not own.is_own(names) or len({*names}) < len({*table.header}):
        return table
    return table._replace(header=names, rows=_renamed(table.rows))


def _renamed(rows: Iterable[RawRow | RowError]) -> Iterator[RawRow | RowError]:
    for row in rows:
        yield (
            row
            if isinstance(row, RowError)
            else row._replace(cells={own.called(name): cell for name, cell in row.cells.items()})
        )


def knows(wanted: Layout | None, names: Sequence[str]) -> bool:
    """Whether these are the columns of a layout: of ours, of one that is shipped, or of the one that is wanted."""
    if wanted is not None and {folded(name) for name in names}.issuperset(map(folded, wanted.needs)):
        return True
    return own.is_own(map(own.called, names)) or recognise(names) is not None


def refuse_title(table: Table) -> None:
    """A line of one cell above the names of the columns is none of them. Raises BadFile."""
    named = [name for name in table.header if name]
    if len(named) == 1:
        raise BadFile(
            f'{table.file}: its first line is one cell, "{named[0]}"',
            "take away what stands above the names of the columns, or draft a map of the file: import --suggest",
        )


def _without_reasons(table: Table, said: dict[int, str]) -> Iterator[RawRow | RowError]:
    for row in table.rows:
        if isinstance(row, RowError):
            yield row
            continue
        same = row.cells.pop(SAME_AS, "").strip()
        row.cells.pop(REASON, None)
        if same:
            said[row.place.line] = same
        yield row._replace(cells={name: unguarded(cell) for name, cell in row.cells.items()})
