"""The layouts that dealtrack ships, and which of them a header is of."""

from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from dealtrack.exchange.layout import Layout, folded
from dealtrack.exchange.mapfile import BadMap, laid_out, read_layout


@lru_cache(maxsize=1)
def shipped() -> tuple[Layout, ...]:
    """The layouts that dealtrack knows, by name."""
    folder = files("dealtrack.exchange").joinpath("maps")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return tuple(
        laid_out(folder.joinpath(name).read_text(encoding="utf-8"), name) for name in names if name != "statuses.toml"
    )


def recognise(headers: Iterable[str]) -> Layout | None:
    """The layout that a header is of, whatever the order and case of its names; None when it is of none."""
    present = {folded(name) for name in headers}
    fitting = [layout for layout in shipped() if present.issuperset(map(folded, layout.needs))]
    return max(fitting, key=lambda layout: len(layout.needs), default=None)


def layout_of(word: str) -> Layout:
    """The layout that dealtrack ships under that name, else that of the mapping file. Raises BadMap."""
    named = next((layout for layout in shipped() if layout.name == word), None)
    if named is None and not word.endswith(".toml") and not Path(word).exists():
        names = ", ".join(layout.name for layout in shipped() if not layout.adds_to)
        raise BadMap(f'there is no map called "{word}"', f"name a mapping file, or one of {names}")
    return named or read_layout(Path(word))
