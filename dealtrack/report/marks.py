"""The marks of the statuses as shapes about a point, the same on a page and in a picture."""

from dealtrack.domain.status import PHASE_OF, STATUSES

_CIRCLE = '<circle class="hollow" r="5.5"{}/>'

# A circle fills as a deal comes about; a diamond is parked; a struck circle or a cross is over.
SHAPES: dict[str, str] = {
    "rumored": _CIRCLE.format(' stroke-dasharray="2.3 2.02"'),
    "talks": _CIRCLE.format(""),
    "proposed": _CIRCLE.format("") + '<path class="filled" d="M0 -5.5A5.5 5.5 0 0 0 0 5.5Z"/>',
    "agreed": _CIRCLE.format("") + '<path class="filled" d="M0 -5.5A5.5 5.5 0 1 0 5.5 0L0 0Z"/>',
    "completed": '<circle class="filled" r="6.5"/>',
    "stalled": '<path class="hollow" d="M0 -6.5L6.5 0L0 6.5L-6.5 0Z"/>',
    "denied": _CIRCLE.format("") + '<path class="struck" d="M-3.6 3.6L3.6 -3.6"/>',
    "rejected": _CIRCLE.format("") + '<path class="struck" d="M-3.6 3.6L3.6 -3.6M-3.6 -3.6L3.6 3.6"/>',
    "withdrawn": _CIRCLE.format("") + '<path class="struck" d="M-5 0H5"/>',
    "terminated": '<path class="cross" d="M-4.5 -4.5L4.5 4.5M-4.5 4.5L4.5 -4.5"/>',
    "milestone": '<rect class="filled" x="-4" y="-4" width="8" height="8" rx="1"/>',
    "expected": '<path class="hollow" d="M-4 -5.5L6 0L-4 5.5Z"/>',
    "later": '<path class="filled" d="M-7 -4.5L1 0L-7 4.5Z"/>',
    "span": '<rect class="band" x="-9" width="18" height="12" rx="3"/>',
    "lasting": '<path class="struck" d="M-9 0H2"/><path class="filled" d="M1 -4.5L9 0L1 4.5Z"/>',
    "today": '<path class="today" d="M0 -8V8"/>',
}

# Which of the colors a status has.
COLOR_OF: dict[str, str] = {status: str(PHASE_OF[status]) for status in STATUSES} | {
    "rumored": "rumored",
    "expected": "open",
    "milestone": "plain",
}
