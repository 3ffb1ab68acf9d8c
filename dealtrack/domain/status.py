"""What state a deal can be in, which phase that is, and which moves between states are usual."""

from typing import Literal, get_args

Status = Literal[
    "rumored",
    "talks",
    "proposed",
    "agreed",
    "completed",
    "stalled",
    "denied",
    "rejected",
    "withdrawn",
    "terminated",
]
Phase = Literal["open", "done", "dormant", "dead"]

STATUSES: tuple[Status, ...] = get_args(Status)
PHASES: tuple[Phase, ...] = get_args(Phase)

PHASE_OF: dict[Status, Phase] = {
    "rumored": "open",
    "talks": "open",
    "proposed": "open",
    "agreed": "open",
    "completed": "done",
    "stalled": "dormant",
    "denied": "dead",
    "rejected": "dead",
    "withdrawn": "dead",
    "terminated": "dead",
}

MEANING: dict[Status, str] = {
    "rumored": "said by others to be considered",
    "talks": "the parties are negotiating",
    "proposed": "an offer, approach, plan or non-binding letter",
    "agreed": "signed, definitive or board-approved, not closed",
    "completed": "closed, or money raised",
    "stalled": "went quiet without a formal end",
    "denied": "a party denied the rumor",
    "rejected": "the target or owner said no",
    "withdrawn": "the bidder or seller pulled it",
    "terminated": "a signed deal, or talks, formally ended",
}

_ENDINGS: frozenset[Status] = frozenset(("stalled", "denied", "rejected", "withdrawn", "terminated"))

# The road a deal travels, each state with those that ordinarily come after it.
LEADS_TO: dict[Status, frozenset[Status]] = {
    "rumored": _ENDINGS | {"talks", "proposed", "agreed", "completed"},
    "talks": _ENDINGS | {"proposed", "agreed", "completed"},
    "proposed": _ENDINGS | {"agreed", "completed"},
    # Owners, creditors or a regulator may still say no to what was signed.
    "agreed": frozenset(("completed", "stalled", "rejected", "withdrawn", "terminated")),
    "completed": frozenset(),
    "stalled": _ENDINGS - {"stalled"} | {"rumored", "talks", "proposed", "agreed", "completed"},
    "denied": frozenset(("rumored", "talks", "proposed", "agreed", "completed", "stalled", "terminated")),
    "rejected": frozenset(("talks", "proposed", "agreed", "completed", "stalled", "withdrawn", "terminated")),
    "withdrawn": frozenset(),
    "terminated": frozenset(),
}

# An answer can come on the very day of what it answers.
_ANSWERS: frozenset[tuple[Status, Status]] = frozenset(
    (("proposed", "rejected"), ("rumored", "denied"), ("talks", "denied")),
)


def may_return(before: Status, after: Status) -> bool:
    """Whether both orders of the two are usual, so that dates alone can tell which came last."""
    return after in LEADS_TO[before] and before in LEADS_TO[after]


def answers(before: Status, after: Status) -> bool:
    """Whether `after` is the kind of answer that `before` gets on the same day."""
    return (before, after) in _ANSWERS


def is_ending(status: Status) -> bool:
    """Whether the state is dormant or dead."""
    return status in _ENDINGS


def is_usual(before: Status, after: Status) -> bool:
    """Whether a deal ordinarily moves from one state to the other; an unusual move is a finding, never an error."""
    both_open = PHASE_OF[before] == PHASE_OF[after] == "open" and before != "agreed"
    # A dead deal may come back to life, and one end is often told in two words.
    revived = PHASE_OF[before] == "dead" and PHASE_OF[after] in ("open", "dead")
    return before == after or both_open or revived or after in LEADS_TO[before]
