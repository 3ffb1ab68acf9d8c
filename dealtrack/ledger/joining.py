"""Rows whose cells SQLite joins into lines of text: the SQL of every sort of column, for lines and for objects.

A million deals are read in the time that their cells take, not in the time of a Python object for each. The same
columns are read one by one in `exchange.record`; a test holds that both say the same.
"""

from collections.abc import Callable, Sequence
from typing import Any

from dealtrack.domain.columns import FREE, OBJECT, Column, Group, Sort, runs
from dealtrack.domain.query import Query
from dealtrack.ledger import standing
from dealtrack.ledger.selecting import CHECKED, COUNTED, conditions, order, taking_part

# What in a row is no column of its table.
_WORKED_OUT = {"checked": CHECKED, "events": COUNTED}
# The roles, then the names, with a mark before each name.
_BY_ROLE = f"(SELECT group_concat(role) || ?1 || group_concat(name, ?1) FROM {taking_part('k.name', 'p.role')})"
_PARTY = ", ".join(f'"{key}": %s' for key in ("company", "name", "role", "as_reported"))
_QUOTED = ", ".join(f"json_quote({cell})" for cell in ("slug", "name", "role", "reported"))
_AS_OBJECTS = (
    f"(SELECT '[' || coalesce(group_concat(printf('{{{_PARTY}}}', {_QUOTED}), ', '), '') || ']' FROM "
    f"{taking_part('k.slug', 'k.name', 'p.role', f'{standing.REPORTED} AS reported')})"
)
_UNJOINED: frozenset[Sort] = frozenset(("worth", "rate"))
_CENTS, _PERCENT = 2, 4


def can_join(columns: Sequence[Column]) -> bool:
    """Whether the cells of these columns can be joined."""
    return len(columns) > 1 and not any(column.sort in _UNJOINED for column in columns)


def lines(query: Query, columns: Sequence[Column], mark: str, *, past: bool = False) -> tuple[str, list[Any]]:
    """The SQL that yields, of each deal, its parties and a text for each run of columns that are not of them.

    Parties are their roles, joined by commas, and their names, with the mark before each.
    """
    texts = [_line(run) for of_parties, run in runs(columns) if not of_parties]
    parties = _BY_ROLE if len(texts) < len(runs(columns)) else "?1"
    sql, values = _selected(query, [parties, *texts], past=past)
    return sql, [mark, *values]


def _line(columns: Sequence[Column]) -> str:
    """The cells of a line of comma-separated ones, as one text."""
    cells = [_guarded(column) if column.sort in FREE else _plain(column) for column in columns]
    return f"printf('{','.join(['%s'] * len(cells))}', {', '.join(cells)})"


def _guarded(column: Column) -> str:
    """A cell of words of others in quotes where it must be, and so that no spreadsheet runs it."""
    cell, whole = _cell(column), _plain(column)
    inside = f"""replace({whole}, '"', '""')"""
    quoted = " OR ".join(f"instr({cell}, {sign})" for sign in ("','", "'\"'", "char(10)", "char(13)"))
    return (
        f"CASE WHEN {cell} IS NULL OR {cell} = '' THEN '' "
        f"""WHEN {cell} GLOB {_FORMULA} THEN iif({quoted}, '"''' || {inside} || '"', '''' || {whole}) """
        f"""WHEN {quoted} THEN '"' || {inside} || '"' ELSE {whole} END"""
    )


# What a spreadsheet may take for the beginning of a formula; the hyphen stands last, where it means itself.
_FORMULA = "'[=+@' || char(9, 10, 13) || '-]*'"


def objects(query: Query, *, past: bool = False) -> tuple[str, list[Any]]:
    """The SQL that yields each deal as the text of an object of the JSON contract."""
    return _selected(query, [_object(OBJECT)], past=past)


def _selected(query: Query, cells: Sequence[str], *, past: bool) -> tuple[str, list[Any]]:
    where, values = conditions(query, past=past)
    limit = f" LIMIT {query.limit}" if query.limit is not None else ""
    return f"SELECT {', '.join(cells)} FROM deal d{where} ORDER BY {order(query)}{limit}", values


def _cell(column: Column) -> str:
    return _WORKED_OUT.get(column.reads, f"d.{column.reads}")


def _plain(column: Column) -> str:
    """A cell as a flat file has it; NULL is printed as nothing."""
    cell = _cell(column)
    match column.sort:
        case "words" | "labels":
            return f"replace({cell}, ';', '; ')"
        case "flag":
            return f"CASE WHEN {cell} THEN 'yes' WHEN NOT {cell} THEN 'no' END"
        case "money" | "cents" | "percent":
            return _decimal(column)
        case _:
            return cell


def _decimal(column: Column) -> str:
    """A whole number of the smallest unit as a decimal without needless zeros."""
    cell = _cell(column)
    if column.sort != "money":
        return _shifted(cell, _CENTS if column.sort == "cents" else _PERCENT)
    digits = " ".join(f"WHEN {digits} THEN {_shifted(cell, digits)}" for digits in (0, 1, 3, 4))
    return f"CASE coalesce(d.value_digits, {_CENTS}) WHEN {_CENTS} THEN {_shifted(cell, _CENTS)} {digits} END"


def _shifted(cell: str, digits: int) -> str:
    if not digits:
        return cell
    unit = 10**digits
    return (
        f"iif({cell} % {unit}, rtrim(printf('%d.%0{digits}d', {cell} / {unit}, {cell} % {unit}), '0'), {cell} / {unit})"
    )


def _object(members: Sequence[Column | Group]) -> str:
    """An object as text, with the blanks that Python's encoder has between its members."""
    marks = ", ".join(f'"{member.name}": %s' for member in members)
    return f"printf('{{{marks}}}', {', '.join(map(_member, members))})"


def _member(member: Column | Group) -> str:
    if isinstance(member, Group):
        # What is counted in another currency is read one by one.
        known = "NULL" if member.name == "in" else f"d.{member.known}"
        return f"iif({known} IS NULL, 'null', {_object(member.columns)})" if known != "NULL" else "'null'"
    return _AS_JSON.get(member.sort, _quoted)(member)


def _quoted(column: Column) -> str:
    return f"json_quote({_cell(column)})"


def _list(column: Column) -> str:
    cell = _cell(column)
    return f"""iif({cell} = '', '[]', '[' || replace(json_quote({cell}), ';', '", "') || ']')"""


def _flag(column: Column) -> str:
    cell = _cell(column)
    return f"CASE WHEN {cell} THEN 'true' WHEN NOT {cell} THEN 'false' ELSE 'null' END"


def _figure(column: Column) -> str:
    return f"""coalesce('"' || {_decimal(column)} || '"', 'null')"""


_AS_JSON: dict[Sort, Callable[[Column], str]] = {
    "words": _list,
    "labels": _list,
    "flag": _flag,
    "money": _figure,
    "cents": _figure,
    "percent": _figure,
    "parties": lambda _: _AS_OBJECTS,
    "unread": lambda _: "'null'",
}
