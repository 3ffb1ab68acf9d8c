"""`company duplicates`: pairs of companies that may be one, as a table, in a pipe, or one by one at a terminal."""

from collections.abc import Sequence
from typing import Annotated

from typer import Option

from dealtrack.cli.asking import may_ask
from dealtrack.cli.desk import Desk
from dealtrack.cli.options import Output, WriteFlags
from dealtrack.cli.output import FIRST_ROWS, format_of, put_text, say_hidden
from dealtrack.cli.querying import limit_of
from dealtrack.domain.contents import Cell, Column, Reference, Table
from dealtrack.domain.double import Double, Side, judged, speaks_against, speaks_for
from dealtrack.domain.problem import Misuse
from dealtrack.exchange.formats import ROWS
from dealtrack.text.counts import counted

_Score = Annotated[
    str | None,
    Option("--score", help="How near at least, from 70 to 100; usually 80.", metavar="N", show_default=False),
]

_COLUMNS = (
    Column("score", "Score", "count"),
    Column("company", "Company", "company"),
    Column("other", "Other", "company"),
    Column("alike", "Names that are near", "words", spare=2),
    Column("for", "Speaks for it", "words"),
    Column("against", "Speaks against it", "words"),
    Column("judged", "Judged before", spare=1),
)


_NoInput = Annotated[bool, Option("--no-input", help="Ask nothing, as off a terminal.")]


def duplicates(desk: Desk, output: Output, score: _Score = None, no_input: _NoInput = False) -> None:
    """Find companies that may be the same one, the nearest names first, with what speaks for it and against.

    Those that were judged the same or different are left out. On a terminal you are asked of each pair, and each answer
    is a judgement; with -O, off a terminal and under --no-input they are listed. Nothing is merged by itself.
    """
    # Loaded by what looks for doubles, and the library that compares names with it.
    from dealtrack.ledger.doubles import NEAR, near_pairs  # noqa: PLC0415
    from dealtrack.ledger.evidence import doubles  # noqa: PLC0415 - likewise

    least = NEAR if score is None else _score(score)
    near = near_pairs(desk.ledger.connection, least)
    write = WriteFlags(no_input=no_input)
    if not (output.ids or output.json or output.format or output.output) and near and may_ask(write):
        from dealtrack.cli.walking import walk  # noqa: PLC0415 - where somebody is asked

        walk(desk, near[: limit_of(output.limit) if output.limit is not None else None], write)
        return
    format_ = "ids" if output.ids else format_of(desk, output, ROWS)
    most = limit_of(output.limit) if output.limit is not None else FIRST_ROWS if desk.screen.terminal else None
    shown = near[:most]
    if format_ == "ids":
        found = (" ".join(side.slug for side in double.sides) for double in doubles(desk.ledger.connection, shown))
        put_text(desk, output, (f"{slugs}\n" for slugs in found))
        return
    table = _table(list(doubles(desk.ledger.connection, shown)))
    if format_ != "table":
        from dealtrack.exchange.contents import rows_written  # noqa: PLC0415 - the screen needs no file

        put_text(desk, output, rows_written(table, format_))
        return
    _show(desk, table, len(near), least)


def _score(word: str) -> int:
    from dealtrack.ledger.doubles import LEAST  # noqa: PLC0415 - as above
    from dealtrack.ledger.nearness import SAME_LETTERS  # noqa: PLC0415 - as above

    if not (word.isascii() and word.isdigit() and len(word) <= 3 and LEAST <= int(word) <= SAME_LETTERS):
        raise Misuse(f'"{word}" is no score to ask for', f"write a number from {LEAST} to {SAME_LETTERS}")
    return int(word)


def _table(found: Sequence[Double]) -> Table:
    return Table("pairs", "Companies that may be the same", _COLUMNS, tuple(map(_row, found)))


def _row(double: Double) -> tuple[Cell, ...]:
    one, other = map(_named, double.sides)
    return double.score, one, other, double.alike, speaks_for(double), speaks_against(double), judged(double)


def _named(side: Side) -> Reference:
    return Reference(side.slug, side.name)


def _show(desk: Desk, table: Table, found: int, least: int) -> None:
    if not found:
        desk.say(f"No pairs of companies score {least} or more that are not judged.")
        return
    from dealtrack.view.contents import table_page  # noqa: PLC0415 - drawing is loaded by what draws

    page = table_page(table, desk.screen)
    desk.show(page.lines)
    say_hidden(desk, page.hidden, "-O csv")
    if found > len(table.rows):
        desk.say(f"the first {len(table.rows):,} of {counted(found, 'pair')}; -n 0 shows all")
    desk.say("Judge them: dealtrack company merge, distinct or unsure, with both names")
