"""A hand-made ledger of a few deals, screens of any width, and golden files."""

import difflib
import io
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dealtrack.domain.date import from_edtf
from dealtrack.domain.deal import Deal, Link
from dealtrack.domain.event import Dollars, Event
from dealtrack.domain.figures import DealRow
from dealtrack.domain.money import Basis, Money, Qualifier, money
from dealtrack.domain.party import Party, Role
from dealtrack.domain.source import Reliability, Source
from dealtrack.domain.stake import majority, stake
from dealtrack.domain.status import Status
from dealtrack.ledger.rows import FACT_COLUMNS, fact_cells
from dealtrack.view.screen import Screen

TODAY = date(2026, 3, 15)
GOLDEN = Path(__file__).parent / "golden"
MILLION = 100_000_000


def source(key: str, publisher: str, published: str | None, via: str | None, reliability: Reliability) -> Source:
    return Source(
        key=key,
        url=f"https://example.com/{key}",
        title=f"What {publisher} had to say",
        publisher=publisher,
        published=from_edtf(published) if published else None,
        kind="news",
        via=via,
        reliability=reliability,
    )


def event(n: int, when: str, status: Status | None = None, **rest: Any) -> Event:
    amount = rest.get("value")
    if amount is not None and amount.currency == "USD":
        rest["dollars"] = Dollars(amount.low, amount.high, "same")
    return Event(n=n, date=from_edtf(when), status=status, **rest)


def dollars(
    low: int | None, high: int | None, qualifier: Qualifier, text: str, basis: Basis = "consideration"
) -> Money:
    return money(low, high, "USD", 2, qualifier, basis=basis, text=text)


def deal(number: int, slug: str, title: str, parties: Sequence[tuple[str, Role]], *events: Event, **rest: Any) -> Deal:
    taking_part = tuple(Party(name.lower().replace(" ", "-"), name, role) for name, role in parties)
    usual: dict[str, Any] = {"kind": "acquisition", "form": "acquisition", "sectors": ("launch",), "core_space": True}
    usual |= {"tags": (), "note": None}
    return Deal(id=number, slug=slug, title=title, parties=taking_part, events=events, **(usual | rest))


WSJ = "The Wall Street Journal"
JOURNAL = source("s-0001", "Business Standard", "2025-12-04", WSJ, "B")
ECONOMICS = source("s-0002", "EconoTimes", None, WSJ, "C")
TURKEY = source("s-0003", "TRT World", "2025-12-04", WSJ, "B")
DIGEST = source("s-0004", "The Outpost", None, None, "C")
PRESS = source("s-0005", "Rocket Lab", "2025-05-27", None, "A")
CLOSING = source("s-0006", "SpaceNews", "2025-08-12", None, "B")


@pytest.fixture
def stoke() -> Deal:
    billions = dollars(1000 * MILLION, None, "magnitude", "billions of dollars over time")
    control = majority("controlling stake, in steps", "sought")
    return deal(
        118,
        "openai-stoke-space-2025",
        "OpenAI explores controlling stake in Stoke Space",
        [("OpenAI", "investor"), ("Stoke Space", "target"), ("Sam Altman", "principal")],
        event(1, "2025-22", "talks", summary="Sam Altman approaches rocket maker Stoke Space.", source=JOURNAL),
        event(
            2,
            "2025-23",
            "proposed",
            summary="A series of equity investments, billions of dollars over time, with control in the end.",
            value=billions,
            stake=control,
            source=ECONOMICS,
        ),
        event(3, "2025-12-03", "stalled", summary="Talks have fizzled and are no longer active.", source=JOURNAL),
        event(
            4,
            "2025-12-03",
            "talks",
            summary="Another account calls the talks off and on, with Altman still weighing a rocket deal.",
            source=TURKEY,
            credibility=4,
        ),
        event(5, "2024-22", "talks", summary="Dates the approach a year too early.", source=DIGEST, credibility=5),
        event(6, "2025-12-04", milestone="statement", summary="Neither side comments.", source=TURKEY, credibility=2),
        kind="equity-stake",
        form="controlling-stake",
        note="Every account retells one report of December 3, 2025.",
        tags=("collapsed",),
        links=(Link("competes-with", "stoke-space-series-d-2025", 256),),
    )


@pytest.fixture
def geost() -> Deal:
    price = dollars(275 * MILLION, 275 * MILLION, "exact", "$275M")
    return deal(
        321,
        "rocket-lab-geost-2025",
        "Rocket Lab -> Geost (acquisition)",
        [("Rocket Lab", "buyer"), ("Geost", "target")],
        event(
            1,
            "2025-05-27",
            "agreed",
            value=price,
            stake=stake(1_000_000, 1_000_000, controlling=True, basis="acquired"),
            source=PRESS,
            credibility=1,
        ),
        event(2, "2025-08-12", "completed", summary="Closed.", source=CLOSING, credibility=1),
    )


@pytest.fixture
def lanes(geost: Deal) -> list[Deal]:
    """Five deals of Rocket Lab: done, done within an uncertain span, open and expected, rumored since ever, dead."""
    return [
        geost,
        deal(
            7,
            "rocket-lab-solaero-2021",
            "Rocket Lab buys SolAero",
            [("Rocket Lab", "buyer"), ("SolAero Technologies", "target")],
            event(1, "2021-12-13", "agreed", value=dollars(80 * MILLION, 80 * MILLION, "exact", "$80M"), source=PRESS),
            event(2, "2022-33", "completed", source=CLOSING),
        ),
        deal(
            8,
            "rocket-lab-mynaric-2025",
            "Rocket Lab buys Mynaric",
            [("Rocket Lab", "buyer"), ("Mynaric", "target"), ("Mynaric lenders", "seller")],
            event(1, "2025-03", "proposed", source=PRESS),
            event(
                2,
                "2025-09-25",
                "agreed",
                value=dollars(75 * MILLION, 150 * MILLION, "range", "$75M plus up to $75M"),
                expected=from_edtf("2026-34"),
                source=CLOSING,
            ),
        ),
        deal(
            9,
            "rocket-lab-ula-2024",
            "Rocket Lab weighs a bid for ULA",
            [("Rocket Lab", "buyer"), ("United Launch Alliance", "target"), ("Boeing", "seller"), ("LM", "seller")],
            event(1, "../2024-08-16", "rumored", source=DIGEST, credibility=4),
        ),
        deal(
            10,
            "bidder-rocket-lab-2023",
            "A bidder approaches Rocket Lab",
            [("Some Bidder", "buyer"), ("Rocket Lab", "target")],
            event(1, "2023-40", "proposed", value=dollars(None, 5000 * MILLION, "up-to", "up to $5bn"), source=DIGEST),
            event(2, "2023-11~", "rejected", source=CLOSING),
            event(3, "2023-11-15", "withdrawn", source=JOURNAL, credibility=4),
        ),
    ]


@pytest.fixture
def row_of() -> Callable[[Deal], DealRow]:
    """A deal as the flat row that a listing would hand over."""
    return row


def row(deal: Deal) -> DealRow:
    facts = dict(zip(FACT_COLUMNS, fact_cells(deal.facts), strict=True))
    own = {
        "id": deal.id,
        "slug": deal.slug,
        "title": deal.title,
        "kind": deal.kind,
        "form": deal.form,
        "sectors": ";".join(deal.sectors),
        "core_space": int(deal.core_space),
        "tags": ";".join(deal.tags),
        "note": deal.note,
        "events": len(deal.events),
        "created": "2026-03-15T12:00:00Z",
        "updated": "2026-03-15T12:00:00Z",
        "checked": "2026-03-16",
        "parties": json.dumps([list(party[:4]) for party in deal.parties]),
    }
    dollars = {f"worth_{bound}": facts[f"value_usd_{bound}"] for bound in ("low", "high")}
    return own | facts | dollars | {"worth_rate": None, "worth_currency": "USD"}


@pytest.fixture
def rows(stoke: Deal, lanes: list[Deal]) -> list[DealRow]:
    vague = replace(lanes[1], id=11, slug="vague-2021", events=(event(1, "2021", "completed", source=PRESS),))
    return [row(one) for one in (stoke, *lanes, vague)]


@dataclass
class Drawn:
    """What a renderer put on a screen."""

    text: str

    @property
    def widest(self) -> int:
        from rich.cells import cell_len  # noqa: PLC0415 - the tests of the screen itself must not load Rich

        return max((cell_len(line) for line in self.text.splitlines()), default=0)


Draw = Callable[..., Drawn]


class Terminal(io.StringIO):
    """A stream that calls itself a UTF-8 terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.fixture
def draw() -> Draw:
    """Draws what a function makes for a screen of that width."""

    def drawn(
        make: Callable[[Screen], Any], width: int | None = 80, *, ascii_only: bool = False, color: str = "never"
    ) -> Drawn:
        out = Terminal() if width else io.StringIO()
        screen = Screen.open(color=color, env={}, stdout=out, stderr=io.StringIO(), ascii_only=ascii_only, width=width)
        screen.show(make(screen))
        return Drawn(out.getvalue())

    return drawn


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Compares with a golden file; DEALTRACK_GOLDEN=write in the environment writes the files anew."""

    def same(name: str, text: str) -> None:
        path = GOLDEN / f"{name}.txt"
        if os.environ.get("DEALTRACK_GOLDEN") == "write":
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        kept = path.read_text(encoding="utf-8") if path.exists() else ""
        if kept != text:
            diff = difflib.unified_diff(
                kept.splitlines(), text.splitlines(), f"golden/{name}.txt", "drawn", lineterm=""
            )
            pytest.fail("\n".join(["drawn otherwise than kept:", *diff]), pytrace=False)

    return same
