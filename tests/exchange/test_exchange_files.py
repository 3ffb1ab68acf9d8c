"""The files of a data package: what cannot be read is named; what was written a little otherwise is read."""

import json
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dealtrack.domain.company import Identifier, Parent
from dealtrack.domain.judgement import Judgement
from dealtrack.domain.query import Query
from dealtrack.exchange.package import Package, open_package
from dealtrack.exchange.staging import TABLES, BadPackage
from dealtrack.ledger.intake import Outcome
from dealtrack.ledger.writing import WritableLedger

Small = Callable[..., Path]
Refused = Callable[[Path], str]
NewLedger = Callable[[], WritableLedger]
Taken = Callable[[WritableLedger, Package], Outcome]


def described(folder: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    """The package with its descriptor changed."""
    path = folder / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    change(descriptor)
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    return folder


def links_at(folder: Path, path: object) -> Path:
    """The package with another path for its links."""

    def change(descriptor: dict[str, Any]) -> None:
        next(one for one in descriptor["resources"] if one["name"] == "links").update(path=path)

    return described(folder, change)


def zipped(folder: Path) -> Path:
    path = folder.with_suffix(".zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, file.name)
    return path


# --- the descriptor -----------------------------------------------------------------------------


def test_a_path_that_is_not_there_is_refused(refused: Refused, tmp_path: Path) -> None:
    assert refused(tmp_path / "deals.zip") == f'"{tmp_path}/deals.zip" does not exist'


def test_a_folder_without_a_descriptor_is_refused(small: Small, refused: Refused) -> None:
    folder = small()
    (folder / "datapackage.json").unlink()
    assert refused(folder) == f'"{folder}" holds no datapackage.json'


def test_a_zip_file_without_a_descriptor_is_refused(small: Small, refused: Refused) -> None:
    folder = small()
    (folder / "datapackage.json").unlink()
    path = zipped(folder)
    assert refused(path) == f'"{path}" holds no datapackage.json'


NO_DESCRIPTORS = [
    "", "{", "not JSON", "[]", "null", "7", "{}", "[" * 100_000, '"\\ud800"', '{"resources": 1}', '{"resources": [1]}',
    '{"resources": [{}]}', '{"resources": [{"name": ["links"], "path": "links.csv"}]}',
]  # fmt: skip


@pytest.mark.parametrize("text", NO_DESCRIPTORS)
def test_a_descriptor_that_is_none_is_refused(text: str, small: Small, refused: Refused) -> None:
    folder = small()
    (folder / "datapackage.json").write_text(text, encoding="utf-8")
    assert refused(folder).startswith(f"{folder}: datapackage.json cannot be read: ")


def test_a_descriptor_that_is_not_utf_8_is_refused(small: Small, refused: Refused) -> None:
    folder = small()
    (folder / "datapackage.json").write_bytes(b'{"resources": "\xff"}')
    assert refused(folder).startswith(f"{folder}: datapackage.json cannot be read: ")


# Packages of earlier versions do not have these.
LATER = {"identifiers": Identifier, "parents": Parent, "judgements": Judgement}


@pytest.mark.parametrize("table", LATER)
def test_a_package_may_say_nothing_of_what_came_later(table: str, small: Small) -> None:
    def less(descriptor: dict[str, Any]) -> None:
        descriptor["resources"] = [one for one in descriptor["resources"] if one["name"] != table]

    with closing(open_package(described(small(), less))) as package:
        assert [type(tie) for tie in package.ties()] == [kind for name, kind in LATER.items() if name != table]


def test_a_package_without_rates_brings_none(small: Small) -> None:
    def less(descriptor: dict[str, Any]) -> None:
        descriptor["resources"] = [one for one in descriptor["resources"] if one["name"] != "rates"]

    folder = small()
    with closing(open_package(folder)) as package:
        assert list(package.rates()) == [("AED", date(2025, 3, 31), Decimal("0.272294"), "CBUAE")]
    with closing(open_package(described(folder, less))) as package:
        assert list(package.rates()) == []


@pytest.mark.parametrize("table", [table for table in TABLES if table not in (*LATER, "publishers", "rates")])
def test_a_table_that_is_not_described_is_named(table: str, small: Small, refused: Refused) -> None:
    def less(descriptor: dict[str, Any]) -> None:
        descriptor["resources"] = [one for one in descriptor["resources"] if one["name"] != table]

    folder = described(small(), less)
    assert refused(folder) == f'{folder}: datapackage.json names no resource "{table}"'


@pytest.mark.parametrize("path", [None, 7, ["links.csv", "more.csv"]])
def test_a_table_of_no_or_several_files_is_not_read(path: object, small: Small, refused: Refused) -> None:
    folder = links_at(small(), path)
    assert refused(folder) == f'{folder}: datapackage.json names no resource "links"'


@pytest.mark.parametrize(
    "path",
    ["../links.csv", "tables/../../links.csv", "/etc/passwd", "..", "..\\links.csv", "C:\\links.csv", "C:/links.csv",
     "\\\\host\\links.csv"],
)  # fmt: skip
def test_a_path_out_of_the_package_is_refused_on_every_system(path: str, small: Small, refused: Refused) -> None:
    folder = links_at(small(), path)
    assert refused(folder) == f'{folder}: resource "links" lies outside the package: {path}'


@pytest.mark.parametrize("path", ["", ".", "other.csv", "no/links.csv", "a\0b", "\ud800.csv", "x" * 5000])
def test_a_file_that_cannot_be_read_is_named(path: str, small: Small, refused: Refused) -> None:
    folder = links_at(small(), path)
    assert refused(folder).startswith(f"{path} in {folder} cannot be read: ")


# --- the tables ---------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
def test_an_empty_file_lacks_its_columns(table: str, small: Small, refused: Refused) -> None:
    folder = small()
    (folder / f"{table}.csv").write_bytes(b"")
    assert refused(folder) == f'{table}.csv:1: column "{TABLES[table][0]}" is missing'


def test_a_byte_that_is_not_utf_8_is_named_by_its_line(small: Small, refused: Refused) -> None:
    folder = small(("companies.csv", "Geost", "G?ost"))
    path = folder / "companies.csv"
    path.write_bytes(path.read_bytes().replace(b"?", b"\xe9"))
    assert refused(folder) == "companies.csv:3: not UTF-8 text (invalid continuation byte)"


def test_lines_within_cells_are_counted(small: Small, refused: Refused) -> None:
    folder = small(
        ("companies.csv", "RKLB,", 'RKLB,"two\r\n\r\nmore"'), ("companies.csv", "Geost,company", "Geost,firm")
    )
    assert refused(folder).startswith('companies.csv:5, column kind: "firm" is not one of ')


def test_a_cell_over_the_limit_is_refused(small: Small, refused: Refused) -> None:
    folder = small(("companies.csv", "RKLB,", "RKLB," + "x" * (16 * 1024 * 1024 + 1)))
    assert refused(folder) == "companies.csv:2: field larger than field limit (16777216)"


@pytest.mark.parametrize("figures", ["9" * 400, "9" * 5000, "0." + "1" * 5000])
@pytest.mark.parametrize("column", ["value_low", "value_usd_low", "stake_low"])
def test_a_figure_of_thousands_of_digits_is_refused(column: str, figures: str, small: Small, refused: Refused) -> None:
    figure = {"value_low": "275000000", "value_usd_low": "310000000", "stake_low": "100"} | {column: figures}
    told = "EUR,{value_low},300000000,range,consideration,{value_usd_low},340000000,all of it,{stake_low},100,"
    folder = small(
        ("events.csv", "USD,275000000,300000000,range,consideration,,,all of it,100,100,", told.format(**figure))
    )
    assert refused(folder).startswith(f"events.csv:2, column {column}: ")


def test_stated_dollars_with_low_above_high_are_refused(small: Small, refused: Refused) -> None:
    folder = small(("events.csv", "USD,275000000,300000000,range,consideration,,",
                    "EUR,275000000,300000000,range,consideration,350000000,340000000"))  # fmt: skip
    assert refused(folder).startswith("events.csv:2, column value_usd_low: ")


def test_names_that_are_one_without_their_blanks_are_there_twice(small: Small, refused: Refused) -> None:
    folder = small(("aliases.csv", "short\n", "short\nrocket-lab, RocketLab ,brand\n"))
    assert refused(folder).startswith("aliases.csv:3, column ")


# --- what is read all the same --------------------------------------------------------------------


def _each(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    """Changes the bytes of every table."""

    def otherwise(folder: Path) -> None:
        for path in folder.glob("*.csv"):
            path.write_bytes(change(path.read_bytes()))

    return otherwise


def _turned(folder: Path) -> None:
    for table in TABLES:
        path = folder / f"{table}.csv"
        rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
        path.write_text("".join(",".join([*reversed(row), "more"]) + "\n" for row in rows), encoding="utf-8")


def _all_quoted(folder: Path) -> None:
    for table in TABLES:
        path = folder / f"{table}.csv"
        lines = path.read_text(encoding="utf-8").splitlines()
        path.write_text("".join('"' + line.replace(",", '","') + '"\n' for line in lines), encoding="utf-8")


def _elsewhere(folder: Path) -> None:
    (folder / "tables").mkdir()
    (folder / "links.csv").rename(folder / "tables" / "l.csv")
    links_at(folder, "tables/l.csv")


def _without_optional(folder: Path) -> None:
    for table in ("events", "sources"):
        path = folder / f"{table}.csv"
        lines = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
        kept = [
            at for at, name in enumerate(lines[0]) if name not in ("value_usd_low", "value_usd_high", "title_derived")
        ]
        path.write_text("".join(",".join(line[at] for at in kept) + "\n" for line in lines), encoding="utf-8")


@pytest.mark.parametrize(
    "otherwise",
    [
        pytest.param(_each(lambda content: b"\xef\xbb\xbf" + content), id="byte order mark"),
        pytest.param(_each(lambda content: content.replace(b"\n", b"\r\n")), id="CRLF"),
        pytest.param(_each(lambda content: content.removesuffix(b"\n")), id="no last line feed"),
        pytest.param(_each(lambda content: content.replace(b"\n", b"\n\n")), id="empty lines"),
        pytest.param(_turned, id="other order, one column more"),
        pytest.param(_all_quoted, id="every cell quoted"),
        pytest.param(_elsewhere, id="in a folder, under another name"),
        pytest.param(_without_optional, id="without the optional columns"),
    ],
)
def test_a_package_written_otherwise_says_the_same(
    otherwise: Callable[[Path], None], small: Small, new_ledger: NewLedger, taken: Taken
) -> None:
    plain, other = new_ledger(), new_ledger()
    with closing(open_package(small())) as package:
        taken(plain, package)
    folder = small()
    otherwise(folder)
    with closing(open_package(folder)) as package:
        taken(other, package)
    assert plain.ids(Query()) == [1, 2]
    for table in ("company", "alias", "source", "deal", "party", "event", "link", "deal_text"):
        read = [list(map(tuple, ledger.connection.execute(f"SELECT * FROM {table}"))) for ledger in (plain, other)]
        assert read[0] == read[1] != []


def test_a_refusal_in_the_last_table_rolls_everything_back(small: Small, new_ledger: NewLedger, taken: Taken) -> None:
    ledger = new_ledger()
    with closing(open_package(small())) as package:
        taken(ledger, package)
    before = ledger.path.exists() and ledger.path.read_bytes()
    folder = small(
        ("companies.csv", "geost,", "new-one,New One,company,,,,\ngeost,"), ("links.csv", "follows", "is-nothing")
    )
    with pytest.raises(BadPackage), closing(open_package(folder)) as package:
        taken(ledger, package)
    assert (ledger.path.exists() and ledger.path.read_bytes()) == before
    assert ledger.company_slugs("New One") == []
