"""`completion`: let a shell complete commands, flags and values."""

import shlex
import shutil
import sys
from pathlib import Path
from typing import Annotated

from typer import Argument

from dealtrack.cli import words
from dealtrack.cli.completing.shells import SHELLS, script
from dealtrack.cli.desk import Desk

_Shell = Annotated[str, Argument(help="bash, zsh or fish.", metavar="SHELL")]


def run(desk: Desk, shell: _Shell) -> None:
    """Print the script by which a shell completes commands, flags and values: `dealtrack help completion`."""
    desk.screen.write(script(words.one_of(shell, SHELLS, "shell"), _program()))


def _program() -> str:
    """What this program is called by: its name, where the shell finds it by that, else its whole path."""
    own = Path(sys.argv[0])
    found = shutil.which("dealtrack")
    if own.name != "dealtrack" or not own.is_file() or (found and Path(found).samefile(own)):
        return "dealtrack"
    return shlex.quote(str(own.absolute()))
