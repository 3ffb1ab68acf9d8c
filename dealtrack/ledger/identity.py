"""How a file is known to be a ledger, and of which schema."""

from dealtrack.domain.problem import Misuse, Problem

# "DEAL" in ASCII, at offset 68 of the file: https://www.sqlite.org/fileformat2.html#application_id
APPLICATION_ID = 0x4445414C
SCHEMA_VERSION = 3


class NoLedger(Problem):
    """There is no file at the path."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f'no ledger at "{path}"',
            f'check the path; to make one there with the bundled deals: dealtrack import --sample --create -l "{path}"',
        )


class NotALedger(Problem):
    """The file is something else, or damaged."""

    def __init__(self, path: str, why: str, hint: str = "name a ledger with --ledger FILE or DEALTRACK_LEDGER") -> None:
        super().__init__(f'"{path}" {why}', hint)


class Damaged(NotALedger):
    """The file was a ledger, but was altered past dealtrack, or is not whole."""

    def __init__(self, path: str, why: str) -> None:
        hint = "see all of it: dealtrack check; put a copy back: dealtrack backup --restore FILE"
        super().__init__(path, f"is damaged: {why}", hint)


class NewerLedger(Problem):
    """The file was written by a later dealtrack."""

    def __init__(self, path: str, version: int) -> None:
        super().__init__(
            f'"{path}" has schema {version}; this dealtrack knows schemas up to {SCHEMA_VERSION}',
            "install a newer dealtrack to open it",
        )


class OlderLedger(Problem):
    """The file was written by an earlier dealtrack, and its tables have to be brought up to date before it is read."""

    def __init__(self, path: str, version: int) -> None:
        super().__init__(
            f'"{path}" has schema {version}, and could not be brought to schema {SCHEMA_VERSION}',
            "put it where it may be written, and try again",
        )


class Busy(Problem):
    """Another process has held the ledger too long."""

    exit_code = 5

    def __init__(self, path: str, holder: str | None = None) -> None:
        who = holder or "another program"
        super().__init__(f'the ledger "{path}" is busy: {who} is at work on it', "try again in a moment")


class CannotWrite(Problem):
    """The disk, the folder or the file does not take the change; nothing of it was kept."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(
            f'cannot write to the ledger "{path}": {why}',
            "check free space and permissions; nothing was changed",
        )


class NoSuchDeal(Problem):
    """No deal is meant by a reference."""

    exit_code = 3


class AmbiguousDeal(NoSuchDeal):
    """A reference means more than one deal."""


class NoSuchCompany(Misuse):
    """A company is not known under that name."""


class NoSuchSource(Misuse):
    """A source is not known by that key or address."""


class NoSuchChange(Problem):
    """A change cannot be taken back."""
