"""Console sessions as text: commands after `$ `, what they print on a real terminal below, `...` for any lines.

Lines that begin with `>> ` right below a command are typed as its questions come: one for each. `<Tab>` in one is the
key, `<Clear>` empties the line, and `^C` or `^D` alone is that. Without such lines the answers are those that stand
behind a `[Y/n]`.
"""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Sequence
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
        return "\n".join(line[2:] for line in self.typed if not is_answer(line))

    @property
    def answers(self) -> tuple[str, ...]:
        told = tuple(line[3:] for line in self.typed if is_answer(line))
        return told or tuple(found[1] for line in self.printed if (found := _ASKED.search(line)))


# A question as it stands in what is printed, with its answer.
_ASKED = re.compile(r"\[(?:Y/n|y/N)\] (.+)$")


def is_answer(line: str) -> bool:
    """Whether a line is typed into a command; `>>` alone is the Enter key."""
    return line == ">>" or line.startswith(">> ")


def steps(session: str) -> Iterator[Step]:
    """The commands of a session, each with the lines below it."""
    typed: list[str] = []
    printed: list[str] = []
    for line in session.splitlines():
        if line.startswith("$ "):
            if typed:
                yield Step(tuple(typed), tuple(printed))
            typed, printed = [line], []
        elif (line.startswith("> ") or is_answer(line)) and not printed:
            typed.append(line)
        else:
            printed.append(line)
    yield Step(tuple(typed), tuple(printed))


def environment(home: Path, **more: str) -> dict[str, str]:
    """A clean environment: this interpreter's scripts first, a home of its own, no color."""
    own = {"HOME": str(home), "XDG_DATA_HOME": str(home), "TERM": "xterm-256color", "LANG": "C.UTF-8", "NO_COLOR": "1"}
    own["TMPDIR"] = str(home)
    path = f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}"
    return own | {"PATH": path, "DEALTRACK_USER": "ada", "PYTHONWARNINGS": "error"} | more


def on_terminal(
    command: str, folder: Path, env: dict[str, str], width: int = WIDTH, answers: Sequence[str] = ()
) -> tuple[str, int]:
    """Run a shell command on a pseudo-terminal; what it showed, and its exit code. Each question gets an answer."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
    process = subprocess.Popen(
        ["bash", "-c", command], stdin=theirs, stdout=theirs, stderr=theirs, env=env, cwd=folder, close_fds=True,
        start_new_session=True, preexec_fn=take_terminal,  # noqa: PLW1509 - no threads here
    )  # fmt: skip
    os.close(theirs)
    shown, waiting = bytearray(), list(answers)
    while select.select([ours], [], [], _PATIENCE)[0]:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # the other side is closed
            break
        if not piece:
            break
        shown += piece
        if answers and _asks(shown, ours):
            # A question more than there are answers ends as a person would end it. Python misses a Ctrl-C between
            # the question and its own waiting, for which nobody is quick enough.
            time.sleep(_REACTION)
            os.write(ours, _keys(waiting.pop(0) if waiting else "^C"))
    else:
        process.kill()
        raise AssertionError(f"{command} waits for something, having shown:\n{shown.decode()}")
    os.close(ours)
    return "\n".join(map(_as_seen, shown.decode().replace("\r\n", "\n").split("\n"))), process.wait()


def _asks(shown: bytearray, terminal: int) -> bool:
    """Whether a question waits: it ends like one, or like one with an earlier answer and nothing more to come."""
    if shown.endswith(_QUESTION):
        return True
    last = shown.rpartition(b"\n")[2]
    return any(sign in last for sign in _QUESTION) and not select.select([terminal], [], [], _QUIET)[0]


def take_terminal() -> None:
    """Make the terminal the command's own, so that Ctrl-C reaches it, whatever the tests were started by."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


# A question ends like this, and a command that asks none is never quiet for so many seconds.
_QUESTION = (b": ", b"] ")
_PATIENCE = 60.0
_REACTION = 0.05
_QUIET = 0.5
# What moves the cursor, or tells the terminal how to take what is pasted.
_MOVES = re.compile(r"\x1b\[\?2004[hl]\r?|\x1b\[K|\x1b\[\d*[CP]|[\b\r\a]|.", re.DOTALL)


def _as_seen(line: str) -> str:
    """A line as it stands on the screen once it was edited: what was typed over is gone."""
    if not _EDITED.search(line):
        return line
    cells: list[str] = []
    at = 0
    for sign in _MOVES.findall(line):
        if sign in ("\b", "\r"):
            at = 0 if sign == "\r" else max(at - 1, 0)
        elif sign == "\x1b[K":
            del cells[at:]
        elif sign.endswith("P") and len(sign) > 1:
            del cells[at : at + int(sign[2:-1] or 1)]
        elif sign.endswith("C") and len(sign) > 1:
            at += int(sign[2:-1] or 1)
        elif sign != "\a" and not sign.startswith("\x1b[?"):
            cells[at : at + 1] = [sign]
            at += 1
    return "".join(cells)


_EDITED = re.compile(r"[\b\r\a]|\x1b\[\?2004")


def _keys(answer: str) -> bytes:
    control = {"^C": b"\x03", "^D": b"\x04"}
    return control.get(answer) or answer.replace("<Tab>", "\t").replace("<Clear>", "\x15").encode() + b"\r"


def play(session: str, folder: Path, env: dict[str, str], *, codes: bool) -> str:
    """Run the session and return it as it really went; a failure's exit code stands below it as `[2]` if asked for.

    Where what was printed agrees with what was expected, the expectation is kept, wildcards and all.
    """
    lines: list[str] = []
    for step in steps(session):
        shown, code = on_terminal(step.command, folder, env, answers=step.answers)
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
