"""Mapping files that users write: what they may say, and in which line they say what cannot be."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dealtrack.exchange.layout import Fact
from dealtrack.exchange.mapfile import BadMap, laid_out, read_layout
from dealtrack.exchange.mapping import UnmappedFile, check_header, mapped
from dealtrack.exchange.recognising import shipped
from dealtrack.exchange.row import Number, Place, RawRow, Record, RowError

OURS = """\
title = "Our old spreadsheet"
empty = ["?"]

[reading]
dates = "dmy"
decimal = ","

[deal]
type = { column = "Art", words = { "Kauf*" = "acquisition/acquisition", Beteiligung = "equity-stake" } }
note = "Bemerkung"
sectors = { is = "launch" }

[parties]
buyer = { column = "Kaeufer", parted = [" und ", ";"], kinds = "acquisition" }
investor = { column = "Kaeufer", parted = [" und ", ";"], kinds = "equity-stake" }
target = "Ziel"

[status]
column = "Stand"
words = { "unterschrieben" = "agreed", "weg" = "terminated", "wohl zu" = { status = "completed", credibility = 4 } }

[dates]
announced = "Datum"
completed = "Vollzug"

[value]
column = "Preis (Mio.)"
currency = "EUR"
unit = "millions"
about_when = { "Schaetzung" = ["ja"] }

[source]
url = "Quelle"
reliability = { is = "C" }
"""
ROW = {
    "Art": "Kauf (100 %)", "Kaeufer": "OHB und Airbus", "Ziel": "MT Aerospace", "Stand": "unterschrieben",
    "Datum": "03.04.2025", "Vollzug": "", "Preis (Mio.)": "1.234,5", "Schaetzung": "ja", "Quelle": "https://example.com/1",
    "Bemerkung": "?",
}  # fmt: skip


def map_of(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "map.toml"
    path.write_text(text, encoding="utf-8")
    return path


def one(text: str, **cells: str) -> Record | RowError:
    row = RawRow(Place("deals.csv", 2), ROW | cells)
    (found,) = mapped([row], laid_out(text, "map.toml"))
    return found


def test_a_map_of_ones_own_reads_a_file_of_ones_own() -> None:
    found = one(OURS)
    assert isinstance(found, Record)
    assert (found.family, found.kind, found.form, found.note) == ("map", "acquisition", "acquisition", "")
    assert found.parties == (("buyer", "OHB"), ("buyer", "Airbus"), ("target", "MT Aerospace"))
    (event,) = found.events
    assert (event.on, event.status, event.value, event.basis) == (
        "2025-04-03",
        "agreed",
        "~EUR 1.234bn",
        "consideration",
    ) or (event.value == "~EUR 1,234,500,000")
    assert (found.source, found.reliability, found.sectors) == ("https://example.com/1", "C", "launch")


STAKE = OURS.replace("[source]", '[stake]\ncolumn = "Anteil"\n\n[source]')


@pytest.mark.parametrize(
    ("cell", "stake"),
    [
        ("30,5%", "30.5%"), ("30,5 %", "30.5%"), ("30,5", "30.5%"), ("51 %", "51 %"), ("51", "51"),
        ("45..55", "45..55"),
        ("Mehrheit", "Mehrheit"), (Number("30.5"), "30.5%"), (Number("30.5%"), "30.5%"),
    ],
)  # fmt: skip
def test_a_percentage_is_written_with_the_marks_of_the_map(cell: str, stake: str) -> None:
    found = one(STAKE, Anteil=cell)
    assert isinstance(found, Record)
    assert found.events[0].stake == stake


def test_a_percentage_with_other_marks_is_refused_as_an_amount_is() -> None:
    found = one(STAKE, Anteil="30.5%")
    assert isinstance(found, RowError)
    assert found.what.startswith('number "30.5" is not written with "," before decimals')


def test_what_a_file_holds_as_a_number_is_not_read_by_the_marks_of_the_map() -> None:
    found = one(OURS, **{"Preis (Mio.)": Number("1.234"), "Schaetzung": ""})
    assert isinstance(found, Record)
    assert found.events[0].value == "EUR 1.234M"
    text = one(OURS, **{"Preis (Mio.)": "1.234", "Schaetzung": ""})
    assert isinstance(text, Record)
    assert text.events[0].value == "EUR 1.234bn"


def test_words_of_ones_own_may_be_doubted() -> None:
    found = one(OURS, Stand="wohl zu", Vollzug="1.6.2025")
    assert isinstance(found, Record)
    assert [(event.on, event.status, event.credibility) for event in found.events] == [
        ("2025-04-03", "agreed", ""),
        ("2025-06-01", "completed", "4"),
    ]


def test_without_an_order_two_readings_are_refused() -> None:
    found = one(OURS.replace('dates = "dmy"\n', ""), Datum="03/04/2025")
    assert isinstance(found, RowError)
    assert str(found) == 'deals.csv:2, column Datum: date "03/04/2025" could be 3 April or 4 March 2025'


def test_the_columns_that_a_map_names_must_be_there() -> None:
    layout = laid_out(OURS, "map.toml")
    check_header(ROW, layout, "deals.csv")
    with pytest.raises(UnmappedFile) as told:
        check_header([*(name for name in ROW if name != "Vollzug"), "Vollzugs"], layout, "deals.csv")
    assert told.value.what == 'deals.csv has no column "Vollzug", which the map "map" names'
    assert told.value.hint == 'did you mean "Vollzugs"?'


@pytest.mark.parametrize(
    ("old", "new", "line", "what", "hint"),
    [
        ('title = "Our', "title = Our", 1, "not TOML: Invalid value", "names with blanks"),
        ("[reading]", "[readings]", 4, 'there is no "readings" in a mapping file', "did you mean reading?"),
        ('dates = "dmy"', 'dates = "dym"', 5, 'reading.dates cannot be "dym"', "one of dmy, mdy, ymd"),
        ('decimal = ","', 'decimal = ";"', 6, 'reading.decimal cannot be ";"', "one of ., ,"),
        (
            'decimal = ","',
            'decimal = ","\nthousands = ","',
            7,
            "decimals and thousands have the same mark",
            "give each",
        ),
        ('decimal = ","', "century = 70", 6, "century is no year", "century = 1970"),
        ('note = "Bemerkung"', "note = 5", 10, "deal.note names no column", "is ="),
        (
            'note = "Bemerkung"',
            'note = { column = "A", is = "b" }',
            10,
            "deal.note is both a column and",
            'is = "always',
        ),
        ('note = "Bemerkung"', 'notes = "Bemerkung"', 10, 'there is no "notes" in deal', "did you mean note?"),
        (
            'equity-stake" }',
            'equity-share" }',
            9,
            'deal.type.words.Beteiligung cannot be "equity-share"',
            "one of equity-stake",
        ),
        (
            "acquisition/acquisition",
            "acquisition/purchase",
            9,
            'deal.type.words.Kauf* cannot be "purchase"',
            "asset-purchase?",
        ),
        (
            'type = { column = "Art"',
            'type = { column = "Art", other = 1',
            9,
            'there is no "other" in deal.type',
            "otherwise?",
        ),
        ("investor =", "investors =", 15, 'there is no "investors" in parties', "did you mean investor?"),
        ('kinds = "equity-stake"', 'kinds = "stake"', 15, 'parties.investor.kinds cannot be "stake"', "one of"),
        ('column = "Stand"', 'colum = "Stand"', 19, 'there is no "colum" in status', "did you mean column?"),
        ('"agreed"', '"agred"', 20, 'status.words.unterschrieben cannot be "agred"', "did you mean agreed?"),
        ("credibility = 4", "credibility = 9", 20, 'status.words.wohl zu.credibility cannot be "9"', "one of"),
        ('announced = "Datum"', 'anounced = "Datum"', 23, 'there is no "anounced" in dates', "did you mean announced?"),
        ('currency = "EUR"', 'currency = "EUX"', 28, 'currency "EUX" is not in ISO 4217', "did you mean EUR?"),
        ('unit = "millions"', 'unit = "million"', 29, 'value.unit cannot be "million"', "one of ones"),
        ('unit = "millions"', 'basis = "price"', 29, 'value.basis cannot be "price"', "one of"),
        ('reliability = { is = "C" }', 'reliability = { is = "Z" }', 34, 'source.reliability cannot be "Z"', "one of"),
        ("[dates]\n", "[[dates]]\n", 22, "dates is no table", "[dates]"),
    ],
)
def test_what_a_map_cannot_say_is_told_with_its_line(  # noqa: PLR0917 - a row of the table above
    tmp_path: Path, old: str, new: str, line: int, what: str, hint: str
) -> None:
    path = map_of(tmp_path, OURS.replace(old, new, 1))
    with pytest.raises(BadMap) as told:
        read_layout(path)
    assert told.value.what.startswith(f"{path}:{line}: {what}")
    assert hint in told.value.hint
    assert told.value.exit_code == 2


@pytest.mark.parametrize(
    ("without", "what"),
    [
        ("parties", "the map names no parties"),
        ("dates", "the map names no date"),
        ("status", "the map does not say how deals stand"),
        ("deal", "the map does not say what kind of deal"),
    ],
)
def test_a_map_says_who_what_and_when(without: str, what: str) -> None:
    parts = OURS.split("\n[")
    text = "\n[".join(part for part in parts if not part.startswith(f"{without}]"))
    with pytest.raises(BadMap, match=what) as told:
        laid_out(text, "map.toml")
    assert f"[{without}]" in told.value.hint


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes("title = 'K\u00e4ufer'".encode("latin-1"))
    for name, what in (("gone.toml", "cannot be read"), ("latin.toml", "it is not UTF-8"), ("", "cannot be read")):
        with pytest.raises(BadMap, match=what):
            read_layout(tmp_path / name)


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_a_mangled_map_is_refused_or_read(data: st.DataObject) -> None:
    lines = data.draw(st.sampled_from([OURS, *MAPS])).splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    lines[at] = data.draw(
        st.sampled_from(lines) | st.text(max_size=30) | st.just("value = [[1]]") | st.just("[status.words]")
    )
    try:
        layout = laid_out("\n".join(lines), "map.toml")
    except BadMap as problem:
        refused = problem.what, problem.hint
        assert refused[0].startswith("map.toml:")
        assert refused[1]
    else:
        for found in mapped([RawRow(Place("deals.csv", 2), ROW)], layout):
            assert isinstance(found, Record | RowError)


MAPS = [path.read_text(encoding="utf-8") for path in sorted(
    (Path(__file__).parents[2] / "dealtrack" / "exchange" / "maps").glob("*.toml")
) if path.name != "statuses.toml"]  # fmt: skip


def test_every_shipped_map_says_where_its_names_were_seen() -> None:
    assert len(MAPS) == len(shipped())
    for text in MAPS:
        assert "# Seen: " in text


def test_a_currency_is_a_code_or_a_column() -> None:
    assert laid_out(OURS, "m").values[0].currency == Fact(constant="EUR")
    assert laid_out(OURS.replace('"EUR"', '"Waehrung"'), "m").values[0].currency == Fact(("Waehrung",))
