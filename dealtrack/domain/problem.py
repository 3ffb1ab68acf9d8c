"""What a person is told when something cannot go on: one sentence, one hint, one exit code."""

from typing import ClassVar


class Problem(Exception):  # noqa: N818 - it is a sentence to a person, not only an error
    """The base of every failure dealtrack explains; each room derives its own beside its door.

    `what` says what is wrong and where, `hint` what to type next. `exit_code` is the process's.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, what: str, hint: str) -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint


class Misuse(Problem):
    """What was typed cannot be read: exit code 2."""

    exit_code: ClassVar[int] = 2


class MissingLibrary(Problem):
    """What a file is made with is an extra of dealtrack that is not installed."""

    def __init__(self, format_: str, library: str, extra: str) -> None:
        super().__init__(f"{format_} needs {library}, which is not installed", f"pip install 'dealtrack[{extra}]'")


class NoRoom(Problem):
    """What is too large for memory cannot be put into temporary files meanwhile."""

    def __init__(self, why: object) -> None:
        super().__init__(
            f"temporary files cannot be written: {why}", "make room for them, or name another folder: TMPDIR=FOLDER"
        )
