"""Deals as one plain sheet to be corrected in an editor: a line a fact, named and written as the flags are.

Only what differs from the sheet as it was handed out is a correction; so a line that was taken out leaves its fact as
it is, and one that was emptied takes it away.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches

from dealtrack.cli.correcting import Correction
from dealtrack.cli.options import DealFlags, EventFlags, PartyFlags, SourceFlags
from dealtrack.cli.words import apart
from dealtrack.domain.deal import Deal
from dealtrack.domain.event import Event
from dealtrack.domain.party import ROLES, Party
from dealtrack.domain.problem import Misuse
from dealtrack.text.dates import say_date
from dealtrack.text.money import say_money
from dealtrack.text.stakes import say_stake

HEADER = """\
# Correct what was recorded, then save and close: what would change is shown before anything is kept.
# An emptied line takes its fact away; a line that is taken out leaves it as it is. Further lines may be added:
#   of a deal   title kind form sector tag note core-space pin, and its parties by role: buyer investor target ...
#   of an event on status milestone value basis stake stake-basis expected credibility summary
#               source publisher published via reliability source-kind source-title
# Names are parted by semicolons, sectors and tags by commas, too; a line that begins with | goes on the one above.
# News is not entered here, but by dealtrack update, and removed by dealtrack rm. Lines that begin with # do not count.
"""

_OF_A_DEAL = ("title", "kind", "form", "sector", "tag", "note", "core-space", *ROLES, "pin")
_OF_A_SOURCE = tuple(name.replace("_", "-") for name in SourceFlags.all())
_OF_AN_EVENT = (*(name.replace("_", "-") for name in EventFlags.all()), *_OF_A_SOURCE)

# What cannot be emptied.
_NEEDED = (
    "title", "kind", "core-space", "on", "credibility", "basis", "stake-basis", "reliability", "source-kind",
)  # fmt: skip

# A part of the sheet is of a deal (n None) or of one of its events.
Part = tuple[int, int | None]
Parts = dict[Part, dict[str, str]]

_HEAD = re.compile(r"\[(?:deal (\d{1,18})|event (\d{1,9}) of deal (\d{1,18}))\b[^\]]*\]")
_LINE = re.compile(r"([A-Za-z-]+)[ \t]*:(.*)", re.DOTALL)


# --- to the sheet -------------------------------------------------------------------------------


def written(deals: Iterable[Deal]) -> str:
    """The deals with their events."""
    return "\n".join("\n".join(_lines(deal)) + "\n" for deal in deals)


def _lines(deal: Deal) -> Iterator[str]:
    yield f"[deal {deal.id}: {deal.slug}]"
    yield from _facts(_deal_facts(deal))
    for event in deal.events:
        yield ""
        yield f"[event {event.n} of deal {deal.id}]"
        yield from _facts(_event_facts(event))


def _facts(facts: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, said in facts:
        first, *more = said.split("\n")
        yield f"{name}: {first}".rstrip()
        yield from (f"  | {line}".rstrip() for line in more)


def _deal_facts(deal: Deal) -> Iterator[tuple[str, str]]:
    yield "title", deal.title
    yield "kind", deal.kind
    yield "form", deal.form or ""
    yield "sector", ", ".join(deal.sectors)
    yield "tag", ", ".join(deal.tags)
    yield "core-space", "yes" if deal.core_space else "no"
    for role in ROLES:
        names = [_name(party) for party in deal.parties if party.role == role]
        if names:
            yield role, "; ".join(names)
    if deal.pins:
        yield "pin", ", ".join(f"{fact}:{n}" for fact, n in sorted(deal.pins.items()))
    yield "note", deal.note or ""


def _name(party: Party) -> str:
    """The name, or where it holds what parts names, the slug."""
    return party.company if ";" in party.name or "\n" in party.name else party.name


def _event_facts(event: Event) -> Iterator[tuple[str, str]]:
    yield "on", say_date(event.date)
    yield ("milestone", event.milestone) if event.milestone and not event.status else ("status", event.status or "")
    if event.milestone and event.status:
        yield "milestone", event.milestone
    yield "value", say_money(event.value) if event.value else ""
    if event.value and event.value.basis:
        yield "basis", event.value.basis
    yield "stake", say_stake(event.stake) if event.stake else ""
    if event.stake and event.stake.basis:
        yield "stake-basis", event.stake.basis
    if event.expected:
        yield "expected", say_date(event.expected)
    yield "credibility", str(event.credibility)
    yield "summary", event.summary or ""
    yield from _source_facts(event)


def _source_facts(event: Event) -> Iterator[tuple[str, str]]:
    source = event.source
    if source is None:
        yield "source", ""
        return
    yield "source", source.url or source.title or source.key
    yield "publisher", source.publisher or ""
    yield "published", say_date(source.published) if source.published else ""
    yield "via", source.via or ""
    yield "reliability", source.reliability
    yield "source-kind", source.kind
    if source.url:
        yield "source-title", source.title or ""


# --- back from the sheet ------------------------------------------------------------------------


def corrections(before: str, after: str) -> list[Correction]:
    """What was corrected between the sheet as handed out and as it came back. Raises Misuse."""
    was, now = _parts(before), _parts(after)
    found = []
    for part, facts in now.items():
        if part not in was:
            what = Correction(part[0], n=part[1]).subject
            raise Misuse(f"{what} was not on the sheet", "add a deal by dealtrack add, an event by dealtrack update")
        changed = {name: said for name, said in facts.items() if said != was[part].get(name, "")}
        if changed:
            found.append(_correction(part, changed, was[part], facts))
    # An event may be pinned for a fact that it is told on the same sheet.
    pins = [Correction(one.deal_id, pins=one.pins) for one in found if one.pins]
    return [replace(one, pins=()) for one in found] + pins


def _parts(sheet: str) -> Parts:
    """The facts of each part, by name; comments left out. Raises Misuse."""
    parts: Parts = {}
    part: Part | None = None
    last = ""
    for whole in sheet.split("\n"):
        line = whole.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            part, last = _head(line), ""
            if part in parts:
                raise _unreadable(line, "is there twice", "put its lines together")
            parts[part] = {}
        elif part is None:
            raise _unreadable(line, "belongs to no deal", "put it below [deal ...]")
        elif line.startswith("|"):
            if not last:
                raise _unreadable(line, "goes on no line above", "write NAME: and the text first")
            # What is set in stays set in.
            parts[part][last] += f"\n{whole.lstrip()[1:].removeprefix(' ').rstrip()}"
        else:
            last, said = _fact(line, part[1])
            if last in parts[part]:
                raise _unreadable(line, f"tells {last} a second time", "leave one of the two")
            parts[part][last] = said
    return parts


def _unreadable(line: str, why: str, hint: str) -> Misuse:
    return Misuse(f'the sheet\'s line "{line}" {why}', hint)


def _head(line: str) -> Part:
    found = _HEAD.fullmatch(line)
    if found is None:
        raise _unreadable(line, "is no heading", "leave the headings as they are")
    deal, n, of_deal = found.groups()
    return (int(deal), None) if deal else (int(of_deal), int(n))


def _fact(line: str, n: int | None) -> tuple[str, str]:
    known = _OF_A_DEAL if n is None else _OF_AN_EVENT
    found = _LINE.fullmatch(line)
    name = found[1].casefold() if found else line.split(maxsplit=1)[0]
    if found is None or name not in known:
        near = get_close_matches(name, known, n=1)
        hint = f"did you mean {near[0]}?" if near else "write NAME: and what it is"
        raise _unreadable(line, f"tells nothing that {'a deal' if n is None else 'an event'} has", hint)
    return name, found[2].strip()


def _correction(part: Part, changed: Mapping[str, str], was: Mapping[str, str], now: Mapping[str, str]) -> Correction:
    deal_id, n = part
    for fact, of_what in (("value", "basis"), ("stake", "stake-basis")):
        if changed.get(fact) == "":  # with the figure goes what it is of
            changed = {name: word for name, word in changed.items() if name != of_what}
    for name in _NEEDED:
        if changed.get(name) == "" and not (name in _OF_A_SOURCE and now.get("source") == ""):
            what = f"{Correction(deal_id, n=n).subject} cannot be without its {name}"
            raise Misuse(what, "write one, or take the line out to leave it as it is")
    if n is not None:
        source = _source(changed, now)
        said = {name: word or "none" for name, word in changed.items() if name not in _OF_A_SOURCE}
        event = EventFlags(**{name.replace("-", "_"): _typed(word) for name, word in said.items()})
        return Correction(deal_id, n=n, event=event, source=source)
    deal = {name: changed[name] or "none" for name in ("kind", "form", "note", "core-space") if name in changed}
    lists = {name: [changed[name] or "none"] for name in ("sector", "tag") if name in changed}
    title = changed.get("title")
    added, taken = _parties(changed, was)
    return Correction(
        deal_id,
        deal=DealFlags(**{name.replace("-", "_"): _typed(word) for name, word in deal.items()}, **lists),
        title=None if title is None else _typed(title),
        parties=added,
        without=taken,
        pins=_pins(changed, was),
    )


def _source(changed: Mapping[str, str], now: Mapping[str, str]) -> SourceFlags:
    """What is told of the source: what was changed, or where another is named, all that the sheet says of it."""
    another = changed.get("source")
    told = {name: word for name, word in (now if another else changed).items() if name in _OF_A_SOURCE}
    if another is not None:
        told = {name: word for name, word in told.items() if word} | {"source": another or "none"}
    return SourceFlags(**{name.replace("-", "_"): _typed(word or "none") for name, word in told.items()})


def _typed(word: str) -> str:
    """The word as a flag takes it: a hyphen alone would stand for standard input there."""
    return " -" if word == "-" else word


def _parties(changed: Mapping[str, str], was: Mapping[str, str]) -> tuple[PartyFlags, list[str]]:
    added: dict[str, list[str]] = {}
    taken: list[str] = []
    for role in ROLES:
        if role in changed:
            now, had = _names(changed[role]), _names(was.get(role, ""))
            added[role.replace("-", "_")] = [name for name in now if name not in had]
            taken += [f"{role}:{name}" for name in had if name not in now]
    return PartyFlags(**added), taken


def _names(words: str) -> list[str]:
    return [name.strip() for name in words.split(";") if name.strip()]


def _pins(changed: Mapping[str, str], was: Mapping[str, str]) -> Sequence[str]:
    if "pin" not in changed:
        return ()
    now = apart([changed["pin"]]) if changed["pin"] else []
    facts = {word.partition(":")[0] for word in now}
    had = (word.partition(":")[0] for word in apart([was["pin"]] if "pin" in was else []))
    return [*now, *(f"{fact}:none" for fact in had if fact not in facts)]
