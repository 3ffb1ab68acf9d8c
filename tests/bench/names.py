"""A ledger of made-up companies with doubles planted among them: the same for the same seed."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

from dealtrack.domain.company import Alias, Company
from dealtrack.domain.name import slug_of
from dealtrack.ledger.writing import WritableLedger

_HEADS = (
    "b", "br", "c", "ch", "cl", "d", "dr", "f", "fl", "g", "gr", "h", "k", "kr", "l", "m", "n", "p", "ph", "pl",
    "qu", "r", "s", "sk", "sp", "st", "t", "tr", "v", "w", "z",
)  # fmt: skip
_VOWELS = ("a", "e", "i", "o", "u", "ai", "ea", "io", "ou")
_TAILS = ["", "", "l", "m", "n", "r", "s", "t", "x", "nd", "rn"]
_FIELDS = (
    "Space", "Aerospace", "Orbital", "Systems", "Technologies", "Launch", "Satellite", "Networks", "Communications",
    "Propulsion", "Robotics", "Energy", "Capital", "Ventures", "Partners", "Holdings", "Group", "Industries",
    "Analytics", "Dynamics", "Optics", "Sensors", "Antennas", "Imaging", "Labs",
)  # fmt: skip
_FORMS = ["", "", "", "Inc.", "Ltd", "GmbH", "S.A.", "LLC", "Corp.", "AG"]
# One in so many companies is there twice, under a name that differs a little.
_TWICE = 20


def _word(random: Random) -> str:
    syllables = random.choice((2, 2, 3))
    return "".join(random.choice(part) for _ in range(syllables) for part in (_HEADS, _VOWELS, _TAILS)).capitalize()


def _slip(name: str, random: Random) -> str:
    """The name with a letter of its first word changed, left out or written twice."""
    at = random.randrange(1, len(name.split(" ", maxsplit=1)[0]))
    written = random.choice((random.choice("aeioulrst"), "", name[at] * 2))
    return name[:at] + written + name[at + 1 :]


def company_names(count: int, random: Random) -> Iterator[tuple[str, str | None]]:
    """Names, each with the name that it is a double of, if it is one."""
    # As among real companies, a word of its own is many companies' own: one in five is met again.
    words = [_word(random) for _ in range(max(count * 4 // 5, 1))]
    before = ""
    for number in range(count):
        if number % _TWICE == _TWICE - 1:
            yield random.choice((_slip(before, random), f"{before} {random.choice(_FIELDS)}")), before
            continue
        own = [random.choice(words) for _ in range(random.choice((1, 1, 2)))]
        fields = random.sample(_FIELDS, random.choice((0, 1, 1, 2)))
        before = " ".join((*own, *fields))
        yield f"{before} {random.choice(_FORMS)}".strip(), None


def fill(path: Path, count: int, seed: int = 1) -> list[tuple[str, str]]:
    """Make a ledger of so many companies; which slugs are doubles of which."""
    planted: list[tuple[str, str]] = []
    taken: set[str] = set()
    random = Random(seed)
    latest = ""
    with (
        closing(WritableLedger(path, create=True)) as ledger,
        ledger.recording(by="bench", at="2026-01-01T00:00:00Z", command="", action=""),
    ):
        for name, of in company_names(count, random):
            slug = slug_of(name)
            while slug in taken:
                slug += "-x"
            taken.add(slug)
            ledger.add_company(Company(slug, name))
            if of is None:
                latest = slug
                if random.random() < 0.3:
                    ledger.add_alias(slug, Alias(f"International {name}", "brand"))
            else:
                planted.append((latest, slug))
    return planted
