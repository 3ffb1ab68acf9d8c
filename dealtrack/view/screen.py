"""Where output goes: how wide, in which characters, with color or without."""

import os
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, TextIO, TypeVar

from dealtrack.view.safe import safe

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

Item = TypeVar("Item")

Color = Literal["auto", "always", "never"]

# What is laid out for a pipe has this width, unless COLUMNS says another.
_PIPE_WIDTH = 100
_USUAL_WIDTH = 80
# Below this nothing can be laid out: a narrower terminal wraps.
_LEAST_WIDTH = 40


class Screen:
    """The one place that prints. Built once per command; Rich is loaded by the first thing shown."""

    def __init__(
        self,
        stdout: TextIO,
        stderr: TextIO,
        *,
        width: int = _USUAL_WIDTH,
        bounded: bool = True,
        color: bool = False,
        ascii_only: bool = False,
        terminal: bool = False,
        quiet: bool = False,
    ) -> None:
        self.width = max(width, _LEAST_WIDTH)
        # Whether the width is a limit; a pipe that names none has no edge to keep off.
        self.bounded = bounded
        self.color = color
        self.ascii = ascii_only
        self.terminal = terminal
        self.quiet = quiet
        self._stdout = stdout
        self._stderr = stderr
        self._console: Console | None = None

    @classmethod
    def open(
        cls,
        color: str | None,
        env: Mapping[str, str],
        stdout: TextIO,
        stderr: TextIO,
        *,
        ascii_only: bool | None = None,
        width: int | None = None,
        quiet: bool = False,
    ) -> "Screen":
        """The screen that flags, environment and terminal amount to."""
        terminal = stdout.isatty()
        stated = width or _columns(env)
        return cls(
            stdout,
            stderr,
            width=stated or (_terminal_width(stdout) if terminal else _PIPE_WIDTH),
            bounded=terminal or stated is not None,
            color=_colored(color, env, terminal=terminal),
            ascii_only=_ascii(env, stdout) if ascii_only is None else ascii_only,
            terminal=terminal,
            quiet=quiet,
        )

    def show(self, renderable: "RenderableType") -> None:
        """Print something laid out on standard output; a string is one or more plain lines."""
        # Rich is the screen's deferred door: a command that only writes data never loads it.
        from dealtrack.view.lines import Lines  # noqa: PLC0415

        if isinstance(renderable, str):
            renderable = Lines.of(self, ([(safe(line), "")] for line in renderable.splitlines() or [""]))
        self._rich().print(renderable, end="", crop=False, no_wrap=True, overflow="ignore")

    def write(self, data: str) -> None:
        """Write data on standard output as it is; data is UTF-8 where the screen's encoding cannot say it."""
        try:
            self._stdout.write(data)
        except UnicodeEncodeError:
            self._stdout.flush()
            self._stdout.buffer.write(data.encode("utf-8", "replace"))
            self._stdout.buffer.flush()

    @property
    def binary(self) -> BinaryIO:
        """Standard output for what is no text."""
        self._stdout.flush()
        return self._stdout.buffer

    def say(self, text: str) -> None:
        """Talk, on standard error, unless asked to be quiet."""
        if self.quiet:
            return
        lines = "".join(f"{safe(line)}\n" for line in text.splitlines() or [""])
        encoding = self._stderr.encoding or "utf-8"
        self._stderr.write(lines.encode(encoding, "replace").decode(encoding))

    def note(self, text: str) -> None:
        """Talk that stands below what was drawn, broken at plain blanks where the screen has its edge."""
        # As in `show`: what is drawn has loaded it.
        from dealtrack.view.lines import flow  # noqa: PLC0415

        lines = flow(((safe(word), "") for word in text.split(" ")), self.width) if self.bounded else []
        self.say("\n".join("".join(words for words, _ in line) for line in lines) or text)

    def watched(
        self, items: Iterable[Item], say: Callable[[int], str], weigh: Callable[[Item], int] = lambda _: 1
    ) -> Iterable[Item]:
        """The items, while it is told on standard error, where that is a terminal, how far they have come."""
        if self.quiet or not self._stderr.isatty():
            return items
        from dealtrack.view.progress import watched  # noqa: PLC0415 - nothing else shows progress

        return watched(items, say, self._stderr, weigh)

    def _rich(self) -> "Console":
        if self._console is None:
            from rich.console import Console  # noqa: PLC0415 - the same door

            # Every setting is explicit: Rich would otherwise read the environment by rules of its own.
            settings: dict[str, Any] = {"markup": False, "emoji": False, "highlight": False, "legacy_windows": False}
            self._console = Console(
                file=self._stdout,
                width=self.width,
                force_terminal=self.color,
                force_jupyter=False,
                no_color=not self.color,
                color_system="standard" if self.color else None,
                **settings,
            )
        return self._console


def _columns(env: Mapping[str, str]) -> int | None:
    columns = env.get("COLUMNS", "")
    return int(columns) if columns.isascii() and columns.isdigit() and 0 < int(columns) < 10_000 else None


def _terminal_width(stdout: TextIO) -> int:
    try:
        return os.get_terminal_size(stdout.fileno()).columns or _USUAL_WIDTH
    except (OSError, ValueError):
        return _USUAL_WIDTH


def _ascii(env: Mapping[str, str], stdout: TextIO) -> bool:
    encoding = (stdout.encoding or "ascii").lower().replace("-", "").replace("_", "")
    return env.get("TERM") == "dumb" or not encoding.startswith("utf")


def _colored(asked: str | None, env: Mapping[str, str], *, terminal: bool) -> bool:
    """The flag, then NO_COLOR, then CLICOLOR_FORCE and FORCE_COLOR (0 is off), then whether this is a terminal."""
    if asked in ("always", "never"):
        return asked == "always"
    if env.get("NO_COLOR"):
        return False
    for name in ("CLICOLOR_FORCE", "FORCE_COLOR"):
        if env.get(name):
            return env[name] != "0"
    return terminal and env.get("TERM") != "dumb"
