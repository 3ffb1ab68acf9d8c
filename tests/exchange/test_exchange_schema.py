"""The JSON contract: what `show --json` and `list --json` print is what the shipped schema says."""

import copy
import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from dealtrack.domain import fold, kind, money, party, source, stake, status
from dealtrack.domain.query import Query
from dealtrack.exchange.record import as_object
from dealtrack.exchange.whole import in_full
from dealtrack.ledger.writing import WritableLedger

SCHEMA: dict[str, Any] = json.loads(
    files("dealtrack.exchange").joinpath("deal.schema.json").read_text(encoding="utf-8")
)
VALIDATOR = Draft202012Validator(SCHEMA)


def faults(deal: dict[str, Any]) -> list[str]:
    return [f"{deal.get('slug')} {fault.json_path}: {fault.message}" for fault in VALIDATOR.iter_errors(deal)]


def places(whole: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of every key of every object inside, the first object of each list standing for all."""
    if isinstance(whole, dict):
        for key, inner in whole.items():
            yield (*path, key)
            yield from places(inner, (*path, key))
    elif isinstance(whole, list) and whole:
        yield from places(whole[0], (*path, 0))


def at(whole: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        whole = whole[step]
    return whole


@pytest.fixture(scope="module")
def wholes(sampled: WritableLedger) -> list[dict[str, Any]]:
    rows = {row["id"]: row for row in sampled.select(Query())}
    return [in_full(row, sampled.get(found), rows) for found, row in rows.items()]


@pytest.fixture(scope="module")
def stoke(sampled: WritableLedger) -> dict[str, Any]:
    """A deal with a value, a stake and a link, its events sorted so that the first has both too."""
    found = sampled.find("openai-stoke-space-2025")
    rows = {row["id"]: row for row in sampled.select(Query())}
    whole = in_full(rows[found], sampled.get(found), rows)
    whole["events"].sort(key=lambda event: event["value"] is None or event["stake"] is None)
    return whole


def test_the_schema_is_a_schema_of_the_draft_it_names() -> None:
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(SCHEMA)


def test_every_deal_of_the_sample_keeps_the_contract_in_full(wholes: list[dict[str, Any]]) -> None:
    assert len(wholes) == 305
    assert [fault for whole in wholes for fault in faults(whole)] == []


def test_every_deal_of_the_sample_keeps_the_contract_in_a_listing(sampled: WritableLedger) -> None:
    listed = [as_object(row) for row in sampled.select(Query())]
    assert len(listed) == 305
    assert [fault for one in listed for fault in faults(one)] == []


def test_no_key_of_any_object_may_be_missing(stoke: dict[str, Any]) -> None:
    paths = list(places(stoke))
    assert len(paths) == 108
    kept = []
    for path in paths:
        less = copy.deepcopy(stoke)
        del at(less, path[:-1])[path[-1]]
        if not faults(less):
            kept.append(path)
    assert kept == []


def test_the_schema_describes_every_key_that_is_printed_and_no_other(wholes: list[dict[str, Any]]) -> None:
    shapes = {
        (): SCHEMA,
        ("value",): SCHEMA["$defs"]["dealValue"],
        ("stake",): SCHEMA["$defs"]["dealStake"],
        ("parties", 0): SCHEMA["$defs"]["party"],
        ("events", 0): SCHEMA["$defs"]["event"],
        ("events", 0, "value"): SCHEMA["$defs"]["eventValue"],
        ("events", 0, "stake"): SCHEMA["$defs"]["eventStake"],
        ("sources", 0): SCHEMA["$defs"]["source"],
        ("links", 0): SCHEMA["$defs"]["link"],
        ("links", 0, "value"): SCHEMA["$defs"]["dealValue"],
    }
    seen: dict[tuple[str | int, ...], set[str]] = {}
    for whole in wholes:
        for path in places(whole):
            seen.setdefault(path[:-1], set()).add(str(path[-1]))
    described = {path: set(shape["properties"]) for path, shape in shapes.items()}
    assert seen == described
    assert {path: set(shape["required"]) for path, shape in shapes.items()} == described


@pytest.mark.parametrize(
    ("definition", "words"),
    [
        ("kind", kind.KINDS),
        ("form", kind.ALL_FORMS),
        ("status", status.STATUSES),
        ("phase", status.PHASES),
        ("role", party.ROLES),
        ("qualifier", money.QUALIFIERS),
        ("basis", money.BASES),
        ("stakeBasis", stake.STAKE_BASES),
        ("sourceKind", source.SOURCE_KINDS),
        ("reliability", source.RELIABILITIES),
        ("relation", kind.RELATIONS),
    ],
)
def test_the_words_of_the_schema_are_the_words_of_the_domain(definition: str, words: tuple[str, ...]) -> None:
    assert tuple(SCHEMA["$defs"][definition]["enum"]) == words


def test_what_can_be_disputed_is_what_the_domain_folds() -> None:
    assert tuple(SCHEMA["properties"]["disputed"]["items"]["enum"]) == fold.FIELDS


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        (("id",), "118"),
        (("kind",), "takeover"),
        (("status",), "signed"),
        (("first_seen",), "2025-13"),
        (("first_seen",), "summer 2025"),
        (("first_seen",), "../.."),
        (("last_heard",), ""),
        (("checked",), "2025-12"),
        (("value", "low"), 1000000000),
        (("value", "low"), "1e9"),
        (("value", "low"), "1,000"),
        (("value", "low"), "-5"),
        (("value", "low"), "012"),
        (("value", "low"), "12.50"),
        (("value", "currency"), "usd"),
        (("value", "usd_low"), 1.5),
        (("stake", "high"), "100.5"),
        (("stake", "high"), 100),
        (("stake", "controlling"), "yes"),
        (("stake", "worded"), None),
        (("parties", 0, "role"), "lender"),
        (("events", 0, "credibility"), 7),
        (("events", 0, "earliest"), "2025-22"),
        (("events", 0, "flags"), "outlier"),
        (("sources", 0, "reliability"), "G"),
        (("links", 0, "relation"), "rivals"),
        (("disputed",), None),
        (("tags",), None),
        (("created",), "2026-11-22T12:00:00+01:00"),
        (("updated",), "2026-11-22"),
    ],
)
def test_the_schema_refuses_what_is_never_printed(
    stoke: dict[str, Any], path: tuple[str | int, ...], wrong: object
) -> None:
    other = copy.deepcopy(stoke)
    at(other, path[:-1])[path[-1]] = wrong
    assert len(faults(other)) == 1


@pytest.mark.parametrize(
    "date",
    ["2025", "2025-12", "2025-12-03", "2025-22", "2025-35", "2025-41", "2025~", "2025-12-03?", "1900-36%", "2024/2025",
     "2025-06~/..", "../2025-12-03", "2199-01/2199-24?"],
)  # fmt: skip
def test_the_schema_takes_every_form_of_date(stoke: dict[str, Any], date: str) -> None:
    assert faults(stoke | {"first_seen": date}) == []


def test_a_key_may_be_added_anywhere(stoke: dict[str, Any]) -> None:
    more = copy.deepcopy(stoke)
    for path in {path[:-1] for path in places(stoke)}:
        at(more, path)["added_later"] = "something"
    assert faults(more) == []
