"""`import`: files of deals, the plan first; a data package, or the bundled sample."""

from contextlib import ExitStack, closing
from itertools import islice
from typing import Annotated

from typer import Argument, Exit, Option

from dealtrack.cli.desk import MANY, Desk, now
from dealtrack.cli.failures import FOUND
from dealtrack.cli.options import WriteFlags
from dealtrack.cli.tables import Tables, import_tables
from dealtrack.domain.problem import Misuse
from dealtrack.exchange.files import File, found
from dealtrack.exchange.layouts import refuse_title
from dealtrack.exchange.package import Package, open_package, sample
from dealtrack.exchange.recognising import layout_of
from dealtrack.exchange.row import RowError
from dealtrack.ledger.intake import Outcome, take_in
from dealtrack.text.counts import counted

_Files = Annotated[
    list[str] | None,
    Argument(help="csv, tsv, xlsx, json or ndjson; a data package; - for stdin.", metavar="FILE", show_default=False),
]
_Sample = Annotated[bool, Option("--sample", help="The data set that dealtrack ships.", show_default=False)]
_Encoding = Annotated[
    str | None,
    Option("--encoding", help="Of text that is neither UTF-8 nor UTF-16.", metavar="NAME", show_default=False),
]
_NewCompany = Annotated[
    bool, Option("--new-company", help="Found companies that are not known, without asking.", show_default=False)
]
_Map = Annotated[
    str | None,
    Option("--map", help="What the columns of others mean: NAME, or FILE (help mapping).", metavar="NAME",
           show_default=False),
]  # fmt: skip
_Suggest = Annotated[bool, Option("--suggest", help="Draft a map of one file, and import nothing.", show_default=False)]
_Json = Annotated[bool, Option("--json", help="The plan for programs.", show_default=False)]

_SHOWN = 10
# A map is drafted from so many rows.
_ROWS = 200
_COUNTED = {"events": "event", "companies": "company", "sources": "source", "rates": "rate"}
_ONE = {**_COUNTED, "deals": "deal"}


def run(
    desk: Desk, write: WriteFlags, files: _Files = None, bundled: _Sample = False, encoding: _Encoding = None,
    new_company: _NewCompany = False, json: _Json = False, layout: _Map = None, suggesting: _Suggest = False,
) -> None:  # fmt: skip
    """Import what is new in one change; a second time changes nothing, and what you changed yourself is kept.

    Of tables the plan comes first: which rows are new, changed or unchanged, may be deals that are here, or cannot be
    read. On a terminal you are asked; off it --yes is needed. Rows left out are written to FILE.rejected.csv.
    """
    named = files or []
    if bundled == bool(named):
        what = "one data package is imported at a time" if named else "nothing is named to be imported"
        raise Misuse(what, "dealtrack import FILE, or dealtrack import --sample")
    with ExitStack() as kept:
        there = [kept.enter_context(found(name, encoding)) for name in named]
        packages = [file for file in there if file.sort in ("folder", "zip") or file.path.name == "datapackage.json"]
        if packages and len(there) > 1:
            raise Misuse(
                "one data package is imported at a time", "dealtrack import FILE, or dealtrack import --sample"
            )
        if suggesting:
            desk.screen.write(drafted(there, packages))
        elif there and not packages:
            known = layout_of(layout) if layout else None
            import_tables(desk, write, Tables(tuple(there), new_company=new_company, json=json, layout=known))
        else:
            _import_package(desk, write, packages)


def drafted(files: list[File], packages: list[File]) -> str:
    """A map of a file, drafted from its header and first rows."""
    if len(files) != 1 or packages:
        raise Misuse("a map is drafted of one file", "dealtrack import --suggest FILE > map.toml")
    from dealtrack.exchange.headings import look_like_names  # noqa: PLC0415 - nothing else drafts
    from dealtrack.exchange.suggesting import suggest  # noqa: PLC0415 - likewise

    tables = list(files[0].tables(look_like_names))
    # A workbook may begin with a sheet that says something else.
    table = next((one for one in tables if sum(map(bool, one.header)) > 1), tables[0])
    refuse_title(table)
    rows = (row for row in table.rows if not isinstance(row, RowError))
    return suggest(table.header, islice(rows, _ROWS))


def _import_package(desk: Desk, write: WriteFlags, files: list[File]) -> None:
    with closing(open_package(files[0].path) if files else sample()) as package:
        if not write.dry_run and _brings_many(desk, package):
            desk.keep_a_copy("import")
        outcome = _take_in(desk, write, package)
    _name_kept(desk, outcome)


def _brings_many(desk: Desk, package: Package) -> bool:
    """Whether a ledger that exists will get so many deals that a copy of it is kept."""
    if not desk.path.exists():
        return False
    new = (slug for slug in package.slugs() if not desk.listing.has(slug))
    return sum(1 for _ in islice(new, MANY)) == MANY


def _take_in(desk: Desk, write: WriteFlags, package: Package) -> Outcome:
    with desk.recording(write, f"import {package.name}") as work:
        outcome = take_in(work.ledger, package, now())
        work.sum_up(summary(outcome))
        if outcome.values:
            work.tell(f"{counted(outcome.values, 'value')} without a rate until now came to dollars")
    return outcome


def summary(outcome: Outcome) -> str:
    """What was new, in one line."""
    new, known = outcome.new, outcome.same["deals"] + len(outcome.kept["deals"])
    known_already = f"{counted(known, 'deal')} {'was' if known == 1 else 'were'} known already"
    if not any(new.values()):
        return f"Nothing new: {known_already}"
    *several, last = (counted(new[what], one) for what, one in _COUNTED.items() if new[what] or what != "rates")
    return f"Imported {counted(new['deals'], 'deal')} with {', '.join(several)} and {last}" + (
        f"; {known_already}" if known else ""
    )


def _name_kept(desk: Desk, outcome: Outcome) -> None:
    kept = [(what, names) for what, names in outcome.kept.items() if names]
    for what, names in kept:
        several = counted(len(names), _ONE[what])
        desk.say(f"Kept as they are here, though the package differs: {several} ({_some(names)})")
    if outcome.removed:
        slugs = list(outcome.removed)
        undos = ", ".join(f"dealtrack undo {change_id}" for change_id in sorted(set(outcome.removed.values())))
        desk.say(
            f"Left out, since removed here: {counted(len(slugs), 'deal')} ({_some(slugs)}); to bring back: {undos}"
        )
    if kept or outcome.removed:
        raise Exit(FOUND)


def _some(names: list[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"{', '.join(names[:_SHOWN])}{more}"
