"""How filters and shape become one query: the same rows in the same order for every command and format."""

from dealtrack.cli import words
from dealtrack.cli.desk import Desk
from dealtrack.cli.options import Filters, PartyFlags, Shape
from dealtrack.domain.kind import ALL_FORMS, KINDS
from dealtrack.domain.milestone import MILESTONES
from dealtrack.domain.money import BASES
from dealtrack.domain.party import ROLES
from dealtrack.domain.problem import Misuse
from dealtrack.domain.query import PartyTest, Query
from dealtrack.ledger.selecting import SORTS
from dealtrack.text.money import read_amount_range
from dealtrack.text.stakes import read_stake_range

_CLOCKS = ("first_seen", "agreed", "completed", "ended", "expected")


def query_of(desk: Desk, filters: Filters, parties: PartyFlags, shape: Shape) -> Query:
    """The query that the flags describe. Raises Misuse, or NoSuchCompany for an unknown name."""
    tests = {clock: words.date_tests(getattr(filters, clock), desk.today) for clock in _CLOCKS}
    return Query(
        words=tuple(filters.words or ()),
        kind=words.choice(filters.kind, KINDS, "kind"),
        form=words.choice(filters.form, ALL_FORMS, "form"),
        status=words.status_choice(filters.status),
        sector=words.choice(filters.sector, None, "sector"),
        tag=words.choice(filters.tag, None, "tag"),
        basis=words.choice(filters.basis, BASES, "basis"),
        milestone=words.choice(filters.milestone, MILESTONES, "milestone"),
        parties=_parties(desk, filters, parties),
        on=words.periods(filters.on, desk.today),
        clocks=tuple((clock, found) for clock, found in tests.items() if found),
        value=words.range_tests(filters.value, read_amount_range),
        stake=words.range_tests(filters.stake, read_stake_range),
        source=words.source_tests(filters.source),
        disputed=True if filters.disputed else None,
        core_only=filters.core_only,
        sort=_sorts(shape.sort) if shape.sort else Query().sort,
        limit=limit_of(shape.limit) if shape.limit is not None else None,
    )


def _parties(desk: Desk, filters: Filters, flags: PartyFlags) -> tuple[PartyTest, ...]:
    tests = list(desk.listing.party_tests(filters.company or (), ())) if filters.company else []
    for role in ROLES:
        names = getattr(flags, role.replace("-", "_"))
        if names:
            tests += desk.listing.party_tests(names, words.ROLE_GROUPS[role])
    return tuple(tests)


def _sorts(listed: str) -> tuple[tuple[str, bool], ...]:
    """Columns to sort by, each with whether it runs downwards. Raises Misuse."""
    given = [word.strip() for word in listed.split(",") if word.strip()]
    return tuple((words.one_of(w.lstrip("-+"), tuple(SORTS), "column to sort by"), w.startswith("-")) for w in given)


def limit_of(word: str) -> int | None:
    """How many at most; None for all. Raises Misuse."""
    if not (word.isascii() and word.isdigit()) or len(word) > 9:
        raise Misuse(f'"{word}" is no number of rows', "write -n 20, or -n 0 for all")
    return int(word) or None
