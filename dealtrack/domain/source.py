"""Where an event was read, and how far that place is believed."""

from typing import Literal, NamedTuple, get_args

from dealtrack.domain.date import UncertainDate

Reliability = Literal["A", "B", "C", "D", "E", "F"]
SourceKind = Literal["news", "press-release", "filing", "analysis", "interview", "dataset", "other"]

RELIABILITIES: tuple[Reliability, ...] = get_args(Reliability)
SOURCE_KINDS: tuple[SourceKind, ...] = get_args(SourceKind)

# The Admiralty system (NATO AJP-2.1): how a source and a piece of information are graded apart.
RELIABILITY_MEANING: dict[Reliability, str] = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
CREDIBILITY_MEANING: dict[int, str] = {
    1: "confirmed",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "cannot be judged",
}


class Source(NamedTuple):
    """A page or document; `via` names the outlet whose reporting it relays, `key` is its name in the ledger.

    `reliability_derived` says that the page was given no grade of its own: it has its publisher's usual
    one, or the last that was, or F.
    """

    key: str
    url: str | None
    title: str | None
    publisher: str | None
    published: UncertainDate | None
    kind: SourceKind
    via: str | None
    reliability: Reliability
    title_derived: bool = False
    reliability_derived: bool = False

    def graded(self, reliability: Reliability) -> "Source":
        """The source with a grade of its own."""
        return self._replace(reliability=reliability, reliability_derived=False)
