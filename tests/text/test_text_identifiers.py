"""Identifiers: each register's form, and the check digits of those that have them."""

import pytest

from dealtrack.domain.company import IDENTIFIER_KINDS, IdentifierKind
from dealtrack.text.identifiers import _READERS, NoIdentifier, read_identifier


@pytest.mark.parametrize(
    ("kind", "words", "kept"),
    [
        ("lei", " 5493001kjtiigc8y1r12 ", "5493001KJTIIGC8Y1R12"),
        ("cik", "1819994", "0001819994"),
        ("wikidata", "q193701", "Q193701"),
        ("opencorporates", "us_de/3374421", "us_de/3374421"),
        ("domain", "https://www.RocketLabCorp.com/about?x=1", "rocketlabcorp.com"),
        ("domain", "example.co.uk.", "example.co.uk"),
        ("crunchbase", "0A1B2C3D-0a1b-0a1b-0a1b-0a1b2c3d4e5f", "0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f"),
    ],
)
def test_an_identifier_is_kept_in_one_form(kind: IdentifierKind, words: str, kept: str) -> None:
    assert read_identifier(kind, words) == kept
    assert read_identifier(kind, kept) == kept


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("lei", "5493001KJTIIGC8Y1R13"),
        ("lei", "SES"),
        ("lei", ""),
        ("cik", "rocket"),
        ("cik", ""),
        ("wikidata", "193701"),
        ("wikidata", "Q0"),
        ("opencorporates", "3374421"),
        ("domain", "example"),
        ("domain", "two words.com"),
        ("crunchbase", "rocket-lab"),
    ],
)
def test_what_is_none_is_refused(kind: IdentifierKind, words: str) -> None:
    with pytest.raises(NoIdentifier):
        read_identifier(kind, words)


def test_every_kind_has_its_reader() -> None:
    assert tuple(_READERS) == IDENTIFIER_KINDS
