"""What a command has to hand: the ledger, the screen, the day, the user."""

import os
import shlex
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

from dealtrack.cli.options import Clocks, DeskFlags, WriteFlags
from dealtrack.cli.place import usual_place
from dealtrack.domain.problem import Misuse, Problem
from dealtrack.domain.query import Worth
from dealtrack.ledger.identity import Damaged, NoLedger, OlderLedger
from dealtrack.view.safe import safe

if TYPE_CHECKING:
    from types import TracebackType

    from dealtrack.ledger.ledger import Ledger
    from dealtrack.ledger.listing import Listing
    from dealtrack.ledger.past import Past
    from dealtrack.ledger.writing import WritableLedger
    from dealtrack.view.lines import Lines
    from dealtrack.view.screen import Screen

Door = TypeVar("Door")
Row = TypeVar("Row")

_ITS_DAY = "each deal's day"
_CLOCKS = ("as_of", "known_on")
_COLORS = ("auto", "always", "never")


class Untold(Problem):
    """Something is done for good, but that it is could not be written to standard output."""

    def __init__(self, done: str, why: str, look: str) -> None:
        super().__init__(f"{done}, but could not be told of: {why}", f"see it: {look}")


class Desk:
    """Opens the ledger and the screen on first use, so that help and error paths load neither."""

    def __init__(self, flags: DeskFlags) -> None:
        self.flags = flags
        self.today = _clock()
        if flags.today is not None:
            self.today = self.day(flags.today, "today")
        if flags.color is not None and flags.color not in _COLORS:
            raise Misuse(f'"{flags.color}" is no way to color', "write --color auto, always or never")
        self._screen: Screen | None = None
        self._ledger: Ledger | None = None
        self._listing: Listing | None = None
        self._past: Past | None = None
        self._opened = False
        self._writes = False
        self.clock: str | None = None
        # In which money values are counted.
        self.worth = Worth()
        # What was answered, as flags: a command in the log is one that can be typed again.
        self.answered: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: "type[BaseException] | None", failure: BaseException | None, trace: "TracebackType | None"
    ) -> None:
        """Let go of the ledger; what SQLite says of it becomes a failure that names the file."""
        self.let_go()
        if isinstance(failure, Exception) and self._opened:
            told = self._explained(failure)
            if told is not failure:
                raise told from failure

    def _explained(self, failure: Exception) -> Exception:
        """What SQLite's failure means; where nothing foresees one, whether it is the ledger that is damaged."""
        from dealtrack.ledger.file import UNREADABLE, explained  # noqa: PLC0415 - loaded already: the ledger is open

        told = explained(failure, self.path, reading=not self._writes)
        if told is not failure or not isinstance(failure, UNREADABLE) or not self.path.exists():
            return told
        from dealtrack.ledger.soundness import first_fault  # noqa: PLC0415 - where all else has failed

        fault = first_fault(self.path, self.today)
        return Damaged(str(self.path), f"{fault.subject}: {fault.sentence}") if fault else failure

    def let_go(self) -> None:
        """Close the ledger, when all that is wanted of it has been read or written."""
        for opened in (self._ledger, self._listing):
            if opened is not None:
                opened.close()
        self._ledger = self._listing = None

    # --- the screen -------------------------------------------------------------------------

    @property
    def screen(self) -> "Screen":
        """Where output goes."""
        if self._screen is None:
            # The second of the two doors that defer an import: what writes no screen loads none.
            from dealtrack.view.screen import Screen  # noqa: PLC0415

            self._screen = Screen.open(
                color=self.flags.color,
                env=os.environ,
                stdout=sys.stdout,
                stderr=sys.stderr,
                ascii_only=self.flags.ascii or None,
                quiet=self.flags.quiet,
            )
        return self._screen

    def show(self, renderable: "Lines | str") -> None:
        """Draw on standard output, under the clock that is looked at."""
        if self.clock:
            self.screen.show(f"{self.clock}\n\n")
            self.clock = None
        self.screen.show(renderable)

    def say(self, text: str) -> None:
        """Talk, on stderr, unless asked to be quiet."""
        self.screen.say(text)

    def note(self, text: str) -> None:
        """Talk below what was drawn, on stderr, as wide as that."""
        self.screen.note(text)

    def watched(self, what: str, rows: Iterable[Row]) -> Iterable[Row]:
        """The rows of something long, while a terminal is told how many went by."""
        return self.screen.watched(rows, lambda count: f"{what.capitalize()}: {count:,}")

    # --- the ledger -------------------------------------------------------------------------

    @property
    def path(self) -> Path:
        """Which file is the ledger: the flag, the environment, then the user's data folder."""
        named = self.flags.ledger or os.environ.get("DEALTRACK_LEDGER")
        if not named:
            return default_path()
        try:
            return Path(named).expanduser()
        except RuntimeError as error:
            raise Misuse(f'"{named}" begins in the home of nobody known', "write the whole path") from error

    @property
    def is_default(self) -> bool:
        """Whether no file was named."""
        return not (self.flags.ledger or os.environ.get("DEALTRACK_LEDGER"))

    @property
    def listing(self) -> "Listing":
        """The ledger, for reading many deals as rows."""
        if self._ledger is not None:
            return self._ledger
        if self._listing is None:
            # The first door: readers load sqlite3 when they read, and never sqlite-utils.
            from dealtrack.ledger.listing import Listing  # noqa: PLC0415

            self._opened = True
            self._listing = self._open(Listing)
        return self._listing

    @property
    def ledger(self) -> "Ledger":
        """The ledger, for reading deals whole."""
        if self._ledger is None:
            from dealtrack.ledger.ledger import Ledger  # noqa: PLC0415 - the same door: a listing needs no whole deal

            self._opened = True
            self._ledger = self._open(Ledger)
        return self._ledger

    def _open(self, door: "Callable[[Path, Past | None], Door]") -> "Door":
        """The ledger by one of the doors for reading; an older one is first brought up to date."""
        try:
            return door(self.path, self._past)
        except OlderLedger:
            # Only a writer can do that, and only the first command after an upgrade needs one.
            from dealtrack.ledger.writing import WritableLedger  # noqa: PLC0415

            with closing(WritableLedger(self.path)) as ledger:
                self._tell_of_migration(ledger)
        return door(self.path, self._past)

    def _tell_of_migration(self, ledger: "WritableLedger") -> None:
        if ledger.copied_to:
            self.say(f"Brought the ledger up to date; as it was, it is kept in {ledger.copied_to}")

    def look_back(self, clocks: Clocks, counted: str = "values") -> None:
        """Let the ledger be read as it was, and values be counted as asked; to be asked for before it is opened.

        `counted` is what is told in the currency that is asked for.
        """
        if clocks.as_of is not None or clocks.known_on is not None:
            self._step_back(clocks)
        if clocks.in_currency is not None or clocks.fx_date is not None:
            self._count_in(clocks, counted)

    def _step_back(self, clocks: Clocks) -> None:
        # Looking back folds deals; looking at the present need not.
        from dealtrack.ledger.past import Past  # noqa: PLC0415

        days = {name: self.day(word, name) for name in _CLOCKS if (word := getattr(clocks, name)) is not None}
        self._past = Past(days.get("as_of"), days.get("known_on"))
        if "as_of" in days:
            self.today = days["as_of"]
        said = {"as_of": "as of {}: events dated and published by then", "known_on": "as recorded here by {} (UTC)"}
        if (known_on := days.get("known_on")) and known_on.isoformat() > now():
            said["known_on"] = "as recorded here until now: {} is yet to come"
        clock = "; ".join(said[name].format(day) for name, day in days.items())
        self.clock = f"{clock[:1].upper()}{clock[1:]}."

    @property
    def day_looked_at(self) -> date:
        """The day whose state is shown: that which is looked back at, else today."""
        past = self._past
        # What is recorded by a day to come is what is recorded now.
        return (past.as_of or min(past.known_on or self.today, self.today)) if past else self.today

    def _count_in(self, clocks: Clocks, counted: str) -> None:
        from dealtrack.text.money import read_currency  # noqa: PLC0415 - most commands count in dollars

        currency, _ = read_currency("USD" if clocks.in_currency is None else clocks.in_currency)
        self.worth = Worth(currency, self.day(clocks.fx_date, "fx_date") if clocks.fx_date is not None else None)
        if self.worth == Worth():
            return
        self.listing.refuse_without_rate(currency, self.worth.on)
        money = f"{counted} in {currency} at the rate of {self.worth.on or _ITS_DAY}"
        self.clock = f"{self.clock.removesuffix('.')}; {money}." if self.clock else f"{money[:1].upper()}{money[1:]}."

    def day(self, word: str, flag: str) -> date:
        """The day of a clock: a month or a year is looked at from its end."""
        from dealtrack.text.dates import read_date  # noqa: PLC0415 - most commands are told no day

        when = read_date(word, self.today)
        if when.latest is None or when.earliest is None or when.approximate:
            raise Misuse(f'--{flag.replace("_", "-")} "{word}" is no day', "write a day, or a month or year to its end")
        return when.latest

    def may_make(self, flags: WriteFlags) -> bool:
        """Whether a ledger that is not there is made."""
        return flags.create or self.is_default

    def reading(self, flags: WriteFlags) -> "Ledger | None":
        """The ledger to look things up in before anything is written; None where one is made. Raises NoLedger."""
        if self.path.exists():
            return self.ledger
        self._refuse_unasked(flags)
        return None

    def _refuse_unasked(self, flags: WriteFlags) -> None:
        """Say how a ledger is made that nobody asked for. Raises NoLedger."""
        if not self.may_make(flags):
            missing = NoLedger(str(self.path))
            missing.hint = "check the path; to make a ledger there: --create"
            raise missing

    def writable(self, flags: WriteFlags) -> "WritableLedger":
        """The ledger, for writing. The default one is made by its first write, another only by --create."""
        from dealtrack.ledger.writing import WritableLedger  # noqa: PLC0415 - the same door: only writers pay for it

        if not self.path.exists():
            self._refuse_unasked(flags)
        self.let_go()
        self._opened = self._writes = True
        ledger = WritableLedger(self.path, create="for a try" if flags.dry_run else self.may_make(flags))
        self._tell_of_migration(ledger)
        self._ledger = ledger
        return ledger

    @contextmanager
    def recording(
        self, flags: WriteFlags, action: str, *, undoes: int | None = None, words: Sequence[str] = ()
    ) -> Iterator["Work"]:
        """One change of the ledger by this command; what it has to tell is told when the change is kept.

        `words` are the command that does the same, where one command makes several changes.
        """
        from dealtrack.ledger.writing import NothingChanged  # noqa: PLC0415 - the same door

        ledger = self.writable(flags)
        work = Work(ledger)
        try:
            with ledger.recording(
                by=user(),
                at=now(),
                command=shlex.join(["dealtrack", *words]) if words else command_line(self.answered),
                action=action,
                dry_run=flags.dry_run,
                undoes=undoes,
            ):
                yield work
        except NothingChanged:
            for line in work.told if flags.dry_run else work.upshot:
                self.screen.write(f"{'(dry run) ' if flags.dry_run else ''}{safe(line)}\n")
            for line in work.remarks if flags.dry_run else ():
                self.say(f"(dry run) {line}")
            if flags.dry_run or not work.upshot:
                self.say("Dry run: nothing was changed." if flags.dry_run else "Nothing changed.")
        else:
            self.tell(work.told)
            for line in work.remarks:
                self.say(line)

    @contextmanager
    def rehearsing(self, flags: WriteFlags) -> Iterator["Work"]:
        """A change that is tried, to see what comes of it, and never kept; nothing is told of it."""
        from dealtrack.ledger.writing import NothingChanged  # noqa: PLC0415 - the same door

        ledger = self.writable(flags)
        try:
            with (
                suppress(NothingChanged),
                ledger.recording(by=user(), at=now(), command="", action="", dry_run=True),
            ):
                yield Work(ledger)
        finally:
            self.let_go()

    def keep_a_copy(self, occasion: str) -> None:
        """Copy an existing ledger before a large change, so that even a mistake of dealtrack's can be taken back."""
        from dealtrack.ledger.backup import keep_unasked  # noqa: PLC0415 - before large changes only

        if self.path.exists():
            keep_unasked(self.ledger.connection, self.path, now(), occasion)

    def tell(self, lines: Iterable[str], done: str = "the change is kept", look: str = "dealtrack log -n 1") -> None:
        """Say what is done on standard output; that it is done is true even where it cannot be told. Raises Untold."""
        try:
            for line in lines:
                self.screen.write(f"{safe(line)}\n")
            sys.stdout.flush()
        except OSError as error:
            raise Untold(done, (error.strerror or str(error)).lower(), look) from error


class Work:
    """A change under way, and what to tell of it once it is kept."""

    def __init__(self, ledger: "WritableLedger") -> None:
        self.ledger = ledger
        self.told: list[str] = []
        self.upshot: list[str] = []
        self.remarks: list[str] = []

    def tell(self, line: str) -> None:
        """Something for standard output, when all is done."""
        self.told.append(line)

    def remark(self, line: str) -> None:
        """Something for standard error, when all is done."""
        self.remarks.append(line)

    def sum_up(self, line: str) -> None:
        """The same for what holds even when nothing had to be changed."""
        self.told.append(line)
        self.upshot.append(line)


# A change of so many deals is large: the ledger is copied before it.
MANY = 100


def _clock() -> date:
    return datetime.now().astimezone().date()


def now() -> str:
    """This moment in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def user() -> str:
    """Who is at the desk."""
    return os.environ.get("DEALTRACK_USER") or os.environ.get("USER") or os.environ.get("USERNAME") or "unknown"


def command_line(answered: Sequence[str]) -> str:
    """What was typed and answered, as it could be typed again."""
    return shlex.join(["dealtrack", *sys.argv[1:], *answered])


def default_path() -> Path:
    """The ledger in the user's data folder, where each system keeps such things."""
    return Path(usual_place())
