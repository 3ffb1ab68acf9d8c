"""What files tell of deals, and of what belongs to them: every column, named once, with its sort of cell."""

from collections.abc import Iterable
from itertools import groupby
from typing import Literal, NamedTuple

from dealtrack.domain.party import ROLES

# number: an integer. word: one of ours, or a code. text: words of others. link: an address. words, labels: several, of
# ours or of others. flag: yes or no. date: EDTF. day, time: ISO 8601. money: minor units of the currency beside it.
# cents: of a US dollar. worth: hundredths of the currency that values are counted in. rate: how they came about.
# percent: ten-thousandths of one. names: who takes part in the role. line, parties: all of them, in a line and as
# objects. unread: what a listing leaves out.
Sort = Literal[
    "number", "word", "text", "link", "words", "labels", "flag", "date", "day", "time", "money", "cents", "worth",
    "rate", "percent", "names", "line", "parties", "unread",
]  # fmt: skip

# Cells of words of others, where a spreadsheet could take the first character for a formula.
FREE: frozenset[Sort] = frozenset(("text", "link", "labels", "names", "line"))

# Cells that are made of the parties of a deal.
OF_PARTIES: frozenset[Sort] = frozenset(("names", "line"))


class Column(NamedTuple):
    """A column of a file: its name, what its cells are, and by what name a row of the ledger holds them."""

    name: str
    sort: Sort
    reads: str


Table = Literal["deals", "events", "parties", "companies", "sources", "publishers"]


def _columns(listed: str) -> tuple[Column, ...]:
    """Columns written as `name sort`, or `name sort reads` where a row has another name for it."""
    found = (line.split() for line in listed.split(",") if line.strip())
    return tuple(Column(name, sort, reads[0] if reads else name) for name, sort, *reads in found)  # type: ignore[arg-type]  # sorts of the list above, as a test proves


_MONEY = """
    value_text text, value_currency word, value_low money, value_high money, value_qualifier word, value_basis word,
    value_usd_low cents, value_usd_high cents, value_usd_origin word"""
_STAKE = "stake_text text, stake_low percent, stake_high percent, stake_controlling flag, stake_basis word"

# Of every table the columns in order. Never removed, only added.
TABLES: dict[Table, tuple[Column, ...]] = {
    "deals": (
        *_columns(
            "id number, slug text, title text, deal line parties, kind word, form text, status word, phase word, "
            "disputed words, began_as_rumor flag"
        ),
        *(Column(role.replace("-", "_"), "names", role) for role in ROLES),
        *_columns(
            "first_seen date, agreed date, completed date, ended date, expected date, last_heard date, checked date"
        ),
        *_columns(_MONEY),
        *_columns(_STAKE),
        *_columns(
            "sectors labels, core_space flag, tags labels, note text, origins number, events number, created time, "
            "updated time"
        ),
    ),
    "events": (
        *_columns("deal text, n number, date date, status word, milestone text, summary text"),
        *_columns(_MONEY),
        *_columns("value_usd_rate word, value_usd_rate_date day"),
        *_columns(_STAKE),
        *_columns(
            "expected date, credibility number, flags labels, source text, url link, source_title text, "
            "publisher text, published date, via text, reliability word"
        ),
    ),
    "parties": _columns("deal text, role word, company text, name text, kind word, country word, as_reported text"),
    "companies": _columns(
        "slug text, name text, kind word, country word, sectors labels, ticker text, note text, aliases text, "
        "deals number"
    ),
    "sources": _columns(
        "key text, url link, title text, publisher text, published date, kind word, via text, reliability word, "
        "events number, deals number"
    ),
    "publishers": _columns("name text, reliability word, lag number, aliases labels"),
}

# Columns that a file has where they are asked for: what a value comes to in another money.
ON_REQUEST: dict[Table, tuple[Column, ...]] = {
    "deals": _columns(
        "value_in_currency rate worth_currency, value_in_low worth worth_low, value_in_high worth worth_high, "
        "value_in_rate rate worth_rate, value_in_rate_date rate worth_rate_date, value_in_origin rate worth_origin"
    ),
}


class Group(NamedTuple):
    """An object within an object: null where the row holds nothing under the name `known`."""

    name: str
    known: str
    columns: tuple["Column | Group", ...]


# A deal as an object of the JSON contract, key by key.
OBJECT: tuple[Column | Group, ...] = (
    *_columns(
        "id number, slug text, title text, kind word, form text, status word, phase word, disputed words, "
        "began_as_rumor flag, first_seen date, agreed date, completed date, ended date, expected date, "
        "last_heard date, checked date"
    ),
    Group(
        "value",
        "value_qualifier",
        (
            *_columns(
                "text text value_text, currency word value_currency, low money value_low, high money value_high, "
                "qualifier word value_qualifier, basis word value_basis, event number value_event, "
                "usd_low cents value_usd_low, usd_high cents value_usd_high, usd_origin word value_usd_origin"
            ),
            Group(
                "in",
                "worth_rate",
                tuple(one._replace(name=one.name.removeprefix("value_in_")) for one in ON_REQUEST["deals"]),
            ),
        ),
    ),
    Group(
        "stake",
        "stake_event",
        _columns(
            "text text stake_text, low percent stake_low, high percent stake_high, controlling flag stake_controlling, "
            "worded flag stake_worded, basis word stake_basis, event number stake_event"
        ),
    ),
    *_columns("parties parties, sectors labels, core_space flag, tags labels, note text, origins number"),
    # Not read for a listing, which is not the same as none.
    *_columns("events unread, sources unread, links unread, created time, updated time"),
)

# Dates of which a row holds the earliest and the latest possible day as well.
SPANNED: dict[Table, tuple[str, ...]] = {
    "deals": ("first_seen", "agreed", "completed", "ended", "expected", "last_heard"),
    "events": ("date",),
}


def spans(table: Table) -> tuple[Column, ...]:
    """The columns that a file has on request only: the earliest and the latest possible day of each date."""
    names = (f"{name}_{end}" for name in SPANNED.get(table, ()) for end in ("earliest", "latest"))
    return tuple(Column(name, "day", name) for name in names)


def runs(columns: Iterable[Column]) -> list[tuple[bool, list[Column]]]:
    """The columns in runs of those whose cells are made of the parties (True), and of others."""
    return [(of_parties, list(run)) for of_parties, run in groupby(columns, lambda one: one.sort in OF_PARTIES)]
