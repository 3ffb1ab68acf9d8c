"""A chart of spans as lanes on one stretch of days: each row stands where it can have happened."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from dealtrack.domain.contents import Cell, Chart, Table
from dealtrack.domain.date import UncertainDate
from dealtrack.domain.status import PHASE_OF, STATUSES
from dealtrack.report.cells import column_at, said
from dealtrack.text.words import MONTH_NAMES

EXPECTED = "expected"
MILESTONE = "milestone"

# A lone day is shown within this many months.
_FEWEST_MONTHS = 3
# How many months a tick may stand for.
STEPS = (1, 3, 12, 24, 60, 120, 240, 600)


class Moment(NamedTuple):
    """One row on its lane: where it stands in its table, when it was, and the mark it gets."""

    row: int
    when: UncertainDate
    mark: str
    said: str


class Lane(NamedTuple):
    """Rows that belong together, in order; `words` tell of it, `open` lanes last to today."""

    name: str
    words: tuple[str, ...]
    moments: tuple[Moment, ...]

    @property
    def alone(self) -> bool:
        """Whether it is one row."""
        return len(self.moments) == 1

    @property
    def stands(self) -> str:
        """The mark that it has come to."""
        return next((moment.mark for moment in reversed(self.moments) if moment.mark != EXPECTED), MILESTONE)

    @property
    def open(self) -> bool:
        """Whether it goes on."""
        return any(PHASE_OF[status] == "open" for status in STATUSES if status == self.stands)


class Stretch(NamedTuple):
    """The days that all lanes are drawn on, whole months of them."""

    first: date
    last: date
    today: date | None

    @property
    def days(self) -> int:
        """How many days there are."""
        return (self.last - self.first).days + 1

    @property
    def months(self) -> float:
        """How many months those are, about."""
        return self.days / 30.44

    def share(self, day: date, *, end: bool = False) -> float:
        """Where a day begins, or ends, as a share of the whole; a day off the stretch stands at its edge."""
        return min(max(((day - self.first).days + end) / self.days, 0.0), 1.0)

    def place(self, when: UncertainDate) -> tuple[float, float]:
        """Where a date begins and ends; an open side runs to the edge."""
        begin = self.share(when.earliest) if when.earliest else 0.0
        return begin, self.share(when.latest, end=True) if when.latest else 1.0

    def middle(self, when: UncertainDate) -> float:
        """Where the mark of a date stands."""
        begin, end = self.place(when)
        return (begin + end) / 2

    def years(self, room: float) -> Iterator[tuple[float, int]]:
        """Where the years begin, the first at the edge if its name has room before the next."""
        begins = [(self.share(day), day.year) for day in self.ticks(12)]
        if not begins or begins[0][0] > room:
            yield 0.0, self.first.year
        yield from begins

    def step(self, room: float) -> int:
        """How many months a tick stands for where a name of one needs so great a share of the stretch."""
        return next((step for step in STEPS if step / self.months >= room), STEPS[-1])

    def ticks(self, step: int) -> Iterator[date]:
        """The first days of the steps."""
        at = self.first.year * 12 + self.first.month - 1
        at += -at % step
        while (day := _month_start(at)) <= self.last:
            yield day
            at += step


def fade_of(moment: Moment) -> str | None:
    """At which ends a span fades out: where it is open, or only about."""
    when = moment.when
    left = when.earliest is None or when.approximate
    right = when.latest is None or when.approximate
    return {(True, True): "both", (True, False): "left", (False, True): "right"}.get((left, right))


def tick_name(day: date, step: int) -> str:
    """The name of a tick: the year, or under the years a quarter or month."""
    if step >= 12:
        return str(day.year)
    return MONTH_NAMES[day.month - 1] if step == 1 else f"Q{day.month // 3 + 1}"


class Life(NamedTuple):
    """The line of a lane as shares of the stretch: to the last step, or on to today; `awaited` is what is expected."""

    begin: float
    end: float
    awaited: float | None
    lasting: bool


class Spans(NamedTuple):
    """A whole chart of spans."""

    chart: Chart
    table: Table
    stretch: Stretch
    lanes: tuple[Lane, ...]

    @property
    def by_event(self) -> bool:
        """Whether each lane is one event, and not the life of something."""
        at = column_at(self.table, self.chart.y[0])
        return self.table.columns[at].sort == "count"

    def life(self, lane: Lane) -> Life | None:
        """The line that joins the steps of a lane and goes on while it is open; none where there is none to draw."""
        steps = [moment for moment in lane.moments if moment.mark != EXPECTED]
        if self.by_event or not steps:
            return None
        begin, end = (self.stretch.middle(steps[at].when) for at in (0, -1))
        awaited = next((self.stretch.middle(m.when) for m in lane.moments if m.mark == EXPECTED), None)
        today = self.stretch.share(self.stretch.today) if self.stretch.today else None
        lasts = lane.open and today is not None and today > end
        end = today if lasts and today is not None else end
        ahead = awaited if awaited is not None and awaited > end else None
        return Life(begin, end, ahead, lasts and ahead is None)

    @property
    def marks(self) -> tuple[str, ...]:
        """The marks in use, in the order a deal travels."""
        used = {moment.mark for lane in self.lanes for moment in lane.moments}
        return tuple(mark for mark in (*STATUSES, MILESTONE, EXPECTED) if mark in used)

    @property
    def uncertain(self) -> bool:
        """Whether any date is not one day."""
        return any(m.when.earliest != m.when.latest for lane in self.lanes for m in lane.moments)


def spans(chart: Chart, table: Table) -> Spans:
    """The lanes of a chart, in the order in which the table first comes to them; rows without a date are left out."""
    when, name, *words = (column_at(table, key) for key in (chart.x, *chart.y))
    status = column_at(table, chart.series) if chart.series else None
    lanes: dict[Cell, list[int]] = {}
    for at, row in enumerate(table.rows):
        if isinstance(row[when], UncertainDate):
            lanes.setdefault(row[name], []).append(at)
    drawn = []
    for cell, rows in lanes.items():
        told = tuple(filter(None, (_latest(table, rows, word) for word in words)))
        moments = tuple(_moment(table, at, when, status) for at in rows)
        drawn.append(Lane(said(cell, table.columns[name]), told, moments))
    return Spans(chart, table, _stretch(drawn, chart.today), tuple(drawn))


def _latest(table: Table, rows: list[int], at: int) -> str:
    """What the last of the rows that says anything in a column says there."""
    words = (said(table.rows[row][at], table.columns[at]) for row in reversed(rows))
    return next(filter(None, words), "")


def _moment(table: Table, at: int, when: int, status: int | None) -> Moment:
    row = table.rows[at]
    day, word = row[when], row[status] if status is not None else None
    known = word if isinstance(word, str) and word in (*STATUSES, EXPECTED) else MILESTONE
    return Moment(at, day, known, said(day, table.columns[when]))  # type: ignore[arg-type]  # only dates come here


def _stretch(lanes: Iterable[Lane], today: date | None) -> Stretch:
    """Whole months that hold all days, and today while something is open and that presses nothing together."""
    whens = [moment.when for lane in lanes for moment in lane.moments]
    days = [day for when in whens for day in (when.earliest, when.latest) if day]
    going_on = any(lane.open for lane in lanes)
    if today and (not days or (going_on and _near(min(days), max(days), today))):
        days.append(today)
    if not days:
        days = [date(2000, 1, 1)]
    begin, end = _month(min(days)), _month(max(days)) + 1
    while end - begin < _FEWEST_MONTHS:
        begin, end = begin - (end - begin == _FEWEST_MONTHS - 1), end + (end - begin < _FEWEST_MONTHS - 1)
    return Stretch(_month_start(begin), _month_start(end) - timedelta(days=1), today)


def _near(first: date, last: date, today: date) -> bool:
    return first <= today and (today - last).days <= max((last - first).days, 180)


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _month_start(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)
