"""Which report was the last one, by ledger and filters: a small file in the user's data folder."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, Self

from dealtrack.cli.files import new_file, telling_of

NAME = "last-reports.json"


class Moment(NamedTuple):
    """Up to which change a ledger was reported on, and the day that was taken for today."""

    change: int
    day: date


class Entry(NamedTuple):
    """The last report, and the one that it was itself compared with, if there was one."""

    last: Moment
    before: Moment | None

    def compared_with(self, now: Moment) -> Moment | None:
        """What a report of now is compared with; the same report, asked for again, with the same as before."""
        return self.before if now == self.last else self.last


class Remembered:
    """The reports that are remembered; what cannot be read of them is said once, and forgotten."""

    def __init__(self, path: Path, say: Callable[[str], None]) -> None:
        self.path = path
        try:
            self._entries = _read(path)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            self._entries = {}
            say(f'"{path}" cannot be read, so no earlier report is known; it is written anew')

    @classmethod
    def beside(cls, ledger: Path, say: Callable[[str], None]) -> Self:
        """Those in the folder of the usual ledger."""
        return cls(ledger.with_name(NAME), say)

    def last(self, ledger: Path, filters: str) -> Entry | None:
        """The last report of a ledger with these filters."""
        return self._entries.get(_key(ledger), {}).get(filters)

    def remember(self, ledger: Path, filters: str, now: Moment) -> None:
        """Let now be the last report. Raises FileNotWritten, and then the file is as it was."""
        known = self.last(ledger, filters)
        entry = Entry(now, known.compared_with(now) if known else None)
        if entry == known:
            return
        self._entries.setdefault(_key(ledger), {})[filters] = entry
        with telling_of(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
        with new_file(self.path, force=True) as temporary:
            temporary.write_text(json.dumps(_object(self._entries), indent=2) + "\n", encoding="utf-8")


def _key(ledger: Path) -> str:
    return str(ledger.resolve())


def _read(path: Path) -> dict[str, dict[str, Entry]]:
    if not path.exists():
        return {}
    told = json.loads(path.read_text(encoding="utf-8"))
    return {
        ledger: {filters: _entry(entry["last"], entry["before"]) for filters, entry in reports.items()}
        for ledger, reports in told.items()
    }


def _entry(last: Any, before: Any) -> Entry:
    return Entry(_moment(last), None if before is None else _moment(before))


def _moment(told: Any) -> Moment:
    if not isinstance(told["change"], int):
        raise TypeError(told)
    return Moment(told["change"], date.fromisoformat(told["day"]))


def _object(entries: dict[str, dict[str, Entry]]) -> dict[str, Any]:
    """The entries as JSON has them."""
    return {
        ledger: {
            filters: {name: moment and {"change": moment.change, "day": str(moment.day)} for name, moment in named}
            for filters, named in ((filters, entry._asdict().items()) for filters, entry in reports.items())
        }
        for ledger, reports in entries.items()
    }
