"""A text handed to the user's editor and taken back; it is kept in a file until it is not needed any more."""

import os
import shlex
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dealtrack.domain.problem import Problem


class EditorFailed(Problem):
    """The editor cannot be run, failed, or gave back what cannot be read."""


class Paper:
    """A file to be edited, as often as it takes."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def edit(self, text: str) -> str:
        """What comes back of the text. Raises EditorFailed."""
        self.path.write_text(text, encoding="utf-8", newline="\n")
        command = [*_editor(), str(self.path)]
        with _left_to_the_editor():
            try:
                code = subprocess.run(command, check=False).returncode  # noqa: S603 - the user's own
            except OSError as error:
                what = f'the editor "{command[0]}" cannot be run: {error.strerror or error}'
                raise EditorFailed(what, "set VISUAL or EDITOR to one that can, such as EDITOR=nano") from error
        if code == -signal.SIGINT:
            raise KeyboardInterrupt
        if code != 0:
            raise EditorFailed(f'the editor "{command[0]}" ended with {code}', "nothing was changed")
        try:
            with self.path.open(encoding="utf-8-sig", newline="") as stream:
                return stream.read().replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            raise EditorFailed("the sheet came back in another encoding than UTF-8", "save it as UTF-8") from error

    def forget(self) -> None:
        """Remove the file."""
        self.path.unlink(missing_ok=True)


def new_paper() -> Paper:
    """A file of the user's own, which nobody else can read."""
    handle, name = tempfile.mkstemp(prefix="dealtrack-", suffix=".txt")
    os.close(handle)
    return Paper(Path(name))


def _editor() -> list[str]:
    """The words of $VISUAL, then $EDITOR, then vi where there is one."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or shutil.which("vi")
    try:
        words = shlex.split(named or "")
    except ValueError as error:
        raise EditorFailed(f'VISUAL or EDITOR cannot be read: "{named}"', "close its quotes") from error
    if not words:
        raise EditorFailed("no editor is named", "set VISUAL or EDITOR, such as EDITOR=nano; or correct by flags")
    return words


@contextmanager
def _left_to_the_editor() -> Iterator[None]:
    """Ctrl-C is the editor's while it runs. A handler, since what is ignored would be ignored by the editor too."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
