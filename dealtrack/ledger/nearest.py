"""Which companies an unknown name may mean: ranked by the measure by which doubles are found."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz.fuzz import ratio, token_set_ratio
from rapidfuzz.process import extract

from dealtrack.domain.name import bare, plain
from dealtrack.domain.near import Near
from dealtrack.domain.spelling import spelling
from dealtrack.ledger import rows
from dealtrack.ledger.nearness import nearness

# What is less near than this is another name.
_FARTHEST = 60
# So many names that look most alike are measured, and so many companies are asked for what speaks for them.
_LOOKED_AT, _WEIGHED = 40, 12
_LONGEST_INITIALS = 6

_NAMES = """
SELECT c.plain, coalesce(s.canonical_id, c.id) FROM company c LEFT JOIN known_as s ON s.company_id = c.id
UNION ALL SELECT a.plain, coalesce(s.canonical_id, a.company_id) FROM alias a
  LEFT JOIN known_as s ON s.company_id = a.company_id
"""
_COMPANY = """
SELECT slug, sectors, (SELECT count(*) FROM party p WHERE p.company_id = company.id) FROM company WHERE id = ?
"""
_MET = """
WITH known (row, id) AS (SELECT c.id, coalesce(s.canonical_id, c.id) FROM company c
  LEFT JOIN known_as s ON s.company_id = c.id)
SELECT DISTINCT o.slug, q.deal_id FROM known k JOIN party p ON p.company_id = k.row
  JOIN party q ON q.deal_id = p.deal_id JOIN known m ON m.row = q.company_id JOIN company o ON o.id = m.id
 WHERE k.id = ? AND m.id <> k.id AND o.slug IN ({})
 ORDER BY o.slug
"""


def nearest(
    connection: sqlite3.Connection, name: str, others: Sequence[str], sectors: Sequence[str], most: int
) -> list[Near]:
    """So many companies at most that the name may mean, beside other companies (slugs) in a deal of these sectors."""
    folded = plain(name)
    if not folded:
        return []
    names: dict[str, set[int]] = {}
    for known, company in connection.execute(_NAMES):
        names.setdefault(str(known), set()).add(int(company))
    without_form = bare(folded)
    alike = [
        *extract(without_form, names.keys(), scorer=ratio, limit=_LOOKED_AT),
        *extract(without_form, names.keys(), scorer=token_set_ratio, limit=_LOOKED_AT),
    ]
    asked = spelling(folded)
    alike += [(name, 0, 0) for name in _abbreviated(asked.letters, names)]
    scores: dict[int, int] = {}
    for known in dict.fromkeys(found for found, *_ in alike):
        score = nearness(asked, spelling(known))
        for company in names[known] if score >= _FARTHEST else ():
            scores[company] = max(score, scores.get(company, 0))
    first = sorted(scores, key=lambda company: (-scores[company], company))[:_WEIGHED]
    return sorted((_weighed(connection, one, scores[one], others, sectors) for one in first), key=_rank)[:most]


def _abbreviated(letters: str, names: Iterable[str]) -> Iterator[str]:
    """The names whose initials the letters may be: those are looked for among all, since nothing else is alike."""
    if len(letters) > _LONGEST_INITIALS:
        return
    first = letters[0]
    for name in names:
        if name.startswith(first) and spelling(name).initials == letters:
            yield name


def _rank(near: Near) -> tuple[int, int, int, int, str]:
    return near.rank


def _weighed(
    connection: sqlite3.Connection, company: int, score: int, others: Sequence[str], sectors: Sequence[str]
) -> Near:
    slug, own, of = connection.execute(_COMPANY, (company,)).fetchone()
    met = connection.execute(_MET.format(", ".join("?" * len(others))), (company, *others)).fetchall()
    common = tuple(sector for sector in rows.split(own) if sector in sectors)
    return Near(str(slug), score, len({deal for _, deal in met}), tuple(dict.fromkeys(s for s, _ in met)), common, of)
