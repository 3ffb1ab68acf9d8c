"""What a cell of a report says, in words, and by which number it is compared with others."""

from unicodedata import bidirectional

from dealtrack.domain.contents import Cell, Column, Interval, Table
from dealtrack.domain.date import UncertainDate
from dealtrack.domain.money import Money
from dealtrack.text.cells import say_cell
from dealtrack.text.money import digits_of

# Columns whose cells stand at the right, figure below figure.
FIGURES = frozenset(("count", "money", "amount", "percent", "days"))
_CENTS = 2
# A mark without a shape: what stands between two of them is read as English is.
_LEFT_TO_RIGHT = "\u200e"


# Controls, and what turns the direction of writing round: no page may hold the ones, and no name turn others round.
_ACTING = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\ufffd")
_ACTING |= dict.fromkeys(map(ord, "\t\n\v\f\r\x85"), " ") | dict.fromkeys(
    (0xFFFE, 0xFFFF, *range(0xD800, 0xE000)), "\ufffd"
)


def harmless(words: str) -> str:
    """The words on one line without anything that could act on a page."""
    return words if words.isascii() and words.isprintable() else words.translate(_ACTING)


def named(headline: str) -> str:
    """The name of a deal with arrows drawn as such; they keep names that are written from right to left apart."""
    plain = harmless(headline)
    apart = "" if plain.isascii() or not any(map(_leftwards, plain)) else _LEFT_TO_RIGHT
    return plain.replace(" -> ", f"{apart} \u2192 {apart}").replace(" <- ", f"{apart} \u2190 {apart}")


def _leftwards(letter: str) -> bool:
    return bidirectional(letter) in ("R", "AL")


def column_at(table: Table, key: str) -> int:
    """Where the column of that key stands."""
    return next(at for at, column in enumerate(table.columns) if column.key == key)


def said(cell: Cell, column: Column) -> str:
    """The cell in words that do nothing on a page; nothing where nothing is known."""
    words = say_cell(cell, column)
    return named(words) if column.sort == "deal" else harmless(words)


def title_of(column: Column) -> str:
    """The heading of a column, with the currency of money."""
    return harmless(f"{column.title}, {column.unit}" if column.unit and column.sort == "money" else column.title)


def weight(cell: Cell) -> int | str | None:
    """What the cell is compared by, where that is not its words; unknown lies below everything."""
    if isinstance(cell, UncertainDate):
        day = cell.earliest or cell.latest
        return day.isoformat() if day else None
    if isinstance(cell, (Interval, Money)):
        return cell.low if cell.low is not None else cell.high
    return cell if isinstance(cell, int) else None


def drawn_columns(table: Table) -> list[int]:
    """Where the columns stand that say anything; only a spare one is left out."""
    rows = [*table.rows, *([table.foot] if table.foot else [])]
    return [
        at
        for at, column in enumerate(table.columns)
        if not column.spare or any(row[at] not in (None, "", ()) for row in rows)
    ]


def digits(column: Column) -> int:
    """How many decimals the currency of a column of money has."""
    return digits_of(column.unit) if column.unit else _CENTS
