"""How a program is run to be measured: by its path, in a clean environment, with its time and its peak of memory."""

import fcntl
import os
import pty
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

# Beside the interpreter that runs this, links not followed: the environment's own programs, never a shim on PATH.
SCRIPTS = Path(sys.executable).parent
PYTHON, DEALTRACK, SQLITE_UTILS = (str(SCRIPTS / name) for name in ("python", "dealtrack", "sqlite-utils"))

LINES, COLUMNS = 60, 120
# Settings of the caller that would change what is measured, or where.
_UNSET = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "PYTHONPATH", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES")
# The unit of ru_maxrss: bytes on macOS, KiB elsewhere.
_UNIT = 1 if sys.platform == "darwin" else 1024


class Cost(NamedTuple):
    """What one run took: seconds by the clock, seconds of processor, and bytes of memory at its peak."""

    seconds: float
    cpu: float
    peak: int


class RunFailed(Exception):  # noqa: N818 - read as a sentence
    """A measured program did not end well, so that its time means nothing."""


def run(command: Sequence[str]) -> Cost:
    """Run a program whose output nobody reads."""
    return _run(command, subprocess.DEVNULL, None)


def run_on_terminal(command: Sequence[str]) -> Cost:
    """Run a program on a terminal of its own, reading all that it draws."""
    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    try:
        return _run(command, its, ours)
    finally:
        os.close(ours)


def _run(command: Sequence[str], stdout: int, terminal: int | None) -> Cost:
    with tempfile.TemporaryFile() as complaints:
        begin = time.perf_counter()
        process = subprocess.Popen(
            command,
            env=_environment(),
            stdin=subprocess.DEVNULL if terminal is None else stdout,
            stdout=stdout,
            stderr=complaints if terminal is None else stdout,
        )
        if terminal is not None:
            os.close(stdout)
            _read_all(terminal)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            complaints.seek(0)
            raise RunFailed(f"{' '.join(command)} ended with {process.returncode}: {complaints.read().decode()}")
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _UNIT)


def _read_all(terminal: int) -> None:
    """Read until the program has let go of the terminal, which Linux reports as an error and others as the end."""
    try:
        while os.read(terminal, 65_536):
            pass
    except OSError:
        return


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _UNSET}
    return {name: value for name, value in kept.items() if not name.startswith("DEALTRACK_")} | {
        "TERM": "xterm-256color",
        "LC_ALL": "C.UTF-8",
    }
