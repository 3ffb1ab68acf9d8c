"""Names that would like to be more than names: markup, emoji codes, escapes, overrides, giants."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from rich.cells import cell_len

from dealtrack.domain.change import Change
from dealtrack.domain.cited import standing_of
from dealtrack.domain.company import Alias, Company, Identifier, Parent
from dealtrack.domain.deal import Deal
from dealtrack.domain.dealings import dealings
from dealtrack.domain.double import Double, Side
from dealtrack.domain.event import Event
from dealtrack.domain.figures import DealRow, Tally
from dealtrack.domain.judgement import Judgement
from dealtrack.domain.profile import Profile, Relative
from dealtrack.domain.related import Related
from dealtrack.view.company import company_page, company_table
from dealtrack.view.deal import deal_page
from dealtrack.view.findings import findings_list
from dealtrack.view.lines import cut, width_of
from dealtrack.view.log import log_table
from dealtrack.view.pairs import comparison
from dealtrack.view.safe import harmless, in_ascii, safe
from dealtrack.view.screen import Screen
from dealtrack.view.source import source_page
from dealtrack.view.table import COLUMNS, DEFAULT_COLUMNS, deals_table
from dealtrack.view.timeline import company_timeline, deal_timeline, period_timeline
from dealtrack.view.why import why_page

Make = Callable[[Screen], Any]

TODAY = date(2026, 3, 15)
HOSTILE = {
    "markup": "[bold]x[/bold] [/]",
    "emoji code": ":rocket: Lab",
    "escape": "\x1b[31mred\x1b[0m",
    "title of the window": "\x1b]0;owned\x07",
    "c1": "\x9b31m",
    "override": "\u202egnol\u202c \u2066x\u2069",
    "newlines": "one\ntwo\r\nthree\u2028four\x85five",
    "tabs": "a\tb\vc\fd",
    "nul": "a\0b\x08\x08",
    "giant": "x" * 500,
    "giant with blanks": "word " * 100,
    "wide": "北京天兵科技有限公司" * 8,
    "joined": "a\u200db\u200bc\ufeffd\u00ade\ufe0f",
    "accents": "Tele\u0301spazio Zażółć",
    "emoji": "🚀🛰️👩‍🚀",
    "family": "👨🏽\u200d👩\u200d👧 Crew",
    "heart": "❤\ufe0f\u200d🔥",
    "Persian": "شرکت می\u200cشود \u200c",
    "Indic": "ক্\u200cষ ক্\u200dষ " * 9,
    "surrogate": "a\ud800b",
    "empty": "",
    "blank": "   ",
}
ACTING = {chr(code) for code in range(0x20) if chr(code) != "\n"} | {chr(code) for code in range(0x7F, 0xA0)}
ACTING |= set("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2028\u2029\u2066\u2067\u2068\u2069\ufeff")


def spoiled(deal: Deal, words: str) -> Deal:
    """The deal with the words in every place that data can fill."""
    parties = tuple(party._replace(name=words, as_reported=words) for party in deal.parties)
    links = tuple(replace(link, other=words) for link in deal.links)
    texts: dict[str, Any] = {"slug": words, "title": words, "note": words, "tags": (words,), "sectors": (words,)}
    return replace(
        deal, parties=parties, links=links, events=tuple(spoiled_event(e, words) for e in deal.events), **texts
    )


def spoiled_event(event: Event, words: str) -> Event:
    origin = event.source
    if origin:
        origin = origin._replace(publisher=words, title=words, url=words, via=words)
    value = event.value._replace(text=words) if event.value else None
    share = event.stake._replace(text=words) if event.stake else None
    milestone = words if event.milestone else None
    return event._replace(summary=words, source=origin, value=value, stake=share, milestone=milestone, flags=(words,))


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("width", [60, 80, 100, 140])
def test_no_name_can_act_or_break_the_layout(
    *, words: str, width: int, stoke: Deal, lanes: list[Deal], row_of: Callable[[Deal], DealRow], draw: Any
) -> None:
    deals = [spoiled(one, words) for one in (stoke, *lanes)]
    flat = [row_of(one) for one in deals]
    company = Company(words, words, note=words, ticker=words, sectors=(words,), aliases=(Alias(words, "short"),))
    profile = Profile(
        company=company,
        merged=(company,),
        identifiers=(Identifier(words, "domain", words, words),),
        relatives=(Relative(words, Parent(words, "ses")), Relative(words, Parent("ses", words))),
        judgements=(Judgement(words, words, "different", words, words, words),),
        dealings=dealings(words, deals, deals),
    )
    listed: list[DealRow] = [
        {
            "slug": words,
            "name": words,
            "kind": "company",
            "country": "US",
            "ticker": words,
            "aliases": words,
            "deals": 3,
        }
    ]
    side = Side(words, words, (words,), "company", "US", (words,), words, (("cik", words),), (words,), words)
    double = Double(90, (words, words), side, side, (words,), words, profile.judgements[0])
    change = Change(1, "2026-03-15T12:00:00Z", words, words, words)
    pages = [event.source for event in deals[0].events if event.source]
    makers: list[Make] = [
        lambda screen: deal_timeline(deals[0], screen, TODAY, [Related("follows", deals[0])]),
        lambda screen: deal_page(deals[0], screen, [Related("follows", deals[0])]),
        lambda screen: why_page(deals[0], screen, TODAY),
        lambda screen: source_page(standing_of(pages[0], deals), screen),
        lambda screen: company_timeline(words, deals, Tally(len(deals)), screen, TODAY),
        lambda screen: period_timeline(flat, "quarter", screen),
        lambda screen: deals_table(flat, DEFAULT_COLUMNS, screen).renderable,
        lambda screen: deals_table(flat, list(COLUMNS), screen).renderable,
        lambda screen: company_table(listed, screen).renderable,
        lambda screen: company_page(profile, flat, screen),
        lambda screen: log_table([change], screen),
        lambda screen: findings_list([("fault", words, words, words)], screen),
        lambda screen: comparison(double, words, screen),
    ]
    for make in makers:
        for ascii_only in (False, True):
            drawn = draw(make, width, ascii_only=ascii_only)
            assert not ACTING & set(drawn.text)
            assert drawn.widest <= width
            assert not ascii_only or drawn.text.isascii()


def test_markup_and_emoji_codes_are_words(draw: Any) -> None:
    said = ":rocket: [bold]x[/bold] https://example.com/?a=1 'quoted' 42\n"
    assert draw(lambda _: said[:-1], color="always").text == said


def test_what_is_replaced_is_seen() -> None:
    assert safe("a\x1b[31mb") == "a\ufffd[31mb"
    assert safe("a\nb\tc") == "a b c"
    assert safe("北京 Télespazio") == "北京 Télespazio"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("می\u200cشود", "می\u200cشود"),
        ("مَ\u200cم", "مَ\u200cم"),
        ("ক্\u200cষ", "ক্\u200cষ"),
        ("👩🏽\u200d🚀", "👩🏽\u200d🚀"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        # What would be measured too narrow stands side by side.
        ("ক্\u200dষ", "ক্ষ"),
        ("❤\ufe0f\u200d🔥", "❤🔥"),
        # Where nothing is joined none is hidden, and none is shown at the edge of a word.
        ("Rocket\u200dLab", "Rocket\ufffdLab"),
        ("Rocket\u200cLab", "Rocket\ufffdLab"),
        ("👩\u200dLab", "👩\ufffdLab"),
        ("می\u200c\u200cخ", "می\ufffd\ufffdخ"),
        ("می\u200d\u202eخ", "می\ufffd\ufffdخ"),
        ("\u200cمی\u200c خ\u200d", "می خ"),
    ],
)
def test_joiners_stay_where_a_script_or_an_emoji_needs_them(words: str, shown: str) -> None:
    assert safe(words) == safe(shown) == shown
    assert cell_len(shown) == len(in_ascii(shown))
    assert harmless(words) == shown.replace("❤🔥", "❤\ufe0f🔥")


@pytest.mark.parametrize("width", range(1, 9))
def test_words_with_joiners_are_cut_to_their_width(width: int) -> None:
    line = cut([(safe("م\u200cم👩\u200d🚀م\u200cم Crew"), "")], width)
    (seen,) = (safe(words) for words, _ in line)
    assert cell_len(seen) == width_of(line) <= width
    assert "\ufffd" not in seen


def test_a_megabyte_of_note_is_shown_in_reasonable_time(stoke: Deal, draw: Any) -> None:
    drawn = draw(lambda screen: deal_page(replace(stoke, note="x" * 500_000 + " y" * 250_000), screen))
    assert drawn.widest <= 80
