"""League tables: who stands where, and against a count by hand from the bundled files."""

import csv
import json
from collections import Counter
from importlib.resources import files
from typing import Any

import pytest

from dealtrack.domain.contents import Basis, Interval, Reference, Report, Table
from dealtrack.report.league import USUAL, league_report

BASIS = Basis("deals.db", "none", "today", "first seen", "in USD", "none", "announced", 0, 0, "1")


def row(number: int, *parties: tuple[str, str], worth: tuple[int, int | None] | None = None, **rest: Any) -> Any:
    low, high = worth or (None, None)
    usual = {"slug": f"deal-{number}", "phase": "open", "sectors": "", "worth_low": low, "worth_high": high}
    told = [(name.lower(), name, role) for name, role in parties]
    return usual | rest | {"parties": told}, f"Deal {number}"


def buyers(*rows: Any) -> Table:
    return league_report(rows, ("buyers",), "USD", BASIS).tables[0]


def test_places_go_by_deals_then_by_the_least_worth_then_by_name() -> None:
    table = buyers(
        row(1, ("Acme", "buyer"), worth=(100, 100)),
        row(2, ("Bravo", "buyer"), worth=(100, 900)),
        row(3, ("Charlie", "buyer"), worth=(500, 500)),
        row(4, ("Delta", "buyer")),
        row(5, ("Delta", "buyer")),
    )
    assert [(r[0], r[1]) for r in table.rows] == [
        (1, Reference("delta", "Delta")),
        (2, Reference("charlie", "Charlie")),
        (3, Reference("acme", "Acme")),
        (3, Reference("bravo", "Bravo")),
    ]


def test_a_shared_deal_counts_in_full_for_each_and_once_for_one_in_two_roles() -> None:
    told = row(1, ("Acme", "investor"), ("Bravo", "lead-investor"), ("Acme", "lead-investor"), worth=(300, 400))
    table = league_report([told], ("investors",), "USD", BASIS).tables[0]
    assert [r[1:7] for r in table.rows] == [
        (Reference("acme", "Acme"), 1, 0, 1, 1, Interval(300, 400)),
        (Reference("bravo", "Bravo"), 1, 0, 1, 1, Interval(300, 400)),
    ]


def test_what_is_not_disclosed_is_in_no_value_and_the_largest_is_named() -> None:
    table = buyers(
        row(1, ("Acme", "buyer"), worth=(100, None), phase="done", sectors="launch;lunar"),
        row(2, ("Acme", "buyer"), sectors="lunar"),
        row(3, ("Acme", "buyer"), worth=(900, 900)),
    )
    (only,) = table.rows
    assert only[2:] == (3, 1, 0, 2, Interval(1000, None), Reference("deal-3", "Deal 3"), ("lunar", "launch"))


def test_nothing_gives_tables_without_rows_and_no_picture() -> None:
    report: Report = league_report([], USUAL, "USD", BASIS)
    assert [(table.key, table.rows) for table in report.tables] == [(name, ()) for name in USUAL]
    assert len(report.parts) == len(USUAL) + 1


def data(table: str) -> list[dict[str, str]]:
    text = files("dealtrack_data").joinpath(f"{table}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@pytest.mark.parametrize(("role", "league"), [("buyer", "buyers"), ("target", "targets"), ("seller", "sellers")])
def test_the_bundled_deals_are_counted_as_by_hand(role: str, league: str, make: Any) -> None:
    rows = json.loads(make("report", "league", "--role", league, "--json"))["parts"][0]["rows"]
    statuses = {r["id"]: r["status"] for r in json.loads(make("list", "--json"))}
    slugs = {r["id"]: r["slug"] for r in json.loads(make("list", "--json"))}
    announced = {slugs[number] for number, status in statuses.items() if status in ("agreed", "completed")}
    known_as = {judged["other"]: judged["company"] for judged in data("judgements") if judged["verdict"] == "same"}
    told = (party for party in data("parties") if party["role"] == role and party["deal"] in announced)
    counted = Counter(known_as.get(party["company"], party["company"]) for party in told)
    assert {r["company_slug"]: r["deals"] for r in rows} == counted
