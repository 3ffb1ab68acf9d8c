"""Which pages and pictures a report is made into: a name, a suffix and a writer each."""

import importlib
from collections.abc import Callable
from typing import NamedTuple

from dealtrack.domain.contents import Report
from dealtrack.domain.problem import MissingLibrary


class Page(NamedTuple):
    """`write` turns a report into the whole text of a page, or the bytes of a picture."""

    name: str
    suffix: str
    write: Callable[[Report], str | bytes]


# The names that libraries are installed by, where they are other than those that they are imported by.
_INSTALLED = {"vl_convert": "vl-convert-python"}


def _page(name: str, module: str) -> Page:
    """A page whose writer, and the library that it needs, is loaded when it is asked for. Raises MissingLibrary."""

    def write(report: Report) -> str | bytes:
        try:
            made: str | bytes = importlib.import_module(f"dealtrack.report.{module}").written(report)
        except ModuleNotFoundError as missing:
            library = missing.name or ""
            raise MissingLibrary(name, _INSTALLED.get(library, library), "pages") from missing
        return made

    return Page(name, f".{name}", write)


PAGES: tuple[Page, ...] = (
    _page("md", "markdown"),
    _page("html", "html"),
    _page("svg", "drawing"),
    _page("png", "picture"),
)
