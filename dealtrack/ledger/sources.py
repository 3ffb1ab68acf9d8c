"""The sources of a ledger: all of them as rows, one by its reference, and the deals that tell what was read there."""

from collections.abc import Iterator
from datetime import date
from typing import cast

from dealtrack.domain.date import from_edtf
from dealtrack.domain.deal import Deal
from dealtrack.domain.figures import DealRow
from dealtrack.domain.origin import ways_of
from dealtrack.domain.publisher import Publisher, spelled
from dealtrack.domain.query import Query
from dealtrack.domain.source import Source
from dealtrack.ledger import rows
from dealtrack.ledger.identity import NoSuchSource
from dealtrack.ledger.ledger import Ledger
from dealtrack.ledger.outlets import deals_naming
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


def meant_by(ledger: Ledger, word: str) -> Source | Publisher:
    """The source of that key or address, else the publisher of that name, registered or not. Raises NoSuchSource."""
    try:
        return source_named(ledger, word)
    except NoSuchSource:
        known = ledger.outlets.get(word.strip())
        named = {spelled(hop): hop for hop in _hops(ledger)} if known is None else {}
        if known is None and spelled(word) not in named:
            raise
        return known or Publisher(named[spelled(word)])


def _hops(ledger: Ledger) -> Iterator[str]:
    """Every outlet that pages name, as they spell it."""
    for row in ledger.connection.execute("SELECT * FROM source WHERE publisher IS NOT NULL OR via IS NOT NULL"):
        for way in ways_of(rows.source_of(row)):
            yield from way


def publisher_rows(ledger: Ledger) -> Iterator[DealRow]:
    """Every registered publisher, with how many pages are its own, how many relay it, and of how many deals."""
    told = _ways(ledger)
    return (_publisher_row(ledger, publisher, told) for publisher in ledger.outlets.all())


def publisher_row(ledger: Ledger, publisher: Publisher) -> DealRow:
    """The same of one publisher, registered or not."""
    return _publisher_row(ledger, publisher, _ways(ledger))


# Of each page its publisher and all outlets on its way, by their spelling.
_Ways = list[tuple[str, set[str]]]


def _ways(ledger: Ledger) -> _Ways:
    pages = (rows.source_of(row) for row in all_sources(ledger))
    ways = (ways_of(page, ledger.outlets) for page in pages)
    return [(spelled(several[0][0]), {spelled(hop) for way in several for hop in way}) for several in ways]


def _publisher_row(ledger: Ledger, publisher: Publisher, told: _Ways) -> DealRow:
    name = spelled(publisher.name)
    own = sum(outlet == name for outlet, _ in told)
    named = sum(name in hops for _, hops in told)
    deals = deals_naming(ledger.connection, set(map(spelled, publisher.names)))
    return rows.publisher_cells(publisher) | {"pages": own, "relays": named - own, "deals": len(deals)}


def deals_read_in(ledger: Ledger, source: Source) -> Iterator[Deal]:
    """The deals of which something was read in a source, in the order of their ids."""
    found = ledger.connection.execute(
        "SELECT DISTINCT e.deal_id FROM event e JOIN source s ON s.id = e.source_id WHERE s.key = ? ORDER BY e.deal_id",
        (source.key,),
    ).fetchall()
    ids = tuple(int(deal_id) for (deal_id,) in found)
    return whole_deals(ledger, Query(ids=ids, sort=(("id", False),))) if ids else iter(())
