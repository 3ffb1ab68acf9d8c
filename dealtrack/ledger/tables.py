"""The tables that files hold beside deals: events, parties, companies, sources of those that match, and publishers."""

from dealtrack.domain.columns import Table
from dealtrack.domain.query import Query
from dealtrack.ledger import standing
from dealtrack.ledger.selecting import Condition, ordered

# Which companies are in how many of the deals is found out once, not anew for each company; an id of no declared type
# would be looked for in all of them.
_COMPANIES = f"""
SELECT c.*, {standing.ALIASES} AS aliases, coalesce(told.deals, 0) AS deals
  FROM company c LEFT JOIN (
    SELECT CAST(coalesce(s.canonical_id, p.company_id) AS INTEGER) AS id, count(DISTINCT p.deal_id) AS deals
      FROM matching m CROSS JOIN party p ON p.deal_id = m.id LEFT JOIN known_as s ON s.company_id = p.company_id
     GROUP BY 1) told ON told.id = c.id
 WHERE c.id NOT IN (SELECT company_id FROM known_as) AND ({{everything}} OR told.id IS NOT NULL)
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
    "parties": f"""
        SELECT d.slug AS deal, p.role, k.slug AS company, k.name, k.kind, k.country, {standing.REPORTED} AS as_reported
          FROM matching m JOIN deal d ON d.id = m.id JOIN party p ON p.deal_id = m.id {standing.JOINED}
         GROUP BY m.place, k.id, p.role ORDER BY m.place, min(p.id)""",
    "companies": _COMPANIES,
    "publishers": "SELECT * FROM publisher ORDER BY name",
    "sources": """
        SELECT s.*,
          (SELECT count(*) FROM event e WHERE e.source_id = s.id AND e.deal_id IN (SELECT id FROM matching)) AS events,
          (SELECT count(DISTINCT e.deal_id) FROM event e
            WHERE e.source_id = s.id AND e.deal_id IN (SELECT id FROM matching)) AS deals
          FROM source s
         WHERE {everything} OR s.id IN (SELECT source_id FROM event WHERE deal_id IN (SELECT id FROM matching))
         ORDER BY length(s.key), s.key""",
}


def rows(table: Table, query: Query, *, past: bool = False) -> Condition:
    """The SQL that yields the rows of a table other than that of the deals, and its values."""
    matching, values = ordered(query, past=past)
    whole = int(query._replace(sort=Query().sort) == Query() and not past)
    return f"WITH matching (id, place) AS MATERIALIZED ({matching}) {_TABLES[table].format(everything=whole)}", values
