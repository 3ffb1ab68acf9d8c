"""What a command shows on a terminal, as a picture: SVG without fonts or files from elsewhere."""

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.text import Text

_FONTS = "ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', Menlo, Consolas, 'Liberation Mono', monospace"
_SIZE, _ACROSS, _DOWN = 14, 8.43, 19
_MARGIN, _BAR = 20, 34
_PAPER, _INK, _QUIET = "#14181e", "#d7dce3", "#8b96a5"
# The first eight colors of a terminal by their number, then the gray that quiet words have.
_COLORS = ("#4a5563", "#f0918a", "#70c78f", "#dba847", "#8fb9ef", "#bda2ec", "#5fbcd8", _INK, _QUIET)
# What stands together: single blanks within, and nothing that a font or a viewer may squeeze.
_TOGETHER = re.compile(r"\S+(?: \S+)*")


def picture(command: str, shown: str, columns: int) -> str:
    """The picture of a command below its prompt, as it came to a terminal of so many columns, colors and all."""
    lines = [Text(f"$ {command}", style="bold"), Text(""), *map(Text.from_ansi, shown.rstrip("\n").split("\n"))]
    width, height = round(columns * _ACROSS + 2 * _MARGIN), len(lines) * _DOWN + _BAR + _MARGIN
    size = f'width="{width}" height="{height}"'
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label={quoteattr(command)}>\n',
            f'<rect {size} rx="8" fill="{_PAPER}"/>\n',
            *(f'<circle cx="{20 + 18 * at}" cy="17" r="5" fill="#4a5563"/>\n' for at in range(3)),
            f'<g font-family="{_FONTS}" font-size="{_SIZE}" fill="{_INK}">\n',
            *(row for at, line in enumerate(lines) for row in _row(line, _BAR + at * _DOWN + _SIZE)),
            "</g>\n</svg>\n",
        )
    )


def _row(line: Text, y: int) -> Iterator[str]:
    """The pieces of a line, each as wide as its cells whatever the font is."""
    at = 0
    for segment in line.render(Console(color_system="standard", width=500)):
        style = _attributes(segment.style or Style())
        for found in _TOGETHER.finditer(segment.text):
            x, length = at + cell_len(segment.text[: found.start()]), cell_len(found[0])
            place = f'x="{_MARGIN + x * _ACROSS:.2f}" y="{y}" textLength="{length * _ACROSS:.2f}"'
            yield f"<text {place}{style}>{escape(found[0])}</text>\n"
        at += cell_len(segment.text)


def _attributes(style: Style) -> str:
    number = style.color.number if style.color else None
    color = _COLORS[number] if number is not None and number < len(_COLORS) else _QUIET if style.dim else None
    told = f' fill="{color}"' if color else ""
    return told + ' font-weight="bold"' * bool(style.bold) + ' text-decoration="underline"' * bool(style.underline)
