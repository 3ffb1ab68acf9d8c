"""What an import would do: a verdict on every row, how many of each there are, and which rows are left out and why."""

from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

if TYPE_CHECKING:
    from dealtrack.domain.near import Beside

Verdict = Literal["new", "changed", "unchanged", "kept", "duplicate", "conflict", "error"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

# What is not taken in, and can be mended and imported again.
LEFT_OUT: tuple[Verdict, ...] = ("duplicate", "conflict", "error")

# Steps of one verdict that are kept to be shown; all are counted.
MOST_SHOWN = 20


class Difference(NamedTuple):
    """A field that a row has otherwise than the ledger; `kept` where somebody changed it here by hand, so it stays."""

    field: str
    before: str
    after: str
    kept: bool = False


class Step(NamedTuple):
    """What comes of the row in a line of a file: the deal that it is or may be, how it differs, why it is left out.

    `lines` are further lines that the row was put together from.
    """

    file: str
    line: int
    verdict: Verdict
    what: str = ""
    deal: int | None = None
    differences: tuple[Difference, ...] = ()
    column: str = ""
    reason: str = ""
    hint: str = ""
    lines: tuple[int, ...] = ()

    @property
    def why(self) -> str:
        """Why a row is left out, with what may be done about it."""
        place = f"column {self.column}: " if self.column else ""
        told = (f"{one.field}: here {one.before or 'nothing'}, in the file {one.after}" for one in self.differences)
        return ". ".join(part for part in (f"{place}{self.reason}", "; ".join(told), self.hint) if part)


class Plan:
    """The verdicts on all rows, the first steps of each, and what is left out. `whole` keeps every step."""

    def __init__(self, *, whole: bool = False) -> None:
        self.counts: dict[Verdict, int] = dict.fromkeys(VERDICTS, 0)
        self.steps: dict[Verdict, list[Step]] = {verdict: [] for verdict in VERDICTS}
        # The names of companies that nobody knew, and are founded, with what each stands beside.
        self.founded: dict[str, Beside] = {}
        # What was said of files as a whole, such as sheets that are not read.
        self.remarks: list[str] = []
        # Why rows are left out, by file and line.
        self.left_out: dict[str, dict[int, str]] = {}
        self._most = None if whole else MOST_SHOWN

    def add(self, step: Step) -> None:
        """Count a step, and keep it to be shown if few like it are."""
        self.counts[step.verdict] += 1
        if self.shows(step.verdict):
            self.steps[step.verdict].append(step)
        if step.verdict in LEFT_OUT:
            reasons = self.left_out.setdefault(step.file, {})
            for line in (step.line, *step.lines):
                reasons[line] = step.why

    def shows(self, verdict: Verdict) -> bool:
        """Whether one more step of the verdict would be kept."""
        return self._most is None or len(self.steps[verdict]) < self._most

    @property
    def rows(self) -> int:
        """How many rows there were."""
        return sum(self.counts.values())

    @property
    def written(self) -> int:
        """How many rows bring something that is written."""
        return self.counts["new"] + self.counts["changed"]

    @property
    def out(self) -> int:
        """How many rows are left out."""
        return sum(self.counts[verdict] for verdict in LEFT_OUT)
