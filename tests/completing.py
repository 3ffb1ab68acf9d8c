"""Makes the table that shells complete from: the commands, their flags and the words that these take.

    python tests/completing.py

It is made of the commands themselves and of the tables of the domain; nothing in it is written by hand.
"""

import inspect
import json
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, get_args, get_origin

from console import environment
from currency_converter import CurrencyConverter
from iso4217 import Currency
from typer.models import ArgumentInfo, OptionInfo

from dealtrack.cli.app import ALIASES, VERBS
from dealtrack.cli.commands.report import REPORTS
from dealtrack.cli.completing import shells
from dealtrack.cli.desk import Desk
from dealtrack.cli.options import DeskFlags, Filters, Flags, PartyFlags, SourceFilters, Words
from dealtrack.cli.topics import TOPICS
from dealtrack.domain.columns import TABLES
from dealtrack.domain.company import ALIAS_KINDS, COMPANY_KINDS, IDENTIFIER_KINDS
from dealtrack.domain.figures import STEPS
from dealtrack.domain.kind import FORMS, KINDS, READS
from dealtrack.domain.milestone import MILESTONE_MEANING
from dealtrack.domain.money import BASES
from dealtrack.domain.party import ROLES
from dealtrack.domain.source import CREDIBILITY_MEANING, RELIABILITY_MEANING, SOURCE_KINDS
from dealtrack.domain.stake import STAKE_BASES
from dealtrack.domain.status import MEANING, PHASE_OF, PHASES
from dealtrack.exchange.formats import FORMATS, ROWS
from dealtrack.exchange.recognising import shipped
from dealtrack.exchange.record import EXPANDS, known
from dealtrack.ledger.selecting import SORTS
from dealtrack.report.league import LEAGUES
from dealtrack.report.pages import PAGES
from dealtrack.report.summary import CLOCKS, PER

PATH = Path(shells.__file__).with_name("table.tsv")
# Nothing is offered for these: whoever types them says something of their own.
FREE = ""


# Which values a flag or a word takes, by what help calls them, where that says it.
BY_METAVAR: dict[str, str] = {
    "1-6": "credibilities", "A-F": "grades", "AMOUNT": FREE, "BASIS": "bases", "CC": FREE, "CHANGE": "changes",
    "COMPANY": "companies", "CURRENCY": "currencies", "DATE": "days", "DAYS": FREE, "DEAL": "deals", "FACT": "per",
    "FACT:N": "pins", "FILE": "files", "FORM": "forms", "FORMAT": "formats", "KEY": "sources", "KIND": "kinds",
    "KIND:ID": "identifiers", "MONEY": "amounts", "N": FREE, "NAME": "companies", "OUTLET": "publishers",
    "PARENT": "companies", "PERCENT": "stakes", "PERIOD": "periods", "RANGE": "known", "REF": "deals",
    "RELATION": "relations", "ROLE:NAME": "parties", "SECTOR": "sectors", "SHELL": "shells", "SORT": "milestones",
    "SOURCE": "sources", "STATUS": "statuses", "STEP": "steps", "TAG": "tags", "TEXT": FREE, "TICKER": FREE,
    "TITLE": FREE, "TOPIC": "topics", "URL": FREE, "URL|TITLE": FREE, "VERB": "verbs", "WHEN": "colors",
    "WHERE": "origins", "WHICH": "clocks", "WHO": "leagues", "WORDS": "words", "YES/NO": "answers",
}  # fmt: skip
# The same where a name means several things.
BY_FLAG: dict[str, str] = {
    "--alias": FREE, "--by NAME": "people", "--columns": "columns", "--encoding": FREE, "--event": "events",
    "--map": "maps", "--name": FREE, "--publisher": "publishers", "--sort": "sorts", "--source-kind": "source-kinds",
    "--stake-basis": "stake-bases", "--table": "tables", "company add NAME": FREE, "company alias NAME": FREE,
    "company OTHER": "companies", "link OTHER": "deals", "unlink OTHER": "deals",
    "--on PERIOD": "spans",
}  # fmt: skip
# Whose words name something that the ledger has.
PLACES = {"timeline": "deals", "report company": "companies"}
# Which of the filters take all but something.
EXCEPTING = ("kinds", "forms", "sectors", "tags", "bases", "milestones", "companies", "grades", "publishers")
LISTED = {"columns": "columns,+", "sorts": "sorts,-"}


def table(tables: dict[str, list[str]]) -> str:
    """The whole table; `tables` are those of each report by their keys."""
    groups = {DeskFlags.__name__: DeskFlags}
    blocks = []
    for path, about, function in commands():
        hints = inspect.get_annotations(function) if function else {}
        own = [
            _own(path, hint.__origin__, hint.__metadata__[0])
            for hint in hints.values()
            if hasattr(hint, "__metadata__")
        ]
        taken = [DeskFlags if hint is Desk else hint for hint in hints.values() if _is_group(hint)]
        groups |= {group.__name__: group for group in taken}
        # The flags of every command come last.
        names = sorted((group.__name__ for group in taken), key=DeskFlags.__name__.__eq__)
        blocks.append(_block(f"command {path}\t{about}\t{' '.join(names)}", [row for row in own if row]))
    blocks += [_block(f"group {name}", _of_group(group)) for name, group in sorted(groups.items())]
    blocks += [_block(f"words {name}", map("\t".join, several)) for name, several in sorted(words(tables).items())]
    return "\n\n".join(blocks) + "\n"


def commands() -> Iterator[tuple[str, str, Callable[..., None] | None]]:
    """Every command with what help says of it and what it calls; groups of commands call nothing."""
    for verb in VERBS:
        module = import_module(f"dealtrack.cli.commands.{verb.module}")
        yield verb.name, verb.help, getattr(module, "run", None)
        for name, function in getattr(module, "verbs", {}).items():
            yield f"{verb.name} {name}", _sentence(function), function
    for report in REPORTS:
        yield f"report {report.name}", report.help, import_module(f"dealtrack.cli.reports.{report.name}").run


def _sentence(function: Callable[..., None]) -> str:
    return " ".join((inspect.getdoc(function) or "").partition("\n\n")[0].split())


def _is_group(hint: Any) -> bool:
    return hint is Desk or (isinstance(hint, type) and issubclass(hint, Flags))


def _block(head: str, rows: Iterable[str]) -> str:
    return "\n".join([head, *(f"\t{row}" for row in rows)])


def _own(path: str, taken: Any, told: ArgumentInfo | OptionInfo) -> str | None:
    """The row of a flag or a word that one command has."""
    if told.hidden:
        return None
    # Typer takes the first name for a default, until it reads the annotation.
    named = (told.default, *(told.param_decls or ())) if isinstance(told, OptionInfo) else ()
    names = tuple(name for name in named if isinstance(name, str))
    several = list in (get_origin(taken), *map(get_origin, get_args(taken)))
    values = _values(path, names, told.metavar or "") if taken is not bool else FREE
    return _row(names, values, told.help, takes=taken is not bool, several=several)


def _of_group(group: type[Flags]) -> Iterator[str]:
    """The rows of the flags that a group has."""
    hints = {name: hint for base in reversed(group.__mro__) for name, hint in inspect.get_annotations(base).items()}
    for field, flag in group.all().items():
        values = _values(group.__name__, flag.names, flag.metavar or "")
        several = hints[field] == Words
        if several and flag.names:
            excepting = group in (Filters, SourceFilters, PartyFlags) and values in EXCEPTING
            values = {"statuses": "states"}.get(values, values)
            values += ",not:" if excepting or values == "states" else ("," if values in ("sectors", "tags") else "")
        yield _row(flag.names, values, flag.help, takes=flag.metavar is not None, several=several)


def _row(names: Sequence[str], values: str, about: str | None, *, takes: bool, several: bool) -> str:
    told = (LISTED.get(values, values) or "-") + "..." * several if takes else ""
    return "\t".join((" ".join(names), told, about or ""))


def _values(path: str, names: Sequence[str], metavar: str) -> str:
    """Which values a flag takes. Raises KeyError where that was never said."""
    flag = names[-1] if names else ""
    keys = (f"{path} {metavar}", f"{path.partition(' ')[0]} {metavar}", f"{flag} {metavar}", flag)
    return next((BY_FLAG[key] for key in keys if key in BY_FLAG), "") or (
        FREE if any(key in BY_FLAG for key in keys) or not metavar else BY_METAVAR[metavar]
    )


Told = list[tuple[str, str]]


def _plainly(words: Iterable[str]) -> Told:
    return [(word, "") for word in words]


def words(tables: dict[str, list[str]]) -> dict[str, Told]:
    """The words of each sort of values, and where they are other ones for a command or beside a flag."""
    own = [(one.name, "") for one in ROWS]
    pages = [(page.name, "") for page in PAGES]
    formats = [(one.name, "") for one in FORMATS]
    written = [(one.name, "") for one in FORMATS if one.write is not None and one.name != "ics"]
    on_screen: Told = [("table", "")]
    return {
        "aliases": list(ALIASES.items()),
        "places": list(PLACES.items()),
        "amounts": _plainly(["undisclosed"]),
        "answers": _plainly(["yes", "no"]),
        "bases": _plainly(BASES),
        "clocks": list(CLOCKS.items()),
        "colors": _plainly(["auto", "always", "never"]),
        "columns": _plainly(dict.fromkeys((*EXPANDS, *known()))),
        **{f"columns @ --{name}": _plainly(c.name for c in TABLES[name]) for name in TABLES if name != "deals"},
        "columns @ source": _plainly(c.name for c in TABLES["sources"]),
        "credibilities": [(str(grade), meaning) for grade, meaning in CREDIBILITY_MEANING.items()],
        "currencies": _currencies(),
        "days": _plainly(["today", "yesterday"]),
        "formats": [*formats, *on_screen],
        "formats @ company": [*own, *on_screen],
        "formats @ report": [*own, *pages, *on_screen],
        "formats @ source": [*written, *on_screen],
        "formats @ timeline": list(dict.fromkeys([*pages, *formats, *on_screen])),
        "forms": _plainly(dict.fromkeys(form for kind in KINDS for form in FORMS[kind])),
        **{f"forms @ {kind}": _plainly(FORMS[kind]) for kind in KINDS},
        "grades": list(RELIABILITY_MEANING.items()),
        "identifiers": [(f"{kind}:", "") for kind in IDENTIFIER_KINDS],
        "kinds": _plainly(KINDS),
        "kinds @ company": _plainly(COMPANY_KINDS),
        "kinds @ company alias": _plainly(ALIAS_KINDS),
        "kinds @ source": _plainly(SOURCE_KINDS),
        "known": _KNOWN,
        "leagues": [(name, heading) for name, (heading, _) in LEAGUES.items()],
        "maps": _plainly(layout.name for layout in shipped()),
        "milestones": list(MILESTONE_MEANING.items()),
        "origins": _KNOWN,
        "per": list(PER.items()),
        "periods": [*_KNOWN, *_SPANS],
        "pins": [(f"{fact}:", "") for fact in ("status", "value", "stake")],
        "publishers @ source list": _KNOWN,
        "relations": list(READS.items()),
        "roles": _plainly(ROLES),
        "shells": _plainly(shells.SHELLS),
        "sorts": _plainly(SORTS),
        "sorts @ source": _plainly(c.name for c in TABLES["sources"]),
        "sorts @ --publishers": _plainly(c.name for c in TABLES["publishers"]),
        "source-kinds": _plainly(SOURCE_KINDS),
        "stake-bases": _plainly(STAKE_BASES),
        "stakes": _plainly(["controlling", "minority"]),
        "states": [*MEANING.items(), *((phase, _states_of(phase)) for phase in PHASES)],
        "statuses": list(MEANING.items()),
        "steps": _plainly(STEPS),
        **{f"tables @ report {report}": _plainly(keys) for report, keys in tables.items()},
        "topics": _plainly(dict.fromkeys((*TOPICS, *(verb.name for verb in VERBS)))),
        # Of commands under one name.
        **{f"verbs @ help {verb.name}": several for verb in VERBS if (several := _below(verb.name))},
        "words": [],
        "words @ export": [*formats, ("package", "everything, to be imported again")],
    }


_KNOWN: Told = [("any", "it is known"), ("none", "it is not known")]
_SPANS: Told = [
    ("ytd", "this year until today"), ("this-year", ""), ("last-year", ""), ("this-quarter", ""), ("last-quarter", ""),
    ("this-month", ""), ("last-month", ""), ("30d", "the last 30 days"),
]  # fmt: skip


def _below(name: str) -> Told:
    return [(path.removeprefix(f"{name} "), about) for path, about, _ in commands() if path.startswith(f"{name} ")]


def _states_of(phase: str) -> str:
    return ", ".join(status for status, of in PHASE_OF.items() if of == phase)


def _currencies() -> Told:
    """Those of the European Central Bank that are money today."""
    codes = sorted({*CurrencyConverter().currencies} & {currency.code for currency in Currency})
    return [(code, Currency(code).currency_name) for code in codes]


def tables_of(ledger: Path, home: Path) -> dict[str, list[str]]:
    """The tables that each report has of the bundled deals."""
    found = {}
    for report in REPORTS:
        subject = ["rocket-lab"] if report.name == "company" else []
        told = subprocess.run(
            ["dealtrack", "report", report.name, *subject, "--json", "-l", str(ledger), "--today", "2026-07-01"],
            env=environment(home), check=True, capture_output=True, text=True, encoding="utf-8",
        )  # fmt: skip
        found[report.name] = [one["key"] for one in json.loads(told.stdout)["parts"] if one["part"] == "table"]
    return found


def write() -> None:
    """Write the table anew."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder) / "deals.db"
        command = ["dealtrack", "import", "--sample", "--create", "-l", str(ledger)]
        subprocess.run(command, env=environment(ledger.parent), check=True, capture_output=True)
        PATH.write_text(table(tables_of(ledger, ledger.parent)), encoding="utf-8")


if __name__ == "__main__":
    write()
