"""Texts that would like to be more than texts, in every format, read back by the programs that the formats are for."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path
from xml.parsers import expat

import pytest
from icalendar import Calendar
from markdown_it import MarkdownIt
from openpyxl import load_workbook
from pyarrow.parquet import read_table

from dealtrack.domain.columns import Table
from dealtrack.domain.company import Alias, Company
from dealtrack.domain.date import from_edtf
from dealtrack.domain.draft import Draft
from dealtrack.domain.event import Event
from dealtrack.domain.query import Query
from dealtrack.domain.source import Source
from dealtrack.exchange import workbook
from dealtrack.exchange.delimited import guarded
from dealtrack.exchange.formats import Contents, named
from dealtrack.ledger.writing import WritableLedger

AT = "2026-03-15T12:00:00Z"
BY_ID = Query(sort=(("id", False),))
LONG = 40_000

FORMULAS = (
    "=1+1", "+1+1", "-1-1", "@SUM(1;1)", "\t=1+1", "\r=1+1", "\n=1+1", '=HYPERLINK("http://run.example";"x")',
    "=cmd|'/c calc'!A0", '=WEBSERVICE("http://run.example")', "=" + "1+" * (LONG // 2) + "1", "'=1+1", "{=1+1}",
)  # fmt: skip
MARKUP = (
    "<script>document.title='run'</script>", "</td></table><img src=x onerror=\"document.title='run'\">", "]]>",
    "<![CDATA[x]]>", '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>', "&lt;b&gt; &amp; &#60; &y;", "--> <!--",
    "[click](javascript:run())", "![x](http://run.example/x.png)", "<http://run.example>", "| a | b |", "||",
    "`code` **bold** _it_ ~~gone~~ $x$", "\\| \\\\ \\", "# heading", "---", "1. list", "[x]: http://run.example",
)  # fmt: skip
ODD = (
    "\x01 \x07 \x08 \x0b \x0c \x1b[31m \x1f \x7f \x85", "\ufffe \uffff", "_x0041_ _x0000_", "\u202eevil\u2066",
    "\ufeff", "\U0001f469\u200d\U0001f680 \U0001f1eb\U0001f1f7 e\u0301", "x" * LONG, "\U0001f680" * (LONG // 2),
    "  blanks  ", "two\nlines", "two\r\nlines", "BEGIN:VEVENT", "a;b,c:d\\n",
)  # fmt: skip
# In CSV nothing tells these from what they look like; in every other format something does.
FIGURES = ("00123", "1e999", "1/2/2025", "TRUE", "#N/A")
TEXTS = (*FORMULAS, *MARKUP, *ODD, *FIGURES)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WritableLedger]:
    """A ledger of a deal for each text, which has it wherever a text is free."""
    path = tmp_path_factory.mktemp("hostile") / "deals.db"
    with closing(WritableLedger(path, create=True)) as ledger:
        with ledger.recording(by="ada", at=AT, command="add", action="add"):
            for n, text in enumerate(TEXTS):
                page = Source(f"s-{n:04}", f"https://example.com/{n}", text, text, None, "other", text, "F")
                ledger.add_company(Company(f"c-{n}", text, note=text, aliases=(Alias(text, "brand"),)))
                told = Event(1, from_edtf("2025"), "talks", None, text, source=page, expected=from_edtf("2026-05"))
                one = (text.replace(";", ","),)
                ledger.add_deal(
                    Draft("acquisition", None, ((f"c-{n}", "buyer"),), (told,), f"d-{n}", text, one, True, one, text)
                )
        yield ledger


def texts(ledger: WritableLedger, name: str, table: Table = "deals", columns: tuple[str, ...] | None = None) -> str:
    write = named(name).write
    assert write is not None
    return "".join(write(ledger.table(table, BY_ID), columns, table))


def saved(ledger: WritableLedger, path: Path) -> Path:
    save = named(path.suffix[1:]).save
    assert save is not None
    save(path, Contents(lambda table: ledger.table(table, BY_ID)))
    return path


# --- spreadsheets -------------------------------------------------------------------------------


def members(path: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as book:
        for name in book.namelist():
            yield name, book.read(name)


def test_a_workbook_is_xml_without_entities_formulas_or_addresses_of_others(
    hostile: WritableLedger, tmp_path: Path
) -> None:
    for name, xml in members(saved(hostile, tmp_path / "deals.xlsx")):
        reader, found = expat.ParserCreate(), list[str]()
        reader.StartElementHandler = lambda tag, _, found=found: found.append(tag)
        reader.StartDoctypeDeclHandler = lambda *_, name=name: pytest.fail(f"{name} declares entities")
        reader.Parse(xml, True)
        assert "f" not in found, name
        assert b"run.example" not in xml or name.startswith("xl/worksheets/sheet"), name


def test_a_workbook_holds_each_text_as_far_as_a_cell_does(hostile: WritableLedger, tmp_path: Path) -> None:
    sheet = load_workbook(saved(hostile, tmp_path / "deals.xlsx"))["Deals"]
    heads = [cell.value for cell in sheet[1]]
    for column in ("title", "note", "buyer"):
        at = heads.index(column)
        for row, text in zip(sheet.iter_rows(min_row=2), TEXTS, strict=True):
            assert row[at].data_type in ("s", "inlineStr")
            assert decoded(str(row[at].value)) == fitting(text)


def decoded(cell: str) -> str:
    """What Excel shows of characters that XML does not hold (ECMA-376, part 1, 22.9.2.19)."""
    return re.sub(r"_x([0-9A-F]{4})_", lambda code: chr(int(code[1], 16)), cell)


def fitting(text: str) -> str:
    units = text.encode("utf-16-le")
    return text if len(units) <= 32_767 * 2 else units[: 32_766 * 2].decode("utf-16-le", "ignore") + "\u2026"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_libreoffice_shows_the_texts_and_works_nothing_out(
    suffix: str, hostile: WritableLedger, tmp_path: Path
) -> None:
    path = tmp_path / f"deals.{suffix}"
    if suffix == "csv":
        path.write_text(texts(hostile, "csv", columns=("id", "title", "note")), encoding="utf-8", newline="")
    else:
        saved(hostile, path)
    reading = ["--infilter=CSV:44,34,76,1,,0,false,true"] if suffix == "csv" else []
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", *reading, "--convert-to",
         "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true", "--outdir", str(tmp_path / "out"), str(path)],
        check=True, capture_output=True, timeout=180, env=os.environ | {"HOME": str(tmp_path)},
    )  # fmt: skip
    shown = (tmp_path / "out" / "deals.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(shown, newline=""), strict=True))
    for column in ("title", "note"):
        for row, text in zip(rows, TEXTS, strict=True):
            if suffix == "csv" and text in FIGURES:
                continue
            assert plain(row[column]) == plain(fitting(text) if suffix == "xlsx" else guarded(text))


# What LibreOffice makes of characters that it does not show, and of ends of lines.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\ufeff\ufffd-\uffff]")


def plain(text: str) -> str:
    return _UNSEEN.sub("", text)


# --- pages --------------------------------------------------------------------------------------


class Page(HTMLParser):
    """Which elements a page has, and the words of its cells."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.links: set[str] = set()
        self.cells: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.links |= {value or "" for name, value in attrs if name in ("href", "src")}
        if tag in ("td", "th"):
            self.cells.append("")

    def handle_data(self, data: str) -> None:
        if self.cells:
            self.cells[-1] += data


TABLE = {"html", "head", "meta", "title", "style", "body", "table", "thead", "tbody", "tr", "th", "td"}


def read_page(page: str) -> Page:
    reader = Page()
    reader.feed(page)
    reader.close()
    return reader


def seen(text: str) -> str:
    """A text as far as it can be seen, whatever stands for the rest."""
    return "".join(c for c in text if c.isprintable() and c != "\ufffd").strip()


def test_a_page_is_a_table_of_the_texts_and_nothing_else(hostile: WritableLedger) -> None:
    page = read_page(texts(hostile, "html", columns=("title", "note")))
    assert page.elements == TABLE
    assert not page.links
    assert [seen(cell) for cell in page.cells[2::2]] == [seen(text) for text in TEXTS]
    assert {"a"} == read_page(texts(hostile, "html", "sources")).elements - TABLE
    assert all(link.startswith("https://example.com/") for link in read_page(texts(hostile, "html", "sources")).links)


@pytest.mark.skipif(shutil.which("chromium") is None, reason="Chromium is not installed")
def test_a_browser_makes_a_table_of_it_and_runs_nothing(hostile: WritableLedger, tmp_path: Path) -> None:
    (tmp_path / "deals.html").write_text(texts(hostile, "html", columns=("title", "note")), encoding="utf-8")
    went = subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}",
         "--dump-dom", (tmp_path / "deals.html").as_uri()],
        check=True, capture_output=True, timeout=180, env=os.environ | {"HOME": str(tmp_path)},
    )  # fmt: skip
    page = went.stdout.decode()
    assert "<title>Deals</title>" in page
    assert read_page(page).elements == TABLE
    assert [seen(cell) for cell in read_page(page).cells[2::2]] == [seen(text) for text in TEXTS]


def test_markdown_is_a_table_of_the_texts_with_no_markup_in_it(hostile: WritableLedger) -> None:
    """Rendered with HTML let through and addresses that are told made links, as the boldest of renderers do."""
    made = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    page = read_page(made.render(texts(hostile, "md", columns=("title", "note"))))
    assert page.elements == {"table", "thead", "tbody", "tr", "th", "td"}
    # In Markdown, blanks at the ends of a cell are none of its text, and several are one.
    assert [seen(cell).split() for cell in page.cells[2::2]] == [seen(text).split() for text in map(spaced, TEXTS)]


def spaced(text: str) -> str:
    return "".join(" " if c.isspace() else c for c in text)


# --- programs -----------------------------------------------------------------------------------


def test_objects_hold_every_text_as_it_is_and_nothing_that_acts(hostile: WritableLedger) -> None:
    lines = texts(hostile, "ndjson")
    assert [json.loads(line)["title"] for line in lines.splitlines()] == list(TEXTS)
    assert [deal["note"] for deal in json.loads(texts(hostile, "json"))] == list(TEXTS)
    assert not set(lines) & {"\x1b", "\x7f", "\x85", "\u202e", "\u2066"}


def test_parquet_holds_every_text_as_it_is(hostile: WritableLedger, tmp_path: Path) -> None:
    found = read_table(saved(hostile, tmp_path / "deals.parquet"))
    assert found.column("title").to_pylist() == list(TEXTS)
    assert found.column("buyer").to_pylist() == [[text] for text in TEXTS]


def test_a_line_between_tabs_is_one_deal_and_no_formula(hostile: WritableLedger) -> None:
    lines = texts(hostile, "tsv", columns=("title", "note")).removesuffix("\n").split("\n")
    assert len(lines) == len(TEXTS) + 1
    for line, text in zip(lines[1:], TEXTS, strict=True):
        (title, note), *rest = csv.reader([line], delimiter="\t", strict=True)
        assert (title, rest) == (note, [])
        assert seen(title) == seen(spaced(guarded(text)))
        assert not title.startswith(("=", "+", "-", "@"))


def test_a_calendar_is_an_event_for_each_deal_and_its_lines_are_short(hostile: WritableLedger) -> None:
    calendar = texts(hostile, "ics")
    assert max(len(line.encode()) for line in calendar.split("\r\n")) <= 75
    events = Calendar.from_ical(calendar).walk("VEVENT")
    assert [str(event["uid"]) for event in events] == [f"d-{n}.closing@dealtrack" for n in range(len(TEXTS))]
    for event, text in zip(events, TEXTS, strict=True):
        told = str(event["summary"]).rpartition(": expected")[0]
        assert "".join(seen(text).split()) == "".join(seen(told).split())


# --- what Excel has no room for -----------------------------------------------------------------


def test_rows_that_a_sheet_does_not_hold_go_on_further_ones(
    sampled: WritableLedger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "ROWS", 101)
    remarks = workbook.save(tmp_path / "deals.xlsx", Contents(lambda table: sampled.table(table, BY_ID), "deals"))
    assert remarks == ["Deals are on 4 sheets: Excel holds 101 rows on one"]
    book = load_workbook(tmp_path / "deals.xlsx", read_only=True)
    sheets = [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets[:-1]]
    assert book.sheetnames == ["Deals", "Deals 2", "Deals 3", "Deals 4", "About"]
    assert [len(rows) for rows in sheets] == [101, 101, 101, 6]
    assert {rows[0] for rows in sheets} == {sheets[0][0]}
    assert [row[0] for rows in sheets for row in rows[1:]] == sampled.ids(BY_ID)
    book.close()


def test_a_sheet_that_is_just_full_is_one_sheet(
    sampled: WritableLedger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "ROWS", 306)
    assert not workbook.save(tmp_path / "deals.xlsx", Contents(lambda table: sampled.table(table, BY_ID), "deals"))
    assert load_workbook(tmp_path / "deals.xlsx").sheetnames == ["Deals", "About"]


def test_texts_and_links_that_excel_has_no_room_for_are_told(
    hostile: WritableLedger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "_LINKS", 5)
    remarks = workbook.save(tmp_path / "deals.xlsx", Contents(lambda table: hostile.table(table, BY_ID)))
    cut, unlinked = remarks
    assert re.fullmatch(r"Texts cut at 32,767 characters, which is what a cell of Excel holds: \d+", cut)
    # Each page is on the sheet of the sources and, with what was read there, on that of the events.
    assert unlinked == f"Addresses that are texts, since Excel follows 5 on a sheet: {2 * (len(TEXTS) - 5)}"
