"""Pages in a real browser without a window: what a reader does with them, and what a page must never do.

Pictures of every page, light, dark and on a phone, are kept in the folder that DEALTRACK_PICTURES names, else in
pytest's own.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from console import environment
from edges import EDGES
from edges import make as edge
from pages import SHAPES, hostile, long, many, written
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# Where all is to be tried, as the variable CI says, a missing browser is a failure.
pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("CI"), reason="there is no Chromium to try pages in"
)

Visit = Callable[..., Page]
DEAL, QUARTERS, COMPANY = "deal", "quarters", "company"
HOSTILE, LONG, MANY = "hostile", "long", "many"
# Pages of reports that no ledger is needed for.
MADE_UP = {HOSTILE: hostile, LONG: long, MANY: many}
# Every page that is looked at, those of ledgers at the edges by the name of the edge.
COMMANDS: dict[str, tuple[str, ...]] = SHAPES | {
    "summary": ("report", "summary", "-n", "12"),
    "stakes": ("report", "stakes", "--target", "hispasat"),
}
ALL = (*COMMANDS, *MADE_UP, *EDGES)
WIDTHS = (320, 360, 390, 768)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert CHROMIUM, "there is no Chromium to try pages in: install chromium, or unset CI"
    with sync_playwright() as driver:
        # A browser that runs as root, as in a container, must do without its sandbox.
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pages are written, each once."""
    return tmp_path_factory.mktemp("pages")


@pytest.fixture(scope="module")
def paged(ledgers: Path, folder: Path) -> Callable[[str], Path]:
    """The file of a page, written when it is first asked for."""

    def page(name: str) -> Path:
        path = folder / f"{name}.html"
        if path.exists():
            return path
        if name in MADE_UP:
            path.write_text(written("html", MADE_UP[name]()), encoding="utf-8")
            return path
        ledger = "deals.db"
        if name in EDGES:
            ledger = str(folder / f"{name}.db")
            edge(name, Path(ledger))
        words = COMMANDS[name] if name in COMMANDS else EDGES[name][1]
        command = ["dealtrack", *words, "-l", ledger, "--today", "2026-07-01", "-o", str(path)]
        subprocess.run(command, env=environment(folder), cwd=ledgers, check=True, capture_output=True)
        return path

    return page


@pytest.fixture
def visit(browser: Browser, paged: Callable[[str], Path], folder: Path) -> Iterator[Visit]:
    """Opens a page from a file; at the end nothing was said in its console, and nothing was asked of anybody else."""
    said: list[str] = []
    asked: list[str] = []
    contexts = []

    def visited(name: str, *, width: int = 1200, bare: bool = False) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="light",
            java_script_enabled=not bare,
            reduced_motion="reduce",
        )
        contexts.append(context)
        opened = context.new_page()
        opened.on("console", lambda message: said.append(message.text))
        opened.on("pageerror", lambda error: said.append(str(error)))
        opened.on("request", lambda request: asked.append(request.url))
        opened.goto(paged(name).as_uri())
        return opened

    yield visited
    for context in contexts:
        context.close()
    assert said == []
    assert [url for url in asked if not url.startswith(f"file://{folder}")] == []


def kept(page: Page, name: str, folder: Path) -> None:
    """Keep a picture of a page, for eyes."""
    path = Path(os.environ.get("DEALTRACK_PICTURES", folder)) / f"{name}.png"
    page.screenshot(path=path, full_page=True)


def cells(page: Page, table: str, at: int) -> list[str]:
    """The shown cells of a column."""
    found = page.locator(f"#t-{table} tbody tr:visible > :nth-child({at + 1})").all_inner_texts()
    return [words.strip() for words in found]


def test_headings_sort_and_what_is_not_known_stays_last(visit: Visit) -> None:
    page = visit(DEAL)
    button = page.locator("#t-events thead button", has_text="When")
    button.click()
    upwards = cells(page, "events", 1)
    assert (upwards[0], upwards[-1]) == ("summer 2025", "2025-12-05")
    assert page.locator("#t-events [aria-sort=ascending]").inner_text() == "When"
    button.press("Enter")
    assert cells(page, "events", 1)[0] == "2025-12-05"
    value = page.locator("#t-events thead button", has_text="Value")
    for _ in range(2):
        value.click()
        assert cells(page, "events", 4)[0] == "USD 1bn+"
        assert cells(page, "events", 4)[-1] == ""


def test_a_field_filters_and_says_how_many_are_left(visit: Visit) -> None:
    page = visit(DEAL)
    page.get_by_label("Filter Events").fill("STALLED quartz")
    assert cells(page, "events", 2) == ["stalled"]
    assert page.locator(".found").first.inner_text() == "1 of 11 rows"
    page.get_by_label("Filter Events").fill("")
    assert len(cells(page, "events", 2)) == 11


def numbers(page: Page) -> list[str]:
    """The first cells of the long table, those out of sight, too."""
    return page.locator("#t-deals tbody:not([hidden]) td:first-child").all_text_contents()


def test_a_long_table_sorts_and_filters_the_rows_out_of_sight_too(visit: Visit) -> None:
    page = visit(LONG)
    whole = [str(at) if at < 1000 else f"{at:,}" for at in range(1000)]
    assert numbers(page) == whole
    page.get_by_role("button", name="Since").click()
    assert numbers(page) == whole[::-1]
    page.get_by_role("button", name="Value").click()
    known = [at for at in whole if int(at) % 3]
    assert numbers(page) == known + whole[::3]
    page.get_by_label("Filter Deals").fill("AGREED nova")
    assert numbers(page) == whole[::3]
    assert page.locator(".found").inner_text() == "334 of 1,000 rows"
    page.get_by_role("button", name="Value").click()
    page.get_by_label("Filter Deals").fill("")
    assert numbers(page) == known[::-1] + whole[::3]
    page.get_by_label("Filter Deals").fill("nobody")
    assert numbers(page) == []


def test_what_is_out_of_sight_in_a_long_table_is_found_and_led_to(visit: Visit) -> None:
    page = visit(LONG)
    assert page.evaluate("find('Nova 0977')")
    assert page.evaluate("getSelection().anchorNode.parentElement.closest('tr').id") == "deals-977"
    bare = visit(LONG, bare=True)
    bare.goto(f"{bare.url}#deals-977")
    row, head = bare.locator("#deals-977").bounding_box(), bare.locator("#t-deals thead").bounding_box()
    assert row
    assert head
    assert head["y"] + head["height"] <= row["y"] <= 900 - row["height"]


def test_a_long_table_is_read_out_whole_and_as_a_table(browser: Browser, paged: Callable[[str], Path]) -> None:
    # The flag stands for a screen reader, without which a browser tells only of what is in sight.
    heard = browser.browser_type.launch(
        executable_path=CHROMIUM, args=["--no-sandbox", "--force-renderer-accessibility"]
    )
    page = heard.new_page()
    page.goto(paged(LONG).as_uri())
    inspector = page.context.new_cdp_session(page)
    inspector.send("Accessibility.enable")
    roles = [node["role"]["value"] for node in inspector.send("Accessibility.getFullAXTree")["nodes"]]
    heard.close()
    assert [roles.count(role) for role in ("row", "rowheader", "columnheader", "cell")] == [1001, 1000, 5, 4000]


def test_a_long_table_has_room_for_its_figures_and_prints_as_any_other(visit: Visit) -> None:
    page = visit(LONG)
    assert (
        page.locator("#t-deals tr > *").evaluate_all(
            "them => them.filter(it => it.scrollWidth > it.clientWidth + 1).map(it => it.textContent)"
        )
        == []
    )
    page.emulate_media(media="print")
    shown = page.locator("#t-deals tr").evaluate_all(
        "them => new Set(them.map(it => getComputedStyle(it).display)).size"
    )
    assert shown == 1
    assert page.locator("#deals-999").evaluate("it => getComputedStyle(it).display") == "table-row"
    assert page.locator(".tall").evaluate("it => it.scrollHeight === it.clientHeight")


@pytest.mark.parametrize("name", [COMPANY, MANY])
def test_a_timeline_is_looked_at_from_near_by_buttons_and_keys(name: str, visit: Visit) -> None:
    page = visit(name)
    axis, scroller = page.locator(".axis"), page.locator(".scroller")

    def width() -> float:
        box = axis.bounding_box()
        assert box
        return box["width"]

    whole = width()
    assert axis.get_attribute("data-step") == "12"
    assert page.get_by_role("button", name="Zoom out").is_disabled()
    for _ in range(3):
        page.get_by_role("button", name="Zoom in").click()
    assert width() == pytest.approx(8 * whole, rel=0.01)
    assert axis.get_attribute("data-step") == "1"
    before = scroller.evaluate("it => it.scrollLeft")
    page.get_by_role("button", name="Later").click()
    assert scroller.evaluate("it => it.scrollLeft") > before
    scroller.focus()
    page.keyboard.press("-")
    assert width() == pytest.approx(4 * whole, rel=0.01)
    page.keyboard.press("0")
    assert width() == pytest.approx(whole, rel=0.01)


def test_every_lane_of_many_stands_below_the_days_of_the_axis(visit: Visit) -> None:
    page = visit(MANY)
    for width in (1200, 360):
        page.set_viewport_size({"width": width, "height": 900})
        axis = page.locator(".axis").bounding_box()
        for lane in (page.locator(".lane").first, page.locator(".lane").last):
            lane.scroll_into_view_if_needed()
            box = lane.bounding_box()
            assert axis
            assert box
            assert (box["x"], box["width"]) == pytest.approx((axis["x"], axis["width"]), abs=1)


def test_a_mark_opens_its_event_with_the_source(visit: Visit) -> None:
    page = visit(DEAL)
    page.locator(".lane a").first.focus()
    page.keyboard.press("Enter")
    opened = page.get_by_role("dialog")
    assert "Sam Altman approaches rocket maker Stoke Space" in opened.inner_text()
    source = opened.get_by_role("link")
    assert (source.get_attribute("href") or "").startswith("https://www.business-standard.com/")
    assert source.get_attribute("rel") == "noopener noreferrer"
    page.keyboard.press("Escape")
    assert opened.count() == 0


def test_without_its_script_a_page_is_whole_and_marks_lead_to_rows(visit: Visit) -> None:
    page = visit(DEAL, bare=True)
    assert len(cells(page, "events", 0)) == 11
    page.locator(".lane a").nth(3).click()
    assert page.url.endswith("#events-3")


def test_a_page_prints(visit: Visit) -> None:
    page = visit(QUARTERS)
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator(".tools").first.is_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_dark_is_dark(visit: Visit) -> None:
    page = visit(QUARTERS)
    colors = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        colors.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert colors == ["rgb(255, 255, 255)", "rgb(20, 24, 30)"]
    labels = page.locator(".chart svg text").evaluate_all("them => them.map(it => getComputedStyle(it).fill)")
    assert set(labels) == {"rgb(230, 233, 238)", "rgb(162, 172, 184)"}


@pytest.mark.parametrize("name", ALL)
def test_no_page_is_wider_than_a_phone(name: str, visit: Visit, folder: Path) -> None:
    page = visit(name, width=WIDTHS[0])
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if width == 360:
            kept(page, f"{name}-360", folder)


@pytest.mark.parametrize("name", [*COMMANDS, *MADE_UP])
def test_axe_finds_nothing(name: str, visit: Visit, folder: Path) -> None:
    page = visit(name)
    page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        kept(page, f"{name}-{scheme}", folder)
        found = page.evaluate("axe.run()")["violations"]
        assert [(one["id"], one["impact"], one["nodes"][0]["html"]) for one in found] == []


def test_nothing_that_a_name_says_is_done(visit: Visit) -> None:
    page = visit(HOSTILE)
    assert page.locator("img").count() == 0
    assert page.get_by_role("heading", level=1).inner_text().startswith("<script>alert(1)</script>")
