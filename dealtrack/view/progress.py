"""How far something long has come: a line on a terminal that is written over, and is gone at the end."""

from collections.abc import Callable, Iterable, Iterator
from time import monotonic
from typing import TextIO, TypeVar

Item = TypeVar("Item")

# Seconds: what is done sooner needs no line, and nobody reads it more often.
_PATIENCE = 1.0
_EVERY = 0.2


def watched(
    items: Iterable[Item],
    say: Callable[[int], str],
    terminal: TextIO,
    weigh: Callable[[Item], int] = lambda _: 1,
    clock: Callable[[], float] = monotonic,
) -> Iterator[Item]:
    """The items, while `say` tells on the terminal what those that went by weigh together."""
    count, longest, due = 0, 0, clock() + _PATIENCE
    try:
        for item in items:
            yield item
            count += weigh(item)
            if clock() >= due:
                line = say(count)
                longest, due = max(longest, len(line)), clock() + _EVERY
                terminal.write(f"\r{line}")
                terminal.flush()
    finally:
        if longest:
            terminal.write(f"\r{' ' * longest}\r")
            terminal.flush()
