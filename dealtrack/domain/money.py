"""An amount of money that keeps its uncertainty: exact bounds in minor units, with what kind of figure it is."""

from typing import Literal, NamedTuple, get_args

from dealtrack.domain.problem import Misuse

Qualifier = Literal["exact", "about", "at-least", "up-to", "range", "magnitude", "undisclosed"]
QUALIFIERS: tuple[Qualifier, ...] = get_args(Qualifier)

Basis = Literal[
    "consideration",
    "enterprise-value",
    "equity-value",
    "valuation",
    "round-size",
    "per-share",
    "commitment",
    "contract-value",
    "debt",
    "proceeds",
]
BASES: tuple[Basis, ...] = get_args(Basis)

# The bases that can be "the value of the deal", the best group first; the other bases never are.
VALUE_BASES: tuple[tuple[Basis, ...], ...] = (
    ("consideration", "round-size", "commitment", "contract-value"),
    ("enterprise-value",),
    ("equity-value",),
)

# SQLite keeps integers of 64 bits; two bits to spare let a sum of several still fit.
LIMIT = 2**62


class ImpossibleMoney(Misuse):
    """An amount whose parts contradict each other, or that cannot be kept exactly."""


class Money(NamedTuple):
    """An amount as its source gave it.

    `low` and `high` are minor units (cents) of `currency`, None where there is no bound. `currency` is an ISO 4217
    code, or None when the source did not say which; `digits` is how many decimals it has (2 when unknown).
    `text` keeps the words it was read in. Build it with `money`, which refuses what cannot be.
    """

    low: int | None
    high: int | None
    currency: str | None
    digits: int
    qualifier: Qualifier
    basis: Basis | None
    text: str


def money(
    low: int | None,
    high: int | None,
    currency: str | None,
    digits: int,
    qualifier: Qualifier,
    *,
    basis: Basis | None = None,
    text: str = "",
) -> Money:
    """An amount that holds together; raises ImpossibleMoney."""
    return check(Money(low, high, currency, digits, qualifier, basis, text))


def check(amount: Money) -> Money:
    """The amount itself if it holds together; raises ImpossibleMoney otherwise."""
    fault = _misfit(amount) or _excess(amount) or _missing_currency(amount)
    if fault is not None:
        what, hint = fault
        raise ImpossibleMoney(f'amount "{amount.text or _figures(amount)}" {what}', hint)
    return amount


def decimal_string(minor: int | None, digits: int) -> str | None:
    """Minor units as a plain decimal in major units, without needless zeros: 1210 cents are "12.1"."""
    if minor is None or not digits:
        return None if minor is None else str(minor)
    sign, figures = "-" * (minor < 0), str(abs(minor)).zfill(digits + 1)
    return f"{sign}{figures[:-digits]}.{figures[-digits:]}".rstrip("0").rstrip(".")


def minor_units(decimal: str, digits: int) -> int:
    """A plain decimal in major units as minor units, exactly; raises ImpossibleMoney.

    Signs, exponents, separators and more decimals than the currency has are refused: nothing is rounded.
    """
    whole, dot, part = decimal.partition(".")
    if not (decimal.isascii() and whole.isdigit() and (part.isdigit() or not dot)):
        raise ImpossibleMoney(f'amount "{decimal}" is not a plain decimal', "write digits and at most one dot: 12.1")
    part = part.rstrip("0")
    if len(part) > digits:
        raise ImpossibleMoney(f'amount "{decimal}" has more decimals than its currency', f"it has {digits}")
    return int(whole + part.ljust(digits, "0"))


def covers(amount: Money) -> tuple[int | None, int | None]:
    """The bounds, in minor units, of what an amount can stand for once rounding is allowed for.

    An exact figure reaches half a unit of its last significant digit to either side, but never more than 5% ("USD
    4.4bn" covers 4.35 to 4.45); "about" reaches 10%. Other bounds are taken as they stand.
    """
    if amount.low is None or amount.qualifier not in ("exact", "about"):
        return amount.low, amount.high
    reach = -(-amount.low // 10) if amount.qualifier == "about" else _rounding(amount.low)
    return amount.low - reach, amount.low + reach


def compatible(a: Money, b: Money) -> bool | None:
    """Whether two amounts can both be right; None when that cannot be told (other currencies, or undisclosed)."""
    if a.currency is None or a.currency != b.currency:
        return None
    (a_low, a_high), (b_low, b_high) = covers(a), covers(b)
    return _reaches(a_high, b_low) and _reaches(b_high, a_low)


# How loosely an amount is put, the tightest first.
_LOOSENESS: dict[Qualifier, int] = {"exact": 0, "range": 0, "about": 1, "at-least": 2, "up-to": 2, "magnitude": 3}


def vaguer(amount: Money, other: Money) -> bool:
    """Whether an amount is the other one, only put more loosely: "over $100M" for $110M, "billions" for $4.4bn.

    "Over" and "up to" are said of what lies within a tenth of their bound; of anything else they tell something new.
    """
    bounds = [bound for bound in (other.low, other.high) if bound is not None]
    if amount.currency is None or amount.currency != other.currency or not bounds:
        return False
    low, high = _said_of(amount)
    return _LOOSENESS.get(amount.qualifier, 0) > _LOOSENESS[other.qualifier] and low <= bounds[0] and bounds[-1] <= high


def _said_of(amount: Money) -> tuple[int, int]:
    """The least and the greatest figure that an amount is usually said of."""
    low, high = covers(amount)
    if high is None:
        low = low or 0
        return low, low * 1_000 if amount.qualifier == "magnitude" else low + low // 10
    return high - high // 10 if low is None else low, high


def _rounding(minor: int) -> int:
    """Half a unit of the last digit that is not zero, in minor units, at most a twentieth of the amount."""
    zeros = len(str(minor)) - len(str(minor).rstrip("0"))
    return int(min(10**zeros // 2, minor // 20))


def _reaches(high: int | None, low: int | None) -> bool:
    return high is None or low is None or low <= high


def _misfit(amount: Money) -> tuple[str, str] | None:
    """What is wrong between the bounds and the qualifier, with a hint."""
    low, high = amount.low, amount.high
    match amount.qualifier:
        case "undisclosed":
            fits = low is None and high is None and amount.currency is None
        case "at-least" | "magnitude":
            fits = low is not None and high is None
        case "up-to":
            fits = low is None and high is not None
        case "range":
            fits = low is not None and high is not None and low != high
        case _:
            fits = low is not None and low == high
    if not fits:
        return f"has bounds that do not fit {amount.qualifier}", f"{amount.qualifier}: {_NEEDS[amount.qualifier]}"
    if amount.qualifier == "magnitude" and not _order_of_magnitude(low, amount.digits):
        return "is no order of magnitude", "give 1, 10 or 100 thousand, million, billion or trillion"
    return None


def _order_of_magnitude(low: int | None, digits: int) -> bool:
    figures = str(low)
    return figures.rstrip("0") == "1" and 3 <= len(figures) - 1 - digits <= 14


_NEEDS: dict[Qualifier, str] = {
    "exact": "low and high are the same figure",
    "about": "low and high are the same figure",
    "at-least": "give low and no high",
    "up-to": "give high and no low",
    "range": "give a low and another, greater high",
    "magnitude": "give low and no high",
    "undisclosed": "give no bound and no currency",
}


def _excess(amount: Money) -> tuple[str, str] | None:
    """What is wrong with the size of the bounds, with a hint."""
    low, high = amount.low, amount.high
    bounds = [bound for bound in (low, high) if bound is not None]
    if any(bound < 0 for bound in bounds):
        return "is below zero", "write the amount without its sign"
    if any(bound >= LIMIT for bound in bounds):
        return "is too large to keep", "check its multiplier: k, M, bn or tn"
    if len(bounds) == 2 and bounds[0] > bounds[1]:
        return "has its low above its high", "write the lower figure first"
    return None


def _missing_currency(amount: Money) -> tuple[str, str] | None:
    if amount.currency is None and amount.digits != 2:
        return "has no currency to have decimals of", "give the currency, or 2 decimals"
    return None


def _figures(amount: Money) -> str:
    low, high = decimal_string(amount.low, amount.digits), decimal_string(amount.high, amount.digits)
    return low or "" if low == high else f"{low or ''}..{high or ''}"
