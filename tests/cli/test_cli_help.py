"""Help: every example in it runs, every flag of every command is explained, and nothing is left of Typer's own."""

import re
import shlex
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from dealtrack.cli.app import VERBS
from dealtrack.cli.commands.report import REPORTS
from dealtrack.cli.topics import TOPICS

if TYPE_CHECKING:
    import subprocess

Run = Callable[..., "subprocess.CompletedProcess[str]"]

EXAMPLES = [line.strip() for text in TOPICS.values() for line in text.splitlines() if line.startswith("  dealtrack ")]


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_in_help_finds_deals(example: str, run: Run) -> None:
    went = run(*shlex.split(example)[1:], "--today", "2026-07-01")
    assert went.returncode == 0, went.stderr
    assert went.stdout.count("\n") > 1


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_fits_a_terminal(topic: str) -> None:
    assert max(map(len, TOPICS[topic].splitlines())) <= 100


@pytest.mark.parametrize("verb", [verb.name for verb in VERBS])
def test_every_flag_is_explained(verb: str, run: Run) -> None:
    module = import_module(f"dealtrack.cli.commands.{next(v.module for v in VERBS if v.name == verb)}")
    several = [report.name for report in REPORTS] if verb == "report" else getattr(module, "verbs", None)
    for words in [(verb, name) for name in several] if several else [(verb,)]:
        text = run(*words, "--help").stdout
        flags = re.findall(r"^  (-.*)$", text, re.MULTILINE)
        assert flags
        assert all(re.search(r"\S {2,}\S", flag) or flag.count(" ") <= 3 for flag in flags)
        assert "pydantic" not in text
        assert "list[str]" not in text
        assert "--install-completion" not in text


def test_help_names_every_command(run: Run) -> None:
    text = run("--help").stdout
    assert [line.split()[0] for line in text.splitlines() if line.startswith("  ")] == [verb.name for verb in VERBS]
    assert run().stdout == text
