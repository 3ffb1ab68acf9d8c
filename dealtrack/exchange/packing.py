"""A ledger's deals written as a Frictionless Data Package, into a folder or a zip file."""

import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import IO, Any

from dealtrack.domain.figures import DealRow
from dealtrack.domain.money import decimal_string
from dealtrack.domain.stake import percent_string
from dealtrack.exchange.delimited import written
from dealtrack.exchange.staging import TABLES

# Gives the rows of one of the package's tables, in the package's order.
Rows = Callable[[str], Iterable[DealRow]]

# A fixed time, so that the same ledger gives the same bytes.
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


# Rules that the curated data set keeps and a ledger does not hold its deals to.
_CURATED: dict[tuple[str, str], tuple[str, ...]] = {
    ("companies", "name"): ("unique",),
    ("companies", "sectors"): ("pattern",),
    ("companies", "ticker"): ("pattern",),
    ("aliases", "alias"): ("unique",),
    ("publishers", "name"): ("unique",),
    ("sources", "id"): ("pattern",),
    ("sources", "url"): ("required", "pattern"),
    ("sources", "title"): ("required",),
    ("sources", "publisher"): ("required",),
    ("deals", "id"): ("pattern",),
    ("deals", "title"): ("unique",),
    ("deals", "form"): ("required",),
    ("deals", "sectors"): ("required", "pattern"),
    ("deals", "tags"): ("pattern",),
    ("events", "id"): ("pattern",),
    ("events", "milestone"): ("enum",),
    ("events", "summary"): ("required",),
    ("events", "source"): ("pattern",),
    ("events", "flags"): ("pattern",),
}


def descriptor() -> str:
    """The package's datapackage.json: the shipped schemas under a neutral name, less the rules of curation."""
    shipped = json.loads(files("dealtrack_data").joinpath("datapackage.json").read_text(encoding="utf-8"))
    for resource in shipped["resources"]:
        for field in resource["schema"]["fields"]:
            for rule in _CURATED.get((resource["name"], field["name"]), ()):
                del field["constraints"][rule]
    own = {
        "$schema": shipped["$schema"],
        "name": "deals",
        "title": "Deals exported from a ledger",
        "resources": shipped["resources"],
    }
    return json.dumps(own, ensure_ascii=False, indent=2) + "\n"


def into_folder(folder: Path, rows: Rows) -> None:
    """Write the package's files into an existing folder."""
    (folder / "datapackage.json").write_text(descriptor(), encoding="utf-8", newline="\n")
    for table in TABLES:
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as stream:
            _write(stream, table, rows(table))


def into_zip(path: Path, rows: Rows) -> None:
    """Write the package as one zip file."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open(_entry("datapackage.json"), "w") as raw:
            raw.write(descriptor().encode())
        for table in TABLES:
            with archive.open(_entry(f"{table}.csv"), "w", force_zip64=True) as raw:
                stream = io.TextIOWrapper(raw, encoding="utf-8", newline="", write_through=True)
                _write(stream, table, rows(table))
                stream.detach()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _write(stream: IO[str], table: str, rows: Iterable[DealRow]) -> None:
    stream.writelines(written(chain([TABLES[table]], _cells(table, rows))))


def _cells(table: str, rows: Iterable[DealRow]) -> Iterator[list[Any]]:
    special = _SPECIAL.get(table, {})
    for row in rows:
        yield [special[name](row) if name in special else row[name] for name in TABLES[table]]


def _yes(name: str) -> Callable[[DealRow], str | None]:
    return lambda row: None if row[name] is None else ("yes" if row[name] else "no")


def _money(bound: str) -> Callable[[DealRow], str | None]:
    return lambda row: decimal_string(row[f"value_{bound}"], row["value_digits"] or 0)


def _stated(bound: str) -> Callable[[DealRow], str | None]:
    return lambda row: decimal_string(row[f"value_usd_{bound}"], 2) if row["value_usd_origin"] == "stated" else None


_SPECIAL: dict[str, dict[str, Callable[[DealRow], Any]]] = {
    "companies": {"id": lambda row: row["slug"]},
    "sources": {
        "id": lambda row: row["key"],
        "title_derived": _yes("title_derived"),
        "reliability_derived": _yes("reliability_derived"),
    },
    "deals": {"id": lambda row: row["slug"], "core_space": _yes("core_space")},
    "events": {
        "id": lambda row: f"{row['deal']}#{row['n']}",
        "value_low": _money("low"),
        "value_high": _money("high"),
        "value_usd_low": _stated("low"),
        "value_usd_high": _stated("high"),
        "stake_low": lambda row: percent_string(row["stake_low"]),
        "stake_high": lambda row: percent_string(row["stake_high"]),
        "controlling": _yes("stake_controlling"),
    },
}
