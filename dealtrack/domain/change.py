"""What one command did to the ledger."""

from dataclasses import dataclass
from typing import Literal

Act = Literal["added", "altered", "removed"]


@dataclass(frozen=True, slots=True)
class Change:
    """One command, one change, one undo. `at` is UTC; `touched` counts rows by table name.

    `undoes` is the change that this one took back, `undone_by` the one that took this one back.
    """

    id: int
    at: str
    by: str
    command: str
    action: str
    undoes: int | None = None
    undone_by: int | None = None
    touched: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Writing:
    """One row that a change wrote: what it is of, and each field that differs, before and after.

    Before is None throughout for what was added, after for what was removed.
    """

    act: Act
    subject: str
    fields: tuple[tuple[str, str | None, str | None], ...]

    def taken_back(self) -> "Writing":
        """What undoing it writes."""
        fields = tuple((name, after, before) for name, before, after in self.fields)
        return Writing(_OPPOSITE[self.act], self.subject, fields)


_OPPOSITE: dict[Act, Act] = {"added": "removed", "altered": "altered", "removed": "added"}
