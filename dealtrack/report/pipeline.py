"""Open deals: where they stand and how old they are, when they may close, which are overdue, silent, or moved."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from dealtrack.domain.contents import Basis, Cell, Chart, Column, Interval, Part, Reference, Report, Table
from dealtrack.domain.date import UncertainDate, from_day, from_edtf
from dealtrack.domain.figures import OPEN, DealRow, Tally, following, median, period_around
from dealtrack.domain.party import headline
from dealtrack.domain.status import PHASE_OF, STATUSES
from dealtrack.report.basis import Rules
from dealtrack.report.moves import Since, changed
from dealtrack.report.stale import Limits, days_since, last_known, limit_of
from dealtrack.report.totals import value_of
from dealtrack.text.counts import counted

# How old a deal is, in days since it was first seen: each band with its last day.
BANDS: tuple[tuple[str, int], ...] = (
    ("up to 90 days", 90),
    ("91 to 180 days", 180),
    ("181 to 365 days", 365),
    ("1 to 2 years", 730),
    ("over 2 years", OPEN),
)
_BETWEEN = "one or another"
_UNKNOWN = "not known"
_MOST_QUARTERS = 8


class Asked(NamedTuple):
    """As of which day, after how much silence a deal is stale, how far ahead that is looked for, and in which money."""

    today: date
    limits: Limits
    within: int
    currency: str = "USD"


class Open(NamedTuple):
    """An open deal with what is reckoned of it in days; what is not known is None, an open end OPEN."""

    row: DealRow
    age: Interval
    silent: int | None
    limit: int
    overdue: int | None

    @property
    def deal(self) -> tuple[Cell, ...]:
        """The cells that every table of deals begins with."""
        row = self.row
        name = headline([(name, role) for _, name, role in row["parties"]]) or row["slug"]
        return row["id"], Reference(row["slug"], name), row["status"]

    @property
    def stale_on(self) -> date | None:
        """The first day on which silence makes it stale."""
        known = last_known(self.row)
        return date.fromisoformat(known) + timedelta(self.limit + 1) if known else None

    @property
    def value(self) -> Interval | None:
        """What it is worth, in hundredths of the currency that is counted in."""
        low, high = self.row["worth_low"], self.row["worth_high"]
        return None if low is None and high is None else Interval(low, high)


def rules(asked: Asked, since: Since | None) -> Rules:
    """What the report goes by."""
    limits = asked.limits
    compared = f"; changes since {since.name} against {since.said}" if since and since.pairs is not None else ""
    return Rules(
        dates=(
            "age from first seen; silence from what was last heard, by its first possible day, or the last day "
            f"somebody looked{compared}"
        ),
        rule=(
            f"every open deal that matches; silent after more than {counted(limits.rumored, 'day')} if rumored, else "
            f"{counted(limits.others, 'day')}; overdue after the last possible day of its expected closing"
        ),
    )


def pipeline(rows: Iterable[DealRow], since: Since | None, asked: Asked, basis: Basis) -> Report:
    """The report of the open ones of the rows; what changed is told where it is asked since when."""
    deals = [_open(row, asked) for row in rows if row["phase"] == "open"]
    parts: list[Part] = [
        _statuses(deals, asked),
        _ages(deals, asked),
        Chart("ages", "Open deals by status and age", "stacked", "ages", "status", ("deals",), "age"),
        *_closings(deals, asked),
        _overdue(deals, asked),
        _silent(deals, asked),
        _soon(deals, asked),
        *([changed(since, asked.today)] if since else []),
    ]
    return Report("pipeline", "Pipeline", basis, tuple(parts))


def _open(row: DealRow, asked: Asked) -> Open:
    youngest, oldest = (days_since(row[f"first_seen_{end}"], asked.today) for end in ("latest", "earliest"))
    age = Interval(max(youngest or 0, 0), OPEN if oldest is None else max(oldest, 0))
    overdue = days_since(row["expected_latest"], asked.today)
    silent = days_since(last_known(row), asked.today)
    late = overdue if overdue is not None and overdue > 0 else None
    return Open(row, age, silent, limit_of(row, asked.limits), late)


def _is_silent(deal: Open) -> bool:
    return deal.silent is not None and deal.silent > deal.limit


# --- counts ---------------------------------------------------------------------------------------


def _statuses(deals: Sequence[Open], asked: Asked) -> Table:
    heads = (
        Column("status", "Status"),
        Column("deals", "Deals", "count"),
        Column("disclosed", "Disclosed", "count"),
        Column("value", "Value", "money", asked.currency),
        Column("age", "Median age, days", "days"),
        Column("expecting", "Closing expected", "count", spare=2),
        Column("overdue", "Overdue", "count", spare=1),
        Column("silent", "Silent", "count", spare=1),
    )
    states = [status for status in reversed(STATUSES) if PHASE_OF[status] == "open"]
    found = ((status, [deal for deal in deals if deal.row["status"] == status]) for status in states)
    rows = tuple((status, *_counts(of)) for status, of in found if of)
    foot = ("all", *_counts(deals)) if deals else None
    return Table("statuses", "Open deals", heads, rows, foot, () if deals else ("No deal is open.",))


def _counts(deals: Sequence[Open]) -> tuple[Cell, ...]:
    tally = _tally(deals)
    middle = median([deal.age.low or 0 for deal in deals], [deal.age.high or 0 for deal in deals])
    expecting = sum(deal.row["expected"] is not None for deal in deals)
    overdue, silent = sum(deal.overdue is not None for deal in deals), sum(map(_is_silent, deals))
    return tally.deals, tally.valued, value_of(tally), Interval(*middle) if middle else None, expecting, overdue, silent


def _tally(deals: Iterable[Open]) -> Tally:
    tally = Tally()
    for deal in deals:
        tally.add(deal.row["worth_low"], deal.row["worth_high"])
    return tally


def _ages(deals: Iterable[Open], asked: Asked) -> Table:
    heads = (
        Column("status", "Status"),
        Column("age", "Since first seen"),
        Column("deals", "Deals", "count"),
        Column("disclosed", "Disclosed", "count"),
        Column("value", "Value", "money", asked.currency),
    )
    found: dict[tuple[int, int], list[Open]] = {}
    for deal in deals:
        found.setdefault((-STATUSES.index(deal.row["status"]), _band(deal.age)), []).append(deal)
    names = (*(name for name, _ in BANDS), _BETWEEN, _UNKNOWN)
    rows = []
    for (status, band), of in sorted(found.items(), key=lambda item: item[0]):
        tally = _tally(of)
        rows.append((STATUSES[-status], names[band], tally.deals, tally.valued, value_of(tally)))
    vague = any(band == len(BANDS) for _, band in found)
    note = f"{_BETWEEN.capitalize()}: first seen on a day too vague to say which."
    return Table("ages", "By status and age", heads, tuple(rows), notes=(note,) if vague else ())


def _band(age: Interval) -> int:
    """Which band the whole of an age lies in; else the place of those that may lie in several, or of the unknown."""
    low, high = (next(at for at, (_, last) in enumerate(BANDS) if (days or 0) <= last) for days in age)
    if low == high:
        return low
    return len(BANDS) + (age == (0, OPEN))


# --- deals ----------------------------------------------------------------------------------------

_DEAL = (Column("id", "ID", "count"), Column("deal", "Deal", "deal"), Column("status", "Status"))


def _value_column(asked: Asked) -> Column:
    return Column("value", "Value", "money", asked.currency, spare=1, main=True)


def _heard(deal: Open) -> tuple[UncertainDate | None, UncertainDate | None]:
    """What was last heard, and the last day somebody looked."""
    heard, checked = (deal.row[name] for name in ("last_heard", "checked"))
    return from_edtf(heard) if heard else None, from_edtf(checked) if checked else None


_HEARD = (Column("last_heard", "Heard", "date"), Column("checked", "Checked", "date", spare=2))


def _closings(deals: Sequence[Open], asked: Asked) -> Iterator[Part]:
    """What may close when, by deal and by quarter; the overdue are told elsewhere."""
    awaited = [
        (from_edtf(deal.row["expected"]), deal) for deal in deals if deal.row["expected"] and deal.overdue is None
    ]
    awaited.sort(key=lambda pair: (pair[0].latest or date.max, pair[0].earliest or date.min, pair[1].row["id"]))
    heads = (
        *_DEAL,
        Column("expected", "Expected", "date", main=True),
        Column("in_days", "In days", "days", main=True),
        _value_column(asked),
        Column("last_heard", "Heard", "date", spare=2),
    )
    rows = tuple((*deal.deal, when, _ahead(when, asked.today), deal.value, _heard(deal)[0]) for when, deal in awaited)
    untold = sum(deal.row["expected"] is None for deal in deals)
    others = "open deal" if untold == len(deals) else "more open deal"
    note = f"Of {counted(untold, others)} nobody has said when it is expected to close." if untold else ""
    yield Table("closings", "Expected closings", heads, rows, notes=(note,) if note else ())
    yield _quarters([when for when, _ in awaited], asked.today)
    yield Chart("quarters", "Closings by quarter, at most", "bars", "quarters", "quarter", ("at_most",))


def _ahead(when: UncertainDate, today: date) -> Interval:
    """In how many days at least and at most; what may have happened already is 0 days ahead."""
    first = max((when.earliest - today).days, 0) if when.earliest else 0
    return Interval(first, (when.latest - today).days if when.latest else None)


def _quarters(whens: Sequence[UncertainDate], today: date) -> Table:
    """How many closings are expected in each quarter, at least and at most."""
    last = max((when.latest or when.earliest or today for when in whens), default=today)
    rows: list[tuple[Cell, ...]] = []
    quarter = period_around(today, "quarter")
    while whens and len(rows) < _MOST_QUARTERS and quarter.earliest is not None and quarter.earliest <= last:
        within = [when for when in whens if _is_within(when, quarter, today)]
        reaching = [when for when in whens if _reaches(when, quarter)]
        rows.append((quarter, len(within), len(reaching)))
        quarter = following(quarter, "quarter")
    heads = (
        Column("quarter", "Quarter", "date"),
        Column("at_least", "At least", "count"),
        Column("at_most", "At most", "count"),
    )
    note = "At most: an expected closing counts in every quarter that it may fall into."
    notes = (note,) if rows else ()
    return Table("quarters", "Expected closings by quarter", heads, tuple(rows), notes=notes, ahead=True)


def _is_within(when: UncertainDate, quarter: UncertainDate, today: date) -> bool:
    """Whether every day that is left of it lies in the quarter."""
    first, last = max(when.earliest or today, today), when.latest or date.max
    return (quarter.earliest or date.min) <= first and last <= (quarter.latest or date.max)


def _reaches(when: UncertainDate, quarter: UncertainDate) -> bool:
    first, last = when.earliest or date.min, when.latest or date.max
    return first <= (quarter.latest or date.max) and last >= (quarter.earliest or date.min)


def _overdue(deals: Iterable[Open], asked: Asked) -> Table:
    late = sorted((deal for deal in deals if deal.overdue is not None), key=lambda deal: -(deal.overdue or 0))
    heads = (
        *_DEAL,
        Column("expected", "Expected", "date", main=True),
        Column("overdue_days", "Overdue days", "count", main=True),
        _value_column(asked),
        *(column._replace(spare=2) for column in _HEARD),
    )
    rows = tuple(
        (*deal.deal, from_edtf(deal.row["expected"]), deal.overdue, deal.value, *_heard(deal)) for deal in late
    )
    return Table("overdue", "Past their expected closing", heads, rows)


def _silent(deals: Iterable[Open], asked: Asked) -> Table:
    silent = sorted(filter(_is_silent, deals), key=_times_over)
    heads = (
        *_DEAL,
        *_HEARD,
        Column("silent_days", "Silent days", "count", main=True),
        Column("limit_days", "Day limit", "count", spare=3),
        _value_column(asked),
    )
    rows = tuple((*deal.deal, *_heard(deal), deal.silent, deal.limit, deal.value) for deal in silent)
    return Table("silent", "Silent: nothing heard for longer than usual", heads, rows)


def _times_over(deal: Open) -> tuple[float, int]:
    return -(deal.silent or 0) / max(deal.limit, 1), deal.row["id"]


def _soon(deals: Iterable[Open], asked: Asked) -> Table:
    """Deals that silence is to make stale before long, unless something is heard."""
    last = asked.today + timedelta(asked.within)
    dated = [(deal.stale_on, deal) for deal in deals]
    due = [(day, deal) for day, deal in dated if day and asked.today < day <= last]
    due.sort(key=lambda pair: (pair[0], pair[1].row["id"]))
    heads = (
        *_DEAL,
        *_HEARD,
        Column("stale_on", "Stale on", "date", main=True),
        Column("days_left", "Days left", "count", main=True),
        _value_column(asked),
    )
    rows = tuple((*deal.deal, *_heard(deal), from_day(day), (day - asked.today).days, deal.value) for day, deal in due)
    return Table("soon", f"Silent within {counted(asked.within, 'day')}", heads, rows)
