"""Console sessions as text: commands after `$ `, what they print on a real terminal below, `...` for any lines."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

WIDTH = 100
SCRIPTS = Path(sys.executable).parent


@dataclass(frozen=True)
class Step:
    """One command with what it is expected to print; continued lines begin with `> `."""

    typed: tuple[str, ...]
    printed: tuple[str, ...]

    @property
    def command(self) -> str:
        return "\n".join(line[2:] for line in self.typed)


def steps(session: str) -> Iterator[Step]:
    """The commands of a session, each with the lines below it."""
    typed: list[str] = []
    printed: list[str] = []
    for line in session.splitlines():
        if line.startswith("$ "):
            if typed:
                yield Step(tuple(typed), tuple(printed))
            typed, printed = [line], []
        elif line.startswith("> ") and not printed:
            typed.append(line)
        else:
            printed.append(line)
    yield Step(tuple(typed), tuple(printed))


def environment(home: Path, **more: str) -> dict[str, str]:
    """A clean environment: this interpreter's scripts first, a home of its own, no color."""
    own = {"HOME": str(home), "XDG_DATA_HOME": str(home), "TERM": "xterm-256color", "LANG": "C.UTF-8", "NO_COLOR": "1"}
    path = f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}"
    return own | {"PATH": path, "DEALTRACK_USER": "ada", "PYTHONWARNINGS": "error"} | more


def on_terminal(command: str, folder: Path, env: dict[str, str], width: int = WIDTH) -> tuple[str, int]:
    """Run a shell command on a pseudo-terminal; what it showed, and its exit code."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
    process = subprocess.Popen(
        ["bash", "-c", command], stdin=theirs, stdout=theirs, stderr=theirs, env=env, cwd=folder, close_fds=True
    )
    os.close(theirs)
    shown = bytearray()
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # the other side is closed
            break
        if not piece:
            break
        shown += piece
    os.close(ours)
    return shown.decode().replace("\r\n", "\n"), process.wait()


def play(session: str, folder: Path, env: dict[str, str], *, codes: bool) -> str:
    """Run the session and return it as it really went; a failure's exit code stands below it as `[2]` if asked for.

    Where what was printed agrees with what was expected, the expectation is kept, wildcards and all.
    """
    lines: list[str] = []
    for step in steps(session):
        shown, code = on_terminal(step.command, folder, env)
        printed = shown.splitlines() + ([f"[{code}]"] if codes and code else [])
        expected = list(step.printed)
        blank = 0
        while expected and not expected[-1]:
            expected.pop()
            blank += 1
        # What is left wholly open is filled in: a command whose output does not matter has no place in a session.
        kept = expected != ["..."] and agrees(expected, printed)
        lines += [*step.typed, *(expected if kept else printed), *[""] * blank]
    return "\n".join(lines) + "\n"


def agrees(expected: list[str], printed: list[str]) -> bool:
    """Whether the lines are the expected ones; `...` alone is any lines, within a line any characters."""
    pattern = "".join(
        r"(?:.*\n)*" if line == "..." else re.escape(line).replace(r"\.\.\.", ".*") + r"\n" for line in expected
    )
    while printed and not printed[-1]:
        printed = printed[:-1]
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in printed)) is not None
