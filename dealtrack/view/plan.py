"""What an import would do: how many rows of each sort there are, the first of them, and what would change."""

from collections.abc import Iterator

from dealtrack.domain.plan import Plan, Step, Verdict
from dealtrack.text.counts import counted
from dealtrack.view.lines import Line, Lines, flow, indented, paragraph, words_of
from dealtrack.view.safe import safe
from dealtrack.view.screen import Screen
from dealtrack.view.theme import HEADING, QUIET

# In the order of the plan: what is written first, what is left out last.
_SAID: dict[Verdict, tuple[str, str]] = {
    "new": ("+", "new"),
    "changed": ("~", "changed"),
    "unchanged": ("=", "unchanged"),
    "kept": ("!", "kept as you have them"),
    "duplicate": ("?", "left out: may be deals that are here"),
    "conflict": ("x", "left out: changed here and in the file"),
    "error": ("x", "left out: cannot be read"),
}
_SILENT: tuple[Verdict, ...] = ("unchanged",)

# Steps of one sort that are shown, and words of one field.
_SHOWN = 8
_LONGEST = 120
_INDENT = 4


def import_plan(plan: Plan, screen: Screen) -> Lines:
    """The plan for a person; what is unchanged is counted only."""
    lines: list[Line] = [[(counted(plan.rows, "row"), HEADING)]]
    for verdict, (sign, said) in _SAID.items():
        count = plan.counts[verdict]
        if count:
            lines.append([(f"{sign} {count:,} {said}", HEADING if verdict not in _SILENT else QUIET)])
        if verdict not in _SILENT:
            lines += _steps(plan.steps[verdict][:_SHOWN], count, screen)
    for remark in plan.remarks:
        lines += paragraph(f"- {remark}", screen.width, QUIET)
    if plan.founded:
        names = ", ".join(list(plan.founded)[:_SHOWN])
        more = f" and {len(plan.founded) - _SHOWN:,} more" if len(plan.founded) > _SHOWN else ""
        lines += paragraph(f"+ {counted(len(plan.founded), 'company')} not known before: {names}{more}", screen.width)
    return Lines.of(screen, lines)


def _steps(steps: list[Step], count: int, screen: Screen) -> Iterator[Line]:
    for step in steps:
        deal = f"{step.deal}  " if step.deal and step.verdict != "new" else ""
        head = [(f"{safe(step.file)}:{step.line}", QUIET), (f"  {deal}{safe(step.what)}", "")]
        yield from indented([head], 2)
        yield from indented(_why(step, screen.width - _INDENT), _INDENT)
    if count > len(steps):
        yield [(f"  and {count - len(steps):,} more", QUIET)]


def _why(step: Step, width: int) -> Iterator[Line]:
    for one in step.differences:
        stays = "  (stays)" if one.kept else ""
        said = f"{one.field}: {_short(one.before) or 'nothing'} -> {_short(one.after) or 'nothing'}{stays}"
        yield from flow(words_of(said), width)
    if step.reason:
        column = f"column {step.column}: " if step.column else ""
        yield from paragraph(f"{column}{step.reason}", width)
    if step.hint:
        yield from paragraph(step.hint, width, QUIET)


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
