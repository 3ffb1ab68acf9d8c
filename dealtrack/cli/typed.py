"""What no command takes, whatever it means: a flag without a word, or twice where it says one thing."""

from collections.abc import Iterable, Mapping
from typing import Any

from dealtrack.cli.options import DeskFlags
from dealtrack.domain.problem import Misuse

# Texts that an empty word takes away.
_EMPTIED = ("note", "summary")
# What parts words is none.
_PARTING = dict.fromkeys(map(ord, ",;"))


def refuse_empty(params: Iterable[Any], words: Mapping[str, Any]) -> None:
    """Refuse a word of nothing: it comes of a variable of the shell that is not set, and could mean anything.

    `words` are what was typed, by the names of the parameters. Raises Misuse.
    """
    for param in params:
        given = words.get(param.name)
        for word in given if isinstance(given, list | tuple) else [given]:
            if isinstance(word, str) and not word.translate(_PARTING).strip() and param.name not in _EMPTIED:
                raise Misuse(f'{_said(param)} "{word}" is empty', "leave it out, or say what is meant")


def refuse_twice(params: Iterable[Any]) -> None:
    """Refuse a flag that takes one word and is given two: one would be lost without a word.

    `params` are as they were typed. The flags of every command may stand in an alias, and be given another word.
    Raises Misuse.
    """
    seen = set[str]()
    for param in params:
        if param.name in seen:
            raise Misuse(f"{_said(param)} is given twice", "it takes one word: leave the other out")
        if param.param_type_name == "option" and not (param.multiple or param.is_flag or param.name in DeskFlags.all()):
            seen.add(param.name)


def _said(param: Any) -> str:
    """A parameter as it is typed: `--company`, or the name that help has for a word."""
    if param.param_type_name == "argument":
        return str(param.metavar or param.name.upper())
    return str(max(param.opts, key=len))
