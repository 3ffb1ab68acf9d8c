"""Deals in a line each, for tests of what many of them come to."""

from itertools import count
from typing import Any

from dealtrack.domain.date import from_edtf
from dealtrack.domain.deal import Deal
from dealtrack.domain.event import Dollars, Event
from dealtrack.domain.party import ROLES, Party, Role
from dealtrack.domain.source import Reliability, Source
from dealtrack.domain.status import Status
from dealtrack.text.money import read_money
from dealtrack.text.stakes import read_stake


def page(
    publisher: str = "SpaceNews", published: str | None = None, via: str | None = None, reliability: Reliability = "B"
) -> Source:
    """A page of an outlet; each day of it is another."""
    key = f"s-{publisher}-{published}".lower().replace(" ", "-")
    return Source(
        key, f"https://{key}.example", None, publisher, from_edtf(published) if published else None, "news", via,
        reliability,
    )  # fmt: skip


def told(when: str, status: Status | None = None, source: Source | None = None, **rest: Any) -> Event:
    """What was told: `stake` and `value` in words, `basis` of either, `usd` in whole dollars, `expected` in EDTF."""
    basis, usd = rest.pop("basis", None), rest.pop("usd", None)
    if "stake" in rest:
        rest["stake"] = read_stake(rest["stake"], basis or "acquired")
    if "value" in rest:
        rest["value"] = read_money(rest["value"], basis or "consideration")
    if usd is not None:
        rest |= {"value": read_money(f"USD {usd}", "consideration"), "dollars": Dollars(usd * 100, usd * 100, "same")}
    if "expected" in rest:
        rest["expected"] = from_edtf(rest["expected"])
    return Event(0, from_edtf(when), status, source=source or page(), **rest)


_IDS = count(1)


def deal(*events: Event, **rest: Any) -> Deal:
    """A deal of these events; the names of companies by role: `buyer="Acme"`, `investor=["Acme", "Bravo"]`."""
    parties = tuple(Party(name.lower().replace(" ", "-"), name, role) for role in ROLES for name in _named(rest, role))
    number = rest.pop("id", None) or next(_IDS)
    usual: dict[str, Any] = {
        "slug": f"deal-{number}", "title": f"Deal {number}", "kind": "acquisition", "form": None, "sectors": (),
        "core_space": True, "tags": (), "note": None,
    }  # fmt: skip
    numbered = tuple(event._replace(n=n) for n, event in enumerate(events, start=1))
    return Deal(id=number, parties=parties, events=numbered, **(usual | rest))


def _named(rest: dict[str, Any], role: Role) -> list[str]:
    names = rest.pop(role.replace("-", "_"), [])
    return [names] if isinstance(names, str) else names
