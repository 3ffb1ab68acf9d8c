"""The sheet of an editor: what is written reads back as no correction, what was altered as that and nothing else."""

from contextlib import closing
from pathlib import Path

import pytest

from dealtrack.cli import sheet
from dealtrack.cli.correcting import Correction
from dealtrack.domain.problem import Misuse
from dealtrack.ledger.ledger import Ledger

SHEET = """\
[deal 7: rocket-lab-geost-2025]
title: Rocket Lab buys Geost
tag: earn-out
buyer: Rocket Lab
seller: LightRidge; Others
pin: status:1, value:2
note: one
  | two

[event 1 of deal 7]
on: 2025-05-27
value: USD 275M
summary:
source: https://example.com/pr
publisher: SpaceNews
via: Reuters
"""


def corrected(*pairs: tuple[str, str]) -> list[Correction]:
    after = SHEET
    for old, new in pairs:
        assert old in after
        after = after.replace(old, new)
    return sheet.corrections(SHEET, after)


def given(correction: Correction) -> dict[str, object]:
    groups = (correction.deal, correction.parties, correction.event, correction.source)
    return {name: getattr(group, name) for group in groups for name in group.given()}


def test_every_deal_reads_back_as_no_correction(sample: Path) -> None:
    with closing(Ledger(sample)) as ledger:
        whole = sheet.written([ledger.get(number) for number in range(1, 306)])
    assert sheet.corrections(whole, whole) == []
    dressed = whole.replace("\n", "  \n").replace("[event", "# a remark\n\n  [event")
    assert sheet.corrections(whole, dressed) == []


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("USD 275M", "~300M")], {"value": "~300M"}),
        ([("value: USD 275M", "value:")], {"value": "none"}),
        ([("value: USD 275M\n", "")], {}),
        ([("summary:", "summary: -")], {"summary": " -"}),
        ([("summary:", "summary: a\n|b\n  |  c: d")], {"summary": "a\nb\n c: d"}),
        ([("note: one\n  | two", "note: one\n  | two\n  | three")], {"note": "one\ntwo\nthree"}),
        ([("  | two\n", "")], {"note": "one"}),
        ([("tag: earn-out", "tag:")], {"tag": ["none"]}),
        ([("tag: earn-out", "tag: a, b")], {"tag": ["a, b"]}),
        ([("tag: earn-out", "TAG:   earn-out"), ("summary:", "expected: 2026")], {"expected": "2026"}),
        ([("buyer: Rocket Lab", "buyer: Rocket Lab; SES")], {"buyer": ["SES"]}),
        ([("title:", "lead-investor: SES\ntitle:")], {"lead_investor": ["SES"]}),
        ([("via: Reuters", "via:")], {"via": "none"}),
        # Of another source, all that the sheet says of it holds; what it leaves open is not known.
        (
            [("com/pr", "com/else"), ("via: Reuters", "via:")],
            {"source": "https://example.com/else", "publisher": "SpaceNews"},
        ),
        ([("source: https://example.com/pr", "source:")], {"source": "none"}),
    ],
)
def test_what_differs_is_told_as_a_flag_would(pairs: list[tuple[str, str]], expected: dict[str, object]) -> None:
    found = corrected(*pairs)
    assert [given(correction) for correction in found] == ([expected] if expected else [])


def test_parties_and_pins_are_taken_out_by_name() -> None:
    told, pinned = corrected(("seller: LightRidge; Others", "seller: Others"), ("status:1, value:2", "value:3"))
    assert list(told.without) == ["seller:LightRidge"]
    assert list(pinned.pins) == ["value:3", "status:none"]


def test_an_event_may_be_pinned_for_what_it_is_told_on_the_same_sheet() -> None:
    found = corrected(("status:1, value:2", "value:1"), ("USD 275M", "280M"))
    assert [(one.subject, bool(one.pins)) for one in found] == [
        ("deal 7", False),
        ("event 1 of deal 7", False),
        ("deal 7", True),
    ]


def test_a_deal_and_its_events_are_corrected_apart() -> None:
    found = corrected(("Rocket Lab buys Geost", "New"), ("USD 275M", "280M"))
    assert [(one.subject, one.title, one.event.value) for one in found] == [
        ("deal 7", "New", None),
        ("event 1 of deal 7", None, "280M"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("title: ", "titel: ", 'the sheet\'s line "titel: Rocket Lab buys Geost" tells nothing that a deal has'),
        ("title: ", "value: ", 'the sheet\'s line "value: Rocket Lab buys Geost" tells nothing that a deal has'),
        ("summary:", "no colon", 'the sheet\'s line "no colon" tells nothing that an event has'),
        ("summary:", "on: 2026", 'the sheet\'s line "on: 2026" tells on a second time'),
        ("[event 1 of deal 7]", "[deal 7]", 'the sheet\'s line "[deal 7]" is there twice'),
        ("[event 1 of deal 7]", "[event of deal 7]", 'the sheet\'s line "[event of deal 7]" is no heading'),
        ("[event 1 of deal 7]", "[event 2 of deal 7]", "event 2 of deal 7 was not on the sheet"),
        (
            "[deal 7: rocket-lab-geost-2025]\n",
            "",
            'the sheet\'s line "title: Rocket Lab buys Geost" belongs to no deal',
        ),
        ("[event 1 of deal 7]\n", "[event 1 of deal 7]\n| x\n", 'the sheet\'s line "| x" goes on no line above'),
        ("title: Rocket Lab buys Geost", "title:", "deal 7 cannot be without its title"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(old: str, new: str, expected: str) -> None:
    with pytest.raises(Misuse) as refused:
        corrected((old, new))
    assert refused.value.what == expected
