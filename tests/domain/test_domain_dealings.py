"""What a company did in its deals: roles, stakes, partners and rivals."""

from typing import Any

from dealtrack.domain.date import from_edtf
from dealtrack.domain.deal import Deal
from dealtrack.domain.dealings import dealings, targets_of
from dealtrack.domain.event import Event
from dealtrack.domain.party import Party, Role
from dealtrack.domain.stake import stake


def deal(slug: str, *parties: tuple[str, Role], status: Any = "completed", **rest: Any) -> Deal:
    usual: dict[str, Any] = {"kind": "acquisition", "form": None, "sectors": (), "core_space": True, "tags": ()}
    named = tuple(Party(name, name.title(), role) for name, role in parties)
    events = rest.pop("events", (Event(1, from_edtf("2024-05-01"), status),))
    return Deal(id=1, slug=slug, title=slug, note=None, parties=named, events=events, **(usual | rest))


WON = deal("viasat-inmarsat", ("viasat", "buyer"), ("inmarsat", "target"))
LOST = deal("eutelsat-inmarsat", ("eutelsat", "buyer"), ("inmarsat", "target"), status="rejected")
ROUND = deal("apax-inmarsat", ("apax", "investor"), ("inmarsat", "target"), kind="equity-stake", form="funding-round")
JOINT = deal("viasat-space42", ("viasat", "partner"), ("space42", "partner"), kind="partnership")


def test_deals_are_counted_by_role() -> None:
    assert dealings("viasat", (WON, JOINT), ()).roles == (("buyer", 1), ("partner", 1))


def test_whoever_sought_control_of_the_same_company_is_a_rival_and_an_investor_is_none() -> None:
    assert targets_of("viasat", (WON, JOINT)) == {"inmarsat"}
    done = dealings("viasat", (WON, JOINT), (WON, LOST, ROUND))
    assert [(met.name, met.deals) for met in done.rivals] == [("Eutelsat", ("eutelsat-inmarsat",))]


def test_those_on_its_side_are_its_partners() -> None:
    assert [met.company for met in dealings("viasat", (WON, JOINT), ()).partners] == ["space42"]
    assert dealings("inmarsat", (WON,), ()).partners == ()


def test_what_it_bought_it_holds_until_it_is_sold() -> None:
    half = Event(1, from_edtf("2020-01-01"), "completed", stake=stake(400_000, 400_000, basis="acquired", text="40%"))
    sold = half._replace(date=from_edtf("2023-01-01"))
    first = deal("a-t", ("a", "investor"), ("t", "target"), kind="equity-stake", events=(half,))
    then = deal("b-t", ("b", "investor"), ("t", "target"), ("a", "seller"), kind="equity-stake", events=(sold,))
    held = dealings("a", (first, then), ()).held
    assert [(step.sort, step.before.said, step.after.said) for step in held] == [
        ("acquired", "0%", "40%"),
        ("sold", "40%", "0%"),
    ]
    assert [step.holder.slug for step in dealings("t", (first, then), ()).owners] == ["a", "b", "a"]
