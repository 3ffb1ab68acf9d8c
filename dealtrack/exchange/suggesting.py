"""A mapping file drafted from a header and some rows: what is plain is filled in, what is not is left to be told."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dealtrack.domain.status import STATUSES
from dealtrack.exchange.headings import facts_of, kind_told, plain, status_told, unit_told
from dealtrack.exchange.layout import Meaning, folded
from dealtrack.exchange.recognising import shipped
from dealtrack.exchange.row import RawRow

_PARTIES = ("buyer", "lead-investor", "investor", "partner", "target", "seller")
_DATES = ("rumored", "announced", "completed", "ended", "expected")
_GUESS = r"estim|approx|geschatzt|yes|^ja$|^oui$|^si$"
# A draft names as many different words of a column as somebody would look through.
_SHOWN = 40


class _Draft(NamedTuple):
    """Which column holds which fact, and what stands in each column."""

    columns: dict[str, str]
    cells: dict[str, list[str]]

    def words(self, fact: str) -> list[str]:
        """The different words in the column of a fact."""
        return list(dict.fromkeys(self.cells.get(self.columns.get(fact, ""), [])))[:_SHOWN]


def suggest(header: Sequence[str], rows: Iterable[RawRow]) -> str:
    """A mapping file for files with this header; `rows` are some that show what stands in the columns."""
    names = [name for name in header if name]
    cells: dict[str, list[str]] = {name: [] for name in names}
    for row in rows:
        for name in names:
            if cell := row.cells.get(name, "").strip():
                cells[name].append(cell)
    draft = _Draft(facts_of(names), cells)
    parts = (_head(names, draft), _reading(draft), _deal(draft), _parties(draft), _status(draft), _dates(draft),
             _value(draft), _rest(draft))  # fmt: skip
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _quoted(words: str) -> str:
    """A text as TOML writes one, whatever stands in it."""
    escaped = "".join(_ESCAPES.get(c, c if c.isprintable() else f"\\U{ord(c):08X}") for c in words)
    return f'"{escaped}"'


_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def _said(words: str) -> str:
    """Words of a file in a comment: on one line, nothing that acts."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())[:60]


def _head(names: Sequence[str], draft: _Draft) -> list[str]:
    unused = [name for name in names if name not in draft.columns.values()]
    lines = [
        "# Drafted from a file's header and first rows: look through it, mend it, keep it.",
        "# dealtrack help mapping",
    ]
    if unused:
        lines.append(f"# Not read: {', '.join(map(_said, unused))}")
    return [*lines, 'title = "Deals of ..."']


def _reading(draft: _Draft) -> list[str]:
    days = [cell for step in _DATES for cell in draft.words(step)]
    return ["[reading]", _order(days), *_marks(draft.words("value"))]


def _order(days: list[str]) -> str:
    """Which order the dates show that they have; two that do not agree, or none that tells, are left to be told."""
    figures = [found.groups() for day in days if (found := re.match(r"(\d{1,2})[-/.](\d{1,2})[-/.]\d{2,4}$", day))]
    if not figures:
        return "# dates stand year first, or name their month"
    first, second = any(int(one) > 12 for one, _ in figures), any(int(two) > 12 for _, two in figures)
    if first != second:
        return f'dates = "{"dmy" if first else "mdy"}"'
    return '# dates = "dmy"   which is it? "dmy" or "mdy": the rows do not tell'


def _marks(values: list[str]) -> list[str]:
    if any(re.search(r"\d,\d{1,2}$|\d\.\d{3},", value) for value in values):
        return ['decimal = ","']
    return []


def _deal(draft: _Draft) -> list[str]:
    lines = ["[deal]"]
    if "identity" in draft.columns:
        lines.append(f"identity = {_quoted(draft.columns['identity'])}")
    else:
        lines.append("# identity is the column of an id, if there is one")
    lines += [f"{key} = {_quoted(draft.columns[key])}" for key in ("title", "sectors", "note") if key in draft.columns]
    if "type" not in draft.columns:
        return [*lines, 'type = { is = "acquisition" }   # or "equity-stake", "partnership"']
    words = draft.words("type")
    return [*lines, "", "[deal.type]", f"column = {_quoted(draft.columns['type'])}", "", "[deal.type.words]",
            *(_meant(word, kind_told(word), "acquisition/merger, equity-stake/ipo ...") for word in words)]  # fmt: skip


def _meant(word: str, meant: str, choice: str) -> str:
    return f'{_quoted(word)} = "{meant}"' if meant else f"# {_said(word)}: what is it? {choice}"


def _parties(draft: _Draft) -> list[str]:
    return ["[parties]", *(_party(draft, role) for role in _PARTIES if role in draft.columns)]


def _party(draft: _Draft, role: str) -> str:
    column = _quoted(draft.columns[role])
    words = draft.words(role)
    # A comma may be part of one name ("Boeing Company, The"); if it parts names, it does so in many a cell.
    often = sum("," in word for word in words) * 2 > len(words)
    parted = next((mark for mark in ("\n", ";") if any(mark in word for word in words)), "," if often else "")
    if not parted:
        return f"{role} = {column}"
    return f"{role} = {{ column = {column}, parted = {_quoted(parted)} }}"


def _status(draft: _Draft) -> list[str]:
    if "status" not in draft.columns:
        return ["[status]", 'is = "completed"   # how do these deals stand?']
    lines = ["[status]", f"column = {_quoted(draft.columns['status'])}", "", "[status.words]"]
    meant, choice = _known_statuses(), ", ".join(STATUSES)
    return [
        *lines,
        *(_meant(word, meant.get(folded(word), "") or status_told(word), choice) for word in draft.words("status")),
    ]


def _known_statuses() -> dict[str, str]:
    """The words that mean one status wherever they are known."""
    meanings: dict[str, set[Meaning]] = {}
    for layout in shipped():
        for word, meaning in layout.meanings.items():
            meanings.setdefault(word, set()).add(meaning._replace(dated="", announced="", meaning=""))
    plain = {word: found.pop() for word, found in meanings.items() if len(found) == 1}
    return {
        word: meaning.status
        for word, meaning in plain.items()
        if meaning == Meaning(meaning.status, dated="", announced="")
    }


def _dates(draft: _Draft) -> list[str]:
    lines = [f"{step} = {_quoted(draft.columns[step])}" for step in _DATES if step in draft.columns]
    return ["[dates]", *(lines or ['# announced = "Its column"   or completed, rumored, ended'])]


def _value(draft: _Draft) -> list[str]:
    if "value" not in draft.columns:
        return []
    column = draft.columns["value"]
    lines = ["[[value]]", f"column = {_quoted(column)}", f"currency = {_currency(draft, column)}"]
    unit = unit_told(column)
    lines += [f'unit = "{unit}"'] if unit else ["# unit is ones, thousands, millions or billions"]
    guesses = [word for word in draft.words("about") if re.search(_GUESS, plain(word))]
    if guesses:
        lines.append(f"about_when = {{ {_quoted(draft.columns['about'])} = {_quoted(guesses[0])} }}")
    return lines


def _currency(draft: _Draft, column: str) -> str:
    if all(re.fullmatch("[A-Za-z]{3}", word) for word in draft.words("currency")) and "currency" in draft.columns:
        return _quoted(draft.columns["currency"])
    found = re.search(r"\b(EUR|GBP|JPY|CNY|INR|CAD|AUD|CHF)\b|(\u20ac|\beuros?\b)|(\u00a3)", column, re.IGNORECASE)
    if found is None:
        return '"USD"'
    return f'"{found[1].upper() if found[1] else "EUR" if found[2] else "GBP"}"'


def _rest(draft: _Draft) -> list[str]:
    lines = [f"[stake]\ncolumn = {_quoted(draft.columns['stake'])}\n"] if "stake" in draft.columns else []
    source = [f"{key} = {_quoted(draft.columns[key])}" for key in ("url", "publisher") if key in draft.columns]
    return [*lines, *(["[source]", *source] if source else [])]
