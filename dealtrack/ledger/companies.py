"""How what is known of a company beside its deals is corrected: its names, identifiers and parents."""

from collections.abc import Mapping
from typing import Any

from dealtrack.domain.company import Alias, Identifier, Parent
from dealtrack.domain.name import plain
from dealtrack.ledger.writing import WritableLedger


def edit_company(ledger: WritableLedger, company: str, cells: Mapping[str, Any]) -> bool:
    """Correct what was recorded of a company; whether anything differs."""
    return ledger.journal.update("company", ledger.company_id(company), cells)


def rename(ledger: WritableLedger, company: str, name: str) -> None:
    """Give a company another name. Deals that were told of it by the old one go on saying so."""
    company_id = ledger.company_id(company)
    old = ledger.company_as_entered(company).name
    parties = ledger.connection.execute(
        "SELECT id FROM party WHERE company_id = ? AND as_reported IS NULL", (company_id,)
    ).fetchall()
    for (party_id,) in parties:
        ledger.journal.update("party", int(party_id), {"as_reported": old})
    said = ledger.connection.execute(
        "SELECT id FROM party WHERE company_id = ? AND as_reported = ?", (company_id, name)
    ).fetchall()
    for (party_id,) in said:
        ledger.journal.update("party", int(party_id), {"as_reported": None})
    correct_name(ledger, company, name)


def correct_name(ledger: WritableLedger, company: str, name: str) -> None:
    """Write a name otherwise that was mistyped."""
    ledger.journal.update("company", ledger.company_id(company), {"name": name, "plain": plain(name)})
    ledger.reindex_company(company)


def keep_alias(ledger: WritableLedger, company: str, alias: Alias) -> bool:
    """Give a company another name, or correct what is known of one that it has; whether anything differs."""
    found = _alias(ledger, company, alias.alias)
    if found is None:
        ledger.add_alias(company, alias)
        return True
    valid = alias.valid.edtf if alias.valid else None
    return ledger.journal.update("alias", found, {"kind": alias.kind, "valid": valid})


def remove_alias(ledger: WritableLedger, company: str, alias: str) -> bool:
    """Take another name away; whether the company had it."""
    found = _alias(ledger, company, alias)
    if found is not None:
        ledger.journal.delete("alias", found)
        ledger.reindex_company(company)
    return found is not None


def _alias(ledger: WritableLedger, company: str, alias: str) -> int | None:
    found = ledger.connection.execute(
        "SELECT id FROM alias WHERE company_id = ? AND alias = ?", (ledger.company_id(company), alias)
    ).fetchone()
    return int(found[0]) if found else None


def keep_identifier(ledger: WritableLedger, told: Identifier) -> bool:
    """Record what a register calls a company; whether anything differs."""
    source = ledger.connection.execute("SELECT id FROM source WHERE key = ?", (told.source,)).fetchone()
    row = {"company_id": ledger.company_id(told.company), "kind": told.kind, "value": told.value}
    found = ledger.connection.execute(
        "SELECT id FROM identifier WHERE company_id = ? AND kind = ? AND value = ?", tuple(row.values())
    ).fetchone()
    said = {"source_id": int(source[0]) if source else None}
    if found:
        return bool(source) and ledger.journal.update("identifier", int(found[0]), said)
    ledger.journal.insert("identifier", row | said)
    return True


def remove_identifier(ledger: WritableLedger, told: Identifier) -> bool:
    """Take an identifier away; whether the company had it."""
    found = ledger.connection.execute(
        "SELECT id FROM identifier WHERE company_id = ? AND kind = ? AND value = ?",
        (ledger.company_id(told.company), told.kind, told.value),
    ).fetchone()
    if found:
        ledger.journal.delete("identifier", int(found[0]))
    return found is not None


def keep_parent(ledger: WritableLedger, told: Parent) -> bool:
    """Record that a company belongs to another; whether anything differs."""
    ids = ledger.company_id(told.company), ledger.company_id(told.parent)
    found = ledger.connection.execute("SELECT id FROM parent WHERE company_id = ? AND parent_id = ?", ids).fetchone()
    valid = {"valid": told.valid.edtf if told.valid else None}
    if found:
        return ledger.journal.update("parent", int(found[0]), valid)
    ledger.journal.insert("parent", {"company_id": ids[0], "parent_id": ids[1], **valid})
    return True


def remove_parent(ledger: WritableLedger, company: str, parent: str) -> bool:
    """Take back that a company belongs to another; whether it was recorded."""
    found = ledger.connection.execute(
        "SELECT id FROM parent WHERE company_id = ? AND parent_id = ?",
        (ledger.company_id(company), ledger.company_id(parent)),
    ).fetchone()
    if found:
        ledger.journal.delete("parent", int(found[0]))
    return found is not None
