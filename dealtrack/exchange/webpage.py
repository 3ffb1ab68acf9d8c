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
html {{ color-scheme: light dark; --ink: #1b2330; --paper: #fff; --rule: #e2e6eb; --strong: #b9c1cc; }}
@media screen and (prefers-color-scheme: dark) {{
  html {{ --ink: #e6e9ee; --paper: #14181e; --rule: #2b323b; --strong: #4a5563; }}
}}
body {{ font: 14px/1.4 system-ui, sans-serif; margin: 1.5rem; color: var(--ink); background: var(--paper); }}
table {{ border-collapse: collapse; font-variant-numeric: tabular-nums; }}
th, td {{ padding: .3rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--rule); }}
thead th {{ position: sticky; top: 0; background: var(--paper); border-bottom: 2px solid var(--strong); }}
{columns}
@media print {{
  @page {{ margin: 14mm; }}
  html {{ color-scheme: light; }}
  body {{ margin: 0; font-size: 8pt; }}
  thead th {{ position: static; }}
  tr {{ break-inside: avoid; }}
}}
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
    headings = "".join(f'<th scope="col">{text(one.heading)}</th>' for one in chosen)
    set_so = "\n".join(f"tr > :nth-child({at}) {{ {_set(one)} }}" for at, one in enumerate(chosen, 1))
    yield _HEAD.format(title=table.capitalize(), columns=set_so, headings=headings)
    for row in rows:
        yield f"<tr>{''.join(f'<td>{_cell(one, one.say(row))}</td>' for one in chosen)}</tr>\n"
    yield _FOOT


def _set(column: Spoken) -> str:
    """How the cells of a column are set."""
    if column.right:
        return "text-align: right; white-space: nowrap"
    return "white-space: nowrap" if column.whole else "min-width: 12rem; overflow-wrap: anywhere"


def text(words: str) -> str:
    """Words as HTML shows them, whatever is in them."""
    if not words.isprintable():
        words = "".join(c if c.isprintable() or c in "\n\t" else "\ufffd" for c in words)
    return escape(words)


def _cell(column: Spoken, words: str) -> str:
    # An arrow of two characters would be broken at the end of a line.
    shown = text(words.replace(" -> ", " \u2192 ").replace(" <- ", " \u2190 "))
    if column.link and words.startswith(("https://", "http://")):
        return f'<a href="{shown}" rel="noopener noreferrer">{shown}</a>'
    return shown
