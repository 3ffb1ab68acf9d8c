"""Many deals whole, one after another: for reports that weigh events, sources and parties against each other."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from dealtrack.domain.deal import Deal, Link
from dealtrack.domain.event import Event
from dealtrack.domain.figures import DealRow
from dealtrack.domain.party import Party
from dealtrack.domain.query import Query
from dealtrack.domain.source import Source
from dealtrack.ledger import rows, standing
from dealtrack.ledger.ledger import Ledger

if TYPE_CHECKING:
    from dealtrack.domain.fold import Field

# So many deals are read with one statement for each table.
_BATCH = 500


def whole_deals(ledger: Ledger, query: Query) -> Iterator[Deal]:
    """The matching deals as objects, in order; each is what `ledger.get` returns."""
    # A deal that nobody had heard of is linked to nothing: the others' facts of the past are asked for too.
    ledger.look_up_the_past()
    found = ledger.select(query)
    while batch := list(islice(found, _BATCH)):
        parts = _Parts(ledger, [row["id"] for row in batch])
        yield from (parts.deal(row) for row in batch if parts.events.get(row["id"]))


class _Parts:
    """What belongs to the deals of a batch, by the deal's id."""

    def __init__(self, ledger: Ledger, ids: list[int]) -> None:
        self.ledger = ledger
        self.ids = ", ".join(map(str, ids))
        self.events = self._events()
        self.parties: dict[int, list[Party]] = {}
        for row in self._all(_PARTIES):
            party = Party(row["slug"], row["name"], row["role"], row["reported"])
            self.parties.setdefault(row["deal_id"], []).append(party)
        self.pins: dict[int, dict[Field, int]] = {}
        for row in self._all("SELECT deal_id, field, n FROM pin WHERE deal_id IN ({ids})"):
            self.pins.setdefault(row["deal_id"], {})[row["field"]] = row["n"]
        self.looks: dict[int, list[date]] = {}
        for row in self._all("SELECT deal_id, day FROM look WHERE deal_id IN ({ids}) ORDER BY day"):
            self.looks.setdefault(row["deal_id"], []).append(date.fromisoformat(row["day"]))
        self.links: dict[int, list[Link]] = {}
        for row in self._all(_LINKS):
            link = Link(row["relation"], row["slug"], row["other"], bool(row["outward"]))
            self.links.setdefault(row["deal_id"], []).append(link)

    def _all(self, sql: str) -> Iterable[rows.Row]:
        return self.ledger.connection.execute(sql.format(ids=self.ids))

    def _events(self) -> dict[int, tuple[Event, ...]]:
        events = list(self._all("SELECT * FROM event WHERE deal_id IN ({ids}) ORDER BY deal_id, n"))
        sources = self._sources({row["source_id"] for row in events if row["source_id"] is not None})
        found: dict[int, list[Event]] = {}
        for row in events:
            found.setdefault(row["deal_id"], []).append(rows.event_of(row, sources.get(row["source_id"])))
        past = self.ledger.past
        return {deal_id: past.told(tuple(told)) if past else tuple(told) for deal_id, told in found.items()}

    def _sources(self, ids: set[int]) -> dict[int, Source]:
        sql = f"SELECT * FROM source WHERE id IN ({', '.join(map(str, sorted(ids)))})"
        return {row["id"]: rows.source_of(row) for row in self.ledger.connection.execute(sql)}

    def deal(self, row: DealRow) -> Deal:
        """One deal of the batch."""
        deal_id = row["id"]
        return rows.deal_of(
            row,
            parties=tuple(self.parties.get(deal_id, ())),
            events=self.events[deal_id],
            pins=self.pins.get(deal_id, {}),
            links=tuple(self.links.get(deal_id, ())),
            looks=tuple(self.looks.get(deal_id, ())),
            outlets=self.ledger.outlets,
        )


_PARTIES = f"""
SELECT p.deal_id, k.slug, k.name, p.role, {standing.REPORTED} AS reported FROM party p {standing.JOINED}
 WHERE p.deal_id IN ({{ids}}) GROUP BY p.deal_id, k.id, p.role ORDER BY min(p.id)
"""
# Each link of a deal, whichever end it stands at.
_LINKS = """
SELECT t.deal_id, t.relation, t.outward, t.other, d.slug
  FROM (SELECT id, relation, deal_id, related_id AS other, 1 AS outward FROM link WHERE deal_id IN ({ids})
        UNION ALL SELECT id, relation, related_id, deal_id, 0 FROM link WHERE related_id IN ({ids})) t
  JOIN deal d ON d.id = t.other ORDER BY t.id
"""
