"""Which deals are meant: the filters of the command line as one value.

Named tuples here: every listing makes these classes, and dataclasses of this size take ten times as long to make.
"""

from datetime import date
from typing import NamedTuple

from dealtrack.domain.date import UncertainDate

# A date condition is a period that the fact's date must overlap, or whether it is known at all.
DateTest = UncertainDate | bool
# A range of hundredths of the currency that values are counted in, or of ten-thousandths of a percent; None is an
# open side; a bool asks whether it is known.
RangeTest = tuple[int | None, int | None] | bool


class Choice(NamedTuple):
    """Words of which one must (`any_of`) or none may (`none_of`) be the fact's."""

    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.any_of or self.none_of)


class PartyTest(NamedTuple):
    """One of these companies (slugs) takes part in one of these roles (none: in any); or, `without`, none does."""

    companies: tuple[str, ...]
    roles: tuple[str, ...] = ()
    without: bool = False


class Worth(NamedTuple):
    """In which currency values are counted, and at the rates of which day; None is each of the day it was known."""

    currency: str = "USD"
    on: date | None = None


class Query(NamedTuple):
    """Different conditions are joined by *and*, several words of one condition by *or*.

    `words` is full text; `clocks` pairs a date column (`first_seen`, `agreed`, ...) with its tests;
    `sort` pairs a column with whether it runs downwards; `limit` None is all.
    """

    words: tuple[str, ...] = ()
    ids: tuple[int, ...] | None = None
    without: tuple[int, ...] = ()
    kind: Choice = Choice()
    form: Choice = Choice()
    status: Choice = Choice()
    sector: Choice = Choice()
    tag: Choice = Choice()
    basis: Choice = Choice()
    milestone: Choice = Choice()
    parties: tuple[PartyTest, ...] = ()
    on: tuple[UncertainDate, ...] = ()
    clocks: tuple[tuple[str, tuple[DateTest, ...]], ...] = ()
    value: tuple[RangeTest, ...] = ()
    stake: tuple[RangeTest, ...] = ()
    source: tuple[str | bool, ...] = ()
    disputed: bool | None = None
    core_only: bool = False
    sort: tuple[tuple[str, bool], ...] = (("since", True),)
    limit: int | None = None
    worth: Worth = Worth()
