"""How a ledger comes to know publishers, and what rests on them is kept in step."""

from collections.abc import Iterable

from dealtrack.domain.publisher import Outlets, Publisher, spelled
from dealtrack.ledger import outlets, rows
from dealtrack.ledger.writing import WritableLedger


def keep_publisher(ledger: WritableLedger, told: Publisher, known: Publisher | None) -> set[int]:
    """Register a publisher, or correct one that is known; the deals that are weighed anew for it.

    Pages without a grade of their own have its usual one from then on. Raises Misuse where a name is another's.
    """
    cells = rows.publisher_cells(told)
    Outlets(one for one in ledger.outlets.all() if one != known).refuse_rival(told)
    if known is None:
        ledger.journal.insert("publisher", cells)
    else:
        found = ledger.connection.execute("SELECT id FROM publisher WHERE name = ?", (known.name,)).fetchone()
        if not ledger.journal.update("publisher", int(found[0]), cells):
            return set()
    ledger.forget_outlets()
    return _in_step(ledger, (told, *([known] if known else [])))


def take_in_publishers(ledger: WritableLedger, publishers: Iterable[Publisher]) -> None:
    """Register publishers that are not known under any of their names; what is known of one is left alone."""
    new = [one for one in publishers if not any(ledger.outlets.get(name) for name in one.names)]
    for publisher in new:
        ledger.journal.insert("publisher", rows.publisher_cells(publisher))
    if new:
        ledger.forget_outlets()
        _in_step(ledger, new)


def _in_step(ledger: WritableLedger, publishers: Iterable[Publisher]) -> set[int]:
    """Grade the pages that have their publisher's grade, and weigh anew the deals that name one of the publishers."""
    for row in ledger.connection.execute("SELECT * FROM source WHERE reliability_derived").fetchall():
        source = rows.source_of(row)
        if ledger.outlets.graded(source) != source:
            ledger.edit_source(source)
    names = {spelled(name) for publisher in publishers for name in publisher.names}
    deals = outlets.deals_naming(ledger.connection, names)
    ledger.weigh_anew(deals)
    return deals
