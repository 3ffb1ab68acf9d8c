"""dealtrack in forks of one process that has loaded it: a command then takes hundredths of a second."""

import importlib
import json
import os
import pkgutil
import signal
import subprocess
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NoReturn

# No command of a test takes so many seconds: it hangs, and is ended.
PATIENCE = 60


# Root may read and write whatever it likes; so started, the permissions of files bind it like anybody.
_BOUND = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")


@dataclass(frozen=True)
class Went:
    """How a command went."""

    code: int
    out: str
    err: str

    def in_two_lines(self) -> bool:
        """Whether what was said ends in one error and one hint, and there is no other."""
        said = [line.partition(":")[0] for line in self.err.splitlines()]
        return said[-2:] == ["error", "hint"] and said.count("error") == 1 and "Traceback" not in self.err


class Forks:
    """The process that has loaded dealtrack, and waits to be told what to run."""

    def __init__(self, process: "subprocess.Popen[str]", heard: Path) -> None:
        self._process, self._heard = process, heard

    def run(self, folder: Path, *words: str, env: Mapping[str, str] | None = None, stdout: str = "") -> Went:
        """Run a command in the folder, with more of an environment; `stdout` is a device to write to."""
        out, err = self._heard / "out", self._heard / "err"
        asked = {"folder": str(folder), "words": words, "env": dict(env or {})}
        asked |= {"out": stdout or str(out), "err": str(err)}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{json.dumps(asked)}\n")
        self._process.stdin.flush()
        code = int(self._process.stdout.readline())
        said = "" if stdout else out.read_text(encoding="utf-8", errors="surrogateescape")
        return Went(code, said, err.read_text(encoding="utf-8", errors="surrogateescape"))


@contextmanager
def forks(env: Mapping[str, str]) -> Iterator[Forks]:
    """Load dealtrack, in that environment."""
    command = [*(_BOUND if os.geteuid() == 0 else ()), sys.executable, __file__]
    with (
        TemporaryDirectory() as heard,
        subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process,
    ):
        yield Forks(process, Path(heard))


def _serve() -> None:
    import dealtrack  # noqa: PLC0415 - what asks for forks need not load it

    for module in pkgutil.walk_packages(dealtrack.__path__, "dealtrack."):
        importlib.import_module(module.name)
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _become(json.loads(line))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _become(asked: Mapping[str, Any]) -> NoReturn:
    """Run a command as a process of its own would, and end as it would."""
    from dealtrack.__main__ import main  # noqa: PLC0415 - as above

    signal.alarm(PATIENCE)
    for fd, name, flags in (
        (0, os.devnull, os.O_RDONLY),
        (1, asked["out"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
        (2, asked["err"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
    ):
        os.dup2(os.open(name, flags, 0o666), fd)
    sys.stdout, sys.stderr = open(1, "w", encoding="utf-8"), open(2, "w", encoding="utf-8")  # noqa: SIM115 - to the end
    sys.argv = ["dealtrack", *asked["words"]]
    os.chdir(asked["folder"])
    os.environ.update(asked["env"])
    code: Any = 1
    try:
        main()
    except SystemExit as leaving:
        code = leaving.code
    except BaseException:  # noqa: BLE001 - told as Python would
        traceback.print_exc()
    try:
        sys.stdout.flush()
    except OSError:
        traceback.print_exc()
    sys.stderr.flush()
    os._exit(code or 0)


if __name__ == "__main__":
    _serve()
