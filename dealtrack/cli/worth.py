"""What one deal comes to in the currency that was asked for."""

from dealtrack.cli.desk import Desk
from dealtrack.domain.query import Query, Worth
from dealtrack.view.lines import BLANK, Line


def worth_of(desk: Desk, deal_id: int) -> Line:
    """Its worth with the rate, to be shown beside the value; nothing where no currency was asked for."""
    if desk.worth == Worth():
        return BLANK
    from dealtrack.view.worth import worth_line  # noqa: PLC0415 - few that show a deal ask for another currency

    (row,) = desk.ledger.select(Query(ids=(deal_id,), worth=desk.worth))
    return worth_line(row)
