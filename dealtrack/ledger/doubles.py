"""Which companies may be the same: names that are near, found without comparing each with each.

Two names are compared where they share a word that is rare enough (prefix filtering: if what their words have in common
weighs as much as is asked for, the rarest of those words are among those that each is filed under), where their own
words agree in half of their letters (a letter changed, left out or added leaves one half as it was), where all letters
are the same, or where one is the initials of the other. So none is missed that is near in words or has a letter too
many, too few or another in a word of its own, and none is compared that shares nothing.
"""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator
from itertools import chain, combinations
from typing import NamedTuple

from dealtrack.domain.spelling import Spelling, spelling
from dealtrack.ledger.nearness import SAME_LETTERS, nearness

# What is near enough to be worth a look, unless asked for otherwise, and the least that may be asked for.
NEAR, LEAST = 80, 70

_NAMES = """
SELECT coalesce(s.canonical_id, c.id), c.plain, c.name, c.kind = 'person'
  FROM company c LEFT JOIN known_as s ON s.company_id = c.id
UNION ALL SELECT coalesce(s.canonical_id, c.id), a.plain, a.alias, c.kind = 'person'
  FROM alias a JOIN company c ON c.id = a.company_id LEFT JOIN known_as s ON s.company_id = c.id
"""
# Words that two companies have alike, beside names: what a register, or an exchange, calls them.
_REGISTERED = """
SELECT coalesce(s.canonical_id, i.company_id), i.kind || ' ' || i.value
  FROM identifier i LEFT JOIN known_as s ON s.company_id = i.company_id
UNION SELECT coalesce(s.canonical_id, c.id), 'ticker ' || c.ticker
  FROM company c LEFT JOIN known_as s ON s.company_id = c.id WHERE c.ticker IS NOT NULL
"""
_DIFFERENT = """
SELECT coalesce(s.canonical_id, j.company_id), coalesce(o.canonical_id, j.other_id)
  FROM judgement j LEFT JOIN known_as s ON s.company_id = j.company_id LEFT JOIN known_as o ON o.company_id = j.other_id
 WHERE j.verdict = 'different'
"""

# Half of so many letters is rarely that of another name; and of so many it is if they are as many.
_LONG, _HALVED = 10, 8

Pair = tuple[int, int]


class Near(NamedTuple):
    """Two companies (rows, the lesser first), how near they are, and the two names that says it of."""

    score: int
    pair: Pair
    names: tuple[str, str]


class _Name(NamedTuple):
    company: int
    spelled: Spelling
    shown: str
    person: bool


def near_pairs(connection: sqlite3.Connection, least: int = NEAR) -> list[Near]:
    """The pairs that nobody has judged to be different and that are at least so near, the nearest first."""
    best: dict[Pair, Near] = {}
    for found in (*_same_registers(connection), *_near_names(_names(connection), least)):
        known = best.get(found.pair)
        # Of several that are as near, whichever comes first in the alphabet, so that chance decides nothing.
        if known is None or (-found.score, found.names) < (-known.score, known.names):
            best[found.pair] = found
    for one, other in connection.execute(_DIFFERENT):
        best.pop(_pair(int(one), int(other)), None)
    slugs = dict(connection.execute("SELECT id, slug FROM company").fetchall()) if best else {}
    return sorted(best.values(), key=lambda near: (-near.score, sorted(slugs[company] for company in near.pair)))


def as_it_stands(connection: sqlite3.Connection, near: Near) -> Near | None:
    """A pair that was found, of the companies that the two are known as by now; None where it has been judged since."""
    (one, other), names = near.pair, near.names
    known = dict(
        connection.execute("SELECT company_id, canonical_id FROM known_as WHERE company_id IN (?, ?)", near.pair)
    )
    one, other = known.get(one, one), known.get(other, other)
    pair = _pair(one, other)
    apart = {_pair(int(a), int(b)) for a, b in connection.execute(_DIFFERENT)}
    if one == other or pair in apart:
        return None
    return Near(near.score, pair, names if pair == (one, other) else (names[1], names[0]))


def _pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def _same_registers(connection: sqlite3.Connection) -> Iterator[Near]:
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for company, registered in connection.execute(_REGISTERED):
        holders[str(registered)].append(int(company))
    for registered, companies in holders.items():
        for one, other in combinations(sorted(companies), 2):
            yield Near(SAME_LETTERS, (one, other), (registered, registered))


def _names(connection: sqlite3.Connection) -> list[_Name]:
    """Every name once a company, however it is punctuated and whatever its legal form."""
    found: dict[tuple[int, str, tuple[str, ...]], _Name] = {}
    for company, folded, shown, person in connection.execute(_NAMES):
        spelled = spelling(str(folded))
        known = found.get(key := (int(company), spelled.letters, spelled.numbers))
        if known is None or str(shown) < known.shown:
            found[key] = _Name(int(company), spelled, str(shown), bool(person))
    return list(found.values())


def _near_names(names: list[_Name], least: int) -> Iterator[Near]:
    for one, other in chain(_blocked(names, least), _abbreviated(names)):
        if one.company != other.company and one.person == other.person:
            score = nearness(one.spelled, other.spelled)
            if score >= least:
                first, second = (one, other) if one.company < other.company else (other, one)
                yield Near(score, (first.company, second.company), (first.shown, second.shown))


def _blocked(names: list[_Name], least: int) -> Iterator[tuple[_Name, _Name]]:
    """The names that have something in common; those with other numbers are never near enough."""
    seen = Counter(word for name in names for word in name.spelled.words)
    blocks: defaultdict[tuple[Hashable, ...], list[_Name]] = defaultdict(list)
    for name in names:
        for key in _keys(name.spelled, seen, least):
            blocks[*key, name.spelled.numbers].append(name)
    return (pair for block in blocks.values() for pair in combinations(block, 2))


def _abbreviated(names: list[_Name]) -> Iterator[tuple[_Name, _Name]]:
    """Names beside those that are their initials."""
    short: defaultdict[str, list[_Name]] = defaultdict(list)
    for name in names:
        short[name.spelled.letters].append(name)
    return ((name, other) for name in names for other in short.get(name.spelled.initials, ()))


def _keys(name: Spelling, seen: Counter[str], least: int) -> Iterator[tuple[Hashable, ...]]:
    yield from _rare_words(name, seen, least)
    yield "all", name.letters
    yield from _but_for_a_letter(name.own)
    # Many begin with a word like "International", and share no more than that.
    if len(name.letters) >= _HALVED and name.letters.startswith(name.own[:2]):
        yield from (("begins", *begun) for begun in _halves(name.letters, 0))


def _but_for_a_letter(own: str) -> Iterator[tuple[Hashable, ...]]:
    """What names have in common that are one letter apart: a half of a long one, all but a letter of a short one."""
    if len(own) <= _LONG:
        yield "letters", own
        yield from (("letters", own[:at] + own[at + 1 :]) for at in range(len(own)))
    if len(own) >= _LONG:
        yield from (("first", *half) for half in _halves(own, 0))
        yield from (("last", *half) for half in _halves(own, 1))


def _halves(letters: str, which: int) -> Iterator[tuple[int, str]]:
    """The first or the last half, as long as the name and as it would be without the one letter that it has more."""
    for length in (len(letters), len(letters) - 1):
        half = length // 2
        yield length, letters[half - length :] if which else letters[:half]


def _rare_words(name: Spelling, seen: Counter[str], least: int) -> Iterator[tuple[str, str]]:
    """The words, the rarest first, without the last that together weigh too little to make two names near.

    To reach a score of s, what two have in common weighs at least s / (200 - s) of either.
    """
    saying = [word for word, weight in name.words.items() if weight]
    rest = name.weight * (200 - least)
    for word in sorted(saying, key=lambda word: (seen[word], word)):
        if rest < name.weight * least:
            return
        yield "word", word
        rest -= name.words[word] * (200 - least)
