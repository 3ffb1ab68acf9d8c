"""What a spreadsheet makes of a cell that nobody touched: dates in the way of its country, figures by its marks."""

import re
from collections.abc import Iterator
from typing import Literal

from dealtrack.domain.problem import Misuse
from dealtrack.exchange.delimited import unguarded
from dealtrack.text.words import MONTHS, unaccented

# Which comes first in a date of figures whose year comes last.
Order = Literal["day", "month"]
ORDERS: tuple[Order, ...] = ("day", "month")

_ISO = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")
_FIGURES = re.compile(r"(\d{1,4})[-/.] ?(\d{1,2})[-/.] ?(\d{1,4})")
_NAMED = re.compile(r"(?:(\d{1,2})[-. ]+)?([^\W\d]{3,10})[-. ]+(\d{4}|\d\d)")
_MOMENT = re.compile(r"(.+?)[T ](\d{1,2}):(\d\d)(?::(\d\d))?(?:\.\d+)?( ?[AP]M)?Z?", re.IGNORECASE)
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?")
_TRUTHS = {"yes": ("true", "wahr", "vrai", "verdadero"), "no": ("false", "falsch", "faux", "falso")}


def is_same(cell: str, base: str) -> bool:
    """Whether the cell is the one that was handed out, or what a spreadsheet makes of it."""
    if cell == base or unguarded(cell) == base or " ".join(cell.split()) == " ".join(base.split()):
        return True
    if not cell or not base:
        return False
    return (
        cell.casefold() in _TRUTHS.get(base, ())
        or _same_number(cell, base)
        or any(day == base for _, day in days(cell))
        or _same_month(cell, base)
        or _same_moment(cell, base)
    )


def orders_told(cell: str, base: str) -> set[Order]:
    """In which order a date that nobody touched was written, where only one of the two gives it back."""
    told = {order for order, day in days(cell) if order and day == base}
    return told if len(told) == 1 else set()


def days(cell: str) -> Iterator[tuple[Order | None, str]]:
    """The days that a cell can mean, each with the order that it is read in, None where that does not matter."""
    found = _FIGURES.fullmatch(cell.strip())
    if found is None:
        named = _NAMED.fullmatch(cell.strip())
        if named and named[1] and (month := _month(named[2])):
            yield None, f"{_year(named[3])}-{month}-{named[1].zfill(2)}"
        return
    first, second, third = found.groups()
    if len(first) == 4:
        yield None, f"{first}-{second.zfill(2)}-{third.zfill(2)}"
        return
    for order, day, month in (("day", first, second), ("month", second, first)):
        if 1 <= int(month) <= 12 and 1 <= int(day) <= 31 and len(third) in (2, 4):
            yield order, f"{_year(third)}-{month.zfill(2)}-{day.zfill(2)}"  # type: ignore[misc]  # one of the two


def _month(name: str) -> str | None:
    return MONTHS.get(unaccented(name.casefold()))


def _year(digits: str) -> str:
    return digits if len(digits) == 4 else f"20{digits}"


def day_of(cell: str, orders: set[Order]) -> str:
    """A date that a spreadsheet wrote as a day in figures, in ISO 8601; anything else as it is. Raises Misuse.

    `orders` are those in which the other dates of the file were written.
    """
    found = dict(days(cell))
    told = {found[order] for order in orders if order in found} if len(orders) == 1 else set(found.values())
    if len(told) > 1:
        first, second = sorted(told)
        raise Misuse(f'date "{cell}" could be {first} or {second}', f"write {first} or {second}")
    return told.pop() if told else cell


def number_of(cell: str) -> str:
    """A figure as a plain decimal, whichever mark the spreadsheet uses; anything else as it is. Raises Misuse."""
    bare = cell.strip().replace("\u00a0", "").replace("\u202f", "")
    if re.fullmatch(r"\d{1,3},\d{3}", bare):
        readings = bare.replace(",", ""), bare.replace(",", ".")
        raise Misuse(f'"{cell}" could be {readings[0]} or {readings[1]}', f"write {readings[0]} or {readings[1]}")
    found = _NUMBER.fullmatch(bare)
    if found is None:
        return cell
    plain = bare.replace(",", ".")
    return _written_out(plain) if "e" in plain.casefold() else plain


def _written_out(scientific: str) -> str:
    from decimal import Decimal  # noqa: PLC0415 - few figures are so long

    said = f"{Decimal(scientific):f}"
    return said.rstrip("0").rstrip(".") if "." in said else said


def _same_number(cell: str, base: str) -> bool:
    if not re.fullmatch(r"-?\d+(\.\d+)?", base) or not _NUMBER.fullmatch(cell):
        return False
    from decimal import Context, Decimal  # noqa: PLC0415 - likewise

    shown, exact = Decimal(cell.replace(",", ".")), Decimal(base)
    if "e" not in cell.casefold():
        return shown == exact
    # A figure too long for its column is shown with fewer digits, and saved as it is shown.
    digits = max(len(shown.as_tuple().digits), 1)
    return shown == Context(prec=digits).create_decimal(exact)


def _same_month(cell: str, base: str) -> bool:
    """A month becomes its first day, or a name with a year."""
    found = _ISO.fullmatch(base)
    if found is None or found[3]:
        return False
    named = _NAMED.fullmatch(cell.strip())
    if named and not named[1]:
        return f"{_year(named[3])}-{_month(named[2])}" == base
    return any(day == f"{base}-01" for _, day in days(cell))


def _same_moment(cell: str, base: str) -> bool:
    """A moment loses its zone, and may lose its seconds."""
    was, now = _MOMENT.fullmatch(base), _MOMENT.fullmatch(cell)
    if was is None or now is None or not any(day == was[1] for _, day in days(now[1])):
        return False
    half = (now[5] or "").strip().casefold()
    hour = int(now[2]) % 12 + 12 * (half == "pm") if half else int(now[2])
    return (hour, now[3]) == (int(was[2]), was[3]) and now[4] in (None, was[4])
