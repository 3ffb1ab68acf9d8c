"""The questions that an analyst asks, each one command; the answers are kept, and in part worked out in another way.

`questions.tsv` lists them: a number, the question, the command. The answers lie in `questions/`, as they come in a
pipe; DEALTRACK_GOLDEN=write in the environment writes them anew. The tests below work answers out of `data/*.csv` in
another way, with none of dealtrack's own code, wherever that can be done in a few lines.
"""

import csv
import os
import shlex
import subprocess
from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pytest
from console import environment

HERE = Path(__file__).parent
DATA = HERE.parents[1] / "data"
TODAY = "2026-07-01"


class Question(NamedTuple):
    """One question with its command."""

    number: int
    asked: str
    command: str


def _questions() -> list[Question]:
    lines = (HERE / "questions.tsv").read_text(encoding="utf-8").splitlines()
    return [Question(int(number), asked, command) for number, asked, command in (line.split("\t") for line in lines)]


QUESTIONS = {question.number: question for question in _questions()}


def test_every_question_is_asked() -> None:
    assert sorted(QUESTIONS) == list(range(1, 43))


def answer(sample: Path, command: str, folder: Path) -> str:
    """What the command prints in a pipe, whatever day it is."""
    words = ["dealtrack", *shlex.split(command), "--today", TODAY]
    env = environment(folder, DEALTRACK_LEDGER=str(sample))
    return subprocess.run(words, env=env, capture_output=True, text=True, encoding="utf-8", check=True).stdout


@pytest.mark.parametrize("number", QUESTIONS)
def test_a_question_is_one_command_with_the_answer_of_before(number: int, sample: Path, tmp_path: Path) -> None:
    question = QUESTIONS[number]
    said = answer(sample, question.command, tmp_path)
    path = HERE / "questions" / f"{number:02}.{'txt' if question.command.startswith('timeline') else 'tsv'}"
    if os.environ.get("DEALTRACK_GOLDEN") == "write":
        path.write_text(said, encoding="utf-8")
    assert said.splitlines() == path.read_text(encoding="utf-8").splitlines()


# --- answers worked out from the files ------------------------------------------------------------

Row = dict[str, str]


def rows_of(table: str) -> list[Row]:
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def answered(number: int) -> list[Row]:
    """The kept answer, which the test above holds against what is printed."""
    text = (HERE / "questions" / f"{number:02}.tsv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t"))


def by_deal(rows: list[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["deal"]].append(row)
    return grouped


EVENTS, PARTIES = by_deal(rows_of("events")), by_deal(rows_of("parties"))
SOURCES = {row["id"]: row for row in rows_of("sources")}
DEALS = {row["id"]: row for row in rows_of("deals")}
DAY = 10


def believed(deal: str) -> list[Row]:
    return [event for event in EVENTS[deal] if int(event["credibility"]) < 5]


def members(deal: str, *roles: str) -> set[str]:
    return {party["company"] for party in PARTIES[deal] if party["role"] in roles}


def latest(event: Row) -> str:
    """The last day of the event's date, as far as sorting needs it: a month ends with its 31st, a year with its."""
    last = event["date"].rpartition("/")[2].rstrip("~?%")
    season = {
        "21": "05",
        "22": "08",
        "23": "11",
        "33": "03",
        "34": "06",
        "35": "09",
        "36": "12",
        "40": "06",
        "41": "12",
    }
    year, _, month = last.partition("-")
    return f"{year}-{season.get(month, month)}-31" if len(month) == 2 else last if month else f"{year}-12-31"


def earliest(told: str) -> str:
    """The first day of a date, or of the span that it begins; nothing, which is before all, where that is open."""
    first = told.partition("/")[0].rstrip("~?%").strip(".")
    begins = {"21": "03", "22": "06", "23": "09", "24": "12", "33": "01", "34": "04", "35": "07", "36": "10"}
    year, _, month = first.partition("-")
    month = {**begins, "40": "01", "41": "07"}.get(month, month)
    return first if len(first) in (0, DAY) else f"{year}-{month or '01'}-01"


def last_status(deal: str) -> str:
    """The state of the latest believed event; good enough where no two overlap."""
    claims = [event for event in believed(deal) if event["status"]]
    return max(claims, key=lambda event: (latest(event), int(event["id"].partition("#")[2])))["status"]


def only(deal: str, status: str) -> str | None:
    """The day on which the deal came to be in that state, where one event alone tells it, and to the day."""
    dates = [event["date"] for event in believed(deal) if event["status"] == status]
    return dates[0] if len(dates) == 1 and len(dates[0]) == DAY else None


DEAD = {"denied", "rejected", "withdrawn", "terminated"}


def test_1_deals_agreed_and_not_closed_are_those_whose_last_word_is_of_a_signing_a_year_ago() -> None:
    found = {DEALS_BY_ID[row["id"]] for row in answered(1)}
    # Where a deal has one believed state only, the fold has nothing to choose.
    simple = {deal for deal in DEALS if [e["status"] for e in believed(deal) if e["status"]] == ["agreed"]}
    long_ago = {deal for deal in simple if latest(next(e for e in believed(deal) if e["status"])) <= "2025-06-30"}
    assert long_ago <= found
    assert not {deal for deal in DEALS if last_status(deal) in DEAD} & found


DEALS_BY_ID = {str(at): deal for at, deal in enumerate(DEALS, start=1)}


def public_before(deal: str, day: str) -> bool:
    """Whether anything of the deal had happened and was to be read before that day."""
    return any(
        earliest(event["date"]) < day and (not event["source"] or earliest(SOURCES[event["source"]]["published"]) < day)
        for event in EVENTS[deal]
    )


def test_4_rumors_go_stale_91_days_after_the_first_day_on_which_they_can_have_been_told() -> None:
    """SpaceX and Tesla: a page of January 30, 2026; Rheinmetall and Mynaric: about February 2026, so its 1st."""
    due = {}
    for deal in DEALS:
        told = [event for event in EVENTS[deal] if public_before(deal, "2026-05-01") and event["date"] < "2026-05-01"]
        if told and {event["status"] for event in told} == {"rumored"}:
            pages = (SOURCES[event["source"]]["published"] for event in told)
            last = max(*(earliest(event["date"]) for event in told), *map(earliest, pages))
            due[deal] = date.fromisoformat(last) + timedelta(91)
    soon = {deal: str(day) for deal, day in due.items() if date(2026, 4, 30) < day <= date(2026, 5, 30)}
    assert soon == {"spacex-tesla-2026": "2026-05-01", "rheinmetall-mynaric-2026": "2026-05-03"}
    assert {row["slug"]: row["stale_on"] for row in answered(4)} == soon


def test_5_new_deals_are_those_of_which_nothing_was_public_before() -> None:
    new = {
        deal
        for deal, about in DEALS.items()
        if "launch" in about["sectors"].split(";") and not public_before(deal, "2026-01-01")
    }
    assert {row["slug"] for row in answered(5) if row["what"] == "new"} == new
    assert len(new) > 5
    (orbex,) = [row for row in answered(5) if row["slug"] == "exploration-company-orbex-2025"]
    assert (orbex["before"], orbex["after"]) == ("talks", last_status("exploration-company-orbex-2025"))


def test_11_a_deal_of_one_event_rests_on_one_origin() -> None:
    """Every fact that the only event of a deal first dated to 2026 asserts is listed, and no fact twice."""
    found = Counter((row["slug"], row["fact"]) for row in answered(11))
    assert set(found.values()) == {1}
    columns = {"status": "status", "value": "value_text", "stake": "stake_text"}
    alone = [
        (deal, fact)
        for deal, events in EVENTS.items()
        if len(events) == 1 and events[0]["date"].startswith("2026") and events[0]["credibility"] < "5"
        for fact, column in columns.items()
        if events[0][column] and (fact != "value" or events[0]["value_basis"] not in OTHER_BASES)
    ]
    assert alone
    assert set(alone) <= set(found)


# What is never the value of a deal.
OTHER_BASES = ("valuation", "per-share", "debt", "proceeds")


def test_12_a_deal_of_one_event_on_a_doubtful_page_is_listed() -> None:
    found = {(row["slug"], row["fact"]): row["why"] for row in answered(12)}
    doubtful = [
        (deal, SOURCES[events[0]["source"]]["reliability"])
        for deal, events in EVENTS.items()
        if len(events) == 1 and events[0]["date"].startswith("2026") and events[0]["status"]
        and SOURCES[events[0]["source"]]["reliability"] in "DEF"
    ]  # fmt: skip
    assert doubtful
    for deal, grade in doubtful:
        assert f"the page is graded {grade}" in found[deal, "status"]


def test_13_closings_whose_day_was_worked_out_are_listed() -> None:
    worked_out = {
        deal
        for deal in DEALS
        if (closings := [e for e in believed(deal) if e["status"] == "completed"])
        and all("date-inferred" in e["flags"] for e in closings)
    }
    assert worked_out <= {row["slug"] for row in answered(13) if "the day was worked out" in row["why"]}


def test_14_a_figure_that_one_event_alone_tells_has_the_page_of_that_event() -> None:
    checked = 0
    for row in answered(14):
        told = [e for e in EVENTS[row["slug"]] if e["value_text"] and e["value_basis"] not in OTHER_BASES]
        if len(told) == 1:
            checked += 1
            assert (row["source_slug"], row["url"]) == (told[0]["source"], SOURCES[told[0]["source"]]["url"])
            assert row["words"] == told[0]["value_text"]
    assert checked > 5


def test_15_bloombergs_rumors_are_counted_by_hand() -> None:
    """Deals with a believed rumor or talks on a page of Bloomberg's or that relays it, unless told after a signing.

    Read through one by one: ten deals; signed of them four, died three, three are still open.
    """
    (row,) = [row for row in answered(15) if row["outlet"] == "Bloomberg"]
    told = {
        deal
        for deal in DEALS
        for event in believed(deal)
        if event["status"] in ("rumored", "talks") and event["source"]
        and "Bloomberg" in (SOURCES[event["source"]]["via"] or SOURCES[event["source"]]["publisher"]).split(" / ")
    }  # fmt: skip
    assert int(row["rumors"]) <= len(told)
    assert [int(row[name]) for name in ("came_true", "fell_through", "went_quiet", "open")] == [4, 3, 0, 3]


def test_17_days_from_signing_to_closing_are_those_between_the_two_events(sample: Path, tmp_path: Path) -> None:
    """For deals that one event signs and one closes, each on a day, and the median of all acquisitions so told."""
    text = answer(sample, "report durations --table courses", tmp_path)
    courses = {row["slug"]: row for row in csv.DictReader(text.splitlines(), delimiter="\t")}
    checked = 0
    for deal in DEALS:
        signed, closed = only(deal, "agreed"), only(deal, "completed")
        if signed and closed and last_status(deal) == "completed":
            days = str((date.fromisoformat(closed) - date.fromisoformat(signed)).days)
            assert (courses[deal]["to_closing_low"], courses[deal]["to_closing_high"]) == (days, days)
            checked += 1
    assert checked > 10
    taken = [row for slug, row in courses.items() if DEALS[slug]["kind"] == "acquisition" and row["to_closing_low"]]
    (acquisitions,) = [row for row in answered(17) if row["kind"] == "acquisition"]
    assert int(acquisitions["closed"]) == len(taken)
    for bound in ("low", "high"):
        days_of_all = sorted(int(row[f"to_closing_{bound}"]) for row in taken)
        middle = len(days_of_all) // 2, (len(days_of_all) - 1) // 2
        assert int(acquisitions[f"to_closing_{bound}"]) == sum(days_of_all[at] for at in middle) // 2


def test_21_the_first_trace_lies_two_days_before_the_signing() -> None:
    """u-blox: Bloomberg's report of August 15, 2025 is the first event, the offer of August 17 the signing."""
    events = sorted((event["date"], event["status"]) for event in believed("advent-u-blox-2025"))
    assert events[0] == ("2025-08-15", "talks")
    assert ("2025-08-17", "agreed") in events
    (row,) = answered(21)
    assert (row["first_seen"], row["agreed"], row["to_signing_low"]) == ("2025-08-15", "2025-08-17", "2")


def test_23_every_pair_that_a_link_sets_against_each_other_is_there() -> None:
    linked = {
        frozenset((row["deal"], row["related"])) for row in rows_of("links") if row["relation"] == "competes-with"
    }
    assert linked
    assert linked == {frozenset((row["slug"], row["rival_slug"])) for row in answered(23) if row["known"] == "a link"}


def test_25_every_deal_of_a_former_name_is_that_companys() -> None:
    (company,) = {row["company"] for row in rows_of("aliases") if row["alias"] == "AAC Microtec"}
    deals = {deal for deal in PARTIES if company in {party["company"] for party in PARTIES[deal]}}
    assert {row["slug"] for row in answered(25)} == deals


def test_26_sellers_are_those_of_deals_that_closed() -> None:
    closed = {deal for deal in DEALS if last_status(deal) == "completed"}
    sellers = {(deal, seller) for deal in closed for seller in members(deal, "seller")}
    found = {(row["slug"], row["seller_slug"]) for row in answered(26)}
    # The fold may choose another state than the latest where two overlap; it does so in no deal with a seller.
    assert found == sellers


def test_27_no_two_investors_took_part_in_two_deals() -> None:
    pairs = Counter(
        pair for deal in DEALS for pair in combinations(sorted(members(deal, "investor", "lead-investor")), 2)
    )
    assert {pair for pair, count in pairs.items() if count > 1} == set()
    assert answered(27) == []


def test_28_partnerships_became_deals_between_two_of_the_partners() -> None:
    partners = {
        deal: members(deal, "partner", "buyer", "investor", "lead-investor", "target", "seller") for deal in DEALS
    }
    first = {deal: min(event["date"] for event in believed(deal)) for deal in DEALS if believed(deal)}
    found = set()
    for before, later in (
        (a, b) for a in DEALS for b in DEALS if DEALS[a]["kind"] == "partnership" != DEALS[b]["kind"]
    ):
        acting, targets = members(later, "buyer", "investor", "lead-investor"), members(later, "target")
        pairs = {(one, other) for one in acting for other in targets if one != other}
        if any({one, other} <= partners[before] for one, other in pairs) and first[before][:4] < first[later][:4]:
            found.add((before, later))
    linked = {(row["deal"], row["related"]) for row in rows_of("links") if row["relation"] == "led-to"}
    found |= {pair for pair in linked if DEALS[pair[0]]["kind"] == "partnership"}
    assert found == {(row["partnership_slug"], row["became_slug"]) for row in answered(28)}


def test_29_to_31_hispasat_and_oneweb_are_read_by_hand() -> None:
    """Abertis and CDTI bought 32.63% of Hispasat (events 2 and 3 of April 2018); Eutelsat 23% of OneWeb in 2021.

    Eutelsat's merger with OneWeb closed on September 28, 2023 without a percentage of OneWeb: over half.
    """
    (held,) = answered(29)
    assert [event["stake_low"] for event in EVENTS["abertis-hispasat-2017"][1:3]] == ["32.63", "32.63"]
    assert (held["holder"], held["held_low"], held["since"]) == ("Abertis + CDTI", "32.63", "2018-04-18")
    steps = [(row["date"], row["step"], row["after_low"], row["after_high"]) for row in answered(30)]
    assert steps == [("2021-04/2021-12", "acquired", "23", "23"), ("2023-09-28", "taken over", "50", "100")]
    eutelsat = [(row["threshold_low"], row["date"]) for row in answered(31) if row["holder"] == "Eutelsat"]
    assert eutelsat == [("10", "2021-04/2021-12"), ("25", "2023-09-28"), ("30", "2023-09-28"), ("50", "2023-09-28")]


def test_32_the_sale_of_more_than_was_held_is_read_by_hand() -> None:
    """AST SpaceMobile took 51% of NanoAvionics in 2018, and is the named seller where Kongsberg buys 77% in 2022."""
    (doubt,) = [row["doubt"] for row in answered(32) if row["target"] == "NanoAvionics"]
    assert {event["stake_low"] for event in EVENTS["kongsberg-nanoavionics-2022"] if event["stake_low"]} == {"77"}
    assert members("kongsberg-nanoavionics-2022", "seller") == {"ast-spacemobile"}
    assert doubt == "AST SpaceMobile sells 77% of 51% that it held on record"


def test_33_the_figures_of_arianespace_are_those_of_its_events() -> None:
    (row,) = answered(33)
    by_basis = defaultdict(set)
    for event in EVENTS["airbus-safran-launchers-arianespace-2015"]:
        by_basis[event["stake_basis"]].add((event["stake_low"], event["stake_high"]))
    assert (row["sought_low"], row["sought_high"]) in by_basis["sought"]
    assert (row["acquired_low"], row["acquired_high"]) in by_basis["acquired"]
    assert (row["owned_after_low"], row["owned_after_high"]) in by_basis["owned-after"]


def test_40_each_regulators_deals_are_counted_from_the_parties() -> None:
    names = {row["id"]: row["name"] for row in rows_of("companies")}
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for deal in DEALS:
        for regulator in members(deal, "regulator"):
            status = last_status(deal)
            counted[names[regulator]]["deals"] += 1
            counted[names[regulator]]["completed"] += status == "completed"
            counted[names[regulator]]["died"] += status in DEAD
    found = {
        row["regulator"]: Counter({k: int(row[k]) for k in ("deals", "completed", "died")}) for row in answered(40)
    }
    assert {name: +counts for name, counts in found.items()} == {name: +counts for name, counts in counted.items()}


def test_41_the_same_buyer_came_back_for_the_same_target() -> None:
    pairs: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for deal, about in DEALS.items():
        for buyer in members(deal, "buyer", "investor", "lead-investor"):
            for target in members(deal, "target") - {buyer}:
                pairs[about["kind"], buyer, target].append(deal)
    again = {
        (dead, later)
        for deals in pairs.values()
        for dead in deals
        for later in deals
        if last_status(dead) in DEAD
        and min(e["date"] for e in believed(later)) > max(e["date"] for e in believed(dead))
    }
    assert again == {(row["slug"], row["again_slug"]) for row in answered(41) if row["again_slug"] != row["slug"]}
