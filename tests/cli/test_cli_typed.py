"""What no command takes, asked of every flag and argument of every command: an empty word, and two where one is due."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from readers import typed_in

from dealtrack.cli.app import app

# Texts may be emptied.
MAY_BE_EMPTY = {"note", "summary"}


def verbs(group: Any, *before: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command with the words that name it."""
    for name in group.list_commands(None):
        command = group.get_command(None, name)
        if hasattr(command, "list_commands"):
            yield from verbs(command, *before, name)
        else:
            yield (*before, name), command


COMMANDS = list(verbs(app()))
BY_NAME = pytest.mark.parametrize(("words", "command"), COMMANDS, ids=[" ".join(words) for words, _ in COMMANDS])


def worded(command: Any) -> list[Any]:
    """The parameters that take a word."""
    return [param for param in command.params if not getattr(param, "is_flag", False)]


@BY_NAME
@pytest.mark.parametrize("empty", ["", " \t", ",", " ; "])
def test_an_empty_word_is_refused_with_its_name(
    words: tuple[str, ...], command: Any, empty: str, tmp_path: Path
) -> None:
    before: list[str] = []
    for param in sorted(worded(command), key=lambda param: bool(param.param_type_name == "option")):
        option = param.param_type_name == "option"
        code, written, told = typed_in(tmp_path, *words, *(param.opts[:1] if option else before), empty)
        before += [] if option else ["x"]
        if param.name in MAY_BE_EMPTY:
            assert "is empty" not in told
            continue
        named = max(param.opts, key=len) if option else param.metavar
        assert (code, written) == (2, "")
        shown = empty.replace("\t", "  ")
        assert told.splitlines()[0] == f'error: {named} "{shown}" is empty', words


@BY_NAME
def test_what_takes_one_word_is_not_given_two(words: tuple[str, ...], command: Any, tmp_path: Path) -> None:
    writes = any(param.name == "dry_run" for param in command.params)
    every = {"ledger", "color", "today"}
    for param in worded(command):
        if param.param_type_name == "option":
            code, _, told = typed_in(tmp_path, *words, param.opts[0], "none", param.opts[-1], "none")
            refused = writes and not param.multiple and param.name not in every
            assert (f"error: {max(param.opts, key=len)} is given twice" in told) == refused
            assert code or not refused


@pytest.mark.parametrize(
    "words",
    [("edit", "206", "--without", "buyer:"), ("edit", "206", "--without", "buyer: "), ("company", "show", "!")],
    ids=" ".join,
)
def test_no_company_has_an_empty_name(words: tuple[str, ...], desk: Path) -> None:
    code, written, told = typed_in(desk, *words)
    assert (code, written) == (2, "")
    assert told.startswith('error: no company is known as "')
