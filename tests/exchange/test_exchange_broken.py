"""Broken data packages: what is wrong is named by file, line and column, and nothing of it is imported."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from dealtrack.domain.kind import FORMS, RELATIONS
from dealtrack.domain.money import BASES, QUALIFIERS
from dealtrack.domain.party import ROLES
from dealtrack.domain.source import SOURCE_KINDS
from dealtrack.domain.status import STATUSES

Small = Callable[..., Path]
Refused = Callable[[Path], str]

EVENT = (
    "rocket-lab-geost-2025#1,rocket-lab-geost-2025,2025-05-27,agreed,,Signed.,$275M to $300M,USD,275000000,300000000"
)


def none(words: Sequence[str]) -> str:
    return f"is not one of {', '.join(words)}"


# (file, what stands in it, what stands there instead, what is said)
CELLS = [
    # a word that is none
    ("companies.csv", "Lab,company", "Lab,firm",
     'companies.csv:2, column kind: "firm" is not one of company, person, government, fund, consortium'),
    ("aliases.csv", "RocketLab,short", "RocketLab,nick",
     'aliases.csv:2, column kind: "nick" is not one of short, legal, former, brand, subsidiary-brand'),
    ("sources.csv", ",B,no", ",G,no", 'sources.csv:2, column reliability: "G" is not one of A, B, C, D, E, F'),
    ("sources.csv", "news", "rumor", f'sources.csv:2, column kind: "rumor" {none(SOURCE_KINDS)}'),
    ("sources.csv", ",B,no", ",B,0", 'sources.csv:2, column title_derived: "0" is not one of yes, no'),
    ("deals.csv", "acquisition,acquisition", "takeover,acquisition",
     'deals.csv:2, column kind: "takeover" is not one of equity-stake, acquisition, partnership'),
    ("deals.csv", "partnership,commercial-agreement", "partnership,merger",
     f'deals.csv:3, column form: "merger" {none(FORMS["partnership"])}'),
    ("deals.csv", "spacecraft,yes", "spacecraft,true", 'deals.csv:2, column core_space: "true" is not one of yes, no'),
    ("parties.csv", "geost,target", "geost,owner", f'parties.csv:3, column role: "owner" {none(ROLES)}'),
    ("events.csv", ",talks,", ",rumoured,", f'events.csv:3, column status: "rumoured" {none(STATUSES)}'),
    ("events.csv", ",range,", ",around,",
     f'events.csv:2, column value_qualifier: "around" {none(QUALIFIERS)}'),
    ("events.csv", ",consideration,", ",price,", f'events.csv:2, column value_basis: "price" {none(BASES)}'),
    ("events.csv", "100,acquired", "100,bought",
     'events.csv:2, column stake_basis: "bought" is not one of acquired, sought, owned-after'),
    ("events.csv", "acquired,yes", "acquired,y", 'events.csv:2, column controlling: "y" is not one of yes, no'),
    ("events.csv", "s-0001,2,", "s-0001,0,", 'events.csv:2, column credibility: "0" is not one of 1, 2, 3, 4, 5, 6'),
    ("links.csv", "follows", "after", f'links.csv:2, column relation: "after" {none(RELATIONS)}'),
    # a rate that is none
    ("rates.csv", "2025-03-31", "31.3.2025", 'rates.csv:2, column date: "31.3.2025" is no day'),
    ("rates.csv", "2025-03-31", "2025-02-30", "rates.csv:2, column date: there is no day 2025-02-30"),
    ("rates.csv", "AED", "USD", "rates.csv:2, column currency: a dollar is a dollar"),
    ("rates.csv", "0.272294", "0,27", "rates.csv:2: 5 cells where 4 are expected"),
    ("rates.csv", "0.272294", "1e3", 'rates.csv:2, column usd: "1e3" is no rate'),
    ("rates.csv", "0.272294", "0.0", "rates.csv:2, column usd: a rate is more than nothing"),
    ("rates.csv", "CBUAE", "", "rates.csv:2, column origin: the cell is empty and must not be"),
    # a date that is none
    ("events.csv", "2025-05-27", "27 May 2025",
     'events.csv:2, column date: date "27 May 2025": this is not an EDTF date'),
    ("events.csv", "2025-05-27", "2025-13", 'events.csv:2, column date: date "2025-13": there is no month 13'),
    ("events.csv", "2025-05-27", "2025-02-30",
     'events.csv:2, column date: date "2025-02-30": February 2025 has 28 days'),
    ("events.csv", ",2024-22,", ",,", "events.csv:3, column date: the cell is empty and must not be"),
    ("events.csv", "2025-35", "2025-37", 'events.csv:2, column expected: date "2025-37": there is no month 37'),
    ("sources.csv", "2025-05-27", "2025/2024",
     'sources.csv:2, column published: date "2025/2024": it ends before it begins'),
    # an amount or a stake that is none
    ("events.csv", "USD,275000000", "USX,275000000",
     'events.csv:2, column value_currency: currency "USX" is not in ISO 4217'),
    ("events.csv", "275000000,", "2.75e8,", 'events.csv:2, column value_low: amount "2.75e8" is not a plain decimal'),
    ("events.csv", "300000000,", "300.001,",
     'events.csv:2, column value_high: amount "300.001" has more decimals than its currency'),
    ("events.csv", "275000000,", "-5,", 'events.csv:2, column value_low: amount "-5" is not a plain decimal'),
    ("events.csv", "275000000,", "400000000,",
     'events.csv:2, column value_low: amount "$275M to $300M" has its low above its high'),
    ("events.csv", "275000000,", ",",
     'events.csv:2, column value_low: amount "$275M to $300M" has bounds that do not fit range'),
    ("events.csv", "275000000,", "1" + "0" * 20 + ",",
     'events.csv:2, column value_low: amount "$275M to $300M" is too large to keep'),
    ("events.csv", "100,100,", "101,101,", 'events.csv:2, column stake_low: stake "all of it" is over 100%'),
    ("events.csv", "100,100,", "60,40,",
     'events.csv:2, column stake_low: stake "all of it" has its low above its high'),
    ("events.csv", "100,100,", "60%,100,", 'events.csv:2, column stake_low: stake "60%" is not a plain percentage'),
    # an id that is none, is there twice or is nowhere
    ("companies.csv", "satcom,,\n", "satcom,,\nS.E.S.,Other,company,,,,\n",
     'companies.csv:5, column id: "S.E.S." is no id: small letters, digits and single hyphens'),
    ("companies.csv", "ses,SES", "geost,SES", 'companies.csv:4, column id: "geost" occurs twice'),
    ("aliases.csv", "short\n", "short\nrocket-lab,RocketLab,brand\n",
     'aliases.csv:3, column company: "rocket-lab, RocketLab" occurs twice'),
    ("sources.csv", "no\n", "no\ns-0001,https://example.com/other,,,,news,,C,no\n",
     'sources.csv:3, column id: "s-0001" occurs twice'),
    ("deals.csv", "ses-geost-2024,SES", "rocket-lab-geost-2025,SES",
     'deals.csv:3, column id: "rocket-lab-geost-2025" occurs twice'),
    ("parties.csv", "buyer\n", "buyer\nrocket-lab-geost-2025,rocket-lab,buyer\n",
     'parties.csv:3, column deal: "rocket-lab-geost-2025, rocket-lab, buyer" occurs twice'),
    ("events.csv", "ses-geost-2024#1", "rocket-lab-geost-2025#1",
     'events.csv:3, column id: "rocket-lab-geost-2025#1" occurs twice'),
    ("links.csv", "follows\n", "follows\nrocket-lab-geost-2025,ses-geost-2024,follows\n",
     'links.csv:3, column deal: "rocket-lab-geost-2025, ses-geost-2024, follows" occurs twice'),
    ("aliases.csv", "rocket-lab,", "rocketlab,", 'aliases.csv:2, column company: "rocketlab" is not in companies.csv'),
    ("parties.csv", "ses-geost-2024,ses", "ses-2024,ses", 'parties.csv:4, column deal: "ses-2024" is not in deals.csv'),
    ("parties.csv", ",ses,", ",s-e-s,", 'parties.csv:4, column company: "s-e-s" is not in companies.csv'),
    ("events.csv", "#1,ses-geost-2024", "#1,ses-2024", 'events.csv:3, column deal: "ses-2024" is not in deals.csv'),
    ("events.csv", "s-0001", "s-0002", 'events.csv:2, column source: "s-0002" is not in sources.csv'),
    ("links.csv", "\nrocket-lab-geost-2025", "\nrocket-lab-2025",
     'links.csv:2, column deal: "rocket-lab-2025" is not in deals.csv'),
    ("links.csv", "ses-geost-2024", "ses-2024", 'links.csv:2, column related: "ses-2024" is not in deals.csv'),
    ("links.csv", "ses-geost-2024", "rocket-lab-geost-2025",
     "links.csv:2, column related: a deal cannot be linked to itself"),
    ("events.csv", "ses-geost-2024#1", "rocket-lab-geost-2025#2",
     'events.csv:3, column id: "rocket-lab-geost-2025#2" is not of the form ses-geost-2024#1'),
    ("events.csv", "ses-geost-2024#1", "ses-geost-2024#0",
     'events.csv:3, column id: "ses-geost-2024#0" is not of the form ses-geost-2024#1'),
    # a cell that must not be empty, a deal that is none
    ("companies.csv", "Geost,company", ",company", "companies.csv:3, column name: the cell is empty and must not be"),
    ("deals.csv", "Rocket Lab buys Geost", " ", "deals.csv:2, column title: the cell is empty and must not be"),
    ("sources.csv", "no\n", "no\n,https://example.com/other,,,,news,,C,no\n",
     "sources.csv:3, column id: the cell is empty and must not be"),
    ("aliases.csv", "rocket-lab,", ",", "aliases.csv:2, column company: the cell is empty and must not be"),
    ("parties.csv", "\nrocket-lab-geost-2025,geost", "\n,geost",
     "parties.csv:3, column deal: the cell is empty and must not be"),
    ("parties.csv", ",geost,target", ",,target", "parties.csv:3, column company: the cell is empty and must not be"),
    ("events.csv", EVENT, EVENT.replace(",rocket-lab-geost-2025,", ",,"),
     "events.csv:2, column deal: the cell is empty and must not be"),
    ("links.csv", ",ses-geost-2024,", ",,", "links.csv:2, column related: the cell is empty and must not be"),
    ("deals.csv", "\nses-", "\nses-2020,SES alone,partnership,,,yes,,\nses-",
     'deals.csv:3, column id: deal "ses-2020" has no parties'),
    # a character or a cell that cannot be
    ("companies.csv", "RKLB,", "RKLB,a\0b", "companies.csv:2, column note: the cell holds a NUL byte"),
    ("companies.csv", "company,LU", "company,LUX",
     'companies.csv:4, column country: "LUX" is not a country code of two letters'),
    # a line that is none
    ("parties.csv", "geost,target", "geost", "parties.csv:3: 2 cells where 3 are expected"),
    ("parties.csv", "geost,target", "geost,target,x", "parties.csv:3: 4 cells where 3 are expected"),
    ("parties.csv", "geost,target", '"geost"s,target', "parties.csv:3: ',' expected after '\"'"),
    ("parties.csv", "geost,target", 'geost,"target', "parties.csv:3: unexpected end of data"),
    ("parties.csv", "deal,company,role", "deal,company,part", 'parties.csv:1: column "role" is missing'),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "said"), CELLS)
def test_what_is_wrong_is_named_by_file_line_and_column(
    file: str, old: str, new: str, *, said: str, small: Small, refused: Refused
) -> None:
    assert refused(small((file, old, new))) == said
