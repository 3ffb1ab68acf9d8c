"""Commands on damaged ledgers: `python tests/ledger/damage.py LEDGERS [SEED]` prints how many, and what came of them.

Each ledger is cut short, has a page of zeros, or bytes that are others. A command then gives what it gives of a whole
ledger, or says in two lines why not; where it gives anything else, `check` finds a fault. No command hangs, none puts
what is damaged in the place of a file that is whole, and one that fails to write leaves the ledger as it was.
"""

import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from console import environment
from forks import Forks, Went, forks
from ledger import kills

from dealtrack.ledger.backup import verify

_PAGE = 4096

READERS: dict[str, list[str]] = {
    " ".join(words): words
    for words in (
        ["list"],
        ["list", "-O", "table", "--sort", "-value"],
        ["list", "--json"],
        ["list", "rocket"],
        ["list", "--as-of", "2024", "--known-on", "2030"],
        ["show", "50"],
        ["show", "50", "--json"],
        ["timeline"],
        ["timeline", "50"],
        ["log", "--full", "-n", "3"],
        ["log", "--json"],
        ["status"],
        ["company", "list"],
        ["company", "show", "ses"],
        ["export", "csv", "-o", "old", "--force"],
        ["export", "package", "-o", "old.zip", "--force"],
        ["backup", "copy.db", "--force"],
    )
}
WRITERS = {verb: kills.COMMANDS[verb][0] for verb in ("add", "update", "edit", "rm", "undo", "import", "fix")} | {
    "restore": ["backup", "--restore", "deals.db", "-l", "whole.db"]
}


def damaged(content: bytes, dice: random.Random) -> tuple[str, bytes]:
    """A ledger's file, and in which way it is damaged."""
    # What stands in the first pages, the schema above all, decides how all the others are read.
    at = dice.randrange(16 * _PAGE if dice.random() < 0.3 else len(content))
    way = dice.choice(["cut short", "zeros", "bytes"])
    if way == "cut short":
        return f"{way} at {at}", content[:at]
    altered = bytearray(content)
    if way == "zeros":
        page = at // _PAGE * _PAGE
        altered[page : page + _PAGE] = bytes(_PAGE)
        return f"{way} from {page}", bytes(altered)
    places = [at, *(at + dice.randrange(-100, 100) for _ in range(dice.randrange(12)))]
    for place in places:
        altered[place % len(content)] = dice.randrange(256)
    return f"{way} at {places}", bytes(altered)


class Ward:
    """A folder in which damaged ledgers are looked at."""

    def __init__(self, loaded: Forks, whole: Path, home: Path) -> None:
        self._loaded, self._whole, self._home = loaded, whole, home
        self.content = (whole / "deals.db").read_bytes()
        self._old = {"old": b"old", "old.zip": b"old", "copy.db": b"old", "whole.db": self.content}
        self._right = {name: self._run(self.content, words)[:2] for name, words in READERS.items()}

    def look(self, content: bytes, names: list[str]) -> Counter[str]:
        """Run commands on a damaged ledger; what came of them how often."""
        came: Counter[str] = Counter()
        check, _, _ = self._run(content, ["check"])
        _judge_alone("check", check)
        for name in names:
            went, files, after = self._run(content, (READERS | WRITERS)[name])
            _judge_alone(name, went)
            if went.code not in (0, 4):
                # What is derived is mended in two steps, each whole.
                assert after == content or name == "fix", f"{name} altered the ledger, but failed: {went}"
                assert files == self._old, f"{name} altered a file, but failed: {went}"
                came["refused"] += 1
            elif name in READERS and (went, files) != self._right[name]:
                assert check.code == 1 or "fault" in check.out, f"{name} is not right, but check finds nothing: {went}"
                came["not right, and check says so"] += 1
            else:
                came["as of a whole ledger"] += 1
        came[f"check: {'refused' if check.code == 1 else 'faults found' if 'fault  ' in check.out else 'sound'}"] += 1
        return came

    def _run(self, content: bytes, words: list[str]) -> tuple[Went, dict[str, bytes], bytes]:
        """How a command went, which other files there are, and the ledger afterwards."""
        with tempfile.TemporaryDirectory(dir=self._home) as name:
            folder = Path(name)
            (folder / "deals.db").write_bytes(content)
            for file, old in self._old.items():
                (folder / file).write_bytes(old)
            went = self._loaded.run(folder, *words)
            files = {file: (folder / file).read_bytes() for file in self._old}
            for file in ("copy.db", "whole.db"):
                if files[file] != self._old[file]:
                    verify(folder / file)
                    files[file] = b"a whole copy"
            return went, files, (folder / "deals.db").read_bytes()


def _judge_alone(name: str, went: Went) -> None:
    assert went.code in range(5), f"{name}: {went}"
    assert "Traceback" not in went.err, f"{name}: {went}"
    assert went.code in (0, 4) or went.in_two_lines(), f"{name}: {went}"


def rounds(number: int, seed: int, each: int = 100) -> Counter[str]:
    """Damage so many ledgers, and run some commands on each. Anything else than the above is an AssertionError."""
    dice = random.Random(seed)
    came: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        whole = home / "whole"
        whole.mkdir()
        env = environment(home, DEALTRACK_LEDGER="deals.db", COLUMNS="100")
        kills.prepare(whole, env)
        with forks(env) as loaded:
            ward = Ward(loaded, whole, home)
            for _ in range(number):
                way, content = damaged(ward.content, dice)
                names = [*READERS, *WRITERS]
                try:
                    came += ward.look(content, dice.sample(names, min(each, len(names))))
                except AssertionError as wrong:
                    raise AssertionError(f"{way}: {wrong}") from None
                came[f"ledgers with {way.partition(' at')[0].partition(' from')[0]}"] += 1
    return came


def main(number: str = "300", seed: str = "1") -> None:
    for what, times in sorted(rounds(int(number), int(seed)).items()):
        print(f"{times:>6}  {what}")


if __name__ == "__main__":
    main(*sys.argv[1:])
