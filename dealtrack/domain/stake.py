"""A stake in a company: percent as the source gave it, counted or only worded."""

from typing import Literal, NamedTuple

from dealtrack.domain.problem import Misuse

StakeBasis = Literal["acquired", "sought", "owned-after"]
STAKE_BASES: tuple[StakeBasis, ...] = ("acquired", "sought", "owned-after")

# Percents are whole numbers of ten-thousandths of a percent: exact, and no decimal module to load.
SCALE = 10_000
HALF = 50 * SCALE
WHOLE = 100 * SCALE


class ImpossibleStake(Misuse):
    """A percentage that no stake can have."""


class Stake(NamedTuple):
    """A share of a company.

    `low` and `high` are ten-thousandths of a percent, both None when the share is not known. `controlling` is None
    when unknown. `worded` marks a share that was named and not counted, and whose bounds are then exclusive at 50
    (and at 0): "controlling stake" is above 50 to 100, "minority" above 0 to below 50. `text` keeps the words.
    Build it with `stake`, which refuses what cannot be.
    """

    low: int | None
    high: int | None
    controlling: bool | None
    basis: StakeBasis | None
    text: str
    worded: bool


def stake(
    low: int | None,
    high: int | None,
    *,
    controlling: bool | None = None,
    basis: StakeBasis | None = None,
    text: str = "",
    worded: bool = False,
) -> Stake:
    """A stake that holds together; raises ImpossibleStake.

    A side left open beside a given one is filled in: nothing is below 0 or above 100%.
    """
    if low is not None or high is not None:
        low, high = 0 if low is None else low, WHOLE if high is None else high
    return check(Stake(low, high, controlling, basis, text, worded))


def check(share: Stake) -> Stake:
    """The stake itself if it holds together; raises ImpossibleStake otherwise."""
    fault = _fault(share)
    if fault is not None:
        what, hint = fault
        raise ImpossibleStake(f'stake "{share.text or _figures(share)}" {what}', hint)
    return share


def majority(text: str = "", basis: StakeBasis | None = None) -> Stake:
    """A controlling stake that was named without a number: above 50 to 100%."""
    return Stake(HALF, WHOLE, True, basis, text, worded=True)


def minority(text: str = "", basis: StakeBasis | None = None) -> Stake:
    """A minority stake that was named without a number: above 0 to below 50%."""
    return Stake(0, HALF, False, basis, text, worded=True)


def percent_string(units: int | None) -> str | None:
    """Ten-thousandths of a percent as a plain decimal without needless zeros: "89.68"."""
    if units is None:
        return None
    whole, part = divmod(abs(units), SCALE)
    return f"{'-' * (units < 0)}{whole}.{part:04}".rstrip("0").rstrip(".")


def percent_units(text: str) -> int:
    """A plain decimal percentage ("89.68") as ten-thousandths of a percent, exactly; raises ImpossibleStake."""
    whole, dot, part = text.partition(".")
    if not (text.isascii() and whole.isdigit() and (part.isdigit() or not dot)):
        raise ImpossibleStake(f'stake "{text}" is not a plain percentage', "write digits and at most one dot: 89.68")
    part = part.rstrip("0")
    if len(part) > 4:
        raise ImpossibleStake(f'stake "{text}" has {len(part)} decimals', "round it to 4 decimals")
    return int(whole + part.ljust(4, "0"))


def compatible_stakes(a: Stake, b: Stake) -> bool | None:
    """Whether two stakes can both be right; None when that cannot be told (another basis, or no figures).

    Two counted percentages agree within the rounding of the coarser ("20%" covers 19.5 to 20.5); against a worded
    one a count is taken as it stands, so exactly 50% is no majority.
    """
    if a.basis != b.basis or a.low is None or b.low is None:
        return None
    rounded = not (a.worded or b.worded)
    (a_low, a_high), (b_low, b_high) = _covers(a, rounded=rounded), _covers(b, rounded=rounded)
    return a_low <= b_high and b_low <= a_high


def vaguer_stake(share: Stake, other: Stake) -> bool:
    """Whether a share that was only worded says less exactly what the other says: "controlling" after "60%"."""
    if not (share.worded and compatible_stakes(share, other)):
        return False
    bounds, inner = (share.low or 0, share.high or WHOLE), (other.low or 0, other.high or WHOLE)
    return bounds != inner and bounds[0] <= inner[0] and inner[1] <= bounds[1]


def _covers(share: Stake, *, rounded: bool) -> tuple[int, int]:
    low, high = share.low or 0, share.high or 0
    if share.worded:
        return (low + 1, high - (not share.controlling))
    reach = _rounding(low) if rounded and low == high else 0
    return low - reach, high + reach


def _rounding(units: int) -> int:
    """Half a unit of the last decimal given, at most half a percent: "20" is 19.5 to 20.5, never 15 to 25."""
    unit = SCALE
    while unit > 1 and units % unit:
        unit //= 10
    return unit // 2


def _fault(share: Stake) -> tuple[str, str] | None:
    """What is wrong with a stake, with a hint."""
    low, high = share.low, share.high
    if low is None or high is None:
        gap = low is not high or share.worded
        return ("has only one bound", "an open stake runs from 0 or to 100") if gap else None
    if low < 0 or high < 0:
        return "is below 0%", "write a percentage from 0 to 100"
    if low > WHOLE or high > WHOLE:
        return "is over 100%", "write a percentage from 0 to 100"
    if low > high:
        return "has its low above its high", f"write {percent_string(high)}..{percent_string(low)}"
    if share.worded and (low, high, share.controlling) not in ((HALF, WHOLE, True), (0, HALF, False)):
        return "is worded, but neither controlling nor minority", "mark a stake with figures of its own as counted"
    return None


def _figures(share: Stake) -> str:
    low, high = percent_string(share.low), percent_string(share.high)
    return f"{low or ''}%" if low == high else f"{low or ''}-{high or ''}%"
