"""The schema: what kind of file a ledger is, and what its tables refuse whoever writes to them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from ledger.conftest import make

from dealtrack.ledger.listing import Listing
from dealtrack.ledger.writing import WritableLedger

TABLES = {
    "company", "alias", "identifier", "parent", "judgement", "source", "deal", "party", "event", "pin", "link", "look",
    "arrival",
}  # fmt: skip
HISTORY = {"change", "change_created", "change_altered"}


@pytest.fixture
def raw(path: Path) -> Iterator[sqlite3.Connection]:
    """Any SQLite tool at work on a ledger with two deals, its foreign keys switched on."""
    make(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.executescript(
            """
            INSERT INTO company (id, slug, name, plain, kind) VALUES (2, 'geost', 'Geost', 'geost', 'company');
            INSERT INTO source (id, key, url, kind, reliability) VALUES (1, 's-0001', 'https://a.example', 'news', 'B');
            INSERT INTO deal (id, slug, title, kind, created, updated) VALUES
              (1, 'one', 'One', 'acquisition', '2026', '2026'), (2, 'two', 'Two', 'partnership', '2026', '2026');
            INSERT INTO party (deal_id, company_id, role) VALUES (1, 2, 'target');
            INSERT INTO event (deal_id, n, date, credibility) VALUES (1, 1, '2025', 3);
            INSERT INTO link (deal_id, related_id, relation) VALUES (1, 2, 'follows');
            """
        )
        yield connection


def test_the_header_of_the_file_says_deal_and_the_schema(path: Path) -> None:
    make(path)
    header = path.read_bytes()[:100]
    assert header[68:72] == b"DEAL"
    assert int.from_bytes(header[60:64], "big") == 3


def test_every_table_is_strict(raw: sqlite3.Connection) -> None:
    listed = raw.execute("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
    strict = dict(listed.fetchall())
    assert all(strict[name] == 1 for name in TABLES | HISTORY)


def test_both_doors_watch_over_foreign_keys(path: Path) -> None:
    make(path)
    with closing(WritableLedger(path)) as writer, closing(Listing(path)) as reader:
        for door in (writer, reader):
            assert door.connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1


def test_the_door_for_reading_cannot_write(path: Path) -> None:
    make(path)
    with closing(Listing(path)) as reader, pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.connection.execute("DELETE FROM deal")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE company SET kind = 'club'",
        "UPDATE company SET slug = '' WHERE id = 1",
        "UPDATE company SET name = ''",
        "UPDATE company SET country = 'USA'",
        "UPDATE source SET kind = 'gossip'",
        "UPDATE source SET reliability = 'G'",
        "UPDATE source SET title_derived = 2",
        "INSERT INTO source (key, kind, reliability) VALUES ('s-0001', 'news', 'A')",
        "INSERT INTO source (key, url, kind, reliability) VALUES ('s-0002', 'https://a.example', 'news', 'A')",
        "INSERT INTO alias (company_id, alias, plain, kind) VALUES (1, 'G', 'g', 'nickname')",
        "INSERT INTO alias (company_id, alias, plain, kind) VALUES (1, '', '', 'short')",
        "UPDATE deal SET kind = 'merger' WHERE id = 1",
        "UPDATE deal SET slug = 'two' WHERE id = 1",
        "UPDATE deal SET title = '' WHERE id = 1",
        "UPDATE deal SET core_space = 2 WHERE id = 1",
        "UPDATE deal SET status = 'signed' WHERE id = 1",
        "UPDATE deal SET phase = 'closed' WHERE id = 1",
        "UPDATE deal SET value_currency = 'DOLLAR' WHERE id = 1",
        "UPDATE deal SET value_low = 1.5 WHERE id = 1",
        "UPDATE deal SET value_low = 'much' WHERE id = 1",
        "UPDATE party SET role = 'owner'",
        "INSERT INTO party (deal_id, company_id, role) VALUES (1, 2, 'target')",
        "UPDATE event SET n = 0",
        "UPDATE event SET date = ''",
        "UPDATE event SET date_earliest = '2026-01-01', date_latest = '2025-01-01'",
        "UPDATE event SET status = 'signed'",
        "UPDATE event SET credibility = 0",
        "UPDATE event SET credibility = 7",
        "UPDATE event SET value_low = -1",
        "UPDATE event SET value_low = 2, value_high = 1",
        "UPDATE event SET value_low = 1.5",
        "UPDATE event SET value_qualifier = 'roughly'",
        "UPDATE event SET value_basis = 'price'",
        "UPDATE event SET stake_high = 1000001, stake_low = 0",
        "UPDATE event SET stake_low = -1",
        "UPDATE event SET stake_low = 510000, stake_high = 500000",
        "UPDATE event SET stake_controlling = 2",
        "UPDATE event SET stake_basis = 'wanted'",
        "INSERT INTO event (deal_id, n, date, credibility) VALUES (1, 1, '2025', 3)",
        "INSERT INTO pin (deal_id, field, n) VALUES (1, 'title', 1)",
        "UPDATE link SET relation = 'resembles'",
        "UPDATE link SET related_id = 1",
        "INSERT INTO link (deal_id, related_id, relation) VALUES (1, 2, 'follows')",
    ],
)
def test_the_tables_refuse_what_the_domain_refuses(raw: sqlite3.Connection, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=r"CHECK|UNIQUE|cannot store"):
        raw.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO alias (company_id, alias, plain, kind) VALUES (9, 'G', 'g', 'short')",
        "INSERT INTO party (deal_id, company_id, role) VALUES (9, 1, 'target')",
        "INSERT INTO party (deal_id, company_id, role) VALUES (1, 9, 'target')",
        "INSERT INTO event (deal_id, n, date, credibility) VALUES (9, 1, '2025', 3)",
        "INSERT INTO event (deal_id, n, date, credibility, source_id) VALUES (1, 2, '2025', 3, 9)",
        "INSERT INTO pin (deal_id, field, n) VALUES (1, 'status', 9)",
        "INSERT INTO link (deal_id, related_id, relation) VALUES (1, 9, 'follows')",
        "DELETE FROM company",
        "DELETE FROM deal WHERE id = 1",
        "INSERT INTO change (at, by, command, action, undoes, digest) VALUES ('2026', 'ada', 'c', 'a', 9, '')",
    ],
)
def test_nothing_refers_to_what_is_not_there(raw: sqlite3.Connection, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        raw.execute(statement)


def test_numbers_of_removed_rows_are_not_given_again(raw: sqlite3.Connection) -> None:
    raw.execute("DELETE FROM link")
    raw.execute("DELETE FROM deal WHERE id = 2")
    raw.execute("INSERT INTO deal (slug, title, kind, created, updated) VALUES ('3', '3', 'partnership', '', '')")
    assert raw.execute("SELECT max(id) FROM deal").fetchone()[0] == 3
