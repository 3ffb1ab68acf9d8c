"""What `help` says of the words of a deal: its states, its steps, its stakes, and the grades of what is told of it."""

from dealtrack.domain.milestone import MILESTONE_MEANING
from dealtrack.domain.source import CREDIBILITY_MEANING, RELIABILITY_MEANING
from dealtrack.domain.status import MEANING, PHASE_OF, PHASES

_PHASES = {
    "open": "under way: to be watched until it ends",
    "done": "it came about",
    "dormant": "neither going on nor formally ended; it may come back",
    "dead": "it ended without coming about",
}
_STATES = "\n".join(
    "\n".join(
        [
            f"  {phase}: {_PHASES[phase]}",
            *(f"    {one:<11} {MEANING[one]}" for one in MEANING if PHASE_OF[one] == phase),
        ]
    )
    for phase in PHASES
)
_STEPS = "\n".join(f"  {one:<21} {meaning}" for one, meaning in MILESTONE_MEANING.items())
_PLACES = "\n".join(f"  {grade}  {meaning}" for grade, meaning in RELIABILITY_MEANING.items())
_ACCOUNTS = "\n".join(f"  {grade}  {meaning}" for grade, meaning in CREDIBILITY_MEANING.items())

VOCABULARY: dict[str, str] = {
    "statuses": f"""\
A deal has the status that its events bring it to; phases are what statuses have in common.

{_STATES}

A filter takes either, several by commas, and not: before what must not be. A status is never set:
update --status tells of an event that brings it, and the rules decide between accounts that differ
(show --why). What is no status is a milestone (help milestones).

  dealtrack list --status agreed,completed --limit 5
  dealtrack list --status dormant
  dealtrack list --status not:done --limit 5""",
    "milestones": f"""\
A milestone is a step of a deal that brings it no other status: update --milestone SORT.

{_STEPS}

  dealtrack list --milestone regulatory-approval --limit 5
  dealtrack list --milestone litigation,court-ruling --limit 5""",
    "stakes": """\
A stake is a percentage of a company, as precise as it was told; the words are kept.

  51  51%          counted
  45..55           between two bounds
  50..  ..10       so much at least, or at most
  controlling      named and not counted: over 50
  minority         likewise: over 0, below 50

What it is of (--stake-basis):

  acquired         what the deal itself hands over
  sought           what was asked for, and need not come about
  owned-after      what is owned in the end, with what was owned before

As a filter a stake is a range, and every stake that may lie in it matches; any and none ask whether
one is known. report stakes tells who holds what of whom, step by step.

  dealtrack list --stake 50.. --status completed --limit 5
  dealtrack list --stake ..10 --limit 5
  dealtrack report stakes --target hispasat""",
    "grades": f"""\
What is told is graded twice, by the Admiralty system (NATO AJP-2.1): where it was read, and the
account itself. B2 is a probably true account from a usually reliable place.

Reliability of a source (--reliability, source grade KEY):
{_PLACES}

Credibility of an account (--credibility; 3 unless it is said):
{_ACCOUNTS}

An event of credibility 5 or 6 is shown and decides nothing. A page without a grade of its own has
its publisher's usual one. show --why says how far grades decided a fact.

  dealtrack source list --reliability A --limit 5
  dealtrack show redwire-edge-autonomy-2024 --why""",
}
