"""Who takes part in a deal, and as what."""

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


def headline(parties: list[tuple[str, Role]]) -> str:
    """Name a deal by its parties, given (name, role) pairs: `OpenAI -> Stoke Space`, `Amazon + Arianespace`.

    More than two names on one side are counted, not listed: `A, B + 3 more -> T`.
    """
    by_role = {role: [name for name, r in parties if r == role] for role in ROLES}
    left = next((by_role[role] for role in ACTING if by_role[role]), [])
    right = by_role["target"]
    partners = by_role["partner"]
    if partners and not left and not right:
        return " + ".join(partners[:3]) + (f" + {len(partners) - 3} more" if len(partners) > 3 else "")
    left = left or partners or by_role["sponsor"]
    sellers = by_role["seller"]
    if not right and sellers:
        return f"{_some(left)} <- {_some(sellers)}" if left else f"{_some(sellers)} -> ?"
    if not left:
        return _some(right or by_role["principal"] or [name for name, _ in parties])
    return f"{_some(left)} -> {_some(right)}" if right else _some(left)


def _some(names: list[str]) -> str:
    shown = ", ".join(names[:2])
    return f"{shown} + {len(names) - 2} more" if len(names) > 2 else shown
