"""Open deals of which nothing was heard for long, or that are past their expected closing: what to verify first."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from dealtrack.domain.contents import Basis, Cell, Column, Reference, Report, Table
from dealtrack.domain.date import from_edtf
from dealtrack.domain.figures import DealRow
from dealtrack.domain.party import headline
from dealtrack.report.basis import NO_RATES, NO_VALUES, Rules
from dealtrack.text.counts import counted

# What an entry tells, in order. The reasons are spared first: the days tell most of them.
COLUMNS: tuple[Column, ...] = (
    Column("id", "ID", "count"),
    Column("deal", "Deal", "deal"),
    Column("status", "Status"),
    Column("last_heard", "Heard", "date"),
    Column("checked", "Checked", "date", spare=1),
    Column("silent_days", "Silent days", "count"),
    Column("limit_days", "Day limit", "count", spare=3),
    Column("expected", "Expected", "date", spare=2),
    Column("overdue_days", "Overdue days", "count"),
    Column("disputed", "Disputed", "words", spare=4),
    Column("origins", "Origins", "count", spare=5),
    Column("why", "Why", spare=6),
)


class Limits(NamedTuple):
    """After how many days of silence a deal is stale: a rumor sooner than what is further on."""

    rumored: int = 90
    others: int = 180


def stale(rows: Iterable[DealRow], today: date, limits: Limits) -> list[dict[str, Any]]:
    """The stale and overdue ones of the open deals among the rows, those to be verified first at the top.

    Silence counts from the first possible day of what was last heard, or from the last day somebody looked. First come
    deals that are both silent and overdue, then overdue ones, then silent ones; among each those first that are the
    most times over their limit.
    """
    found = [entry for row in rows if row["phase"] == "open" and (entry := _entry(row, today, limits))]
    return sorted(found, key=_urgency)


def rules(limits: Limits) -> Rules:
    """What the report goes by."""
    return Rules(
        dates="last heard, by its first possible day, or the last day somebody looked",
        values=NO_VALUES,
        rates=NO_RATES,
        rule=(
            "every open deal that matches and is past its expected closing, or silent for more than "
            f"{counted(limits.rumored, 'day')} if rumored, else {counted(limits.others, 'day')}"
        ),
    )


_ORDER = "What is past its closing comes first, then what is silent for the most times its limit."


def stale_report(entries: Sequence[Mapping[str, Any]], basis: Basis) -> Report:
    """The entries as a report of one table."""
    overdue = sum(entry["overdue_days"] is not None for entry in entries)
    note = f"{counted(len(entries), 'deal')} to verify · {overdue} past their expected closing"
    rows = tuple(tuple(_cell(entry, column) for column in COLUMNS) for entry in entries)
    title = "Deals to verify, the most urgent first"
    notes = (note, _ORDER) if entries else ("Nothing is stale.",)
    table = Table("stale", title, COLUMNS, rows, notes=notes)
    return Report("stale", title, basis, (table,))


def _cell(entry: Mapping[str, Any], column: Column) -> Cell:
    value = entry[column.key]
    if column.sort == "deal":
        return Reference(entry["slug"], value or entry["slug"])
    if column.sort == "date":
        return from_edtf(value) if value else None
    return tuple(value) if column.sort == "words" else value


def reviewed(rows: Iterable[DealRow], today: date, limits: Limits | None = None) -> Iterator[DealRow]:
    """The rows, each with the day of `review`: when silence makes it stale, or today where it has; None if never."""
    for row in rows:
        known = last_known(row) if row["phase"] == "open" else None
        day = date.fromisoformat(known) + timedelta(limit_of(row, limits or Limits()) + 1) if known else None
        yield {**row, "review": day and max(day, today)}


def limit_of(row: DealRow, limits: Limits) -> int:
    """How many days of silence the deal may have."""
    return limits.rumored if row["status"] == "rumored" else limits.others


def _urgency(entry: dict[str, Any]) -> tuple[int, float, int]:
    silent = entry["silent_days"] is not None and entry["silent_days"] > entry["limit_days"]
    times = (entry["silent_days"] or 0) / max(entry["limit_days"], 1)
    return -(2 * (entry["overdue_days"] is not None) + silent), -times, entry["id"]


def _entry(row: DealRow, today: date, limits: Limits) -> dict[str, Any] | None:
    limit = limit_of(row, limits)
    silent = days_since(last_known(row), today)
    overdue = days_since(row["expected_latest"], today)
    is_silent, is_overdue = silent is not None and silent > limit, overdue is not None and overdue > 0
    if not is_silent and not is_overdue:
        return None
    entry = {
        "id": row["id"],
        "slug": row["slug"],
        "deal": headline([(name, role) for _, name, role in row["parties"]]),
        "status": row["status"],
        "last_heard": row["last_heard"],
        "checked": row["checked"],
        "silent_days": silent,
        "limit_days": limit,
        "expected": row["expected"],
        "overdue_days": overdue if is_overdue else None,
        "disputed": row["disputed"].split(";") if row["disputed"] else [],
        "origins": row["origins"],
    }
    return entry | {"why": "; ".join(_reasons(entry, silent=is_silent))}


def last_known(row: DealRow) -> str | None:
    """The last day on which something was heard, by its first possible day, or somebody looked."""
    days = (row["last_heard_earliest"] or row["last_heard_latest"], row["checked"])
    return max((day for day in days if day), default=None)


def days_since(day: str | None, today: date) -> int | None:
    """How many days ago that was; negative where it lies ahead."""
    return None if day is None else (today - date.fromisoformat(day)).days


def _reasons(entry: dict[str, Any], *, silent: bool) -> list[str]:
    reasons = ["overdue"] if entry["overdue_days"] is not None else []
    if silent:
        reasons.append("silent")
    if entry["disputed"]:
        reasons.append(f"{', '.join(entry['disputed'])} disputed")
    if entry["origins"] == 0:
        reasons.append("no source")
    elif entry["origins"] == 1 and entry["status"] == "rumored":
        reasons.append("one origin only")
    return reasons
