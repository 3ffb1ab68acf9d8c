"""Our own flat layout: the columns of an export, and those that a person adds who writes such a file by hand."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from dealtrack.domain.columns import spans
from dealtrack.domain.party import ROLES
from dealtrack.domain.status import PHASE_OF
from dealtrack.exchange.delimited import unguarded
from dealtrack.exchange.layout import folded
from dealtrack.exchange.record import FIELDS
from dealtrack.exchange.row import RawRow, Record, Told
from dealtrack.text.words import MAGNITUDES

FAMILY = "dealtrack"

_ROLES = {role.replace("-", "_"): role for role in ROLES}

# What a file of one's own may hold besides the columns of an export.
EXTRA = (
    "on", "value", "basis", "stake", "milestone", "summary", "credibility", "source", "publisher", "published",
    "reliability", "source_kind",
)  # fmt: skip
COLUMNS = (*FIELDS, *EXTRA)

# Without one of these in each, no row can be read as a deal of ours.
_WHICH = ("id", "slug")
# A list of companies has slugs, kinds and notes too.
_OF_COMPANIES = frozenset(("name", "ticker"))
_WHO = tuple(_ROLES)
_WHEN = ("on", "first_seen", "agreed", "completed", "ended")


@lru_cache(maxsize=2048)
def called(name: str) -> str:
    """What a column is called here, whatever case and blanks a file has in its name."""
    return folded(name).replace(" ", "_").replace("-", "_")


def is_own(header: Iterable[str]) -> bool:
    """Whether the columns are ours: they name deals, or tell kind, parties and a date of each."""
    names = set(header)
    whole = "kind" in names and names.intersection(_WHO) and names.intersection(_WHEN)
    if names >= _OF_COMPANIES:
        return False
    return bool(whole or (names.intersection(_WHICH) and len(names.intersection(COLUMNS)) > 1))


def unread(header: Iterable[str]) -> list[str]:
    """The columns of which nothing is read."""
    return [name for name in header if name not in _READ]


_READ = frozenset(("", "#", *COLUMNS, *_ROLES, *(column.name for column in spans("deals"))))


def record_of(row: RawRow) -> Record:
    """The deal that a row of the layout proposes."""
    cells = row.cells
    cell = _reader(cells)
    return Record(
        place=row.place,
        family=FAMILY,
        identity=cell("slug") or None,
        kind=cell("kind"),
        form=cell("form"),
        title=cell("title"),
        parties=tuple(_parties(cell)),
        events=tuple(_events(cell)),
        sectors=cell("sectors"),
        tags=cell("tags"),
        core_space=cell("core_space"),
        note=cell("note"),
        source=cell("source"),
        publisher=cell("publisher"),
        published=cell("published"),
        reliability=cell("reliability"),
        source_kind=cell("source_kind"),
    )


_Cell = Callable[[str], str]


def _reader(cells: Mapping[str, str]) -> _Cell:
    return (_NOTHING | {name: cell for name, raw in cells.items() if (cell := unguarded(raw.strip()))}).__getitem__


# What every column holds that a file does not have.
_NOTHING = dict.fromkeys((*COLUMNS, *_ROLES), "")


def _parties(cell: _Cell) -> Iterator[tuple[str, str]]:
    for column, role in _ROLES.items():
        found = cell(column)
        if found:
            # Spreadsheets put several into a cell on lines of their own, and so are those of a list of JSON here.
            names = found.replace("\n", ";").split(";")
            yield from ((role, name.strip()) for name in names if name.strip())


def _events(cell: _Cell) -> Iterator[Told]:
    """The events that the dates tell of, in order; what is known of the value is told by the last.

    In which state a deal was first heard of, no column says, but that it was a rumor: then that it was, and no more.
    """
    *before, last = _steps(cell)
    opening, rumored = _opening(cell), _rumored(cell)
    if opening and (opening not in [on for _, on in (*before, last)] or (rumored and last[0] != "rumored")):
        yield Told(opening, "rumored") if rumored else Told(opening, milestone="other")
    yield from (Told(on, state) for state, on in before)
    if cell("ended") and PHASE_OF.get(cell("status").casefold()) != "dead":  # type: ignore[call-overload]  # as below
        # How it ended, a status must say: this is none, and is refused.
        yield Told(cell("ended"), "ended")
    # A state without a date is told, to be refused.
    if any(last):
        yield _last(cell, *last)


def _steps(cell: _Cell) -> list[tuple[str, str]]:
    """The states that the deal has reached, each with its date; the last is the present one."""
    status = cell("status").casefold()
    steps = [(state, cell(state)) for state in ("agreed", "completed") if cell(state) and state != status]
    opening, heard = _opening(cell), cell("last_heard")
    if steps and not status and not opening:
        return steps
    if status in ("agreed", "completed"):
        return [*steps, (status, cell(status) or opening)]
    if PHASE_OF.get(status) == "dead" and cell("ended"):  # type: ignore[call-overload]  # a word that is none has no phase
        return [*steps, (status, cell("ended"))]
    # Of a later state it is known when it was last heard of, of a first one when it was first.
    later = steps or _rumored(cell) != (status == "rumored") or PHASE_OF.get(status) != "open"  # type: ignore[call-overload]  # likewise
    return [*steps, (status, heard if (opening or steps) and heard and later else opening)]


def _opening(cell: _Cell) -> str:
    return cell("on") or cell("first_seen")


def _rumored(cell: _Cell) -> bool:
    return cell("began_as_rumor").casefold() == "yes"


def _last(cell: _Cell, status: str, on: str) -> Told:
    value, stake = cell("value") or _figures(cell), cell("stake") or _share(cell)
    return Told(
        on,
        status,
        cell("milestone"),
        value=value or cell("value_text"),
        value_text=cell("value_text") if value else "",
        currency=cell("value_currency"),
        dollars=_stated(cell),
        basis=cell("basis") or cell("value_basis"),
        stake=stake or cell("stake_text"),
        stake_text=cell("stake_text") if stake else "",
        stake_basis=cell("stake_basis"),
        expected=cell("expected"),
        summary=cell("summary"),
        credibility=cell("credibility"),
    )


def _figures(cell: _Cell) -> str:
    """The amount that the columns of figures tell, in the words that an amount is written in."""
    low, high, qualifier = cell("value_low"), cell("value_high"), cell("value_qualifier").casefold()
    code = f"{cell('value_currency')} " if cell("value_currency") else ""
    stated = "" if code else " (currency not stated)"
    if qualifier == "undisclosed" or not (low or high):
        return qualifier
    if qualifier == "magnitude":
        return f"{_MAGNITUDES.get(len(low) - 1, '?')} of {code}".removesuffix("of ").strip() + stated
    if low and high:
        between = low if low == high else f"{low}..{high}"
        return f"{'~' * (qualifier == 'about')}{code}{between}{stated}"
    return f"{code}{low} or more{stated}" if low else f"up to {code}{high}{stated}"


def _stated(cell: _Cell) -> str:
    low, high = cell("value_usd_low"), cell("value_usd_high")
    if cell("value_usd_origin") != "stated" or not (low or high):
        return ""
    return low if low == high else f"{low}..{high}"


_MAGNITUDES = {power: name for name, power in MAGNITUDES.items()}


def _share(cell: _Cell) -> str:
    """The stake that the columns of figures tell, in the words that a stake is written in."""
    low, high, controlling = cell("stake_low"), cell("stake_high"), cell("stake_controlling").casefold()
    if not low and not high:
        # An export has words that count nothing where that is all that is known of a stake.
        return "undisclosed" if cell("created") and cell("stake_text") else ""
    if (low, high, controlling) == ("50", "100", "yes"):
        return "over 50% (controlling)"
    if (low, high, controlling) == ("0", "50", "no"):
        return "under 50% (minority)"
    between = low if low == high else f"{low or '0'}..{high or '100'}"
    return between + {"yes": " (controlling)", "no": " (not controlling)"}.get(controlling, "")
