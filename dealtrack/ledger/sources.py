"""The sources of a ledger: all of them as rows, one by its reference, and the deals that tell what was read there."""

from collections.abc import Iterator
from datetime import date
from typing import cast

from dealtrack.domain.date import from_edtf
from dealtrack.domain.deal import Deal
from dealtrack.domain.figures import DealRow
from dealtrack.domain.query import Query
from dealtrack.domain.source import Source
from dealtrack.ledger import rows
from dealtrack.ledger.identity import NoSuchSource
from dealtrack.ledger.ledger import Ledger
from dealtrack.ledger.whole import whole_deals


def all_sources(ledger: Ledger) -> Iterator[DealRow]:
    """Every source with how many events were read there, and of how many deals; of the past, those public by then."""
    ledger.look_up_the_past()
    day = ledger.past.as_of if ledger.past else None
    found = cast("Iterator[DealRow]", ledger.connection.execute(_SOURCES))
    return (row for row in found if day is None or _public_by(row["published"], day))


def _public_by(published: str | None, day: date) -> bool:
    earliest = from_edtf(published).earliest if published else None
    return earliest is None or earliest <= day


_SOURCES = """
SELECT s.*, (SELECT count(*) FROM event e WHERE e.source_id = s.id) AS events,
  (SELECT count(DISTINCT e.deal_id) FROM event e WHERE e.source_id = s.id) AS deals
FROM source s ORDER BY length(s.key), s.key
"""


def source_named(ledger: Ledger, word: str) -> Source:
    """The source that is meant by its key or address. Raises NoSuchSource."""
    meant = word.strip()
    found = ledger.connection.execute(
        "SELECT * FROM source WHERE key = ?1 OR url = ?1 OR key = ?2 ORDER BY key = ?1 DESC, url = ?1 DESC",
        (meant, meant.casefold()),
    ).fetchone()
    if found is None:
        raise NoSuchSource(f'no source has the key or address "{word}"', _near(ledger, meant))
    return rows.source_of(found)


def _near(ledger: Ledger, word: str) -> str:
    """Where to look: sources whose publisher, title or address has the word in it, if there are any."""
    near = ledger.connection.execute(
        "SELECT key FROM source WHERE instr(lower(publisher), lower(?1)) OR instr(lower(title), lower(?1)) "
        "OR instr(lower(url), lower(?1)) ORDER BY length(key), key LIMIT 3",
        (word,),
    ).fetchall()
    meant = f"did you mean {', '.join(str(key) for (key,) in near)}? or " if near and word else ""
    return f"{meant}see them: dealtrack source list"


def deals_read_in(ledger: Ledger, source: Source) -> Iterator[Deal]:
    """The deals of which something was read in a source, in the order of their ids."""
    found = ledger.connection.execute(
        "SELECT DISTINCT e.deal_id FROM event e JOIN source s ON s.id = e.source_id WHERE s.key = ? ORDER BY e.deal_id",
        (source.key,),
    ).fetchall()
    ids = tuple(int(deal_id) for (deal_id,) in found)
    return whole_deals(ledger, Query(ids=ids, sort=(("id", False),))) if ids else iter(())
