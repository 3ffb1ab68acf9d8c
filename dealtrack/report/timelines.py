"""The timelines as reports: of one deal, of one company, and of all that match by month, quarter or year."""

from collections.abc import Iterable, Sequence
from datetime import date

from dealtrack.domain.contents import Basis, Cell, Chart, Column, Interval, Part, Prose, Reference, Report, Table
from dealtrack.domain.date import UncertainDate, from_edtf
from dealtrack.domain.deal import Deal
from dealtrack.domain.event import Event, by_date
from dealtrack.domain.figures import DealRow, Step, Tally, bucket, following, money_of
from dealtrack.domain.party import headline
from dealtrack.domain.related import Related
from dealtrack.domain.source import RELIABILITY_MEANING, Source
from dealtrack.report.lanes import EXPECTED
from dealtrack.text.dates import say_date
from dealtrack.text.money import digits_of, say_money
from dealtrack.text.stakes import say_stake_short

DOUBTED = "Shown, but deciding nothing"
_IMPROBABLE = "Credibility 5 or 6: improbable, or cannot be judged."
_GRADES = "Grades: where it was read, source A (best) to F; the account, 1 (best) to 6."

_EVENTS = (
    Column("event", "#", "count"),
    Column("date", "When", "date"),
    Column("status", "Status"),
    Column("summary", "What was said"),
    Column("value", "Value", "amount", spare=2),
    Column("stake", "Stake", spare=3),
    Column("source", "Source", "source", spare=1),
    Column("grade", "Grade", spare=4),
)
_SOURCES = (
    Column("source", "Source", "source"),
    Column("publisher", "Publisher"),
    Column("via", "Relays", spare=1),
    Column("published", "Published", "date", spare=2),
    Column("reliability", "Reliability"),
)


def deal_report(deal: Deal, related: Sequence[Related], basis: Basis, today: date) -> Report:
    """One deal: its events from the first to the last, those that decide nothing apart; and related deals beside it."""
    believed, doubted = by_date(deal.events)
    rows = [_event(event) for event in believed]
    expected = deal.facts.expected
    if expected:
        rows.append((None, expected, EXPECTED, "closing, as expected", *[None] * 4))
    parts: list[Part] = [Prose("", _standing(deal))]
    parts.append(
        Chart("timeline", "Timeline", "spans", "events", "date", ("event", "status", "summary"), "status", today)
    )
    parts.append(Table("events", "Events", _EVENTS, tuple(rows), notes=(_GRADES,)))
    if doubted:
        rows = [_event(event) for event in doubted]
        parts.append(Table("doubted", DOUBTED, _EVENTS, tuple(rows), notes=(_IMPROBABLE,)))
    parts += _beside(deal, related, today)
    sources = _sources(event.source for event in (*believed, *doubted))
    if sources:
        parts.append(Table("sources", "Sources", _SOURCES, tuple(map(_source, sources))))
    return Report("timeline", deal.headline or deal.title, basis, tuple(parts), _addresses(sources))


_LINKED = (
    Column("relation", "Relation"),
    Column("deal", "Deal", "deal"),
    Column("date", "When", "date"),
    Column("status", "Status"),
    Column("value", "Value", "amount", spare=1),
    Column("comes_to", "Comes to", "amount", spare=2),
)


def _beside(deal: Deal, related: Sequence[Related], today: date) -> list[Part]:
    """The deal among those related to it, each with the steps that it took."""
    if not related:
        return []
    lanes = sorted([Related("this deal", deal), *related], key=lambda one: one.deal.since)
    rows = tuple((one.reads, *step) for one in lanes for step in _linked(one.deal, own=one.deal is deal))
    chart = Chart(
        "linked", "Linked deals", "spans", "linked", "date", ("deal", "relation", "comes_to"), "status", today
    )
    return [chart, Table("linked", "Linked deals and their steps", _LINKED, rows)]


def _linked(deal: Deal, *, own: bool) -> Iterable[tuple[Cell, ...]]:
    """The steps of a deal by its name, with its number where it is another than the page is about."""
    name = deal.headline or deal.title
    shown = Reference(deal.slug, name if own else f"#{deal.id} {name}")
    return ((shown, when, status, said, worth) for _, _, when, status, said, worth, *_ in _steps(deal, ""))


def _event(event: Event) -> tuple[Cell, ...]:
    what = event.status or (event.milestone or "note").replace("-", " ")
    summary = event.summary or (event.milestone or "").replace("-", " ")
    share = say_stake_short(event.stake) if event.stake else None
    return event.n, event.date, what, summary, event.value, share, _reference(event.source), event.grade


def _reference(source: Source | None) -> Reference | None:
    if source is None:
        return None
    shown = source.publisher or source.title or source.url or source.key
    return Reference(source.key, f"{shown} via {source.via}" if source.via else shown)


def _sources(found: Iterable[Source | None]) -> list[Source]:
    """Every source once, in order."""
    return list({source.key: source for source in found if source}.values())


def _source(source: Source) -> tuple[Cell, ...]:
    named = Reference(source.key, source.title or source.publisher or source.url or source.key)
    grade = f"{source.reliability} {RELIABILITY_MEANING[source.reliability]}"
    return named, source.publisher, source.via, source.published, grade


def _addresses(sources: Iterable[Source]) -> tuple[tuple[str, str], ...]:
    return tuple((source.key, source.url) for source in sources if source.url)


def _standing(deal: Deal) -> tuple[str, ...]:
    """The deal's title where it says more than its name, then how it stands."""
    facts, told = deal.facts, list[str]()
    if facts.status and facts.status.event.status:
        told.append(facts.status.event.status + " (disputed)" * facts.status.disputed)
    if facts.value and facts.value.event.value:
        told.append(say_money(facts.value.event.value))
    if facts.stake and facts.stake.event.stake:
        told.append(f"{say_stake_short(facts.stake.event.stake)} {facts.stake.event.stake.basis or ''}".strip())
    told.append((deal.form or deal.kind).replace("-", " "))
    if facts.phase == "open" and facts.last_heard:
        told.append(f"last heard {say_date(facts.last_heard)}")
    title = [deal.title] if deal.title and not deal.title.startswith(deal.headline) else []
    return *title, " · ".join(told)


_STEPS = (
    Column("deal", "Deal", "deal"),
    Column("role", "Role", spare=1),
    Column("date", "When", "date"),
    Column("status", "Status"),
    Column("value", "Value", "amount"),
    Column("comes_to", "Comes to", "amount", spare=3),
    Column("summary", "What was said", spare=2),
    Column("source", "Source", "source", spare=1),
)


def company_report(name: str, deals: Sequence[Deal], basis: Basis, today: date) -> Report:
    """One company: its deals by the date they were first seen, each with the steps that it took."""
    ordered = sorted(deals, key=lambda deal: deal.since)
    steps = [(deal, step) for deal in ordered for step in deal.steps]
    rows = [row for deal in ordered for row in _steps(deal, name)]
    chart = Chart("timeline", "Timeline", "spans", "steps", "date", ("deal", "role", "comes_to"), "status", today)
    sources = _sources(step.source for _, step in steps)
    parts = (chart, Table("steps", "Deals and their steps", _STEPS, tuple(rows)))
    return Report("timeline", name, basis, parts, _addresses(sources))


def _steps(deal: Deal, name: str) -> Iterable[tuple[Cell, ...]]:
    """Each step with what was told of the value there; what the deal comes to stands with the last of them."""
    named, role, facts = Reference(deal.slug, deal.others(name)), deal.role_of(name), deal.facts
    worth = facts.value.event.value if facts.value else None
    for at, step in enumerate(deal.steps, 1):
        comes_to = worth if at == len(deal.steps) else None
        yield named, role, step.date, step.status, step.value, comes_to, step.summary, _reference(step.source)
    if not deal.steps and facts.first_seen:
        yield named, role, facts.first_seen, None, None, worth, None, None
    if facts.expected:
        yield named, role, facts.expected, EXPECTED, None, None, None, None


# --- a selection by period --------------------------------------------------------------------------------------------

# With more deals than these, a line for each is no picture any more.
_MOST_LIVES = 150


def period_report(rows: Iterable[DealRow], step: Step, currency: str, basis: Basis, today: date) -> Report:
    """Deals by the period in which they were first seen, and the lives of single deals where they are few."""
    deals = sorted(rows, key=_order)
    periods = (
        Column("period", step.capitalize(), "date"),
        Column("deals", "Deals", "count"),
        Column("valued", "of known value", "count"),
        Column("value", "Value", "money", currency),
    )
    counted, notes = _periods(deals, step, currency)
    parts: list[Part] = [
        *([] if deals else [Prose("", ("No deals match.",))]),
        Chart("deals", f"Deals and their value by {step}", "bars", "periods", "period", ("deals", "value")),
        Table("periods", f"By {step}", periods, counted, notes=notes),
    ]
    if not deals:
        return Report("timeline", f"Deals by {step}", basis, tuple(parts))
    if len(deals) <= _MOST_LIVES:
        lives = tuple(row for deal in deals for row in _life(deal))
        parts += [
            Chart("lives", "Deal by deal", "spans", "lives", "date", ("deal", "status"), "status", today),
            Table("lives", "Steps of the deals", _LIVES, lives),
        ]
    parts.append(Table("selected", "Deals", _DEALS, tuple(map(_deal, deals))))
    return Report("timeline", f"Deals by {step}", basis, tuple(parts))


def _order(row: DealRow) -> tuple[str, str, int]:
    return row["first_seen_earliest"] or "", row["first_seen_latest"] or "9999", row["id"]


def _periods(
    deals: Sequence[DealRow], step: Step, currency: str
) -> tuple[tuple[tuple[Cell, ...], ...], tuple[str, ...]]:
    """A row for each period from the first to the last, then what cannot be placed; and what is to be said of those."""
    tallies: dict[str, Tally] = {}
    for deal in deals:
        when = bucket(from_edtf(deal["first_seen"]), step) if deal["first_seen"] else None
        tallies.setdefault(when.edtf if when else "", Tally(currency=currency)).add(
            deal["worth_low"], deal["worth_high"]
        )
    vague = {edtf for edtf in tallies if not edtf or (step != "year" and len(edtf) == _YEAR)}
    placed = sorted(set(tallies) - vague)
    at, every = placed[0] if placed else "", list[str]()
    while placed and at <= placed[-1]:
        every.append(at)
        at = following(from_edtf(at), step).edtf
    every += sorted(vague, key=lambda edtf: edtf or "9999")
    rows = tuple(_period(edtf, tallies.get(edtf, Tally())) for edtf in every)
    return rows, (f"A year among {step}s, or none, is of deals whose {step} is not known.",) if vague else ()


_YEAR = len("2025")


def _period(edtf: str, tally: Tally) -> tuple[Cell, ...]:
    worth = Interval(*(_minor(bound, tally.currency) for bound in (tally.low, tally.high))) if tally.valued else None
    return from_edtf(edtf) if edtf else None, tally.deals, tally.valued, worth


def _minor(hundredths: int | None, currency: str) -> int | None:
    """Hundredths of a currency in its own smallest unit."""
    return None if hundredths is None else hundredths * 10 ** digits_of(currency) // 100


_LIVES = (Column("deal", "Deal", "deal"), Column("date", "When", "date"), Column("status", "Status"))
_DEALS = (
    Column("id", "#", "count"),
    Column("deal", "Deal", "deal"),
    Column("first_seen", "Since", "date"),
    Column("kind", "Kind", spare=1),
    Column("value", "Value", "amount"),
    Column("status", "Status"),
    Column("agreed", "Agreed", "date", spare=2),
    Column("completed", "Completed", "date", spare=2),
    Column("ended", "Ended", "date", spare=2),
)


def _named(row: DealRow) -> Reference:
    parties = [(name, role) for _, name, role in row["parties"]]
    return Reference(row["slug"], headline(parties) or row["title"] or row["slug"])


def _dated(row: DealRow, *names: str) -> list[UncertainDate | None]:
    return [from_edtf(row[name]) if row[name] else None for name in names]


def _life(row: DealRow) -> Iterable[tuple[Cell, ...]]:
    """The steps of a deal as far as its row tells of them: how it began, was agreed, and ended."""
    seen, agreed, completed, ended = _dated(row, "first_seen", "agreed", "completed", "ended")
    named, end = _named(row), completed or ended
    if seen and seen not in (agreed, end):
        yield named, seen, "rumored" if row["began_as_rumor"] else "first seen" if agreed or end else row["status"]
    if agreed and agreed != end:
        yield named, agreed, "agreed"
    if end:
        yield named, end, row["status"]


def _deal(row: DealRow) -> tuple[Cell, ...]:
    seen, *reached = _dated(row, "first_seen", "agreed", "completed", "ended")
    return row["id"], _named(row), seen, row["form"] or row["kind"], money_of(row), row["status"], *reached
