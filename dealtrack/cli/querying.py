"""How filters and shape become one query: the same rows in the same order for every command and format."""

from dataclasses import replace

from dealtrack.cli import words
from dealtrack.cli.desk import Desk
from dealtrack.cli.options import Filters, PartyFlags, Shape
from dealtrack.domain.party import ROLES
from dealtrack.domain.problem import Misuse
from dealtrack.domain.query import PartyTest, Query
from dealtrack.ledger.selecting import SORTS
from dealtrack.text.money import read_amount_range
from dealtrack.text.stakes import read_stake_range

_CLOCKS = ("first_seen", "agreed", "completed", "ended", "expected")


def query_of(desk: Desk, filters: Filters, parties: PartyFlags, shape: Shape | None = None) -> Query:
    """The query that the flags describe. Raises Misuse, or NoSuchCompany for an unknown name."""
    tests = {clock: words.date_tests(getattr(filters, clock), desk.today) for clock in _CLOCKS}
    query = Query(
        words=tuple(filters.words or ()),
        parties=_parties(desk, filters, parties),
        on=words.periods(filters.on, desk.today),
        clocks=tuple((clock, found) for clock, found in tests.items() if found),
        value=words.range_tests(filters.value, read_amount_range),
        stake=words.range_tests(filters.stake, read_stake_range),
        source=words.source_tests(filters.source),
        disputed=True if filters.disputed else None,
        core_only=filters.core_only,
        **words.plain_choices(filters),
    )
    return replace(query, **_shaped(shape)) if shape else query


def _parties(desk: Desk, filters: Filters, flags: PartyFlags) -> tuple[PartyTest, ...]:
    tests = [desk.ledger.party_test(filters.company, ())] if filters.company else []
    for role in ROLES:
        names = getattr(flags, role.replace("-", "_"))
        if names:
            tests.append(desk.ledger.party_test(names, words.ROLE_GROUPS[role]))
    return tuple(tests)


def _shaped(shape: Shape) -> dict[str, object]:
    shaped: dict[str, object] = {}
    if shape.sort:
        shaped["sort"] = tuple(_sort(word) for word in shape.sort.split(",") if word.strip())
    if shape.limit is not None:
        shaped["limit"] = limit_of(shape.limit)
    return shaped


def _sort(word: str) -> tuple[str, bool]:
    down = word.strip().startswith("-")
    return words.one_of(word.strip().lstrip("-+"), tuple(SORTS), "column to sort by"), down


def limit_of(word: str) -> int | None:
    """How many at most; None for all. Raises Misuse."""
    if not (word.isascii() and word.isdigit()) or len(word) > 9:
        raise Misuse(f'"{word}" is no number of rows', "write -n 20, or -n 0 for all")
    return int(word) or None
