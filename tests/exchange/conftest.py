"""Real ledgers in temporary folders, the bundled sample in one of them, and a small data package to break."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from dealtrack.domain.company import Alias, Company
from dealtrack.domain.date import from_edtf
from dealtrack.domain.draft import Draft
from dealtrack.domain.event import Event
from dealtrack.domain.money import money
from dealtrack.domain.publisher import Publisher
from dealtrack.domain.query import Query
from dealtrack.domain.source import Source
from dealtrack.domain.stake import majority, stake
from dealtrack.exchange.package import Package, open_package, sample
from dealtrack.exchange.packing import into_folder, into_zip
from dealtrack.exchange.staging import BadPackage
from dealtrack.ledger.intake import Outcome, take_in
from dealtrack.ledger.ledger import Ledger
from dealtrack.ledger.publishing import keep_publisher
from dealtrack.ledger.writing import WritableLedger

AT = "2026-03-15T12:00:00Z"

# One deal of each kind, linked; every table has a row, so that each can be broken.
SMALL = {
    "companies.csv": (
        "id,name,kind,country,sectors,ticker,note\n"
        "rocket-lab,Rocket Lab,company,US,launch;spacecraft,NASDAQ:RKLB,\n"
        "geost,Geost,company,US,,,\n"
        "ses,SES,company,LU,satcom,,\n"
    ),
    "aliases.csv": "company,alias,kind\nrocket-lab,RocketLab,short\n",
    "sources.csv": (
        "id,url,title,publisher,published,kind,via,reliability,title_derived\n"
        "s-0001,https://example.com/geost,Rocket Lab to buy Geost,SpaceNews,2025-05-27,news,,B,no\n"
    ),
    "identifiers.csv": "company,kind,value,source\nrocket-lab,cik,0001819994,s-0001\n",
    "parents.csv": "company,parent,valid\ngeost,rocket-lab,2025-08/..\n",
    "judgements.csv": (
        "company,other,verdict,by,at,why\nrocket-lab,ses,different,ada,2026-01-01T00:00:00Z,One flies rockets.\n"
    ),
    "deals.csv": (
        "id,title,kind,form,sectors,core_space,tags,note\n"
        "rocket-lab-geost-2025,Rocket Lab buys Geost,acquisition,acquisition,spacecraft,yes,,\n"
        "ses-geost-2024,SES and Geost work together,partnership,commercial-agreement,satcom,yes,,\n"
    ),
    "parties.csv": (
        "deal,company,role\n"
        "rocket-lab-geost-2025,rocket-lab,buyer\n"
        "rocket-lab-geost-2025,geost,target\n"
        "ses-geost-2024,ses,partner\n"
        "ses-geost-2024,geost,partner\n"
    ),
    "events.csv": (
        "id,deal,date,status,milestone,summary,value_text,value_currency,value_low,value_high,value_qualifier,"
        "value_basis,value_usd_low,value_usd_high,stake_text,stake_low,stake_high,stake_basis,controlling,expected,"
        "source,credibility,flags\n"
        "rocket-lab-geost-2025#1,rocket-lab-geost-2025,2025-05-27,agreed,,Signed.,$275M to $300M,USD,275000000,"
        "300000000,range,consideration,,,all of it,100,100,acquired,yes,2025-35,s-0001,2,\n"
        "ses-geost-2024#1,ses-geost-2024,2024-22,talks,,They talk.,,,,,,,,,,,,,,,,3,\n"
    ),
    "links.csv": "deal,related,relation\nrocket-lab-geost-2025,ses-geost-2024,follows\n",
    "rates.csv": "date,currency,usd,origin\n2025-03-31,AED,0.272294,CBUAE\n",
}


COMPANIES = (
    Company("quote", '"Quote", Sons & Co.', aliases=(Alias("Quote;Sons", "short"),)),
    Company("formula", "=1+1", ticker="LSE:SUM"),
    Company("plus", "+SUM(A1:A9)"),
    Company("mitsubishi", "\u4e09\u83f1\u96fb\u6a5f", country="JP", sectors=("satcom",)),
    Company("arabsat", "\u0639\u0631\u0628\u0633\u0627\u062a \U0001f6f0\ufe0f", kind="consortium"),
    Company("astra", "Astra", note="-note"),
)
PAGE = Source("s-0001", "https://example.com/a?b=1,2", '"Talks", they say', "=News", from_edtf("2025-05-30"), "news",
              "@wire", "B")  # fmt: skip

# What a spreadsheet, a terminal or a parser could trip over, one deal each.
AWKWARD = (
    Draft(
        kind="acquisition", form="merger", slug="quote-astra-2025", title='Commas, "quotes",\nnew lines and\ttabs',
        parties=(("quote", "buyer"), ("astra", "target"), ("plus", "lead-investor"), ("formula", "lead-investor")),
        sectors=("launch", "lunar"), tags=("a,b", "c"), note='He said: "no",\r\nthen left.',
        events=(
            Event(1, from_edtf("2025-05-27"), "agreed", source=PAGE, credibility=2, expected=from_edtf("2025-35"),
                  value=money(27_500_000_000, 30_000_000_000, "USD", 2, "range", basis="consideration",
                              text='$275-300M, "all in"'),
                  stake=majority("controlling stake", "acquired")),
        ),
    ),
    Draft(
        kind="equity-stake", slug="formula-plus-2024", title='=HYPERLINK("http://example.com";"x")', tags=("-1", "@t"),
        parties=(("formula", "investor"), ("plus", "target")), core_space=False, note="+1",
        events=(
            Event(1, from_edtf("2024-22"), "talks", summary="@SUM(1)",
                  value=money(None, None, None, 2, "undisclosed", text="-undisclosed"),
                  stake=stake(105_000, 495_000, basis="sought", text="-10.5..49.5")),
        ),
    ),
    Draft(
        kind="partnership", form="joint-venture", slug="astra-quote-2023",
        title="bell \a; escape \x1b[31m; delete \x7f; next line \x85; separator \u2028 and a return \r in it",
        parties=(("astra", "partner"), ("quote", "partner")), note="a\t=1+1",
        events=(Event(1, from_edtf("2023~"), "rumored", summary="\x1b[2J"),),
    ),
    Draft(
        kind="acquisition", form="take-private", slug="mitsubishi-astra-2025",
        title="\u4e09\u83f1\u304c Astra \u3092\u8cb7\u53ce",
        parties=(("mitsubishi", "buyer"), ("astra", "target")),
        events=(
            Event(1, from_edtf("2025-05-27"), "proposed",
                  value=money(5_000_000_000, 5_000_000_000, "JPY", 0, "exact", basis="consideration",
                              text="50\u5104\u5186")),
        ),
    ),
    Draft(
        kind="acquisition", form="asset-purchase", slug="arabsat-astra-2025",
        title="\u0639\u0631\u0628\u0633\u0627\u062a \u202e\U0001f680\u200d",
        parties=(("arabsat", "buyer"), ("astra", "seller")),
        events=(
            Event(1, from_edtf("2025-05-25/2025-05-26"), "agreed", source=PAGE,
                  value=money(10_000_000_050, None, "EUR", 2, "at-least", basis="consideration", text="\u20ac100m+")),
        ),
    ),
    Draft(
        kind="equity-stake", form="other", slug="plus-astra-2025", title="Sums in no currency",
        parties=(("plus", "investor"), ("astra", "target")),
        events=(
            Event(1, from_edtf("../2025-12-03"), "completed",
                  value=money(None, 46_000_000_001, None, 2, "up-to", basis="round-size",
                              text="up to 460M and a cent")),
        ),
    ),
    Draft(
        kind="equity-stake", form="pipe", slug="plus-astra-2026", title="A currency of three decimals and no rate",
        parties=(("plus", "investor"), ("astra", "target")),
        events=(
            Event(1, from_edtf("2026-01-05"), "denied", credibility=4,
                  value=money(5_125, 5_125, "KWD", 3, "about", basis="round-size", text="KWD 5.125")),
        ),
    ),
)  # fmt: skip


def _take(ledger: WritableLedger, package: Package) -> Outcome:
    with ledger.recording(by="ada", at=AT, command="dealtrack import", action="import"):
        return take_in(ledger, package, AT)


@pytest.fixture
def new_ledger(tmp_path: Path) -> Iterator[Callable[[], WritableLedger]]:
    """Makes empty ledgers."""
    made: list[WritableLedger] = []

    def make() -> WritableLedger:
        made.append(WritableLedger(tmp_path / f"ledger-{len(made)}.db", create=True))
        return made[-1]

    yield make
    for ledger in made:
        ledger.close()


@pytest.fixture(scope="session")
def taken() -> Callable[[WritableLedger, Package], Outcome]:
    """Takes a package into a ledger, in one change."""
    return _take


@pytest.fixture(scope="session")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WritableLedger]:
    """A ledger that holds the bundled sample; nothing may change it."""
    ledger = WritableLedger(tmp_path_factory.mktemp("sample") / "sample.db", create=True)
    with closing(ledger), closing(sample()) as package:
        _take(ledger, package)
        yield ledger


@pytest.fixture
def awkward(new_ledger: Callable[[], WritableLedger]) -> WritableLedger:
    """A ledger made by hand of awkward content."""
    ledger = new_ledger()
    with ledger.recording(by="ada", at=AT, command="dealtrack add", action="add"):
        for company in COMPANIES:
            ledger.add_company(company)
        keep_publisher(ledger, Publisher('=Wire, "daily"', "E", 0, ("@wire", "'a,b")), None)
        for draft in AWKWARD:
            ledger.add_deal(draft)
    return ledger


@pytest.fixture
def small(tmp_path: Path) -> Callable[..., Path]:
    """Writes the small package into a folder, with words of its files replaced: (file, old, new) each."""

    def write(*replaced: tuple[str, str, str]) -> Path:
        folder = tmp_path / "small"
        into_folder(folder_of(folder), lambda _table: ())
        files = dict(SMALL)
        for file, old, new in replaced:
            assert old in files[file], f"{file} holds no {old!r}"
            files[file] = files[file].replace(old, new, 1)
        for file, text in files.items():
            (folder / file).write_text(text, encoding="utf-8", newline="")
        return folder

    return write


def folder_of(path: Path) -> Path:
    """An empty folder there."""
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    return path


def packed(ledger: Ledger, folder: Path, query: Query) -> dict[str, bytes]:
    """Every file of a package of the deals that match, written into that folder."""
    into = folder_of(folder)
    into_folder(into, lambda table: ledger.packaged(table, query))
    return {file.name: file.read_bytes() for file in sorted(into.iterdir())}


@pytest.fixture
def refused(new_ledger: Callable[[], WritableLedger]) -> Callable[[Path], str]:
    """What is said when a package is refused; the ledger's file must keep every byte."""
    ledger = new_ledger()
    before = ledger.path.exists() and ledger.path.read_bytes()

    def refuse(path: Path) -> str:
        with pytest.raises(BadPackage) as told, closing(open_package(path)) as package:
            _take(ledger, package)
        assert told.value.exit_code == 2
        assert told.value.hint
        assert (ledger.path.exists() and ledger.path.read_bytes()) == before
        return told.value.what

    return refuse


@pytest.fixture
def exported(tmp_path: Path) -> Callable[..., dict[str, bytes]]:
    """Exports the deals of a ledger that match as a folder, and gives every file's bytes."""

    def export(ledger: WritableLedger, query: Query | None = None, folder: Path | None = None) -> dict[str, bytes]:
        return packed(ledger, folder or tmp_path / "exported", query or Query())

    return export


@pytest.fixture
def zipped() -> Callable[[WritableLedger, Path], bytes]:
    """Exports every deal of a ledger as a zip file, and gives its bytes."""

    def export(ledger: WritableLedger, path: Path) -> bytes:
        into_zip(path, lambda table: ledger.packaged(table, Query()))
        return path.read_bytes()

    return export
