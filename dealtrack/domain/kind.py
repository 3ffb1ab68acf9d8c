"""What sort of transaction a deal is, and how deals relate to each other."""

from typing import Literal, get_args

Kind = Literal["equity-stake", "acquisition", "partnership"]
Relation = Literal["competes-with", "follows", "part-of", "supersedes", "led-to", "re-announces", "counter-to"]

KINDS: tuple[Kind, ...] = get_args(Kind)
RELATIONS: tuple[Relation, ...] = get_args(Relation)
# Which say the same read from the other deal.
MUTUAL: tuple[Relation, ...] = ("competes-with",)
# Each in words, and as it reads from the other deal.
READS: dict[Relation, str] = {
    "competes-with": "competes with",
    "follows": "follows",
    "part-of": "is part of",
    "supersedes": "supersedes",
    "led-to": "led to",
    "re-announces": "re-announces",
    "counter-to": "counters",
}
INVERSE: dict[Relation, str] = {
    "competes-with": "competes with",
    "follows": "followed by",
    "part-of": "has as a part",
    "supersedes": "superseded by",
    "led-to": "came of",
    "re-announces": "announced again as",
    "counter-to": "countered by",
}

FORMS: dict[Kind, tuple[str, ...]] = {
    "equity-stake": (
        "funding-round",
        "minority-stake",
        "controlling-stake",
        "secondary-sale",
        "pipe",
        "ipo",
        "convertible",
        "other",
    ),
    "acquisition": (
        "acquisition",
        "merger",
        "spac-merger",
        "take-private",
        "asset-purchase",
        "spectrum-purchase",
        "buyout-of-partner",
        "bankruptcy-sale",
        "divestiture",
        "other",
    ),
    "partnership": (
        "joint-venture",
        "commercial-agreement",
        "launch-contract",
        "manufacturing-contract",
        "strategic-alliance",
        "memorandum",
        "other",
    ),
}
ALL_FORMS: tuple[str, ...] = tuple(dict.fromkeys(form for forms in FORMS.values() for form in forms))
