"""Who buys, invests, sells and is bought most: ranked by number of deals and by what is known of their value."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dealtrack.domain.contents import Basis, Cell, Chart, Column, Part, Prose, Reference, Report, Table
from dealtrack.domain.figures import DealRow, Tally
from dealtrack.domain.party import Role
from dealtrack.report.basis import Rules
from dealtrack.report.totals import value_of

# The tables of a league, each with its title and the roles that it ranks.
LEAGUES: dict[str, tuple[str, tuple[Role, ...]]] = {
    "buyers": ("Buyers", ("buyer",)),
    "investors": ("Investors", ("investor", "lead-investor")),
    "targets": ("Targets", ("target",)),
    "sellers": ("Sellers", ("seller",)),
    "partners": ("Partners", ("partner",)),
    "advisers": ("Advisers", ("adviser",)),
    "financiers": ("Financiers", ("financier", "sponsor")),
}
USUAL = ("buyers", "investors", "targets", "sellers")
ANNOUNCED = "deals that are agreed or completed: what was only talked of, or came to nothing, wins nobody a place"
_RULE = (
    "A deal counts in full for each company in the role; those that several share are told.",
    "Ranked by deals, then by the least that their known values come to, then by name; equals share a rank.",
)


def rules(*, whatever: bool) -> Rules:
    """What a league rests on; `whatever` the status, or only what was announced."""
    return Rules(rule="every deal that matches" if whatever else ANNOUNCED)


def is_announced(row: DealRow) -> bool:
    """Whether a deal wins its parties a place."""
    return row["status"] in ("agreed", "completed")


@dataclass(slots=True)
class _Place:
    """A company with its deals in the role."""

    company: Reference
    tally: Tally
    completed: int = 0
    shared: int = 0
    largest: tuple[int, Reference | None] = (-1, None)
    sectors: dict[str, int] = field(default_factory=dict)

    def add(self, row: DealRow, deal: Reference, *, shared: bool) -> None:
        """Count one of its deals."""
        self.tally.add(row["worth_low"], row["worth_high"])
        self.completed += row["phase"] == "done"
        self.shared += shared
        worth = row["worth_low"] if row["worth_low"] is not None else row["worth_high"]
        if worth is not None and worth > self.largest[0]:
            self.largest = (worth, deal)
        for sector in filter(None, row["sectors"].split(";")):
            self.sectors[sector] = self.sectors.get(sector, 0) + 1

    @property
    def rank_key(self) -> tuple[int, int]:
        """What places are ranked by."""
        return -self.tally.deals, -self.tally.low

    def cells(self, rank: int) -> tuple[Cell, ...]:
        """The cells of its row."""
        often = sorted(self.sectors, key=lambda sector: (-self.sectors[sector], sector))[:3]
        return (
            rank, self.company, self.tally.deals, self.completed, self.shared, self.tally.valued,
            value_of(self.tally), self.largest[1], tuple(often),
        )  # fmt: skip


def league_report(rows: Iterable[tuple[DealRow, str]], leagues: Sequence[str], currency: str, basis: Basis) -> Report:
    """A table for each of the leagues, of deals as rows with their headlines."""
    places: dict[str, dict[str, _Place]] = {name: {} for name in leagues}
    for row, headline in rows:
        deal = Reference(row["slug"], headline)
        for name in leagues:
            _count(places[name], row, deal, LEAGUES[name][1], currency)
    parts: list[Part] = []
    for name in leagues:
        table = _table(name, places[name], currency)
        parts += [
            table,
            *([Chart(f"{name}_deals", LEAGUES[name][0], "bars", name, "company", ("deals",))] * bool(table.rows)),
        ]
    return Report("league", "League tables", basis, (*parts, Prose("How it is ranked", _RULE)))


def _count(places: dict[str, _Place], row: DealRow, deal: Reference, roles: tuple[Role, ...], currency: str) -> None:
    companies = {slug: name for slug, name, role in row["parties"] if role in roles}
    for slug, name in companies.items():
        place = places.setdefault(slug, _Place(Reference(slug, name), Tally(currency=currency)))
        place.add(row, deal, shared=len(companies) > 1)


def _table(name: str, places: Mapping[str, _Place], currency: str) -> Table:
    ordered = sorted(places.values(), key=lambda place: (*place.rank_key, place.company.shown.casefold()))
    rows: list[tuple[Cell, ...]] = []
    ranks: dict[tuple[int, int], int] = {}
    for at, place in enumerate(ordered, start=1):
        rows.append(place.cells(ranks.setdefault(place.rank_key, at)))
    columns = (
        Column("rank", "Rank", "count"),
        Column("company", "Company", "company"),
        Column("deals", "Deals", "count", main=True),
        Column("completed", "Completed", "count"),
        Column("shared", "Shared", "count"),
        Column("disclosed", "Disclosed", "count"),
        Column("value", "Value", "money", currency, main=True),
        Column("largest", "Largest", "deal", spare=2),
        Column("sectors", "Sectors", "words", spare=1),
    )
    return Table(name, LEAGUES[name][0], columns, tuple(rows))
