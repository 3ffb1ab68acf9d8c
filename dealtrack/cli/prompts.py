"""The questions that tell of a deal's companies, of an event and of a source, in the order they are asked."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from dealtrack.cli import words
from dealtrack.cli.asking import Back, Question, confirm, one_of
from dealtrack.cli.desk import Desk
from dealtrack.cli.options import DealFlags, EventFlags, PartyFlags, SourceFlags, WriteFlags
from dealtrack.cli.telling import event_of, named_parties, several_by_commas, several_named, source_of
from dealtrack.domain.milestone import MILESTONES
from dealtrack.domain.name import plain
from dealtrack.domain.near import Beside, Near
from dealtrack.domain.problem import Misuse
from dealtrack.domain.status import STATUSES
from dealtrack.ledger.identity import NoSuchCompany

# So many names are offered at a press of Tab.
_OFFERED = 50


class Names:
    """The names of companies: those that the ledger knows are completed, one that it does not know may be founded."""

    def __init__(self, desk: Desk, write: WriteFlags, deal: DealFlags, parties: PartyFlags) -> None:
        self._desk, self._write, self._deal, self._parties = desk, write, deal, parties
        self._may_found = deal.new_company
        self._new: set[str] = set()

    def complete(self, typed: str) -> Iterable[str]:
        """The names that begin as typed, whatever the case."""
        ledger = self._desk.reading(self._write)
        return ledger.names_beginning(typed, _OFFERED) if ledger else ()

    def check(self, name: str) -> None:
        """Make sure that the company is known, or is meant to be founded. Raises NoSuchCompany."""
        ledger = self._desk.reading(self._write)
        known = ledger.company_slugs(name) if ledger else []
        if len(known) == 1 or plain(name) in self._new or self._may_found:
            return
        if ledger and known:
            ledger.company_slug(name)
        several = several_by_commas(ledger, name)
        if ledger and several and all(ledger.company_slugs(one) for one in several):
            raise several_named(name, several)
        near = ledger.nearest_companies(name, self._beside()) if ledger else []
        if not _founds(name, near):
            hint = f"did you mean {' or '.join(one.slug for one in near)}?" if near else _NONE_NEAR
            raise NoSuchCompany(f'no company is known as "{name}"', hint)
        self._new.add(plain(name))
        # Every unknown name is one that was said yes to.
        self._deal.new_company = True

    def _beside(self) -> Beside:
        """Those that were named before, and the sectors of the deal."""
        return Beside(tuple(name for name, _ in named_parties(self._parties)), tuple(words.listed(self._deal.sector)))

    def check_each_once(self, names: list[str]) -> None:
        """Make sure that no company is named twice, by whatever name. Raises Misuse."""
        ledger = self._desk.reading(self._write)
        seen: dict[str, str] = {}
        for name in names:
            company = (ledger.company_slugs(name) if ledger else []) or [plain(name)]
            if company[0] in seen:
                raise Misuse(f'"{seen[company[0]]}" and "{name}" are the same company', "name it once")
            seen[company[0]] = name


_NONE_NEAR = "list companies: dealtrack company list"


def _founds(name: str, near: Sequence[Near]) -> bool:
    offered = f"; did you mean {' or '.join(one.said for one in near)}?" if near else "."
    try:
        return confirm(f'no company is known as "{name}"{offered} Found it as a new company?', usual=not near)
    except Back:
        return False


class Slugs:
    """The deals that the ledger holds, meant by any reference and completed by their slugs."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def complete(self, typed: str) -> Iterable[str]:
        """The slugs that begin as typed."""
        return self._desk.ledger.slugs_beginning(typed, _OFFERED)

    def check(self, reference: str) -> None:
        """Make sure that one deal is meant, and say which. Raises NoSuchDeal."""
        deal = self._desk.ledger.get(self._desk.ledger.find(reference))
        self._desk.say(f"{deal.id}  {deal.headline}")


def event_questions(flags: EventFlags, today: date, *, begins: bool) -> list[Question]:
    """What is asked of an event; the one that a deal begins with brings a state."""

    def told(
        name: str, text: str, complete: Iterable[str] = (), *,
        required: Callable[[], bool] = bool, arises: Callable[[], bool] = lambda: True,
    ) -> Question:  # fmt: skip
        def check(word: str) -> object:
            beside = {"basis": flags.basis} if name == "value" else {}
            return event_of(EventFlags(**{"on": "today", name: word, **beside}), today, None)

        return Question(text, flags, name, check, one_of(complete), required, arises)

    def agreed() -> bool:
        return (flags.status or "").casefold() == "agreed"

    return [
        told("on", "When (2025-12-03, Q3 2025, summer 2025, yesterday)", required=lambda: True),
        told("status", "Status", STATUSES, required=lambda: begins),
        told("milestone", "Milestone", MILESTONES, arises=lambda: not flags.status),
        told("value", "Value (275M, ~EUR 2bn, undisclosed)"),
        told("stake", "Stake (51, 45..55, controlling)"),
        told("expected", "Closing expected", arises=agreed),
        told("summary", "Summary", required=lambda: not any(getattr(flags, name) for name in _SAYING)),
    ]


# An event without any of these says only that something happened, and then has to say what.
_SAYING = ("status", "milestone", "value", "stake")


def source_questions(flags: SourceFlags, today: date) -> list[Question]:
    """What is asked of where it was read; of a source that is not named, nothing."""

    def told(name: str, text: str, arises: Callable[[], bool]) -> Question:
        def check(word: str) -> object:
            return source_of(SourceFlags(**{"source": "a page", name: word}), today, None)

        return Question(text, flags, name, check, arises=arises)

    def named() -> bool:
        return flags.source is not None

    return [
        told("source", "Source (an address, or words)", lambda: True),
        told("published", "Published on", named),
        told("via", "Relays the reporting of", named),
        told("reliability", "Reliability (A best, F cannot be judged)", named),
    ]
