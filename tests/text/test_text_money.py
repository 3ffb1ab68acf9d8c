"""Amounts in words: what is read, what is refused and why, and that what is said reads back."""

from contextlib import suppress

import pytest
from currency_converter import CurrencyConverter
from hypothesis import given
from hypothesis import strategies as st
from iso4217 import Currency

from dealtrack.domain.money import Basis, Money, Qualifier, money
from dealtrack.domain.problem import Misuse
from dealtrack.text.money import (
    COMMON_DIGITS,
    WITHDRAWN,
    UnknownCurrency,
    UnreadableMoney,
    digits_of,
    read_amount_range,
    read_currency,
    read_money,
    say_converted,
    say_money,
    say_money_short,
)
from dealtrack.text.words import CURRENCIES, SHARED_CURRENCIES

# The words, and how the amount read from them is said.
READ = [
    # no currency is dollars; signs, codes and names
    ("275M", "USD 275M"),
    ("$275M", "USD 275M"),
    ("US$ 4.5 billion", "USD 4.5bn"),
    ("USD $500 million", "USD 500M"),
    ("C$400 mln", "CAD 400M"),
    ("CA$400m", "CAD 400M"),
    ("CAD$204.2 million", "CAD 204.2M"),
    ("$500M CAD", "CAD 500M"),
    ("A$9b", "AUD 9bn"),
    ("HK$1.022 billion", "HKD 1.022bn"),
    ("NZ$118 million", "NZD 118M"),
    ("S$5m", "SGD 5M"),
    ("EUR2.8bn", "EUR 2.8bn"),
    ("eur 2.8bn", "EUR 2.8bn"),
    ("2.8bn EUR", "EUR 2.8bn"),
    ("2.8 billion euros", "EUR 2.8bn"),
    ("10 billion-euro", "EUR 10bn"),
    ("\u20ac10\u00a0billion", "EUR 10bn"),
    ("5M\u20ac", "EUR 5M"),
    ("\u00a31.5m", "GBP 1.5M"),
    ("100 million pounds sterling", "GBP 100M"),
    ("Rs 373 crore", "INR 3.73bn"),
    ("Rs. 373 crore", "INR 3.73bn"),
    ("\u20b95 lakh", "INR 500k"),
    ("AED 15 billion", "AED 15bn"),
    ("Dh12 billion", "AED 12bn"),
    ("CHF 1.05 billion", "CHF 1.05bn"),
    ("7 billion yen", "JPY 7bn"),
    ("KWD 5.125", "KWD 5.125"),
    ("460M (currency not stated)", "460M (currency not stated)"),
    ("$460 million (currency not stated)", "460M (currency not stated)"),
    # multipliers and separators
    ("15k", "USD 15k"),
    ("8mm", "USD 8M"),
    ("1.25t", "USD 1.25tn"),
    ("$1.44-billion", "USD 1.44bn"),
    ("1,200,000", "USD 1.2M"),
    ("1 200 000", "USD 1.2M"),
    ("1.200.000", "USD 1.2M"),
    ("1.200.000,50", "USD 1,200,000.5"),
    ("1,131", "USD 1.131k"),
    ("1.200", "USD 1.2"),
    ("EUR 12.10", "EUR 12.1"),
    ("$1", "USD 1"),
    ("0", "USD 0"),
    ("12,345,678", "USD 12,345,678"),
    ("1.200,50 EUR", "EUR 1,200.5"),
    ("1,5 Mrd. EUR", "EUR 1.5bn"),
    ("1,5 Mio. EUR", "EUR 1.5M"),
    ("EUR 1.5 mrd", "EUR 1.5bn"),
    ("1,5-2 Mrd. EUR", "EUR 1.5bn..2bn"),
    ("1.250,5 Mio. EUR", "EUR 1,250,500,000"),
    ("2,5 Milliarden Euro", "EUR 2.5bn"),
    ("1,5 milliard d'euros", "EUR 1.5bn"),
    ("Rs 5,000 crore", "INR 50bn"),
    ("Rs 1,20,000 crore", "INR 1.2tn"),
    ("\u20b91,20,000", "INR 120k"),
    ("INR 12.5 cr", "INR 125M"),
    ("532p", "GBP 5.32"),
    # numbers in words
    ("a billion dollars", "USD 1bn"),
    ("half a billion", "USD 500M"),
    ("a quarter of a billion", "USD 250M"),
    ("three-quarters of a billion", "USD 750M"),
    ("half a million dollars", "USD 500k"),
    ("a half-billion-dollar deal", "USD 500M"),
    ("one and a half billion euros", "EUR 1.5bn"),
    ("a billion and a half", "USD 1.5bn"),
    ("a hundred million dollars", "USD 100M"),
    ("two to three billion yen", "JPY 2bn..3bn"),
    ("between half a billion and a billion dollars", "USD 500M..1bn"),
    # about
    ("~450M", "~USD 450M"),
    ("~$450M", "~USD 450M"),
    ("about $450M", "~USD 450M"),
    ("approximately $450M", "~USD 450M"),
    ("roughly $450M", "~USD 450M"),
    ("nearly EUR 14 million", "~EUR 14M"),
    ("some $450M", "~USD 450M"),
    ("close to $450M", "~USD 450M"),
    ("in the region of $450M", "~USD 450M"),
    ("$450 million or so", "~USD 450M"),
    # ranges
    ("250M..275M", "USD 250M..275M"),
    ("$250-275M", "USD 250M..275M"),
    ("$250\u2013275M", "USD 250M..275M"),
    ("$250M-$275M", "USD 250M..275M"),
    ("$250M to $275M", "USD 250M..275M"),
    ("$900,000-1.2M", "USD 900k..1.2M"),
    ("between 2 and 3 billion", "USD 2bn..3bn"),
    ("between \u20ac70 and \u20ac75 million", "EUR 70M..75M"),
    ("C$5M to $6M", "CAD 5M..6M"),
    ("around $2 billion to $3 billion", "USD 2bn..3bn"),
    ("500..1234567", "USD 500..1,234,567"),
    # one side
    ("..1.2bn", "up to USD 1.2bn"),
    ("up to $1.2bn", "up to USD 1.2bn"),
    ("as much as $800 billion", "up to USD 800bn"),
    ("at most 5M", "up to USD 5M"),
    ("less than 5M", "up to USD 5M"),
    ("up to about 5M", "up to USD 5M"),
    ("no more than 5M", "up to USD 5M"),
    ("just under 450M", "up to USD 450M"),
    ("just shy of $450M", "up to USD 450M"),
    ("100M..", "USD 100M or more"),
    ("no less than 5M", "USD 5M or more"),
    ("in excess of $5bn", "USD 5bn or more"),
    ("north of 1bn", "USD 1bn or more"),
    ("well over a billion dollars", "USD 1bn or more"),
    ("just over 450M", "USD 450M or more"),
    ("a little more than 450M", "USD 450M or more"),
    ("$1bn+", "USD 1bn or more"),
    ("at least EUR 100m", "EUR 100M or more"),
    ("more than $5 billion", "USD 5bn or more"),
    ("over $5 billion", "USD 5bn or more"),
    ("EUR 100m or more", "EUR 100M or more"),
    # in parts: the high bound has what is paid only if it is earned
    ("$1.2 billion plus $300 million earn-out", "USD 1.2bn..1.5bn"),
    ("$1.2bn plus an earn-out of up to $300M", "USD 1.2bn..1.5bn"),
    ("$75 million upfront + up to $75 million earnout", "USD 75M..150M"),
    ("$75M upfront and up to $75M in milestone payments", "USD 75M..150M"),
    ("US$40m plus potential US$5m", "USD 40M..45M"),
    ("$125 million cash + $150 million stock, plus $50 million contingent", "USD 275M..325M"),
    ("$1.5bn, including a $300M earn-out", "USD 1.2bn..1.5bn"),
    ("over $1bn plus up to $300M", "USD 1bn or more"),
    ("up to $300M in milestones", "up to USD 300M"),
    ("$200M in cash and $100M in stock", "USD 300M"),
    ("about $200.5M in cash and $100M in stock", "~USD 300.5M"),
    # how it is paid, and over how long
    ("$500 million in cash and stock", "USD 500M"),
    ("a $275 million deal", "USD 275M"),
    ("a total of $275 million", "USD 275M"),
    ("\u20ac1bn over 10 years", "EUR 1bn"),
    ("EUR 1.5 billion over the next five years", "EUR 1.5bn"),
    # undisclosed
    ("undisclosed", "undisclosed"),
    ("Not disclosed", "undisclosed"),
    ("unknown", "undisclosed"),
    # orders of magnitude
    ("billions of dollars", "billions of USD"),
    ("billions", "billions of USD"),
    ("billions of dollars over time", "billions of USD"),
    ("many billions of dollars", "billions of USD"),
    ("multibillion-dollar", "billions of USD"),
    ("multi-billion-euro", "billions of EUR"),
    ("tens of millions of pounds", "tens of millions of GBP"),
    ("hundreds of millions", "hundreds of millions of USD"),
    ("several hundred million dollars", "hundreds of millions of USD"),
    ("a few million", "millions of USD"),
    ("a couple of billion", "billions of USD"),
    ("billions over time", "billions of USD"),
    ("the low hundreds of millions", "hundreds of millions of USD"),
    ("multi-hundred-million-dollar", "hundreds of millions of USD"),
    ("nine-figure", "hundreds of millions of USD"),
    ("a low eight-figure euro sum", "tens of millions of EUR"),
    ("10-figure deal", "billions of USD"),
]

# What the words say that the amount is of.
OF = [
    ("$4.10 per share", "USD 4.1", "per-share"),
    ("$4.10 a share in cash", "USD 4.1", "per-share"),
    ("532 pence per share", "GBP 5.32", "per-share"),
    ("EUR 0.5/share", "EUR 0.5", "per-share"),
    ("$1.2 billion valuation", "USD 1.2bn", "valuation"),
    ("a pre-money valuation of over $2bn", "USD 2bn or more", "valuation"),
    ("enterprise value of approximately $6.4 billion", "~USD 6.4bn", "enterprise-value"),
    ("a $30M Series A round", "USD 30M", "round-size"),
    ("$50M contract", "USD 50M", "contract-value"),
    ("$5 million in debt", "USD 5M", "debt"),
    ("$250M in gross proceeds", "USD 250M", "proceeds"),
    ("around $5M", "~USD 5M", None),
]

FORMS = "write an amount as 275M, EUR 2.8bn, 250M..275M or undisclosed"
QUOTE = "quote it ('$300M'), or leave the dollar sign off: 300M"
UNSIGNED = "write the amount without its sign"

REFUSED = [
    ("1,131bn", 'amount "1,131bn" could be 1.131 or 1131 billion', "write 1.131bn or 1131bn"),
    ("1,5bn", 'amount "1,5bn" could be 1.5 or 15 billion', "write 1.5bn or 15bn"),
    ("1,5", 'amount "1,5" could be 1.5 or 15', "write 1.5 or 15"),
    ("1,20,000", 'amount "1,20,000" has separators that do not part thousands', "write 1,200,000 or 1.2M"),
    ("\u00a5500M", 'amount "\u00a5500M" could be JPY or CNY', "write JPY 500M or CNY 500M"),
    ("kr 5bn", 'amount "kr 5bn" could be SEK, NOK or DKK', "write SEK 5bn, NOK 5bn or DKK 5bn"),
    ("00M", 'amount "00M" looks like a dollar figure that the shell has eaten', QUOTE),
    ("M", 'amount "M" looks like a dollar figure that the shell has eaten', QUOTE),
    (".2bn", 'amount ".2bn" looks like a dollar figure that the shell has eaten', QUOTE),
    ("up to 00M", 'amount "up to 00M" looks like a dollar figure that the shell has eaten', QUOTE),
    ("-5M", 'amount "-5M" is below zero', UNSIGNED),
    ("$-5M", 'amount "$-5M" is below zero', UNSIGNED),
    ("EUR -5", 'amount "EUR -5" is below zero', UNSIGNED),
    ("($5M)", 'amount "($5M)" is below zero', UNSIGNED),
    ("nan", 'amount "nan" is not a number', FORMS),
    ("infinity", 'amount "infinity" is not a number', FORMS),
    ("1e9", 'amount "1e9" is in scientific notation', "write it with a multiplier: 1bn"),
    ("275M..250M", 'amount "275M..250M" has its low above its high', "write the lower figure first"),
    ("250M..250M", 'amount "250M..250M" begins and ends at the same figure', "write it once"),
    ("2000tn", 'amount "2000tn" is over a thousand trillion', "check its multiplier: k, M, bn or tn"),
    ("5.123", 'amount "5.123" has more decimals than its currency', "it has 2"),
    ("JPY 5.5", 'amount "JPY 5.5" has more decimals than its currency', "it has 0"),
    ("EUR 5M USD", 'amount "EUR 5M USD" has two currencies', "write one of them"),
    ("CAD 5M to USD 6M", 'amount "CAD 5M to USD 6M" has two currencies', "write one of them"),
    ("$5M to \u20ac6M", 'amount "$5M to \u20ac6M" has two currencies', "write one of them"),
    (
        "EUR 5M (currency not stated)",
        'amount "EUR 5M (currency not stated)" names a currency and says that none was',
        "leave one of them out",
    ),
    ("5\u200bM", 'amount "5\u200bM" holds an invisible character', "type it again"),
    ("none", 'amount "none" is a word of filters', "write undisclosed"),
    ("", "an amount is empty", FORMS),
    ("..", 'amount ".." cannot be read', FORMS),
    ("about", 'amount "about" cannot be read', FORMS),
    ("xyz", 'amount "xyz" cannot be read', FORMS),
    ("1bn..2bn..3bn", 'amount "1bn..2bn..3bn" cannot be read', FORMS),
    ("$1,200 million", 'amount "$1,200 million" could be 1.200 or 1200 million', "write 1.200million or 1200million"),
    ("1.200 Mio.", 'amount "1.200 Mio." could be 1.200 or 1200 million', "write 1,200mio or 1200mio"),
    ("1.20.000 Mio.", 'amount "1.20.000 Mio." has separators that do not part thousands', "write 1,2 mio or 1200 mio"),
    (
        "$1.2bn plus $300M",
        'amount "$1.2bn plus $300M" could be USD 1.5bn, or USD 1.2bn..1.5bn if not all is sure',
        "write USD 1.5bn or USD 1.2bn..1.5bn",
    ),
    (
        "\u20ac300M earn-out",
        'amount "\u20ac300M earn-out" could be EUR 300M that was paid, or as much if it is earned',
        "write EUR 300M or ..EUR 300M",
    ),
    ("up to $1bn plus up to $300M", 'amount "up to $1bn plus up to $300M" cannot be read', FORMS),
    ("$42M in cash plus 1,720,841 shares", 'amount "$42M in cash plus 1,720,841 shares" cannot be read', FORMS),
    (
        "$1bn including a $2bn earn-out",
        'amount "$1bn including a $2bn earn-out" has a part that is above the whole',
        "check both figures",
    ),
    ("$1.2bn plus assumed debt", 'amount "$1.2bn plus assumed debt" cannot be read', FORMS),
    ("valued at $2bn", 'amount "valued at $2bn" cannot be read', FORMS),
    ("2-figure sum", 'amount "2-figure sum" cannot be read', FORMS),
    (
        "deferred payment, amount not stated",
        'amount "deferred payment, amount not stated" cannot be read',
        FORMS,
    ),
    (
        "billions of shares",
        'amount "billions of shares" cannot be read',
        "write billions of dollars, or its bounds: 1bn..",
    ),
    (
        "billions of dollars, up to 5bn",
        'amount "billions of dollars, up to 5bn" has figures beside an order of magnitude',
        "write the figures alone: 1bn..5bn",
    ),
]


@pytest.mark.parametrize(("words", "said"), READ)
def test_words_are_read_and_said_in_one_way(words: str, said: str) -> None:
    amount = read_money(words)
    assert say_money(amount) == said
    assert amount.text == words


@pytest.mark.parametrize(("words", "said", "basis"), OF)
def test_words_may_say_what_an_amount_is_of(words: str, said: str, basis: Basis | None) -> None:
    amount = read_money(words, usual="consideration")
    assert (say_money(amount), amount.basis) == (said, basis or "consideration")
    assert read_money(words, basis or "proceeds") == amount._replace(basis=basis or "proceeds")
    if basis:
        with pytest.raises(UnreadableMoney, match="by its words, and consideration by its basis"):
            read_money(words, "consideration")
        with pytest.raises(UnreadableMoney, match="only figures are compared"):
            read_amount_range(words)


def test_an_amount_keeps_its_words_bounds_and_basis() -> None:
    words = " billions of dollars over time "
    assert read_money(words, "consideration") == Money(
        low=100_000_000_000,
        high=None,
        currency="USD",
        digits=2,
        qualifier="magnitude",
        basis="consideration",
        text="billions of dollars over time",
    )


@pytest.mark.parametrize(("words", "what", "hint"), REFUSED)
def test_what_has_no_reading_or_two_is_refused(words: str, what: str, hint: str) -> None:
    with pytest.raises(UnreadableMoney) as caught:
        read_money(words)
    assert (caught.value.what, caught.value.hint, caught.value.exit_code) == (what, hint, 2)


@pytest.mark.parametrize(
    ("words", "short"),
    [
        ("275M", "USD 275M"),
        ("~450M", "~USD 450M"),
        ("at least 1bn", "USD 1bn+"),
        ("billions of dollars", "USD 1bn+"),
        ("up to 1.2bn", "<=USD 1.2bn"),
        ("250M..275M", "USD 250-275M"),
        ("800M..1.2bn", "USD 800M-1.2bn"),
        ("500..1234567", "USD 500-1,234,567"),
        ("undisclosed", "undisclosed"),
        ("460M (currency not stated)", "460M (?)"),
    ],
)
def test_a_cell_says_it_shorter(words: str, short: str) -> None:
    assert say_money_short(read_money(words)) == short


def _parts(amount: Money) -> tuple[int | None, int | None, str | None, int, str]:
    return amount.low, amount.high, amount.currency, amount.digits, amount.qualifier


def _figures(digits: int) -> st.SearchStrategy[int]:
    most = 10 ** (15 + digits)
    powers = st.integers(0, 16)
    round_ones = st.builds(lambda figure, power: min(figure * 10**power, most), st.integers(1, 9999), powers)
    return st.one_of(st.integers(0, most), round_ones)


@st.composite
def amounts(draw: st.DrawFn) -> Money:
    currency = draw(st.sampled_from([None, "USD", "EUR", "JPY", "KWD", "CHF"]))
    digits = digits_of(currency) if currency else 2
    kinds: list[Qualifier] = ["exact", "about", "at-least", "up-to", "range", "magnitude", "undisclosed"]
    kind = draw(st.sampled_from(kinds))
    low, high = sorted(draw(st.lists(_figures(digits), min_size=2, max_size=2, unique=True)))
    match kind:
        case "undisclosed":
            return money(None, None, None, 2, kind)
        case "at-least":
            return money(low, None, currency, digits, kind)
        case "up-to":
            return money(None, high, currency, digits, kind)
        case "range":
            return money(low, high, currency, digits, kind)
        case "magnitude":
            return money(10 ** (draw(st.integers(3, 14)) + digits), None, currency, digits, kind)
    return money(low, low, currency, digits, kind)


@given(amounts())
def test_what_is_said_reads_back(amount: Money) -> None:
    assert _parts(read_money(say_money(amount))) == _parts(amount)


@given(amounts())
def test_what_a_cell_says_reads_back_to_the_same_bounds(amount: Money) -> None:
    assert _parts(read_money(say_money_short(amount)))[:4] == _parts(amount)[:4]


@given(st.one_of(st.text(max_size=15), st.text("$€123.,- kMbnto~+EURabc()%", max_size=15)))
def test_any_text_is_read_or_refused_in_words(words: str) -> None:
    with suppress(Misuse):
        read_money(words)


def test_common_currencies_have_the_digits_of_iso_4217() -> None:
    assert {code: Currency(code).exponent for code in COMMON_DIGITS} == COMMON_DIGITS


@pytest.mark.parametrize("code", WITHDRAWN)
def test_a_currency_that_gave_way_to_the_euro_is_still_read(code: str) -> None:
    amount = read_money(f"{code} 2.5M")
    assert (amount.currency, amount.digits, amount.low) == (code, 2, 250_000_000)
    assert code in CurrencyConverter().currencies


def test_every_currency_of_the_tables_is_in_iso_4217() -> None:
    shared = {code for codes in SHARED_CURRENCIES.values() for code in codes}
    assert all(digits_of(code) >= 0 for code in shared | set(CURRENCIES.values()))


def test_a_currency_code_is_read_in_any_case() -> None:
    assert read_currency("jpy") == ("JPY", 0)
    assert read_currency(" kwd ") == ("KWD", 3)


@pytest.mark.parametrize(
    ("code", "what", "hint"),
    [
        ("EUX", 'currency "EUX" is not in ISO 4217', "did you mean EUR?"),
        ("XYZ", 'currency "XYZ" is not in ISO 4217', "write its three-letter code, such as USD or EUR"),
    ],
)
def test_an_unknown_currency_gets_a_suggestion(code: str, what: str, hint: str) -> None:
    with pytest.raises(UnknownCurrency) as caught:
        read_money(f"{code} 5M")
    assert (caught.value.what, caught.value.hint) == (what, hint)


def test_gold_and_test_codes_are_no_currency() -> None:
    for code in ("XAU", "XTS", "XXX"):
        with pytest.raises(UnknownCurrency):
            read_currency(code)


@pytest.mark.parametrize(
    ("words", "bounds", "said"),
    [
        ("billions of dollars", (86_460_314_700, None), "EUR 860M+"),
        ("$10bn or more", (868_507_903_000, None), "EUR 8.7bn+"),
        ("at least $375M", (35_673_516_000, None), "EUR 357M+"),
        ("up to $10M", (None, 864_603_147), "<=EUR 8.6M"),
        ("~$23bn", (1_972_894_149_500, 1_972_894_149_500), "~EUR 20bn"),
        ("~$366.7M", (31_535_947_710, 31_535_947_710), "~EUR 315M"),
        ("$2bn..3bn", (181_917_409_400, 272_876_114_100), "EUR 1.82-2.73bn"),
        ("$250bn", (18_596_962_725_000, 18_596_962_725_000), "EUR 186bn"),
        ("$5M", (432_040_094, 432_040_094), "EUR 4.32M"),
    ],
)
def test_a_rate_makes_no_amount_more_precise(words: str, bounds: tuple[int | None, int | None], said: str) -> None:
    assert say_converted(read_money(words), *bounds, "EUR") == said


@pytest.mark.parametrize(
    ("words", "bounds"),
    [
        ("100M..", (10_000_000_000, None)),
        ("..50M", (None, 5_000_000_000)),
        ("100M..200M", (10_000_000_000, 20_000_000_000)),
        ("100M", (10_000_000_000, 10_000_000_000)),
        ("~100M", (9_000_000_000, 11_000_000_000)),
        ("billions", (100_000_000_000, None)),
    ],
)
def test_a_filter_compares_in_cents(words: str, bounds: tuple[int | None, int | None]) -> None:
    assert read_amount_range(words) == bounds


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("EUR 100M", 'amount "EUR 100M" is not in USD, which values are compared in'),
        ("undisclosed", 'amount "undisclosed" has no bounds to compare with'),
    ],
)
def test_a_filter_needs_bounds_in_dollars(words: str, what: str) -> None:
    with pytest.raises(UnreadableMoney) as caught:
        read_amount_range(words)
    assert caught.value.what == what
