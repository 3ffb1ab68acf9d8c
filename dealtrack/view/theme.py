"""What each thing looks like: the shape carries the meaning, the color repeats it."""

from collections.abc import Iterable

from dealtrack.domain.status import PHASE_OF, STATUSES, Phase, Status

# A circle fills as a deal comes about; a diamond is parked; a struck circle or a cross is over.
MARKS: dict[Status, str] = {
    "rumored": "◌",
    "talks": "○",
    "proposed": "◐",
    "agreed": "◕",
    "completed": "●",
    "stalled": "◇",
    "denied": "⊘",
    "rejected": "⊗",
    "withdrawn": "⊖",
    "terminated": "✕",
}
MILESTONE = "▪"
EXPECTED = "▷"
SPAN = "░"
EARLIER, LATER = "◂", "▸"
LASTING = "─"
AWAITED = "┄"
TODAY = "╎"
GRID = "┊"
RULE = "─"
TICK, TICK_BELOW = "┬", "┴"
BAR, BAR_END, BAR_OPEN = "━", "╸", "╌"
SPARKS = "▁▂▃▄▅▆▇█"
DOT = "·"

# One cell becomes one cell, so that a layout holds in both.
TO_ASCII: dict[int, str] = str.maketrans(
    {
        "◌": "?",
        "○": "o",
        "◐": "%",
        "◕": "@",
        "●": "#",
        "◇": "=",
        "⊘": "/",
        "⊗": "!",
        "⊖": "w",
        "✕": "X",
        MILESTONE: "*",
        EXPECTED: ")",
        SPAN: "~",
        EARLIER: "<",
        LATER: ">",
        LASTING: "-",
        AWAITED: ".",
        TODAY: "|",
        GRID: ":",
        TICK: "+",
        TICK_BELOW: "+",
        BAR: "=",
        BAR_END: "-",
        BAR_OPEN: ".",
        **dict(zip(SPARKS, "_.:-=+*#", strict=True)),
        DOT: "-",
        "…": "~",
    }
)

# The sixteen colors that a terminal's own palette keeps readable, light or dark.
_COLORS: dict[Phase, str] = {"open": "cyan", "done": "green", "dormant": "yellow", "dead": "red"}

HEADING = "bold"
QUIET = "dim"
VALUE = "bold"
DOUBT = "yellow"
FAULT = "red"


def style_of(status: Status) -> str:
    """The color of a status: that of its phase, with rumors apart and signatures stronger."""
    if status == "rumored":
        return "magenta"
    return f"bold {_COLORS['open']}" if status == "agreed" else _COLORS[PHASE_OF[status]]


def mark_of(status: Status) -> tuple[str, str]:
    """The mark of a status with its style."""
    return MARKS[status], style_of(status)


def legend(statuses: Iterable[Status] = STATUSES) -> list[tuple[str, str]]:
    """The marks in use with what they stand for, in the order a deal travels."""
    used = set(statuses)
    pieces = []
    for status in STATUSES:
        if status in used:
            pieces += [(f"{MARKS[status]} {status}", style_of(status))]
    return pieces
