"""Which outlets to believe: whose rumors came true and how early, what rests on one of them, and on which page."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from dealtrack.domain.belief import rulings
from dealtrack.domain.contents import Basis, Cell, Chart, Column, Interval, Part, Prose, Report, Table
from dealtrack.domain.course import middle
from dealtrack.domain.deal import Deal
from dealtrack.domain.fold import Facts, Field, Ruling
from dealtrack.domain.rumor import Reporting, Rumor, reporting, rumors
from dealtrack.report.basis import REFERENCE_RATES, VALUES, Rules
from dealtrack.report.facts import addresses, page
from dealtrack.report.groups import named, share_of
from dealtrack.text.claims import say_claim

RULES = Rules(
    dates="of the pages where they tell it, else of what they tell",
    values=VALUES.format(currency="US dollars"),
    rates=REFERENCE_RATES,
    rule="every page on a deal that matches; twenty relays of one report are one outlet's",
)


class _Told(NamedTuple):
    """A deal with its facts and whose reporting its pages come down to."""

    deal: Deal
    facts: Facts
    reporting: Reporting
    rumors: tuple[Rumor, ...]


def sources_report(deals: Iterable[Deal], basis: Basis) -> Report:
    """Outlets and their rumors, facts that rest on little, and the page of every figure."""
    told = [_told(deal) for deal in deals]
    parts: tuple[Part, ...] = (
        _outlets(told),
        Chart("rumors", "Rumors that came true, by outlet", "bars", "outlets", "outlet", ("came_true",)),
        _rumors(told),
        _single(told),
        _weak(told),
        _figures(told),
        _RULES,
    )
    return Report("sources", "Which outlets to believe", basis, parts, addresses((entry.deal for entry in told), parts))


def _told(deal: Deal) -> _Told:
    facts, found = deal.facts, reporting(deal)
    return _Told(deal, facts, found, tuple(rumors(deal, facts, found)))


# --- outlets --------------------------------------------------------------------------------------


class _Record:
    """What one outlet has to show for itself."""

    def __init__(self) -> None:
        self.pages: set[str] = set()
        self.deals: set[int] = set()
        self.firsts = 0
        self.rumors: list[Rumor] = []

    def cells(self) -> tuple[Cell, ...]:
        """Its columns, after its name."""
        true, fell = self._came("came true"), self._came("fell through")
        return (
            len(self.pages), len(self.deals), self.firsts, len(self.rumors), true, fell, self._came("went quiet"),
            self._came("open"), share_of(true, true + fell),
            middle(rumor.early for rumor in self.rumors if rumor.early),
        )  # fmt: skip

    def _came(self, outcome: str) -> int:
        return sum(rumor.outcome == outcome for rumor in self.rumors)


def _outlets(told: Iterable[_Told]) -> Table:
    columns = (
        Column("outlet", "Outlet"),
        Column("pages", "Pages", "count", spare=2),
        Column("deals", "Deals", "count", spare=1),
        Column("firsts", "First word", "count"),
        Column("rumors", "Rumors", "count"),
        Column("came_true", "Came true", "count"),
        Column("fell_through", "Fell through", "count"),
        Column("went_quiet", "Went quiet", "count", spare=3),
        Column("open", "Open", "count", spare=4),
        Column("rate", "True of decided", "percent"),
        Column("early", "Days before signing", "days"),
    )
    records = sorted(_records(told).items(), key=lambda record: _standing(*record))
    rows = tuple((outlet, *record.cells()) for outlet, record in records)
    return Table("outlets", "Outlets, those with most rumors first", columns, rows)


def _records(told: Iterable[_Told]) -> dict[str, _Record]:
    records: dict[str, _Record] = {}
    for entry in told:
        for event in entry.deal.events:
            for outlet in entry.reporting.outlets.get(event.n, ()):
                record = records.setdefault(outlet, _Record())
                record.deals.add(entry.deal.id)
                if event.source:
                    record.pages.add(event.source.key)
        if entry.reporting.first:
            records[entry.reporting.first].firsts += 1
        for rumor in entry.rumors:
            records[rumor.outlet].rumors.append(rumor)
    return records


def _standing(outlet: str, record: _Record) -> tuple[int, int, str]:
    return -len(record.rumors), -len(record.pages), outlet.casefold()


def _rumors(told: Iterable[_Told]) -> Table:
    columns = (
        Column("id", "ID", "count"),
        Column("deal", "Deal", "deal"),
        Column("outlet", "Outlet"),
        Column("told", "Told", "date"),
        Column("status", "As", spare=2),
        Column("outcome", "What came of it"),
        Column("announced", "Signed", "date"),
        Column("early", "Days before", "days"),
        Column("source", "Source", "source", spare=1),
    )
    rows = tuple(
        (
            entry.deal.id, named(entry.deal), rumor.outlet, rumor.told, rumor.event.status, rumor.outcome,
            rumor.announced, rumor.early, page(rumor.event),
        )
        for entry in told
        for rumor in entry.rumors
    )  # fmt: skip
    return Table("rumors", "Rumors, and what came of them", columns, rows)


# --- what rests on little -------------------------------------------------------------------------

_FACT: tuple[Column, ...] = (
    Column("id", "ID", "count"),
    Column("deal", "Deal", "deal"),
    Column("fact", "Fact"),
    Column("believed", "Believed"),
    Column("grade", "Grade"),
)


def _facts(told: Iterable[_Told]) -> Iterator[tuple[_Told, Field, Ruling, tuple[Cell, ...]]]:
    for entry in told:
        for field, ruling in rulings(entry.facts):
            said = say_claim(ruling.event, field)
            yield entry, field, ruling, (entry.deal.id, named(entry.deal), field, said, ruling.event.grade)


def _single(told: Iterable[_Told]) -> Table:
    """Facts that one origin alone bears out, on however many pages, or one page, whomever it relays."""
    columns = (
        *_FACT,
        Column("origins", "Origins", "words", spare=1),
        Column("pages", "Pages", "count"),
        Column("source", "Source", "source", spare=2),
    )
    rows = tuple(
        (*cells, ruling.origins, pages, page(ruling.event))
        for entry, field, ruling, cells in _facts(told)
        if (pages := _pages(entry, field, ruling)) < 2 or len(ruling.origins) < 2
    )
    return Table("single", "Facts that rest on one origin or one page", columns, rows)


def _pages(entry: _Told, field: Field, ruling: Ruling) -> int:
    """How many pages of those origins tell of the fact."""
    origins = set(ruling.origins)
    return len(
        {
            event.source.key
            for event in entry.deal.events
            if event.source
            and getattr(event, field)
            and event not in ruling.against
            and origins & set(entry.reporting.outlets[event.n])
        }
    )


def _weak(told: Iterable[_Told]) -> Table:
    """Facts of a doubtful page, of a doubtful statement, or that nobody else bears out."""
    columns = (*_FACT, Column("why", "Why", "words"), Column("source", "Source", "source", spare=1))
    rows = tuple(
        (*cells, why, page(ruling.event)) for _, _, ruling, cells in _facts(told) if (why := tuple(_doubts(ruling)))
    )
    return Table("weak", "Facts that are graded low or not borne out", columns, rows)


def _doubts(ruling: Ruling) -> Iterator[str]:
    event = ruling.event
    if event.source is None:
        yield "no source"
    elif event.reliability in "DEF":
        yield f"the page is graded {event.reliability}"
    if event.credibility >= 4:
        yield f"the statement is graded {event.credibility}"
    if event.source and event.credibility > 1 and len(ruling.origins) == 1:
        yield "one origin"


# --- figures --------------------------------------------------------------------------------------


def _figures(told: Sequence[_Told]) -> Table:
    """On which page each value was read that reports count."""
    columns = (
        Column("id", "ID", "count"),
        Column("deal", "Deal", "deal"),
        Column("value", "Value", "amount"),
        Column("usd", "Counted as", "money", unit="USD"),
        Column("words", "As reported", spare=2),
        Column("event", "Event", "count", spare=4),
        Column("grade", "Grade", spare=3),
        Column("source", "Page", "source"),
        Column("url", "Address", spare=1),
    )
    rows = tuple(row for entry in told if (row := _figure(entry)))
    return Table("figures", "On which page each figure was read", columns, rows)


def _figure(entry: _Told) -> tuple[Cell, ...] | None:
    event = entry.facts.value.event if entry.facts.value else None
    if event is None or event.value is None:
        return None
    usd = Interval(event.dollars.low, event.dollars.high) if event.dollars else None
    return (
        entry.deal.id, named(entry.deal), event.value, usd, event.value.text, event.n, event.grade, page(event),
        event.source.url if event.source else None,
    )  # fmt: skip


_RULES = Prose(
    "How it is reckoned",
    (
        "A rumor is the first word of an outlet that a deal is considered or talked about, if not after its signing.",
        "It came true when the deal was signed or closed, whatever became of it later; open deals decide nothing yet.",
        "Days before signing: from the page (or what it tells of) to the signing; the median is of both ends.",
        "First word: the outlet's is the earliest page on the deal, and no other outlet's is of the same day.",
        "Facts: of each deal the status, value and stake that are believed, and who bears them out.",
    ),
)
