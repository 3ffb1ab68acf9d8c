"""How an edited cell of an export corrects the ledger: the deal itself, its parties, or the event that decides."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, cast

from dealtrack.cli.naming import Names
from dealtrack.domain.deal import Deal
from dealtrack.domain.event import Event
from dealtrack.domain.kind import FORMS, KINDS, Kind
from dealtrack.domain.money import BASES, QUALIFIERS, Basis, Money, Qualifier, minor_units, money
from dealtrack.domain.party import ROLES, Role
from dealtrack.domain.problem import Misuse, Problem
from dealtrack.domain.stake import STAKE_BASES, Stake, StakeBasis, percent_units, stake
from dealtrack.domain.status import PHASE_OF, STATUSES, Status
from dealtrack.exchange.returned import Edit, why_not
from dealtrack.ledger.writing import WritableLedger
from dealtrack.text.choice import one_of
from dealtrack.text.dates import read_date
from dealtrack.text.money import digits_of, read_money, say_money
from dealtrack.text.stakes import read_stake, say_stake

_ROLES: dict[str, Role] = {role.replace("-", "_"): role for role in ROLES}
_OF_THE_DEAL = ("title", "kind", "form", "sectors", "core_space", "tags", "note")
_REACHED: dict[str, tuple[Status, ...]] = {
    "agreed": ("agreed",),
    "completed": ("completed",),
    "ended": tuple(status for status in STATUSES if PHASE_OF[status] == "dead"),
}


class Uncorrectable(Misuse):
    """A cell says what no correction of the ledger can mean; `column` is the cell's."""

    def __init__(self, column: str, what: str, hint: str) -> None:
        super().__init__(what, hint)
        self.column = column


class Correcting:
    """The edited cells of one row, as corrections of its deal."""

    def __init__(
        self, ledger: WritableLedger, names: Names, today: date, deal: Deal, edits: Iterable[Edit]
    ) -> None:  # fmt: skip
        self._ledger = ledger
        self._names = names
        self._today = today
        self._deal = deal
        self._edits = {edit.column: edit for edit in edits}
        self._events = {event.n: event for event in deal.events}
        self._news: list[Event] = []

    def write(self) -> None:
        """Write the corrections. Raises Uncorrectable."""
        for column in self._edits:
            refused = why_not(column, self._deal.id)
            if refused is not None:
                raise Uncorrectable(column, *refused)
        self._at(_OF_THE_DEAL, self._correct_deal)
        for column, role in _ROLES.items():
            self._at((column,), lambda role=role, column=column: self._correct_parties(column, role))  # type: ignore[misc]  # bound early
        self._at(("status",), self._correct_status)
        for column in ("first_seen", "agreed", "completed", "ended"):
            self._at((column,), lambda column=column: self._correct_date(column))  # type: ignore[misc]  # likewise
        self._at(("expected",), self._correct_expected)
        self._at(_MONEY, self._correct_value)
        self._at(_STAKE, self._correct_stake)
        for event in self._events.values():
            if event != self._deal.event(event.n):
                self._ledger.edit_event(self._deal.id, event)
        for event in self._news:
            self._ledger.add_event(self._deal.id, event)

    def _at(self, columns: Iterable[str], correct: Callable[[], None]) -> None:
        """Correct what those columns tell, if one of them was edited; what is wrong is told of it."""
        edited = [column for column in columns if column in self._edits]
        if not edited:
            return
        try:
            correct()
        except Uncorrectable:
            raise
        except Problem as problem:
            raise Uncorrectable(edited[0], problem.what, problem.hint) from None

    def _new(self, column: str) -> str:
        return self._edits[column].after

    # --- the deal ---------------------------------------------------------------------------

    def _correct_deal(self) -> None:
        new = {column: self._new(column) for column in _OF_THE_DEAL if column in self._edits}
        kind = cast("Kind", one_of(new["kind"], KINDS, "kind")) if "kind" in new else self._deal.kind
        form = one_of(new["form"], FORMS[kind], "form") if new.get("form") else None
        cells: dict[str, Any] = {"kind": kind, "form": form if "form" in new else self._deal.form}
        if cells["form"] is not None and cells["form"] not in FORMS[kind]:
            what = f'form "{cells["form"]}" does not belong to kind "{kind}"'
            raise Uncorrectable("kind", what, f"forms of {kind}: {', '.join(FORMS[kind])}")
        if "title" in new:
            cells["title"] = new["title"] or self._refuse_empty("title")
        if "note" in new:
            cells["note"] = new["note"] or None
        if "core_space" in new:
            cells["core_space"] = int(one_of(new["core_space"], ("yes", "no"), "core_space") == "yes")
        for name in ("sectors", "tags"):
            if name in new:
                words = ("-".join(word.casefold().split()) for word in new[name].replace(",", ";").split(";"))
                cells[name] = ";".join(dict.fromkeys(word for word in words if word))
        self._ledger.edit_deal(self._deal.id, cells)

    def _refuse_empty(self, column: str) -> str:
        raise Uncorrectable(column, "the cell is empty and must not be", "write what is right")

    def _correct_parties(self, column: str, role: Role) -> None:
        there = {party.name: party.company for party in self._deal.parties if party.role == role}
        named = [name.strip() for name in self._new(column).split(";") if name.strip()]
        wanted = {there.get(name) or self._names.slug(name): name for name in named}
        for slug in there.values():
            if slug not in wanted:
                self._ledger.remove_party(self._deal.id, slug, role)
        for slug, name in wanted.items():
            if slug not in there.values():
                self._ledger.add_party(self._deal.id, slug, role, self._names.reported(name, slug))
        if not self._ledger.get(self._deal.id).parties:
            hint = f"remove the deal: dealtrack rm {self._deal.id}"
            raise Uncorrectable(column, "the deal would be left without parties", hint)

    # --- its events -------------------------------------------------------------------------

    def _correct_status(self) -> None:
        status = cast("Status", one_of(self._new("status") or self._refuse_empty("status"), STATUSES, "status"))
        if self._dated_anew(status):
            return  # a date that is filled in is news, and brings the state
        event = self._deciding("status")
        self._events[event.n] = self._events[event.n]._replace(status=status)

    def _dated_anew(self, status: Status) -> bool:
        return any(
            status in states and column in self._edits and not self._edits[column].before
            for column, states in _REACHED.items()
        )

    def _deciding(self, fact: str) -> Event:
        """The event that decides the fact, else the one that decides the status, else the last."""
        facts = self._deal.facts
        ruling = getattr(facts, fact) or facts.status
        return cast("Event", ruling.event) if ruling else self._deal.events[-1]

    def _correct_date(self, column: str) -> None:
        edit = self._edits[column]
        if not edit.after:
            hint = f"an event is taken out by dealtrack rm {self._deal.id} --event N"
            raise Uncorrectable(column, "a date cannot be emptied", hint)
        when = read_date(edit.after, self._today)
        first = when.earliest or when.latest
        if first is not None and first > self._today:
            hint = "what is awaited is expected"
            raise Uncorrectable(column, f'date "{edit.after}" lies in the future (today is {self._today})', hint)
        if not edit.before:
            self._news.append(Event(n=0, date=when, status=self._state_reached(column)))
            return
        told = [event for event in self._deal.events if event.date.edtf == edit.before]
        if column in _REACHED:
            told = [event for event in told if event.status in _REACHED[column]]
        for event in told:
            self._events[event.n] = self._events[event.n]._replace(date=when)

    def _state_reached(self, column: str) -> Status:
        """The state that a date which is filled in brings."""
        states = _REACHED.get(column, ())
        if len(states) == 1:
            return states[0]
        status = self._edits["status"].after if "status" in self._edits else self._status()
        if status in states:
            return states[states.index(status)]
        raise Uncorrectable(column, "the date does not say of which state it is", "say so in the column status")

    def _status(self) -> str | None:
        ruling = self._deal.facts.status
        return ruling.event.status if ruling else None

    def _correct_expected(self) -> None:
        edit = self._edits["expected"]
        told = [event for event in self._deal.events if event.expected and event.expected.edtf == edit.before]
        event = told[-1] if told else self._deciding("status")
        when = read_date(edit.after, self._today) if edit.after else None
        self._events[event.n] = self._events[event.n]._replace(expected=when)

    def _correct_value(self) -> None:
        event = self._deciding("value")
        had = self._events[event.n].value
        # The words may be those of another currency; dollars that the source stated were stated of what it said.
        value = _value(had, {column: edit.after for column, edit in self._edits.items()})
        self._events[event.n] = self._events[event.n]._replace(value=value, dollars=None)

    def _correct_stake(self) -> None:
        event = self._deciding("stake")
        share = _share(self._events[event.n].stake, {column: edit.after for column, edit in self._edits.items()})
        self._events[event.n] = self._events[event.n]._replace(stake=share)


_MONEY = ("value_text", "value_currency", "value_low", "value_high", "value_qualifier", "value_basis")
_STAKE = ("stake_text", "stake_low", "stake_high", "stake_controlling", "stake_basis")


def _value(had: Money | None, new: Mapping[str, str]) -> Money | None:
    """The amount with its edited cells; words alone are read, figures are taken as they are. Raises Problem."""
    basis = cast("Basis", one_of(new["value_basis"], BASES, "basis")) if new.get("value_basis") else None
    usual = (had.basis if had else None) or "consideration"
    figures = [column for column in _MONEY[1:5] if column in new]
    text = new.get("value_text")
    if not figures:
        if text is None:
            return had._replace(basis=basis or usual) if had else None
        return read_money(text, basis, usual) if text else None
    if had is not None and not any(new.get(column) for column in figures) and not text:
        return None
    currency = new.get("value_currency", (had.currency if had else "USD") or "").upper() or None
    digits = digits_of(currency) if currency else 2
    low, high = (
        _bound(new.get(f"value_{end}"), getattr(had, end, None), (had.digits if had else digits, digits))
        for end in ("low", "high")
    )
    word = new.get("value_qualifier") or (had.qualifier if had else "exact" if low == high else "range")
    qualifier = cast("Qualifier", one_of(word, QUALIFIERS, "qualifier"))
    amount = money(low, high, currency, digits, qualifier, basis=basis or usual, text=text or "")
    # Words that only say the figures follow them; what a source said stays.
    said = text or (had.text if had and not _only_says(had) else say_money(amount))
    return amount._replace(text=said)


def _bound(cell: str | None, had: int | None, digits: tuple[int, int]) -> int | None:
    if cell is not None:
        return minor_units(cell, digits[1]) if cell else None
    return had if had is None or digits[0] == digits[1] else had * 10 ** digits[1] // 10 ** digits[0]


def _only_says(amount: Money) -> bool:
    try:
        return read_money(amount.text, amount.basis)._replace(text=amount.text) == amount
    except Problem:
        return False


def _share(had: Stake | None, new: Mapping[str, str]) -> Stake | None:
    """The stake with its edited cells; words alone are read, figures are taken as they are. Raises Problem."""
    basis = cast("StakeBasis", one_of(new["stake_basis"], STAKE_BASES, "basis")) if new.get("stake_basis") else None
    basis = basis or (had.basis if had else None) or "acquired"
    figures = [column for column in _STAKE[1:4] if column in new]
    text = new.get("stake_text")
    if not figures:
        if text is None:
            return had._replace(basis=basis) if had else None
        return read_stake(text, basis) if text else None
    if had is not None and not any(new.get(column) for column in figures) and not text:
        return None
    low, high = (
        (percent_units(new[f"stake_{end}"]) if new[f"stake_{end}"] else None)
        if f"stake_{end}" in new
        else getattr(had, end, None)
        for end in ("low", "high")
    )
    control = new.get("stake_controlling")
    known = had.controlling if had else None
    controlling = known if control is None else {"yes": True, "no": False}.get(control.casefold())
    share = stake(low, high, controlling=controlling, basis=basis, text=text or "")
    return share._replace(text=text or say_stake(share))
