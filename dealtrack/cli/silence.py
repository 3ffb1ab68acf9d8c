"""Flags on how long nothing may be heard of an open deal, shared by the reports that tell of silence."""

from typing import Annotated, Any

from typer import Option

from dealtrack.domain.problem import Misuse
from dealtrack.report.stale import Limits


def _days(flag: str, about: str) -> Any:
    return Option(flag, help=about, metavar="DAYS", show_default=False)


Rumored = Annotated[str | None, _days("--rumored-after", "When a rumor is stale: 90 days, unless said otherwise.")]
Others = Annotated[str | None, _days("--after", "When any other open deal is: 180 days.")]
Within = Annotated[str | None, _days("--within", "How far ahead to look for deals that go stale: 30 days.")]


def limits_of(rumored: str | None, others: str | None) -> Limits:
    """After how many days of silence a deal is stale. Raises Misuse."""
    usual = Limits()
    return Limits(days("--rumored-after", rumored, usual.rumored), days("--after", others, usual.others))


def days(flag: str, word: str | None, usual: int) -> int:
    """A number of days. Raises Misuse."""
    if word is None:
        return usual
    if not (word.isascii() and word.isdigit()) or len(word) > 6:
        raise Misuse(f'"{word}" is no number of days', f"write {flag} {usual}")
    return int(word)
