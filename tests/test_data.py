"""The curated data set: a valid Data Package, and one that keeps the rules its README states."""

import csv
import json
import re
import socket
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from frictionless import Package
from iso4217 import Currency

from dealtrack.domain import company, judgement, kind, money, party, source, stake, status
from dealtrack.domain.date import from_edtf
from dealtrack.domain.name import plain

Row = dict[str, str]

DATA = Path(__file__).parent.parent / "data"
TABLES = (
    "companies", "aliases", "publishers", "sources", "identifiers", "parents", "judgements", "deals", "parties",
    "events", "links", "rates",
)  # fmt: skip
PACKAGE: dict[str, Any] = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES: dict[str, dict[str, Any]] = {resource["name"]: resource for resource in PACKAGE["resources"]}

# The last month the pages tell of: what is dated later can only be expected.
GATHERED = date(2026, 7, 1)

# ISO 3166-1 alpha-2.
COUNTRIES = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD
CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF
GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN
KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA
NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI
SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI
VN VU WF WS YE YT ZA ZM ZW
"""


def rows(table: str) -> list[Row]:
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def header(table: str) -> list[str]:
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


def field(table: str, name: str) -> dict[str, Any]:
    fields: list[dict[str, Any]] = RESOURCES[table]["schema"]["fields"]
    return next(one for one in fields if one["name"] == name)


def allowed(table: str, name: str) -> set[str]:
    return set(field(table, name)["constraints"]["enum"])


def events_of_deals() -> dict[str, list[Row]]:
    grouped = defaultdict(list)
    for event in rows("events"):
        grouped[event["deal"]].append(event)
    return dict(grouped)


def days(edtf: str) -> tuple[date, date]:
    when = from_edtf(edtf)
    return when.earliest or date.min, when.latest or date.max


def amounts() -> list[Row]:
    return [event for event in rows("events") if event["value_qualifier"]]


def stakes() -> list[Row]:
    return [event for event in rows("events") if event["stake_text"]]


# --- the package ----------------------------------------------------------------------------------


def test_frictionless_finds_nothing_wrong_with_the_package_or_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("validating the package must not need the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    report = Package(str(DATA / "datapackage.json")).validate()
    found = report.flatten(["name", "rowNumber", "fieldName", "message"])
    assert report.valid, found[:10]
    assert len(report.tasks) == len(TABLES)


def test_frictionless_notices_a_row_that_refers_to_nothing(tmp_path: Path) -> None:
    for file in DATA.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    with (tmp_path / "links.csv").open("a", encoding="utf-8") as links:
        links.write("nobody-nothing-1999,openai-stoke-space-2025,follows\n")
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert [error.type for task in report.tasks for error in task.errors] == ["foreign-key"]


def test_the_package_is_version_2_and_lists_its_tables_so_that_none_refers_to_a_later_one() -> None:
    assert PACKAGE["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert tuple(RESOURCES) == TABLES
    for table, resource in RESOURCES.items():
        for key in resource["schema"].get("foreignKeys", []):
            assert TABLES.index(key["reference"]["resource"]) < TABLES.index(table)


def test_the_package_describes_every_column_in_its_order() -> None:
    for table, resource in RESOURCES.items():
        fields = resource["schema"]["fields"]
        assert [one["name"] for one in fields] == header(table)
        assert all(one["type"] and one["description"].endswith(".") for one in fields)
        assert resource["schema"]["missingValues"] == [""]


def test_the_words_of_the_package_are_the_words_of_the_program() -> None:
    forms = {form for forms in kind.FORMS.values() for form in forms}
    for table, name, words in (
        ("companies", "kind", company.COMPANY_KINDS),
        ("aliases", "kind", company.ALIAS_KINDS),
        ("identifiers", "kind", company.IDENTIFIER_KINDS),
        ("judgements", "verdict", judgement.VERDICTS),
        ("sources", "kind", source.SOURCE_KINDS),
        ("publishers", "reliability", source.RELIABILITIES),
        ("sources", "reliability", source.RELIABILITIES),
        ("deals", "kind", kind.KINDS),
        ("deals", "form", forms),
        ("parties", "role", party.ROLES),
        ("events", "status", status.STATUSES),
        ("events", "value_qualifier", money.QUALIFIERS),
        ("events", "value_basis", get_args(money.Basis)),
        ("events", "stake_basis", stake.STAKE_BASES),
        ("links", "relation", kind.RELATIONS),
    ):
        assert allowed(table, name) == set(words), f"{table}.{name}"


def test_a_publishers_grade_and_lag_are_those_of_its_pages() -> None:
    delays: defaultdict[str, list[int]] = defaultdict(list)
    sources = {row["id"]: row for row in rows("sources")}
    for event in rows("events"):
        page = sources.get(event["source"])
        if page and all(re.fullmatch(r"\d{4}-\d\d-\d\d", when) for when in (event["date"], page["published"])):
            days_between = (date.fromisoformat(page["published"]) - date.fromisoformat(event["date"])).days
            if days_between >= 0:
                delays[page["via"] or page["publisher"]].append(days_between)
    for publisher in rows("publishers"):
        name = publisher["name"]
        grades = [row["reliability"] for row in sources.values() if row["publisher"] == name]
        assert publisher["reliability"] == (grades[0] if len(grades) > 1 and len(set(grades)) == 1 else ""), name
        told = sorted(delays[name])
        # The least number of days within which three quarters came.
        assert publisher["lag"] == (str(told[-(-3 * len(told) // 4) - 1]) if len(told) >= 5 else ""), name
    usual = {row["name"]: row["reliability"] for row in rows("publishers")}
    for row in sources.values():
        assert (row["reliability_derived"] == "yes") is (usual.get(row["publisher"]) == row["reliability"]), row["id"]


def test_the_readme_counts_the_rows_there_are() -> None:
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    counted = dict(re.findall(r"^\| `(\w+)\.csv` \|.*\| (\d+) \|$", readme, re.MULTILINE))
    assert counted == {table: str(len(rows(table))) for table in TABLES}


# --- the files ------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
def test_a_file_reads_and_writes_back_as_the_same_bytes(table: str, tmp_path: Path) -> None:
    original = (DATA / f"{table}.csv").read_bytes()
    again = tmp_path / "again.csv"
    with again.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header(table), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows(table))
    assert again.read_bytes() == original


def test_rows_are_sorted_by_their_ids() -> None:
    for table in ("companies", "sources", "deals"):
        ids = [row["id"] for row in rows(table)]
        assert ids == sorted(ids), table
    for table in ("aliases", "links"):
        keys = [tuple(row.values()) for row in rows(table)]
        assert keys == sorted(keys), table
    roles: list[str] = list(party.ROLES)
    parties = [(row["deal"], roles.index(row["role"]), row["company"]) for row in rows("parties")]
    assert parties == sorted(parties)
    assert list(events_of_deals()) == [row["id"] for row in rows("deals")]


def test_cells_hold_no_stray_spaces_markup_or_broken_characters() -> None:
    stray = re.compile(r"^\s|\s$|\s\s|</?[a-z]+>|&[a-z]+;|\*\*|\ufffd|Ã|â€|\s[,;.](\s|$)")
    found = [
        (table, column, cell)
        for table in TABLES
        for row in rows(table)
        for column, cell in row.items()
        if stray.search(cell)
    ]
    assert not found


def test_a_cell_of_several_lists_each_once() -> None:
    for table, column in (("companies", "sectors"), ("deals", "sectors"), ("deals", "tags"), ("events", "flags")):
        for row in rows(table):
            listed = row[column].split(";")
            assert len(listed) == len(set(listed)), row
            assert column == "sectors" or listed == sorted(listed), row


# --- companies and sources ------------------------------------------------------------------------


def test_countries_are_iso_3166_and_currencies_iso_4217() -> None:
    assert {row["country"] for row in rows("companies")} - {""} <= set(COUNTRIES.split())
    for code in {row["value_currency"] for row in rows("events")} - {""}:
        assert Currency(code).code == code


def test_every_company_takes_part_in_a_deal_and_every_source_was_read_for_an_event() -> None:
    assert {row["id"] for row in rows("companies")} == {row["company"] for row in rows("parties")}
    assert {row["id"] for row in rows("sources")} == {row["source"] for row in rows("events")} - {""}


def test_no_name_or_alias_can_be_taken_for_two_companies() -> None:
    owners = [(plain(row["name"]), row["id"]) for row in rows("companies")]
    owners += [(plain(row["alias"]), row["company"]) for row in rows("aliases")]
    twice = [name for name, count in Counter(name for name, _ in owners).items() if count > 1]
    assert not twice


def test_an_outlet_is_spelled_in_one_way() -> None:
    outlets = {row["publisher"] for row in rows("sources")}
    outlets |= {name for row in rows("sources") for name in row["via"].split(" / ")}
    spellings = defaultdict(set)
    for outlet in outlets - {""}:
        spellings["".join(c for c in outlet.casefold() if c.isalnum())].add(outlet)
    assert not [names for names in spellings.values() if len(names) > 1]
    assert not outlets & {"Bloomberg News", "BBC News", "AP", "PA", "WSJ", "NYT", "FT"}


def test_no_page_relays_itself() -> None:
    assert not [row["id"] for row in rows("sources") if row["publisher"] == row["via"]]


# --- deals ----------------------------------------------------------------------------------------


def test_a_form_belongs_to_its_kind() -> None:
    forms: dict[str, tuple[str, ...]] = dict(kind.FORMS.items())
    assert not [row["id"] for row in rows("deals") if row["form"] not in forms[row["kind"]]]


def test_no_party_takes_the_same_role_in_a_deal_twice() -> None:
    taken = Counter(tuple(row.values()) for row in rows("parties"))
    assert max(taken.values()) == 1


def test_a_deal_names_those_without_whom_it_would_be_none() -> None:
    roles: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows("parties"):
        roles[row["deal"]][row["role"]] += 1
    for row in rows("deals"):
        cast = roles[row["id"]]
        match row["kind"]:
            case "partnership":
                assert cast["partner"] >= 2, row["id"]
            case "acquisition":
                assert cast["target"] or cast["seller"] or cast["partner"] >= 2, row["id"]
            case _:
                assert cast["target"], row["id"]


def test_no_deal_is_linked_to_itself_and_no_pair_twice() -> None:
    pairs = [(row["deal"], row["related"]) for row in rows("links")]
    assert not [pair for pair in pairs if pair[0] == pair[1]]
    assert max(Counter(frozenset(pair) for pair in pairs).values()) == 1


def test_rivals_are_linked_once_in_the_order_of_their_ids() -> None:
    rivals = [row for row in rows("links") if row["relation"] == "competes-with"]
    assert rivals
    assert not [row for row in rivals if row["deal"] > row["related"]]


# --- events ---------------------------------------------------------------------------------------


def test_every_deal_has_an_event_with_a_status() -> None:
    assert {row["id"] for row in rows("deals")} == {row["deal"] for row in rows("events") if row["status"]}


def test_every_event_has_a_status_or_a_milestone() -> None:
    assert not [row["id"] for row in rows("events") if not row["status"] and not row["milestone"]]


def test_a_milestone_is_one_of_the_settled_list() -> None:
    assert {row["milestone"] for row in rows("events")} - {""} <= allowed("events", "milestone")


def test_a_background_fact_says_nothing_of_the_deal_itself() -> None:
    told = [row for row in rows("events") if row["milestone"] == "background"]
    assert told
    assert not [row["id"] for row in told if row["status"] or row["stake_text"] or row["expected"]]


def test_every_date_is_one_the_program_can_read() -> None:
    written = [row["date"] for row in rows("events")]
    written += [row["expected"] for row in rows("events") if row["expected"]]
    written += [row["published"] for row in rows("sources") if row["published"]]
    assert [from_edtf(text).edtf for text in written] == written


def test_events_are_numbered_by_their_earliest_day_and_then_by_their_latest() -> None:
    for slug, events in events_of_deals().items():
        assert [row["id"] for row in events] == [f"{slug}#{n}" for n in range(1, len(events) + 1)]
        order = [days(row["date"]) for row in events]
        assert order == sorted(order), slug


def test_nothing_has_happened_that_is_still_to_come() -> None:
    assert not [row["id"] for row in rows("events") if days(row["date"])[0] > GATHERED]


def test_an_outlier_is_improbable_and_nothing_else_is() -> None:
    for row in rows("events"):
        assert ("outlier" in row["flags"].split(";")) == (row["credibility"] == "5"), row["id"]


def test_no_page_tells_the_same_status_of_the_same_day_twice() -> None:
    told = Counter((row["deal"], row["date"], row["status"], row["source"]) for row in rows("events") if row["status"])
    assert max(told.values()) == 1


# --- values ---------------------------------------------------------------------------------------


def test_an_amount_keeps_its_words_and_only_an_amount_has_any() -> None:
    for row in rows("events"):
        assert bool(row["value_text"]) == bool(row["value_qualifier"]), row["id"]
        if not row["value_qualifier"]:
            assert not any(cell for column, cell in row.items() if column.startswith("value_")), row["id"]


def test_the_bounds_of_an_amount_fit_its_qualifier() -> None:
    for row in amounts():
        low, high = row["value_low"], row["value_high"]
        match row["value_qualifier"]:
            case "undisclosed":
                fits = not low and not high and not row["value_currency"] and not row["value_basis"]
            case "exact" | "about":
                fits = bool(low) and low == high
            case "at-least" | "magnitude":
                fits = bool(low) and not high
            case "up-to":
                fits = bool(high) and not low
            case _:
                fits = bool(low and high) and float(low) < float(high)
        assert fits, row["id"]
        assert row["value_basis"] or row["value_qualifier"] == "undisclosed", row["id"]


def test_the_bounds_of_an_amount_are_exact_in_the_smallest_unit_of_its_currency() -> None:
    for row in amounts():
        digits = int(Currency(row["value_currency"]).exponent or 0) if row["value_currency"] else 2
        for bound in (row["value_low"], row["value_high"]):
            assert not bound or money.minor_units(bound, digits) >= 0, row["id"]
        for bound in (row["value_usd_low"], row["value_usd_high"]):
            assert not bound or money.minor_units(bound, 2) > 0, row["id"]


def test_a_currency_is_missing_only_where_the_words_say_that_the_page_names_none() -> None:
    for row in amounts():
        if not row["value_currency"] and row["value_qualifier"] != "undisclosed":
            assert re.search(r"currency not (stated|named)", row["value_text"]), row["id"]


def test_a_dollar_figure_stands_only_beside_another_currency_and_is_in_the_words() -> None:
    stated = [row for row in amounts() if row["value_usd_low"] or row["value_usd_high"]]
    assert stated
    for row in stated:
        assert row["value_currency"] not in {"", "USD"}, row["id"]
        assert bool(row["value_usd_low"]) == bool(row["value_low"]), row["id"]
        assert bool(row["value_usd_high"]) == bool(row["value_high"]), row["id"]
        figure = float(row["value_usd_low"] or row["value_usd_high"])
        printed = {f"${figure / unit:g}" for unit in (1, 1_000_000, 1_000_000_000)}
        assert any(re.search(re.escape(p) + r"(?![\d.])", row["value_text"]) for p in printed), row["id"]


# --- stakes ---------------------------------------------------------------------------------------


def test_a_stake_keeps_its_words_and_only_a_stake_has_any() -> None:
    for row in rows("events"):
        known = row["stake_low"] or row["stake_high"] or row["stake_basis"] or row["controlling"]
        assert bool(row["stake_text"]) == bool(known), row["id"]


def test_the_bounds_of_a_stake_are_in_order() -> None:
    for row in stakes():
        low, high = row["stake_low"] or "0", row["stake_high"] or "100"
        assert stake.percent_units(low) <= stake.percent_units(high) <= stake.WHOLE, row["id"]


def test_a_controlling_stake_given_only_in_words_runs_from_50_to_100() -> None:
    worded = [row for row in stakes() if re.search(r"controlling|majority|more than half", row["stake_text"])]
    worded = [row for row in worded if not re.search(r"\d", row["stake_text"])]
    assert worded
    for row in worded:
        assert (row["stake_low"], row["stake_high"], row["controlling"]) == ("50", "100", "yes"), row["id"]


def test_a_minority_given_only_in_words_runs_from_0_to_50() -> None:
    worded = [row for row in stakes() if row["stake_text"] == "minority"]
    assert worded
    for row in worded:
        assert (row["stake_low"], row["stake_high"], row["controlling"]) == ("0", "50", "no"), row["id"]


def test_a_stake_without_bounds_has_no_number_in_its_words() -> None:
    for row in stakes():
        if not row["stake_low"] and not row["stake_high"]:
            assert not re.search(r"\d", row["stake_text"]), row["id"]


# --- the deal this set was begun for --------------------------------------------------------------


def test_openai_and_stoke_space_is_told_from_the_first_talks_to_the_silence() -> None:
    events = events_of_deals()["openai-stoke-space-2025"]
    believed = [row for row in events if row["credibility"] != "5"]
    told = [(row["date"], row["status"]) for row in believed]
    for moment in (("2025-22", "talks"), ("2025-23", "talks"), ("2025-23", "proposed"), ("2025-12-03", "stalled")):
        assert moment in told
    parties = {(row["company"], row["role"]) for row in rows("parties") if row["deal"] == "openai-stoke-space-2025"}
    assert parties == {("openai", "investor"), ("stoke-space", "target"), ("sam-altman", "principal")}
    for row in events:
        if row["status"] == "proposed":
            assert (row["value_low"], row["value_high"], row["value_qualifier"]) == ("1000000000", "", "magnitude")
            assert (row["stake_low"], row["stake_high"], row["stake_basis"]) == ("50", "100", "sought")


def test_openai_and_stoke_space_keeps_the_accounts_that_disagree_and_their_one_origin() -> None:
    events = events_of_deals()["openai-stoke-space-2025"]
    assert [row["date"] for row in events if row["flags"] == "outlier"] == ["2024-22"]
    doubtful = {row["status"] for row in events if row["credibility"] == "4"}
    assert doubtful == {"talks", "terminated"}
    origin = {row["id"]: row["via"] for row in rows("sources")}
    assert {origin[row["source"]] for row in events} == {"The Wall Street Journal"}
