"""Why a fact is as it is, in words."""

from dealtrack.domain.cited import Fate
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

# What an account of a fact came to, where it was weighed against others.
FATES: dict[Fate, str] = {
    "decides": "decides it",
    "disputes": "contradicts it",
    "doubted": "not believed",
    "apart": "tells of something else",
    "only": "gave way",
    "pinned": "gave way to one pinned by hand",
    "stated": "does not tell the amount",
    "signed": "was told before the signing",
    "vaguer": "repeats it more loosely",
    "basis": "is a figure of a lesser basis",
    "currency": "does not say its currency",
    "latest": "is dated earlier",
    "farther": "is an earlier step",
    "credibility": "is less credible",
    "reliability": "is from a less reliable source",
    "narrower": "is a wider range",
    "recorded": "was recorded earlier",
}
