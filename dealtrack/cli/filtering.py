"""How the filters of the command line become conditions of a query."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial

from dealtrack.cli import words
from dealtrack.cli.desk import Desk
from dealtrack.cli.options import Filters, PartyFlags, Words
from dealtrack.domain.date import UncertainDate
from dealtrack.domain.kind import ALL_FORMS, KINDS
from dealtrack.domain.milestone import MILESTONES
from dealtrack.domain.money import BASES
from dealtrack.domain.party import ROLES
from dealtrack.domain.problem import Misuse
from dealtrack.domain.query import Choice, DateTest, PartyTest, Query, RangeTest
from dealtrack.domain.status import PHASE_OF, PHASES, STATUSES
from dealtrack.text.dates import read_period
from dealtrack.text.money import read_amount_range
from dealtrack.text.stakes import read_stake_range

_CLOCKS = ("first_seen", "agreed", "completed", "ended", "expected")


def filtered(query: Query, desk: Desk, filters: Filters, parties: PartyFlags) -> Query:
    """The query with the conditions that the flags describe. Raises Misuse, or NoSuchCompany for an unknown name."""
    tests = {clock: _date_tests(getattr(filters, clock), desk.today) for clock in _CLOCKS}
    return query._replace(
        words=tuple(filters.words or ()),
        without=tuple(desk.ledger.find(word) for word in words.apart(filters.exclude)) if filters.exclude else (),
        kind=_choice(filters.kind, KINDS, "kind"),
        form=_choice(filters.form, ALL_FORMS, "form"),
        status=_status_choice(filters.status),
        sector=_choice(filters.sector, None, "sector"),
        tag=_choice(filters.tag, None, "tag"),
        basis=_choice(filters.basis, BASES, "basis"),
        milestone=_choice(filters.milestone, MILESTONES, "milestone"),
        parties=_parties(desk, filters, parties),
        on=_periods(filters.on, desk.today),
        clocks=tuple((clock, found) for clock, found in tests.items() if found),
        value=_range_tests(filters.value, partial(read_amount_range, currency=query.worth.currency)),
        stake=_range_tests(filters.stake, read_stake_range),
        source=_source_tests(filters.source),
        disputed=True if filters.disputed else None,
        core_only=filters.core_only,
    )


def _parties(desk: Desk, filters: Filters, flags: PartyFlags) -> tuple[PartyTest, ...]:
    tests = list(desk.listing.party_tests(filters.company or (), ())) if filters.company else []
    for role in ROLES:
        names = getattr(flags, role.replace("-", "_"))
        if names:
            tests += desk.listing.party_tests(names, words.ROLE_GROUPS[role])
    return tuple(tests)


def _choice(given: Words, allowed: Sequence[str] | None, what: str) -> Choice:
    """A filter on words, `not:` before those that must not be."""
    wanted: list[str] = []
    unwanted: list[str] = []
    for word in words.apart(given):
        bare = word.removeprefix("not:")
        found = words.one_of(bare, allowed, what) if allowed is not None else bare.casefold()
        (unwanted if bare != word else wanted).append(found)
    return Choice(tuple(wanted), tuple(unwanted))


def _status_choice(given: Words) -> Choice:
    """A filter on statuses, where a phase stands for its statuses."""
    chosen = _choice(given, (*STATUSES, *PHASES), "status")
    return Choice(_states(chosen.any_of), _states(chosen.none_of))


def _states(chosen: Iterable[str]) -> tuple[str, ...]:
    return tuple(status for word in chosen for status in STATUSES if word in (status, PHASE_OF[status]))


def _date_tests(given: Words, today: date) -> tuple[DateTest, ...]:
    """Filters on a date: periods, `any` (it is known) or `none`."""
    return tuple(
        _known(part) if _is_known(part) else read_period(part, today)
        for word in given or ()
        for part in _dates(word, today)
    )


def _dates(word: str, today: date) -> list[str]:
    """The dates that commas part, where they are not part of one (`Dec 3, 2025`)."""
    several = [part.strip() for part in word.split(",") if part.strip()]
    if len(several) < 2:
        return [word]
    try:
        read_period(word, today)
    except Misuse:
        return several
    return [word]


def _periods(given: Words, today: date) -> tuple[UncertainDate, ...]:
    """Periods of time."""
    return tuple(read_period(part, today) for word in given or () for part in _dates(word, today))


def _range_tests(given: Words, read: Callable[[str], tuple[int | None, int | None]]) -> tuple[RangeTest, ...]:
    """Filters on an amount or a percentage: ranges, `any` or `none`."""
    return tuple(_known(word) if _is_known(word) else read(word) for word in words.apart(given))


def _source_tests(given: Words) -> tuple[str | bool, ...]:
    """Filters on where events were read: `any`, `none`, or a site, publisher or key."""
    parts = (part.strip() for word in given or () for part in ([word] if "://" in word else word.split(",")))
    return tuple(_known(part) if _is_known(part) else part for part in parts if part)


def _is_known(word: str) -> bool:
    return word.strip().casefold() in ("any", "none")


def _known(word: str) -> bool:
    return word.strip().casefold() == "any"
