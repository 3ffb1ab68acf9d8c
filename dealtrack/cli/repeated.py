"""Which deals the rows of one import have told of, so that what a later row says otherwise is not taken in silence."""

from array import array
from collections.abc import Iterable, Mapping

from dealtrack.exchange.returned import Edit


class Repeated:
    """The deals of the ledger by the last table that told of them, and what was edited in it."""

    def __init__(self, deals: int) -> None:
        # By the id of a deal, the number of the table.
        self._table_of = array("L", bytes(array("L").itemsize * deals))
        self._edits: dict[int, dict[str, str]] = {}
        self._columns: list[frozenset[str]] = [frozenset()]

    def next_table(self) -> None:
        """What is told from here on stands in another table."""
        self._columns.append(frozenset())

    def is_known(self, deal_id: int) -> bool:
        """Whether a row has told of the deal."""
        return self._table_of[deal_id] > 0

    def is_of_this_table(self, deal_id: int) -> bool:
        """Whether a row of the table that is being read has."""
        return self._table_of[deal_id] == len(self._columns) - 1

    def otherwise(self, deal_id: int, found: Iterable[Edit], base: Mapping[str, str]) -> tuple[str, str] | None:
        """A column that the last row of the deal had otherwise than one with these edits, and what it says there."""
        now = {edit.column: edit.after for edit in found}
        if not self.is_of_this_table(deal_id):
            # What was edited there is what the ledger has by now.
            columns = self._columns[self._table_of[deal_id]]
            return next(((column, base[column]) for column in now if column in columns), None)
        then = self._edits.get(deal_id, {})
        unlike = (column for column in {**then, **now} if then.get(column) != now.get(column))
        return next(((column, then.get(column, base[column])) for column in unlike), None)

    def note(self, deal_id: int, columns: Iterable[str], found: Iterable[Edit]) -> None:
        """Keep in mind what a row says of a deal."""
        table = len(self._columns) - 1
        self._columns[table] = self._columns[table] or frozenset(columns)
        self._table_of[deal_id] = table
        told = {edit.column: edit.after for edit in found}
        if told:
            self._edits[deal_id] = told
        else:
            self._edits.pop(deal_id, None)
