"""Who takes part in a deal, and as what."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple, get_args

Role = Literal[
    "buyer",
    "lead-investor",
    "investor",
    "target",
    "seller",
    "partner",
    "principal",
    "sponsor",
    "financier",
    "adviser",
    "regulator",
]

ROLES: tuple[Role, ...] = get_args(Role)

# Who stands left of the arrow in "OpenAI -> Stoke Space", most telling first.
ACTING: tuple[Role, ...] = ("buyer", "lead-investor", "investor")

# Between whom a deal is; the others stand by.
MAIN: tuple[Role, ...] = (*ACTING, "target", "seller", "partner")


class Party(NamedTuple):
    """One company in one role: its slug in the ledger, its present name, and the one its source had if another."""

    company: str
    name: str
    role: Role
    as_reported: str | None = None


def headline(parties: Sequence[tuple[str, Role]]) -> str:
    """Name a deal by its parties, given (name, role) pairs: `OpenAI -> Stoke Space`, `Amazon + Arianespace`.

    More than two names on one side are counted, not listed: `A, B + 3 more -> T`. Who sells stands right, as what is
    bought does, and a buyer that is not known is a question: `? <- OneWeb`.
    """
    return line_of(parties, by_role(parties))


def by_role(parties: Sequence[tuple[str, Role]]) -> dict[Role, list[str]]:
    """The names in each role that is taken."""
    found: dict[Role, list[str]] = {}
    for name, role in parties:
        found.setdefault(role, []).append(name)
    return found


def line_of(parties: Sequence[tuple[str, Role]], names: Mapping[Role, list[str]]) -> str:
    """The headline of parties whose names in each role are known already."""
    left = next((names[role] for role in ACTING if role in names), [])
    right, partners = names.get("target", []), names.get("partner", [])
    if partners and not left and not right:
        return " + ".join(partners[:3]) + (f" + {len(partners) - 3} more" if len(partners) > 3 else "")
    left = left or partners or names.get("sponsor", [])
    sellers = names.get("seller", [])
    if not right and sellers:
        return f"{_some(left) if left else '?'} <- {_some(sellers)}"
    if not left:
        return _some(right or names.get("principal") or [name for name, _ in parties])
    return f"{_some(left)} -> {_some(right)}" if right else _some(left)


def _some(names: list[str]) -> str:
    shown = ", ".join(names[:2])
    return f"{shown} + {len(names) - 2} more" if len(names) > 2 else shown
