"""What one command did to the ledger."""

from dataclasses import dataclass


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
