"""Files that are written: under their name only when they are whole, and never over another unasked."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dealtrack.domain.problem import Misuse, Problem


class FileExists(Problem):
    """A file is there already and is not written over."""

    exit_code = 2

    def __init__(self, path: Path) -> None:
        super().__init__(f'"{path}" is there already', "add --force to write over it, or name another file")


class FileNotWritten(Problem):
    """A file cannot be written, and is what it was before."""

    def __init__(self, path: Path, error: OSError) -> None:
        why = (error.strerror or str(error)).lower()
        super().__init__(f'cannot write "{path}": {why}', "check the path, its permissions and free space")


@contextmanager
def new_file(path: Path, *, force: bool) -> Iterator[Path]:
    """A file written beside its place under a name of its own, and moved there only when it is whole.

    A pipe or device, which has no other place, is written through; a link is followed to what it means.
    """
    if path.exists() and not force:
        raise FileExists(path)
    place = path.resolve()
    if not place.parent.is_dir():
        raise Misuse(f'there is no folder "{path.parent}"', "make the folder first, or name another file")
    with telling_of(path):
        if place.exists() and not place.is_file():
            yield place
            return
        # Made here and by nobody else: a file or link that somebody put there is no place to write to.
        temporary = place.with_name(f".{place.name}.{os.getpid()}.part")
        temporary.unlink(missing_ok=True)
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _ORDINARY))
        try:
            yield temporary
            if force:
                temporary.replace(place)
            else:
                # Unlike a move, this fails where another program has made the file meanwhile.
                os.link(temporary, place)
        except FileExistsError as error:
            raise FileExists(path) from error
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


@contextmanager
def telling_of(path: Path) -> Iterator[None]:
    """Whatever the system says of files on the way, it is this one that cannot be written."""
    try:
        yield
    except OSError as error:
        raise FileNotWritten(path, error) from error


# The permissions of a new file, before the umask.
_ORDINARY = 0o666
