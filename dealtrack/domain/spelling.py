"""What of a name tells it from others: its letters, its words by how much they say, its numbers and its initials."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from dealtrack.domain.name import bare_of

# How much a word says: a name of its own, a word that many companies have, a word that only joins others.
OWN, COMMON, JOINING = 4, 1, 0
_COMMON_WORDS = frozenset((
    "aero", "aeronautics", "aerospace", "airlines", "analytics", "antenna", "antennas", "avionics", "broadband",
    "business", "capital", "commercial", "communication", "communications", "companies", "company", "components",
    "cosmos", "data", "defence", "defense", "development", "digital", "dynamics", "electric", "electronics",
    "energy", "engineering", "enterprise", "enterprises", "equity", "europe", "european", "exploration", "federal",
    "finance", "financial", "fund", "funds", "global", "government", "ground", "group", "groupe", "gruppe",
    "holding", "holdings", "imaging", "india", "indian", "industrial", "industries", "industry", "infrastructure",
    "innovation", "innovations", "innovative", "institute", "intelligence", "intermediate", "international",
    "investment", "investments", "lab", "laboratories", "laboratory", "labs", "launch", "lenders", "limited",
    "logistics", "lunar", "management", "manager", "manufacturing", "maritime", "materials", "media",
    "microsystems", "ministry", "mission", "missions", "mobility", "national", "network", "networks", "northern",
    "office", "operations", "optics", "orbit", "orbital", "organisation", "organization", "parent", "partners",
    "partnership", "payload", "payloads", "photonics", "power", "private", "production", "products", "program",
    "project", "propulsion", "research", "resource", "resources", "robotics", "rocket", "rockets", "sat", "satcom",
    "satellite", "satellites", "science", "sciences", "security", "sensor", "sensors", "service", "services",
    "shareholders", "signal", "signals", "software", "solutions", "sourcing", "space", "spacecraft", "state",
    "states", "station", "stations", "strategic", "studio", "studios", "system", "systems", "tech", "technologies",
    "technology", "telecom", "telecommunications", "trust", "uk", "united", "us", "usa", "venture", "ventures",
    "works", "world",
))  # fmt: skip
_JOINING_WORDS = frozenset((
    "a", "an", "and", "d", "de", "der", "des", "di", "du", "et", "for", "in", "la", "le", "of", "the", "und", "van",
    "von", "y",
))  # fmt: skip
_FEWEST_INITIALS = 3
_ROMAN = re.compile(r"[ivx]+")
_DIGITS = re.compile(r"\d+")


class Spelling(NamedTuple):
    """A name as it is compared: all letters and digits, those of its own words, and its words with what each says.

    Numbers are kept apart, since they tell funds and vehicles of one name from each other.
    """

    letters: str
    own: str
    words: Mapping[str, int]
    weight: int
    numbers: tuple[str, ...]
    initials: str


def spelling(folded: str) -> Spelling:
    """The spelling of a name that is folded already (`plain`); its legal form is left out."""
    parts = bare_of(folded).split(" ")
    words = {part: _weight(part) for part in parts}
    if not any(words.values()):
        words = dict.fromkeys(parts, OWN)
    own = "".join(part for part in parts if words[part] == OWN)
    letters = "".join(parts)
    return Spelling(letters, own or letters, words, sum(words.values()), _numbers(parts), _initials(parts))


def shared_weight(one: Spelling, other: Spelling) -> int:
    """How much the words say that both have."""
    shared = one.words.keys() & other.words.keys()
    return sum([min(one.words[word], other.words[word]) for word in shared]) if shared else 0


def _weight(word: str) -> int:
    if word in _JOINING_WORDS:
        return JOINING
    return COMMON if word in _COMMON_WORDS else OWN


def _numbers(parts: Iterable[str]) -> tuple[str, ...]:
    """Numbers in digits, however they are joined to words, and Roman ones behind the first word."""
    first, *rest = parts
    found = _DIGITS.findall(" ".join((first, *rest)))
    return tuple(sorted([*found, *(part for part in rest if _ROMAN.fullmatch(part))]))


def _initials(parts: Iterable[str]) -> str:
    """The first letters of its words; none where they are too few to be a name."""
    initials = "".join(part[0] for part in parts if part not in _JOINING_WORDS)
    return initials if len(initials) >= _FEWEST_INITIALS else ""
