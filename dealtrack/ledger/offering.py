"""What a ledger has that begins as something is typed: read at once or not at all, and never written.

For shells that complete words: it waits for nobody, makes no file, and brings no older ledger up to date.
"""

import sqlite3
from time import monotonic

from dealtrack.ledger import standing

TYPE_CHECKING = False  # loading `typing` for it takes an eighth of what a word costs
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from dealtrack.domain.party import Role

# A word, and what it is.
Told = tuple[str, str]

# Most that is offered: more helps nobody to choose.
MOST = 200
_LIMIT = f"LIMIT {MOST}"
# No deal has so long a number.
_NO_ID = 10**12
# After so many seconds what was found by then is enough.
_PATIENCE = 0.25
# How many steps of SQLite lie between two looks at the clock.
_STEPS = 20_000


class Offering:
    """A ledger's file, opened for a moment. Raises sqlite3.Error, as everything here does, where that cannot be."""

    def __init__(self, path: str) -> None:
        safe = path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
        self.connection = sqlite3.connect(f"file:{safe}?mode=ro", uri=True, timeout=0)
        end = monotonic() + _PATIENCE
        self.connection.set_progress_handler(lambda: monotonic() > end, _STEPS)

    def slugs(self, typed: str, *, told: bool) -> list[Told]:
        """Deals by their slugs, the newest first where nothing is typed; what each is, if that is to be told."""
        query = "SELECT id, slug FROM deal"
        if typed:
            rows = list(self._rows(f"{query} WHERE slug >= ? AND slug < ? ORDER BY slug {_LIMIT}", *_from(typed)))
            # The name of a target stands within a slug.
            rows = rows or list(self._rows(f"{query} WHERE instr(slug, ?) LIMIT 2", typed))
        else:
            rows = list(self._rows(f"{query} ORDER BY id DESC {_LIMIT}"))
        lines = self._lines([row[0] for row in rows]) if told else {}
        return [(slug, f"#{deal_id}  {lines.get(deal_id, '')}") for deal_id, slug in rows]

    def ids(self, typed: str, *, told: bool) -> list[Told]:
        """Deals by their ids, of which the first digits are typed."""
        ids: list[int] = []
        low, high = int(typed), int(typed) + 1
        # Of 12: 12, 120 to 129, 1200 to 1299 ...
        while 0 < low < _NO_ID and len(ids) < MOST:
            ids += [
                row[0] for row in self._rows(f"SELECT id, '' FROM deal WHERE id >= ? AND id < ? {_LIMIT}", low, high)
            ]
            low, high = low * 10, high * 10
        ids = ids[:MOST]
        lines = self._lines(ids) if told else {}
        return [(str(deal_id), lines.get(deal_id, "")) for deal_id in ids]

    def _lines(self, ids: "Iterable[int]") -> dict[int, str]:
        """Deals named by their parties."""
        # A shell that shows no more than slugs does without.
        from dealtrack.domain.party import headline  # noqa: PLC0415

        several = ",".join(map(str, ids))
        parties: dict[int, list[tuple[str, Role]]] = {}
        for deal_id, name, role in self.connection.execute(
            f"SELECT p.deal_id, k.name, p.role FROM party p {standing.JOINED} WHERE p.deal_id IN ({several}) "
            "GROUP BY p.deal_id, p.role, k.id ORDER BY min(p.id)"
        ):
            parties.setdefault(deal_id, []).append((name, role))
        return {deal_id: headline(found) for deal_id, found in parties.items()}

    def companies(self, typed: str) -> list[Told]:
        """Companies by their slugs; where none begins so, by their names."""
        rows = self._all("SELECT slug, name FROM company WHERE slug >= ? AND slug < ? ORDER BY slug", *_from(typed))
        return rows or self._all(
            "SELECT name, slug FROM company WHERE name LIKE ?1 ESCAPE '\\' "
            "UNION SELECT a.alias, c.slug FROM alias a JOIN company c ON c.id = a.company_id "
            "WHERE a.alias LIKE ?1 ESCAPE '\\'",
            _like(typed),
        )

    def publishers(self, typed: str) -> list[Told]:
        """Who publishes, and whose reports are relayed."""
        return self._all(
            "SELECT name, '' FROM publisher WHERE name LIKE ?1 ESCAPE '\\' "
            "UNION SELECT publisher, '' FROM source WHERE publisher LIKE ?1 ESCAPE '\\' "
            "UNION SELECT via, '' FROM source WHERE via LIKE ?1 ESCAPE '\\'",
            _like(typed),
        )

    def sources(self, typed: str) -> list[Told]:
        """Sources by their keys, the newest first where nothing is typed."""
        query = "SELECT key, coalesce(publisher || ': ', '') || coalesce(title, url) FROM source"
        if not typed:
            return self._all(f"{query} ORDER BY id DESC")
        return self._all(f"{query} WHERE key >= ? AND key < ? ORDER BY key", *_from(typed))

    def labels(self, column: str, typed: str) -> list[Told]:
        """The sectors or tags that deals have."""
        several = self._rows(f"SELECT DISTINCT {column}, '' FROM deal WHERE {column} <> ''")
        found = {one for listed, _ in several for one in listed.split(";") if one.startswith(typed)}
        return [(one, "") for one in sorted(found)[:MOST]]

    def changes(self) -> list[Told]:
        """The latest changes by their numbers."""
        return self._all("SELECT id, action FROM change ORDER BY id DESC")

    def people(self) -> list[Told]:
        """Who made changes."""
        return self._all("SELECT DISTINCT by, '' FROM change ORDER BY 1")

    def events(self, deal: str) -> list[Told]:
        """The events of a deal, which is named by its id or slug."""
        return self._all(
            "SELECT e.n, e.date || '  ' || coalesce(e.status, e.milestone, '') || coalesce('  ' || e.summary, '') "
            "FROM event e JOIN deal d ON d.id = e.deal_id WHERE d.slug = ?1 OR d.id = ?1 ORDER BY e.n",
            deal,
        )

    def currencies(self) -> list[Told]:
        """Currencies that the ledger has rates of its own for."""
        return self._all("SELECT DISTINCT currency, origin FROM rate GROUP BY currency")

    def _all(self, query: str, *values: str) -> list[Told]:
        return [(str(word), about or "") for word, about in self._rows(f"{query} {_LIMIT}", *values)]

    def _rows(self, query: str, *values: str | int) -> "Iterator[tuple[Any, Any]]":
        try:
            yield from self.connection.execute(query, values)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
                raise


def _from(typed: str) -> tuple[str, str]:
    """The bounds of all that begins so."""
    return typed, f"{typed}\U0010ffff"


def _like(typed: str) -> str:
    return "".join(f"\\{sign}" if sign in "\\%_" else sign for sign in typed) + "%"
