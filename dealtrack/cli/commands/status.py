"""`status`: which ledger, how it stands."""

from dealtrack import __version__
from dealtrack.cli.desk import Desk
from dealtrack.domain.query import Query
from dealtrack.ledger.chain import head
from dealtrack.ledger.identity import SCHEMA_VERSION
from dealtrack.view.safe import safe


def run(desk: Desk) -> None:
    """Say which file is the ledger and what it holds."""
    counts = desk.ledger.counts()
    tally = desk.ledger.tally(Query())
    last = desk.ledger.log(1)
    lines = {
        "ledger": str(desk.path),
        "size": f"{desk.path.stat().st_size:,} bytes",
        "schema": str(SCHEMA_VERSION),
        "deals": f"{counts['deal']:,} ({tally.valued:,} with a known USD value)",
        "events": f"{counts['event']:,}",
        "companies": f"{counts['company']:,}",
        "sources": f"{counts['source']:,}",
        "changes": f"{counts['change']:,}",
        "digest": head(desk.ledger.connection)[:16],
        "last change": f"{last[0].id}  {last[0].at}  {last[0].by}  {last[0].action}" if last else "none",
        "dealtrack": __version__,
    }
    for name, value in lines.items():
        desk.screen.write(f"{name:<12}  {safe(value)}\n")
