"""How soon a page is to be read in Chromium: loaded and drawn, its longest table sorted and filtered."""

import shutil
import time
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

# When what is in sight has been drawn: a task after the next frame.
_DRAWN = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
# What a reader does, and then how long until that is drawn, in milliseconds.
_TIMED = f"""async (act) => {{
  const tables = [...document.querySelectorAll('table.data')];
  const table = tables.reduce((one, other) => other.rows.length > one.rows.length ? other : one);
  const begin = performance.now();
  if (act === 'sort') table.tHead.querySelector('button').click();
  else {{
    const field = table.parentElement.previousElementSibling.querySelector('input');
    field.value = 'completed';
    field.dispatchEvent(new Event('input'));
  }}
  await ({_DRAWN})();
  return performance.now() - begin;
}}"""


class Read(NamedTuple):
    """Seconds until a page was drawn, its longest table sorted, and filtered."""

    loaded: float
    sorted: float
    filtered: float


def read(path: Path) -> Read | None:
    """Read a page from a file; None where there is no Chromium."""
    if CHROMIUM is None:
        return None
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1200, "height": 900})
        begin = time.perf_counter()
        page.goto(path.as_uri())
        page.evaluate(_DRAWN)
        loaded = time.perf_counter() - begin
        acts = [page.evaluate(_TIMED, act) / 1000 for act in ("sort", "filter")]
        browser.close()
    return Read(loaded, *acts)
