"""Open deals of which nothing was heard for long, or that are past their expected closing: what to verify first."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from dealtrack.domain.date import from_edtf
from dealtrack.domain.figures import DealRow
from dealtrack.domain.party import headline
from dealtrack.text.counts import counted
from dealtrack.text.dates import say_date

# What an entry tells, in order: the keys of its object and the columns of its row.
FIELDS: tuple[str, ...] = (
    "id", "slug", "deal", "status", "last_heard", "checked", "silent_days", "limit_days", "expected", "overdue_days",
    "disputed", "origins", "why",
)  # fmt: skip


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


def _urgency(entry: dict[str, Any]) -> tuple[int, float, int]:
    silent = entry["silent_days"] is not None and entry["silent_days"] > entry["limit_days"]
    times = (entry["silent_days"] or 0) / max(entry["limit_days"], 1)
    return -(2 * (entry["overdue_days"] is not None) + silent), -times, entry["id"]


def _entry(row: DealRow, today: date, limits: Limits) -> dict[str, Any] | None:
    limit = limits.rumored if row["status"] == "rumored" else limits.others
    silent = _days_since(_last_known(row), today)
    overdue = _days_since(row["expected_latest"], today)
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


def _last_known(row: DealRow) -> str | None:
    """The last day on which something was heard, by its first possible day, or somebody looked."""
    days = (row["last_heard_earliest"] or row["last_heard_latest"], row["checked"])
    return max((day for day in days if day), default=None)


def _days_since(day: str | None, today: date) -> int | None:
    return None if day is None else (today - date.fromisoformat(day)).days


def _reasons(entry: dict[str, Any], *, silent: bool) -> list[str]:
    reasons = []
    if entry["overdue_days"] is not None:
        when = say_date(from_edtf(entry["expected"]))
        reasons.append(f"overdue {counted(entry['overdue_days'], 'day')}: closing expected {when}")
    if silent:
        reasons.append(f"silent {counted(entry['silent_days'], 'day')}, limit {entry['limit_days']}")
    if entry["disputed"]:
        reasons.append(f"{', '.join(entry['disputed'])} disputed")
    if entry["origins"] == 0:
        reasons.append("no source")
    elif entry["origins"] == 1 and entry["status"] == "rumored":
        reasons.append("one origin only")
    return reasons
