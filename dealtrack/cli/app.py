"""The commands, in the order help shows them, and the one way they are run."""

import importlib
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from typing import Annotated, Any, NamedTuple

import typer

from dealtrack import __version__
from dealtrack.cli.desk import Untold
from dealtrack.cli.failures import INTERRUPTED, USAGE, explain, report
from dealtrack.cli.verbs import SETTINGS, LightGroup, command_of, group_of
from dealtrack.domain.problem import Misuse


class Verb(NamedTuple):
    """A command: its name, its module under `commands` and the line that help shows."""

    name: str
    module: str
    help: str
    panel: str


_DAILY, _DATA, _LEDGER = "Every day", "Reports, data", "Ledger"

VERBS: tuple[Verb, ...] = (
    Verb("add", "add", "record a deal (its first event)", _DAILY),
    Verb("update", "update", "record a development: a new dated, sourced event of a deal", _DAILY),
    Verb("edit", "edit", "correct what was recorded, by flags or in $EDITOR", _DAILY),
    Verb("list", "list_", "deals that match (alias ls)", _DAILY),
    Verb("show", "show", "one deal in full: facts with footnotes, events, sources, links", _DAILY),
    Verb("timeline", "timeline", "events along time: of a deal, a company, the bids for one, or all", _DAILY),
    Verb("link", "link", "say how two deals relate (report links suggests some)", _DAILY),
    Verb("unlink", "unlink", "take such a link back", _DAILY),
    Verb("rm", "rm", "remove deals, or an event of one", _DAILY),
    Verb("undo", "undo", "take back the last change, or change N", _DAILY),
    Verb("report", "report", "what the ledger says of many deals (report -h lists them)", _DATA),
    Verb("import", "import_", "files of deals: the plan first, then the change", _DATA),
    Verb("export", "export", "deals for spreadsheets and programs", _DATA),
    Verb("company", "company", "list, show, add, alias, merge, split, distinct, unsure, duplicates", _LEDGER),
    Verb("source", "source", "list, show, add, edit, grade: what was read, and how far it is believed", _LEDGER),
    Verb("fx", "fx", "import, list, show: exchange rates beside the European Central Bank's", _LEDGER),
    Verb("log", "log", "what changed, when, by which command", _LEDGER),
    Verb("check", "check", "find what is wrong", _LEDGER),
    Verb("backup", "backup", "copy the ledger safely, or --restore a copy", _LEDGER),
    Verb("status", "status", "which ledger, how it stands", _LEDGER),
    Verb("completion", "completion", "a script that lets bash, zsh or fish complete words", _LEDGER),
    Verb("help", "help_", "explain a topic, such as dates or links; alone, name them all", _LEDGER),
)
ALIASES = {"ls": "list"}


class Verbs(LightGroup):
    """A group that loads a command's module when that command is called, and none for help or a mistyped name."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Every name, in help's order."""
        del ctx
        return [verb.name for verb in VERBS]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, built from its module."""
        del ctx
        name = ALIASES.get(cmd_name, cmd_name)
        verb = next((verb for verb in VERBS if verb.name == name), None)
        return _built(verb) if verb else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the words name; a mistyped one is answered with the nearest."""
        command = self.get_command(ctx, args[0])
        if command is None and not args[0].startswith("-"):
            # Imported where a name was mistyped, so that no command pays for it.
            from difflib import get_close_matches  # noqa: PLC0415

            near = get_close_matches(args[0], self.list_commands(ctx), n=2)
            hint = f"did you mean {' or '.join(near)}?" if near else "see dealtrack --help"
            report(f'there is no command "{args[0]}"', hint)
            raise typer.Exit(USAGE)
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The commands by the table above: no module is loaded to say what there is."""
        del ctx
        formatter.write(overview())


def overview() -> str:
    """What `dealtrack --help` prints."""
    lines = ["dealtrack COMMAND [WORDS] [FLAGS]", ""]
    lines += ["A ledger of space-industry deals: every fact dated, sourced, undoable.", ""]
    width = max(len(verb.name) for verb in VERBS) + 2
    for panel in dict.fromkeys(verb.panel for verb in VERBS):
        lines.append(panel)
        lines += [f"  {verb.name:<{width}}{verb.help}" for verb in VERBS if verb.panel == panel]
        lines.append("")
    lines += ["dealtrack COMMAND --help shows its flags; dealtrack help TOPIC explains a topic.", ""]
    return "\n".join(lines)


@cache
def _built(verb: Verb) -> Any:
    """The verb's command. Its module offers `run`, or `verbs`: several under one name."""
    module = importlib.import_module(f"dealtrack.cli.commands.{verb.module}")
    if hasattr(module, "run"):
        return command_of(verb.name, module.run)
    return group_of(verb.name, verb.help, module.verbs, getattr(module, "group", LightGroup))


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"dealtrack {__version__}")
        raise typer.Exit


def _top(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    del version


def app() -> Any:
    """The whole command line."""
    whole = typer.Typer(name="dealtrack", rich_markup_mode=None, add_completion=False)
    whole.callback(cls=Verbs, context_settings=SETTINGS)(_top)
    return typer.main.get_command(whole)


def _refuse_other_than_text(word: str) -> None:
    """A word in another encoding than the terminal's reaches Python as halves of characters, which nothing can keep."""
    if not word.isascii() and any("\ud800" <= character <= "\udfff" for character in word):
        raise Misuse(f'"{word}" is not text in this terminal\'s encoding', "type it again, in UTF-8")


def _write_no_more() -> None:
    """What is held for a full disk or a closed pipe is dropped: Python would try it again at its end, and fail."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _result(words: Sequence[str]) -> Any:
    """What a command comes to: its exit code, if it has one of its own."""
    try:
        return app().main(args=list(words), prog_name="dealtrack", standalone_mode=False)
    except typer.Exit as leaving:
        return leaving.exit_code


def run(words: Sequence[str]) -> int:
    """Run one command and return the process's exit code."""
    if hasattr(signal, "SIGPIPE"):
        # `dealtrack list | head` ends quietly; Typer would answer a closed pipe with exit code 1.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        for word in words:
            _refuse_other_than_text(word)
        code = _result(words)
        sys.stdout.flush()
    except (KeyboardInterrupt, typer.Abort):
        # Ctrl-C leaves nothing behind and says nothing.
        return INTERRUPTED
    except Exception as failure:
        if "--debug" in words:
            raise
        if isinstance(failure, (OSError, Untold)):
            _write_no_more()
        return explain(failure, next((verb.name for verb in VERBS if words and verb.name == words[0]), ""))
    return code if isinstance(code, int) else 0
