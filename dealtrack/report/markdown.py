"""A report as Markdown that GitHub renders: tables, and timelines as Mermaid's Gantt charts."""

import re
from collections.abc import Iterator
from datetime import timedelta

from dealtrack.domain.contents import Cell, Chart, Prose, Report, Table
from dealtrack.domain.status import PHASE_OF, STATUSES, Phase
from dealtrack.report.basis import basis_lines
from dealtrack.report.cells import FIGURES, drawn_columns, harmless, named, said, title_of
from dealtrack.report.lanes import EXPECTED, MILESTONE, Lane, Moment, Spans, spans

# Whatever Markdown may take for its own. A colon or a dot is escaped where it would make an address.
_ACTING = re.compile(r"[\\`*_{}\[\]<>|#~&$]|:(?=//)|(?<=www)\.")
# At the beginning of a line these are a list, a heading or a rule.
_BEGINNING = re.compile(r"^(\d*)([-+=.)])")
_ADDRESS = re.compile(r"https?://[^\s<>]+")
# More bars than these cannot be told apart.
_MOST_BARS = 120
_LONGEST_TASK = 60

_SIGNS = {
    "rumored": "◌", "talks": "○", "proposed": "◐", "agreed": "◕", "completed": "●", "stalled": "◇", "denied": "⊘",
    "rejected": "⊗", "withdrawn": "⊖", "terminated": "✕", MILESTONE: "▪", EXPECTED: "▷",
}  # fmt: skip
_TAGS: dict[Phase, str] = {"open": "active, ", "done": "done, ", "dead": "crit, ", "dormant": ""}


def written(report: Report) -> str:
    """The document."""
    return "".join(_pieces(report))


def _pieces(report: Report) -> Iterator[str]:
    tables = {table.key: table for table in report.tables}
    addresses = dict(report.addresses)
    yield f"# {_escaped(named(report.title))}\n\n"
    for part in report.parts:
        if isinstance(part, Prose):
            yield from _prose(part)
        elif isinstance(part, Chart):
            yield from _chart(part, tables[part.table])
        else:
            yield from _table(part, addresses)
    yield "## What this rests on\n\n"
    for term, told in basis_lines(report.basis):
        yield f"- {term}: {_escaped(told)}\n"


def _prose(part: Prose) -> Iterator[str]:
    if part.title:
        yield f"## {_escaped(part.title)}\n\n"
    for line in part.lines:
        yield f"{_line(line)}\n\n"


def _table(table: Table, addresses: dict[str, str]) -> Iterator[str]:
    yield f"## {_escaped(table.title)}\n\n"
    if not table.rows:
        yield "Nothing.\n\n"
        return
    places = drawn_columns(table)
    columns = [table.columns[at] for at in places]
    yield _row(_escaped(title_of(column)) for column in columns)
    yield _row("---:" if column.sort in FIGURES else "---" for column in columns)
    for row in table.rows:
        yield _row(_cell(row[at], table, at, addresses) for at in places)
    if table.foot:
        bold = ((_cell(table.foot[at], table, at, addresses)) for at in places)
        yield _row(f"**{words}**" if words else "" for words in bold)
    yield "\n"
    for note in table.notes:
        yield f"{_line(note)}\n\n"


def _row(cells: Iterator[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _cell(cell: Cell, table: Table, at: int, addresses: dict[str, str]) -> str:
    column = table.columns[at]
    words = _escaped(said(cell, column))
    if column.key == "status" and isinstance(cell, str) and cell in _SIGNS:
        return f"{_SIGNS[cell]} {words}"
    address = addresses.get(getattr(cell, "slug", ""), "")
    return f"[{words}](<{address.replace('|', '%7C')}>)" if _ADDRESS.fullmatch(address) else words


def _escaped(words: str) -> str:
    """The words on one line, each sign of Markdown's own as what it looks like."""
    return _ACTING.sub(lambda found: f"\\{found[0]}", " ".join(harmless(words).split()))


def _line(words: str) -> str:
    """The words as a paragraph that nothing makes into something else."""
    return _BEGINNING.sub(r"\1\\\2", _escaped(words))


# --- timelines --------------------------------------------------------------------------------------------------------


def _chart(chart: Chart, table: Table) -> Iterator[str]:
    """A timeline as a Gantt chart; charts of figures are left to the table that they are of."""
    if chart.shape != "spans" or not table.rows:
        return
    drawn = spans(chart, table)
    bars = sum(len(lane.moments) for lane in drawn.lanes)
    yield f"## {_escaped(chart.title)}\n\n"
    if bars > _MOST_BARS:
        yield f"{bars:,} dates are too many for a chart of this sort: see the table.\n\n"
        return
    yield "```mermaid\ngantt\n    dateFormat YYYY-MM-DD\n    axisFormat %b %Y\n"
    yield "    todayMarker off\n"
    number = 0
    for lane in drawn.lanes:
        if not drawn.by_event:
            yield f"    section {_task(lane.name)}\n"
        for moment in lane.moments:
            number += 1
            yield f"    {_task(_named(lane, moment, drawn))} :{_bar(moment, drawn, number)}\n"
    yield "```\n\n"


def _named(lane: Lane, moment: Moment, drawn: Spans) -> str:
    told = lane.words[0] if drawn.by_event and lane.words else moment.mark
    return f"{_SIGNS[moment.mark]} {told} {moment.said}"


def _bar(moment: Moment, drawn: Spans, number: int) -> str:
    """The days of a moment: a milestone for one day, else a bar over all that are possible."""
    begin = moment.when.earliest or drawn.stretch.first
    end = moment.when.latest or drawn.stretch.last
    if begin == end:
        return f"milestone, m{number}, {begin}, 0d"
    tag = next((_TAGS[PHASE_OF[status]] for status in STATUSES if status == moment.mark), "")
    return f"{tag}m{number}, {begin}, {end + timedelta(days=1)}"


# Mermaid ends a name at a colon and a statement at a semicolon, and knows no escape there: signs alike stand for them.
_ALIKE = str.maketrans(':;#`<>"\\', "\u2236,\u266f'\u2039\u203a'/")


def _task(words: str) -> str:
    """A name in a Gantt chart; longer ones are cut, since the table has them whole."""
    plain = " ".join(harmless(words).split()).translate(_ALIKE)
    return plain if len(plain) <= _LONGEST_TASK else plain[: _LONGEST_TASK - 1].rstrip() + "…"
