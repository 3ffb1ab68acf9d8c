"""How filters and shape become one query: the same rows in the same order for every command and format."""

from dealtrack.cli import words
from dealtrack.cli.desk import Desk
from dealtrack.cli.options import Filters, PartyFlags, Shape
from dealtrack.domain.problem import Misuse
from dealtrack.domain.query import Query
from dealtrack.ledger.selecting import SORTS


def query_of(desk: Desk, filters: Filters, parties: PartyFlags, shape: Shape) -> Query:
    """The query that the flags describe. Raises Misuse, or NoSuchCompany for an unknown name."""
    query = Query(
        sort=_sorts(shape.sort) if shape.sort else Query().sort,
        limit=limit_of(shape.limit) if shape.limit is not None else None,
        worth=desk.worth,
    )
    if not filters.given() and not parties.given():
        return query
    from dealtrack.cli.filtering import filtered  # noqa: PLC0415 - without filters no dates and amounts are read

    return filtered(query, desk, filters, parties)


def _sorts(listed: str) -> tuple[tuple[str, bool], ...]:
    """Columns to sort by, each with whether it runs downwards. Raises Misuse."""
    given = [word.strip() for word in listed.split(",") if word.strip()]
    return tuple((words.one_of(w.lstrip("-+"), tuple(SORTS), "column to sort by"), w.startswith("-")) for w in given)


def limit_of(word: str) -> int | None:
    """How many at most; None for all. Raises Misuse."""
    if not (word.isascii() and word.isdigit()) or len(word) > 9:
        raise Misuse(f'"{word}" is no number of rows', "write -n 20, or -n 0 for all")
    return int(word) or None
