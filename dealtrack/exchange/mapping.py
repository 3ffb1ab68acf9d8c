"""Rows of files that others make, as the deals that they propose: read by the layout of the file."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple, TypeVar, cast

from dealtrack.domain.kind import Kind
from dealtrack.domain.party import Role
from dealtrack.domain.problem import Misuse
from dealtrack.exchange.layout import Fact, Layout, Meaning, Parties, When, folded
from dealtrack.exchange.row import Place, RawRow, Record, RowError, Told, marked
from dealtrack.text.marked import read_marked, read_ordered
from dealtrack.text.money import read_money, say_money
from dealtrack.text.words import tidy

Rows = tuple[Iterable[RawRow | RowError], Layout]

# What an amount is of, where the layout does not say.
_BASIS = {"acquisition": "consideration", "equity-stake": "round-size", "partnership": "contract-value"}

# No words for nothing are longer.
_LONGEST_EMPTY = 40

# A file says the same dates, amounts and words in row after row.
_KEPT = 65_536

# The steps that may come before what a row says of today, in the order in which they happen.
_BEFORE = ("rumored", "announced")


Value = TypeVar("Value")


class UnmappedFile(Misuse):
    """A file whose columns are not those that its layout names."""


class _Unread(Exception):  # noqa: N818 - it never leaves this module: the row becomes a RowError
    """A cell that cannot be read, in which column, and what may be done."""

    def __init__(self, column: str, what: str, hint: str) -> None:
        super().__init__(what)
        self.error = (column, what, hint)


class _Row(NamedTuple):
    """A row with its cells by folded column, those that the layout counts as empty left out."""

    place: Place
    cells: dict[str, str]
    layout: Layout


class _Sheaf(NamedTuple):
    """The rows that are one deal, the first of them first: `own` in the layout of deals, `rows` in any."""

    own: list[_Row]
    rows: list[_Row]
    layout: Layout


def mapped(
    rows: Iterable[RawRow | RowError], layout: Layout, beside: Iterable[Rows] = ()
) -> Iterator[Record | RowError]:
    """The deal that each row proposes, or what is wrong with it.

    `beside` are rows of other files that add parties to the same deals. Where a layout regroups rows, all of them are
    read before the first deal is given.
    """
    added: dict[str, list[_Row]] = {}
    for side, its_layout in beside:
        columns = _Columns(its_layout)
        for row in side:
            if isinstance(row, RowError):
                yield row
            else:
                kept = _row(row, its_layout, columns)
                added.setdefault(_id(kept), []).append(kept)
    for sheaf in _sheaves(rows, layout):
        if isinstance(sheaf, RowError):
            yield sheaf
        else:
            more = added.pop(_id(sheaf.own[0]), []) if added else []
            yield from _proposed(_Sheaf(sheaf.own, [*sheaf.own, *more], layout) if more else sheaf)
    for identity, left in added.items():
        yield from (_of_no_deal(row, identity) for row in left)


def check_header(headers: Iterable[str], layout: Layout, file: str) -> None:
    """Raise UnmappedFile where the header lacks a column that the layout needs."""
    named = {folded(name): name for name in headers}
    for column in layout.needs:
        if folded(column) not in named:
            # Only a wrong map needs likeness.
            from difflib import get_close_matches  # noqa: PLC0415

            near = get_close_matches(folded(column), named, n=1)
            hint = f'did you mean "{named[near[0]]}"?' if near else f"its columns are {', '.join(named.values())}"
            raise UnmappedFile(f'{file} has no column "{column}", which the map "{layout.name}" names', hint)


# --- rows that belong together ---------------------------------------------------------------------------------------


# A file has the same few columns in every row, and the same words.
_column = lru_cache(maxsize=2048)(folded)


class _Columns(dict[str, str]):
    """The columns that a layout reads, folded, by the names that a file has for them; the others have no text."""

    def __init__(self, layout: Layout) -> None:
        super().__init__()
        self._read = frozenset(map(_column, layout.columns()))

    def __missing__(self, name: str) -> str:
        column = _column(name)
        self[name] = found = column if column in self._read else ""
        return found


def _row(row: RawRow, layout: Layout, columns: Mapping[str, str]) -> _Row:
    decimal = layout.decimal
    cells = {
        column: told
        for name, cell in row.cells.items()
        if cell and (column := columns[name]) and (told := marked(cell, decimal).strip())
    }
    if not cells:
        # A row that fills none of them is not empty for that: it is told of.
        cells = {_column(name): cell for name, cell in row.cells.items() if cell.strip()}
    if layout.empty:
        cells = {name: cell for name, cell in cells.items() if not _is_empty(cell, layout)}
    return _Row(row.place, cells, layout)


def _is_empty(cell: str, layout: Layout) -> bool:
    return len(cell) < _LONGEST_EMPTY and folded(cell) in layout.empty


def _id(row: _Row) -> str:
    found = _cell(row, row.layout.identity) if row.layout.identity else None
    return found[1] if found else ""


def _sheaves(rows: Iterable[RawRow | RowError], layout: Layout) -> Iterator[_Sheaf | RowError]:
    together: dict[str, list[_Row]] = {}
    columns = _Columns(layout)
    last = ""
    for raw in rows:
        row = raw if isinstance(raw, RowError) else _row(raw, layout, columns)
        if isinstance(row, RowError):
            yield row
        elif row.cells and not layout.regroup:
            yield _Sheaf([row], [row], layout)
        elif row.cells:
            # A row without an id goes on with the deal above it.
            last = _id(row) or last
            if last:
                together.setdefault(last, []).append(row)
            else:
                column = layout.identity.columns[0] if layout.identity else ""
                yield RowError(row.place, column, "the row names no deal, and none stands above it", f'fill "{column}"')
    yield from (_Sheaf(own, own, layout) for own in together.values())


def _of_no_deal(row: _Row, identity: str) -> RowError:
    column = row.layout.identity.columns[0] if row.layout.identity else ""
    what = f'there is no deal "{identity}" in the files of this import' if identity else "the row names no deal"
    return RowError(row.place, column, what, f"import the file of deals ({row.layout.adds_to}) together with this one")


# --- cells -----------------------------------------------------------------------------------------------------------


def _cell(row: _Row, fact: Fact) -> tuple[str, str] | None:
    """The column that is filled and what stands there."""
    for column in fact.columns:
        cell = row.cells.get(_column(column))
        if cell:
            return column, cell
    return None


def _one(sheaf: _Sheaf, fact: Fact | None) -> tuple[str, str]:
    """The column and cell of a fact that a deal has once; raises _Unread where its rows do not agree."""
    if fact is None:
        return "", ""
    if fact.constant:
        return "", fact.constant
    if len(sheaf.own) == 1:
        return _cell(sheaf.own[0], fact) or ("", "")
    found = {cell[1]: (row.place, cell[0]) for row in sheaf.own if (cell := _cell(row, fact))}
    if len(found) > 1:
        (first, (one, column)), (second, (two, _)) = list(found.items())[:2]
        what = f'rows of one deal differ: "{first}" in line {one.line}, "{second}" in line {two.line}'
        raise _Unread(column, what, "make them the same")
    return next(((place_column[1], cell) for cell, place_column in found.items()), ("", ""))


def _worded(sheaf: _Sheaf, fact: Fact | None) -> tuple[str, str]:
    """The column and what its cell means in our words; raises _Unread where the map does not say."""
    column, cell = _one(sheaf, fact)
    if fact is None or fact.words is None or not column:
        return column, cell or (fact.otherwise or "" if fact else "")
    meant = _lookup(column, cell, fact.words)
    if meant is None:
        meant = fact.otherwise
    if meant is None:
        raise _Unread(column, f'"{cell}" is not in the map "{sheaf.layout.name}"', _add_it(cell))
    return column, meant


def _add_it(cell: str) -> str:
    return f'mend the cell, or say what "{cell}" means: dealtrack help mapping'


def _lookup(column: str, cell: str, words: Mapping[str, str]) -> str | None:
    """What a word means; a word that ends in an asterisk stands for all that begin with it."""
    word = _read(column, _tidied, cell)
    if word in words:
        return words[word]
    begun = [key for key in words if key.endswith("*") and word.startswith(key[:-1])]
    return words[max(begun, key=len)] if begun else None


@lru_cache(_KEPT)
def _tidied(word: str) -> str:
    return folded(tidy(word))


def _read(column: str, read: Callable[..., Value], *words: object) -> Value:
    """What a reader of ours makes of a cell; raises _Unread with its column."""
    try:
        return read(*words)
    except Misuse as problem:
        raise _Unread(column, problem.what, problem.hint) from None


def _holds(row: _Row, when: When) -> bool:
    return all(folded(row.cells.get(_column(column), "")) in words for column, words in when)


# --- the deal --------------------------------------------------------------------------------------------------------


def _proposed(sheaf: _Sheaf) -> Iterator[Record | RowError]:
    """The deal of the rows; else what is wrong with it, and that none of them is taken."""
    first, *rest = (row.place for row in sheaf.rows)
    try:
        yield _record(sheaf, first)
    except _Unread as problem:
        yield RowError(first, *problem.error)
        for place in rest:
            yield RowError(place, "", f"it is of one deal with line {first.line}, which is left out", "mend that line")


def _record(sheaf: _Sheaf, place: Place) -> Record:
    layout = sheaf.layout
    kind, _, form = _worded(sheaf, layout.type)[1].partition("/")
    texts = {key: _worded(sheaf, fact)[1] for key, fact in layout.texts.items()}
    told = {key: _worded(sheaf, fact)[1] for key, fact in layout.source.items()}
    published = _date(sheaf, layout.source["published"]) if "published" in layout.source else ""
    return Record(
        place=place,
        family=layout.family,
        identity=_one(sheaf, layout.identity)[1] or None,
        kind=kind,
        form=form,
        title=texts.get("title", ""),
        parties=_parties(sheaf, cast("Kind", kind)),
        events=_events(sheaf, kind, texts.get("summary", "")),
        sectors=texts.get("sectors", ""),
        tags=texts.get("tags", ""),
        core_space=texts.get("core_space", ""),
        note=texts.get("note", ""),
        source=told.get("url", "") or told.get("title", ""),
        publisher=told.get("publisher", ""),
        published=published,
        reliability=told.get("reliability", ""),
        source_kind=told.get("kind", ""),
        lines=tuple(row.place.line for row in sheaf.rows[1:] if row.place.file == place.file),
    )


def _parties(sheaf: _Sheaf, kind: Kind) -> tuple[tuple[Role, str], ...]:
    """Each name once in a role; who led a round is not named again among those who took part."""
    found: dict[tuple[Role, str], None] = {}
    for row in sheaf.rows:
        for party in row.layout.parties:
            if (not party.kinds or kind in party.kinds) and _holds(row, party.when):
                found.update(dict.fromkeys((party.role, name) for name in _names(row, party)))
    leads = {folded(name) for role, name in found if role == "lead-investor"}
    if leads:
        found = dict.fromkeys((role, name) for role, name in found if role != "investor" or folded(name) not in leads)
    roles = [party.role for row in sheaf.rows for party in row.layout.parties]
    return tuple(sorted(found, key=lambda party: roles.index(party[0])))


def _names(row: _Row, party: Parties) -> list[str]:
    cell = _cell(row, party.fact)
    names = [party.fact.constant or (cell[1] if cell else "")]
    for mark in party.parted:
        names = [part for name in names for part in name.split(mark)]
    tidied = [" ".join(name.split()) for name in names]
    return [name for name in tidied if name and folded(name) not in row.layout.empty]


# --- what happened ---------------------------------------------------------------------------------------------------


def _events(sheaf: _Sheaf, kind: str, summary: str) -> tuple[Told, ...]:
    """What came before, by its dates, then what the row says of today."""
    layout = sheaf.layout
    meaning = _meaning(sheaf)
    days = {step: _date(sheaf, fact) for step, fact in layout.dates.items()}
    past = _past(meaning, days)
    now = Told(
        on=_now(sheaf, meaning, days, past),
        status=meaning.status,
        milestone=meaning.milestone,
        credibility=meaning.credibility,
    )
    if now.status == "completed":
        # What was announced and done in one day was not open before.
        past = [event for event in past if event.on != now.on]
    events = [*past, now]
    # The terms became known when the deal was announced.
    at = max((n for n, event in enumerate(past) if event.status != "rumored"), default=len(past))
    events[at] = _with_terms(sheaf, kind, events[at]._replace(expected=days.get("expected", ""), summary=summary))
    return tuple(events)


def _meaning(sheaf: _Sheaf) -> Meaning:
    column, cell = _one(sheaf, sheaf.layout.status)
    fact = sheaf.layout.status
    word = cell or (fact.otherwise if fact and fact.otherwise else "")
    if not word:
        column = fact.columns[0] if fact else ""
        raise _Unread(column, "the row does not say how the deal stands", f'fill "{column}"')
    meant = sheaf.layout.meanings.get(_read(column, _tidied, word))
    if meant is None:
        raise _Unread(column, f'status "{word}" is not in the map "{sheaf.layout.name}"', _add_it(word))
    return meant


def _past(meaning: Meaning, days: Mapping[str, str]) -> list[Told]:
    before = _BEFORE[: _BEFORE.index(meaning.dated)] if meaning.dated in _BEFORE else _BEFORE
    status = {"rumored": "rumored", "announced": meaning.announced}
    return [Told(on=days[step], status=status[step]) for step in before if days.get(step)]


def _now(sheaf: _Sheaf, meaning: Meaning, days: Mapping[str, str], past: list[Told]) -> str:
    """The date of what a row says of today; where it gives none, some day since the last that it gives."""
    certain = days.get(meaning.dated) or days.get("last")
    if certain:
        return certain
    if past:
        return f"{past[-1].on.partition('/')[0]}/.."
    columns = [column for fact in sheaf.layout.dates.values() for column in fact.columns]
    raise _Unread(columns[0], "the row has no date", f"fill one of {', '.join(columns)}")


def _with_terms(sheaf: _Sheaf, kind: str, event: Told) -> Told:
    value, currency, basis = _value(sheaf)
    stake = _stake(sheaf)
    return event._replace(
        value=value,
        currency=currency,
        basis=(basis or _BASIS.get(kind, "")) if value else "",
        stake=stake,
        stake_basis=sheaf.layout.stake_basis if stake else "",
    )


_ordered = lru_cache(_KEPT)(read_ordered)


def _date(sheaf: _Sheaf, fact: Fact) -> str:
    column, words = _one(sheaf, fact)
    if not words:
        return ""
    return _read(column, _ordered, words, sheaf.layout.order, sheaf.layout.century)


def _value(sheaf: _Sheaf) -> tuple[str, str, str]:
    """The first amount that is filled, the currency that it is in if it names none, and what it is of."""
    for amount in sheaf.layout.values:
        column, words = _one(sheaf, amount.fact)
        if words:
            code = _worded(sheaf, amount.currency)[1]
            about = bool(amount.about) and _holds(sheaf.rows[0], amount.about)
            marks = (sheaf.layout.decimal, sheaf.layout.thousands)
            return *_read(column, _said, words, code, amount.unit, marks, about), amount.basis
    return "", "", ""


def _stake(sheaf: _Sheaf) -> str:
    """The stake in words of ours: a percentage may be written with the marks of the map, as amounts are."""
    column, words = _worded(sheaf, sheaf.layout.stake)
    bare = words.rstrip("% ")
    figure = None if ".." in bare else _read(column, read_marked, bare, sheaf.layout.decimal, sheaf.layout.thousands)
    return words if figure in (None, bare) else f"{figure}%"


@lru_cache(_KEPT)
def _said(words: str, code: str, unit: str, marks: tuple[str, str], about: bool) -> tuple[str, str]:
    """An amount in words of ours and its currency; what is no bare number says for itself how much it is."""
    figure = read_marked(words, *marks)
    if figure is None:
        # Read for what is wrong with it only: it may name another currency than its column.
        read_money(words)
        return words, code
    guess = "~" if about else ""
    stated = f"{guess}{code} {figure}{unit}" if code else f"{guess}{figure}{unit} (currency not stated)"
    return say_money(read_money(stated)), ""
