"""How a function becomes a command: its groups of flags laid open, its help under headings, the desk at hand."""

import inspect
from collections.abc import Callable, Iterator
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from dealtrack.cli.coercion import lighten
from dealtrack.cli.desk import Desk
from dealtrack.cli.options import DeskFlags, Flags
from dealtrack.cli.typed import refuse_empty, refuse_twice

SETTINGS = {"help_option_names": ["-h", "--help"]}
_OWN = "Flags"
_ARGUMENTS = "Words"


class Light:
    """A command that reads its words without pydantic and shows its flags under the headings of their groups."""

    def get_params(self, ctx: Any) -> list[Any]:
        """The parameters, `--help` among them."""
        found: list[Any] = super().get_params(ctx)  # type: ignore[misc]  # of the class this is mixed into
        lighten(found)
        return found

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """The flags, group by group."""
        sections: dict[str, list[tuple[str, str]]] = {}
        for param in (param for param in self.get_params(ctx) if not getattr(param, "hidden", False)):
            heading, record = _record(param, ctx)
            sections.setdefault(heading, []).append(record)
        order = (_ARGUMENTS, _OWN)
        for heading, records in sorted(sections.items(), key=lambda item: _place(item[0], order)):
            with formatter.section(heading):
                formatter.write_dl(records)


def _place(heading: str, first: tuple[str, ...]) -> int:
    """Words and a command's own flags come first, the flags of every command last."""
    return first.index(heading) if heading in first else len(first) + (heading == DeskFlags.heading)


def _record(param: Any, ctx: Any) -> tuple[str, tuple[str, str]]:
    """A parameter's heading and its line: what to type, what for."""
    if param.param_type_name == "argument":
        return _ARGUMENTS, (param.metavar or param.name.upper(), param.help or "")
    heading = param.rich_help_panel or (DeskFlags.heading if param.name == "help" else _OWN)
    return heading, param.get_help_record(ctx)


class LightCommand(Light, TyperCommand):
    """One verb."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """The words after the name. Raises Misuse for one that is empty, or too many."""
        if not ctx.resilient_parsing:
            words, _, order = self.make_parser(ctx).parse_args(list(args))
            params = self.get_params(ctx)
            refuse_empty(params, words)
            if any(param.name == "dry_run" for param in params):
                refuse_twice(order)
        return super().parse_args(ctx, args)


class LightGroup(Light, TyperGroup):
    """Several verbs under one name; alone it shows its help."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """The words after the name."""
        return super().parse_args(ctx, args or ["--help"])

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """The verbs only: the flags are theirs."""
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The verbs, each with its first sentence in full."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, _sentence(self.get_command(ctx, name))) for name in self.list_commands(ctx)])


def _sentence(command: Any) -> str:
    """What a command is for: the first paragraph of its help, in one line."""
    return " ".join((command.help or "").partition("\n\n")[0].split())


def command_of(name: str, function: Callable[..., None]) -> Any:
    """The command that calls the function."""
    alone = _typer(name)
    alone.command(name, cls=LightCommand, context_settings=SETTINGS)(laid_open(function))
    return typer.main.get_command(alone)


def group_of(
    name: str, about: str, functions: dict[str, Callable[..., None]], cls: type[LightGroup] = LightGroup
) -> Any:
    """The group of commands that call the functions."""
    several = _typer(name)
    several.callback(cls=cls, help=about, context_settings=SETTINGS)(_nothing)
    for verb, function in functions.items():
        several.command(verb, cls=LightCommand, context_settings=SETTINGS)(laid_open(function))
    return typer.main.get_command(several)


def _typer(name: str) -> typer.Typer:
    return typer.Typer(name=name, rich_markup_mode=None, add_completion=False)


def _nothing() -> None:
    """A group of verbs does nothing by itself."""


def laid_open(function: Callable[..., None]) -> Callable[..., None]:
    """The same command with the flags of its groups as parameters of its own, as Typer wants them.

    A parameter annotated with a group gets that group's value; one annotated with Desk gets an open desk.
    """
    hints = inspect.get_annotations(function)
    groups = {name: DeskFlags if hint is Desk else hint for name, hint in hints.items() if _is_group(hint)}
    parameters: list[inspect.Parameter] = []
    for name, parameter in inspect.signature(function).parameters.items():
        if name in groups:
            parameters += _parameters(groups[name])
        else:
            parameters.append(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY, annotation=hints[name]))

    def run(**values: Any) -> None:
        taken = {name: group(**{flag: values.pop(flag) for flag in group.all()}) for name, group in groups.items()}
        desk_name = next(name for name, group in groups.items() if group is DeskFlags)
        with Desk(taken.pop(desk_name)) as desk:
            function(**taken, **values, **{desk_name: desk})

    run.__name__ = function.__name__
    run.__doc__ = function.__doc__
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # what inspect.signature reads first
    # Each parameter has its own; Typer would go through these once more.
    run.__annotations__ = {}
    return run


def _is_group(hint: Any) -> bool:
    return hint is Desk or (isinstance(hint, type) and issubclass(hint, Flags))


def _parameters(group: type[Flags]) -> Iterator[inspect.Parameter]:
    annotations: dict[str, Any] = {}
    for base in reversed(group.__mro__):
        annotations |= inspect.get_annotations(base)
    for name, flag in group.all().items():
        told: Any = (
            typer.Option(
                *flag.names, help=flag.help, metavar=flag.metavar, rich_help_panel=group.heading, show_default=False
            )
            if flag.names
            else typer.Argument(help=flag.help, metavar=flag.metavar, show_default=False)
        )
        taken: Any = Annotated[annotations[name], told]
        yield inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=flag.usual, annotation=taken)
