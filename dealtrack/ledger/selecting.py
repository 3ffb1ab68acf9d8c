"""How a query becomes SQL over the facts kept on each deal's row."""

from collections.abc import Callable, Iterable
from typing import Any

from dealtrack.domain.date import UncertainDate
from dealtrack.domain.query import Choice, DateTest, PartyTest, Query, RangeTest, Worth
from dealtrack.ledger import standing
from dealtrack.ledger.searching import as_match

Condition = tuple[str, list[Any]]

# A day of ISO 8601, as GLOB knows it.
ISO_DAY = "-".join("[0-9]" * count for count in (4, 2, 2))


def taking_part(*columns: str) -> str:
    """The SQL that yields the parties of the deal `d`, in order: two that are one company are one party in a role."""
    told = ", ".join(columns)
    parties = f"party p {standing.JOINED} WHERE p.deal_id = d.id"
    return f"(SELECT {told} FROM {parties} GROUP BY k.id, p.role ORDER BY min(p.id))"


_PARTIES = (
    "(SELECT json_group_array(json_array(slug, name, role, reported)) FROM "
    f"{taking_part('k.slug', 'k.name', 'p.role', f'{standing.REPORTED} AS reported')})"
)

COUNTED = "(SELECT count(*) FROM event e WHERE e.deal_id = d.id)"
CHECKED = "(SELECT max(l.day) FROM look l WHERE l.deal_id = d.id)"

SELECT = f"SELECT d.*, {_PARTIES} AS parties, {COUNTED} AS events, {CHECKED} AS checked{{worth}} FROM deal d"

# What may be sorted by: the columns of a listing, each with what orders it; unknown values come last.
SORTS: dict[str, str] = {
    "id": "d.id",
    "slug": "d.slug",
    "title": "d.title COLLATE NOCASE",
    "deal": "d.title COLLATE NOCASE",
    "kind": "d.kind",
    "form": "d.form",
    "since": "d.first_seen_earliest",
    "first_seen": "d.first_seen_earliest",
    "date": "d.first_seen_earliest",
    "agreed": "d.agreed_earliest",
    "completed": "d.completed_earliest",
    "ended": "d.ended_earliest",
    "expected": "d.expected_earliest",
    "heard": "d.last_heard_latest",
    "last_heard": "d.last_heard_latest",
    "checked": CHECKED,
    "value": "coalesce(d.value_usd_low, d.value_usd_high)",
    "usd": "coalesce(d.value_usd_low, d.value_usd_high)",
    "worth": "coalesce(d.value_usd_low, d.value_usd_high)",
    "stake": "coalesce(d.stake_low, d.stake_high)",
    "status": "d.status",
    "phase": "d.phase",
    "origins": "d.origins",
    "events": COUNTED,
    "updated": "d.updated",
    "created": "d.created",
}


def select(query: Query, *, past: bool = False) -> tuple[str, list[Any]]:
    """The SQL that yields the matching deals' rows in order, and its values."""
    where, values = conditions(query, past=past)
    limit = f" LIMIT {query.limit}" if query.limit is not None else ""
    return f"{SELECT.format(worth=_worth_columns(query.worth))}{where} ORDER BY {order(query)}{limit}", values


def matching(query: Query, *, past: bool = False) -> tuple[str, list[Any]]:
    """The SQL that yields the matching deals' ids, for use inside another query."""
    where, values = conditions(query, past=past)
    if query.limit is None:
        return f"SELECT d.id FROM deal d{where}", values
    return f"SELECT d.id FROM deal d{where} ORDER BY {order(query)} LIMIT {query.limit}", values


def ordered(query: Query, *, past: bool = False) -> tuple[str, list[Any]]:
    """The SQL that yields the matching deals' ids, each with its place in the order, for use inside another query."""
    where, values = conditions(query, past=past)
    by = order(query)
    limit = f" ORDER BY {by} LIMIT {query.limit}" if query.limit is not None else ""
    return f"SELECT d.id, row_number() OVER (ORDER BY {by}) FROM deal d{where}{limit}", values


def tally(query: Query, *, past: bool = False) -> tuple[str, list[Any]]:
    """The SQL that counts the matching deals and adds up what they are worth, whatever the limit.

    Each sum comes in two parts, of billions of cents and of the rest: together they may pass what SQLite can count.
    """
    where, values = conditions(query, past=past)
    low, high = (f"coalesce(sum({b} / {SPLIT}), 0), coalesce(sum({b} % {SPLIT}), 0)" for b in ("low", "high"))
    least, most = worth_bounds(query.worth)
    return (
        "SELECT count(*), count(coalesce(low, high)), coalesce(sum(low IS NOT NULL AND high IS NULL), 0), "
        f"{low}, {high} FROM (SELECT {least} AS low, {most} AS high FROM deal d{where})"
    ), values


SPLIT = 10**9

# The day on which the terms of a deal's value became known: the event's own, else the day its page was published,
# else the last day that the event can have been. The same as `rates.known_day`.
_KNOWN = (
    "(SELECT CASE WHEN e.date_earliest = e.date_latest THEN e.date_latest "
    f"WHEN s.published GLOB '{ISO_DAY}' THEN s.published ELSE coalesce(e.date_latest, e.date_earliest) END "
    "FROM event e LEFT JOIN source s ON s.id = e.source_id WHERE e.deal_id = d.id AND e.n = d.value_event)"
)


def worth_bounds(worth: Worth) -> tuple[str, str]:
    """The SQL of the bounds of what a deal is worth, in hundredths of the currency asked for."""
    if worth == Worth():
        return "d.value_usd_low", "d.value_usd_high"
    told = f"d.value_digits, d.value_currency, {_day(worth)}"
    low, high = (f"worth(d.value_{b}, {told}, d.value_usd_{b}, d.value_usd_origin)" for b in ("low", "high"))
    return low, high


def _day(worth: Worth) -> str:
    return f"'{worth.on.isoformat()}'" if worth.on else _KNOWN


def _worth_columns(worth: Worth) -> str:
    """What each deal is worth: its bounds, the currency, and where it is converted the rate, its day and origin."""
    low, high = worth_bounds(worth)
    rate = "NULL"
    if worth != Worth():
        rate = f"worth_rate(d.value_currency, {_day(worth)}, d.value_usd_origin)"
        rate = f"iif({low} IS NULL AND {high} IS NULL, NULL, {rate})"
    return f", {low} AS worth_low, {high} AS worth_high, {rate} AS worth_rate, '{worth.currency}' AS worth_currency"


def conditions(query: Query, *, past: bool = False) -> Condition:
    """The WHERE clause, empty when everything matches; `past` when the views of `ledger.past` stand in front."""
    found = [condition for condition in _all(query, past=past) if condition is not None]
    if not found:
        return "", []
    clause = " WHERE " + " AND ".join(sql for sql, _ in found)
    return clause, [value for _, values in found for value in values]


def _all(query: Query, *, past: bool) -> Iterable[Condition | None]:
    yield _words(query.words, past=past)
    yield _ids(query.ids)
    yield (f"d.id NOT IN ({', '.join(map(str, query.without))})", []) if query.without else None
    yield _choice(query.kind, lambda words: _in("d.kind", words))
    yield _choice(query.form, lambda words: _in("d.form", words))
    yield _choice(query.status, lambda words: _in("d.status", words))
    yield _choice(query.sector, lambda words: _listed("d.sectors", words))
    yield _choice(query.tag, lambda words: _listed("d.tags", words))
    yield _choice(query.basis, lambda words: _in("d.value_basis", words))
    yield _choice(query.milestone, lambda words: _event("e.milestone", words))
    for test in query.parties:
        yield _party(test)
    yield _on(query.on)
    for clock, tests in query.clocks:
        yield _any(_date(f"d.{clock}", test) for test in tests)
    yield _any(_range(*worth_bounds(query.worth), _VALUE_KNOWN, test) for test in query.value)
    yield _any(_range(_STAKE_LOW, _STAKE_HIGH, "d.stake_low IS NOT NULL", test) for test in query.stake)
    yield _any(_source(test) for test in query.source)
    if query.disputed is not None:
        yield ("d.disputed <> ''" if query.disputed else "d.disputed = ''"), []
    if query.core_only:
        yield "d.core_space = 1", []


def order(query: Query) -> str:
    """What the matching deals are ordered by."""
    worth = f"coalesce({', '.join(worth_bounds(query.worth))})"
    sorts = {**SORTS, "value": worth, "worth": worth}
    keys = [f"{sorts[name]} {'DESC' if down else 'ASC NULLS LAST'}" for name, down in query.sort]
    return ", ".join([*keys, "d.id DESC" if query.sort and query.sort[-1][1] else "d.id"])


def _any(tests: Iterable[Condition]) -> Condition | None:
    found = list(tests)
    if not found:
        return None
    return "(" + " OR ".join(sql for sql, _ in found) + ")", [value for _, values in found for value in values]


def _words(words: tuple[str, ...], *, past: bool) -> Condition | None:
    if not words:
        return None
    return f"d.id IN ({matches(past=past)})", [as_match(words)] * (1 + past)


def matches(*, past: bool) -> str:
    """The SQL that yields the deals in which an expression of full text is found; in the past it is bound twice."""
    if not past:
        return "SELECT rowid FROM deal_text WHERE deal_text MATCH ?"
    # Deals that had other words then are looked up in an index of their own.
    return (
        "SELECT rowid FROM main.deal_text WHERE deal_text MATCH ? AND rowid NOT IN temp.reworded "
        "UNION ALL SELECT rowid FROM temp.text_then WHERE text_then MATCH ?"
    )


def _ids(ids: tuple[int, ...] | None) -> Condition | None:
    # Written out rather than bound: SQLite binds 32,766 values at most, and these are our own integers.
    return (f"d.id IN ({', '.join(map(str, ids))})", []) if ids is not None else None


def _in(column: str, words: tuple[str, ...]) -> Condition:
    return f"{column} IN ({', '.join('?' * len(words))})", list(words)


def _listed(column: str, words: tuple[str, ...]) -> Condition:
    tests = " OR ".join(f"instr(';' || {column} || ';', ?) > 0" for _ in words)
    return f"({tests})", [f";{word};" for word in words]


def _event(column: str, words: tuple[str, ...]) -> Condition:
    sql, values = _in(column, words)
    return f"EXISTS (SELECT 1 FROM event e WHERE e.deal_id = d.id AND {sql})", values


def _choice(choice: Choice, test: Callable[[tuple[str, ...]], Condition]) -> Condition | None:
    if not choice:
        return None
    parts: list[Condition] = []
    if choice.any_of:
        parts.append(test(choice.any_of))
    if choice.none_of:
        sql, values = test(choice.none_of)
        # A fact that is not known is not one of the unwanted ones either.
        parts.append((f"coalesce(NOT {sql}, 1)", values))
    return " AND ".join(sql for sql, _ in parts), [value for _, values in parts for value in values]


def _party(test: PartyTest) -> Condition:
    companies, values = _in("c.slug", test.companies)
    roles, more = _in("p.role", test.roles) if test.roles else ("1", [])
    is_in = "NOT IN" if test.without else "IN"
    parties = f"SELECT p.deal_id FROM party p WHERE p.company_id IN ({standing.members(companies)}) AND {roles}"
    return f"d.id {is_in} ({parties})", values * 2 + more


def _overlap(earliest: str, latest: str, period: UncertainDate) -> Condition:
    parts, values = [f"({earliest} IS NOT NULL OR {latest} IS NOT NULL)"], []
    if period.latest is not None:
        parts.append(f"coalesce({earliest} <= ?, 1)")
        values.append(period.latest.isoformat())
    if period.earliest is not None:
        parts.append(f"coalesce({latest} >= ?, 1)")
        values.append(period.earliest.isoformat())
    return " AND ".join(parts), list(values)


def _date(column: str, test: DateTest) -> Condition:
    if isinstance(test, bool):
        return f"{column} IS {'NOT ' if test else ''}NULL", []
    return _overlap(f"{column}_earliest", f"{column}_latest", test)


def _on(periods: tuple[UncertainDate, ...]) -> Condition | None:
    overlaps = _any(_overlap("e.date_earliest", "e.date_latest", period) for period in periods)
    if overlaps is None:
        return None
    return f"EXISTS (SELECT 1 FROM event e WHERE e.deal_id = d.id AND {overlaps[0]})", overlaps[1]


# A value may be known, and in no dollars.
_VALUE_KNOWN = "(d.value_qualifier IS NOT NULL AND d.value_qualifier <> 'undisclosed')"
# The bounds of a stake that was only worded are left out: minority is above 0 and below 50.
_STAKE_LOW = "(d.stake_low + d.stake_worded)"
_STAKE_HIGH = "(d.stake_high - (d.stake_worded AND NOT d.stake_controlling))"


def _range(low: str, high: str, known: str, test: RangeTest) -> Condition:
    """Whether the known range can lie within the asked one; an undisclosed value matches no range."""
    if isinstance(test, bool):
        return (known if test else f"coalesce(NOT {known}, 1)"), []
    at_least, at_most = test
    parts, values = [f"({low} IS NOT NULL OR {high} IS NOT NULL)"], []
    if at_least is not None:
        parts.append(f"coalesce({high} >= ?, 1)")
        values.append(at_least)
    if at_most is not None:
        parts.append(f"coalesce({low} <= ?, 1)")
        values.append(at_most)
    return " AND ".join(parts), list(values)


def _source(test: str | bool) -> Condition:
    inside = "EXISTS (SELECT 1 FROM event e {join} WHERE e.deal_id = d.id{where})"
    if test is True:
        return inside.format(join="", where=" AND e.source_id IS NOT NULL"), []
    if test is False:
        return "NOT " + inside.format(join="", where=" AND e.source_id IS NOT NULL"), []
    join = "JOIN source s ON s.id = e.source_id"
    # The words of a person: LIKE's own signs in them are signs of nothing.
    site = test.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    places = [f"{test}%"] if "://" in test else [f"%://{site}", f"%://{site}/%", f"%.{site}", f"%.{site}/%"]
    names = "s.publisher = ? COLLATE NOCASE OR s.via = ? COLLATE NOCASE OR s.key = ?"
    urls = " OR ".join(["s.url LIKE ? ESCAPE '!'"] * len(places))
    return inside.format(join=join, where=f" AND ({names} OR {urls})"), [test] * 3 + places


# Each table of a data package, in the order that the package keeps, for the deals in `matching`. Where that is every
# deal (`{everything}` is 1), companies and sources without a deal come along.
PACKAGED: dict[str, str] = {
    "companies": """
        SELECT * FROM company
         WHERE {everything} OR id IN involved
         ORDER BY slug""",
    "aliases": """
        SELECT c.slug AS company, a.alias, a.kind, a.valid FROM alias a JOIN company c ON c.id = a.company_id
         WHERE {everything} OR c.id IN involved
         ORDER BY c.slug, a.alias""",
    "publishers": "SELECT * FROM publisher ORDER BY name",
    "sources": """
        SELECT * FROM source
         WHERE {everything} OR id IN (SELECT source_id FROM event WHERE deal_id IN matching)
            OR id IN (SELECT source_id FROM identifier WHERE company_id IN involved)
         ORDER BY length(key), key""",
    "identifiers": """
        SELECT c.slug AS company, i.kind, i.value, s.key AS source
          FROM identifier i JOIN company c ON c.id = i.company_id LEFT JOIN source s ON s.id = i.source_id
         WHERE {everything} OR c.id IN involved
         ORDER BY c.slug, i.kind, i.value""",
    "parents": """
        SELECT c.slug AS company, o.slug AS parent, r.valid
          FROM parent r JOIN company c ON c.id = r.company_id JOIN company o ON o.id = r.parent_id
         WHERE {everything} OR (c.id IN involved AND o.id IN involved)
         ORDER BY c.slug, o.slug""",
    "judgements": """
        SELECT c.slug AS company, o.slug AS other, j.verdict, j.by, j.at, j.why
          FROM judgement j JOIN company c ON c.id = j.company_id JOIN company o ON o.id = j.other_id
         WHERE {everything} OR (c.id IN involved AND o.id IN involved)
         ORDER BY c.slug, o.slug""",
    "deals": """
        SELECT d.*,
          (SELECT group_concat(day, ';') FROM (SELECT day FROM look l WHERE l.deal_id = d.id ORDER BY day)) AS checked
          FROM deal d WHERE id IN matching ORDER BY slug""",
    "parties": """
        SELECT d.slug AS deal, c.slug AS company, p.role, p.as_reported
          FROM deal d JOIN party p ON p.deal_id = d.id JOIN company c ON c.id = p.company_id
         WHERE d.id IN matching ORDER BY d.slug, p.id""",
    "events": """
        SELECT e.*, d.slug AS deal, s.key AS source,
          (SELECT group_concat(field, ';') FROM
            (SELECT field FROM pin p WHERE p.deal_id = d.id AND p.n = e.n ORDER BY field)) AS pins
          FROM deal d JOIN event e ON e.deal_id = d.id LEFT JOIN source s ON s.id = e.source_id
         WHERE d.id IN matching ORDER BY d.slug, e.n""",
    "links": """
        SELECT d.slug AS deal, r.slug AS related, l.relation
          FROM link l JOIN deal d ON d.id = l.deal_id JOIN deal r ON r.id = l.related_id
         WHERE d.id IN matching AND r.id IN matching ORDER BY d.slug, r.slug, l.relation""",
    "rates": """
        SELECT day AS date, currency, usd, origin FROM rate
         WHERE {everything} OR currency IN (SELECT value_currency FROM event WHERE deal_id IN matching)
         ORDER BY currency, day""",
}


def packaged(table: str, query: Query, *, past: bool = False) -> Condition:
    """The SQL that yields the rows of a table of the data package, and its values."""
    ids, values = matching(query, past=past)
    everything = int(query._replace(sort=Query().sort, worth=Query().worth) == Query())
    return f"WITH matching (id) AS ({ids}), {_INVOLVED} {PACKAGED[table].format(everything=everything)}", values


# The companies of the matching deals, with all that are the same as one of them.
_INVOLVED = """
party_known (id) AS (
  SELECT coalesce(s.canonical_id, p.company_id) FROM party p LEFT JOIN known_as s ON s.company_id = p.company_id
   WHERE p.deal_id IN matching),
involved (id) AS (SELECT id FROM party_known UNION SELECT company_id FROM known_as WHERE canonical_id IN party_known)"""
