"""Completion in real shells on real terminals: what is typed, Tab, Enter, and which words the command is given."""

import fcntl
import os
import pty
import select
import shutil
import struct
import subprocess
import termios
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from console import environment, take_terminal
from harmful import HOSTILE, put_in

# How each is started without anybody's settings, told of completion, and how it tells which words a command is given.
SHELLS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "bash": (
        ("bash", "--norc", "--noprofile", "-i"),
        ('eval "$(dealtrack completion bash)"', "dealtrack() { printf '%s\\0' \"$@\" > new; mv new words; }"),
    ),
    "zsh": (
        ("zsh", "-f", "-i"),
        ('eval "$(dealtrack completion zsh)"', "dealtrack() { printf '%s\\0' \"$@\" > new; mv new words; }"),
    ),
    "fish": (
        ("fish", "--no-config", "-i"),
        ("dealtrack completion fish | source", "function dealtrack; string join0 -- $argv > new; mv new words; end"),
    ),
}
_PATIENCE = 30.0


class Typist:
    """Somebody at a shell."""

    def __init__(self, shell: str, folder: Path) -> None:
        command, lines = SHELLS[shell]
        self.folder = folder
        self.terminal, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 100, 0, 0))
        env = environment(folder, DEALTRACK_LEDGER="deals.db", PS1="$ ", XDG_CONFIG_HOME=str(folder / "config"))
        self.process = subprocess.Popen(
            command, stdin=theirs, stdout=theirs, stderr=theirs, env=env, cwd=folder, start_new_session=True,
            preexec_fn=take_terminal,  # noqa: PLW1509 - no threads here
        )  # fmt: skip
        os.close(theirs)
        self.seen = ""
        for line in lines:
            self.press(f"{line}\r")
        self.words("dealtrack ready\r")

    def press(self, keys: str) -> None:
        """Type, and keep what is shown meanwhile."""
        os.write(self.terminal, keys.encode())
        self.watch(0.05)

    def watch(self, seconds: float) -> str:
        """What is shown from now on, until nothing more is for so long."""
        while select.select([self.terminal], [], [], seconds)[0]:
            self.seen += os.read(self.terminal, 65536).decode(errors="replace")
        return self.seen

    def words(self, keys: str) -> list[str]:
        """The words that the command is given when the keys are typed."""
        given = self.folder / "words"
        given.unlink(missing_ok=True)
        self.press(keys)
        end = time.monotonic() + _PATIENCE
        while not given.exists():
            self.watch(0.02)
            assert time.monotonic() < end, f"{keys!r} gives nothing, having shown:\n{self.seen}"
        return given.read_text(encoding="utf-8").removesuffix("\0").split("\0")

    def shows(self, keys: str, told: str) -> None:
        """Whether something is shown when the keys are typed; what was typed is wiped out."""
        self.seen = ""
        self.press(keys)
        end = time.monotonic() + _PATIENCE
        while told not in self.seen:
            self.watch(0.02)
            assert time.monotonic() < end, f"{keys!r} shows:\n{self.seen}"
        # What leaves a list, and what wipes out a line.
        self.press("\x03")
        self.press("\x15")

    def leave(self) -> None:
        """Go."""
        with suppress(OSError):
            os.close(self.terminal)
        self.process.kill()
        self.process.wait()


@pytest.fixture(params=SHELLS)
def typist(request: pytest.FixtureRequest, desk: Path) -> Iterator[Typist]:
    """Somebody at each shell, in a folder with the bundled deals."""
    shell: str = request.param
    assert shutil.which(shell), f"{shell} is what .ci/run installs for this"
    (desk / "rep ort.csv").touch()
    somebody = Typist(shell, desk)
    yield somebody
    somebody.leave()


TYPED = (
    ("sta\t", ["status"]),
    ("report pipe\t", ["report", "pipeline"]),
    ("show geost\t", ["show", "rocket-lab-geost-2025"]),
    ("show openai-s\t", ["show", "openai-stoke-space-2025"]),
    ("show 178\t", ["show", "178"]),
    ("list --disp\t", ["list", "--disputed"]),
    ("list --status agr\t", ["list", "--status", "agreed"]),
    ("list --status=agr\t", ["list", "--status=agreed"]),
    ("list -s not:agr\t", ["list", "-s", "not:agreed"]),
    ("list -s n\tagr\t", ["list", "-s", "not:agreed"]),
    ("list -s agreed,comp\t", ["list", "-s", "agreed,completed"]),
    ("list --columns id,sl\t", ["list", "--columns", "id,slug"]),
    ("list -S -va\t", ["list", "-S", "-value"]),
    ("list --buyer rocket-la\t", ["list", "--buyer", "rocket-lab"]),
    ("list --buyer Rocket\\ Lab\\ U\t", ["list", "--buyer", "Rocket Lab USA"]),
    ('list --buyer "Rocket Lab U\t', ["list", "--buyer", "Rocket Lab USA"]),
    ("list --buyer 'Rocket Lab U\t", ["list", "--buyer", "Rocket Lab USA"]),
    ('list --buyer "rocket lab u\t', ["list", "--buyer", "Rocket Lab USA"]),
    ("add -k acquisition --form merg\t", ["add", "-k", "acquisition", "--form", "merger"]),
    ("edit 206 --without buyer:rocket-la\t", ["edit", "206", "--without", "buyer:rocket-lab"]),
    ("import --map pitchbook-data-i\t", ["import", "--map", "pitchbook-data-investors"]),
    ("list -o rep\t", ["list", "-o", "rep ort.csv"]),
    ("list --output=rep\t", ["list", "--output=rep ort.csv"]),
    ("show nothing-so-called\t", ["show", "nothing-so-called"]),
)


def test_what_is_typed_is_completed(typist: Typist) -> None:
    for keys, words in TYPED:
        assert typist.words(f"dealtrack {keys}\r") == words, keys


def test_what_a_word_is_stands_beside_it(typist: Typist) -> None:
    typist.shows("dealtrack show 17\t\t", "OpenAI -> Stoke Space")
    typist.shows("dealtrack list --co\t\t", "A company in any role.")


@pytest.mark.parametrize("quote", ["", "'", '"'])
def test_a_hostile_name_is_a_word_and_no_more(quote: str, typist: Typist) -> None:
    put_in(typist.folder / "deals.db")
    for name in HOSTILE:
        if quote == '"' and "!" in name:
            # In bash it stands for something in history there, however it is written.
            continue
        assert typist.words(f"dealtrack list --buyer {quote}{name[:3]}\t\r") == ["list", "--buyer", name]
    assert not (typist.folder / "pwned").exists()


def test_a_program_that_is_gone_is_not_asked_twice(typist: Typist) -> None:
    typist.press("PATH=/nowhere\r" if "fish" not in str(typist.process.args) else "set PATH /nowhere\r")
    typist.shows("dealtrack sho\t", "dealtrack sho")
    assert "not found" not in typist.seen
