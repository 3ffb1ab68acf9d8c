"""The fold: which event decides each fact and why, in the order of the rules."""

from datetime import date
from typing import Any, NamedTuple, cast

import pytest

from dealtrack.domain.date import UncertainDate, from_edtf
from dealtrack.domain.event import Event
from dealtrack.domain.fold import FIELDS, Facts, Field, Reason, Ruling, fold
from dealtrack.domain.money import BASES
from dealtrack.domain.publisher import Outlets, Publisher
from dealtrack.domain.source import Reliability, Source
from dealtrack.domain.stake import STAKE_BASES
from dealtrack.domain.status import STATUSES
from dealtrack.text.money import read_money
from dealtrack.text.stakes import read_stake


def heard(lines: str) -> list[Event]:
    """Events as recorded, each on a page of its own: `B3 2025-05 agreed, consideration $275M; A1 2025-08 delay`"""
    return [told(n, line) for n, line in enumerate(lines.split("; "), start=1)]


def told(n: int, line: str) -> Event:
    grade, when, claims = line.split(" ", 2)
    page = Source(f"page {n}", None, None, f"page {n}", None, "news", None, cast("Reliability", grade[0]))
    event = Event(n, from_edtf(when), source=page, credibility=int(grade[1]))
    for claim in claims.split(", "):
        event = claimed(event, *claim.partition(" ")[::2])
    return event


def claimed(event: Event, what: str, words: str) -> Event:
    if what in BASES:
        return event._replace(value=read_money(words, what))
    if what in STAKE_BASES:
        return event._replace(stake=read_stake(words, what))
    if what in STATUSES:
        return event._replace(status=what)
    if what == "expected":
        return event._replace(expected=from_edtf(words))
    if what in ("page", "via", "published", "unsourced") and event.source:
        return event._replace(source=read_elsewhere(event.source, what, words))
    return event._replace(milestone=what)


def read_elsewhere(page: Source, what: str, words: str) -> Source | None:
    match what:
        case "page":
            return page._replace(key=words, publisher=words)
        case "via":
            return page._replace(via=words)
        case "published":
            return page._replace(published=from_edtf(words))
    return None


class Row(NamedTuple):
    """A sentence, its events, which event wins, why, which ones contradict it, and which event is pinned."""

    sentence: str
    lines: str
    winner: int
    reason: Reason
    against: tuple[int, ...] = ()
    pin: int | None = None

    def decides(self, field: Field) -> None:
        pins: dict[Field, int] = {field: self.pin} if self.pin else {}
        ruling: Ruling = getattr(fold(heard(self.lines), pins), field)
        found = (ruling.event.n, ruling.reason, tuple(event.n for event in ruling.against))
        assert found == (self.winner, self.reason, self.against)
        assert ruling.disputed is bool(self.against)


def sentence(row: Any) -> str:
    return str(row[0])


STATUS = [
    Row("one account decides alone", "B3 2025-05-27 agreed", 1, "only"),
    Row("the latest date wins", "B3 2025-08-12 completed; B3 2025-05-27 agreed", 1, "latest"),
    Row("the latest date wins over better grades", "A1 2025-05 agreed; D4 2025-06 terminated", 2, "latest"),
    Row("a day after a whole season is later", "B3 2025-12-03 stalled; A1 2025-22 talks", 1, "latest"),
    Row("an event without a status says nothing of it", "B3 2025-05 agreed; B3 2025-06 delay", 1, "only"),
    Row("on one day the more credible wins", "D2 2025-12-03 stalled; A3 2025-12-03 talks", 1, "credibility", (2,)),
    Row("then the more reliable source", "B3 2025-12-03 stalled; C3 2025-12-03 talks", 1, "reliability", (2,)),
    Row("no source ranks last", "E3 2025-12-03 stalled; A3 2025-12-03 talks, unsourced", 1, "reliability", (2,)),
    Row("then the one recorded last", "B3 2025-12-03 talks; B3 2025-12-03 stalled", 2, "recorded", (1,)),
    Row("agreed in 2020 and completed in 2020 is completed", "D4 2020 completed; A1 2020 agreed", 1, "farther"),
    Row("agreed in 2020 and terminated in 2020 is terminated", "D4 2020 terminated; A1 2020 agreed", 1, "farther"),
    Row("talks of a month lead to its last day", "A1 2024-10 talks; D4 2024-10-31 agreed", 2, "farther"),
    Row("talks may resume: only dates say so", "A1 2024-10~ talks; D4 2024-10-30 stalled", 2, "farther"),
    Row("undated, grades say so", "A1 2024-10 talks; D4 2024-10 stalled", 1, "credibility", (2,)),
    Row("a rumor is denied on its day", "D4 2024-05-02 denied; A1 2024-05-02 rumored", 1, "farther"),
    Row("an offer is rejected on its day", "D4 2021-09-29 rejected; A1 2021-09-29 proposed", 1, "farther"),
    Row("about its day is not on it", "D4 2021-09-29 rejected; A1 2021-09-29~ proposed", 2, "credibility", (1,)),
    Row("nor is on its day about it", "D4 2021-09-29~ rejected; A1 2021-09-29 proposed", 2, "credibility", (1,)),
    Row("talks may end in a signing on their day", "A1 2024-05-02 talks; D4 2024-05-02 agreed", 2, "farther"),
    Row("signed and ended on one day: grades say so", "A1 2024-05-02 agreed; D4 2024-05-02 terminated",
        1, "credibility", (2,)),
    Row("closed or ended: grades say so", "B1 2020 completed; B3 2020 terminated", 1, "credibility", (2,)),
    Row("the improbable decides nothing", "B3 2025-05 agreed; A5 2025-06 completed", 1, "only"),
    Row("what cannot be judged decides nothing", "B3 2025-05 agreed; A6 2025-06 completed", 1, "only"),
    Row("unless there is nothing else", "C5 2025-05 agreed; C6 2025-06 completed", 2, "latest"),
    Row("and then nothing is disputed", "C5 2025-05-02 talks; C5 2025-05-02 stalled", 2, "recorded"),
    Row("even the doubtful disputes", "B3 2025-12-03 stalled; B4 2025-12-03 talks", 1, "credibility", (2,)),
    Row("the improbable does not", "B3 2025-12-03 stalled; B5 2025-12-03 talks", 1, "only"),
    Row("a page cannot dispute itself", "B3 2025-12 stalled, page x; B4 2025-12 talks, page x", 1, "credibility"),
    Row("another state before is history", "B3 2025-12-03 stalled; A1 2025-12-01 talks", 1, "latest"),
    Row("another state while it stood disputes", "B3 2025-12-03 stalled; B4 2025-12-03 talks; C3 2025-12-05 stalled",
        3, "latest", (2,)),
    Row("another state before it stood does not", "B3 2025-12-01 stalled; B4 2025-12-03 talks; C3 2025-12-05 stalled",
        3, "latest"),
    Row("a pin wins and says so", "B3 2025-05 agreed; B3 2025-06 completed", 1, "pinned", (), 1),
    Row("a pin raises what nobody believes", "B3 2025-05 terminated; B6 2025-05 completed", 2, "pinned", (1,), 2),
    Row("a pin on an event without a status is idle", "B3 2025-05 agreed; B3 2025-06 delay", 1, "only", (), 2),
    Row("a pin on no event is idle", "B3 2025-05 agreed", 1, "only", (), 7),
]  # fmt: skip

VALUE = [
    Row("what is paid wins over the enterprise", "D4 2022-07 consideration $27M; A1 2022-09 enterprise-value $65M",
        1, "basis"),
    Row("the first group are equals", "B3 2022-07 consideration $27M; B3 2022-09 round-size $40M", 2, "latest"),
    Row("all four of them", "B3 2022-07 commitment $27M; B3 2022-09 contract-value $40M", 2, "latest"),
    Row("then enterprise, then equity", "B3 2018-06 enterprise-value $9bn; B3 2018-07 equity-value $8bn", 1, "basis"),
    Row("a valuation is no value", "B3 2025 equity-value $9M; B3 2026 valuation $80M", 1, "only"),
    Row("a price per share is no value", "B3 2025 equity-value $9M; B3 2026 per-share $9", 1, "only"),
    Row("debt is no value", "B3 2025 equity-value $9M; B3 2026 debt $80M", 1, "only"),
    Row("proceeds are no value", "B3 2025 equity-value $9M; B3 2026 proceeds $80M", 1, "only"),
    Row("undisclosed gives way", "D4 2025-05 equity-value $275M; A1 2025-08 consideration undisclosed", 1, "stated"),
    Row("undisclosed stands alone", "B3 2025-05 consideration undisclosed; B3 2025-08 debt $9M", 1, "only"),
    Row("undisclosed is of any basis", "B3 2025-05 valuation undisclosed; B3 2025-08 debt $9M", 1, "only"),
    Row("and goes by its basis", "B3 2025-05 valuation undisclosed; B3 2025-03 equity-value undisclosed", 2, "basis"),
    Row("a figure in no currency gives way",
        "A1 2025-06 round-size 5M (currency not stated); D4 2025-05 round-size $4M", 2, "currency"),
    Row("the latest date wins", "A1 2014-12 consideration $450M; D4 2015 consideration $483M", 2, "latest"),
    Row("then credibility", "D2 2025-05 consideration $450M; A3 2025-05 consideration $451M", 1, "credibility"),
    Row("then reliability", "B3 2025-05 consideration $450M; C3 2025-05 consideration $451M", 1, "reliability"),
    Row("then the narrower", "B3 2025-05 consideration $250-275M; B3 2025-05 consideration $200-300M", 1, "narrower"),
    Row("the open is widest", "B3 2025 consideration $44bn; B3 2025 consideration at least $40bn", 1, "narrower"),
    Row("the higher it begins the narrower", "B3 2025 consideration at least $4bn; B3 2025 consideration at least $3bn",
        1, "narrower"),
    Row("from nothing up is the widest", "B3 2025 consideration at least $0.01; B3 2025 consideration at least $0",
        1, "narrower"),
    Row("up to begins at nothing", "B3 2025 consideration up to $200M; B3 2025 consideration $100-300M", 2, "recorded"),
    Row("then the one recorded last", "B3 2025 consideration $275M; B3 2025 consideration $275M", 2, "recorded"),
    Row("the improbable decides nothing", "B3 2016 consideration $1bn; A5 2016 consideration $1M", 1, "only"),
    Row("another figure at one time disputes", "C1 2025-06 contract-value $568M; C2 2025-06 contract-value $550M",
        1, "credibility", (2,)),
    Row("billions do not dispute $4.4bn", "B3 2025 round-size $4.4bn; B3 2025 round-size billions of dollars",
        1, "narrower"),
    Row("billions dispute $4.4M", "B3 2025 round-size $4.4M; B3 2025 round-size billions of dollars",
        1, "narrower", (2,)),
    Row("ranges that meet agree", "B3 2025 round-size $250-275M; B4 2025 round-size $270-300M", 1, "credibility"),
    Row("an older figure is history", "A1 2025-05 round-size $450M; B3 2025-06 round-size $600M", 2, "latest"),
    Row("another basis is not compared", "B3 2025 round-size $790M; B4 2025 commitment $550M", 1, "credibility"),
    Row("another currency is not compared", "B3 2025 round-size $790M; B4 2025 round-size EUR 10M", 1, "credibility"),
    Row("a page cannot dispute itself", "B3 2025 round-size $790M, page x; B4 2025 round-size $1M, page x",
        1, "credibility"),
    Row("what was signed wins over a rumor of a better basis",
        "A1 2026-01-04 talks, consideration $500M; B3 2026-01-05 agreed, enterprise-value $845M", 2, "signed"),
    Row("and over an offer made since", "B3 2018-09 agreed, round-size $14M; A1 2018-10 proposed, round-size $55M",
        1, "signed"),
    Row("what is told after the signing counts as signed",
        "B3 2021-09 agreed, consideration $161M; B3 2021-10 terms-amended, consideration $149M", 2, "latest"),
    Row("what is told before it does not, however good",
        "A1 2021-08 statement, consideration $161M; D4 2021-09 agreed, consideration $149M", 2, "signed"),
    Row("where nothing is told since the signing an offer counts",
        "B3 2021-08 proposed, consideration $161M; B3 2021-09 agreed", 1, "only"),
    Row("a signing that nobody believes is none",
        "B3 2026-01-04 talks, consideration $500M; B5 2026-01-05 agreed, enterprise-value $845M", 1, "only"),
    Row("over $100M repeats $110M", "B3 2026-04-07 round-size $110M; B3 2026-04-08 round-size over $100M", 1, "vaguer"),
    Row("over $100M says more than $150M did", "B3 2026-04-07 round-size $150M; B3 2026-04-08 round-size over $100M",
        2, "latest"),
    Row("about $150M repeats $150M", "B3 2025-09 consideration $150M; B4 2026-02 consideration about $150M",
        1, "vaguer"),
    Row("billions repeat $4.4bn", "B3 2025-09 consideration $4.4bn; B3 2026 consideration billions of dollars",
        1, "vaguer"),
    Row("an exact figure is no repetition", "B3 2025-09 consideration $275M; B3 2026 consideration $280M", 2, "latest"),
    Row("a range says something of its own", "B3 2025-09 consideration $75M; B3 2026 consideration $75-150M",
        2, "latest"),
    Row("what is repeated must be as credible", "B4 2025-09 consideration $150M; B3 2026 consideration about $150M",
        2, "latest"),
    Row("and of the same basis", "B3 2025-09 commitment $150M; B3 2026 consideration about $150M", 2, "latest"),
    Row("and nothing else may lie between", "B3 2025 round-size $150M; B3 2026-01 round-size $200M; "
        "B3 2026-02 round-size about $150M", 3, "latest"),
    Row("of several the last exact one", "B3 2023 round-size $149M; B3 2024 round-size $151M; "
        "B3 2026 round-size about $150M", 2, "vaguer"),
    Row("what was contested before it was repeated is history",
        "B3 2025-09 consideration $17bn; B3 2025-09 consideration $19bn; B3 2026 consideration about $17bn",
        1, "vaguer"),
    Row("a pin is not put in better words", "B3 2025-09 consideration $150M; B4 2026-02 consideration about $150M",
        2, "pinned", (), 2),
    Row("a pin wins, whatever its basis", "B3 2025 round-size $790M; B3 2025 valuation $9bn", 2, "pinned", (), 2),
    Row("what a pin overrules disputes it", "B3 2025 round-size $790M; E6 2025 round-size $9bn", 2, "pinned", (1,), 2),
]  # fmt: skip

STAKE = [
    Row("acquired wins over owned after", "D4 2021-09 acquired 100; A1 2021-10 owned-after 3.8", 1, "basis"),
    Row("sought and acquired go by their dates", "A1 2017-10 sought 57.05; B3 2019-02 acquired 89.68", 2, "latest"),
    Row("then credibility", "D2 2021-04 acquired 23; A3 2021 acquired 25", 1, "credibility", (2,)),
    Row("then reliability", "B3 2021-04 acquired 23; C3 2021-04 acquired 23", 1, "reliability"),
    Row("then a count over a word", "B3 2022-10 acquired 51; B3 2022-10 acquired controlling", 1, "narrower"),
    Row("then the one recorded last", "B3 2022-10 acquired 51; B3 2022-10 acquired 51", 2, "recorded"),
    Row("a minority disputes 51%", "B3 2022-10 acquired 51; B3 2022-10 acquired minority", 1, "narrower", (2,)),
    Row("an older stake is history", "B3 2022-10 acquired 28.3; B3 2021 acquired 33", 1, "latest"),
    Row("a page cannot dispute itself", "B3 2022 acquired 51, page x; B4 2022 acquired 20, page x", 1, "credibility"),
    Row("the improbable decides nothing", "B3 2022 acquired 51; A5 2023 acquired 20", 1, "only"),
    Row("what was signed wins over what was sought",
        "A1 2019-07-09 rumored, sought 49; B3 2019-07-09 agreed, acquired ..49", 2, "signed"),
    Row("a majority repeats 60%", "B3 2026-01 acquired 60; B3 2026-02 acquired controlling", 1, "vaguer"),
    Row("a minority does not", "B3 2026-01 acquired 60; B3 2026-02 acquired minority", 2, "latest"),
    Row("half is no majority", "B3 2026-01 acquired 50; B3 2026-02 acquired controlling", 2, "latest"),
    Row("a pin wins and says so", "B3 2022-10 acquired 28.3; B3 2021 acquired 33", 2, "pinned", (), 2),
]  # fmt: skip

CLOCKS: list[tuple[str, str, dict[str, object]]] = [
    ("the first is seen first", "B3 2025-05-27 agreed; B3 2025-03 talks", {"first_seen": "2025-03"}),
    ("a deal is signed once", "B3 2025-05-27 agreed; B3 2025-06 agreed", {"agreed": "2025-05-27", "completed": None}),
    ("and closed once", "B3 2025-08-12 completed; B3 2025-09 completed", {"completed": "2025-08-12", "ended": None}),
    ("and ends once", "B3 2025-08 withdrawn; B3 2025-09 withdrawn", {"ended": "2025-08", "completed": None}),
    ("whatever was recorded first", "B3 2025-05-27 agreed; B3 2025-03-01 agreed", {"first_seen": "2025-03-01"}),
    ("and of several before it", "B3 2025-05-27 agreed; B3 2025-05-20/2025-07 talks; B3 2025-05-10/2025-06 rumored",
        {"first_seen": "2025-05-10/2025-06"}),
    ("background is no trace of the deal", "B3 2014 background; B3 2017-02-03 agreed", {"first_seen": "2017-02-03"}),
    ("unless there is nothing else", "B3 2014 background", {"first_seen": "2014"}),
    ("the improbable is no trace either", "C5 2024-22 talks; B3 2025-22 talks", {"first_seen": "2025-22"}),
    ("a day says more than its month", "B3 2025-05 agreed; B3 2025-05-27 agreed", {"agreed": "2025-05-27"}),
    ("the day says more than about it", "B3 2021-11-22~ agreed; B3 2021-11-22 agreed", {"agreed": "2021-11-22"}),
    ("its last day says more than the month", "B3 2025-05 agreed; B3 2025-05-31 agreed", {"agreed": "2025-05-31"}),
    ("talks come before their signing", "B3 2022-02/2022-12-19 talks; B3 2022-12-19 agreed",
        {"first_seen": "2022-02/2022-12-19", "agreed": "2022-12-19"}),
    ("talks come before their end", "B3 2024-10 talks; B3 2024-10-29 terminated; B3 2024-10-31 statement",
        {"first_seen": "2024-10", "ended": "2024-10-29"}),
    ("what closed has not ended", "B3 2023 terminated; B3 2024 completed", {"completed": "2024", "ended": None}),
    ("what lives again has not ended", "B3 2023 terminated; B3 2024 talks", {"ended": None}),
    ("a second no is the end", "B3 2018-06-08 rejected; B3 2018-07-03 proposed; B3 2018-07-04 rejected",
        {"ended": "2018-07-04"}),
    ("one end in two words is one end", "B1 2026-01-29 terminated; C2 2026-01-30 rejected; C1 2026-01-30 terminated",
        {"ended": "2026-01-29"}),
    ("the latest word on the closing counts", "A1 2025-05 agreed, expected 2025-35; D4 2025-08 expected 2026-33",
        {"expected": "2026-33"}),
    ("on one day the better graded", "D2 2026-04-14 expected 2027; A1 2026-04-14 expected ../2027-04",
        {"expected": "../2027-04"}),
    ("the improbable expects nothing", "B3 2025-05 agreed; C5 2025-06 expected 2026", {"expected": None}),
    ("a stalled deal may still close", "B3 2025-05 agreed, expected 2025-35; B3 2025-12 stalled",
        {"expected": "2025-35"}),
    ("a done deal will not", "B3 2025-05 agreed, expected 2025-35; B3 2025-12 completed", {"expected": None}),
    ("a dead deal will not", "B3 2025-05 agreed, expected 2025-35; B3 2025-12 withdrawn", {"expected": None}),
    ("a publication is heard", "B3 2025-05 agreed, published 2025-06-02", {"last_heard": "2025-06-02"}),
    ("even the improbable is heard", "B3 2025-05 agreed; C6 2025-07 completed", {"last_heard": "2025-07"}),
    ("on the day rather than about it", "B3 2025-05-27~ agreed; B3 2025-05-27 delay", {"last_heard": "2025-05-27"}),
    ("retellings are one origin", "B3 2025-05 agreed, via WSJ; B3 2025-05 delay, via WSJ; A1 2025-05 delay, page WSJ",
        {"origins": 1}),
    ("two outlets are two", "B3 2025-05 agreed, via WSJ; B3 2025-05 delay, via Reuters", {"origins": 2}),
    ("neither is the improbable or unsourced", "B3 2025 agreed; C5 2025 delay; B3 2025 delay, unsourced",
        {"origins": 1}),
    ("a rumor is a beginning for ever", "D4 2024 rumored; A1 2025 agreed; A1 2026 completed", {"began_as_rumor": True}),
    ("a later rumor is none", "B3 2024 talks; B3 2025 rumored", {"began_as_rumor": False}),
    ("nor is the improbable", "B5 2024 rumored; B3 2025 talks", {"began_as_rumor": False}),
    ("nor is what has no state", "B3 2024 statement", {"began_as_rumor": False}),
    ("of two states at once the rumor was first", "B3 2024-05 stalled; B3 2024-05 rumored", {"began_as_rumor": True}),
    ("a rumor comes before its signing", "D4 2020-12 rumored; D2 2020-12-16 agreed",
        {"began_as_rumor": True, "first_seen": "2020-12"}),
]  # fmt: skip


@pytest.mark.parametrize("row", STATUS, ids=sentence)
def test_status(row: Row) -> None:
    row.decides("status")


@pytest.mark.parametrize("row", VALUE, ids=sentence)
def test_value(row: Row) -> None:
    row.decides("value")


@pytest.mark.parametrize("row", STAKE, ids=sentence)
def test_stake(row: Row) -> None:
    row.decides("stake")


# A sentence, the events, the fact asked about, and whose reporting bears it out.
BORNE_OUT: list[tuple[str, str, Field, tuple[str, ...]]] = [
    ("one page", "B3 2025-05 agreed", "status", ("page 1",)),
    ("two pages that say the same", "B3 2025-05 agreed; B3 2025-06 agreed", "status", ("page 1", "page 2")),
    ("not one that says something else", "B3 2025-05 agreed; B3 2025-04 talks", "status", ("page 1",)),
    ("nor one whose state was broken off since", "B3 2024 talks; B3 2025 withdrawn; B3 2026 talks", "status",
        ("page 3",)),
    ("nor one that nobody believes", "B3 2025-05 agreed; B5 2025-06 agreed", "status", ("page 1",)),
    ("nor a second time a relay", "B3 2025-05 agreed, via WSJ; B3 2025-06 agreed, page WSJ", "status", ("WSJ",)),
    ("nor what has no source", "B3 2025-05 agreed, unsourced", "status", ()),
    ("they agree on the talks", "B3 2025 talks, round-size $2bn; B3 2025 talks, round-size $1M", "status",
        ("page 1", "page 2")),
    ("and not on the amount", "B3 2025 talks, round-size $2bn; B3 2025 talks, round-size $1M", "value", ("page 2",)),
    ("a rounded figure bears out an exact one", "B3 2025 round-size $110M; B3 2025 round-size over $100M", "value",
        ("page 1", "page 2")),
    ("whenever it was told", "B3 2024 round-size about $110M; B3 2025 round-size $110M", "value", ("page 1", "page 2")),
    ("a figure of something else does not", "B3 2025 round-size $110M; B3 2025 valuation $110M", "value", ("page 1",)),
    ("undisclosed bears out undisclosed",
        "B3 2025 consideration undisclosed; B3 2025-05 consideration undisclosed", "value", ("page 1", "page 2")),
    ("a majority bears out 60%", "B3 2025 acquired 60; B3 2025 acquired controlling", "stake", ("page 1", "page 2")),
    ("owned after is not acquired", "B3 2025 acquired 60; B3 2025 owned-after 60", "stake", ("page 1",)),
]  # fmt: skip


@pytest.mark.parametrize("row", BORNE_OUT, ids=sentence)
def test_whose_reporting_bears_a_fact_out(row: tuple[str, str, Field, tuple[str, ...]]) -> None:
    _, lines, field, origins = row
    ruling: Ruling = getattr(fold(heard(lines)), field)
    assert ruling.origins == origins


SLOW = Outlets([Publisher("page 1", lag=10), Publisher("page 3", lag=30), Publisher("Reuters", lag=5)])

# A sentence, the events, and the last day on which another outlet may still confirm the status.
PENDING: list[tuple[str, str, str | None]] = [
    ("the other is usually ten days later", "B3 2025-05 talks; B3 2025-06-01 agreed", "2025-06-11"),
    ("from when it was published", "B3 2025-05 talks; B3 2025-06-01 agreed, published 2025-06-03", "2025-06-13"),
    ("from the last day it can have been", "B3 2025-05 talks; B3 2025-06 agreed", "2025-07-10"),
    ("of several the slowest", "B3 2025-05 talks; B3 2025-06-01 agreed; B3 2025-05 rumored", "2025-07-01"),
    ("nobody else ever told of it", "B3 2025-06-01 agreed", None),
    ("the other told the same", "B3 2025-06-02 agreed; B3 2025-06-03 agreed; B3 2025-05 talks", None),
    ("the other is the same", "B3 2025-05 talks, page page 1; B3 2025-06-01 agreed, page page 1", None),
    ("the other relays it", "B3 2025-05 talks, via page 2; B3 2025-06-01 agreed", None),
    ("nobody knows how late the other usually is", "B3 2025-05 talks, page x; B3 2025-06-01 agreed", None),
    ("whose reporting it is counts", "B3 2025-05 talks, via Reuters; B3 2025-06-01 agreed", "2025-06-06"),
    ("what is confirmed waits for nobody", "B3 2025-05 talks; B1 2025-06-01 agreed", None),
    ("what is disputed is not pending", "B3 2025-06-01 talks; B3 2025-06-01 withdrawn", None),
    ("what has no end cannot be waited for", "B3 2025-05 talks; B3 2025-06/.. agreed", None),
    ("what was not believed is not waited for", "B5 2025-05 talks; B3 2025-06-01 agreed", None),
]  # fmt: skip


@pytest.mark.parametrize("row", PENDING, ids=sentence)
def test_how_long_a_confirmation_may_still_come(row: tuple[str, str, str | None]) -> None:
    _, lines, until = row
    ruling = fold(heard(lines), outlets=SLOW).status
    assert ruling
    assert (ruling.pending and ruling.pending.isoformat()) == until


def test_an_amount_is_pending_by_itself() -> None:
    facts = fold(heard("B3 2025-05 agreed, consideration $10M; B3 2025-06-01 agreed, consideration $20M"), {}, SLOW)
    assert facts.value
    assert facts.status
    assert (facts.status.pending, facts.value.pending) == (None, date(2025, 6, 11))


def test_a_pin_waits_for_nobody() -> None:
    facts = fold(heard("B3 2025-05 talks; B3 2025-06-01 agreed"), {"status": 2}, SLOW)
    assert facts.status
    assert facts.status.pending is None


def test_the_steps_say_which_claims_gave_way_to_what() -> None:
    told = "C3 2025 consideration undisclosed; B3 2024 consideration $1M; C3 2025 consideration $9M; B3 2025 debt $2M; "
    ruling = fold(heard(told + "B3 2025 consideration $7M; D4 2025 consideration $8M")).value
    assert ruling
    assert [(step.reason, [event.n for event in step.gave_way]) for step in ruling.steps] == [
        ("stated", [1]),
        ("latest", [2]),
        ("credibility", [6]),
        ("reliability", [3]),
    ]


def plainly(facts: Facts) -> dict[str, object]:
    found = {name: fact for name, fact in facts._asdict().items() if name not in FIELDS}
    plain = {name: fact.edtf if isinstance(fact, UncertainDate) else fact for name, fact in found.items()}
    return plain | {"origins": facts.origins}


@pytest.mark.parametrize("row", CLOCKS, ids=sentence)
def test_clocks(row: tuple[str, str, dict[str, object]]) -> None:
    _, lines, expected = row
    found = plainly(fold(heard(lines)))
    assert {name: found[name] for name in expected} == expected


def test_nothing_comes_of_nothing() -> None:
    assert fold([]) == Facts()
    assert (Facts().phase, Facts().disputed) == (None, ())


def test_a_statement_alone_settles_only_dates() -> None:
    facts = fold(heard("B3 2025-12-04 statement"))
    assert (facts.status, facts.value, facts.stake, facts.phase) == (None, None, None, None)
    assert facts.first_seen == facts.last_heard == from_edtf("2025-12-04")


def test_disputed_facts_are_named() -> None:
    facts = fold(heard("B3 2025 stalled, round-size $2bn, sought 51; B4 2025 talks, round-size $1M, sought 20"))
    assert facts.phase == "dormant"
    assert facts.disputed == ("status", "value", "stake")
