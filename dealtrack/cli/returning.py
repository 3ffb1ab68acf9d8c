"""Rows of an export that come back from a spreadsheet: exactly the edited cells are corrected, or the row stays out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from itertools import islice
from typing import NamedTuple

from dealtrack.cli.cells import Correcting, Uncorrectable
from dealtrack.cli.naming import Names
from dealtrack.cli.repeated import Repeated
from dealtrack.domain.figures import DealRow
from dealtrack.domain.party import ROLES
from dealtrack.domain.plan import Difference, Plan, Step, Verdict
from dealtrack.domain.problem import Problem
from dealtrack.domain.query import Query
from dealtrack.exchange.own import EXTRA
from dealtrack.exchange.record import parties_of
from dealtrack.exchange.returned import EDITABLE, Edit, edits, handed_out, orders_of, read
from dealtrack.exchange.row import RawRow, Record, RowError
from dealtrack.exchange.turned import Order, is_same
from dealtrack.ledger.arrivals import changes_at, flat_as_left
from dealtrack.ledger.writing import WritableLedger
from dealtrack.text.dates import read_date

# Deals are looked up this many at a time.
_BATCH = 500
_LONGEST_ID = 18
_ROLES = {role.replace("-", "_"): role for role in ROLES}
_DATES = ("first_seen", "agreed", "completed", "ended")


class _Edited(NamedTuple):
    """A row with its deal as it is, and the cells that were edited."""

    row: RawRow
    deal: DealRow
    edits: tuple[Edit, ...]


class _Tried(Exception):  # noqa: N818 - it is no error: what was tried is taken back, whatever came of it
    """A correction was tried, to see what it would alter."""


class Returning:
    """The rows of one table, sorted into those that this ledger handed out and all others."""

    def __init__(
        self, ledger: WritableLedger, names: Names, plan: Plan, today: date, repeated: Repeated, first: int
    ) -> None:  # fmt: skip
        self._ledger = ledger
        self._names = names
        self._plan = plan
        self._today = today
        # Deals from here on came with this import.
        self._first = first
        self._repeated = repeated
        self._edited: list[_Edited] = []
        # In which orders dates of the file were written, as far as the untouched ones tell.
        self._orders: set[Order] = set()

    def others(self, rows: Iterable[Record | RawRow | RowError]) -> Iterator[Record | RawRow | RowError]:
        """The rows that this ledger did not hand out; of its own, those that were edited are kept for `settle`."""
        rest = iter(rows)
        while batch := list(islice(rest, _BATCH)):
            deals = self._deals_of(batch)
            for row in batch:
                deal = self._deal_of(row, deals) if isinstance(row, RawRow) else None
                if deal is not None and isinstance(row, RawRow):
                    self._compare(row, deal)
                else:
                    yield row

    def _deals_of(self, rows: Sequence[Record | RawRow | RowError]) -> Mapping[int | str, DealRow]:
        """The deals that rows name, by id and by slug."""
        cells = [row.cells for row in rows if isinstance(row, RawRow)]
        ids = {int(cell["id"]) for cell in cells if _is_id(cell.get("id", ""))}
        slugs = [cell["slug"] for cell in cells if cell.get("slug") and not _is_id(cell.get("id", ""))]
        marks = ", ".join("?" * len(slugs))
        found = self._ledger.connection.execute(f"SELECT id FROM deal WHERE slug IN ({marks})", slugs)
        ids |= {int(deal_id) for (deal_id,) in found}
        deals = list(self._ledger.select(Query(ids=tuple(sorted(ids))))) if ids else []
        return {deal["id"]: deal for deal in deals} | {deal["slug"]: deal for deal in deals}

    def _deal_of(self, row: RawRow, deals: Mapping[int | str, DealRow]) -> DealRow | None:
        """The deal that the row was handed out of, if it was by this ledger."""
        number, slug, created = (row.cells.get(name, "") for name in ("id", "slug", "created"))
        deal = deals.get(int(number) if _is_id(number) else slug)
        if deal is None or deal["id"] >= self._first or (created and not is_same(created, deal["created"])):
            return None
        # No export has the columns of a file that somebody writes by hand.
        if not created and any(row.cells.get(name) for name in EXTRA):
            return None
        # A slug that was edited is told of; without the day that the deal was recorded on, it is a deal of elsewhere.
        return deal if created or not slug or slug == deal["slug"] else None

    def _compare(self, row: RawRow, deal: DealRow) -> None:
        base = handed_out(deal)
        self._orders |= orders_of(row, base)
        found = self._real(edits(row, base), deal)
        fresh = self._is_fresh(row, deal)
        if self._repeated.is_known(deal["id"]) and fresh:
            otherwise = self._repeated.otherwise(deal["id"], found, base)
            if otherwise is not None:
                self._contradicts(row, deal, *otherwise)
                return
            if self._repeated.is_of_this_table(deal["id"]):
                self._unchanged(row, deal)
                return
        self._repeated.note(deal["id"], row.cells, found)
        if not found and fresh:
            self._unchanged(row, deal)
        else:
            self._edited.append(_Edited(row, deal, found))

    def _is_fresh(self, row: RawRow, deal: DealRow) -> bool:
        updated = row.cells.get("updated", "")
        return not updated or is_same(updated, deal["updated"])

    def _unchanged(self, row: RawRow, deal: DealRow) -> None:
        self._plan.add(Step(*row.place, "unchanged", deal["slug"], deal["id"]))

    def _contradicts(self, row: RawRow, deal: DealRow, column: str, said: str) -> None:
        reason = f'an earlier line says otherwise of the same deal: "{said}"'
        step = Step(*row.place, "error", deal["slug"], deal["id"], (), column, reason, "leave one of the two")
        self._plan.add(step)

    def _real(self, found: Iterable[Edit], deal: DealRow) -> tuple[Edit, ...]:
        """The edits, but for names of companies that mean the same ones."""
        return tuple(
            edit for edit in found if edit.column not in _ROLES or self._slugs(edit) != _slugs_in(deal, edit.column)
        )

    def _slugs(self, edit: Edit) -> set[str]:
        names = [name.strip() for name in edit.after.split(";") if name.strip()]
        return {slug for name in names for slug in self._ledger.company_slugs(name) or [f"?{name}"]}

    # --- what was edited ----------------------------------------------------------------------

    def settle(self) -> None:
        """Correct what was edited, now that the whole table tells how its dates are written."""
        for one in self._edited:
            try:
                self._settle(one)
            except Problem as problem:
                self._leave_out(one, "error", problem, getattr(problem, "column", ""))
        self._edited = []

    def _settle(self, one: _Edited) -> None:
        found = self._against_its_own_time(one)
        if not found:
            self._unchanged(one.row, one.deal)
            return
        if not self._is_fresh(one.row, one.deal):
            if self._says_nothing_else(one, found):
                self._unchanged(one.row, one.deal)
            else:
                self._conflict(one, found)
            return
        told = tuple(_read(edit, self._orders) for edit in found)
        for edit in told:
            self._know_names(edit)
        deal_id = one.deal["id"]
        with self._ledger.trying():
            Correcting(self._ledger, self._names, self._today, self._ledger.get(deal_id), told).write()
            self._ledger.bring_in_step()
            self._make_sure(told, handed_out(one.deal), deal_id)
        differences = tuple(Difference(edit.column, edit.before, edit.after) for edit in told)
        self._plan.add(Step(*one.row.place, "changed", one.deal["slug"], deal_id, differences))

    def _against_its_own_time(self, one: _Edited) -> tuple[Edit, ...]:
        """The edits against the deal as it was when it was handed out; several changes may be of that second."""
        updated = one.row.cells.get("updated", "")
        if not updated:
            return one.edits
        changes = [
            change_id
            for change_id, at in changes_at(self._ledger.connection, one.deal["id"])
            if change_id != self._ledger.journal.change_id and is_same(updated, at)
        ]
        found = [one.edits] if self._is_fresh(one.row, one.deal) or not changes else []
        for change_id in changes:
            was = flat_as_left(self._ledger, change_id, one.deal)
            found.append(self._real(edits(one.row, handed_out(was)), was))
        fewest = min(found, key=len)
        now = handed_out(one.deal)
        # What the ledger says too by now needs no correction.
        return tuple(edit for edit in fewest if not is_same(edit.after, now[edit.column]))

    def _says_nothing_else(self, one: _Edited, found: Iterable[Edit]) -> bool:
        """Whether the ledger holds by now what the cells say in other words: correcting it would alter nothing."""
        deal_id, now, same = one.deal["id"], handed_out(one.deal), False
        with suppress(Problem, _Tried), self._ledger.trying():
            told = tuple(_read(edit._replace(before=now[edit.column]), self._orders) for edit in found)
            # A name that nobody knows yet is founded by a correction only that is kept.
            if not {edit.column for edit in told} & _ROLES.keys():
                Correcting(self._ledger, self._names, self._today, self._ledger.get(deal_id), told).write()
                self._ledger.bring_in_step()
                (then,) = self._ledger.select(Query(ids=(deal_id,)))
                same = handed_out(then) == now
            raise _Tried
        return same

    def _know_names(self, edit: Edit) -> None:
        """Companies are founded before anything is tried, so that they stay whatever comes of the row."""
        if edit.column not in _ROLES:
            return
        try:
            for name in edit.after.split(";"):
                if name.strip() and name.strip() not in edit.before.split("; "):
                    self._names.slug(name.strip())
        except Problem as problem:
            raise Uncorrectable(edit.column, problem.what, problem.hint) from None

    def _make_sure(self, told: Iterable[Edit], before: Mapping[str, str], deal_id: int) -> None:
        """Raise Uncorrectable where the ledger would not say afterwards what the row says."""
        (deal,) = self._ledger.select(Query(ids=(deal_id,)))
        now, wanted = handed_out(deal), {edit.column: edit.after for edit in told}
        hint = f"correct its events: dealtrack edit {deal_id}; record news: dealtrack update {deal_id}"
        for column, after in wanted.items():
            if column in (*_DATES, "expected") and after:
                after = read_date(after, self._today).edtf  # noqa: PLW2901 - the same, as the ledger writes it
            if column in (*_DATES, "expected", "status") and now[column] != after.casefold():
                what = f"corrected so, it would be {now[column] or 'nothing'}: other events tell of it too"
                raise Uncorrectable(column, what, hint)
        for column in _DATES if "status" not in wanted and set(wanted) & set(_DATES) else ():
            if column not in wanted and before[column] and now[column] != before[column]:
                edited = next(name for name in _DATES if name in wanted)
                what = f"the same event tells {column}, which stays {before[column]} in the file"
                raise Uncorrectable(edited, what, hint)

    def _conflict(self, one: _Edited, found: Iterable[Edit]) -> None:
        now = handed_out(one.deal)
        differences = tuple(Difference(edit.column, now[edit.column], edit.after) for edit in found)
        reason = f"the deal was changed here since: dealtrack log {one.deal['id']}"
        hint = f"to take the file's, set its updated to {one.deal['updated']}, and import it again"
        step = Step(*one.row.place, "conflict", one.deal["slug"], one.deal["id"], differences, "", reason, hint)
        self._plan.add(step)

    def _leave_out(self, one: _Edited, verdict: Verdict, problem: Problem, column: str) -> None:
        step = Step(
            *one.row.place, verdict, one.deal["slug"], one.deal["id"], (), column, problem.what, problem.hint
        )  # fmt: skip
        self._plan.add(step)


def _read(edit: Edit, orders: set[Order]) -> Edit:
    if edit.column not in EDITABLE:
        return edit
    try:
        return read(edit, orders)
    except Problem as problem:
        raise Uncorrectable(edit.column, problem.what, problem.hint) from None


def _slugs_in(deal: DealRow, column: str) -> set[str]:
    return {slug for slug, _, role in parties_of(deal) if role == _ROLES[column]}


def _is_id(cell: str) -> bool:
    return cell.isascii() and cell.isdigit() and len(cell) <= _LONGEST_ID
