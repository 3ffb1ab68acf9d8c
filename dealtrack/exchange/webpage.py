"""Rows as a plain table on a web page that loads nothing, runs nothing and holds all it needs."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from dealtrack.domain.columns import Table
from dealtrack.domain.figures import DealRow
from dealtrack.exchange.spoken import Spoken, spoken

# The policy is a second lock: were a text ever taken for markup, a browser would still load and run nothing.
_HEAD = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 14px/1.4 system-ui, sans-serif; margin: 1.5rem; color: #1a1a1a; background: #fff; }}
table {{ border-collapse: collapse; }}
th, td {{ padding: .25rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid #ddd; }}
thead th {{ position: sticky; top: 0; background: #fff; border-bottom: 2px solid #666; }}
.n {{ text-align: right; font-variant-numeric: tabular-nums; }}
</style>
</head>
<body>
<table>
<thead><tr>{headings}</tr></thead>
<tbody>
"""
_FOOT = "</tbody>\n</table>\n</body>\n</html>\n"


def write(rows: Iterable[DealRow], columns: Sequence[str] | None, table: Table = "deals") -> Iterator[str]:
    """A page with one table, a line for each row."""
    chosen = spoken(table, columns)
    headings = "".join(f'<th scope="col"{_right(one)}>{text(one.heading)}</th>' for one in chosen)
    yield _HEAD.format(title=table.capitalize(), headings=headings)
    for row in rows:
        yield f"<tr>{''.join(f'<td{_right(one)}>{_cell(one, one.say(row))}</td>' for one in chosen)}</tr>\n"
    yield _FOOT


def text(words: str) -> str:
    """Words as HTML shows them, whatever is in them."""
    if not words.isprintable():
        words = "".join(c if c.isprintable() or c in "\n\t" else "\ufffd" for c in words)
    return escape(words)


def _right(column: Spoken) -> str:
    return ' class="n"' if column.right else ""


def _cell(column: Spoken, words: str) -> str:
    shown = text(words)
    if column.link and words.startswith(("https://", "http://")):
        return f'<a href="{shown}" rel="noopener noreferrer">{shown}</a>'
    return shown
