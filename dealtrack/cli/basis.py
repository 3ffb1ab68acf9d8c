"""A query in words: which deals a file is of."""

from collections.abc import Callable, Iterable, Iterator

from dealtrack.domain.date import UncertainDate
from dealtrack.domain.money import decimal_string
from dealtrack.domain.query import Choice, DateTest, PartyTest, Query, RangeTest
from dealtrack.domain.stake import percent_string


def in_words(query: Query) -> Iterator[str]:
    """Each condition of a query as `what: which`, in the words of the flags that set it."""
    if query.words:
        yield f"words: {' '.join(query.words)}"
    if query.ids is not None:
        yield f"ids: {', '.join(map(str, query.ids))}"
    yield from _told("exclude", map(str, query.without))
    for name in ("kind", "form", "status", "sector", "tag", "basis", "milestone"):
        choice: Choice = getattr(query, name)
        if choice:
            yield f"{name}: {', '.join([*choice.any_of, *(f'not:{word}' for word in choice.none_of)])}"
    yield from map(_party, query.parties)
    yield from _told("on", (period.edtf for period in query.on))
    for clock, tests in query.clocks:
        yield from _told(clock.replace("_", "-"), map(_date, tests))
    yield from _told("value", (_range(test, _dollars) for test in query.value))
    yield from _told("stake", (_range(test, percent_string) for test in query.stake))
    yield from _told("source", (_known(test) if isinstance(test, bool) else test for test in query.source))
    if query.disputed is not None:
        yield f"disputed: {'yes' if query.disputed else 'no'}"
    if query.core_only:
        yield "core-only"
    if query.limit is not None:
        yield f"limit: {query.limit}"


def _told(name: str, words: Iterable[str]) -> Iterator[str]:
    told = ", ".join(words)
    if told:
        yield f"{name}: {told}"


def _party(test: PartyTest) -> str:
    roles = ", ".join(test.roles) or "company"
    return f"{roles}: {', '.join(f'not:{slug}' if test.without else slug for slug in test.companies)}"


def _date(test: DateTest) -> str:
    return test.edtf if isinstance(test, UncertainDate) else _known(test)


def _known(known: bool) -> str:
    return "any" if known else "none"


def _dollars(cents: int | None) -> str | None:
    return decimal_string(cents, 2)


def _range(test: RangeTest, say: Callable[[int | None], str | None]) -> str:
    if isinstance(test, bool):
        return _known(test)
    low, high = map(say, test)
    return f"{low or ''}..{high or ''}"
