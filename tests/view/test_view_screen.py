"""Where output goes: the precedence of color, the width, the characters, the two streams."""

import io
import subprocess
import sys

import pytest
from rich.text import Text

from dealtrack.view.screen import Screen


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def opened(stdout: io.TextIOBase | None = None, env: dict[str, str] | None = None, **rest: object) -> Screen:
    settings: dict[str, object] = {"color": None, "stderr": io.StringIO(), **rest}
    return Screen.open(env=env or {}, stdout=stdout or Terminal(), **settings)  # type: ignore[arg-type]  # a test's


@pytest.mark.parametrize(
    ("flag", "env", "terminal", "colored"),
    [
        (None, {}, True, True),
        ("auto", {}, False, False),
        ("always", {"NO_COLOR": "1"}, False, True),
        ("never", {"FORCE_COLOR": "1"}, True, False),
        (None, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        (None, {"NO_COLOR": ""}, True, True),
        (None, {"CLICOLOR_FORCE": "1"}, False, True),
        (None, {"FORCE_COLOR": "0"}, True, False),
        (None, {"FORCE_COLOR": "1"}, False, True),
        (None, {"TERM": "dumb"}, True, False),
    ],
)
def test_the_flag_then_no_color_then_force_then_the_terminal(
    flag: str | None, env: dict[str, str], terminal: bool, colored: bool
) -> None:
    out = Terminal() if terminal else io.StringIO()
    screen = opened(out, env, color=flag)
    screen.show(Text("green", style="green"))
    assert screen.color == colored
    assert ("\x1b[" in out.getvalue()) == colored


def test_a_pipe_has_no_edge_unless_it_names_one() -> None:
    assert (opened(io.StringIO()).width, opened(io.StringIO()).bounded) == (100, False)
    named = opened(io.StringIO(), {"COLUMNS": "72"})
    assert (named.width, named.bounded, named.terminal) == (72, True, False)
    assert opened(Terminal()).bounded
    assert opened(io.StringIO(), {"COLUMNS": "wide"}).width == 100


def test_characters_are_ascii_where_the_screen_can_say_no_others() -> None:
    latin = io.TextIOWrapper(io.BytesIO(), encoding="latin-1")
    assert opened(latin).ascii
    assert opened(env={"TERM": "dumb"}).ascii
    assert opened(ascii_only=True).ascii
    assert not opened().ascii


def test_data_is_utf8_where_the_screen_is_not() -> None:
    raw = io.BytesIO()
    screen = opened(io.TextIOWrapper(raw, encoding="ascii", write_through=True))
    screen.write('{"name": "Télespazio"}\n')
    screen.show("Télespazio · 北京")
    assert raw.getvalue().decode("utf-8") == '{"name": "Télespazio"}\nTelespazio - ????\n'


def test_talk_goes_to_stderr_and_can_be_silenced() -> None:
    out, talk = Terminal(), io.StringIO()
    opened(out, stderr=talk).say("one\x1b[31m\ntwo")
    opened(out, stderr=talk, quiet=True).say("three")
    assert talk.getvalue() == "one\ufffd[31m\ntwo\n"
    assert out.getvalue() == ""


def test_a_note_ends_where_the_screen_does_and_keeps_what_is_typed_in_one_piece() -> None:
    talk = io.StringIO()
    opened(stderr=talk, width=40).note("hidden at 40 columns: kind (widen the terminal, or -O\u00a0csv)\x1b[31m")
    opened(io.StringIO(), stderr=talk).note("a pipe has no edge " * 6)
    first, second, *rest = talk.getvalue().splitlines()
    assert (first, second) == ("hidden at 40 columns: kind (widen the", "terminal, or -O csv)\ufffd[31m")
    assert rest == ["a pipe has no edge " * 6]


def test_writing_data_loads_no_rich() -> None:
    code = (
        "import sys; from dealtrack.view.screen import Screen;"
        "s = Screen.open(color=None, env={}, stdout=sys.stdout, stderr=sys.stderr); s.write('x'); s.say('y');"
        "sys.exit(any(name.partition('.')[0] == 'rich' for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).returncode == 0
