"""Many deals as rows: what a listing, an export or a search reads, without an object per deal.

Readers use the standard library's sqlite3; importing sqlite-utils costs more than a whole listing.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from dealtrack.domain.columns import Column, Table
from dealtrack.domain.figures import DealRow, Group, Tally
from dealtrack.domain.name import bare, legal_form, plain
from dealtrack.domain.query import PartyTest, Query, Worth
from dealtrack.ledger import joining, selecting, standing, tables
from dealtrack.ledger.file import connect, identify
from dealtrack.ledger.identity import SCHEMA_VERSION, NoLedger, NoSuchCompany, OlderLedger

if TYPE_CHECKING:
    from dealtrack.domain.near import Beside, Near
    from dealtrack.ledger.past import Past
    from dealtrack.ledger.rates import Rate

# Joined rows are read so many at a time.
_BATCH = 500


class Listing:
    """One SQLite file, open for reading many deals."""

    # In which currency the connection counts, where it was asked to count in one.
    _taught: str | None = None

    def __init__(self, path: Path, past: "Past | None" = None) -> None:
        if not path.exists():
            raise NoLedger(str(path))
        self.path = path
        self.past = past
        self.connection = connect(path)
        version = identify(self.connection, path)
        if version < SCHEMA_VERSION:
            self.connection.close()
            raise OlderLedger(str(path), version)
        # Whatever a command reads, it reads of one moment.
        self.connection.execute("BEGIN")
        with self._looking_back():
            if past is not None:
                past.step_back(self.connection)
        # Which deals stand before the present ones with their facts of the past: none, some, or (None) all.
        self._folded_back: frozenset[int] | None = frozenset()
        self._words_indexed = False

    @contextmanager
    def _looking_back(self) -> Iterator[None]:
        """Temporary views may be made; otherwise nothing can be written."""
        self.connection.execute("PRAGMA query_only = OFF")
        try:
            yield
        finally:
            self.connection.execute("PRAGMA query_only = ON")

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()

    def look_up_the_past(self, deals: Iterable[int] | None = None) -> bool:
        """Let the facts of the past stand before the present ones, if it is the past that is read; whether it is.

        Only those of some deals are asked for where no others are looked at.
        """
        if self.past is not None and self._folded_back is not None:
            wanted = None if deals is None else self._folded_back.union(deals)
            if wanted != self._folded_back or wanted is None:
                with self._looking_back():
                    self.past.fold_back(self.connection, wanted)
                self._folded_back = wanted
                self._words_indexed = False
        return self.past is not None

    def look_up_words(self) -> bool:
        """Let words of the past be looked for, if it is the past that is read; whether it is."""
        if self.past is not None and not self._words_indexed:
            with self._looking_back():
                self.past.index_words(self.connection)
            self._words_indexed = True
        return self.past is not None

    def _look_back_for(self, query: Query, deals: Iterable[int] | None = None) -> bool:
        """The past as far as a query asks for it; whether it is the past that is read."""
        self._count_in(query.worth)
        past = self.look_up_the_past(deals)
        return self.look_up_words() if query.words else past

    def _count_in(self, worth: Worth) -> None:
        """Let values be counted in another currency, or at the rates of another day, where a query asks for it."""
        if worth == Worth() or self._taught == worth.currency:
            return
        from dealtrack.ledger.rates import teach  # noqa: PLC0415 - the rates are loaded where values are converted

        teach(self.connection, worth.currency)
        self._taught = worth.currency

    def refuse_without_rate(self, currency: str, day: date | None) -> None:
        """Raise NoRate where values cannot be counted in a currency."""
        from dealtrack.ledger.rates import refuse_without_rate  # noqa: PLC0415 - as above

        refuse_without_rate(self.connection, currency, day)

    def rate_between(self, currency: str, target: str, day: date) -> "Rate":
        """How much of the target one unit of the currency came to on a day. Raises NoRate."""
        from dealtrack.ledger.rates import NoRate, Rates, refuse_without_rate  # noqa: PLC0415 - as above

        found = Rates(self.connection).between(currency, target, day)
        if found is None:
            refuse_without_rate(self.connection, currency, day)
            refuse_without_rate(self.connection, target, day)
            raise NoRate(f"no rate of {currency} in {target} is known for {day}", "name another day with --on")
        return found

    def own_rates(self) -> Iterator[tuple[str, int, str, str, str]]:
        """The rates that were imported: currency, how many, first and last day, origins."""
        found = self.connection.execute(_OWN_RATES)
        return ((str(name), int(count), str(first), str(last), str(who)) for name, count, first, last, who in found)

    def select(self, query: Query) -> Iterator[DealRow]:
        """The matching deals as flat rows, streamed in order.

        `parties` is a JSON array of [slug, name, role, name as reported].
        """
        return self._streamed(*selecting.select(query, past=self._look_back_for(query, query.ids)))

    def table(self, table: Table, query: Query) -> Iterator[DealRow]:
        """The rows of a table that belong to the matching deals, streamed in their order."""
        if table == "deals":
            return self.select(query)
        return self._streamed(*tables.rows(table, query, past=self._look_back_for(query)))

    def joined(self, query: Query, columns: Sequence[Column] | None, mark: str) -> Iterator[list[Any]] | None:
        """The matching deals in batches of rows that SQLite has joined: as lines of the columns, or (None) as objects.

        None where they cannot be: values in another currency are counted one by one.
        """
        if query.worth != Worth() or (columns is not None and not joining.can_join(columns)):
            return None
        past = self._look_back_for(query, query.ids)
        if columns is None:
            return self._batches(*joining.objects(query, past=past))
        return self._batches(*joining.lines(query, columns, mark, past=past))

    def _batches(self, sql: str, values: Sequence[Any]) -> Iterator[list[Any]]:
        cursor = self.connection.cursor()
        cursor.row_factory = None
        cursor.execute(sql, values)
        return iter(partial(cursor.fetchmany, _BATCH), [])

    def _streamed(self, sql: str, values: Sequence[Any]) -> Iterator[DealRow]:
        cursor = self.connection.cursor()
        # A cell is looked up in a dict at once; in a sqlite3.Row of sixty columns by comparing names.
        cursor.row_factory = None
        cursor.execute(sql, values)
        names = [name for name, *_ in cursor.description]
        return (dict(zip(names, row, strict=True)) for row in cursor)

    def ids(self, query: Query) -> list[int]:
        """The ids of the matching deals, in order."""
        return [int(row["id"]) for row in self.select(query)]

    def tally(self, query: Query) -> Tally:
        """How many deals match in all, and what the known values come to."""
        sql, values = selecting.tally(query, past=self._look_back_for(query))
        deals, valued, unbounded, *parts = map(int, self.connection.execute(sql, values).fetchone())
        low, high = (parts[at] * selecting.SPLIT + parts[at + 1] for at in (0, 2))
        return Tally(deals, valued, low, None if unbounded else high, query.worth.currency)

    def count(self, query: Query) -> int:
        """How many deals match."""
        ids, values = selecting.matching(query, past=self._look_back_for(query))
        return int(self.connection.execute(f"SELECT count(*) FROM ({ids})", values).fetchone()[0])

    def tallies(self, query: Query, clock: str) -> Iterator[tuple[str | None, Tally]]:
        """The matching deals counted by a date of theirs, as it is written."""
        from dealtrack.ledger.grouping import tallies  # noqa: PLC0415 - few commands count

        return tallies(self.connection, query, clock, past=self._look_back_for(query))

    def grouped(self, query: Query, clock: str | None, by: Sequence[str]) -> Iterator[Group]:
        """The matching deals by a date of theirs (None: by none), as it is written, and by other facts."""
        from dealtrack.ledger.grouping import groups  # noqa: PLC0415 - as above

        return groups(self.connection, query, clock, by, past=self._look_back_for(query))

    def buyings(self, query: Query, clock: str) -> Iterator[tuple[int, str | None, bool]]:
        """The buyers and investors of the matching deals, each with a date of the deal and whether it was its first."""
        from dealtrack.ledger.grouping import buyings  # noqa: PLC0415 - as above

        sql, values = buyings(query, clock, past=self._look_back_for(query))
        return ((int(buyer), when, bool(first)) for buyer, when, first in self.connection.execute(sql, values))

    def largest(self, query: Query, most: int) -> list[DealRow]:
        """So many of the matching deals at most as are worth the most; those of unknown worth are none of them."""
        first = query._replace(sort=(("worth", True),), limit=most)
        ids, values = selecting.matching(first, past=self._look_back_for(query))
        found = tuple(int(deal) for (deal,) in self.connection.execute(ids, values))
        rows = {row["id"]: row for row in self.select(Query(ids=found, worth=query.worth))}
        known = (rows[deal] for deal in found)
        return [row for row in known if row["worth_low"] is not None or row["worth_high"] is not None]

    def state(self) -> tuple[int, int]:
        """The last change that is read of, and how many deals there are then."""
        self.look_up_the_past()
        by = f"{self.past.known_on}T24" if self.past and self.past.known_on else "9999"
        deals, change = self.connection.execute(
            "SELECT (SELECT count(*) FROM deal), (SELECT coalesce(max(id), 0) FROM change WHERE at < ?)", (by,)
        ).fetchone()
        return int(change), int(deals)

    def has(self, slug: str) -> bool:
        """Whether there is a deal of that slug."""
        return self.connection.execute("SELECT 1 FROM deal WHERE slug = ?", (slug,)).fetchone() is not None

    def words_of(self, column: str) -> list[str]:
        """The sectors, or the tags, that deals have."""
        cells = self.connection.execute(f"SELECT DISTINCT {column} FROM deal WHERE {column} <> ''")
        return sorted({word for (cell,) in cells for word in str(cell).split(";")})

    def party_tests(self, names: Iterable[str], roles: tuple[str, ...]) -> Iterator[PartyTest]:
        """Filters for deals of these companies, and of none of those after `not:`. Raises NoSuchCompany."""
        wanted: list[str] = []
        unwanted: list[str] = []
        for name in names:
            bare = name.removeprefix("not:")
            (unwanted if bare != name else wanted).extend(self._one_or_several(bare))
        if wanted:
            yield PartyTest(tuple(wanted), roles)
        if unwanted:
            yield PartyTest(tuple(unwanted), roles, without=True)

    def _one_or_several(self, name: str) -> Iterator[str]:
        """A semicolon parts companies, and a comma unless it belongs to the name of one ("Acme, Inc.")."""
        if ";" in name and not self.company_slugs(name):
            for one in filter(str.strip, name.split(";")):
                yield from self._one_or_several(one)
            return
        several = [part for part in name.split(",") if part.strip()]
        if len(several) < 2 or self.company_slugs(name):
            yield self.company_slug(name)
        else:
            yield from (self.company_slug(part) for part in several)

    # --- companies --------------------------------------------------------------------------

    def company_slug(self, name: str) -> str:
        """The slug of the company meant by a slug, name, alias, ticker or identifier. Raises NoSuchCompany."""
        return self._the_one(name, self.company_slugs(name))

    def slug_as_entered(self, name: str) -> str:
        """The slug of the company meant, whatever it is known as since. Raises NoSuchCompany."""
        return self._the_one(name, self.slugs_as_entered(name))

    def _the_one(self, name: str, slugs: list[str]) -> str:
        if len(slugs) == 1:
            return slugs[0]
        if slugs:
            raise NoSuchCompany(f'"{name}" could be {" or ".join(slugs)}', "name it by its slug")
        near = [one.slug for one in self.nearest_companies(name)]
        hint = f"did you mean {' or '.join(near)}?" if near else "list companies: dealtrack company list"
        raise NoSuchCompany(f'no company is known as "{name}"', hint)

    def company_slugs(self, name: str) -> list[str]:
        """The slugs of every company that goes by the name, however spelled; those that are one by one slug."""
        known = (self.connection.execute(_KNOWN_AS, (slug,)).fetchone()[0] for slug in self.slugs_as_entered(name))
        return list(dict.fromkeys(map(str, known)))

    def as_reported(self, name: str, slug: str) -> str | None:
        """The name that a source had for a company, where it is another than the one it goes by.

        A slug, a ticker or an identifier is no name; one that is known is spelled as it is kept.
        """
        present, *others = (str(known) for (known,) in self.connection.execute(_ITS_NAMES, (slug,)))
        if plain(name) == plain(present):
            return None
        spelled = next((other for other in others if plain(other) == plain(name)), None)
        return spelled or (name.strip() if any(bare(other) == bare(name) for other in (present, *others)) else None)

    def slugs_as_entered(self, name: str) -> list[str]:
        """The same, but those that are one by their own slugs.

        A slug or a present name beats an alias, and that a ticker or an identifier; the legal form is looked past last.
        """
        word = name.strip()
        ticker = word.upper()
        identifier, _, value = word.partition(":")
        told = {"name": plain(name), "word": word, "slug": word.casefold(), "ticker": ticker, "kind": identifier,
                "symbol": ticker.partition(":")[2] or ticker, "value": value}  # fmt: skip
        by_rank = groupby(self.connection.execute(_CALLED, told), key=itemgetter(0))
        # Ranks that come after the first one found are never looked at.
        found = next(([str(slug) for _, slug in same] for _, same in by_rank), None)
        return found or self._by_bare_name(bare(name), legal_form(name))

    def _by_bare_name(self, name: str, form: str) -> list[str]:
        """Those whose name or alias is the name in that legal form; else those where one of the two has none.

        Porsche AG is not Porsche SE. Where one is found, what a word in brackets alone tells from it may be meant, too:
        `iSpace (China)`.
        """
        found = self.connection.execute(_BEGINNING, (name,)).fetchall() if name else []
        forms = [(legal_form(shown), str(slug)) for slug, shown in found if bare(shown) == name]
        same = {slug for own, slug in forms if own == form} or {slug for own, slug in forms if not (own and form)}
        alike = {str(slug) for slug, shown in found if shown.endswith(")") and bare(shown.rpartition("(")[0]) == name}
        return sorted(same | alike) if same else []

    def names_beginning(self, typed: str, most: int) -> list[str]:
        """The names and other names of companies that begin as typed, however spelled."""
        found = self.connection.execute(
            "SELECT name FROM (SELECT name, plain FROM company UNION SELECT alias, plain FROM alias) "
            "WHERE plain >= ?1 AND plain < ?1 || char(1114111) ORDER BY plain LIMIT ?2",
            (plain(typed), most),
        )
        return [str(name) for (name,) in found]

    def slugs_beginning(self, typed: str, most: int) -> list[str]:
        """The slugs of deals that begin as typed."""
        found = self.connection.execute(
            "SELECT slug FROM deal WHERE slug >= ?1 AND slug < ?1 || char(1114111) ORDER BY slug LIMIT ?2",
            (typed.casefold(), most),
        )
        return [str(slug) for (slug,) in found]

    def nearest_companies(self, name: str, beside: "Beside | None" = None, most: int = 3) -> "list[Near]":
        """The companies whose names are close to one that is not known, with what ties them to what it stands beside.

        Others that are not known either say nothing.
        """
        from dealtrack.ledger.nearest import nearest  # noqa: PLC0415 - only an unknown name pays for it

        known = [slugs for other in (beside.names if beside else ()) if len(slugs := self.company_slugs(other)) == 1]
        others = tuple(dict.fromkeys(slug for slugs in known for slug in slugs))
        return nearest(self.connection, name, others, beside.sectors if beside else (), most)

    def companies(self, words: Iterable[str] = ()) -> Iterator[DealRow]:
        """Companies as rows with their other names and number of deals; each word must occur in one of their names.

        Those that are one make one row.
        """
        sql, values = _COMPANIES, list[str]()
        for word in words:
            sql += f" AND EXISTS (SELECT 1 FROM company m WHERE {standing.SAME} AND {_HAS_WORD})"
            values += [f"%{plain(word)}%"] * 2
        return cast("Iterator[DealRow]", self.connection.execute(f"{sql} ORDER BY c.slug", values))

    # --- whole tables, for a data package -----------------------------------------------------

    def packaged(self, table: str, query: Query) -> Iterator[DealRow]:
        """The rows of a table of the data package that belong to the matching deals."""
        sql, values = selecting.packaged(table, query, past=self._look_back_for(query))
        return cast("Iterator[DealRow]", self.connection.execute(sql, values))


_OWN_RATES = """
SELECT currency, count(*), min(day), max(day), (SELECT group_concat(origin, '; ') FROM
    (SELECT DISTINCT origin FROM rate r WHERE r.currency = rate.currency ORDER BY origin))
  FROM rate GROUP BY currency ORDER BY currency
"""
# The present name first.
_ITS_NAMES = """
SELECT name FROM (
  SELECT c.name, 0 AS other FROM company c WHERE c.slug = ?1
  UNION ALL SELECT m.name, 1 FROM company c JOIN known_as s ON s.canonical_id = c.id
    JOIN company m ON m.id = s.company_id WHERE c.slug = ?1
  UNION ALL SELECT a.alias, 1 FROM company c JOIN alias a WHERE c.slug = ?1
     AND (a.company_id = c.id OR a.company_id IN (SELECT company_id FROM known_as WHERE canonical_id = c.id)))
 ORDER BY other
"""
# With the exchange that it is listed at, or without.
# Which companies a name may mean, by rank: its slug or present name beats an alias, and that a ticker or an identifier.
_CALLED = f"""
SELECT 1, slug FROM company WHERE slug = :slug
UNION ALL SELECT * FROM (SELECT 2, slug FROM company WHERE plain = :name ORDER BY slug)
UNION ALL SELECT * FROM (
  SELECT 3, slug FROM company WHERE id IN (SELECT company_id FROM alias WHERE plain = :name) ORDER BY slug)
UNION ALL SELECT * FROM (
  SELECT 4, slug FROM company WHERE ticker IS NOT NULL AND {standing.SYMBOL} = :symbol
    AND (:ticker = :symbol OR ticker = :ticker COLLATE NOCASE) ORDER BY slug)
UNION ALL SELECT * FROM (
  SELECT 5, slug FROM company WHERE id IN (SELECT company_id FROM identifier
    WHERE value = :word COLLATE NOCASE OR (kind = lower(:kind) AND value = :value COLLATE NOCASE)) ORDER BY slug)
"""
_KNOWN_AS = """
SELECT k.slug FROM company c LEFT JOIN known_as s ON s.company_id = c.id
  JOIN company k ON k.id = coalesce(s.canonical_id, c.id) WHERE c.slug = ?
"""
# "!" is what comes next after a blank.
_BEGINNING = """
SELECT slug, name FROM company WHERE plain = ?1 OR (plain > ?1 || ' ' AND plain < ?1 || '!')
UNION SELECT c.slug, a.alias FROM alias a JOIN company c ON c.id = a.company_id
 WHERE a.plain = ?1 OR (a.plain > ?1 || ' ' AND a.plain < ?1 || '!')
"""
_HAS_WORD = "(m.plain LIKE ? OR EXISTS (SELECT 1 FROM alias a WHERE a.company_id = m.id AND a.plain LIKE ?))"
_COMPANIES = f"""
SELECT c.id, c.slug, c.name, c.kind, c.country, c.sectors, c.ticker, c.note,
  {standing.ALIASES} AS aliases,
  (SELECT count(DISTINCT p.deal_id) FROM company m JOIN party p ON p.company_id = m.id WHERE {standing.SAME}) AS deals
FROM company c WHERE c.id NOT IN (SELECT company_id FROM known_as)
"""
