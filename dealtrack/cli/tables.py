"""How tables are imported: the plan is made by doing it all and keeping nothing, shown, asked about, and then done."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from itertools import count, islice
from pathlib import Path

from typer import Exit

from dealtrack.cli.asking import ask, confirm, make_sure, may_ask
from dealtrack.cli.desk import Desk, Work, now
from dealtrack.cli.failures import FOUND
from dealtrack.cli.files import new_file
from dealtrack.cli.importing import Importing
from dealtrack.cli.naming import Answer, Names
from dealtrack.cli.options import WriteFlags
from dealtrack.domain.near import Near
from dealtrack.domain.plan import Plan
from dealtrack.domain.problem import Misuse
from dealtrack.exchange.escaping import as_json
from dealtrack.exchange.files import File
from dealtrack.exchange.layout import Layout
from dealtrack.exchange.layouts import all_arrived, knows
from dealtrack.exchange.plan import plan_object
from dealtrack.exchange.rejected import SUFFIX, rejected
from dealtrack.exchange.tables import Table
from dealtrack.ledger.backup import keep_unasked
from dealtrack.ledger.file import connect
from dealtrack.text.counts import counted

# So many unknown names that are close to known ones are asked about one by one.
_MOST_ASKED = 20


@dataclass(frozen=True, slots=True)
class Tables:
    """The files to be imported, and how; `answers` is what was said of names that nobody knows."""

    files: tuple[File, ...]
    new_company: bool = False
    json: bool = False
    layout: Layout | None = None
    answers: dict[str, Answer] = field(default_factory=dict)

    def read(self, file: File) -> Iterator[Table]:
        """The tables of one of them, below headers that are known."""
        return file.tables(partial(knows, self.layout))

    @property
    def action(self) -> str:
        """What the log calls it."""
        first = self.files[0].name
        return f"import {first}" if len(self.files) == 1 else f"import {first} and {len(self.files) - 1} more"


def import_tables(desk: Desk, write: WriteFlags, tables: Tables) -> None:
    """Import the rows of tables. Raises Exit where some are left out."""
    asking = may_ask(write) and not (write.yes or write.dry_run or tables.json)
    if not write.yes or write.dry_run:
        plan = _rehearsed(desk, write, tables, may_found=tables.new_company or asking)
        if asking and plan.founded and not tables.new_company:
            _ask_about_names(desk, tables, plan)
            plan = _rehearsed(desk, write, tables, may_found=False)
        _show(desk, tables, plan)
        if write.dry_run or not plan.written:
            desk.say("Dry run: nothing was changed." if write.dry_run else "Nothing new.")
            _leave(plan)
            return
        if not asking:
            raise Misuse("nothing is imported off a terminal without --yes", "look at the plan, and add --yes")
        make_sure(f"Import {counted(plan.written, 'row')}?", write)
    plan = _recorded(desk, write, tables)
    for name in _write_rejected(tables, plan):
        desk.say(f"Wrote the rows left out to {name}")
    _leave(plan)


def _leave(plan: Plan) -> None:
    if plan.out:
        raise Exit(FOUND)


def _rehearsed(desk: Desk, write: WriteFlags, tables: Tables, *, may_found: bool) -> Plan:
    with desk.rehearsing(write) as work:
        return _take(desk, work, tables, may_found=may_found, before_many=None)


def _recorded(desk: Desk, write: WriteFlags, tables: Tables) -> Plan:
    with desk.recording(write, tables.action) as work:
        plan = _take(desk, work, tables, may_found=tables.new_company, before_many=lambda: _copy(desk))
        if not tables.json:
            work.sum_up(summary(plan))
    if tables.json:
        _show(desk, tables, plan)
    return plan


def _take(
    desk: Desk, work: Work, tables: Tables, *, may_found: bool, before_many: Callable[[], None] | None
) -> Plan:  # fmt: skip
    plan = Plan(whole=tables.json)
    names = Names(work.ledger, tables.answers, may_found=may_found)
    importing = Importing(work.ledger, names, plan, desk.today, before_many)
    found = (table for file in tables.files for table in tables.read(file))
    for arrived in all_arrived(found, tables.layout, plan.remarks):
        importing.take(arrived)
    importing.finish()
    return plan


def _copy(desk: Desk) -> None:
    """Keep a copy of a ledger that many rows come into: nothing of them can be read in the file yet."""
    if desk.path.exists():
        with closing(connect(desk.path)) as reader:
            keep_unasked(reader, desk.path, now(), "import")


def _show(desk: Desk, tables: Tables, plan: Plan) -> None:
    if tables.json:
        desk.screen.write(as_json(plan_object(plan), indent=2) + "\n")
        return
    from dealtrack.view.plan import import_plan  # noqa: PLC0415 - drawing is loaded by what draws

    desk.show(import_plan(plan, desk.screen))


def summary(plan: Plan) -> str:
    """What came of it, in one line."""
    counts = plan.counts
    parts = [f"{counted(counts['new'], 'deal')} new", f"{counts['changed']:,} changed"]
    parts += [f"{counts['kept']:,} kept as you have them"] * bool(counts["kept"])
    parts += [f"{counts['unchanged']:,} unchanged", f"{plan.out:,} left out"]
    return f"Imported {counted(plan.rows, 'row')}: {', '.join(parts)}"


# --- names that nobody knows --------------------------------------------------------------------


def _ask_about_names(desk: Desk, tables: Tables, plan: Plan) -> None:
    """Ask of each unknown name that is close to a known one what it means, and of all others together."""
    first = islice(plan.founded.items(), _MOST_ASKED)
    near = {name: found for name, beside in first if (found := desk.ledger.nearest_companies(name, beside))}
    desk.say(
        f"{counted(len(plan.founded), 'company')} not known: an answer is a name that is, + to found it, - for neither"
    )
    for name, close in near.items():
        tables.answers[name] = _answered(desk, name, close)
    rest = [name for name in plan.founded if name not in near]
    if rest and confirm(f"Found {', '.join(rest[:8])}{' ...' if len(rest) > 8 else ''}?"):
        tables.answers.update(dict.fromkeys(rest, Answer(found=True)))


def _answered(desk: Desk, name: str, close: list[Near]) -> Answer:
    while True:
        word = ask(
            f'"{name}" - {" or ".join(one.said for one in close)}?:',
            lambda typed: desk.ledger.names_beginning(typed, 50),
        )
        if word in ("+", "-", ""):
            return Answer(found=word == "+")
        slugs = desk.ledger.company_slugs(word)
        if len(slugs) == 1:
            return Answer(slugs[0])
        desk.say(f'"{word}" is {"several companies" if slugs else "not known either"}')


# --- rows left out ------------------------------------------------------------------------------


def _write_rejected(tables: Tables, plan: Plan) -> Iterator[str]:
    for file in tables.files:
        if any(_of(name, file) for name in plan.left_out):
            path = _free_path(Path(f"{file.name}{SUFFIX}"))
            with new_file(path, force=False) as temporary, temporary.open("w", encoding="utf-8", newline="") as stream:
                decimal = tables.layout.decimal if tables.layout else "."
                stream.writelines(rejected(tables.read(file), plan.left_out, decimal))
            yield str(path)


def _of(name: str, file: File) -> bool:
    return name == file.name or name.startswith(f"{file.name}, sheet ")


def _free_path(path: Path) -> Path:
    """The path, or one with a number: what was rejected earlier may have been mended since."""
    numbered = (path.with_name(path.name.removesuffix(SUFFIX) + f".rejected-{n}.csv") for n in count(2))
    return path if not path.exists() else next(one for one in numbered if not one.exists())
