"""`help`: explain a topic."""

from typing import Annotated

from typer import Argument

from dealtrack.cli import words
from dealtrack.cli.app import VERBS, overview
from dealtrack.cli.desk import Desk
from dealtrack.cli.options import DeskFlags
from dealtrack.cli.topics import TOPICS

_Topic = Annotated[str | None, Argument(help=f"One of: {' '.join(TOPICS)}.", show_default=False)]


def run(flags: DeskFlags, topic: _Topic = None) -> None:
    """Explain a topic with examples."""
    desk = Desk(flags)
    if topic is None:
        desk.screen.write(f"{overview()}\nTopics: {' '.join(TOPICS)}\n")
        return
    if topic in {verb.name for verb in VERBS}:
        desk.screen.write(f"dealtrack {topic} --help shows the flags of {topic}.\n")
        return
    desk.screen.write(TOPICS[words.one_of(topic, tuple(TOPICS), "topic")] + "\n")
