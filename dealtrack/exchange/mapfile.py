"""Mapping files: a layout written in TOML, read with the line of whatever is wrong in it."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

from dealtrack.domain.kind import FORMS, KINDS, Kind
from dealtrack.domain.milestone import MILESTONES
from dealtrack.domain.money import BASES
from dealtrack.domain.party import ROLES, Role
from dealtrack.domain.problem import Misuse
from dealtrack.domain.source import RELIABILITIES, SOURCE_KINDS
from dealtrack.domain.stake import STAKE_BASES
from dealtrack.domain.status import STATUSES
from dealtrack.exchange.layout import STEPS, Amount, Fact, Layout, Meaning, Parties, When, folded
from dealtrack.text.marked import ORDERS
from dealtrack.text.money import read_currency

UNITS = {"ones": "", "thousands": "k", "millions": "M", "billions": "bn"}

_TEXTS = ("title", "note", "summary", "sectors", "tags", "core_space")
_SOURCE = ("url", "title", "publisher", "published", "reliability", "kind")
_TOP = ("title", "family", "seen", "needs", "adds_to", "regroup", "empty", "reading", "deal", "parties", "status",
        "dates", "value", "stake", "source")  # fmt: skip
_FACT = ("column", "is", "words", "otherwise")

# What our own statuses are dated by, where a file is mapped to them.
_OWN: dict[str, Meaning] = {
    status: Meaning(
        status=status,
        dated={"rumored": "rumored", "completed": "completed"}.get(
            status, "announced" if status in ("talks", "proposed", "agreed") else "ended"
        ),
        announced="agreed" if status in ("agreed", "completed", "terminated") else "proposed",
    )
    for status in STATUSES
}


class BadMap(Misuse):
    """A mapping file that says something that no layout can."""


def read_layout(path: Path) -> Layout:
    """The layout that a mapping file describes. Raises BadMap."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) else "it is not UTF-8"
        raise BadMap(f"{path}: cannot be read: {reason}", "name a mapping file; dealtrack help mapping") from None
    return laid_out(text, str(path))


def laid_out(text: str, file: str) -> Layout:
    """The layout that a mapping file's text describes; `file` names it in messages. Raises BadMap."""
    try:
        told = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        found = re.search(r"line (\d+)", str(problem))
        line = found[1] if found else len(text.splitlines()) or 1
        reason = re.sub(r" \(at .*\)$", "", str(problem))
        raise BadMap(
            f"{file}:{line}: not TOML: {reason}", 'names with blanks go in quotes: buyer = "Acquiror name"'
        ) from None
    return _Map(text, file).layout(told)


@lru_cache(maxsize=1)
def _vocabularies() -> Mapping[str, Any]:
    text = files("dealtrack.exchange").joinpath("maps", "statuses.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


class _Map:
    """One mapping file being read: each refusal knows the line of the key that it is of."""

    def __init__(self, text: str, file: str) -> None:
        self.lines = text.splitlines()
        self.file = file

    def layout(self, told: dict[str, Any]) -> Layout:
        self.known(told, _TOP, ())
        name = Path(self.file).name.removesuffix(".toml")
        reading = self.table(told, "reading", ("dates", "century", "decimal", "thousands"))
        deal = self.table(told, "deal", ("identity", "type", *_TEXTS))
        status = self.table(told, "status", (*_FACT, "unknown"))
        stake = self.table(told, "stake", (*_FACT, "basis"))
        dates = self.table(told, "dates", STEPS)
        source = self.table(told, "source", _SOURCE)
        made = Layout(
            name=name,
            title=self.text(told, "title") or name,
            family=self.text(told, "family") or name,
            needs=(),
            seen=self.texts(told, "seen"),
            adds_to=self.text(told, "adds_to"),
            regroup=self.flag(told, "regroup"),
            empty=frozenset(folded(word) for word in self.texts(told, "empty")),
            order=self.one_of(reading, "dates", ORDERS, ("reading",)) or None,  # type: ignore[arg-type]  # one of ORDERS
            century=self.century(reading),
            **self.marks(reading),
            identity=self.optional(deal, "identity", ("deal",)),
            type=self.type(deal),
            texts={key: self.fact(deal[key], ("deal", key)) for key in _TEXTS if key in deal},
            parties=self.parties(told),
            status=self.fact(self.without(status, "words"), ("status",)) if status else None,
            meanings=self.meanings(status),
            dates={step: self.fact(dates[step], ("dates", step)) for step in dates},
            values=self.amounts(told),
            stake=self.fact(self.without(stake, "basis"), ("stake",)) if stake else None,
            stake_basis=self.one_of(stake, "basis", STAKE_BASES, ("stake",)),
            source=self.source(source),
        )
        self.complete(made)
        # A column of each fact: what a file must have for all of them to be found.
        first = dict.fromkeys(fact.columns[0] for fact in made.facts() if fact.columns)
        return made._replace(needs=self.texts(told, "needs") or tuple(first))

    # --- what is wrong, and in which line ----------------------------------------------------------------------------

    def refuse(self, path: tuple[str, ...], what: str, hint: str) -> BadMap:
        return BadMap(f"{self.file}:{self.line(path)}: {what}", hint)

    def line(self, path: tuple[str, ...]) -> int:
        """The line of a key: the last of its parts that a line begins with or, in a table in one line, holds."""
        header = re.compile(rf"^\s*\[+\s*{re.escape(path[0])}\s*[\].]")
        at = next((n for n, text in enumerate(self.lines) if header.search(text)), 0)
        line = at + 1
        for part in path:
            key = re.escape(part)
            pattern = re.compile(
                rf"""^\s*\[?\[?["']?{key}["']?\s*[\].=]|[{{,\s]["']?{key}["']?\s*=|^\s*["']{key}["'],?\s*$"""
            )
            found = next((n for n in range(at, len(self.lines)) if pattern.search(self.lines[n])), None)
            if found is not None:
                at, line = found, found + 1
        return line

    def known(self, table: Iterable[str], keys: Iterable[str], path: tuple[str, ...]) -> None:
        for key in table:
            if key not in keys:
                near = _near(key, list(keys))
                hint = f"did you mean {near[0]}?" if near else f"keys here are {', '.join(keys)}"
                raise self.refuse((*path, key), f'there is no "{key}" {_within(path)}', hint)

    def chosen(self, word: str, words: Iterable[str], path: tuple[str, ...]) -> str:
        if word not in words:
            allowed = list(words)
            near = _near(word, allowed) if len(allowed) > 4 else []
            hint = f"did you mean {near[0]}?" if near else f"one of {', '.join(allowed)}"
            raise self.refuse(path, f'{_called(path)} cannot be "{word}"', hint)
        return word

    # --- plain values ------------------------------------------------------------------------------------------------

    def table(self, told: dict[str, Any], key: str, keys: Iterable[str]) -> dict[str, Any]:
        found = told.get(key, {})
        if isinstance(found, str) and key in ("status", "stake"):
            return {"column": found}
        if not isinstance(found, dict):
            raise self.refuse((key,), f"{key} is no table", f"begin a line with [{key}]")
        self.known(found, tuple(keys), (key,))
        return found

    def text(self, table: Mapping[str, Any], key: str, path: tuple[str, ...] = ()) -> str:
        found = table.get(key, "")
        if not isinstance(found, str):
            raise self.refuse((*path, key), f"{_called((*path, key))} is no text", f'write {key} = "..."')
        return found

    def texts(self, table: Mapping[str, Any], key: str, path: tuple[str, ...] = ()) -> tuple[str, ...]:
        found = table.get(key, [])
        several = [found] if isinstance(found, str) else found
        if not isinstance(several, list) or not all(isinstance(one, str) for one in several):
            raise self.refuse(
                (*path, key),
                f"{_called((*path, key))} is no text and no list of texts",
                f'write {key} = ["...", "..."]',
            )
        return tuple(several)

    def flag(self, table: Mapping[str, Any], key: str) -> bool:
        found = table.get(key, False)
        if not isinstance(found, bool):
            raise self.refuse((key,), f"{key} is neither true nor false", f"write {key} = true")
        return found

    def one_of(self, table: Mapping[str, Any], key: str, words: Iterable[str], path: tuple[str, ...]) -> str:
        found = self.text(table, key, path)
        return self.chosen(found, words, (*path, key)) if found else ""

    def century(self, reading: Mapping[str, Any]) -> int | None:
        found = reading.get("century")
        if found is not None and (not isinstance(found, int) or isinstance(found, bool) or not 1900 <= found <= 2100):
            raise self.refuse(
                ("reading", "century"),
                "century is no year",
                "write the first year that two digits can mean: century = 1970",
            )
        return found

    def marks(self, reading: Mapping[str, Any]) -> dict[str, str]:
        decimal = self.text(reading, "decimal", ("reading",)) or "."
        thousands = self.text(reading, "thousands", ("reading",)) or {".": ",", ",": "."}.get(decimal, "")
        self.chosen(decimal, (".", ","), ("reading", "decimal"))
        self.chosen(thousands, (",", ".", " ", "'", "\u2019"), ("reading", "thousands"))
        if decimal == thousands:
            raise self.refuse(
                ("reading", "thousands"), "decimals and thousands have the same mark", "give each its own"
            )
        return {"decimal": decimal, "thousands": thousands}

    # --- facts -------------------------------------------------------------------------------------------------------

    def optional(self, table: Mapping[str, Any], key: str, path: tuple[str, ...]) -> Fact | None:
        return self.fact(table[key], (*path, key)) if key in table else None

    def fact(self, told: Any, path: tuple[str, ...], more: tuple[str, ...] = ()) -> Fact:
        if isinstance(told, (str, list)):
            told = {"column": told}
        if not isinstance(told, dict):
            raise self.refuse(path, f"{_called(path)} names no column", 'write "Its column", or { is = "always this" }')
        self.known(told, (*_FACT, *more), path)
        columns, constant = self.texts(told, "column", path), self.text(told, "is", path)
        if bool(columns) == bool(constant) or not all(columns):
            raise self.refuse(
                path,
                f"{_called(path)} names no column"
                if not constant
                else f"{_called(path)} is both a column and always the same",
                'write column = "Its column", or is = "always this"',
            )
        words = self.words(told["words"], (*path, "words")) if "words" in told else None
        return Fact(columns, constant, words, told.get("otherwise") and self.text(told, "otherwise", path))

    def words(self, told: Any, path: tuple[str, ...]) -> dict[str, str]:
        if not isinstance(told, dict) or not all(isinstance(word, str) for word in told.values()):
            raise self.refuse(
                path, f"{_called(path)} is no table of words", '{ "what stands there" = "what it means" }'
            )
        return {folded(key): word for key, word in told.items()}

    def when(self, told: Any, path: tuple[str, ...]) -> When:
        if not isinstance(told, dict):
            raise self.refuse(path, f"{_called(path)} is no table of columns", '{ "Column" = ["word", "word"] }')
        return tuple((column, frozenset(map(folded, self.texts(told, column, path)))) for column in told)

    @staticmethod
    def without(table: dict[str, Any], *keys: str) -> dict[str, Any]:
        return {key: value for key, value in table.items() if key not in keys}

    def type(self, deal: dict[str, Any]) -> Fact | None:
        """The kind of deal and its form, in one word: `equity-stake/ipo`."""
        path = ("deal", "type")
        found = self.optional(deal, "type", ("deal",))
        if found is None:
            return None
        if found.columns and found.words is None:
            hint = 'add [deal.type.words] and "IPO" = "equity-stake/ipo"'
            raise self.refuse(path, "it is not told what the words of type mean", hint)
        told = deal["type"] if isinstance(deal["type"], dict) else {}
        for word, meant in (("is", found.constant), ("otherwise", found.otherwise)):
            if meant:
                self.kind_and_form(meant, (*path, word))
        for word, meant in told.get("words", {}).items():
            self.kind_and_form(meant, (*path, "words", word))
        return found

    def kind_and_form(self, word: str, path: tuple[str, ...]) -> None:
        kind, _, form = word.partition("/")
        self.chosen(kind, KINDS, path)
        if form:
            self.chosen(form, FORMS[cast("Kind", kind)], path)

    def parties(self, told: dict[str, Any]) -> tuple[Parties, ...]:
        table = self.table(told, "parties", ROLES)
        return tuple(self.party(cast("Role", role), table[role]) for role in table)

    def party(self, role: Role, told: Any) -> Parties:
        path = ("parties", role)
        more = ("parted", "when", "kinds")
        fact = self.fact(told, path, more)
        rest = told if isinstance(told, dict) else {}
        kinds = self.texts(rest, "kinds", path)
        for kind in kinds:
            self.chosen(kind, KINDS, (*path, "kinds"))
        when = self.when(rest.get("when", {}), (*path, "when"))
        return Parties(role, fact, self.texts(rest, "parted", path), when, frozenset(cast("tuple[Kind, ...]", kinds)))

    def meanings(self, status: dict[str, Any]) -> dict[str, Meaning]:
        told = status.get("words", {})
        if isinstance(told, str):
            self.chosen(told, tuple(_vocabularies()), ("status", "words"))
            told = _vocabularies()[told]
        if not isinstance(told, dict):
            raise self.refuse(("status", "words"), "words of status are no table", '{ "Closed" = "completed" }')
        return _OWN | {folded(word): self.meaning(word, told[word]) for word in told}

    def meaning(self, word: str, told: Any) -> Meaning:
        path = ("status", "words", word)
        if isinstance(told, str):
            return _OWN[self.chosen(told, STATUSES, path)]
        if not isinstance(told, dict):
            raise self.refuse(path, f'"{word}" is given no status', f'write "{word}" = "completed"')
        self.known(told, Meaning._fields, path)
        allowed: dict[str, Iterable[str]] = {
            "status": STATUSES, "milestone": MILESTONES, "credibility": "123456", "dated": STEPS[:-1],
            "announced": STATUSES,
        }  # fmt: skip
        plain = {key: str(value) for key, value in told.items()}
        for key, words in allowed.items():
            if plain.get(key):
                self.chosen(plain[key], words, (*path, key))
        base = _OWN.get(plain.get("status", ""), Meaning())
        return base._replace(**plain)

    def amounts(self, told: dict[str, Any]) -> tuple[Amount, ...]:
        found = told.get("value", [])
        several = found if isinstance(found, list) else [found]
        return tuple(self.amount(one) for one in several)

    def amount(self, told: Any) -> Amount:
        path = ("value",)
        more = ("currency", "unit", "basis", "about_when")
        fact = self.fact(told, path, more)
        rest = told if isinstance(told, dict) else {}
        currency = self.optional(rest, "currency", path) or Fact()
        if len(currency.columns) == 1 and re.fullmatch("[A-Z]{3}", currency.columns[0]):
            currency = Fact(constant=currency.columns[0])
        if currency.constant:
            self.currency(currency.constant)
        unit = self.one_of(rest, "unit", tuple(UNITS), path) or "ones"
        basis = self.one_of(rest, "basis", BASES, path)
        return Amount(fact, currency, UNITS[unit], basis, self.when(rest.get("about_when", {}), (*path, "about_when")))

    def currency(self, code: str) -> None:
        try:
            read_currency(code)
        except Misuse as problem:
            raise self.refuse(("value", "currency"), problem.what, problem.hint) from None

    def source(self, table: dict[str, Any]) -> dict[str, Fact]:
        made = {key: self.fact(table[key], ("source", key)) for key in table}
        for key, words in (("reliability", RELIABILITIES), ("kind", SOURCE_KINDS)):
            if key in made and made[key].constant:
                self.chosen(made[key].constant, words, ("source", key))
        return made

    def complete(self, layout: Layout) -> None:
        """A layout says who, what and when, or to which deal of another it adds parties."""
        missing: tuple[tuple[bool, str, Callable[[], str]], ...] = (
            (not layout.parties, "names no parties", lambda: '[parties] and target = "Its column"'),
            (layout.type is None and not layout.adds_to, "does not say what kind of deal",
             lambda: '[deal] and type = { is = "acquisition" }'),
            (not layout.dates and not layout.adds_to, "names no date", lambda: '[dates] and announced = "Its column"'),
            (layout.status is None and not layout.adds_to, "does not say how deals stand",
             lambda: '[status] and is = "completed"'),
            (layout.identity is None and bool(layout.adds_to or layout.regroup), "does not say which rows are one deal",
             lambda: '[deal] and identity = "Its column"'),
        )  # fmt: skip
        for is_missing, what, hint in missing:
            if is_missing:
                raise BadMap(f"{self.file}:{max(1, len(self.lines))}: the map {what}", f"add {hint()}")


def _near(word: str, words: list[str]) -> list[str]:
    # Only a mistyped word needs likeness.
    from difflib import get_close_matches  # noqa: PLC0415

    return get_close_matches(word, words, n=1, cutoff=0.7)


def _within(path: tuple[str, ...]) -> str:
    return f"in {'.'.join(path)}" if path else "in a mapping file"


def _called(path: tuple[str, ...]) -> str:
    return ".".join(path)
