"""Which pages are tried; reports that are long, of many lanes, or full of words from somebody who means harm."""

from dealtrack.domain.contents import Basis, Chart, Column, Interval, Prose, Reference, Report, Table
from dealtrack.domain.date import from_edtf
from dealtrack.report.pages import PAGES

SHAPES: dict[str, tuple[str, ...]] = {
    "deal": ("timeline", "openai-stoke-space-2025"),
    "deal-expected": ("timeline", "207"),
    "company": ("timeline", "--company", "rocket-lab"),
    "target": ("timeline", "--target", "speedcast"),
    "quarters": ("timeline", "--sector", "launch", "--on", "2025", "--by", "quarter"),
    "nothing": ("timeline", "--sector", "launch", "--kind", "partnership", "--buyer", "spacex", "--by", "year"),
}

# Each would do something somewhere, if it were not taken for a name.
HOSTILE = (
    "<script>alert(1)</script>",
    "</title></style><img src=x onerror=alert(1)>",
    "| a | b |\n| --- | --- |",
    "]] --> ]]> <!-- &amp; &#60;",
    "[click](javascript:alert(1)) `code` **bold** ~~gone~~ $x$",
    "title x:y;z #1 %% click m1 call alert()",
    "{{ 7 * 7 }} {% raw %}",
    "\u202eevil\u2066 \x1b[31m\x00\x07",
    "حلول الفضاء",
    "ח" * 200,
    "W" * 200,
    "\ufffe\uffff",
)
BASIS = Basis("deals.db", "none", "today", "dates", "none", "none", "every deal", 1, 1, "0")


def hostile() -> Report:
    """A report in which every word comes from somebody who means harm."""
    columns = (
        Column("deal", "<b>Deal</b>", "deal"), Column("date", "When | then", "date"), Column("status", "Status"),
        Column("worth", "Worth", "money", "USD"), Column("source", "Source", "source"),
    )  # fmt: skip
    dates = ("2025-12-03", "../2019", "2024/..", "2025-22~", "2025")
    rows = tuple(
        (Reference(f"d{at}", word), from_edtf(dates[at % 5]), word, Interval(100 * at, None), Reference(f"s{at}", word))
        for at, word in enumerate(HOSTILE)
    )
    addresses = tuple(
        (f"s{at}", ("javascript:alert(1)", 'https://example.com/"><script>|a b', "data:text/html,x")[at % 3])
        for at, _ in enumerate(HOSTILE)
    )
    parts = (
        Prose("", HOSTILE),
        Chart("spans", HOSTILE[0], "spans", "t", "date", ("deal", "status"), "status"),
        Chart("bars", HOSTILE[1], "bars", "t", "deal", ("worth",)),
        Table("t", HOSTILE[2], columns, rows, foot=(None, None, HOSTILE[0], Interval(1, 2), None), notes=HOSTILE),
        Prose(HOSTILE[0], HOSTILE),
    )
    basis = BASIS._replace(filters=HOSTILE[0], ledger=HOSTILE[1])
    return Report("<i>timeline</i>", " -> ".join(HOSTILE[:3]), basis, parts, addresses)


def long(rows: int = 1000) -> Report:
    """A report of one long table: its rows from the last day to the first, every third without a value."""
    columns = (
        Column("number", "#", "count"), Column("deal", "Deal", "deal"), Column("date", "Since", "date"),
        Column("status", "Status"), Column("worth", "Value", "money", "USD"),
    )  # fmt: skip
    statuses = ("agreed", "completed", "withdrawn")
    made = tuple(
        (
            at,
            Reference(f"d{at}", f"Aster Robotics -> Nova {at:04}"),
            from_edtf(f"{2024 - at // 100}-{12 - at // 10 % 10:02}-{28 - at % 10}"),
            statuses[at % 3],
            Interval(100 * at, 200 * at) if at % 3 else None,
        )
        for at in range(rows)
    )
    return Report("long", "Long", BASIS, (Table("deals", "Deals", columns, made, notes=("Made up.",)),))


def many() -> Report:
    """A report of many lanes, each of a deal agreed and completed some time later."""
    columns = (Column("deal", "Deal", "deal"), Column("date", "When", "date"), Column("status", "Status"))
    steps = (("agreed", "-01-0"), ("completed", "-0"))
    rows = tuple(
        (
            Reference(f"d{at}", f"Aster Robotics -> Nova {at:03}"),
            from_edtf(f"{2010 + at % 12}{day}{at % 9 + 1}"),
            status,
        )
        for at in range(150)
        for status, day in steps
    )
    chart = Chart("lanes", "Lanes", "spans", "steps", "date", ("deal", "status"), "status")
    return Report("many", "Many", BASIS, (chart, Table("steps", "Steps", columns, rows)))


def written(name: str, report: Report) -> str:
    made = next(page for page in PAGES if page.name == name).write(report)
    assert isinstance(made, str)
    return made
