"""Where every failure becomes one line, one hint and an exit code."""

import sys
from typing import Any

from dealtrack.cli.options import DealFlags, PartyFlags
from dealtrack.domain.problem import Problem

FAILED = 1
USAGE = 2
FOUND = 4
INTERRUPTED = 130

_SHOWN = 400


def report(what: str, hint: str | None) -> None:
    """Write the two lines; control characters of whatever was typed or read are shown, never sent."""
    sys.stderr.write(f"error: {_safe(what)}\n")
    if hint:
        sys.stderr.write(f"hint:  {_safe(hint)}\n")


def _safe(text: str) -> str:
    line = "".join(c if c.isprintable() else ("  " if c in "\n\t" else f"\\x{ord(c):02x}") for c in text)
    line = line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
    encoding = sys.stderr.encoding or "utf-8"
    return line.encode(encoding, "backslashreplace").decode(encoding)


def explain(failure: Exception, verb: str) -> int:
    """Say a failure of ours, or of the command line's own grammar, and return its exit code."""
    if isinstance(failure, Problem):
        report(failure.what, failure.hint)
        return failure.exit_code
    message = getattr(failure, "format_message", None)
    if message is not None:
        return _usage(failure, str(message()), verb)
    if isinstance(failure, OSError):
        return _system(failure)
    raise failure


def _usage(failure: Any, message: str, verb: str) -> int:
    near = [name for name in (getattr(failure, "possibilities", None) or ()) if name]
    context = getattr(failure, "ctx", None)
    path = context.command_path if context is not None else f"dealtrack {verb}".strip()
    # Typer folds its suggestions into the sentence; they belong in the hint.
    plain = message.partition(" Did you mean")[0].partition(" (Possible options")[0]
    what = plain.replace("'", '"').rstrip(".")
    hint = f"did you mean {' or '.join(near)}?" if near else f"see {path} --help"
    if path == "dealtrack" and "option" in what:
        hint = "flags come after the command: dealtrack list --status open"
    if verb == "update" and getattr(failure, "option_name", None) in _of_the_deal():
        hint = f"that is a fact of the deal, not of an event: dealtrack edit DEAL {failure.option_name} ..."
    report(what[:1].lower() + what[1:], hint)
    return USAGE


def _of_the_deal() -> set[str]:
    """The flags that tell of a deal as such, as they are typed."""
    groups = (DealFlags, PartyFlags)
    return {"--title"}.union(*(flag.names for group in groups for flag in group.all().values()))


def _system(failure: OSError) -> int:
    # What is written to files says which; all else goes to standard output.
    where = f'"{failure.filename}"' if failure.filename else "standard output"
    report(f"{where}: {(failure.strerror or str(failure)).lower()}", "check the path, its permissions and free space")
    return FAILED
