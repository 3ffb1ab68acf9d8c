"""The tables that files hold beside deals: events, parties, companies and sources of the deals that match."""

from dealtrack.domain.columns import Table
from dealtrack.domain.query import Query
from dealtrack.ledger.selecting import Condition, ordered

_COMPANIES = """
SELECT c.*,
  (SELECT group_concat(alias, '; ') FROM (SELECT alias FROM alias WHERE company_id = c.id ORDER BY alias)) AS aliases,
  (SELECT count(DISTINCT p.deal_id) FROM party p WHERE p.company_id = c.id AND p.deal_id IN (SELECT id FROM matching))
    AS deals
  FROM company c
 WHERE {everything} OR c.id IN (SELECT company_id FROM party WHERE deal_id IN (SELECT id FROM matching))
 ORDER BY c.slug"""

# `matching` has the deals' ids, each with its place. As in a data package, companies and sources without a deal come
# along where every deal does (`{everything}` is 1).
_TABLES: dict[Table, str] = {
    "events": """
        SELECT e.*, d.slug AS deal, s.key AS source, s.url, s.title AS source_title, s.publisher, s.published, s.via,
          s.reliability
          FROM matching m JOIN deal d ON d.id = m.id JOIN event e ON e.deal_id = m.id
          LEFT JOIN source s ON s.id = e.source_id
         ORDER BY m.place, e.n""",
    "parties": """
        SELECT d.slug AS deal, p.role, c.slug AS company, c.name, c.kind, c.country
          FROM matching m JOIN deal d ON d.id = m.id JOIN party p ON p.deal_id = m.id
          JOIN company c ON c.id = p.company_id
         ORDER BY m.place, p.id""",
    "companies": _COMPANIES,
    "sources": """
        SELECT s.*,
          (SELECT count(*) FROM event e WHERE e.source_id = s.id AND e.deal_id IN (SELECT id FROM matching)) AS events
          FROM source s
         WHERE {everything} OR s.id IN (SELECT source_id FROM event WHERE deal_id IN (SELECT id FROM matching))
         ORDER BY length(s.key), s.key""",
}


def rows(table: Table, query: Query, *, past: bool = False) -> Condition:
    """The SQL that yields the rows of a table other than that of the deals, and its values."""
    matching, values = ordered(query, past=past)
    whole = int(query._replace(sort=Query().sort) == Query() and not past)
    return f"WITH matching (id, place) AS MATERIALIZED ({matching}) {_TABLES[table].format(everything=whole)}", values
