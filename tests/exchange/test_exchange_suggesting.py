"""Drafts of mapping files: each reads the file that it was drafted from as far as that tells, and leaves the rest."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dealtrack.exchange.headings import facts_of, look_like_names, status_told, unit_told
from dealtrack.exchange.mapfile import laid_out
from dealtrack.exchange.mapping import mapped
from dealtrack.exchange.recognising import recognise
from dealtrack.exchange.row import Place, RawRow, Record, RowError
from dealtrack.exchange.suggesting import suggest

EXAMPLES = Path(__file__).parent / "layouts"
SHEET = """\
Ref,Company,Bidder,Signed on,Closing,Stand,Size (EUR mil),Comment,Owner
7,Orbex,The Exploration Company,25/11/2025,,Signed,"12,5",Letter of intent,Ann
8,Reflex Aerospace,Alpine Space Ventures;Helsing,03/04/2025,01/10/2025,Completed,"7,0",,Ben
"""


def rows_of(text: str) -> list[RawRow]:
    return [RawRow(Place("sheet.csv", n), cells) for n, cells in enumerate(csv.DictReader(text.splitlines()), 2)]


def test_a_draft_fills_in_what_is_plain_and_asks_for_the_rest() -> None:
    rows = rows_of(SHEET)
    drafted = suggest(list(rows[0].cells), rows)
    golden = Path(__file__).parent / "golden" / "suggested.toml"
    assert drafted == golden.read_text(encoding="utf-8")


def test_a_draft_reads_the_file_once_it_is_told_what_was_left_open() -> None:
    rows = rows_of(SHEET)
    drafted = suggest(list(rows[0].cells), rows)
    left = [str(found) for found in mapped(rows, laid_out(drafted, "map.toml")) if isinstance(found, RowError)]
    assert left == ['sheet.csv:2, column Stand: status "Signed" is not in the map "map"']
    told = drafted.replace("[status.words]", '[status.words]\n"Signed" = "agreed"')
    found = [one for one in mapped(rows, laid_out(told, "map.toml")) if isinstance(one, Record)]
    assert [(one.identity, one.events[0].on, one.events[-1].status, one.events[0].value) for one in found] == [
        ("7", "2025-11-25", "agreed", "EUR 12.5M"),
        ("8", "2025-04-03", "completed", "EUR 7M"),
    ]


@pytest.mark.parametrize(
    ("days", "line"),
    [
        (["25/11/2025", "03/04/2025"], 'dates = "dmy"'),
        (["11/25/2025", "03/04/2025"], 'dates = "mdy"'),
        (["03/04/2025"], '# dates = "dmy"   which is it?'),
        (["25/11/2025", "11/25/2025"], '# dates = "dmy"   which is it?'),
        (["2025-11-25", "3 Dec 2025"], "# dates stand year first"),
    ],
)
def test_an_order_of_dates_is_told_only_where_the_rows_show_it(days: list[str], line: str) -> None:
    rows = [RawRow(Place("a.csv", n), {"Date": day, "Target": "x"}) for n, day in enumerate(days, 2)]
    assert f"\n{line}" in suggest(["Date", "Target"], rows)


@pytest.mark.parametrize("name", ["sdc.csv", "pitchbook.csv", "crunchbase-web-rounds.csv"])
def test_a_draft_of_a_known_file_finds_its_deals(name: str) -> None:
    rows = rows_of((EXAMPLES / name).read_text(encoding="utf-8"))
    layout = laid_out(suggest(list(rows[0].cells), rows), "map.toml")
    known = recognise(rows[0].cells)
    assert known is not None
    drafted = {one.place: one for one in mapped(rows, layout) if isinstance(one, Record)}
    assert drafted
    for one in mapped(rows, known):
        if isinstance(one, Record) and one.place in drafted:
            assert drafted[one.place].identity in (one.identity, None)
            assert drafted[one.place].kind == one.kind


# A deal list as it is kept in each language, and which column tells what.
LISTS = {
    "de": {
        "identity": "Lfd. Nr.", "buyer": "Käufer", "target": "Zielunternehmen", "announced": "Datum der Ankündigung",
        "completed": "Vollzug", "status": "Stand", "value": "Wert (Mio.)", "currency": "Währung", "sectors": "Branche",
        "seller": "Verkäufer", "stake": "Anteil", "url": "Quelle", "note": "Anmerkung",
    },
    "de of another house": {
        "buyer": "Erwerber", "target": "Firma", "announced": "Datum", "type": "Art", "value": "Betrag",
        "stake": "Beteiligung", "title": "Bezeichnung",
    },
    "fr": {
        "identity": "N°", "buyer": "Acquéreur", "target": "Société cible", "announced": "Date d'annonce",
        "completed": "Clôture", "status": "Statut", "value": "Montant (M€)", "currency": "Devise", "sectors": "Secteur",
        "seller": "Cédant", "investor": "Investisseurs", "note": "Commentaire",
    },
    "es": {
        "buyer": "Comprador", "target": "Empresa objetivo", "announced": "Fecha de anuncio", "completed": "Cierre",
        "status": "Estado", "value": "Importe", "currency": "Moneda", "seller": "Vendedor", "stake": "Participación",
        "url": "Fuente", "type": "Tipo",
    },
    "it": {
        "buyer": "Acquirente", "target": "Società", "announced": "Data della firma", "status": "Stato",
        "value": "Importo",
        "currency": "Valuta", "sectors": "Settore", "seller": "Venditore", "url": "Fonte", "note": "Descrizione",
    },
}  # fmt: skip


@pytest.mark.parametrize("language", LISTS)
def test_columns_are_known_by_the_words_of_five_languages(language: str) -> None:
    columns = LISTS[language]
    assert facts_of(list(columns.values())) == columns
    shouted = [name.upper() for name in columns.values()]
    assert facts_of(shouted) == {fact: name.upper() for fact, name in columns.items()}
    assert look_like_names(shouted)
    for line in (["Deal list, as of 17 July 2025"], ["Beteiligte", "", "Transaktion", "Geld"], ["1", "Airbus", "OHB"]):
        assert not look_like_names(line)


@pytest.mark.parametrize(
    ("name", "unit"),
    [("Wert (Mio. €)", "millions"), ("Betrag in Mrd.", "billions"), ("Montant (M€)", "millions"),
     ("Importe (miles de millones)", "billions"), ("Valore (mln)", "millions"), ("Wert in TEUR", ""), ("Wert", "")],
)  # fmt: skip
def test_a_unit_is_known_by_its_word(name: str, unit: str) -> None:
    assert unit_told(name) == unit


def test_a_status_is_known_by_its_word() -> None:
    assert {status_told(word) for word in ("Abgeschlossen", "annoncé", "rechazada", "in trattativa")} == {
        "completed", "agreed", "rejected", "talks",
    }  # fmt: skip
    assert status_told("offen") == ""


NAMES = st.text(min_size=1, max_size=20) | st.sampled_from(
    ["Target", "Buyer", "Deal ID", 'Value "th" EUR', "Status", "Type", "Date", "a\nb", "Currency", "\x1b[2J", "Stake %"]
)


@settings(max_examples=200, deadline=None)
@given(cells=st.lists(st.dictionaries(NAMES, st.text(max_size=20), min_size=1, max_size=8), min_size=1, max_size=3))
def test_whatever_the_file_a_draft_is_toml_that_does_not_act(cells: list[dict[str, str]]) -> None:
    header = list(cells[0])
    drafted = suggest(header, [RawRow(Place("a.csv", n), row) for n, row in enumerate(cells, 2)])
    assert all(c.isprintable() or c == "\n" for c in drafted)
    if "names no parties" not in drafted and "[parties]\n\n" not in drafted:
        try:
            laid_out(drafted, "map.toml")
        except Exception as problem:  # noqa: BLE001 - told apart below
            assert "the map" in str(problem)  # noqa: PT017 - a draft may lack a date, but is never no TOML
