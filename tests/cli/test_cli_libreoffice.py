"""LibreOffice opens an export, cells are changed, it saves them: the plan of the import shows exactly those cells."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from imports import bring, csv_file, deal_track

pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")

HEADER = "kind,buyer,target,first_seen,agreed,completed,status,value,stake,source"
ROWS = (
    "acquisition,Rocket Lab,Geost,2025-05-27,2025-05-27,2025-08-12,completed,275.5M,,https://example.com/geost",
    "acquisition,Redwire,Edge Autonomy,2024-09,2025-01-20,2025-06-13,completed,~925M,51.5,https://example.com/edge",
    'equity-stake,,"=Acme; Bolt",2025-22,,,talks,"EUR 40.5M",,',
)
TITLE = "Redwire -> Edge Autonomy (acquisition)"

# What the program's settings are where it is set up for a country.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>{}</value></prop></item></oor:items>
"""
# Cells parted by commas or semicolons, in UTF-8, read or saved as they are shown.
FILTERS = {"en-US": "44,34,76,1,,0,false,true,true", "de-DE": "59,34,76,1,,0,false,true,true"}


class Calc:
    """LibreOffice Calc as it is set up in a country, with a profile of its own."""

    def __init__(self, folder: Path, country: str) -> None:
        self.folder = folder
        self.country = country
        self.profile = folder / "profile"
        (self.profile / "user").mkdir(parents=True)
        settings = self.profile / "user" / "registrymodifications.xcu"
        settings.write_text(SETTINGS.format(country), encoding="utf-8")

    def save_as(self, file: Path, suffix: str) -> Path:
        """Open a file and save it as another."""
        reading = ["--infilter=CSV:44,34,76,1,,0,false,true"] if file.suffix == ".csv" else []
        saving = f"csv:Text - txt - csv (StarCalc):{FILTERS[self.country]}" if suffix == "csv" else suffix
        saved = self.folder / f"saved-from-{file.suffix[1:]}"
        subprocess.run(
            ["soffice", "--headless", f"-env:UserInstallation={self.profile.as_uri()}", *reading,
             "--convert-to", saving, "--outdir", str(saved), str(file)],
            check=True, capture_output=True, timeout=120, env=os.environ | {"HOME": str(self.folder)},
        )  # fmt: skip
        return saved / f"{file.stem}.{suffix}"


@pytest.mark.parametrize("country", ["en-US", "de-DE"])
@pytest.mark.parametrize("exported", ["csv", "xlsx"])
def test_exactly_the_cells_that_were_changed(tmp_path: Path, country: str, exported: str) -> None:
    bring(tmp_path, csv_file(tmp_path, "deals.csv", HEADER, ROWS))
    deal_track(tmp_path, "export", "-o", f"book.{exported}")
    calc = Calc(tmp_path, country)
    opened = calc.save_as(tmp_path / f"book.{exported}", "fods")
    sheet = opened.read_text(encoding="utf-8")
    opened.write_text(changed(sheet), encoding="utf-8")
    for suffix in ("csv", "xlsx"):
        saved = calc.save_as(opened, suffix)
        plan = deal_track(tmp_path, "import", str(saved), "--dry-run", "--json").plan
        told = [
            (step["verdict"], one["field"], one["before"], one["after"])
            for step in plan["steps"]
            for one in step["differences"]
        ]
        assert plan["counts"]["unchanged"] == 2, plan
        assert told == [
            ("changed", "title", TITLE, "Redwire and Edge"),
            ("changed", "completed", "2025-06-13", "2025-06-30"),
        ]


def changed(sheet: str) -> str:
    """The sheet with one title and one date changed, as somebody would in the program's window."""
    title = f"<text:p>{TITLE.replace('>', '&gt;')}</text:p>"
    assert sheet.count(title) == 1
    sheet = sheet.replace(title, "<text:p>Redwire and Edge</text:p>")
    # A day that the program takes for one stands there twice: as it is, and as it is shown.
    day = "2025-06-13"
    return sheet.replace(day, "2025-06-30", 2 if f'date-value="{day}"' in sheet else 1)
