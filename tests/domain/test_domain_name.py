"""Names: which spellings meet, and what slug a name gets."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dealtrack.domain.name import bare, plain, slug_of

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

lawful = settings(max_examples=300, deadline=None, derandomize=True)
anything = st.text(max_size=20)
# Letters with accents, ligatures, other scripts, digits of all sorts, punctuation and nothing.
# Words of which many are legal forms, or look like one.
legal = st.lists(
    st.sampled_from(("SES", "S.A.", "Inc.", "Co", "Ltd", "9", "²", "Private", "Limited", "X", "AS", "sp. z o.o.", "Я")),
    max_size=6,
).map(" ".join)
hard = st.text(st.sampled_from("aZ79éßİŒﬁ²½٣三Яא-.&'!€🚀 ́ \t"), max_size=12)


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Stoke Space", "stoke space"),
        ("SES S.A.", "ses s a"),
        ("  Rocket   Lab\tUSA ", "rocket lab usa"),
        ("Société Européenne des Satellites", "societe europeenne des satellites"),
        ("Ørsted", "orsted"),
        ("Straße", "strasse"),
        ("O'Neil & Sons", "o neil sons"),
        ("u-blox", "u blox"),
        ("4iG", "4ig"),
        ("Vega³", "vega3"),
        ("三菱電機", "三菱電機"),
        ("Юлия", "юлия"),
        ("!!!", "!!!"),
        ("", ""),
    ],
)
def test_a_name_folded(name: str, folded: str) -> None:
    assert plain(name) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SES S.A.", "SES, s.a."),
        ("Hispasat", "HISPASAT"),
        ("Telespazio Genève", "Telespazio Geneve"),
        ("Rocket-Lab", "Rocket Lab"),
        ("Škoda", "Skoda"),
        ("Юлия", "ЮЛИЯ"),
    ],
)
def test_two_spellings_meet(one: str, other: str) -> None:
    assert plain(one) == plain(other)


@pytest.mark.parametrize(("one", "other"), [("Terran 1", "Terran R"), ("SES", "SES S.A."), ("東芝", "三菱")])
def test_two_names_stay_two(one: str, other: str) -> None:
    assert plain(one) != plain(other)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Stoke Space", "stoke-space"),
        ("AE Industrial Partners", "ae-industrial-partners"),
        ("4iG", "4ig"),
        ("21st Century Space", "21st-century-space"),
        ("Société Générale", "societe-generale"),
        ("O'Neil & Sons, Inc.", "o-neil-sons-inc"),
        ("--- u-blox ---", "u-blox"),
        ("三菱 Electric", "electric"),
        ("三菱", "x4e09-83f1"),
    ],
)
def test_a_slug(name: str, slug: str) -> None:
    assert slug_of(name) == slug


@pytest.mark.parametrize("name", ["", " ", "!!!", "-", "&", "...", "€", "🚀", "Я", "東京", "\u0301"])
def test_no_name_is_too_strange_for_a_slug(name: str) -> None:
    assert SLUG.fullmatch(slug_of(name))


def test_names_in_other_scripts_keep_different_slugs() -> None:
    assert len({slug_of(name) for name in ("三菱", "東芝", "Юлия", "Юля")}) == 4


@given(anything | hard)
@lawful
def test_a_slug_is_small_letters_digits_and_single_hyphens(name: str) -> None:
    assert SLUG.fullmatch(slug_of(name))


@given(anything | hard)
@lawful
def test_a_name_is_folded_once_and_for_all(name: str) -> None:
    assert plain(plain(name)) == plain(name)


@given(st.from_regex(SLUG, fullmatch=True))
@lawful
def test_a_slug_is_its_own_slug(slug: str) -> None:
    assert slug_of(slug) == slug


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("SES S.A.", "ses"),
        ("Boryung Co., Ltd.", "boryung"),
        ("Fleet Space Technologies Pty Ltd", "fleet space technologies"),
        ("OHB SE", "ohb"),
        ("Avio S.p.A.", "avio"),
        ("Hiber B.V.", "hiber"),
        ("Cailabs SAS", "cailabs"),
        ("Isar Aerospace GmbH", "isar aerospace"),
        ("Space Exploration Technologies Corp.", "space exploration technologies"),
        ("Planet Labs PBC", "planet labs"),
        ("Terran 1, Inc.", "terran 1"),
        # What is no legal form stays, and so does what is nothing but one.
        ("The Exploration Company", "the exploration company"),
        ("Virgin Group", "virgin group"),
        ("iSpace (China)", "ispace china"),
        ("S.A.S.", "s a s"),
        ("Co.", "co"),
        ("X Corp.", "x corp"),
        ("Limited", "limited"),
    ],
)
def test_a_name_without_its_legal_form(name: str, folded: str) -> None:
    assert bare(name) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sierra Space", "Sierra Nevada Corporation"),
        ("Virgin Orbit", "Virgin Galactic Holdings, Inc."),
        ("Terran 1 Ltd", "Terran R Ltd"),
        ("Maxar Technologies Inc.", "Maxar Intelligence Inc."),
        ("CF Acquisition Corp. V", "CF Acquisition Corp. VI"),
    ],
)
def test_two_companies_stay_two_without_their_legal_forms(one: str, other: str) -> None:
    assert bare(one) != bare(other)


@given(legal)
@lawful
def test_a_legal_form_is_looked_past_once_and_for_all(name: str) -> None:
    assert bare(bare(name)) == bare(name)
    assert plain(name).startswith(bare(name))
    assert bare(name) or not name.strip()
    assert all(bare(name).count(digit) == plain(name).count(digit) for digit in "0123456789")


@given(anything | hard)
@lawful
def test_no_digit_is_lost(name: str) -> None:
    assert all(plain(name).count(digit) >= name.count(digit) for digit in "0123456789")


@given(anything | hard)
@lawful
def test_a_name_that_says_anything_is_never_folded_to_nothing(name: str) -> None:
    assert plain(name) or not name.strip()
