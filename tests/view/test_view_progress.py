"""Progress: told on a terminal only, once something takes long, and gone at the end."""

import io
from collections.abc import Iterator

import pytest

from dealtrack.view.progress import watched
from dealtrack.view.screen import Screen


class Clock:
    """A clock that goes on by half a second each time it is read."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 0.5
        return self.now


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_it_is_told_from_the_second_second_on_and_wiped_out() -> None:
    terminal = io.StringIO()
    assert list(watched(range(5), "Rows: {}".format, terminal, clock=Clock())) == [0, 1, 2, 3, 4]
    assert terminal.getvalue() == "\rRows: 2\rRows: 3\rRows: 4\rRows: 5\r       \r"


def test_items_may_weigh_more_than_one() -> None:
    terminal = io.StringIO()
    assert "".join(watched(["ab", "c", "def"], "{} letters".format, terminal, len, Clock())) == "abcdef"
    assert "\r6 letters" in terminal.getvalue()


def test_what_is_done_at_once_shows_nothing() -> None:
    terminal = io.StringIO()
    assert list(watched("abc", "{}".format, terminal)) == ["a", "b", "c"]
    assert terminal.getvalue() == ""


def test_it_is_wiped_out_where_something_fails() -> None:
    def failing() -> Iterator[int]:
        yield from range(3)
        raise ZeroDivisionError

    terminal = io.StringIO()
    with pytest.raises(ZeroDivisionError):
        list(watched(failing(), "{}".format, terminal, clock=Clock()))
    assert terminal.getvalue().endswith("\r3\r \r")


@pytest.mark.parametrize(("stderr", "quiet"), [(io.StringIO(), False), (Terminal(), True)])
def test_off_a_terminal_or_when_quiet_nothing_stands_between(stderr: io.StringIO, *, quiet: bool) -> None:
    items = [1, 2]
    assert Screen(io.StringIO(), stderr, quiet=quiet).watched(items, "{}".format) is items
    assert Screen(io.StringIO(), Terminal()).watched(items, "{}".format) is not items
