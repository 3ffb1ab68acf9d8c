"""Who holds what of whom, how it came to that, which thresholds were crossed, and what cannot be right."""

from collections.abc import Iterable, Iterator, Sequence

from dealtrack.domain.contents import Basis, Cell, Chart, Column, Interval, Part, Prose, Reference, Report, Table
from dealtrack.domain.deal import Deal
from dealtrack.domain.event import Event
from dealtrack.domain.holding import (
    ALL,
    NOTHING,
    Claims,
    Holder,
    Register,
    Share,
    Step,
    bounds,
    claims_of,
    crossings,
    holder_of,
    is_of_another,
    target_of,
)
from dealtrack.domain.party import Party
from dealtrack.domain.stake import WHOLE, percent_string
from dealtrack.report.basis import NO_RATES, NO_VALUES, Rules
from dealtrack.report.facts import addresses
from dealtrack.report.groups import named
from dealtrack.report.together import together
from dealtrack.text.stakes import say_stake_short

RULES = Rules(
    dates="closings, or the day on which a holding was disclosed",
    values=NO_VALUES,
    rates=NO_RATES,
    rule="deals that closed or disclosed a holding; what is sought, or signed and not closed, is not held",
)


def stakes_report(deals: Iterable[Deal], basis: Basis) -> Report:
    """Holdings, steps, crossings and doubts of every target, and what each deal says of stakes."""
    told = list(deals)
    register = Register(told)
    parts: tuple[Part, ...] = (
        holdings(register),
        Chart("totals", "On record of each", "bars", "totals", "target", ("total",)),
        _totals(register),
        _steps(register),
        _crossings(register),
        _by_deal(told, register),
        _sellers(told, register),
        together(told),
        _doubts(told, register),
        _RULES,
    )
    return Report("stakes", "Who holds what of whom", basis, parts, addresses(told, parts))


def _company(holder: Holder) -> Reference:
    return Reference(holder.slug, holder.name)


def _interval(share: Share | None) -> Interval | None:
    return Interval(share.low, share.high) if share else None


def _source(event: Event | None) -> Reference | None:
    source = event.source if event else None
    return Reference(source.key, source.publisher or source.key) if source else None


def _targets(register: Register) -> list[Holder]:
    return sorted(register.held, key=lambda target: (target.name.casefold(), target.slug))


# --- holdings -------------------------------------------------------------------------------------


def holdings(register: Register) -> Table:
    """Who holds what of each target, the largest first."""
    columns = (
        Column("target", "Of", "company"),
        Column("holder", "Holder", "company"),
        Column("held", "Held", "percent"),
        Column("since", "Since", "date"),
        Column("by", "By", spare=2),
        Column("deal", "Deal", "deal", spare=3),
        Column("words", "As reported", spare=1),
        Column("source", "Source", "source", spare=4),
    )
    rows = tuple(row for target in _targets(register) for row in _held(register, target))
    return Table("holdings", "Who holds what", columns, rows)


def _held(register: Register, target: Holder) -> Iterator[tuple[Cell, ...]]:
    shares = register.of(target)
    for holder in sorted(shares, key=lambda holder: (-shares[holder].low, -shares[holder].high, holder.name)):
        step = register.held[target][holder]
        yield (
            _company(target), _company(holder), _interval(step.after), step.date, step.sort, named(step.deal),
            _words(step), _source(step.event),
        )  # fmt: skip


def _words(step: Step) -> str | None:
    return step.event.stake.text if step.event and step.event.stake else None


def _totals(register: Register) -> Table:
    columns = (
        Column("target", "Of", "company"),
        Column("holders", "Holders on record", "count"),
        Column("total", "Together", "percent"),
        Column("rest", "Not on record", "percent"),
        Column("verdict", "Verdict", spare=1),
    )
    return Table("totals", "What is on record of each", columns, tuple(_total(register, t) for t in _targets(register)))


def _total(register: Register, target: Holder) -> tuple[Cell, ...]:
    low, high = register.total(target)
    rest = Interval(max(WHOLE - high, 0), max(WHOLE - low, 0))
    if low > WHOLE:
        return _company(target), len(register.of(target)), Interval(low, high), rest, "over 100%"
    # Ranges may add up to more than all of it; what is held may not.
    return _company(target), len(register.of(target)), Interval(low, min(high, WHOLE)), rest, None


# --- steps ----------------------------------------------------------------------------------------


def _in_order(register: Register) -> Iterator[Step]:
    """The steps of each holder in each target, one after another."""
    for target in _targets(register):
        steps = register.steps[target]
        for holder in dict.fromkeys(step.holder for step in steps):
            yield from (step for step in steps if step.holder == holder)


def _steps(register: Register) -> Table:
    columns = (
        Column("target", "Of", "company"),
        Column("holder", "Holder", "company"),
        Column("date", "On", "date", main=True),
        Column("step", "Step", main=True),
        Column("share", "Share", "percent", spare=1),
        Column("before", "Before", "percent"),
        Column("after", "After", "percent", main=True),
        Column("deal", "Deal", "deal", spare=2),
        Column("words", "As reported", spare=3),
    )
    rows = tuple(
        (
            _company(step.target), _company(step.holder), step.date, step.sort, _interval(step.share),
            _interval(step.before), _interval(step.after), named(step.deal), _words(step),
        )
        for step in _in_order(register)
    )  # fmt: skip
    return Table("steps", "How it came to that, step by step", columns, rows)


def _crossings(register: Register) -> Table:
    columns = (
        Column("target", "Of", "company"),
        Column("holder", "Holder", "company"),
        Column("threshold", "Threshold", "percent"),
        Column("date", "On", "date", main=True),
        Column("crossed", "Crossed"),
        Column("after", "Then held", "percent"),
        Column("deal", "Deal", "deal", spare=1),
    )
    rows = tuple(
        (
            _company(step.target), _company(step.holder), Interval(crossing.threshold, crossing.threshold), step.date,
            f"{'' if crossing.certain else 'perhaps '}{'up' if crossing.upward else 'down'}",
            _interval(step.after), named(step.deal),
        )
        for step in _in_order(register)
        for crossing in crossings(step)
    )  # fmt: skip
    return Table("crossings", "Thresholds of 10, 25, 30 and 50% that were crossed", columns, rows)


# --- deal by deal ---------------------------------------------------------------------------------


def _by_deal(deals: Sequence[Deal], register: Register) -> Table:
    columns = (
        Column("id", "ID", "count"),
        Column("deal", "Deal", "deal"),
        Column("status", "Status"),
        Column("held", "Held before", "percent"),
        Column("sought", "Sought", "percent", main=True),
        Column("acquired", "Acquired", "percent", main=True),
        Column("owned_after", "Owned after", "percent", main=True),
        Column("counted", "Counted", spare=1),
        Column("words", "As reported", spare=2),
        Column("source", "Source", "source", spare=3),
    )
    steps = {step.deal.id: step for step in _in_order(register) if step.sort not in ("sold", "bought out")}
    rows = tuple(row for deal in deals if (row := _deal_row(deal, register, steps.get(deal.id))))
    return Table("by_deal", "What each deal says: held, sought, acquired, owned after", columns, rows)


def _deal_row(deal: Deal, register: Register, step: Step | None) -> tuple[Cell, ...] | None:
    claims, facts = claims_of(deal), deal.facts
    told, owned = claims.any, claims.owned_after or next(iter(claims.disclosed), None)
    if told is None:
        return None
    status = facts.status.event.status if facts.status else None
    return (
        deal.id, named(deal), status, _interval(step.before if step else _held_now(deal, register)),
        _claimed(claims.sought), _claimed(claims.acquired), _claimed(owned),
        _counted(deal, step), told.stake.text if told.stake else None, _source(told),
    )  # fmt: skip


def _counted(deal: Deal, step: Step | None) -> str:
    if step:
        return step.sort
    return "no, of several targets" if deal.facts.completed and target_of(deal) is None else "no"


def _held_now(deal: Deal, register: Register) -> Share | None:
    """What the buyer of a deal that is not closed has of its target."""
    holder, target = holder_of(deal), target_of(deal)
    return register.of(target).get(holder) if holder and target else None


def _claimed(event: Event | None) -> Interval | None:
    return _interval(bounds(event.stake)) if event and event.stake else None


# --- sellers --------------------------------------------------------------------------------------


def _sellers(deals: Iterable[Deal], register: Register) -> Table:
    """Who sold what in deals that closed, and whether that was all of it."""
    columns = (
        Column("seller", "Seller", "company"),
        Column("target", "Of", "company"),
        Column("closed", "Closed", "date"),
        Column("sold", "Sold", "percent"),
        Column("left", "Left on record", "percent", spare=1),
        Column("out", "Out"),
        Column("deal", "Deal", "deal", spare=2),
    )
    closed = [(deal, when) for deal in deals if (when := deal.facts.completed)]
    rows = [
        (Reference(party.company, party.name), *_sale(deal, party, register), when, deal)
        for deal, when in closed
        for party in deal.parties
        if party.role == "seller"
    ]
    rows.sort(key=lambda row: (row[0].shown.casefold(), row[-1].id))
    told = tuple((who, of, when, sold, left, out, named(deal)) for who, of, sold, left, out, when, deal in rows)
    return Table("sellers", "Which sellers got out", columns, told)


def _sale(
    deal: Deal, seller: Party, register: Register
) -> tuple[Reference | None, Interval | None, Interval | None, str]:
    """Of which company, how much, how much is left, and whether that is nothing."""
    target = target_of(deal)
    if target is None:
        return None, None, None, "of what it sold"
    acquired = claims_of(deal).acquired
    sold = bounds(acquired.stake) if acquired and acquired.stake else None
    steps = [step for step in register.steps.get(target, ()) if step.holder.slug == seller.company]
    left = steps[-1].after if steps else None
    if sold == ALL or left == NOTHING:
        out = "yes"
    elif left and left.low > 0:
        out = "no"
    else:
        out = "not told"
    return _company(target), _interval(sold), _interval(left), out


# --- doubts ---------------------------------------------------------------------------------------


def _doubts(deals: Iterable[Deal], register: Register) -> Table:
    columns = (
        Column("target", "Of", "company"),
        Column("deal", "Deal", "deal"),
        Column("doubt", "What cannot be right, or wants a look"),
    )
    rows = [(_company(doubt.target), named(doubt.deal), doubt.sentence) for doubt in register.doubts]
    for deal in deals:
        target, claims = target_of(deal), claims_of(deal)
        rows += [(_company(target), named(deal), words) for words in _of_deal(deal, claims)] if target else []
    for target in _targets(register):
        low, _ = register.total(target)
        if low > WHOLE:
            words = f"the holders on record have {percent_string(low)}% or more together"
            rows.append((_company(target), named(register.steps[target][-1].deal), words))
    return Table("doubts", "Contradictions", columns, tuple(rows))


def _of_deal(deal: Deal, claims: Claims) -> Iterator[str]:
    """What is to be read with care within one deal."""
    if is_of_another(deal, claims) and claims.owned_after and claims.owned_after.stake:
        yield f'"{claims.owned_after.stake.text}" is no part of the target that the buyer has: not counted'
    ruling = deal.facts.stake
    if ruling and ruling.disputed and ruling.event.stake:
        others = {say_stake_short(event.stake) for event in ruling.against if event.stake}
        yield f"sources disagree: {say_stake_short(ruling.event.stake)} against {', '.join(sorted(others))}"


_RULES = Prose(
    "How it is reckoned",
    (
        "An acquired stake adds to what its buyer held on record; one owned after a deal, or disclosed, sets it.",
        "What is sought, or signed and not closed, is not held. Of several figures the fold chooses one.",
        "Ranges stay ranges: they are added and taken away on both ends.",
        "A takeover that closed without a percentage is read as over 50%, never as 100%.",
        "Who takes a company over leaves the others no more than the rest; a single seller has less by what it sold.",
        "Several buyers are one holder: whose which part is, or whether it is of each, is not told apart.",
        "Nobody is known to hold what is not on record: before the first step that is 0%.",
        "New shares thin out what others hold: where nothing was disclosed since, a holding stands as last told.",
        "A threshold is crossed when it is reached; perhaps, where the range before or after holds it.",
    ),
)
