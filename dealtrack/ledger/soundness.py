"""Whether a ledger is sound: the file, its references, and what is kept against what it is worked out from."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from dealtrack.domain.checks import Finding, examine
from dealtrack.domain.deal import Deal
from dealtrack.domain.judgement import contradicted, sentence
from dealtrack.ledger import chain, journal, rows, sameness
from dealtrack.ledger.file import UNREADABLE, explained
from dealtrack.ledger.identity import NoSuchDeal, NotALedger
from dealtrack.ledger.ledger import Ledger

_SHOWN = 20


def examine_ledger(ledger: Ledger, today: date) -> Iterator[Finding]:
    """Everything that is wrong or unusual on that day, the file itself first."""
    yield from _readable(ledger, "the file", _file(ledger))
    yield from _readable(ledger, "references", _references(ledger))
    yield from _readable(ledger, "full text", _index(ledger))
    yield from _readable(ledger, "journal", _journal(ledger))
    yield from _readable(ledger, "judgements", _judgements(ledger))
    yield from _readable(ledger, "grades", _grades(ledger))
    yield from _readable(ledger, "history", _history(ledger))
    yield from _readable(ledger, "deals", _deals(ledger, today))


def first_fault(path: Path, today: date) -> Finding | None:
    """The first fault of the ledger, if it has one."""
    with closing(Ledger(path)) as ledger:
        return next((found for found in examine_ledger(ledger, today) if found.severity == "fault"), None)


def _readable(ledger: Ledger, what: str, findings: Iterator[Finding]) -> Iterator[Finding]:
    """The findings; where what is examined cannot be read, that is the last of them."""
    try:
        yield from findings
    except (*UNREADABLE, NoSuchDeal) as error:
        if not isinstance(explained(error, ledger.path, reading=True), (NotALedger, type(error))):
            raise
        yield Finding("fault", "file", what, f"cannot be read: {error}")


def _deals(ledger: Ledger, today: date) -> Iterator[Finding]:
    for (deal_id,) in ledger.connection.execute("SELECT id FROM deal ORDER BY slug").fetchall():
        yield from _readable(ledger, f"deal {deal_id}", _deal(ledger, deal_id, today))


def _deal(ledger: Ledger, deal_id: int, today: date) -> Iterator[Finding]:
    deal = ledger.get(deal_id)
    yield from _facts(ledger, deal)
    yield from examine(deal, today)


def _file(ledger: Ledger) -> Iterator[Finding]:
    for (message,) in ledger.connection.execute("PRAGMA integrity_check"):
        if message != "ok":
            yield Finding("fault", "file", "the file", str(message))


def _references(ledger: Ledger) -> Iterator[Finding]:
    for row in ledger.connection.execute("PRAGMA foreign_key_check").fetchmany(_SHOWN):
        sentence = f"row {row['rowid']} refers to a {row['parent']} that is not there"
        yield Finding("fault", "reference", str(row["table"]), sentence)


def _index(ledger: Ledger) -> Iterator[Finding]:
    """The full-text index holds exactly what the deals say."""
    out_of_step = ledger.connection.execute(
        """
        SELECT coalesce(d.slug, 'deal ' || id) FROM (
          SELECT coalesce(w.id, t.rowid) AS id FROM deal_words w FULL JOIN deal_text t ON t.rowid = w.id
           WHERE w.id IS NULL OR t.rowid IS NULL OR w.title <> t.title OR w.parties <> t.parties
              OR w.summaries <> t.summaries OR w.notes <> t.notes) LEFT JOIN deal d USING (id) LIMIT ?
        """,
        (_SHOWN,),
    )
    for (slug,) in out_of_step:
        yield Finding("fault", "full-text", str(slug), "the full-text index is not in step with the deal")


def _journal(ledger: Ledger) -> Iterator[Finding]:
    """Every row there is was created by a change that the journal knows."""
    for table in journal.TABLES:
        strays = ledger.connection.execute(
            f"SELECT count(*) FROM {table} t WHERE NOT EXISTS (SELECT 1 FROM change_created c "
            "WHERE c.of_table = ? AND t.id BETWEEN c.first_id AND c.last_id)",
            (table,),
        ).fetchone()[0]
        if strays:
            yield Finding("fault", "journal", table, f"{strays} rows were written past the journal")


def _judgements(ledger: Ledger) -> Iterator[Finding]:
    """Which company each is known as is what the judgements give, and none of them contradicts the others."""
    if sameness.kept(ledger.connection) != sameness.follows(ledger.connection):
        yield Finding("fault", "known-as", "companies", "which is known as which is not what the judgements give")
    for told in contradicted(ledger.judgements()):
        why = f"{sentence(told)}, and by other judgements are the same"
        yield Finding("fault", "contradiction", f"{told.company}, {told.other}", why)


def _grades(ledger: Ledger) -> Iterator[Finding]:
    """A page without a grade of its own has its publisher's."""
    for row in ledger.connection.execute("SELECT * FROM source WHERE reliability_derived ORDER BY id").fetchall():
        source = rows.source_of(row)
        usual = ledger.outlets.graded(source).reliability
        if usual != source.reliability:
            yield Finding("fault", "grade", source.key, f"it is graded {source.reliability}, and its publisher {usual}")


def _history(ledger: Ledger) -> Iterator[Finding]:
    """Stepping back through every change, each has the digest it was given, and none of what it wrote is left over."""
    copy = sqlite3.connect("", isolation_level=None)
    with closing(copy):
        # On a copy: the ledger itself is neither written to nor held.
        ledger.connection.backup(copy)
        copy.execute("PRAGMA journal_mode = OFF")
        copy.execute("PRAGMA foreign_keys = OFF")
        copy.execute("BEGIN")
        changes = copy.execute("SELECT id, digest FROM change ORDER BY id DESC").fetchall()
        digests = [digest for _, digest in changes[1:]] + [chain.GENESIS]
        for (change_id, digest), previous in zip(changes, digests, strict=True):
            if not chain.agrees(copy, change_id, previous, digest):
                sentence = "what it wrote, or the change before it, was altered past dealtrack"
                yield Finding("fault", "history", f"change {change_id}", sentence)
            chain.step_back(copy, change_id)
        for table in journal.TABLES:
            (left,) = copy.execute(f"SELECT count(*) FROM {table}").fetchone()
            if left:
                yield Finding("fault", "history", table, f"{left} rows come from no change")


def _facts(ledger: Ledger, deal: Deal) -> Iterator[Finding]:
    """The facts kept on the deal's row are what a fresh fold gives."""
    kept = ledger.connection.execute(
        f"SELECT {', '.join(rows.FACT_COLUMNS)} FROM deal WHERE id = ?", (deal.id,)
    ).fetchone()
    fresh = rows.fact_cells(deal.facts)
    differing = [name for name, a, b in zip(rows.FACT_COLUMNS, tuple(kept), fresh, strict=True) if a != b]
    if differing:
        sentence = f"kept facts differ from its events: {', '.join(differing)}"
        yield Finding("fault", "facts", deal.slug, sentence)
