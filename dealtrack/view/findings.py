"""What `check` found: each finding with its subject, faults before doubts."""

from collections.abc import Iterable

from dealtrack.view.lines import Block, Line, Lines, beside, paragraph, width_of
from dealtrack.view.safe import safe
from dealtrack.view.screen import Screen
from dealtrack.view.theme import DOUBT, FAULT, HEADING, QUIET

# The widest subject that stands beside its sentence; a longer one stands above it.
_MARGIN = 4


def findings_list(findings: Iterable[tuple[str, str, str, str]], screen: Screen) -> Lines:
    """Findings as (severity, code, subject, sentence), those of one code together under its name."""
    groups: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for severity, code, subject, sentence in findings:
        groups.setdefault((severity, code), []).append((subject, sentence))
    lines: list[Line] = []
    for (severity, code), members in sorted(groups.items(), key=lambda item: item[0][0] != "fault"):
        style = FAULT if severity == "fault" else DOUBT
        lines.append([(f"{severity}  ", style), (safe(code), HEADING), (f"  {len(members):,}", QUIET)])
        lines += _members(members, screen.width)
    return Lines.of(screen, lines)


def _members(members: list[tuple[str, str]], width: int) -> list[Line]:
    lines: list[Line] = []
    subjects = max(width_of([(safe(subject), "")]) for subject, _ in members)
    beside_it = min(subjects, (width - _MARGIN) // 2)
    for subject, sentence in members:
        left = paragraph(subject, beside_it, HEADING)
        right = paragraph(sentence, width - beside_it - _MARGIN)
        lines += [[("  ", ""), *line] for line in beside([Block(left, beside_it), Block(right, 0)])]
    return lines
