"""Who holds a ledger that is busy, as far as the system tells."""

import os
from contextlib import suppress
from pathlib import Path

# Linux lists every lock that a process holds on a file: https://man7.org/linux/man-pages/man5/proc_locks.5.html
# Asking the file itself (F_GETLK) would take opening it, and closing it again lets go of SQLite's own locks.
_LOCKS = Path("/proc/locks")
_LONGEST_COMMAND = 200


def holder(path: Path) -> str | None:
    """The process that has locked the file, a writer before readers: `process 4711 of ada (dealtrack import x.zip)`.

    None where the system does not tell, or nobody holds it any more.
    """
    try:
        inode = path.stat().st_ino
        locks = [line.split() for line in _LOCKS.read_text(encoding="ascii").splitlines()]
    except (OSError, UnicodeDecodeError):
        return None
    # `1: POSIX ADVISORY WRITE 4711 08:01:393226 1073741825 1073741825`, a process that waits for one with `->`.
    held = [(words[3] != "WRITE", int(words[4])) for words in locks if words[1] != "->" and _of(words[5], inode)]
    others = sorted(lock for lock in held if lock[1] > 0 and lock[1] != os.getpid())
    return _named(others[0][1]) if others else None


def _of(place: str, inode: int) -> bool:
    return place.rpartition(":")[2] == str(inode)


def _named(process: int) -> str:
    name = f"process {process}"
    proc = Path(f"/proc/{process}")
    with suppress(OSError, KeyError, ImportError):
        import pwd  # noqa: PLC0415 - Unix only, and only where a ledger is busy

        name += f" of {pwd.getpwuid(proc.stat().st_uid).pw_name}"
    with suppress(OSError):
        words = [word for word in (proc / "cmdline").read_bytes().decode(errors="replace").split("\0") if word]
        # What an interpreter runs says more than the interpreter.
        if len(words) > 1 and Path(words[0]).name.startswith("python"):
            words = words[1:]
        command = " ".join([Path(words[0]).name, *words[1:]]) if words else ""
        name += f" ({command[:_LONGEST_COMMAND]})" if command else ""
    return name
