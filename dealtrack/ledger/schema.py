"""The tables of a ledger, as numbered migrations."""

import re

from sqlite_utils import Database, Migrations

from dealtrack.ledger import searching, standing
from dealtrack.ledger.identity import APPLICATION_ID

migrations = Migrations("dealtrack")

_DAYS = "{0} TEXT, {0}_earliest TEXT, {0}_latest TEXT"
_CLOCKS = ", ".join(
    _DAYS.format(name) for name in ("first_seen", "agreed", "completed", "ended", "expected", "last_heard")
)

_TABLES = f"""
CREATE TABLE company (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  slug TEXT NOT NULL UNIQUE CHECK (slug <> ''),
  name TEXT NOT NULL CHECK (name <> ''),
  plain TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('company', 'person', 'government', 'fund', 'consortium')),
  country TEXT CHECK (length(country) = 2),
  sectors TEXT NOT NULL DEFAULT '',
  ticker TEXT,
  note TEXT
) STRICT;
CREATE INDEX company_plain ON company (plain);

CREATE TABLE alias (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  company_id INTEGER NOT NULL REFERENCES company (id),
  alias TEXT NOT NULL CHECK (alias <> ''),
  plain TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('short', 'legal', 'former', 'brand', 'subsidiary-brand')),
  UNIQUE (company_id, alias)
) STRICT;
CREATE INDEX alias_plain ON alias (plain);

CREATE TABLE source (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  url TEXT UNIQUE,
  title TEXT,
  publisher TEXT,
  published TEXT,
  kind TEXT NOT NULL CHECK (kind IN ('news', 'press-release', 'filing', 'analysis', 'interview', 'dataset', 'other')),
  via TEXT,
  reliability TEXT NOT NULL CHECK (reliability IN ('A', 'B', 'C', 'D', 'E', 'F')),
  title_derived INTEGER NOT NULL DEFAULT 0 CHECK (title_derived IN (0, 1))
) STRICT;

CREATE INDEX source_title ON source (title) WHERE url IS NULL;

CREATE TABLE deal (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  slug TEXT NOT NULL UNIQUE CHECK (slug <> ''),
  title TEXT NOT NULL CHECK (title <> ''),
  kind TEXT NOT NULL CHECK (kind IN ('equity-stake', 'acquisition', 'partnership')),
  form TEXT,
  sectors TEXT NOT NULL DEFAULT '',
  core_space INTEGER NOT NULL DEFAULT 1 CHECK (core_space IN (0, 1)),
  tags TEXT NOT NULL DEFAULT '',
  note TEXT,
  created TEXT NOT NULL,
  updated TEXT NOT NULL,
  status TEXT CHECK (status IN ('rumored', 'talks', 'proposed', 'agreed', 'completed',
                                'stalled', 'denied', 'rejected', 'withdrawn', 'terminated')),
  phase TEXT CHECK (phase IN ('open', 'done', 'dormant', 'dead')),
  status_event INTEGER,
  disputed TEXT NOT NULL DEFAULT '',
  began_as_rumor INTEGER NOT NULL DEFAULT 0 CHECK (began_as_rumor IN (0, 1)),
  {_CLOCKS},
  value_text TEXT,
  value_currency TEXT CHECK (length(value_currency) = 3),
  value_digits INTEGER,
  value_low INTEGER,
  value_high INTEGER,
  value_qualifier TEXT,
  value_basis TEXT,
  value_event INTEGER,
  value_usd_low INTEGER,
  value_usd_high INTEGER,
  value_usd_origin TEXT,
  stake_text TEXT,
  stake_low INTEGER,
  stake_high INTEGER,
  stake_controlling INTEGER,
  stake_worded INTEGER,
  stake_basis TEXT,
  stake_event INTEGER,
  origins INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX deal_first_seen ON deal (first_seen_earliest, id);

CREATE TABLE party (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  deal_id INTEGER NOT NULL REFERENCES deal (id),
  company_id INTEGER NOT NULL REFERENCES company (id),
  role TEXT NOT NULL CHECK (role IN ('buyer', 'lead-investor', 'investor', 'target', 'seller', 'partner',
                                     'principal', 'sponsor', 'financier', 'adviser', 'regulator')),
  UNIQUE (deal_id, role, company_id)
) STRICT;
CREATE INDEX party_company ON party (company_id);

CREATE TABLE event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  deal_id INTEGER NOT NULL REFERENCES deal (id),
  n INTEGER NOT NULL CHECK (n > 0),
  date TEXT NOT NULL CHECK (date <> ''),
  date_earliest TEXT,
  date_latest TEXT,
  status TEXT CHECK (status IN ('rumored', 'talks', 'proposed', 'agreed', 'completed',
                                'stalled', 'denied', 'rejected', 'withdrawn', 'terminated')),
  milestone TEXT,
  summary TEXT,
  value_text TEXT,
  value_currency TEXT CHECK (length(value_currency) = 3),
  value_digits INTEGER,
  value_low INTEGER CHECK (value_low >= 0),
  value_high INTEGER CHECK (value_high >= value_low),
  value_qualifier TEXT CHECK (value_qualifier IN ('exact', 'about', 'at-least', 'up-to', 'range', 'magnitude',
                                                  'undisclosed')),
  value_basis TEXT CHECK (value_basis IN ('consideration', 'enterprise-value', 'equity-value', 'valuation',
                                          'round-size', 'per-share', 'commitment', 'contract-value', 'debt',
                                          'proceeds')),
  value_usd_low INTEGER,
  value_usd_high INTEGER,
  value_usd_origin TEXT,
  value_usd_rate TEXT,
  value_usd_rate_date TEXT,
  stake_text TEXT,
  stake_low INTEGER CHECK (stake_low BETWEEN 0 AND 1000000),
  stake_high INTEGER CHECK (stake_high BETWEEN stake_low AND 1000000),
  stake_controlling INTEGER CHECK (stake_controlling IN (0, 1)),
  stake_worded INTEGER CHECK (stake_worded IN (0, 1)),
  stake_basis TEXT CHECK (stake_basis IN ('acquired', 'sought', 'owned-after')),
  expected TEXT,
  source_id INTEGER REFERENCES source (id),
  credibility INTEGER NOT NULL CHECK (credibility BETWEEN 1 AND 6),
  flags TEXT NOT NULL DEFAULT '',
  UNIQUE (deal_id, n),
  CHECK (date_earliest <= date_latest)
) STRICT;
CREATE INDEX event_source ON event (source_id);

CREATE TABLE pin (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  deal_id INTEGER NOT NULL REFERENCES deal (id),
  field TEXT NOT NULL CHECK (field IN ('status', 'value', 'stake')),
  n INTEGER NOT NULL,
  UNIQUE (deal_id, field),
  FOREIGN KEY (deal_id, n) REFERENCES event (deal_id, n)
) STRICT;

CREATE TABLE link (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  deal_id INTEGER NOT NULL REFERENCES deal (id),
  related_id INTEGER NOT NULL REFERENCES deal (id),
  relation TEXT NOT NULL CHECK (relation IN ('competes-with', 'follows', 'part-of', 'supersedes', 'led-to',
                                             're-announces', 'counter-to')),
  UNIQUE (deal_id, related_id, relation),
  CHECK (deal_id <> related_id)
) STRICT;
CREATE INDEX link_related ON link (related_id);

{searching.table("deal_text")};

-- One row a command. What it created is a range of ids in each table (ids only grow, and one
-- writer at a time holds the ledger); what it altered or removed is kept whole, as it was before.
CREATE TABLE change (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  command TEXT NOT NULL,
  action TEXT NOT NULL,
  undoes INTEGER REFERENCES change (id),
  digest TEXT NOT NULL
) STRICT;
CREATE TABLE change_created (
  change_id INTEGER NOT NULL REFERENCES change (id),
  of_table TEXT NOT NULL,
  first_id INTEGER NOT NULL,
  last_id INTEGER NOT NULL,
  PRIMARY KEY (change_id, of_table)
) STRICT, WITHOUT ROWID;
CREATE TABLE change_altered (
  change_id INTEGER NOT NULL REFERENCES change (id),
  of_table TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  before TEXT,
  PRIMARY KEY (change_id, of_table, row_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX change_altered_row ON change_altered (of_table, row_id);
-- Which events a deal once had, so that their numbers are never given again.
CREATE INDEX change_altered_event ON change_altered (json_extract(before, '$.deal_id')) WHERE of_table = 'event';
"""

_UNITS = "(CASE {0}value_digits WHEN 0 THEN 1.0 WHEN 3 THEN 1000.0 WHEN 4 THEN 10000.0 ELSE 100.0 END)"


_NAME = "(SELECT group_concat(c.name, '; ') FROM party p JOIN company c ON c.id = p.company_id WHERE {})"
# Two that are one company are named once.
_KNOWN_NAME = (
    f"(SELECT group_concat(name, '; ') FROM (SELECT k.name FROM party p {standing.JOINED} WHERE {{}} "
    "GROUP BY k.id ORDER BY min(p.id)))"
)


def _names(name: str) -> str:
    """The columns of a deal's names, one for each role; `name` is the SQL of one, but for what its party must be."""
    roles = ("buyer", "lead-investor", "investor", "target", "seller", "partner", "principal")
    wanted = ((role, f"p.deal_id = d.id AND p.role = '{role}'") for role in roles)
    return ", ".join(f"{name.format(test)} AS {role.replace('-', '_')}" for role, test in wanted)


_DEALS_FLAT = f"""\
CREATE VIEW deals_flat AS
SELECT d.id, d.slug, d.title, d.kind, d.form, d.status, d.phase, d.disputed,
  {{names}},
  d.first_seen, d.agreed, d.completed, d.ended, d.expected, d.last_heard,
  d.value_text, d.value_currency, d.value_low / {_UNITS.format("d.")} AS value_low,
  d.value_high / {_UNITS.format("d.")} AS value_high, d.value_qualifier, d.value_basis,
  d.value_usd_low / 100.0 AS value_usd_low, d.value_usd_high / 100.0 AS value_usd_high, d.value_usd_origin,
  d.stake_text, d.stake_low / 10000.0 AS stake_low, d.stake_high / 10000.0 AS stake_high,
  d.stake_controlling, d.stake_basis,
  d.began_as_rumor, d.origins, d.sectors, d.core_space, d.tags, d.note, d.created, d.updated{{more}}
FROM deal d;"""

_VIEWS = f"""
{_DEALS_FLAT.format(names=_names(_NAME), more="")}

CREATE VIEW events_flat AS
SELECT e.id, d.slug AS deal, e.deal_id, e.n, e.date, e.date_earliest, e.date_latest, e.status, e.milestone, e.summary,
  e.value_text, e.value_currency, e.value_low / {_UNITS.format("e.")} AS value_low,
  e.value_high / {_UNITS.format("e.")} AS value_high, e.value_qualifier, e.value_basis,
  e.value_usd_low / 100.0 AS value_usd_low, e.value_usd_high / 100.0 AS value_usd_high,
  e.value_usd_origin, e.value_usd_rate, e.value_usd_rate_date,
  e.stake_text, e.stake_low / 10000.0 AS stake_low, e.stake_high / 10000.0 AS stake_high,
  e.stake_controlling, e.stake_basis, e.expected, e.credibility, e.flags,
  s.key AS source, s.url, s.title AS source_title, s.publisher, s.published, s.via, s.reliability
FROM event e JOIN deal d ON d.id = e.deal_id LEFT JOIN source s ON s.id = e.source_id;

CREATE VIEW parties_flat AS
SELECT p.id, d.slug AS deal, p.deal_id, p.role, c.slug AS company, c.name, c.kind, c.country
FROM party p JOIN deal d ON d.id = p.deal_id JOIN company c ON c.id = p.company_id;

CREATE VIEW deal_words AS {searching.FIRST_WORDS};
"""


@migrations()
def first_ledger(db: Database) -> None:
    """Everything the first released ledger holds."""
    for statement in _statements(_unrolled(_TABLES) + _VIEWS):
        db.conn.execute(statement)
    # Both numbers live in the file's header, so that a reader knows the file before it reads a table.
    db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.conn.execute("PRAGMA user_version = 1")


_LOOKS = """
-- A day on which somebody looked at a deal, and nothing was new. Who it was, the change tells.
CREATE TABLE look (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  deal_id INTEGER NOT NULL REFERENCES deal (id),
  day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  UNIQUE (deal_id, day)
) STRICT;
DROP VIEW deals_flat;
"""
_CHECKED = ", (SELECT max(l.day) FROM look l WHERE l.deal_id = d.id) AS checked"


@migrations()
def looks(db: Database) -> None:
    """Schema 2: that a deal was looked at, and nothing was new."""
    for statement in _statements(_LOOKS + _DEALS_FLAT.format(names=_names(_NAME), more=_CHECKED)):
        db.conn.execute(statement)
    db.conn.execute("PRAGMA user_version = 2")


_ARRIVALS = """
-- A row of an imported file, known by its id in its family of files or by a fingerprint, and the deal that it became:
-- what it said last (a digest), which events tell of it, the change that wrote them, and what was changed by hand.
CREATE TABLE arrival (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  deal_id INTEGER NOT NULL REFERENCES deal (id),
  family TEXT NOT NULL CHECK (family <> ''),
  key TEXT NOT NULL CHECK (key <> ''),
  digest TEXT NOT NULL,
  events TEXT NOT NULL,
  mine TEXT NOT NULL DEFAULT '',
  change_id INTEGER NOT NULL REFERENCES change (id),
  UNIQUE (family, key)
) STRICT;
CREATE INDEX arrival_deal ON arrival (deal_id);
"""

# Who is who. A judgement is what somebody says of two companies; which company stands for which follows from all of
# them and is kept in `known_as`, so that no listing works it out.
_WHO_IS_WHO = f"""
ALTER TABLE alias ADD COLUMN valid TEXT CHECK (valid <> '');
ALTER TABLE party ADD COLUMN as_reported TEXT CHECK (as_reported <> '');
CREATE INDEX company_ticker ON company ({standing.SYMBOL}) WHERE ticker IS NOT NULL;

CREATE TABLE identifier (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  company_id INTEGER NOT NULL REFERENCES company (id),
  kind TEXT NOT NULL CHECK (kind IN ('lei', 'cik', 'wikidata', 'opencorporates', 'domain', 'crunchbase')),
  value TEXT NOT NULL CHECK (value <> ''),
  source_id INTEGER REFERENCES source (id),
  UNIQUE (company_id, kind, value)
) STRICT;
CREATE INDEX identifier_value ON identifier (value COLLATE NOCASE);
CREATE INDEX identifier_source ON identifier (source_id) WHERE source_id IS NOT NULL;

CREATE TABLE parent (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  company_id INTEGER NOT NULL REFERENCES company (id),
  parent_id INTEGER NOT NULL REFERENCES company (id),
  valid TEXT CHECK (valid <> ''),
  UNIQUE (company_id, parent_id),
  CHECK (company_id <> parent_id)
) STRICT;
CREATE INDEX parent_parent ON parent (parent_id);

CREATE TABLE judgement (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  company_id INTEGER NOT NULL REFERENCES company (id),
  other_id INTEGER NOT NULL REFERENCES company (id),
  verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different', 'unsure')),
  by TEXT NOT NULL,
  at TEXT NOT NULL,
  why TEXT,
  UNIQUE (company_id, other_id),
  CHECK (company_id <> other_id)
) STRICT;
CREATE INDEX judgement_other ON judgement (other_id);

CREATE TABLE known_as (
  company_id INTEGER PRIMARY KEY,
  canonical_id INTEGER NOT NULL,
  CHECK (company_id <> canonical_id)
) STRICT;
CREATE INDEX known_as_canonical ON known_as (canonical_id);

DROP VIEW deals_flat;
{_DEALS_FLAT.format(names=_names(_KNOWN_NAME), more=_CHECKED)}

DROP VIEW parties_flat;
CREATE VIEW parties_flat AS
SELECT p.id, d.slug AS deal, p.deal_id, p.role, k.slug AS company, k.name, k.kind, k.country,
  {standing.REPORTED} AS as_reported
FROM party p JOIN deal d ON d.id = p.deal_id {standing.JOINED};

DROP VIEW deal_words;
CREATE VIEW deal_words AS {searching.WORDS};
"""

# All that is counted by in a summary, in the order it is grouped by: a million deals are counted without their rows.
_COUNTED = """
CREATE INDEX deal_counted ON deal (
  first_seen, kind, value_qualifier, form, value_usd_low, value_usd_high, core_space
);
"""

_RATES = """
-- What one unit of a currency was worth in US dollars on a day, where its user says so and the European Central Bank
-- does not: a decimal, and who says it.
CREATE TABLE rate (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  usd TEXT NOT NULL CHECK (usd <> ''),
  origin TEXT NOT NULL CHECK (origin <> ''),
  UNIQUE (currency, day)
) STRICT;
"""

# Who publishes. A page without a grade of its own has that of its publisher, written on its own row as well, so that no
# listing looks it up.
_WHO_SAID_SO = """
CREATE TABLE publisher (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE CHECK (name <> ''),
  reliability TEXT CHECK (reliability IN ('A', 'B', 'C', 'D', 'E', 'F')),
  lag INTEGER CHECK (lag BETWEEN 0 AND 3650),
  aliases TEXT NOT NULL DEFAULT ''
) STRICT;
ALTER TABLE source ADD COLUMN reliability_derived INTEGER CHECK (reliability_derived = 1);
"""

# What the third schema adds, a block for each thing.
_THIRD: tuple[str, ...] = (_RATES, _ARRIVALS, _WHO_IS_WHO, _WHO_SAID_SO, _COUNTED)


@migrations()
def third(db: Database) -> None:
    """Schema 3: who is who, who said so, and where rows of imported files went."""
    for block in _THIRD:
        for statement in _statements(_unrolled(block)):
            db.conn.execute(statement)
    db.conn.execute("PRAGMA user_version = 3")


def _unrolled(tables: str) -> str:
    """`CHECK (x IN ('a', 'b'))` as `x = 'a' OR x = 'b'`: SQLite would build the list afresh for every row."""

    def one_by_one(check: re.Match[str]) -> str:
        return f"CHECK ({' OR '.join(f'{check[1]} = {word}' for word in re.findall(_LISTED, check[2]))})"

    return re.sub(r"CHECK \((\w+) IN \(([^)]+)\)\)", one_by_one, tables)


_LISTED = re.compile(r"'[^']+'|\d+")


def _statements(script: str) -> list[str]:
    """The statements one by one: `executescript` would commit the transaction it runs in."""
    return [statement for statement in script.split(";\n") if statement.strip()]
