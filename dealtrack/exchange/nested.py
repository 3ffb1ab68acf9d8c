"""Objects of JSON as flat rows: a cell for each value, named by the way to it (`properties.price.currency`)."""

from typing import Any

from dealtrack.exchange.row import Number

# Nobody nests a deal deeper; a file that does is not what it seems.
_DEEPEST = 12

# Where the objects of an answer stand that is an object itself.
_LISTS = ("entities", "items", "data", "results", "deals")


def entries(answer: Any) -> list[Any] | None:
    """The objects of an answer: its list, or the one list of objects that it holds; None where there is none."""
    if isinstance(answer, dict):
        return next((answer[key] for key in _LISTS if isinstance(answer.get(key), list)), None)
    return answer if isinstance(answer, list) else None


def flattened(entry: dict[str, Any]) -> dict[str, str]:
    """The values of an object by the way to them; several in a list stand one below the other in a cell."""
    cells: dict[str, str] = {}
    _flatten(entry, "", cells, 0)
    return cells


def _flatten(value: Any, way: str, cells: dict[str, str], depth: int) -> None:
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            _flatten(inner, f"{way}.{key}" if way else str(key), cells, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            _flatten(inner, way, cells, depth + 1)
    else:
        words = "" if value is None else _said(value)
        cells[way] = f"{cells[way]}\n{words}" if cells.get(way) else words


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return Number(value) if isinstance(value, float) else str(value)
