"""Which pages and pictures a report is made into: a name, a suffix and a writer each."""

from collections.abc import Callable
from typing import NamedTuple

from dealtrack.domain.contents import Report


class Page(NamedTuple):
    """`write` turns a report into the whole text of a page, or the bytes of a picture."""

    name: str
    suffix: str
    write: Callable[[Report], str | bytes]


PAGES: tuple[Page, ...] = ()
