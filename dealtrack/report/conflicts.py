"""Where sources disagree: what is believed and why, what is said against it, and how belief changed."""

from collections.abc import Iterable, Iterator
from datetime import date

from dealtrack.domain.belief import other_days, rulings, turns
from dealtrack.domain.contents import Basis, Cell, Chart, Column, Part, Prose, Report, Table
from dealtrack.domain.date import from_day
from dealtrack.domain.deal import Deal
from dealtrack.domain.fold import Facts, Field, Ruling
from dealtrack.report.basis import NO_RATES, NO_VALUES, Rules
from dealtrack.report.facts import addresses, page
from dealtrack.report.groups import named
from dealtrack.report.revisions import revisions
from dealtrack.text.claims import say_claim
from dealtrack.text.reasons import WHY

RULES = Rules(
    dates="of what is told, and of the pages that tell it",
    values=f"{NO_VALUES}: each is told in its own currency",
    rates=NO_RATES,
    rule="every deal that matches and of which accounts differ",
)


def conflicts_report(deals: Iterable[Deal], basis: Basis, today: date) -> Report:
    """Disputes, what waits for confirmation, and every change of belief."""
    told = [(deal, deal.facts) for deal in deals]
    disputes, days, waiting = _disputes(told), _days(told), _waiting(told, today)
    parts: tuple[Part, ...] = (
        disputes,
        days,
        waiting,
        _counted(disputes, days, waiting),
        Chart("counted", "Deals of which accounts differ, by fact", "bars", "counted", "fact", ("deals",)),
        revisions(deal for deal, _ in told),
        _beliefs(told),
        _RULES,
    )
    return Report("conflicts", "Where sources disagree", basis, parts, addresses((deal for deal, _ in told), parts))


Told = Iterable[tuple[Deal, Facts]]


def _disputes(told: Told) -> Table:
    """Which account is believed of each disputed fact, why, and what is said against it."""
    columns = (
        Column("id", "ID", "count"),
        Column("deal", "Deal", "deal"),
        Column("fact", "Fact"),
        Column("believed", "Believed"),
        Column("grade", "Grade", spare=3),
        Column("source", "Source", "source", spare=2),
        Column("because", "Because it is", spare=1),
        Column("against", "Against it"),
        Column("against_grade", "Its grade", spare=3),
        Column("against_source", "Told by", "source", spare=2),
    )
    rows = tuple(
        row for deal, facts in told for field, ruling in rulings(facts) for row in _disputed(deal, field, ruling)
    )
    return Table("disputes", "Disputed facts", columns, rows)


def _disputed(deal: Deal, field: Field, ruling: Ruling) -> Iterator[tuple[Cell, ...]]:
    for other in ruling.against:
        yield (
            deal.id, named(deal), field, say_claim(ruling.event, field), ruling.event.grade, page(ruling.event),
            WHY[ruling.reason], say_claim(other, field), other.grade, page(other),
        )  # fmt: skip


def _days(told: Told) -> Table:
    """Steps of deals that accounts put on different days."""
    columns = (
        Column("id", "ID", "count"),
        Column("deal", "Deal", "deal"),
        Column("step", "Step"),
        Column("believed", "Believed", "date"),
        Column("against", "Elsewhere", "date"),
        Column("status", "Told as", spare=2),
        Column("grade", "Grade", spare=2),
        Column("source", "Source", "source", spare=1),
    )
    rows = tuple(
        (
            deal.id, named(deal), other.step, other.believed, other.event.date, other.event.status, other.event.grade,
            page(other.event),
        )
        for deal, facts in told
        for other in other_days(deal, facts)
    )  # fmt: skip
    notes = ("The first day is believed that an account of it gives; a later one may also tell of a later instalment.",)
    return Table("days", "Days that accounts disagree on", columns, rows, notes=notes if rows else ())


def _waiting(told: Told, today: date) -> Table:
    """Facts that one origin alone tells of, and another is expected to follow: a lag, and no dispute."""
    columns = (
        Column("id", "ID", "count"),
        Column("deal", "Deal", "deal"),
        Column("fact", "Fact"),
        Column("believed", "Believed"),
        Column("origin", "Told by", spare=1),
        Column("until", "Confirmation until", "date"),
        Column("left", "Days left", "count"),
    )
    rows = tuple(
        (
            deal.id, named(deal), field, say_claim(ruling.event, field), ", ".join(ruling.origins),
            from_day(ruling.pending), (ruling.pending - today).days,
        )
        for deal, facts in told
        for field, ruling in rulings(facts)
        if ruling.waits_on(today) and ruling.pending
    )  # fmt: skip
    return Table("waiting", "Waiting for confirmation: a lag, and no dispute", columns, rows)


def _counted(disputes: Table, days: Table, waiting: Table) -> Table:
    """Of how many deals accounts differ on each fact."""
    found: dict[tuple[str, str], set[Cell]] = {}
    for table, how in ((disputes, "disputed"), (days, "another day"), (waiting, "unconfirmed")):
        for deal_id, _, fact, *_ in table.rows:
            found.setdefault((str(fact), how), set()).add(deal_id)
    columns = (Column("fact", "Fact"), Column("how", "How it stands"), Column("deals", "Deals", "count"))
    rows = tuple((fact, how, len(deals)) for (fact, how), deals in found.items())
    return Table("counted", "Of how many deals accounts differ", columns, rows)


def _beliefs(told: Told) -> Table:
    """How belief changed, day by day of publication, and which source moved it."""
    columns = (
        Column("id", "ID", "count"),
        Column("deal", "Deal", "deal"),
        Column("day", "Public", "date"),
        Column("fact", "Fact"),
        Column("before", "Believed before"),
        Column("after", "Believed then", main=True),
        Column("event", "Event", "count", spare=3),
        Column("grade", "Grade", spare=2),
        Column("source", "Moved by", "source", spare=1),
    )
    rows = tuple(
        (
            deal.id, named(deal), from_day(turn.day) if turn.day else None, turn.field,
            say_claim(turn.before, turn.field), say_claim(turn.after, turn.field),
            turn.moved_by.n, turn.moved_by.grade, page(turn.moved_by),
        )
        for deal, _ in told
        for turn in turns(deal)
    )  # fmt: skip
    notes = ("Of a page without a date of publication the day of the event counts, as with --as-of.",)
    return Table("beliefs", "How belief changed", columns, rows, notes=notes if rows else ())


_RULES = Prose(
    "How it is reckoned",
    (
        "A fact is disputed when a believed account from elsewhere contradicts it for an overlapping time.",
        (
            "It waits for confirmation when nobody contradicts it, but one origin alone tells of it where another had "
            "told something else before, and that other one's usual lag (see its publisher) has not run out."
        ),
        "An older figure of an earlier time is history, and no dispute; so is an expected closing that was put off.",
    ),
)
