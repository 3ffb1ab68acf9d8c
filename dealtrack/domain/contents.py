"""What a report says: its basis, tables and charts, as plain values that every format draws in its own way."""

from datetime import date
from typing import Literal, NamedTuple

from dealtrack.domain.date import UncertainDate
from dealtrack.domain.money import Money


class Interval(NamedTuple):
    """A number that is known between bounds, both in the unit of its column; None is an open end."""

    low: int | None
    high: int | None


class Reference(NamedTuple):
    """Something that has a page or line of its own: a deal, company, source or outlet, by slug or key."""

    slug: str
    shown: str


Cell = str | int | UncertainDate | Interval | Reference | Money | tuple[str, ...] | None

# text: words. deal, company, source: a Reference. count: a whole number, or one with decimals in words. money: an
# Interval in hundredths of the column's currency. amount: Money in a currency of its own. percent: an Interval in
# ten-thousandths of a percent, as stakes are. days: an Interval. date: EDTF. words: several words. What is not known is
# None in all of them.
Sort = Literal["text", "words", "deal", "company", "source", "count", "money", "amount", "percent", "days", "date"]


class Column(NamedTuple):
    """A column: its key in files, its heading, and what its cells are; `unit` is the currency of money.

    Where there is no room for all columns, those go first that are `spare`, the higher the sooner, and last that whose
    `spare` is below zero, without which rows are mistaken for others; a spare column that is empty, of either sort, is
    not drawn at all. Of the others, those that are `main` stay longest: what the table is about. Files have every
    column.
    """

    key: str
    title: str
    sort: Sort = "text"
    unit: str | None = None
    spare: int = 0
    main: bool = False


class Table(NamedTuple):
    """Rows under columns; `foot` is a row of totals, `notes` are sentences below; `ahead` is of what is yet to come."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    foot: tuple[Cell, ...] | None = None
    notes: tuple[str, ...] = ()
    ahead: bool = False

    @property
    def in_time(self) -> bool:
        """Whether time runs down the table towards the present, so that its last rows matter most."""
        return self.columns[0].sort == "date" and not self.ahead

    def short(self, most: int | None) -> "Table":
        """The table with so many rows at most: the last where time runs down it, else the first."""
        if most is None or len(self.rows) <= most:
            return self
        return self._replace(rows=self.rows[-most:] if self.in_time and most else self.rows[:most])


class Chart(NamedTuple):
    """A picture of a table of the same report, named by its key, so that every picture has its data behind it.

    `x` and `y` are keys of columns; `series` names the column that parts rows into lines or stacked pieces.
    In `spans`, `x` holds dates and `series` statuses; rows that have the first of `y` in common share a lane, of which
    the other `y` tell, and an open lane lasts to `today`.
    """

    key: str
    title: str
    shape: Literal["bars", "stacked", "lines", "steps", "spans"]
    table: str
    x: str
    y: tuple[str, ...]
    series: str | None = None
    today: date | None = None


class Prose(NamedTuple):
    """Sentences under a heading, such as the rules of a ranking."""

    title: str
    lines: tuple[str, ...]


Part = Table | Chart | Prose


class Basis(NamedTuple):
    """What a report rests on, in words: with the same basis it says the same."""

    ledger: str
    filters: str
    clock: str
    dates: str
    values: str
    rates: str
    rule: str
    deals: int
    of: int
    version: str


class Report(NamedTuple):
    """A whole report: its name on the command line, its title, its basis, and its parts in order.

    `addresses` are where sources are to be read, by the keys that cells refer to them with.
    """

    name: str
    title: str
    basis: Basis
    parts: tuple[Part, ...]
    addresses: tuple[tuple[str, str], ...] = ()

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables, the main one first."""
        return tuple(part for part in self.parts if isinstance(part, Table))
