"""`help`: explain a topic."""

from textwrap import fill
from typing import Annotated

from typer import Argument

from dealtrack.cli import words
from dealtrack.cli.app import VERBS, overview
from dealtrack.cli.desk import Desk
from dealtrack.cli.topics import TOPICS

_Topic = Annotated[str | None, Argument(help=f"One of: {' '.join(TOPICS)}.", metavar="TOPIC", show_default=False)]


def run(desk: Desk, topic: _Topic = None) -> None:
    """Explain a topic with examples."""
    if topic is None:
        desk.screen.write(f"{overview()}\n{fill(' '.join(TOPICS), 76, initial_indent='Topics: ')}\n")
        return
    is_verb = topic in {verb.name for verb in VERBS}
    if topic in TOPICS or not is_verb:
        desk.screen.write(TOPICS[words.one_of(topic, tuple(TOPICS), "topic")] + "\n")
    if is_verb:
        desk.screen.write("\n" * (topic in TOPICS) + f"dealtrack {topic} --help shows the flags of {topic}.\n")
