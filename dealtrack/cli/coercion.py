"""Typer without pydantic: plain words need no validation library to become strings and flags.

Typer 0.29 builds a pydantic adapter for every parameter when a value, even None, is looked at. Importing
pydantic takes a command from 5 to 13 times the start of bare Python, and dealtrack reads its words with
its own readers anyway. Where Typer keeps the slot that holds the adapter, a plain one is put there;
where it does not (0.28 has none, a later one may rename it), nothing is done and stock Typer runs.
`tests/cli/test_cli_startup.py` runs commands both ways.
"""

from collections.abc import Iterable
from typing import Any

SLOT = "_runtime_param"


class Plain:
    """Hands a parameter's words on as they are, a list for a parameter that may be given several times."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """Typer's call for turning what was typed into the parameter's value."""
        del ctx
        if param.multiple or param.nargs == -1:
            return [] if value is None else list(value)
        if isinstance(value, str) and getattr(param, "is_flag", False):
            return value.casefold() in ("1", "true", "yes", "on")
        return value


def lighten(params: Iterable[Any]) -> None:
    """Put the plain way where Typer would build an adapter."""
    for param in params:
        if SLOT in vars(param):
            setattr(param, SLOT, Plain())
