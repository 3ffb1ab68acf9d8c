"""The publishers that a ledger knows, read as one registry, and the deals that name them."""

import sqlite3

from dealtrack.domain.origin import ways_of
from dealtrack.domain.publisher import Outlets, spelled
from dealtrack.ledger import rows


def outlets_of(connection: sqlite3.Connection) -> Outlets:
    """The registry as it stands, or stood on the day that is looked back at."""
    return Outlets(rows.publisher_of(row) for row in connection.execute("SELECT * FROM publisher ORDER BY id"))


def deals_naming(connection: sqlite3.Connection, names: set[str]) -> set[int]:
    """The deals that a page tells of which is one of these outlets' (by spelling), or passes on its report."""
    told = [
        row["id"]
        for row in connection.execute("SELECT * FROM source WHERE publisher IS NOT NULL OR via IS NOT NULL")
        if names & {spelled(hop) for way in ways_of(rows.source_of(row)) for hop in (*way, row["via"] or "")}
    ]
    found = set[int]()
    for source_id in told:
        found |= {int(i) for (i,) in connection.execute("SELECT deal_id FROM event WHERE source_id = ?", (source_id,))}
    return found
