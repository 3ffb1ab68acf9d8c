"""Why a fact is as it is, in words."""

from dealtrack.domain.fold import Reason

# Why an event prevailed over others that contradict it, to follow "decided by event 3: ".
WHY: dict[Reason, str] = {
    "only": "the only account of it",
    "pinned": "pinned by hand",
    "stated": "the others do not tell the amount",
    "signed": "told at the signing or since, the others before it",
    "vaguer": "which later ones only repeat more loosely",
    "basis": "a figure of a better basis than the others",
    "currency": "the others do not say their currency",
    "latest": "dated later than the others",
    "farther": "what the others of its time lead up to",
    "credibility": "more credible than others of its time",
    "reliability": "from a more reliable source than others of its time",
    "narrower": "narrower than others that are as good",
    "recorded": "recorded last of several that are as good",
}
