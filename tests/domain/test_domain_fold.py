"""The fold: which event decides each fact and why, in the order of the rules."""

from typing import Any, NamedTuple, cast

import pytest

from dealtrack.domain.date import UncertainDate, from_edtf
from dealtrack.domain.event import Event
from dealtrack.domain.fold import FIELDS, Facts, Field, Reason, Ruling, fold
from dealtrack.domain.money import BASES
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
    Row("undisclosed gives way", "D4 2025-05 equity-value $275M; A1 2025-08 consideration undisclosed", 1, "only"),
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


def plainly(facts: Facts) -> dict[str, object]:
    found = {name: fact for name, fact in facts._asdict().items() if name not in FIELDS}
    return {name: fact.edtf if isinstance(fact, UncertainDate) else fact for name, fact in found.items()}


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
